import { AccessLevel } from './access-level';

/**
 * One action on one resource, with the operation that needs it and the source that says so.
 *
 * A grant consists of permissions before they are written as policy statements. They are what a reviewer reads.
 */
export interface ElastiCachePermission {
  /** The name of the operation that needs the permission, such as `CreateReplicationGroup`. */
  readonly operation: string;

  /** The IAM action, such as `s3:GetObject`. Never a pattern. */
  readonly action: string;

  /**
   * The kind of access that the action gives, in the terms of the Service Authorization Reference. Actions of other
   * services have one, too.
   *
   * @default - not known: the operation is a custom one.
   */
  readonly accessLevel?: AccessLevel;

  /** The resource that the action is allowed on, as it is in the policy: `*`, an ARN or an ARN pattern. */
  readonly resource: string;

  /**
   * The conditions under which the action is allowed: the values that each key may have, by operator and then by key.
   *
   * @default - none.
   */
  readonly conditions?: { [operator: string]: { [key: string]: string[] } };

  /** Why the operation needs the permission. */
  readonly reason: string;

  /** The URL of the page that says so. */
  readonly source: string;
}
