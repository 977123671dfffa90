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

  /** The warnings of this library that somebody has acknowledged. */
  readonly acknowledgedWarnings: ElastiCacheAcknowledgedWarning[];
}
