import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheOperation, ElastiCacheResource, ServerlessCacheGrants } from '../../src';
import { allow, newRole, newStack, policyStatements } from '../harness';
import { arnOf, ENV, GRANTEES, here, iamUser, Name, serverlessCache, SERVERLESS_CACHES } from '../support/caches';

const { DELETE_SERVERLESS_CACHE, MODIFY_SERVERLESS_CACHE } = ElastiCacheOperation;

type Call = (grants: ServerlessCacheGrants, grantee: iam.IGrantable, stack: Stack) => unknown;

/** Each method, and the whole of what it allows on a cache that names nothing else. */
const METHODS: [title: string, call: Call, expected: (name: Name) => unknown[]][] = [
  ['connect', (grants, grantee, stack) => grants.connect(grantee, iamUser(stack)), (name) => [
    allow('elasticache:Connect', [arnOf('serverlesscache', ...name), { 'Fn::GetAtt': ['User', 'Arn'] }]),
  ]],
  ['connectAs', (grants, grantee) => grants.connectAs(grantee, 'team-*'), (name) => [
    allow('elasticache:Connect', [arnOf('serverlesscache', ...name), arnOf('user', 'team-*')]),
  ]],
  ['read', (grants, grantee) => grants.read(grantee), (name) => [
    allow(
      ['elasticache:DescribeServerlessCaches', 'elasticache:ListTagsForResource'], arnOf('serverlesscache', ...name),
    ),
  ]],
  ['operate', (grants, grantee) => grants.operate(grantee), (name) => [
    allow('elasticache:ModifyServerlessCache', arnOf('serverlesscache', ...name)),
  ]],
  ['snapshot', (grants, grantee) => grants.snapshot(grantee), (name) => [
    allow(
      ['elasticache:CreateServerlessCacheSnapshot', 'elasticache:DescribeServerlessCacheSnapshots'],
      [arnOf('serverlesscache', ...name), arnOf('serverlesscachesnapshot', ...name, '-*')],
    ),
  ]],
  ['snapshot with a name', (grants, grantee) => grants.snapshot(grantee, 'weekly'), (name) => [
    allow(
      ['elasticache:CreateServerlessCacheSnapshot', 'elasticache:DescribeServerlessCacheSnapshots'],
      [arnOf('serverlesscache', ...name), arnOf('serverlesscachesnapshot', 'weekly')],
    ),
  ]],
  ['operations', (grants, grantee) => grants.operations(
    grantee, [DELETE_SERVERLESS_CACHE, MODIFY_SERVERLESS_CACHE], [ElastiCacheResource.userGroup('team')],
  ), (name) => [
    allow(
      ['elasticache:DeleteServerlessCache', 'elasticache:ModifyServerlessCache'], arnOf('serverlesscache', ...name),
    ),
    allow('elasticache:ModifyServerlessCache', arnOf('usergroup', 'team')),
  ]],
];

describe.each(SERVERLESS_CACHES)('%s', (_, make) => {
  describe.each(GRANTEES)('to %s', (__, makeGrantee) => {
    test.each(METHODS)('%s has these statements', (___, call, expected) => {
      const stack = newStack({ env: ENV });
      const { construct, name } = make(stack);
      call(ServerlessCacheGrants.fromServerlessCache(construct), makeGrantee(stack), stack);
      expect(policyStatements(stack)).toEqual(expected(name));
    });
  });
});

test('read and operate also allow what the cache names', () => {
  const stack = newStack({ env: ENV });
  const grants = ServerlessCacheGrants.fromServerlessCache(serverlessCache(stack, {
    userGroupId: 'Team',
    snapshotArnsToRestore: [
      here('serverlesscachesnapshot', 'first'), here('snapshot', 'second'), 'arn:aws:s3:::seeds/third.rdb',
    ],
  }));
  const role = newRole(stack);
  grants.read(role);
  grants.operate(role);
  const cache = arnOf('serverlesscache', { Ref: 'Cache' });
  expect(policyStatements(stack)).toEqual([
    allow(
      ['elasticache:DescribeServerlessCacheSnapshots', 'elasticache:ListTagsForResource'],
      here('serverlesscachesnapshot', 'first'),
    ),
    allow(
      ['elasticache:DescribeSnapshots', 'elasticache:ListTagsForResource'], here('snapshot', 'second'),
    ),
    allow([
      'elasticache:DescribeServerlessCacheSnapshots', 'elasticache:DescribeServerlessCaches',
      'elasticache:ListTagsForResource',
    ], cache),
    allow(['elasticache:DescribeUserGroups', 'elasticache:ListTagsForResource'], arnOf('usergroup', 'team')),
    allow('elasticache:ModifyServerlessCache', [cache, arnOf('usergroup', 'team')]),
  ]);
});
