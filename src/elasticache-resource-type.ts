/**
 * A type of ElastiCache resource that AWS authorizes operations on.
 *
 * Each member is named like the static of `ElastiCacheResource` that returns resources of the type: `CACHE_CLUSTER`
 * like `cacheCluster`. Its value is the type as it is in ARNs, which is another word for some types.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
export enum ElastiCacheResourceType {
  /** A cache cluster: a Memcached cluster, or one node of a Valkey or Redis OSS replication group. */
  CACHE_CLUSTER = 'cluster',

  /** A global datastore: replication groups in several Regions. */
  GLOBAL_REPLICATION_GROUP = 'globalreplicationgroup',

  /** A cache parameter group: the settings of the engine. */
  PARAMETER_GROUP = 'parametergroup',

  /** A replication group: a node-based Valkey or Redis OSS cache. */
  REPLICATION_GROUP = 'replicationgroup',

  /** A reserved cache node: a price for a node that is paid in advance. */
  RESERVED_CACHE_NODE = 'reserved-instance',

  /** A cache security group. It belongs to EC2-Classic, which AWS has retired. */
  SECURITY_GROUP = 'securitygroup',

  /** A serverless cache. */
  SERVERLESS_CACHE = 'serverlesscache',

  /** A snapshot of a serverless cache. */
  SERVERLESS_CACHE_SNAPSHOT = 'serverlesscachesnapshot',

  /** A snapshot of a cache cluster or a replication group. */
  SNAPSHOT = 'snapshot',

  /** A cache subnet group: the part of a VPC that the nodes are in. */
  SUBNET_GROUP = 'subnetgroup',

  /** An ElastiCache user, which connects to caches. */
  USER = 'user',

  /** A user group: the users of a cache. */
  USER_GROUP = 'usergroup',
}
