import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { allow, messageOf, newRole, newStack, warningsOf } from '../../harness';
import { policiesIn } from '../../support/policies';
import { restoreGrant, shardKeys, shards } from '../../support/snapshots';

describe('the policies that a principal already has', () => {
  const large = (action: string) => (
    new iam.PolicyStatement({ actions: [action], resources: [`arn:aws:s3:::${'b'.repeat(63)}/${'k'.repeat(1000)}`] })
  );
  const typesIn = (stack: Stack) => [...policiesIn(stack).values()].map(({ type }) => type.split('::')[2]).sort();

  const STACK_SAFE = '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName';

  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['the default policy of a user', (stack) => {
      const user = new iam.User(stack, 'User');
      user.addToPolicy(large('s3:GetObject'));
      return user;
    }],
    ['the default policy of an imported user', (stack) => {
      const user = iam.User.fromUserName(stack, 'User', 'alice');
      user.addToPrincipalPolicy(large('s3:GetObject'));
      return user;
    }],
    ['the default policy of an imported role, under the name that a feature flag gives it', (stack) => {
      const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
      Array.from({ length: 9 }, (_, index) => role.addToPrincipalPolicy(large(`s3:GetObject${index}`)));
      return role;
    }],
    ['the inline policies of a new role', (stack) => new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      inlinePolicies: Object.fromEntries(Array.from({ length: 9 }, (_, index) => (
        [`Policy${index}`, new iam.PolicyDocument({ statements: [large(`s3:GetObject${index}`)] })]))),
    })],
  ])('the limit of an inline policy counts %s', (_, principalIn) => {
    const stack = newStack({ context: { [STACK_SAFE]: true } });
    restoreGrant(stack, shards(12)).to(principalIn(stack));
    expect(typesIn(stack).filter((type) => type === 'ManagedPolicy')).toHaveLength(1);
  });

  test('statements of a new role stay unfrozen when they are measured', () => {
    const stack = newStack();
    const statement = large('s3:GetObject');
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      inlinePolicies: { Policy: new iam.PolicyDocument({ statements: [statement] }) },
    });
    restoreGrant(stack, shards(1)).toRole(role);
    expect(statement.frozen).toBe(false);
  });

  const policies = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => (
    iam.ManagedPolicy.fromManagedPolicyName(stack, `Policy${index}`, `policy-${index}`)));

  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['a role', (stack) => (
      new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), managedPolicies: policies(stack, 7) })
    )],
    ['a user', (stack) => new iam.User(stack, 'User', { managedPolicies: policies(stack, 7) })],
    ['a group', (stack) => new iam.Group(stack, 'Group', { managedPolicies: policies(stack, 7) })],
  ])('the quota counts the managed policies of %s, with a warning', (_, principalIn) => {
    const stack = newStack();
    restoreGrant(stack, shards(300)).to(principalIn(stack));
    expect(warningsOf(stack)).toEqual([
      'the policy has 36,460 characters, white space not counted, and needs 4 managed policies, besides the 7 that the '
      + 'principal has: a principal may have 10 unless AWS raised its quota, to 20 at most '
      + '[ack: cdk-elasticache-grants:managedPolicyQuota]',
    ]);
  });

  test.each([
    ['6 managed policies and 4 more, the quota, cause no warning', 6, 300, 0],
    ['16 managed policies and 4 more, the most that AWS allows, cause a warning', 16, 300, 1],
    ['11 managed policies, and an inline policy, cause no warning', 11, 1, 0],
  ])('%s', (_, attached, count, warnings) => {
    const stack = newStack();
    restoreGrant(stack, shards(count)).to(new iam.User(stack, 'User', { managedPolicies: policies(stack, attached) }));
    expect(warningsOf(stack)).toHaveLength(warnings);
  });

  test('the quota counts the managed policies of another grant, with an error beyond 20', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
    const grantOf = (id: string, bucketName: string) => new ElastiCacheAccessGrant(stack, id, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [SnapshotSource.fromBucketName(bucketName, shardKeys(1000))],
    });
    grantOf('One', 'my-snapshots').toRole(role);
    expect(messageOf(() => grantOf('Two', 'your-snapshots').toRole(role))).toMatch(new RegExp(
      '^Stack/Two: the policy has [\\d,]+ characters, white space not counted, and needs 12 managed policies, besides '
      + 'the 11 that the principal has, and a principal may have 20 at most: allow a prefix of the snapshots, '
      + 'with SnapshotSource.fromPrefix, or make a grant for each set of shards, to a principal of its own$',
    ));
  });
});

test('an inline policy that a role has as JSON is not counted', () => {
  const stack = newStack();
  const role = newRole(stack);
  (role.node.defaultChild as iam.CfnRole).policies = [
    { policyName: 'Json', policyDocument: { Version: '2012-10-17', Statement: [allow('s3:GetObject', '*')] } },
  ];
  restoreGrant(stack, shards(1)).toRole(role);
  expect([...policiesIn(stack).values()].map(({ type }) => type)).toEqual(['AWS::IAM::Policy']);
});

test('ten managed policies cause no warning on a principal that had none', () => {
  for (const principalIn of [(stack: Stack) => new iam.User(stack, 'User'), (stack: Stack) => newRole(stack)]) {
    const stack = newStack();
    restoreGrant(stack, shards(850)).to(principalIn(stack));
    expect(policiesIn(stack).size).toBe(10);
    expect(warningsOf(stack)).toEqual([]);
  }
});
