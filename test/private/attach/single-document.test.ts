import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { messageOf, MINIMIZE, newStack, policyStatements } from '../../harness';
import { sizeOf, withLongestNames } from '../../support/policies';
import { restoreGrant, shards } from '../../support/snapshots';

describe('a principal with a single document', () => {
  const grantees: [string, (stack: Stack) => iam.IGrantable, string, number][] = [
    ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy'), 'a managed policy', 6144],
    [
      'an inline policy',
      (stack) => new iam.Policy(stack, 'Policy', { users: [new iam.User(stack, 'User')] }),
      'an inline policy',
      10240,
    ],
    [
      'an imported role with conditions',
      (stack) => (
        new iam.PrincipalWithConditions(iam.Role.fromRoleName(stack, 'Role', 'restorer').grantPrincipal, {})),
      'a role',
      10240,
    ],
  ];

  test.each(grantees)('%s gets an error with a remedy if the policy is too large', (_, granteeIn, what, limit) => {
    const stack = newStack();
    const grant = restoreGrant(stack, shards(500));
    expect(messageOf(() => grant.to(granteeIn(stack)))).toMatch(new RegExp(
      `^Stack/Grant: the policy has [\\d,]+ characters, white space not counted, and ${what} may have `
      + `${limit.toLocaleString('en')}: `
      + 'attach toManagedPolicies\\(\\), or allow a prefix of the snapshots, with SnapshotSource.fromPrefix$',
    ));
  });

  test('the limit counts the statements that are already there', () => {
    const stack = newStack();
    const policy = new iam.ManagedPolicy(stack, 'Policy');
    policy.addStatements(new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(63)}/${'k'.repeat(1000)}`],
    }));
    expect(messageOf(() => restoreGrant(stack, shards(100)).to(policy))).toMatch(
      /and a managed policy may have 6,144, 1,1\d\d of which are used: attach toManagedPolicies\(\)/,
    );
  });

  test.each(grantees.flatMap(([name, granteeIn, , limit]) => (
    [false, true].map((minimize) => [name, minimize, granteeIn, limit] as const))))(
    '%s holds objects up to its limit, with minimizePolicies %s', (_, minimize, granteeIn, limit) => {
      const holds = (count: number) => {
        const stack = newStack({ context: { [MINIMIZE]: minimize } });
        restoreGrant(stack, shards(count)).to(granteeIn(stack));
        return sizeOf(withLongestNames({ Version: '2012-10-17', Statement: policyStatements(stack) }, 'my-snapshots'));
      };
      let [most, tooMany] = [1, 500];
      while (tooMany - most > 1) {
        const count = Math.floor((most + tooMany) / 2);
        try {
          holds(count);
          most = count;
        } catch {
          tooMany = count;
        }
      }
      expect(holds(most)).toBeLessThanOrEqual(limit);
      expect(holds(most)).toBeGreaterThan(limit - 100);
    });
});
