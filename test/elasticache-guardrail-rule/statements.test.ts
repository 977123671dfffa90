import { CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import {
  ElastiCacheGuardrailRule as Rule, ElastiCacheOperation as Operation, ElastiCacheResource as Resource,
} from '../../src';
import { newStack } from '../harness';
import { denied, deny, guardrailOf } from '../support/guardrails';

const anyOf = (...types: string[]) => types.map((type) => (
  `arn:*:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`));

test('names are compared regardless of case, and patterns beside them with case', () => {
  expect(denied([Rule.onlyParameterGroups(['tuned', 'default.*', 'default.*'])])).toEqual([
    deny('elasticache:*', anyOf('cluster', 'replicationgroup', 'globalreplicationgroup'), {
      Null: { 'elasticache:CacheParameterGroupName': 'false' },
      StringNotEqualsIgnoreCase: { 'elasticache:CacheParameterGroupName': 'tuned' },
      StringNotLike: { 'elasticache:CacheParameterGroupName': 'default.*' },
    }),
  ]);
});

test('a creation without the key is denied by operators that a missing key meets, on what creates alone', () => {
  const key = 'elasticache:TransitEncryptionEnabled';
  expect(denied([Rule.encryptedInTransit()])).toEqual([
    deny('elasticache:*', 'arn:*:elasticache:*:*:replicationgroup:*', { Bool: { [key]: 'false' } } as any),
    deny('elasticache:CreateReplicationGroup', anyOf('replicationgroup', 'globalreplicationgroup'), {
      BoolIfExists: { [key]: 'false' },
    }),
  ]);
});

test('operations that only decrease are left out by the first words of the others', () => {
  expect(denied([Rule.limitSize({ shards: 5, snapshotRetentionDays: 0 })])).toEqual([
    deny('elasticache:*', anyOf('cluster', 'replicationgroup', 'serverlesscache', 'globalreplicationgroup'), {
      NumericGreaterThan: { 'elasticache:SnapshotRetentionLimit': '0' },
    }),
    deny(
      ['elasticache:Create*', 'elasticache:Increase*', 'elasticache:Modify*'],
      anyOf('replicationgroup', 'globalreplicationgroup'), { NumericGreaterThan: { 'elasticache:NumNodeGroups': '5' } },
    ),
  ]);
});

test('a required tag is denied on what each operation creates', () => {
  const condition = { Null: { 'aws:RequestTag/team': 'true' } };
  expect(denied([Rule.requireTags(['team'])])).toEqual([
    deny(
      [
        'elasticache:Copy*', 'elasticache:Create*Snapshot', 'elasticache:CreateCache*Group',
        'elasticache:CreateUserGroup',
      ],
      anyOf('parametergroup', 'securitygroup', 'serverlesscachesnapshot', 'snapshot', 'subnetgroup', 'usergroup'),
      condition,
    ),
    deny(
      [
        'elasticache:CreateCacheCluster', 'elasticache:CreateGlobalReplicationGroup',
        'elasticache:CreateServerlessCache', 'elasticache:CreateUser', 'elasticache:Purchase*',
      ],
      anyOf('cluster', 'reserved-instance', 'serverlesscache', 'user', 'globalreplicationgroup'), condition,
    ),
    deny('elasticache:CreateReplicationGroup', 'arn:*:elasticache:*:*:replicationgroup:*', condition),
  ]);
});

test('a kept tag is compared with the value that the resource has', () => {
  expect(denied([Rule.keepTags(['team'])])).toEqual([
    deny(['elasticache:AddTagsToResource', 'elasticache:RemoveTagsFromResource'], '*', {
      'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': 'team' },
      'Null': { 'aws:ResourceTag/team': 'false' },
      'StringNotEquals': { 'aws:RequestTag/team': '${aws:ResourceTag/team}' },
    }),
  ]);
});

test('a resource is in any Region, account and partition that it does not name', () => {
  const stack = newStack({ env: { region: 'eu-west-1', account: '111122223333' } });
  const cache = new CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'A cache' });
  const guardrail = guardrailOf([Rule.denyOperations([Operation.DELETE_REPLICATION_GROUP, Operation.DELETE_USER], [
    Resource.replicationGroup('prod-*'),
    Resource.replicationGroup('live-*', { region: 'us-east-1', account: '444455556666' }),
    Resource.fromReplicationGroup(cache),
    Resource.fromArn('arn:aws:elasticache:*:444455556666:user:admin'),
  ])], undefined, stack);
  expect(guardrail.statements.map((one) => stack.resolve(one.toStatementJson()))).toEqual([
    deny(['elasticache:DeleteReplicationGroup', 'elasticache:DeleteUser'], [
      'arn:*:elasticache:*:*:replicationgroup:prod-*',
      'arn:*:elasticache:us-east-1:444455556666:replicationgroup:live-*',
      'arn:aws:elasticache:*:444455556666:user:admin',
      {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-west-1:111122223333:replicationgroup:', { Ref: 'Cache' },
        ]],
      } as any,
    ]),
  ]);
});

test('a global datastore has no Region', () => {
  expect(denied([Rule.denyMatching('*', [Resource.globalReplicationGroup('*-prod')])])).toEqual([
    deny('elasticache:*', 'arn:*:elasticache::*:globalreplicationgroup:*-prod'),
  ]);
});

test('a custom operation is denied', () => {
  expect(denied([Rule.denyOperations([Operation.custom('ThawCluster')])])).toEqual([
    deny('elasticache:ThawCluster', '*'),
  ]);
});

describe('rules share statements', () => {
  test('of the same conditions and resources, without what a pattern covers', () => {
    expect(denied([
      Rule.denyOperations([Operation.DELETE_USER, Operation.TEST_FAILOVER]), Rule.denyMatching('elasticache:delete*'),
      Rule.noExports(), Rule.denyMatching('Delete*Group', [Resource.userGroup('*')]),
    ])).toEqual([
      deny([
        'elasticache:CopySnapshot', 'elasticache:Export*', 'elasticache:TestFailover', 'elasticache:delete*',
      ], '*'),
    ]);
  });

  test('of the same conditions and actions', () => {
    expect(denied([
      Rule.denyMatching('Delete*', [Resource.user('a')]), Rule.denyMatching('Delete*', [Resource.userGroup('a')]),
    ])).toEqual([
      deny('elasticache:Delete*', ['arn:*:elasticache:*:*:user:a', 'arn:*:elasticache:*:*:usergroup:a']),
    ]);
  });

  test('and not where that would deny more', () => {
    expect(denied([
      Rule.denyMatching('Delete*', [Resource.user('a')]), Rule.denyMatching('Modify*', [Resource.userGroup('a')]),
      Rule.protectTagged('stage', ['prod']), Rule.protectTagged('stage', ['test']),
    ])).toHaveLength(4);
  });
});

test('each statement exempts the principals', () => {
  expect(denied([Rule.noExports(), Rule.protectTagged('stage', ['prod', 'live-*'])], [
    'arn:aws:iam::111122223333:role/admin', 'arn:aws:iam::*:role/platform-*', 'arn:aws:iam::111122223333:role/admin',
  ])).toEqual([
    deny(['elasticache:CopySnapshot', 'elasticache:Export*'], '*', {
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform-*', 'arn:aws:iam::111122223333:role/admin'] },
    }),
    deny('elasticache:Delete*', '*', {
      ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:role/platform-*', 'arn:aws:iam::111122223333:role/admin'] },
      StringLike: { 'aws:ResourceTag/stage': ['prod', 'live-*'] },
    }),
  ]);
});
