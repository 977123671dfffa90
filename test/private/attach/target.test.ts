import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { allow, messageOf, newRole, newStack, policyStatements, warningsOf } from '../../harness';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';
const stackOfAccount = () => newStack({ env: { account: ACCOUNT, region: 'eu-west-1' } });

function reboot(stack: Stack, id = 'Grant') {
  return new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.REBOOT_CACHE_CLUSTER] });
}

const REBOOT = [allow('elasticache:RebootCacheCluster', '*')];

describe('a role that CDK does not change', () => {
  const roles: [string, (stack: Stack) => iam.IRole, string][] = [
    [
      'imported as immutable',
      (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/r`, { mutable: false }),
      'Stack/Role',
    ],
    [
      'of another account',
      (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/r`),
      'Stack/Role',
    ],
    ['made by withoutPolicyUpdates', (stack) => newRole(stack).withoutPolicyUpdates(), 'Stack/ImmutableRole'],
  ];

  test.each(roles)('%s has a warning that can be acknowledged', (_, roleIn, path) => {
    const stack = stackOfAccount();
    new s3.CfnBucket(stack, 'SomeResource');
    const grant = reboot(stack).toRole(roleIn(stack));
    expect(grant.success).toBe(true); // As CDK has it.
    expect(policyStatements(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(new RegExp(`^CDK doesn't change the role ${path}.* `
      + '\\(imported as immutable, of another account, or created beforehand\\), so it did not get the permissions: '
      + 'add toPolicyDocument\\(\\) to the role where it is defined, or acknowledge this warning \\'
      + '[ack: cdk-elasticache-grants:notDelivered\\]$'))]);
  });

  test('and that was precreated has a warning', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'precreated' } });
    new s3.CfnBucket(stack, 'SomeResource');
    reboot(stack).toRole(newRole(stack));
    expect(warningsOf(stack)).toEqual([expect.stringContaining('[ack: cdk-elasticache-grants:notDelivered]')]);
  });
});

describe('a principal of another account', () => {
  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['user', (stack) => iam.User.fromUserArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`)],
    ['group', (stack) => iam.Group.fromGroupArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:group/admins`)],
  ])('that is a %s is refused', (_, otherIn) => {
    const stack = stackOfAccount();
    expect(messageOf(() => reboot(stack).to(otherIn(stack)))).toBe(
      `Stack/Grant: Stack/Other belongs to account ${OTHER_ACCOUNT}, but its stack deploys to ${ACCOUNT}, where the `
      + 'permissions would go to another principal of the same name: add toPolicyDocument() where it is defined',
    );
  });
});

test.each<[string, (stack: Stack) => iam.IGrantable]>([
  ['a new role', newRole],
  [
    'an imported role of this account',
    (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/r`),
  ],
  [
    'an imported user of this account',
    (stack) => iam.User.fromUserArn(stack, 'User', `arn:aws:iam::${ACCOUNT}:user/u`),
  ],
  ['a group', (stack) => new iam.Group(stack, 'Group')],
])('%s gets the statements without a warning', (_, granteeIn) => {
  const stack = stackOfAccount();
  reboot(stack).to(granteeIn(stack));
  expect(policyStatements(stack)).toEqual(REBOOT);
  expect(warningsOf(stack)).toEqual([]);
});

test('a function with an unknown role has the warning of CDK', () => {
  const stack = stackOfAccount();
  new s3.CfnBucket(stack, 'SomeResource');
  reboot(stack).to(
    lambda.Function.fromFunctionArn(stack, 'Function', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`),
  );
  expect(warningsOf(stack)).toEqual([
    expect.stringContaining('[ack: @aws-cdk/aws-iam:unknownPrincipalAddStatementToRole]'),
  ]);
});

describe('a construct that depends on the grant', () => {
  const cacheIn = (stack: Stack) => (
    new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' })
  );
  const dependsOn = (stack: Stack) => Template.fromStack(stack).toJSON().Resources.Cache.DependsOn;

  test('is deployed after all policies of the grant', () => {
    const stack = stackOfAccount();
    const grant = reboot(stack);
    grant.toRole(newRole(stack));
    cacheIn(stack).node.addDependency(grant);
    grant.toUser(new iam.User(stack, 'User'));
    grant.toManagedPolicies();
    expect(dependsOn(stack)).toEqual([
      'GrantManagedPolicy1949E90BA', 'RoleDefaultPolicy5FFB7DAB', 'UserDefaultPolicy1F97781E',
    ]);
  });

  test('has no dependency if the grant has no policy', () => {
    const stack = stackOfAccount();
    cacheIn(stack).node.addDependency(reboot(stack));
    expect(dependsOn(stack)).toBeUndefined();
  });
});

describe('a grant that is used several times', () => {
  test('is attached to roles of two stacks, with a bucket of a third', () => {
    const app = stackOfAccount().node.root as App;
    const [buckets, one, two] = ['Buckets', 'One', 'Two'].map((id) => (
      new Stack(app, id, { env: { account: ACCOUNT, region: 'eu-west-1' } })
    ));
    const bucket = new s3.Bucket(buckets, 'Bucket');
    const grant = new ElastiCacheAccessGrant(one, 'Grant', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [SnapshotSource.fromBucket(bucket, ['a.rdb'])],
    });
    new CfnResource(app.node.tryFindChild('Stack') as Stack, 'SomeResource', { type: 'AWS::SNS::Topic' });
    grant.toRole(newRole(one));
    grant.toRole(newRole(two));
    for (const stack of [one, two]) {
      const [create, read] = policyStatements(stack);
      expect(create).toEqual(allow('elasticache:CreateReplicationGroup', '*'));
      expect(read).toEqual(allow('s3:GetObject', {
        'Fn::Join': ['', [expect.anything(), '/a.rdb']],
      }));
      // By an export or, as newer versions do when asked to, by the other stack's output.
      expect(JSON.stringify(read.Resource)).toMatch(/"Fn::ImportValue":"Buckets:ExportsOutput|"StackName":"Buckets"/);
    }
  });

  test('is attached once if it is given to the same role again', () => {
    const stack = stackOfAccount();
    const role = newRole(stack);
    const grant = reboot(stack);
    grant.toRole(role);
    grant.toRole(role);
    expect(policyStatements(stack)).toEqual(REBOOT);
  });
});
