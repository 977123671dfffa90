import { ElastiCachePermission } from './elasticache-permission';

/**
 * One permission, with whom it was given to and by which grant.
 *
 * Its resource and conditions are as a person would write them: `${AWS::Region}` for what CloudFormation fills in, and
 * `${Stack/Cache}` for a reference to the construct with that path.
 */
export interface ElastiCacheReportedPermission extends ElastiCachePermission {
  /**
   * Who has the permission: the construct path of the role, user, group or policy; the service principal, for what a
   * bucket policy allows the ElastiCache service; or `a policy document`, for what `toPolicyDocument()` returned.
   */
  readonly principal: string;

  /** The construct path of the grant. A grant that starts from a cache or a bucket has the path of that one. */
  readonly grant: string;
}

/** How much one principal may do. */
export interface ElastiCacheAccessSummary {
  /** The principal, as its permissions name it. */
  readonly principal: string;

  /** How many operations it has permissions for. */
  readonly operations: number;

  /** How many of them have a permission on `*`. */
  readonly onEveryResource: number;

  /** How many of them have a permission that changes something: all but `List` and `Read`. */
  readonly writing: number;
}

/** A warning of this library that somebody has acknowledged. */
export interface ElastiCacheAcknowledgedWarning {
  /** The path of the construct that had the warning. */
  readonly construct: string;

  /** The id of the warning, such as `cdk-elasticache-grants:literalWildcard`. */
  readonly id: string;

  /** What the warning said. */
  readonly message: string;
}

/**
 * What an access report says, as data: what the JSON file holds.
 *
 * @see https://github.com/cdk-elasticache-grants/cdk-elasticache-grants/blob/main/docs/access-report.schema.json
 */
export interface ElastiCacheAccessReportJson {
  /** How much each principal may do, ordered by principal. */
  readonly summary: ElastiCacheAccessSummary[];

  /** What was granted, the most powerful first. */
  readonly permissions: ElastiCacheReportedPermission[];

  /** What was to be granted, to principals that CDK doesn't change. */
  readonly notDelivered: ElastiCacheReportedPermission[];

  /** The warnings of this library that were acknowledged. */
  readonly acknowledgedWarnings: ElastiCacheAcknowledgedWarning[];
}
