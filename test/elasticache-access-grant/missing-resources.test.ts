import { ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { messageOf } from '../harness';
import { grantError, grantOf } from '../support/errors';

const {
  CREATE_REPLICATION_GROUP, CREATE_SNAPSHOT, DELETE_CACHE_CLUSTER, DELETE_REPLICATION_GROUP, DELETE_SERVERLESS_CACHE,
  MODIFY_REPLICATION_GROUP, DECREASE_REPLICA_COUNT, TEST_FAILOVER,
} = ElastiCacheOperation;
const { cacheCluster, fromArn, replicationGroup, parameterGroup, serverlessCache, subnetGroup } = ElastiCacheResource;
const errorOf = (props: ElastiCacheAccessGrantProps) => messageOf(() => grantOf(props));
const aReplicationGroup = "a replicationGroup: add ElastiCacheResource.replicationGroup('…')";

describe('operations that lack the same type are one line', () => {
  test.each([
    [[TEST_FAILOVER], 'TEST_FAILOVER also needs'],
    [[TEST_FAILOVER, TEST_FAILOVER], 'TEST_FAILOVER also needs'],
    [[DELETE_REPLICATION_GROUP, TEST_FAILOVER], 'DELETE_REPLICATION_GROUP and TEST_FAILOVER also need'],
    [[DECREASE_REPLICA_COUNT, DELETE_REPLICATION_GROUP, TEST_FAILOVER],
      'DECREASE_REPLICA_COUNT, DELETE_REPLICATION_GROUP and TEST_FAILOVER also need'],
    [[DECREASE_REPLICA_COUNT, DELETE_REPLICATION_GROUP, MODIFY_REPLICATION_GROUP, TEST_FAILOVER],
      'DECREASE_REPLICA_COUNT, DELETE_REPLICATION_GROUP and 2 more also need'],
  ])('%s', (operations, beginning) => {
    expect(errorOf({ operations: [CREATE_SNAPSHOT, ...operations], resources: [cacheCluster('a')] }))
      .toContain(`${beginning} ${aReplicationGroup}`);
  });

  test('each type that is missing has a line of its own', () => {
    expect(errorOf({
      operations: [CREATE_REPLICATION_GROUP, TEST_FAILOVER, DELETE_REPLICATION_GROUP], resources: [subnetGroup('a')],
    })).toBe(grantError(
      "CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('default.*')",
      `TEST_FAILOVER and DELETE_REPLICATION_GROUP also need ${aReplicationGroup}`,
    ));
  });

  test('an option of several operations has one line, too', () => {
    expect(errorOf({
      operations: [DELETE_CACHE_CLUSTER, DELETE_REPLICATION_GROUP],
      resources: [cacheCluster('a'), replicationGroup('a')],
      finalSnapshot: true,
    })).toBe(grantError('finalSnapshot of DELETE_CACHE_CLUSTER and DELETE_REPLICATION_GROUP also needs a snapshot: add '
      + "ElastiCacheResource.snapshot('…')"));
  });
});

describe('a resource with an error', () => {
  const slash = fromArn('arn:aws:elasticache:eu-west-1:111122223333:replicationgroup/a');
  const problem = 'ElastiCacheResource.fromArn: "arn:aws:elasticache:eu-west-1:111122223333:replicationgroup/a" is not '
    + 'the ARN of an ElastiCache resource: type and name are separated by ":", never by "/"; expected '
    + 'arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';

  test('is the only problem, though its type seems to be missing', () => {
    expect(errorOf({ operations: [TEST_FAILOVER], resources: [slash] })).toBe(grantError(problem));
    expect(errorOf({
      operations: [DELETE_SERVERLESS_CACHE], resources: [serverlessCache('a'), slash], finalSnapshot: true,
    })).toBe(grantError(problem));
  });

  test('does not hide a listed resource that no operation uses', () => {
    expect(errorOf({ operations: [TEST_FAILOVER], resources: [slash, parameterGroup('a')] })).toBe(grantError(
      problem,
      'resources has the parameterGroup "arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:'
      + 'parametergroup:a", but AWS authorizes no listed operation on that type: drop it, or add an operation that '
      + 'uses it, such as CREATE_CACHE_PARAMETER_GROUP',
    ));
  });
});
