import { App, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants } from '../../src';
import { allow, messageOf, newApp, newRole, newStack, policyStatements, warningsOf, UNCHECKED } from '../harness';
import { arnOf, ENV, MISSING, outcomes, replicationGroup, UNLIMITED } from '../support/caches';

const {
  CREATE_REPLICATION_GROUP, MODIFY_REPLICATION_GROUP, REBOOT_CACHE_CLUSTER, TEST_FAILOVER,
} = ElastiCacheOperation;

test('each operation is allowed on the cache and what it names, or an error says what is missing', () => {
  const { allowed, errors } = outcomes((stack) => ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {
    cacheParameterGroupName: 'params',
    cacheSubnetGroupName: 'nets',
    userGroupIds: ['team', 'admins'],
    snapshotName: 'start',
    globalReplicationGroupId: 'ldgnf-orders',
  })));
  expect(allowed).toEqual({
    ...UNLIMITED,
    AddTagsToResource: ['replicationgroup'],
    BatchApplyUpdateAction: ['cluster', 'replicationgroup'],
    BatchStopUpdateAction: ['cluster', 'replicationgroup'],
    CompleteMigration: ['cluster', 'replicationgroup'],
    CreateCacheCluster: ['cluster', 'parametergroup', 'replicationgroup', 'subnetgroup'],
    CreateCacheParameterGroup: ['parametergroup'],
    CreateCacheSubnetGroup: ['subnetgroup'],
    CreateGlobalReplicationGroup: ['globalreplicationgroup', 'replicationgroup'],
    CreateReplicationGroup: [
      'cluster', 'globalreplicationgroup', 'parametergroup', 'replicationgroup', 'snapshot', 'subnetgroup', 'usergroup',
    ],
    DecreaseNodeGroupsInGlobalReplicationGroup: ['globalreplicationgroup'],
    DecreaseReplicaCount: ['replicationgroup'],
    DeleteCacheCluster: ['cluster'],
    DeleteCacheParameterGroup: ['parametergroup'],
    DeleteCacheSubnetGroup: ['subnetgroup'],
    DeleteGlobalReplicationGroup: ['globalreplicationgroup'],
    DeleteReplicationGroup: ['replicationgroup'],
    DeleteUserGroup: ['usergroup'],
    DescribeCacheClusters: ['cluster'],
    DescribeCacheParameterGroups: ['parametergroup'],
    DescribeCacheParameters: ['parametergroup'],
    DescribeCacheSubnetGroups: ['subnetgroup'],
    DescribeGlobalReplicationGroups: ['globalreplicationgroup'],
    DescribeReplicationGroups: ['replicationgroup'],
    DescribeSnapshots: ['snapshot'],
    DescribeUpdateActions: ['cluster', 'replicationgroup'],
    DescribeUserGroups: ['usergroup'],
    DisassociateGlobalReplicationGroup: ['globalreplicationgroup'],
    FailoverGlobalReplicationGroup: ['globalreplicationgroup'],
    IncreaseNodeGroupsInGlobalReplicationGroup: ['globalreplicationgroup'],
    IncreaseReplicaCount: ['replicationgroup'],
    InterruptClusterAzPower: ['replicationgroup'],
    ListAllowedNodeTypeModifications: ['cluster', 'replicationgroup'],
    ListTagsForResource: ['cluster', 'parametergroup', 'replicationgroup', 'snapshot', 'subnetgroup', 'usergroup'],
    ModifyCacheCluster: ['cluster', 'parametergroup'],
    ModifyCacheParameterGroup: ['parametergroup'],
    ModifyCacheSubnetGroup: ['subnetgroup'],
    ModifyGlobalReplicationGroup: ['globalreplicationgroup'],
    ModifyReplicationGroup: ['parametergroup', 'replicationgroup', 'usergroup'],
    ModifyReplicationGroupShardConfiguration: ['replicationgroup'],
    RebalanceSlotsInGlobalReplicationGroup: ['globalreplicationgroup'],
    RebootCacheCluster: ['cluster'],
    RemoveTagsFromResource: ['replicationgroup'],
    ResetCacheParameterGroup: ['parametergroup'],
    StartMigration: ['replicationgroup'],
    TestFailover: ['replicationgroup'],
    TestMigration: ['replicationgroup'],
  });
  errors.forEach((error) => expect(error).toMatch(MISSING));
  expect(errors).toContain(
    "CREATE_SNAPSHOT also needs a snapshot: add ElastiCacheResource.snapshot('…')",
  );
});

/** The statements of a grant of one operation on a replication group with these properties. */
function granted(
  operation: ElastiCacheOperation, props: Partial<elasticache.CfnReplicationGroupProps>, ...more: ElastiCacheResource[]
) {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, props)).operations(
    newRole(stack), [operation], more);
  return policyStatements(stack);
}
const own = arnOf('replicationgroup', { Ref: 'Cache' });

describe('what the cache names', () => {
  test('is the parameter groups of AWS where it names none', () => {
    expect(granted(MODIFY_REPLICATION_GROUP, {})).toEqual([
      allow('elasticache:ModifyReplicationGroup', [arnOf('parametergroup', 'default.*'), own]),
    ]);
  });

  test('is in lower case, as ElastiCache keeps it', () => {
    expect(granted(MODIFY_REPLICATION_GROUP, {
      cacheParameterGroupName: 'Params', userGroupIds: ['Team', Fn.ref('Other')],
    })).toEqual([
      allow('elasticache:ModifyReplicationGroup', [
        arnOf('parametergroup', 'params'), own, arnOf('usergroup', 'team'), arnOf('usergroup', { Ref: 'Other' }),
      ]),
    ]);
  });

  test('may be text that CDK resolves late', () => {
    expect(granted(MODIFY_REPLICATION_GROUP, {
      cacheParameterGroupName: Lazy.string({ produce: () => 'params' }),
    })).toEqual([allow('elasticache:ModifyReplicationGroup', [arnOf('parametergroup', 'params'), own])]);
  });

  test('is what addPropertyOverride has set', () => {
    const stack = newStack({ env: ENV, context: UNCHECKED });
    const cache = replicationGroup(stack, { cacheParameterGroupName: 'earlier' });
    cache.addPropertyOverride('CacheParameterGroupName', 'params');
    cache.addPropertyOverride('UserGroupIds', ['team']);
    ReplicationGroupGrants.fromReplicationGroup(cache).operations(newRole(stack), [MODIFY_REPLICATION_GROUP]);
    expect(policyStatements(stack)).toEqual([
      allow('elasticache:ModifyReplicationGroup', [arnOf('parametergroup', 'params'), own, arnOf('usergroup', 'team')]),
    ]);
  });

  test('may be added to, as another parameter group', () => {
    expect(granted(MODIFY_REPLICATION_GROUP, {}, ElastiCacheResource.parameterGroup('params-8'))).toEqual([
      allow('elasticache:ModifyReplicationGroup', [
        arnOf('parametergroup', 'default.*'), arnOf('parametergroup', 'params-8'), own,
      ]),
    ]);
  });

  test('may be in another stack', () => {
    const app = newApp(UNCHECKED);
    const other = new Stack(app, 'Other', { env: ENV });
    const stack = new Stack(app, 'Stack', { env: ENV });
    const parameters = new elasticache.CfnParameterGroup(other, 'Params', {
      cacheParameterGroupFamily: 'valkey8', description: 'orders',
    });
    const cache = replicationGroup(stack, { cacheParameterGroupName: parameters.ref });
    ReplicationGroupGrants.fromReplicationGroup(cache).operations(newRole(stack), [MODIFY_REPLICATION_GROUP]);
    const [{ Resource: [group] }] = policyStatements(stack);
    expect(group['Fn::Join'][1]).toEqual([
      'arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-west-1:111122223333:parametergroup:',
      expect.objectContaining({ [Object.keys(group['Fn::Join'][1][3])[0]]: expect.anything() }),
    ]);
    expect(JSON.stringify(group['Fn::Join'][1][3])).toMatch(IMPORTED);
    expect(Object.values<any>(Template.fromStack(other).toJSON().Outputs).map(({ Value }) => Value))
      .toEqual([{ Ref: 'Params' }]);
  });
});

/** A value of another stack, as the oldest and as the newest versions of CDK refer to it. */
const IMPORTED = /^{"Fn::(ImportValue|GetStackOutput)":/;

test('a role of another stack refers to the cache', () => {
  const app = newApp(UNCHECKED);
  const stack = new Stack(app, 'Stack', { env: ENV });
  const other = new Stack(app, 'Other', { env: ENV });
  const cache = replicationGroup(stack);
  ReplicationGroupGrants.fromReplicationGroup(cache).operations(newRole(other), [TEST_FAILOVER, REBOOT_CACHE_CLUSTER]);
  expect(policyStatements(stack)).toEqual([]);
  const [reboot] = policyStatements(other);
  const name = reboot.Resource[0]['Fn::Join'][1][3];
  expect(JSON.stringify(name)).toMatch(IMPORTED);
  expect(policyStatements(other)).toEqual([
    allow('elasticache:RebootCacheCluster', [
      arnOf('cluster', name as any, '-???'), arnOf('cluster', name as any, '-????-???'),
    ]),
    allow('elasticache:TestFailover', arnOf('replicationgroup', name as any)),
  ]);
});

test('a cache of a stack without a Region and an account has those that it is deployed to', () => {
  const stack = newStack({ context: UNCHECKED });
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack)).operations(newRole(stack), [TEST_FAILOVER]);
  expect(policyStatements(stack)).toEqual([allow('elasticache:TestFailover', {
    'Fn::Join': ['', [
      'arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
      ':replicationgroup:', { Ref: 'Cache' },
    ]],
  })]);
});

test('an imported cache names nothing, so what an operation needs is passed', () => {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  const grants = ReplicationGroupGrants.fromReplicationGroup(
    elasticache.CfnReplicationGroup.fromReplicationGroupId(stack, 'Imported', 'orders'));
  expect(messageOf(() => grants.operations(newRole(stack), [CREATE_REPLICATION_GROUP]))).toBe(
    'Stack/Imported: CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('
    + "'default.*')",
  );
  grants.operations(newRole(stack, 'Creator'), [CREATE_REPLICATION_GROUP], [ElastiCacheResource.parameterGroup('p')]);
  expect(policyStatements(stack)).toEqual([allow('elasticache:CreateReplicationGroup', [
    arnOf('cluster', 'orders-???'), arnOf('cluster', 'orders-????-???'), arnOf('parametergroup', 'p'),
    arnOf('replicationgroup', 'orders'),
  ])]);
});

describe('what is only known at deployment', () => {
  const groups = Token.asList(Fn.split(',', Fn.importValue('Groups')));

  test('is an error that names what to pass', () => {
    expect(messageOf(() => granted(MODIFY_REPLICATION_GROUP, { userGroupIds: groups }))).toBe(
      'Stack/Cache: UserGroupIds of the cache is only known at deployment, so MODIFY_REPLICATION_GROUP also needs a '
      + "userGroup: add ElastiCacheResource.userGroup('…') to resources",
    );
    expect(messageOf(() => granted(CREATE_REPLICATION_GROUP, {
      userGroupIds: groups, cacheParameterGroupName: Fn.conditionIf('Old', 'a', 'b') as any,
    }))).toBe(
      'Stack/Cache: 2 problems:\n- UserGroupIds of the cache is only known at deployment, so CREATE_REPLICATION_GROUP '
      + "also needs a userGroup: add ElastiCacheResource.userGroup('…') to resources\n- CREATE_REPLICATION_GROUP also "
      + "needs a parameterGroup: add ElastiCacheResource.parameterGroup('default.*')",
    );
  });

  test('is passed', () => {
    expect(granted(MODIFY_REPLICATION_GROUP, { userGroupIds: groups }, ElastiCacheResource.userGroup('team')))
      .toEqual([allow('elasticache:ModifyReplicationGroup', [
        arnOf('parametergroup', 'default.*'), own, arnOf('usergroup', 'team'),
      ])]);
  });

  test('doesn\'t matter to an operation that isn\'t for it', () => {
    expect(granted(TEST_FAILOVER, { userGroupIds: groups })).toEqual([allow('elasticache:TestFailover', own)]);
  });

  test('is not part of read and operate', () => {
    const stack = newStack({ env: ENV, context: UNCHECKED });
    const grants = ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, { userGroupIds: groups }));
    grants.operate(newRole(stack));
    grants.read(newRole(stack, 'Reader'));
    expect(JSON.stringify(policyStatements(stack))).not.toContain(':usergroup:');
  });
});

test('the snapshot that a cache began with is for what reads it, and not for what overwrites or deletes it', () => {
  const snapshot = arnOf('snapshot', 'start');
  const has = (operation: ElastiCacheOperation, ...more: ElastiCacheResource[]) => (
    JSON.stringify(granted(operation, { snapshotName: 'start' }, ...more)).includes(JSON.stringify(snapshot)));
  const last = ElastiCacheResource.snapshot('last');
  expect([
    has(ElastiCacheOperation.DESCRIBE_SNAPSHOTS), has(CREATE_REPLICATION_GROUP),
    has(ElastiCacheOperation.CREATE_SNAPSHOT, last), has(ElastiCacheOperation.DELETE_SNAPSHOT, last),
    has(ElastiCacheOperation.COPY_SNAPSHOT, last), has(ElastiCacheOperation.DELETE_REPLICATION_GROUP, last),
  ]).toEqual([true, true, false, false, false, false]);
});

test('a name that the properties have and no resource has is an error', () => {
  expect(messageOf(() => granted(MODIFY_REPLICATION_GROUP, { userGroupIds: ['my team'] }))).toBe(
    'Stack/Cache: ReplicationGroupGrants: name "my team" is not valid: expected lower-case letters, digits, ".", "_", '
    + '":" and "-", with "*" and "?" as wildcards',
  );
});

test('warnings are on the cache', () => {
  const app: App = newApp(UNCHECKED);
  const stack = new Stack(app, 'Stack', { env: ENV });
  const cache = replicationGroup(stack);
  ReplicationGroupGrants.fromReplicationGroup(cache).operations(
    newRole(stack), [ElastiCacheOperation.AUTHORIZE_CACHE_SECURITY_GROUP_INGRESS, TEST_FAILOVER],
    [ElastiCacheResource.securityGroup('old')],
  );
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-elasticache-grants:retiredOperation.')]);
  expect(cache.node.metadata.map(({ type }) => type)).toContain('aws:cdk:warning');
});
