import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MINIMIZE, newRole, newStack, policyStatements } from '../../harness';
import { objectsIn, policiesIn, sizeOf, withLongestNames } from '../../support/policies';
import { BUCKETS, restoreGrant, shardKeys, shards } from '../../support/snapshots';

/** Principals with the limit of their inline policies. */
const PRINCIPALS: [string, (stack: Stack) => iam.IGrantable, number][] = [
  ['a new role', newRole, 10240],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'), 10240],
  ['a user', (stack) => new iam.User(stack, 'User'), 2048],
  ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'alice'), 2048],
  ['a group', (stack) => new iam.Group(stack, 'Group'), 5120],
  ['an imported group', (stack) => iam.Group.fromGroupName(stack, 'Group', 'restorers'), 5120],
  ['a lazy role whose ARN is used', (stack) => {
    const role = new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
    return role;
  }, 10240],
];

describe.each(PRINCIPALS)('%s', (_name, principalIn, inlineLimit) => {
  describe.each(BUCKETS)('that restores 500 shards from %s', (_, bucket, bucketName) => {
    test.each([false, true])('has as few policies as possible within their limits, minimizePolicies %s', (minimize) => {
      const stack = newStack({ context: { [MINIMIZE]: minimize } });
      const principal = principalIn(stack);
      restoreGrant(stack, bucket(stack, shardKeys(500))).to(principal);

      const policies = [...policiesIn(stack).values()].map(({ document, ...policy }) => (
        { ...policy, document: withLongestNames(document, bucketName) }
      ));
      policies.forEach(({ type, document }) => (
        expect(sizeOf(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? inlineLimit : 6144)
      ));
      const managed = policies.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
      expect(policies.length - managed.length).toBeLessThanOrEqual(1);
      expect(new Set(policies.map(({ to }) => JSON.stringify(to))).size).toBe(1);

      const statements = policies.flatMap(({ document }) => document.Statement);
      const others = statements.filter(({ Action }) => Action !== 's3:GetObject');
      expect(others).toEqual([
        {
          Effect: 'Allow',
          Action: ['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'],
          Resource: '*',
        },
      ]);
      const objects = objectsIn(policies.map(({ document }) => document));
      expect(objects.sort()).toEqual(shardKeys(500).map((key) => `arn:aws-us-gov:s3:::${bucketName}/${key}`));

      const asOne = sizeOf({
        Version: '2012-10-17', Statement: [...others, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects }],
      });
      const lowerBound = Math.ceil(asOne / 6144);
      expect(policies.length).toBeLessThanOrEqual(lowerBound + 1);
      expect(managed.length).toBeLessThanOrEqual(lowerBound <= 10 ? 10 : lowerBound + 1);
    });
  });

  test('has one inline policy if everything fits there', () => {
    const stack = newStack();
    restoreGrant(stack, shards(10)).to(principalIn(stack));
    expect([...policiesIn(stack).values()].map(({ type }) => type)).toEqual(['AWS::IAM::Policy']);
    expect(policyStatements(stack)).toHaveLength(11);
  });

  test('has no policy over its limit, for any number of objects', () => {
    for (const count of [11, 12, 13, 14, 15, 16, 20, 40, 45, 50, 55, 60, 65, 80, 100, 110, 120, 130]) {
      const stack = newStack({ context: { [MINIMIZE]: count % 2 === 0 } });
      restoreGrant(stack, shards(count)).to(principalIn(stack));
      const policies = [...policiesIn(stack).values()].map(({ type, document }) => (
        { type, document: withLongestNames(document, 'my-snapshots') }
      ));
      policies.forEach(({ type, document }) => (
        expect(sizeOf(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? inlineLimit : 6144)
      ));
      expect(objectsIn(policies.map(({ document }) => document))).toHaveLength(count);
    }
  });

  test('has all its policies before the cache that depends on the grant', () => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    restoreGrant(stack, shards(500)).to(principalIn(stack)).applyBefore(cache);
    const waitsFor: string[] = Template.fromStack(stack).toJSON().Resources.Cache.DependsOn;
    expect(waitsFor).toEqual(expect.arrayContaining([...policiesIn(stack).keys()]));
    const [first, ...others] = [...policiesIn(stack).values()].map(({ to }) => to);
    expect(first).toHaveLength(1);
    expect(others).toEqual(others.map(() => first));
  });
});
