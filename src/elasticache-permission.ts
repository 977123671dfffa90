import { AccessLevel } from './access-level';

/**
 * One action on one resource, with the operation that needs it and the source that says so.
 *
 * It is what a grant is made of before it is said as policy statements, and what a reviewer reads.
 */
export interface ElastiCachePermission {
  /** The name of the operation that needs the permission, such as `CreateReplicationGroup`. */
  readonly operation: string;

  /** The IAM action, such as `s3:GetObject`. Never a pattern. */
  readonly action: string;

  /**
   * What kind of access the action gives, in the words of the Service Authorization Reference, for actions of other
   * services, too.
   *
   * @default - not known: the operation is a custom one.
   */
  readonly accessLevel?: AccessLevel;

  /** `*`, or the ARN or ARN pattern that the action is allowed on, as it stands in the policy. */
  readonly resource: string;

  /**
   * The conditions under which the action is allowed: by operator, then by key, the values that the key may have.
   *
   * @default - none.
   */
  readonly conditions?: { [operator: string]: { [key: string]: string[] } };

  /** Why the operation needs the permission. */
  readonly reason: string;

  /** The address of the page that says so. */
  readonly source: string;
}
