import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants } from '../../src';
import { allow, MINIMIZE, newRole, newStack, policyStatements } from '../harness';
import {
  arnOf, ENV, GRANTEES, iamUser, importedUser, Name, nodesOf, REPLICATION_GROUPS, replicationGroup,
} from '../support/caches';

const { DELETE_REPLICATION_GROUP, REBOOT_CACHE_CLUSTER, TEST_FAILOVER } = ElastiCacheOperation;

type Call = (grants: ReplicationGroupGrants, grantee: iam.IGrantable, stack: Stack) => unknown;
type Expected = (name: Name, inApp: boolean) => unknown[];

/** Each method, and the whole of what it allows. A cache that is in the app tells that it has a group of AWS. */
const METHODS: [title: string, call: Call, expected: Expected][] = [
  ['connect', (grants, grantee, stack) => grants.connect(grantee, iamUser(stack)), (name) => [
    allow('elasticache:Connect', [arnOf('replicationgroup', ...name), { 'Fn::GetAtt': ['User', 'Arn'] }]),
  ]],
  ['connectAs', (grants, grantee) => grants.connectAs(grantee, 'app'), (name) => [
    allow('elasticache:Connect', [arnOf('replicationgroup', ...name), arnOf('user', 'app')]),
  ]],
  ['read', (grants, grantee) => grants.read(grantee), (name, inApp) => [
    allow([
      'elasticache:DescribeCacheClusters', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], nodesOf(name)),
    ...inApp ? [allow([
      'elasticache:DescribeCacheParameterGroups', 'elasticache:DescribeCacheParameters',
      'elasticache:ListTagsForResource',
    ], arnOf('parametergroup', 'default.*'))] : [],
    allow([
      'elasticache:DescribeReplicationGroups', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], arnOf('replicationgroup', ...name)),
  ]],
  ['operate', (grants, grantee) => grants.operate(grantee), (name, inApp) => [
    allow('elasticache:RebootCacheCluster', nodesOf(name)),
    ...inApp ? [allow('elasticache:ModifyReplicationGroup', arnOf('parametergroup', 'default.*'))] : [],
    allow([
      'elasticache:DecreaseReplicaCount', 'elasticache:IncreaseReplicaCount', 'elasticache:ModifyReplicationGroup',
      'elasticache:ModifyReplicationGroupShardConfiguration', 'elasticache:TestFailover',
    ], arnOf('replicationgroup', ...name)),
  ]],
  ['snapshot', (grants, grantee) => grants.snapshot(grantee), (name) => [
    allow('elasticache:CreateSnapshot', arnOf('replicationgroup', ...name)),
    allow(['elasticache:CreateSnapshot', 'elasticache:DescribeSnapshots'], arnOf('snapshot', ...name, '-*')),
  ]],
  ['snapshot with a name', (grants, grantee) => grants.snapshot(grantee, 'weekly-?'), (name) => [
    allow('elasticache:CreateSnapshot', arnOf('replicationgroup', ...name)),
    allow(['elasticache:CreateSnapshot', 'elasticache:DescribeSnapshots'], arnOf('snapshot', 'weekly-?')),
  ]],
  ['operations', (grants, grantee) => grants.operations(
    grantee, [REBOOT_CACHE_CLUSTER, DELETE_REPLICATION_GROUP, TEST_FAILOVER], [ElastiCacheResource.snapshot('last')],
  ), (name) => [
    allow('elasticache:RebootCacheCluster', nodesOf(name)),
    allow(
      ['elasticache:DeleteReplicationGroup', 'elasticache:TestFailover'], arnOf('replicationgroup', ...name),
    ),
    allow('elasticache:DeleteReplicationGroup', arnOf('snapshot', 'last')),
  ]],
];

describe.each(REPLICATION_GROUPS)('%s', (_, make) => {
  describe.each(GRANTEES)('to %s', (__, makeGrantee) => {
    test.each(METHODS)('%s has these statements', (___, call, expected) => {
      const stack = newStack({ env: ENV });
      const { construct, name, inApp } = make(stack);
      call(ReplicationGroupGrants.fromReplicationGroup(construct), makeGrantee(stack), stack);
      expect(policyStatements(stack)).toEqual(expected(name, inApp));
    });
  });
});

test.each<[string, (stack: Stack) => any]>([
  ['imported', (stack) => importedUser(stack, 'app')],
  ['an L1', (stack) => iamUser(stack)],
])('a user that is %s is in the statement of the cache', (_, makeUser) => {
  const stack = newStack({ env: ENV });
  const user = makeUser(stack);
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack)).connect(newRole(stack), user);
  const [statement, ...others] = policyStatements(stack);
  expect(others).toEqual([]);
  expect(statement).toEqual(allow('elasticache:Connect', expect.anything()));
  expect(statement.Resource).toHaveLength(2);
  expect(statement.Resource).toEqual(expect.arrayContaining([
    arnOf('replicationgroup', { Ref: 'Cache' }), stack.resolve(user.userRef.userArn),
  ]));
});

test('read allows to describe all that the cache names', () => {
  const stack = newStack({ env: ENV });
  const parameters = new elasticache.CfnParameterGroup(stack, 'Params', {
    cacheParameterGroupFamily: 'valkey8', description: 'orders',
  });
  ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack, {
    cacheParameterGroupName: parameters.ref,
    cacheSubnetGroupName: 'Nets',
    userGroupIds: ['team', 'admins'],
    snapshotName: 'start',
    globalReplicationGroupId: 'ldgnf-orders',
  })).read(newRole(stack));
  expect(policyStatements(stack)).toEqual([
    allow('elasticache:DescribeGlobalReplicationGroups', arnOf('globalreplicationgroup', 'ldgnf-orders')),
    allow([
      'elasticache:DescribeCacheClusters', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], nodesOf([{ Ref: 'Cache' }])),
    allow([
      'elasticache:DescribeCacheParameterGroups', 'elasticache:DescribeCacheParameters',
      'elasticache:ListTagsForResource',
    ], arnOf('parametergroup', { Ref: 'Params' })),
    allow([
      'elasticache:DescribeReplicationGroups', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], arnOf('replicationgroup', { Ref: 'Cache' })),
    allow(['elasticache:DescribeSnapshots', 'elasticache:ListTagsForResource'], arnOf('snapshot', 'start')),
    allow(['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'], arnOf('subnetgroup', 'nets')),
    allow(
      ['elasticache:DescribeUserGroups', 'elasticache:ListTagsForResource'],
      [arnOf('usergroup', 'admins'), arnOf('usergroup', 'team')],
    ),
  ]);
});

describe.each([[false], [true]])('several calls for one role, with minimizePolicies %s', (minimize) => {
  const templateOf = (grant: (grants: ReplicationGroupGrants, role: iam.Role, stack: Stack) => void) => {
    const stack = newStack({ env: ENV, context: { [MINIMIZE]: minimize } });
    iamUser(stack, 'First');
    iamUser(stack, 'Second', { userId: 'other', userName: 'other' });
    grant(ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack)), newRole(stack), stack);
    return Template.fromStack(stack).toJSON().Resources;
  };
  const user = (stack: Stack, id: string) => stack.node.findChild(id) as elasticache.CfnUser;
  const once: Parameters<typeof templateOf>[0] = (grants, role, stack) => {
    grants.connect(role, user(stack, 'First'));
    grants.operate(role);
    grants.read(role);
  };

  test('repeat no statement', () => {
    const resources = templateOf((grants, role, stack) => {
      once(grants, role, stack);
      once(ReplicationGroupGrants.fromReplicationGroup(stack.node.findChild('Cache') as any), role, stack);
    });
    expect(resources).toEqual(templateOf(once));
  });

  test('a second user changes one policy, by one statement, and no logical ID', () => {
    const one = templateOf(once);
    const two = templateOf((grants, role, stack) => {
      once(grants, role, stack);
      grants.connect(role, user(stack, 'Second'));
    });
    const [id] = Object.keys(one).filter((logicalId) => one[logicalId].Type === 'AWS::IAM::Policy');
    expect({ ...two, [id]: undefined }).toEqual({ ...one, [id]: undefined });
    const connecting = (resources: any) => resources[id].Properties.PolicyDocument.Statement
      .filter(({ Action }: any) => Action === 'elasticache:Connect');
    const others = (resources: any) => resources[id].Properties.PolicyDocument.Statement
      .filter(({ Action }: any) => Action !== 'elasticache:Connect');
    expect(others(two)).toEqual(others(one));
    const cache = arnOf('replicationgroup', { Ref: 'Cache' });
    const [first, second] = ['First', 'Second'].map((name) => ({ 'Fn::GetAtt': [name, 'Arn'] }));
    expect(connecting(two)).toEqual(minimize
      ? [allow('elasticache:Connect', [first, second, cache])]
      : [allow('elasticache:Connect', [cache, first]), allow('elasticache:Connect', [cache, second])]);
  });
});

test('what is returned stands for all that was added', () => {
  const stack = newStack({ env: ENV });
  const later = new elasticache.CfnSubnetGroup(stack, 'Later', { description: 'later', subnetIds: ['a'] });
  const grants = ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack));
  grants.operate(newRole(stack)).applyBefore(later);
  expect(Template.fromStack(stack).toJSON().Resources.Later.DependsOn)
    .toEqual(expect.arrayContaining(['RoleDefaultPolicy5FFB7DAB']));
});
