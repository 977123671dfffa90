/**
 * A type of ElastiCache resource that AWS authorizes operations on.
 *
 * Each is named as the static of `ElastiCacheResource` that gives resources of the type: `CACHE_CLUSTER` as
 * `cacheCluster`. Its value is the type as ARNs have it, which is another word for some.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
export enum ElastiCacheResourceType {
  /** A cache cluster: a Memcached cluster, or one node of a Valkey or Redis OSS replication group. */
  CACHE_CLUSTER = 'cluster',

  /** A global datastore: replication groups of several Regions. */
  GLOBAL_REPLICATION_GROUP = 'globalreplicationgroup',

  /** A cache parameter group: the settings of the engine. */
  PARAMETER_GROUP = 'parametergroup',

  /** A replication group: a node-based Valkey or Redis OSS cache. */
  REPLICATION_GROUP = 'replicationgroup',

  /** A reserved cache node: a price for a node, paid in advance. */
  RESERVED_CACHE_NODE = 'reserved-instance',

  /** A cache security group. It belongs to EC2-Classic, which AWS has retired. */
  SECURITY_GROUP = 'securitygroup',

  /** A serverless cache. */
  SERVERLESS_CACHE = 'serverlesscache',

  /** A snapshot of a serverless cache. */
  SERVERLESS_CACHE_SNAPSHOT = 'serverlesscachesnapshot',

  /** A snapshot of a cache cluster or a replication group. */
  SNAPSHOT = 'snapshot',

  /** A cache subnet group: where in a VPC the nodes are. */
  SUBNET_GROUP = 'subnetgroup',

  /** A user, who connects to caches. */
  USER = 'user',

  /** A user group: the users of a cache. */
  USER_GROUP = 'usergroup',
}
