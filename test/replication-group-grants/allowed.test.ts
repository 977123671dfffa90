import { readFileSync } from 'fs';
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants } from '../../src';
import { newRole, newStack } from '../harness';
import { allowedIn, deployedTo, ENV, here, iamUser, NEIGHBORS, replicationGroup } from '../support/caches';
import { allows } from '../support/evaluator';

/** The cache, all that it names, and its nodes. */
const OURS = {
  'the cache': here('replicationgroup', 'orders'),
  'a node': here('cluster', 'orders-001'),
  'a node of a shard': here('cluster', 'orders-0002-003'),
  'its parameter group': here('parametergroup', 'params'),
  'its subnet group': here('subnetgroup', 'nets'),
  'its user group': here('usergroup', 'team'),
  'its global datastore': here('globalreplicationgroup', 'ldgnf-orders'),
  'the snapshot it began with': here('snapshot', 'start'),
  'a snapshot of it': here('snapshot', 'orders-2026-11-01'),
  'the user': here('user', 'app'),
};

function allowedBy(call: (grants: ReplicationGroupGrants, stack: Stack) => unknown) {
  const stack = newStack({ env: ENV });
  // The logical ID is what the evaluator takes as the name.
  call(ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {
    cacheParameterGroupName: 'params',
    cacheSubnetGroupName: 'nets',
    userGroupIds: ['team'],
    snapshotName: 'start',
    globalReplicationGroupId: 'ldgnf-orders',
  }, 'orders')), stack);
  return allowedIn(stack, { ...OURS, ...NEIGHBORS });
}

const NODE_READS = [
  'DescribeCacheClusters', 'DescribeUpdateActions', 'ListAllowedNodeTypeModifications', 'ListTagsForResource',
];

describe('nothing but what the documentation lists is allowed', () => {
  test('by connect', () => {
    expect(allowedBy((grants, stack) => grants.connect(newRole(stack), iamUser(stack, 'app')))).toEqual({
      'the cache': ['Connect'], 'the user': ['Connect'],
    });
  });

  test('by connectAs', () => {
    expect(allowedBy((grants, stack) => grants.connectAs(newRole(stack), 'app'))).toEqual({
      'the cache': ['Connect'], 'the user': ['Connect'],
    });
  });

  test('by read', () => {
    expect(allowedBy((grants, stack) => grants.read(newRole(stack)))).toEqual({
      'the cache': [
        'DescribeReplicationGroups', 'DescribeUpdateActions', 'ListAllowedNodeTypeModifications', 'ListTagsForResource',
      ],
      'a node': NODE_READS,
      'a node of a shard': NODE_READS,
      'its parameter group': ['DescribeCacheParameterGroups', 'DescribeCacheParameters', 'ListTagsForResource'],
      'its subnet group': ['DescribeCacheSubnetGroups', 'ListTagsForResource'],
      'its user group': ['DescribeUserGroups', 'ListTagsForResource'],
      'its global datastore': ['DescribeGlobalReplicationGroups'],
      'the snapshot it began with': ['DescribeSnapshots', 'ListTagsForResource'],
    });
  });

  test('by operate', () => {
    const allowed = allowedBy((grants, stack) => grants.operate(newRole(stack)));
    expect(allowed).toEqual({
      'the cache': [
        'DecreaseReplicaCount', 'IncreaseReplicaCount', 'ModifyReplicationGroup',
        'ModifyReplicationGroupShardConfiguration', 'TestFailover',
      ],
      'a node': ['RebootCacheCluster'],
      'a node of a shard': ['RebootCacheCluster'],
      'its parameter group': ['ModifyReplicationGroup'],
      'its user group': ['ModifyReplicationGroup'],
    });
    const [, documentation] = /Lets the grantee run the cache(.*?)\*\//s.exec(
      readFileSync('src/replication-group-grants.ts', 'utf8'))!;
    expect([...documentation.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name]) => name).sort())
      .toEqual(expect.arrayContaining([...new Set(Object.values(allowed).flat())].sort()));
  });

  test('by snapshot', () => {
    expect(allowedBy((grants, stack) => grants.snapshot(newRole(stack)))).toEqual({
      'the cache': ['CreateSnapshot'],
      'a snapshot of it': ['CreateSnapshot', 'DescribeSnapshots'],
    });
  });

  test('by snapshot with a name', () => {
    expect(allowedBy((grants, stack) => grants.snapshot(newRole(stack), 'start'))).toEqual({
      'the cache': ['CreateSnapshot'],
      'the snapshot it began with': ['CreateSnapshot', 'DescribeSnapshots'],
    });
  });
});

test('a connection needs the permission for the cache and the one for the user', () => {
  const stack = newStack({ env: ENV });
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {}, 'orders'))
    .connect(newRole(stack), iamUser(stack, 'app'));
  const [document] = deployedTo(stack);
  /** As AWS authorizes a connection: on both, and each must be allowed. */
  const connects = (documents: unknown[], cache: string, user: string) => (
    [here('replicationgroup', cache), here('user', user)].every((resource) => (
      allows(documents, { action: 'elasticache:Connect', resource }))));
  const only = (index: number) => [{
    ...document, Statement: document.Statement.map((one: any) => ({ ...one, Resource: [one.Resource[index]] })),
  }];
  expect(connects([document], 'orders', 'app')).toBe(true);
  expect(connects([document], 'orders-archive', 'app')).toBe(false);
  expect(connects([document], 'orders', 'admin')).toBe(false);
  expect(connects(only(0), 'orders', 'app')).toBe(false);
  expect(connects(only(1), 'orders', 'app')).toBe(false);
});

test('IAM allows each user of a role on each cache of the role', () => {
  const stack = newStack({ env: ENV });
  const role = newRole(stack);
  for (const [cache, user] of [['orders', 'app'], ['carts', 'web']]) {
    ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {}, cache)).connectAs(role, user);
  }
  for (const resource of [
    here('replicationgroup', 'orders'), here('replicationgroup', 'carts'), here('user', 'app'), here('user', 'web'),
  ]) {
    expect(allows(deployedTo(stack), { action: 'elasticache:Connect', resource })).toBe(true);
  }
});

test('a call that lists all caches needs a grant without resources', () => {
  const listsAll = (add: (role: iam.Role, stack: Stack) => void) => {
    const stack = newStack({ env: ENV });
    const role = newRole(stack);
    ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {}, 'orders')).read(role);
    add(role, stack);
    return allows(deployedTo(stack), {
      action: 'elasticache:DescribeReplicationGroups', resource: here('replicationgroup', '*'),
    });
  };
  expect(listsAll(() => {})).toBe(false);
  expect(listsAll((role, stack) => {
    new ElastiCacheAccessGrant(stack, 'All', { operations: [ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS] })
      .toRole(role);
  })).toBe(true);
});

test.each([
  ['orders-abc', 'has a name that looks like a node of the cache'],
  ['orders-prod-001', 'is a node of a group whose name looks like a shard of the cache'],
])('the cluster %s %s, which no pattern of IAM can tell apart', (name) => {
  expect(allowedIn(operated(), { it: here('cluster', name) })).toEqual({ it: ['RebootCacheCluster'] });
});

function operated(): Stack {
  const stack = newStack({ env: ENV });
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {}, 'orders')).operate(newRole(stack));
  return stack;
}

test('resources that are passed widen no operation that they are not for', () => {
  expect(allowedBy((grants, stack) => grants.operations(
    newRole(stack), [ElastiCacheOperation.CREATE_SNAPSHOT, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE],
    [ElastiCacheResource.snapshot('orders-2026-*')],
  ))).toEqual({
    'the cache': ['AddTagsToResource', 'CreateSnapshot'],
    'a node': ['CreateSnapshot'],
    'a node of a shard': ['CreateSnapshot'],
    'a snapshot of it': ['AddTagsToResource', 'CreateSnapshot'],
  });
});
