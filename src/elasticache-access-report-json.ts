import { ElastiCachePermission } from './elasticache-permission';

/**
 * One permission, with the principal that got it and the grant that gave it.
 *
 * The resource and the conditions are written as a person would write them: `${AWS::Region}` for a value that
 * CloudFormation fills in, and `${Stack/Cache}` for a reference to the construct with that path.
 */
export interface ElastiCacheReportedPermission extends ElastiCachePermission {
  /**
   * Who has the permission.
   *
   * This is the construct path of the role, user, group or policy. For what a bucket policy allows the ElastiCache
   * service, it is the service principal. For what `toPolicyDocument()` returned, it is `a policy document`.
   */
  readonly principal: string;

  /**
   * The construct path of the grant. For a grant that starts from a cache or a bucket, this is the path of the
   * cache or bucket.
   */
  readonly grant: string;
}

/** How much one principal may do. */
export interface ElastiCacheAccessSummary {
  /** The principal, as its permissions name it. */
  readonly principal: string;

  /** The number of operations that the principal has permissions for. */
  readonly operations: number;

  /** The number of these operations that have a permission on `*`. */
  readonly onEveryResource: number;

  /** The number of these operations that have a permission that changes something: any but `List` and `Read`. */
  readonly writing: number;
}

/** A warning of this library that somebody has acknowledged. */
export interface ElastiCacheAcknowledgedWarning {
  /** The path of the construct that had the warning. */
  readonly construct: string;

  /** The id of the warning, such as `cdk-elasticache-grants:literalWildcard`. */
  readonly id: string;

  /** The text of the warning. */
  readonly message: string;
}

/** One action that a guardrail denies on one resource. */
export interface ElastiCacheReportedDenial {
  /** The IAM action, such as `elasticache:CopySnapshot`, or a pattern of actions, such as `elasticache:*`. */
  readonly action: string;

  /** The resource, as a person would write it: `*`, an ARN or an ARN pattern. */
  readonly resource: string;

  /**
   * The conditions under which the action is denied: the values that each key may have, by operator and then by key.
   * The condition that exempts principals is not among them: see `exceptPrincipals` of the guardrail.
   *
   * @default - none.
   */
  readonly conditions?: { [operator: string]: { [key: string]: string[] } };
}

/** A policy that a guardrail was written as. */
export interface ElastiCacheReportedGuardrailPolicy {
  /** What the policy is: `permissions boundary`, `service control policy` or `policy document`. */
  readonly kind: string;

  /**
   * What the policy applies to, as far as the app tells. It may be empty.
   *
   * For a permissions boundary, these are the construct paths of the roles and users of the app that carry it. For a
   * service control policy, these are the IDs of the accounts, organizational units and roots that it is attached to.
   *
   * @default - not known: the policy is a document that is deployed elsewhere.
   */
  readonly appliesTo?: string[];
}

/** A guardrail of the app, and what it denies. */
export interface ElastiCacheReportedGuardrail {
  /** The construct path of the guardrail. */
  readonly guardrail: string;

  /** The policies that the guardrail was written as, one for each kind. */
  readonly policies: ElastiCacheReportedGuardrailPolicy[];

  /** The ARNs, or patterns of ARNs, of the principals that are exempt. It is empty if nobody is. */
  readonly exceptPrincipals: string[];

  /** What the guardrail denies. Each of its policies denies this. */
  readonly denials: ElastiCacheReportedDenial[];
}

/**
 * The contents of an access report as data, as in the JSON file.
 *
 * @see https://github.com/cdk-elasticache-grants/cdk-elasticache-grants/blob/main/docs/access-report.schema.json
 */
export interface ElastiCacheAccessReportJson {
  /** How much each principal may do, ordered by principal. */
  readonly summary: ElastiCacheAccessSummary[];

  /** The permissions that were granted, the most powerful first. */
  readonly permissions: ElastiCacheReportedPermission[];

  /** The permissions that principals did not get, because CDK doesn't change these principals. */
  readonly notDelivered: ElastiCacheReportedPermission[];

  /**
   * The guardrails that were written as a policy, ordered by path.
   *
   * @default - there are none.
   */
  readonly guardrails?: ElastiCacheReportedGuardrail[];

  /** The warnings of this library that somebody has acknowledged. */
  readonly acknowledgedWarnings: ElastiCacheAcknowledgedWarning[];
}
