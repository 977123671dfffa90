import { Token } from 'aws-cdk-lib/core';
import { AccessLevel } from './access-level';
import { ElastiCacheResourceType } from './elasticache-resource-type';
import { RESOURCE_TYPES, RETIRED_REASON } from './private/catalog/catalog.generated';
import { actionOf, createdTypes, entryOf, isForTypes, isReading, typesOf } from './private/catalog/lookup';
import { didYouMean, nearestOperation, nearestResourceType } from './private/catalog/suggestions';
import { Diagnostics, formatValue, throwErrors } from './private/util/diagnostics';
import { checkInstance, checkList, checkText } from './private/util/shape';
import { constantCase, matchesPattern } from './private/util/text';

const known = new Map<string, ElastiCacheOperation>();
const OPERATION_NAME = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * One ElastiCache API operation, with the IAM action that allows it.
 *
 * List operations rather than actions to keep a grant exact: an operation includes every permission that its call
 * needs, including permissions of other services. All operations are listed in
 * [OPERATIONS.md](https://github.com/cdk-elasticache-grants/cdk-elasticache-grants/blob/main/OPERATIONS.md).
 *
 * Each static says which types the `resources` of a grant can limit it to, by the statics of `ElastiCacheResource`.
 * Every call needs the types that are marked `(required)`, and the one that is marked `(created)`, although AWS lists
 * that one as optional. A call needs the other types only if it names such a resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 *
 * @example
 * declare const role: iam.Role;
 *
 * new ElastiCacheAccessGrant(this, 'Failover', {
 *   operations: [ElastiCacheOperation.TEST_FAILOVER, ElastiCacheOperation.of('DescribeEvents')],
 * }).toRole(role);
 * new ElastiCacheAccessGrant(this, 'Look', {
 *   operations: ElastiCacheOperation.matching('Describe*'),
 * }).toRole(role);
 */
export class ElastiCacheOperation {
  // Stryker disable all: generated
  // <generated> by "npm run catalog": do not edit up to the end marker
  /**
   * Needs `elasticache:AddTagsToResource`. Access level: Tagging.
   *
   * Can be limited to `cacheCluster`, `globalReplicationGroup`, `parameterGroup`, `replicationGroup`,
   * `reservedCacheNode`, `securityGroup`, `serverlessCache`, `serverlessCacheSnapshot`, `snapshot`, `subnetGroup`,
   * `user`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AddTagsToResource.html
   */
  public static readonly ADD_TAGS_TO_RESOURCE = ElastiCacheOperation.define('AddTagsToResource');

  /**
   * Needs `elasticache:AuthorizeCacheSecurityGroupIngress`. Access level: Write.
   *
   * Can be limited to `securityGroup` (required).
   *
   * Retired: cache security groups serve EC2-Classic only, which AWS has retired.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_AuthorizeCacheSecurityGroupIngress.html
   */
  public static readonly AUTHORIZE_CACHE_SECURITY_GROUP_INGRESS =
    ElastiCacheOperation.define('AuthorizeCacheSecurityGroupIngress');

  /**
   * Needs `elasticache:BatchApplyUpdateAction`. Access level: Write.
   *
   * Can be limited to at least one of `cacheCluster` and `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_BatchApplyUpdateAction.html
   */
  public static readonly BATCH_APPLY_UPDATE_ACTION = ElastiCacheOperation.define('BatchApplyUpdateAction');

  /**
   * Needs `elasticache:BatchStopUpdateAction`. Access level: Write.
   *
   * Can be limited to at least one of `cacheCluster` and `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_BatchStopUpdateAction.html
   */
  public static readonly BATCH_STOP_UPDATE_ACTION = ElastiCacheOperation.define('BatchStopUpdateAction');

  /**
   * Needs `elasticache:CompleteMigration`. Access level: Write.
   *
   * Can be limited to at least one of `cacheCluster` and `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CompleteMigration.html
   */
  public static readonly COMPLETE_MIGRATION = ElastiCacheOperation.define('CompleteMigration');

  /**
   * Needs `elasticache:Connect`. Access level: Write. It is an IAM action without an API operation.
   *
   * Can be limited to `user` (required), and at least one of `replicationGroup` and `serverlessCache`.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   */
  public static readonly CONNECT = ElastiCacheOperation.define('Connect');

  /**
   * Needs `elasticache:CopyServerlessCacheSnapshot`. Access level: Write.
   *
   * Can be limited to `serverlessCacheSnapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CopyServerlessCacheSnapshot.html
   */
  public static readonly COPY_SERVERLESS_CACHE_SNAPSHOT = ElastiCacheOperation.define('CopyServerlessCacheSnapshot');

  /**
   * Needs `elasticache:CopySnapshot`, `s3:GetBucketLocation` on `*`, `s3:ListAllMyBuckets` on `*`. Access level: Write.
   *
   * Can be limited to `snapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CopySnapshot.html
   */
  public static readonly COPY_SNAPSHOT = ElastiCacheOperation.define('CopySnapshot');

  /**
   * Needs `elasticache:CreateCacheCluster`, `s3:GetObject` on each member of `SnapshotArns`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required), `cacheCluster` (created), `replicationGroup`, `securityGroup`,
   * `snapshot`, `subnetGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html
   */
  public static readonly CREATE_CACHE_CLUSTER = ElastiCacheOperation.define('CreateCacheCluster');

  /**
   * Needs `elasticache:CreateCacheParameterGroup`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html
   */
  public static readonly CREATE_CACHE_PARAMETER_GROUP = ElastiCacheOperation.define('CreateCacheParameterGroup');

  /**
   * Needs `elasticache:CreateCacheSecurityGroup`. Access level: Write.
   *
   * Can be limited to `securityGroup` (required).
   *
   * Retired: cache security groups serve EC2-Classic only, which AWS has retired.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSecurityGroup.html
   */
  public static readonly CREATE_CACHE_SECURITY_GROUP = ElastiCacheOperation.define('CreateCacheSecurityGroup');

  /**
   * Needs `elasticache:CreateCacheSubnetGroup`. Access level: Write.
   *
   * Can be limited to `subnetGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html
   */
  public static readonly CREATE_CACHE_SUBNET_GROUP = ElastiCacheOperation.define('CreateCacheSubnetGroup');

  /**
   * Needs `elasticache:CreateGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required), `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateGlobalReplicationGroup.html
   */
  public static readonly CREATE_GLOBAL_REPLICATION_GROUP = ElastiCacheOperation.define('CreateGlobalReplicationGroup');

  /**
   * Needs `elasticache:CreateReplicationGroup`, `s3:GetObject` on each member of `SnapshotArns`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required), `replicationGroup` (created), `cacheCluster`,
   * `globalReplicationGroup`, `securityGroup`, `snapshot`, `subnetGroup`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
   */
  public static readonly CREATE_REPLICATION_GROUP = ElastiCacheOperation.define('CreateReplicationGroup');

  /**
   * Needs `elasticache:CreateServerlessCache`. Access level: Write.
   *
   * Can be limited to `serverlessCache` (required), `serverlessCacheSnapshot`, `snapshot`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html
   */
  public static readonly CREATE_SERVERLESS_CACHE = ElastiCacheOperation.define('CreateServerlessCache');

  /**
   * Needs `elasticache:CreateServerlessCacheSnapshot`. Access level: Write.
   *
   * Can be limited to `serverlessCache` (required), `serverlessCacheSnapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCacheSnapshot.html
   */
  public static readonly CREATE_SERVERLESS_CACHE_SNAPSHOT =
    ElastiCacheOperation.define('CreateServerlessCacheSnapshot');

  /**
   * Needs `elasticache:CreateSnapshot`. Access level: Write.
   *
   * Can be limited to `snapshot` (required), and at least one of `cacheCluster` and `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html
   */
  public static readonly CREATE_SNAPSHOT = ElastiCacheOperation.define('CreateSnapshot');

  /**
   * Needs `elasticache:CreateUser`. Access level: Write.
   *
   * Can be limited to `user` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html
   */
  public static readonly CREATE_USER = ElastiCacheOperation.define('CreateUser');

  /**
   * Needs `elasticache:CreateUserGroup`. Access level: Write.
   *
   * Can be limited to `user` (required), `userGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html
   */
  public static readonly CREATE_USER_GROUP = ElastiCacheOperation.define('CreateUserGroup');

  /**
   * Needs `elasticache:DecreaseNodeGroupsInGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DecreaseNodeGroupsInGlobalReplicationGroup.html
   */
  public static readonly DECREASE_NODE_GROUPS_IN_GLOBAL_REPLICATION_GROUP =
    ElastiCacheOperation.define('DecreaseNodeGroupsInGlobalReplicationGroup');

  /**
   * Needs `elasticache:DecreaseReplicaCount`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DecreaseReplicaCount.html
   */
  public static readonly DECREASE_REPLICA_COUNT = ElastiCacheOperation.define('DecreaseReplicaCount');

  /**
   * Needs `elasticache:DeleteCacheCluster`. Access level: Write.
   *
   * Can be limited to `cacheCluster` (required), `snapshot`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheCluster.html
   */
  public static readonly DELETE_CACHE_CLUSTER = ElastiCacheOperation.define('DeleteCacheCluster');

  /**
   * Needs `elasticache:DeleteCacheParameterGroup`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheParameterGroup.html
   */
  public static readonly DELETE_CACHE_PARAMETER_GROUP = ElastiCacheOperation.define('DeleteCacheParameterGroup');

  /**
   * Needs `elasticache:DeleteCacheSecurityGroup`. Access level: Write.
   *
   * Can be limited to `securityGroup` (required).
   *
   * Retired: cache security groups serve EC2-Classic only, which AWS has retired.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheSecurityGroup.html
   */
  public static readonly DELETE_CACHE_SECURITY_GROUP = ElastiCacheOperation.define('DeleteCacheSecurityGroup');

  /**
   * Needs `elasticache:DeleteCacheSubnetGroup`. Access level: Write.
   *
   * Can be limited to `subnetGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteCacheSubnetGroup.html
   */
  public static readonly DELETE_CACHE_SUBNET_GROUP = ElastiCacheOperation.define('DeleteCacheSubnetGroup');

  /**
   * Needs `elasticache:DeleteGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteGlobalReplicationGroup.html
   */
  public static readonly DELETE_GLOBAL_REPLICATION_GROUP = ElastiCacheOperation.define('DeleteGlobalReplicationGroup');

  /**
   * Needs `elasticache:DeleteReplicationGroup`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required), `snapshot`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html
   */
  public static readonly DELETE_REPLICATION_GROUP = ElastiCacheOperation.define('DeleteReplicationGroup');

  /**
   * Needs `elasticache:DeleteServerlessCache`. Access level: Write.
   *
   * Can be limited to `serverlessCache` (required), `serverlessCacheSnapshot`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteServerlessCache.html
   */
  public static readonly DELETE_SERVERLESS_CACHE = ElastiCacheOperation.define('DeleteServerlessCache');

  /**
   * Needs `elasticache:DeleteServerlessCacheSnapshot`. Access level: Write.
   *
   * Can be limited to `serverlessCacheSnapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteServerlessCacheSnapshot.html
   */
  public static readonly DELETE_SERVERLESS_CACHE_SNAPSHOT =
    ElastiCacheOperation.define('DeleteServerlessCacheSnapshot');

  /**
   * Needs `elasticache:DeleteSnapshot`. Access level: Write.
   *
   * Can be limited to `snapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteSnapshot.html
   */
  public static readonly DELETE_SNAPSHOT = ElastiCacheOperation.define('DeleteSnapshot');

  /**
   * Needs `elasticache:DeleteUser`. Access level: Write.
   *
   * Can be limited to `user` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteUser.html
   */
  public static readonly DELETE_USER = ElastiCacheOperation.define('DeleteUser');

  /**
   * Needs `elasticache:DeleteUserGroup`. Access level: Write.
   *
   * Can be limited to `userGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteUserGroup.html
   */
  public static readonly DELETE_USER_GROUP = ElastiCacheOperation.define('DeleteUserGroup');

  /**
   * Needs `elasticache:DescribeCacheClusters`. Access level: List.
   *
   * Can be limited to `cacheCluster` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheClusters.html
   */
  public static readonly DESCRIBE_CACHE_CLUSTERS = ElastiCacheOperation.define('DescribeCacheClusters');

  /**
   * Needs `elasticache:DescribeCacheEngineVersions`. Access level: List.
   *
   * Can't be limited to resources: AWS authorizes it only on `*`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheEngineVersions.html
   */
  public static readonly DESCRIBE_CACHE_ENGINE_VERSIONS = ElastiCacheOperation.define('DescribeCacheEngineVersions');

  /**
   * Needs `elasticache:DescribeCacheParameterGroups`. Access level: List.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameterGroups.html
   */
  public static readonly DESCRIBE_CACHE_PARAMETER_GROUPS = ElastiCacheOperation.define('DescribeCacheParameterGroups');

  /**
   * Needs `elasticache:DescribeCacheParameters`. Access level: List.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameters.html
   */
  public static readonly DESCRIBE_CACHE_PARAMETERS = ElastiCacheOperation.define('DescribeCacheParameters');

  /**
   * Needs `elasticache:DescribeCacheSecurityGroups`. Access level: List.
   *
   * Can be limited to `securityGroup` (required).
   *
   * Retired: cache security groups serve EC2-Classic only, which AWS has retired.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheSecurityGroups.html
   */
  public static readonly DESCRIBE_CACHE_SECURITY_GROUPS = ElastiCacheOperation.define('DescribeCacheSecurityGroups');

  /**
   * Needs `elasticache:DescribeCacheSubnetGroups`. Access level: List.
   *
   * Can be limited to `subnetGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheSubnetGroups.html
   */
  public static readonly DESCRIBE_CACHE_SUBNET_GROUPS = ElastiCacheOperation.define('DescribeCacheSubnetGroups');

  /**
   * Needs `elasticache:DescribeEngineDefaultParameters`. Access level: List.
   *
   * Can't be limited to resources: AWS authorizes it only on `*`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeEngineDefaultParameters.html
   */
  public static readonly DESCRIBE_ENGINE_DEFAULT_PARAMETERS =
    ElastiCacheOperation.define('DescribeEngineDefaultParameters');

  /**
   * Needs `elasticache:DescribeEvents`. Access level: List.
   *
   * Can't be limited to resources: AWS authorizes it only on `*`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeEvents.html
   */
  public static readonly DESCRIBE_EVENTS = ElastiCacheOperation.define('DescribeEvents');

  /**
   * Needs `elasticache:DescribeGlobalReplicationGroups`. Access level: List.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeGlobalReplicationGroups.html
   */
  public static readonly DESCRIBE_GLOBAL_REPLICATION_GROUPS =
    ElastiCacheOperation.define('DescribeGlobalReplicationGroups');

  /**
   * Needs `elasticache:DescribeReplicationGroups`. Access level: List.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html
   */
  public static readonly DESCRIBE_REPLICATION_GROUPS = ElastiCacheOperation.define('DescribeReplicationGroups');

  /**
   * Needs `elasticache:DescribeReservedCacheNodes`. Access level: List.
   *
   * Can be limited to `reservedCacheNode` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReservedCacheNodes.html
   */
  public static readonly DESCRIBE_RESERVED_CACHE_NODES = ElastiCacheOperation.define('DescribeReservedCacheNodes');

  /**
   * Needs `elasticache:DescribeReservedCacheNodesOfferings`. Access level: List.
   *
   * Can't be limited to resources: AWS authorizes it only on `*`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReservedCacheNodesOfferings.html
   */
  public static readonly DESCRIBE_RESERVED_CACHE_NODES_OFFERINGS =
    ElastiCacheOperation.define('DescribeReservedCacheNodesOfferings');

  /**
   * Needs `elasticache:DescribeServerlessCacheSnapshots`. Access level: List.
   *
   * Can be limited to `serverlessCacheSnapshot` (required), `serverlessCache`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServerlessCacheSnapshots.html
   */
  public static readonly DESCRIBE_SERVERLESS_CACHE_SNAPSHOTS =
    ElastiCacheOperation.define('DescribeServerlessCacheSnapshots');

  /**
   * Needs `elasticache:DescribeServerlessCaches`. Access level: List.
   *
   * Can be limited to `serverlessCache` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServerlessCaches.html
   */
  public static readonly DESCRIBE_SERVERLESS_CACHES = ElastiCacheOperation.define('DescribeServerlessCaches');

  /**
   * Needs `elasticache:DescribeServiceUpdates`. Access level: List.
   *
   * Can't be limited to resources: AWS authorizes it only on `*`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServiceUpdates.html
   */
  public static readonly DESCRIBE_SERVICE_UPDATES = ElastiCacheOperation.define('DescribeServiceUpdates');

  /**
   * Needs `elasticache:DescribeSnapshots`. Access level: List.
   *
   * Can be limited to `snapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeSnapshots.html
   */
  public static readonly DESCRIBE_SNAPSHOTS = ElastiCacheOperation.define('DescribeSnapshots');

  /**
   * Needs `elasticache:DescribeUpdateActions`. Access level: List.
   *
   * Can be limited to `cacheCluster`, `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeUpdateActions.html
   */
  public static readonly DESCRIBE_UPDATE_ACTIONS = ElastiCacheOperation.define('DescribeUpdateActions');

  /**
   * Needs `elasticache:DescribeUserGroups`. Access level: List.
   *
   * Can be limited to `userGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeUserGroups.html
   */
  public static readonly DESCRIBE_USER_GROUPS = ElastiCacheOperation.define('DescribeUserGroups');

  /**
   * Needs `elasticache:DescribeUsers`. Access level: List.
   *
   * Can be limited to `user` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeUsers.html
   */
  public static readonly DESCRIBE_USERS = ElastiCacheOperation.define('DescribeUsers');

  /**
   * Needs `elasticache:DisassociateGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DisassociateGlobalReplicationGroup.html
   */
  public static readonly DISASSOCIATE_GLOBAL_REPLICATION_GROUP =
    ElastiCacheOperation.define('DisassociateGlobalReplicationGroup');

  /**
   * Needs `elasticache:ExportServerlessCacheSnapshot`. Access level: Write.
   *
   * Can be limited to `serverlessCacheSnapshot` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ExportServerlessCacheSnapshot.html
   */
  public static readonly EXPORT_SERVERLESS_CACHE_SNAPSHOT =
    ElastiCacheOperation.define('ExportServerlessCacheSnapshot');

  /**
   * Needs `elasticache:FailoverGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_FailoverGlobalReplicationGroup.html
   */
  public static readonly FAILOVER_GLOBAL_REPLICATION_GROUP =
    ElastiCacheOperation.define('FailoverGlobalReplicationGroup');

  /**
   * Needs `elasticache:IncreaseNodeGroupsInGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_IncreaseNodeGroupsInGlobalReplicationGroup.html
   */
  public static readonly INCREASE_NODE_GROUPS_IN_GLOBAL_REPLICATION_GROUP =
    ElastiCacheOperation.define('IncreaseNodeGroupsInGlobalReplicationGroup');

  /**
   * Needs `elasticache:IncreaseReplicaCount`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_IncreaseReplicaCount.html
   */
  public static readonly INCREASE_REPLICA_COUNT = ElastiCacheOperation.define('IncreaseReplicaCount');

  /**
   * Needs `elasticache:InterruptClusterAzPower`. Access level: Write. It is an IAM action without an API operation.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   */
  public static readonly INTERRUPT_CLUSTER_AZ_POWER = ElastiCacheOperation.define('InterruptClusterAzPower');

  /**
   * Needs `elasticache:ListAllowedNodeTypeModifications`. Access level: List.
   *
   * Can be limited to at least one of `cacheCluster` and `replicationGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListAllowedNodeTypeModifications.html
   */
  public static readonly LIST_ALLOWED_NODE_TYPE_MODIFICATIONS =
    ElastiCacheOperation.define('ListAllowedNodeTypeModifications');

  /**
   * Needs `elasticache:ListTagsForResource`. Access level: Read.
   *
   * Can be limited to `cacheCluster`, `parameterGroup`, `replicationGroup`, `reservedCacheNode`, `securityGroup`,
   * `serverlessCache`, `serverlessCacheSnapshot`, `snapshot`, `subnetGroup`, `user`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ListTagsForResource.html
   */
  public static readonly LIST_TAGS_FOR_RESOURCE = ElastiCacheOperation.define('ListTagsForResource');

  /**
   * Needs `elasticache:ModifyCacheCluster`. Access level: Write.
   *
   * Can be limited to `cacheCluster` (required), `parameterGroup`, `securityGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheCluster.html
   */
  public static readonly MODIFY_CACHE_CLUSTER = ElastiCacheOperation.define('ModifyCacheCluster');

  /**
   * Needs `elasticache:ModifyCacheParameterGroup`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html
   */
  public static readonly MODIFY_CACHE_PARAMETER_GROUP = ElastiCacheOperation.define('ModifyCacheParameterGroup');

  /**
   * Needs `elasticache:ModifyCacheSubnetGroup`. Access level: Write.
   *
   * Can be limited to `subnetGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheSubnetGroup.html
   */
  public static readonly MODIFY_CACHE_SUBNET_GROUP = ElastiCacheOperation.define('ModifyCacheSubnetGroup');

  /**
   * Needs `elasticache:ModifyGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyGlobalReplicationGroup.html
   */
  public static readonly MODIFY_GLOBAL_REPLICATION_GROUP = ElastiCacheOperation.define('ModifyGlobalReplicationGroup');

  /**
   * Needs `elasticache:ModifyReplicationGroup`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required), `parameterGroup`, `securityGroup`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html
   */
  public static readonly MODIFY_REPLICATION_GROUP = ElastiCacheOperation.define('ModifyReplicationGroup');

  /**
   * Needs `elasticache:ModifyReplicationGroupShardConfiguration`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroupShardConfiguration.html
   */
  public static readonly MODIFY_REPLICATION_GROUP_SHARD_CONFIGURATION =
    ElastiCacheOperation.define('ModifyReplicationGroupShardConfiguration');

  /**
   * Needs `elasticache:ModifyServerlessCache`. Access level: Write.
   *
   * Can be limited to `serverlessCache` (required), `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyServerlessCache.html
   */
  public static readonly MODIFY_SERVERLESS_CACHE = ElastiCacheOperation.define('ModifyServerlessCache');

  /**
   * Needs `elasticache:ModifyUser`. Access level: Write.
   *
   * Can be limited to `user` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyUser.html
   */
  public static readonly MODIFY_USER = ElastiCacheOperation.define('ModifyUser');

  /**
   * Needs `elasticache:ModifyUserGroup`. Access level: Write.
   *
   * Can be limited to `user` (required), `userGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyUserGroup.html
   */
  public static readonly MODIFY_USER_GROUP = ElastiCacheOperation.define('ModifyUserGroup');

  /**
   * Needs `elasticache:PurchaseReservedCacheNodesOffering`. Access level: Write.
   *
   * Can be limited to `reservedCacheNode` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_PurchaseReservedCacheNodesOffering.html
   */
  public static readonly PURCHASE_RESERVED_CACHE_NODES_OFFERING =
    ElastiCacheOperation.define('PurchaseReservedCacheNodesOffering');

  /**
   * Needs `elasticache:RebalanceSlotsInGlobalReplicationGroup`. Access level: Write.
   *
   * Can be limited to `globalReplicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_RebalanceSlotsInGlobalReplicationGroup.html
   */
  public static readonly REBALANCE_SLOTS_IN_GLOBAL_REPLICATION_GROUP =
    ElastiCacheOperation.define('RebalanceSlotsInGlobalReplicationGroup');

  /**
   * Needs `elasticache:RebootCacheCluster`. Access level: Write.
   *
   * Can be limited to `cacheCluster` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_RebootCacheCluster.html
   */
  public static readonly REBOOT_CACHE_CLUSTER = ElastiCacheOperation.define('RebootCacheCluster');

  /**
   * Needs `elasticache:RemoveTagsFromResource`. Access level: Tagging.
   *
   * Can be limited to `cacheCluster`, `globalReplicationGroup`, `parameterGroup`, `replicationGroup`,
   * `reservedCacheNode`, `securityGroup`, `serverlessCache`, `serverlessCacheSnapshot`, `snapshot`, `subnetGroup`,
   * `user`, `userGroup`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_RemoveTagsFromResource.html
   */
  public static readonly REMOVE_TAGS_FROM_RESOURCE = ElastiCacheOperation.define('RemoveTagsFromResource');

  /**
   * Needs `elasticache:ResetCacheParameterGroup`. Access level: Write.
   *
   * Can be limited to `parameterGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ResetCacheParameterGroup.html
   */
  public static readonly RESET_CACHE_PARAMETER_GROUP = ElastiCacheOperation.define('ResetCacheParameterGroup');

  /**
   * Needs `elasticache:RevokeCacheSecurityGroupIngress`. Access level: Write.
   *
   * Can be limited to `securityGroup` (required).
   *
   * Retired: cache security groups serve EC2-Classic only, which AWS has retired.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_RevokeCacheSecurityGroupIngress.html
   */
  public static readonly REVOKE_CACHE_SECURITY_GROUP_INGRESS =
    ElastiCacheOperation.define('RevokeCacheSecurityGroupIngress');

  /**
   * Needs `elasticache:StartMigration`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_StartMigration.html
   */
  public static readonly START_MIGRATION = ElastiCacheOperation.define('StartMigration');

  /**
   * Needs `elasticache:TestFailover`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_TestFailover.html
   */
  public static readonly TEST_FAILOVER = ElastiCacheOperation.define('TestFailover');

  /**
   * Needs `elasticache:TestMigration`. Access level: Write.
   *
   * Can be limited to `replicationGroup` (required).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_TestMigration.html
   */
  public static readonly TEST_MIGRATION = ElastiCacheOperation.define('TestMigration');
  // </generated>
  // Stryker restore all

  /**
   * Returns the operation with a name that is known only as text, such as a name from a configuration file.
   *
   * @param name the name of an API operation, as AWS spells it: `CreateCacheCluster`, without `elasticache:`.
   * @throws if this version of the library doesn't know the name. The error suggests the nearest name that it knows,
   * if there is one.
   */
  public static of(name: string): ElastiCacheOperation {
    const method = 'ElastiCacheOperation.of';
    const operation = known.get(name);
    if (operation) {
      return operation;
    }
    checkIsText(name, `${method}: name`, 'CreateCacheCluster');
    if (Token.isUnresolved(name)) {
      throwErrors([`${method}: name is only known at deployment, and what it needs must be known before: pass a `
        + 'literal name']);
    }
    const suggestion = nearestOperation(name);
    const others = /[*?]/.test(name)
      ? 'or patterns, use ElastiCacheOperation.matching'
      : 'or one that AWS has added since this version, use ElastiCacheOperation.custom';
    throwErrors([
      `${method}: ${formatValue(name)} is not an ElastiCache operation: ${didYouMean(suggestion)}`
      + `${suggestion === undefined ? '; f' : ' F'}${others}`,
    ]);
  }

  /**
   * Returns an operation that AWS has added since this version of the library.
   *
   * The operation allows its own action, `elasticache:<name>`, and nothing else, because nothing else is known about
   * it. Once the library knows the name, this method returns the known operation, with everything that it needs.
   *
   * @param name the name of an API operation: letters and digits, beginning with a letter. It has no `elasticache:`
   * before it and no wildcards.
   * @throws if the name is empty or has any other character.
   */
  public static custom(name: string): ElastiCacheOperation {
    checkIsText(name, 'ElastiCacheOperation.custom: name', 'CreateCacheCluster');
    if (Token.isUnresolved(name)) {
      throwErrors(['ElastiCacheOperation.custom: name is only known at deployment, and could hold a wildcard: pass a '
        + 'literal name']);
    }
    if (!OPERATION_NAME.test(name)) {
      throwErrors([
        `ElastiCacheOperation.custom: ${formatValue(name)} is not an operation name: expected letters and digits, `
        + 'beginning with a letter, '
        + 'such as "CreateCacheCluster", without "elasticache:" and without wildcards; for patterns, use '
        + 'ElastiCacheOperation.matching',
      ]);
    }
    const lowerCase = name.toLowerCase();
    const sameName = [...known.values()].find(({ operationName }) => operationName.toLowerCase() === lowerCase);
    return sameName ?? new ElastiCacheOperation(name);
  }

  /**
   * Returns all operations whose names match a pattern. Retired operations are left out.
   *
   * The pattern is replaced by the operations at synthesis, and the policy never contains it. What AWS adds later is
   * not allowed until you upgrade the library and the difference shows in a review.
   *
   * @param pattern the pattern, as in IAM: letters and digits, `*` for any characters, and `?` for any single
   * character. Uppercase and lowercase letters are the same. It may be a whole action, with `elasticache:`
   * before the name.
   * @throws if no operation matches, as with `Get*`, because ElastiCache has no such operation; if only retired
   * operations match; or if the pattern is one of another service.
   */
  public static matching(pattern: string): ElastiCacheOperation[] {
    const method = 'ElastiCacheOperation.matching';
    checkIsText(pattern, `${method}: pattern`, 'Describe*');
    if (Token.isUnresolved(pattern)) {
      throwErrors([
        `${method}: pattern is only known at deployment, and is spelled out before: pass a literal pattern`,
      ]);
    }
    const [, prefix, names] = /^(.*:)?(.*)$/s.exec(pattern)!;
    const shown = `${method}: ${formatValue(pattern)}`;
    if (prefix !== undefined && prefix.toLowerCase() !== 'elasticache:') {
      throwErrors([`${shown} has the prefix ${formatValue(prefix)} of another service: expected a pattern of `
        + 'ElastiCache operations, such as "Describe*" or "elasticache:Describe*"']);
    }
    const matches = [...known.values()].filter(({ operationName }) => matchesPattern(operationName, names));
    if (matches.length === 0) {
      throwErrors([
        `${shown} matches no ElastiCache operation: expected a pattern of operation names, such as "Describe*" or `
        + '"*ReplicationGroup?"; for all that read, use ElastiCacheOperation.readOnly',
      ]);
    }
    const inUse = matches.filter(({ retired }) => !retired);
    if (inUse.length === 0) {
      throwErrors([`${shown} matches retired operations only, ${matches.join(', ')} (${RETIRED_REASON}): to grant one `
        + 'all the same, use ElastiCacheOperation.of']);
    }
    return inUse;
  }

  /**
   * Returns the operations that change nothing: those with access level `LIST` or `READ`. Retired
   * operations are left out.
   */
  public static readOnly(): ElastiCacheOperation[] {
    return ElastiCacheOperation.all().filter(({ accessLevel }) => isReading(accessLevel));
  }

  /**
   * Returns every operation that this version of the library knows, by name. Retired operations are left out.
   *
   * No cache of today needs the retired operations, and each would cause a warning. They have statics, and
   * `of()` finds them.
   */
  public static all(): ElastiCacheOperation[] {
    return [...known.values()].filter(({ retired }) => !retired);
  }

  /**
   * Returns all operations on resources of some types, for a role that deploys or administers them. Retired
   * operations are left out.
   *
   * An operation is included if AWS authorizes it on at least one of the types, and if it requires no type that isn't
   * listed. If it needs one of several types, one of these must be listed. For example, `SNAPSHOT` alone doesn't
   * include `CREATE_SNAPSHOT`, because a snapshot has a source, and `USER` alone doesn't include `CONNECT`. Operations
   * that AWS authorizes only on `*`, such as `DESCRIBE_EVENTS`, belong to no type. If you need them, list them as well.
   *
   * An operation that creates a resource is included only if its type is listed, although AWS lists the type as
   * optional for `CREATE_CACHE_CLUSTER` and `CREATE_REPLICATION_GROUP`. To leave out operations, use `without()`.
   *
   * In the grant, set `resources` of each of the types. Without `resources`, the operations are allowed on all
   * resources, including those of other types.
   *
   * @param types the types, as members of the enum: at least one, in any order.
   * @throws if the list is empty, or has anything but members of the enum. The error suggests the nearest member.
   *
   * @example
   * declare const role: iam.Role;
   *
   * new ElastiCacheAccessGrant(this, 'DeploySnapshots', {
   *   operations: ElastiCacheOperation.forResourceTypes([
   *     ElastiCacheResourceType.SERVERLESS_CACHE, ElastiCacheResourceType.USER_GROUP,
   *   ]),
   *   resources: [ElastiCacheResource.serverlessCache('orders-*'), ElastiCacheResource.userGroup('orders-*')],
   * }).toRole(role);
   */
  public static forResourceTypes(types: ElastiCacheResourceType[]): ElastiCacheOperation[] {
    checkResourceTypes(types, 'ElastiCacheOperation.forResourceTypes: types');
    return ElastiCacheOperation.all().filter(({ operationName }) => (
      isForTypes(entryOf(operationName), types, createdTypes(operationName))));
  }

  /**
   * Returns operations without some of them, in the same order.
   *
   * Use it to leave operations out of a list that another method returns. It works in every language. In some
   * languages, two objects of the same operation are not equal, so filtering a list by comparison removes nothing.
   *
   * @param operations the operations to choose from.
   * @param excluded the operations to leave out. Operations that `operations` doesn't have are ignored.
   * @throws if a list has anything but operations.
   *
   * @example
   * declare const role: iam.Role;
   *
   * new ElastiCacheAccessGrant(this, 'Operate', {
   *   operations: ElastiCacheOperation.without(
   *     ElastiCacheOperation.matching('*ReplicationGroup'), [ElastiCacheOperation.DELETE_REPLICATION_GROUP],
   *   ),
   * }).toRole(role);
   */
  public static without(
    operations: ElastiCacheOperation[], excluded: ElastiCacheOperation[],
  ): ElastiCacheOperation[] {
    checkOperations({ operations, excluded }, 'ElastiCacheOperation.without');
    const names = new Set(excluded.map(({ operationName }) => operationName));
    return operations.filter(({ operationName }) => !names.has(operationName));
  }

  /**
   * Returns the operations on AWS's API permissions reference page, by name. This is the whole page, including
   * retired operations.
   *
   * @see https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/doc_source/redis/IAM.APIReference.md
   */
  public static reference(): ElastiCacheOperation[] {
    return [...known.values()].filter(({ operationName }) => entryOf(operationName)?.pageLine !== undefined);
  }

  private static define(name: string): ElastiCacheOperation {
    const operation = new ElastiCacheOperation(name);
    known.set(name, operation);
    return operation;
  }

  /** The name of the operation, as AWS spells it, such as `CreateCacheCluster`. */
  public readonly operationName: string;

  /** The IAM action that allows the operation, such as `elasticache:CreateCacheCluster`. */
  public readonly action: string;

  /**
   * The kind of access that the operation gives.
   *
   * @default - not known: the operation is a custom one.
   */
  public readonly accessLevel?: AccessLevel;

  /**
   * Whether the operation belongs to a feature that AWS has retired.
   *
   * You can still grant it. The grant then warns, with the id
   * `cdk-elasticache-grants:retiredOperation.<operationName>`.
   */
  public readonly retired: boolean;

  /** Whether this is an IAM action without an API operation of its own, such as `Connect`. */
  public readonly permissionOnly: boolean;

  private constructor(name: string) {
    const entry = entryOf(name);
    this.operationName = name;
    this.action = actionOf(name);
    this.accessLevel = entry?.accessLevel;
    this.retired = entry?.retired ?? false;
    this.permissionOnly = entry?.permissionOnly ?? false;
  }

  /**
   * The types of resources that the operation can be limited to, both required and optional. `OPERATIONS.md` says
   * which are required.
   *
   * The list is empty if AWS authorizes the operation only on `*`, and for a custom operation, because its types are
   * not known. Each call returns a new list.
   */
  public get resourceTypes(): ElastiCacheResourceType[] {
    // The enum has each type of the catalog, which a test checks.
    return typesOf(entryOf(this.operationName)) as ElastiCacheResourceType[];
  }

  /** Returns the name of the operation. */
  public toString(): string {
    return this.operationName;
  }
}

function checkIsText(value: unknown, subject: string, example: string): void {
  const diagnostics = new Diagnostics();
  checkText(value, subject, `text, such as ${formatValue(example)}`, diagnostics);
  diagnostics.throwIfAny();
}

function checkOperations(lists: Record<string, unknown>, method: string): void {
  const diagnostics = new Diagnostics();
  for (const [name, list] of Object.entries(lists)) {
    const subject = `${method}: ${name}`;
    const example = 'ElastiCacheOperation.COPY_SNAPSHOT';
    if (checkList(list, subject, `a list, such as [${example}]`, diagnostics)) {
      Array.from(list).forEach((item, index) => {
        checkInstance(item, ElastiCacheOperation, example, `${subject}[${index}]`, diagnostics);
      });
    }
  }
  diagnostics.throwIfAny();
}

function checkResourceTypes(types: unknown, subject: string): void {
  const diagnostics = new Diagnostics();
  const example = 'ElastiCacheResourceType.REPLICATION_GROUP';
  const isLate = (value: unknown, of: string) => {
    if (!Token.isUnresolved(value)) { return false; }
    diagnostics.error(`${of} is only known at deployment, and what it needs must be known before: pass members of the `
      + `enum, such as ${example}`);
    return true;
  };
  if (checkList(types, subject, `a list, such as [${example}]`, diagnostics) && !isLate(types, subject)) {
    if (types.length === 0) {
      diagnostics.error(`${subject} is empty: list at least one, such as ${example}`);
    }
    // A list with holes has undefined there, which `forEach` would skip.
    Array.from(types).forEach((type, index) => {
      const isText = typeof type === 'string';
      if ((isText && Object.hasOwn(RESOURCE_TYPES, type)) || isLate(type, `${subject}[${index}]`)) { return; }
      const suggestion = isText ? nearestResourceType(type) : undefined;
      diagnostics.error(`${subject}[${index}] is ${formatValue(type)}: ${suggestion === undefined
        ? `expected an ElastiCacheResourceType, such as ${example}`
        : `did you mean ElastiCacheResourceType.${constantCase(RESOURCE_TYPES[suggestion].name)}?`}`);
    });
  }
  diagnostics.throwIfAny();
}
