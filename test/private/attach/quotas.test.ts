import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { checkDocuments, checkQuota, checkUnattached } from '../../../src/private/attach/quotas';
import { Statement } from '../../../src/private/model';
import { IdentityKind } from '../../../src/private/policy/limits';
import { WrittenPolicy } from '../../../src/private/policy/policy';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { messageOf, newRole, newStack, UNCHECKED, warningsOf } from '../../harness';
import { policiesIn } from '../../support/policies';
import { restoreGrant, shardKeys, shards } from '../../support/snapshots';

const STATEMENT: Statement = { actions: ['a:B'], resources: ['*'] };
const SIZE = documentSize([STATEMENT], sizeEstimatorIn(newStack()));

/** What is said of a policy of one statement that is divided into this many documents. */
function outcomeOf(check: (policy: WrittenPolicy, documents: Statement[][], stack: Stack) => void, count: number) {
  const stack = newStack({ context: UNCHECKED });
  const policy = {
    statements: [STATEMENT], sizeOf: sizeEstimatorIn(stack), remedies: { smaller: 'allow less', apart: 'divide it' },
  } as Partial<WrittenPolicy> as WrittenPolicy;
  const run = () => { check(policy, Array.from({ length: count }, () => [STATEMENT]), stack); };
  try {
    run();
  } catch (error) {
    return [(error as Error).message];
  }
  return warningsOf(stack);
}

const needs = (count: number) => `the policy has ${SIZE} characters, white space not counted, and needs ${count} `
  + `managed ${count === 1 ? 'policy' : 'policies'}`;
const ACK = '[ack: cdk-elasticache-grants:managedPolicyQuota]';

describe('the quota of managed policies of a principal', () => {
  test.each<[IdentityKind, number, number, string[]]>([
    ['role', 20, 0, []],
    ['role', 1, 19, []],
    ['role', 1, 20, [
      `${needs(1)}, besides the 20 that the role has: a role may have 20 unless AWS raised its quota, to 25 at most `
        + ACK,
    ]],
    ['role', 25, 0, [`${needs(25)}: a role may have 20 unless AWS raised its quota, to 25 at most ${ACK}`]],
    ['role', 26, 0, [`Stack: ${needs(26)}, and a role may have 25 at most: allow less, or divide it`]],
    ['user', 5, 5, []],
    ['user', 5, 6, [
      `${needs(5)}, besides the 6 that the user has: a user may have 10 unless AWS raised its quota, to 20 at most `
        + ACK,
    ]],
    ['user', 20, 1, [
      `Stack: ${needs(20)}, besides the 1 that the user has, and a user may have 20 at most: allow less, or divide it`,
    ]],
    ['group', 10, 0, []],
    ['group', 1, 10, [
      `Stack: ${needs(1)}, besides the 10 that the group has, and a group may have 10 at most: allow less, or `
        + 'divide it',
    ]],
  ])('that is a %s, with %d more than %d', (kind, count, attached, said) => {
    expect(outcomeOf((policy, documents, stack) => (
      checkQuota(policy.statements, documents, { kind, attached }, policy, stack)), count)).toEqual(said);
  });

  test('has only smaller policies as remedy, where nothing else helps', () => {
    const remedies = { smaller: 'allow less' };
    expect(outcomeOf(({ statements, sizeOf }, documents, stack) => (
      checkQuota(statements, documents, { kind: 'group', attached: 0 }, { sizeOf, remedies }, stack)), 11))
      .toEqual([`Stack: ${needs(11)}, and a group may have 10 at most: allow less`]);
  });

  test.each<[number, string[]]>([
    [10, []],
    [11, [
      `${needs(11)}: unless AWS raised its quota, a role may have 20 (25 at most) and a user 10 (20 at most); a group `
      + `may have 10 ${ACK}`,
    ]],
    [25, [expect.stringContaining('a role may have 20 (25 at most)')]],
    [26, [`Stack: ${needs(26)}, and no principal may have more than 25: allow less, or divide it`]],
  ])('is that of any, where %d are attached to nobody yet', (count, said) => {
    expect(outcomeOf((policy, documents, stack) => (
      checkUnattached(policy.statements, documents, policy, stack)), count)).toEqual(said);
  });
});

test('a document over the limit of a managed policy is refused', () => {
  const documentOf = (size: number): Statement[] => (
    [{ actions: ['a:B'], resources: ['x'.repeat(size - SIZE + 1)] }]);
  const check = (size: number) => outcomeOf((policy, documents, stack) => (
    checkDocuments(policy.statements, [...documents, documentOf(size)], policy.sizeOf, stack)), 1);
  const message = `Stack: the policy has ${SIZE} characters, white space not counted, and its actions on one resource, `
    + 'with their conditions, have more than the 6,144 of a managed policy: make several grants, each with some of the '
    + 'operations or of the values of conditions';
  expect(check(6144)).toEqual([]);
  expect(check(6145)).toEqual([message]);
  expect(outcomeOf((policy, _, stack) => (
    checkUnattached(policy.statements, [documentOf(6145)], policy, stack)), 0)).toEqual([message]);
});

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

  test.each([
    ['6 managed policies and 4 more, the quota, cause no warning', 6, 300, 0],
    ['16 managed policies and 4 more, the most that AWS allows, cause a warning', 16, 300, 1],
    ['11 managed policies, and an inline policy, cause no warning', 11, 1, 0],
  ])('%s', (_, attached, count, warnings) => {
    const stack = newStack();
    restoreGrant(stack, shards(count)).to(new iam.User(stack, 'User', { managedPolicies: policies(stack, attached) }));
    expect(warningsOf(stack)).toHaveLength(warnings);
  });

  test('the quota counts the managed policies of another grant, with an error beyond the most that AWS allows', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
    const grantOf = (id: string, bucketName: string) => new ElastiCacheAccessGrant(stack, id, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [SnapshotSource.fromBucketName(bucketName, shardKeys(1200))],
    });
    grantOf('One', 'my-snapshots').toRole(role);
    expect(messageOf(() => grantOf('Two', 'your-snapshots').toRole(role))).toMatch(new RegExp(
      '^Stack/Two: the policy has [\\d,]+ characters, white space not counted, and needs 1\\d managed '
      + 'policies, besides '
      + 'the 13 that the role has, and a role may have 25 at most: allow a prefix of the snapshots, with '
      + 'SnapshotSource.fromPrefix, or make a grant for each set of shards, to a principal of its own$',
    ));
  });
});

test('ten managed policies cause no warning on a principal that had none', () => {
  for (const principalIn of [(stack: Stack) => new iam.User(stack, 'User'), (stack: Stack) => newRole(stack)]) {
    const stack = newStack();
    restoreGrant(stack, shards(850)).to(principalIn(stack));
    expect(policiesIn(stack).size).toBe(10);
    expect(warningsOf(stack)).toEqual([]);
  }
});
