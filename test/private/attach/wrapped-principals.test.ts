import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../../src';
import { allow, messageOf, newRole, newStack, policyStatements, runs, warningsOf } from '../../harness';
import { policiesIn, sizeOf, withLongestNames } from '../../support/policies';
import { restoreGrant, shards } from '../../support/snapshots';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';
const stackOfAccount = () => newStack({ env: { account: ACCOUNT, region: 'eu-west-1' } });

const reboot = (stack: Stack, id = 'Grant') => (
  new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.REBOOT_CACHE_CLUSTER] }));
const REBOOT = [allow('elasticache:RebootCacheCluster', '*')];

type Wrapper = (grantee: iam.IGrantable) => iam.IGrantable;
const WRAPPERS: [string, Wrapper][] = [
  ['PrincipalWithConditions', (grantee) => new iam.PrincipalWithConditions(grantee.grantPrincipal, {})],
  ['SessionTagsPrincipal', (grantee) => new iam.SessionTagsPrincipal(grantee.grantPrincipal)],
  ['grantPrincipal', (grantee) => grantee.grantPrincipal],
  ['an object literal', (grantee) => ({ grantPrincipal: grantee.grantPrincipal })],
  ['two wrappers', (grantee) =>
    new iam.SessionTagsPrincipal(new iam.PrincipalWithConditions(grantee.grantPrincipal, {}))],
  ['an object literal of an object literal', (grantee) => ({ grantPrincipal: { grantPrincipal: grantee } as any })],
];

/** What synthesis makes of a stack. */
const template = (stack: Stack) => Template.fromStack(stack).toJSON();

describe.each(WRAPPERS)('a principal within %s', (_name, wrap) => {
  test('gets the statements of the role inside, once', () => {
    const stack = stackOfAccount();
    const role = newRole(stack);
    const grant = reboot(stack);
    expect(grant.to(wrap(role)).success).toBe(true);
    expect(grant.to(role)).toBe(grant.to(wrap(role)));
    expect(policyStatements(stack)).toEqual(REBOOT);
  });

  test.each<[string, (stack: Stack) => iam.IGrantable, number]>([
    ['a role', newRole, 10240],
    ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'), 10240],
    ['a user', (stack) => new iam.User(stack, 'User'), 2048],
    ['a group', (stack) => new iam.Group(stack, 'Group'), 5120],
  ])('has the limits and the managed policies of %s', (_, principalIn, limit) => {
    const [stack, bare] = [stackOfAccount(), stackOfAccount()];
    restoreGrant(stack, shards(200)).to(wrap(principalIn(stack)));
    restoreGrant(bare, shards(200)).to(principalIn(bare));
    expect([...policiesIn(stack)]).toEqual([...policiesIn(bare)]);
    policiesIn(stack).forEach(({ type, document }) => (
      expect(sizeOf(withLongestNames(document, 'my-snapshots')))
        .toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? limit : 6144)));
  });

  test('has the quota of the kind inside', () => {
    const stack = stackOfAccount();
    const group = new iam.Group(stack, 'Group');
    const grant = restoreGrant(stack, shards(900));
    expect(messageOf(() => grant.to(wrap(group)))).toBe(
      'Stack/Grant: the policy has 109,060 characters, white space not counted, and needs 11 managed policies, and a '
      + 'group may have 10 at most: allow a prefix of the snapshots, with SnapshotSource.fromPrefix, or make a grant '
      + 'for each set of shards, to a principal of its own',
    );
  });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['an immutable role', (stack) =>
      iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/r`, { mutable: false })],
    ['a role of another account', (stack) =>
      iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/r`)],
    ['a role without policy updates', (stack) => newRole(stack).withoutPolicyUpdates()],
    ['a role that leaves grants to resources', (stack) =>
      newRole(stack).withoutPolicyUpdates({ addGrantsToResources: true })],
  ])('warns of %s, and adds nothing', (_, roleIn) => {
    const [stack, bare] = [stackOfAccount(), stackOfAccount()];
    [stack, bare].forEach((scope) => new s3.CfnBucket(scope, 'SomeResource'));
    const role = roleIn(stack);
    roleIn(bare);
    restoreGrant(stack, shards(500)).to(wrap(role));
    expect(warningsOf(stack)).toEqual([
      `CDK doesn't change the role ${role.node.path} (imported as immutable, of another `
      + 'account, or created beforehand), '
      + 'so it did not get the permissions: add toPolicyDocument() to the role where it is defined, or '
      + 'acknowledge this '
      + 'warning [ack: cdk-elasticache-grants:notDelivered]',
    ]);
    expect(template(stack)).toEqual(template(bare));
  });

  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['user', (stack) => iam.User.fromUserArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`)],
    ['group', (stack) => iam.Group.fromGroupArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:group/admins`)],
  ])('is refused as a %s of another account', (_, otherIn) => {
    const stack = stackOfAccount();
    new s3.CfnBucket(stack, 'SomeResource');
    expect(messageOf(() => reboot(stack).to(wrap(otherIn(stack))))).toBe(
      `Stack/Grant: Stack/Other belongs to account ${OTHER_ACCOUNT}, but its stack deploys to ${ACCOUNT}, where the `
      + 'permissions would go to another principal of the same name: add toPolicyDocument() where it is defined',
    );
    expect(policyStatements(stack)).toEqual([]);
  });

  test.each<[string, iam.IPrincipal, string]>([
    ['a service', new iam.ServicePrincipal('lambda.amazonaws.com'), '{"Service":["lambda.amazonaws.com"]}'],
    ['a federated principal',
      new iam.FederatedPrincipal('accounts.google.com'), '{"Federated":["accounts.google.com"]}'],
    ['an ARN', new iam.ArnPrincipal('arn:aws:iam::1:root'), '{"AWS":["arn:aws:iam::1:root"]}'],
  ])('is refused as %s, however large the policy', (_, principal, json) => {
    const stack = stackOfAccount();
    expect(messageOf(() => restoreGrant(stack, shards(500)).to(wrap(principal)))).toBe(
      `Stack/Grant: the principal ${json} can't have an identity policy, so it would never get the permissions: grant `
      + 'to a role, a user or a group, or add toPolicyDocument() where the principal\'s policies are kept',
    );
  });

  test('is refused as a composite principal', () => {
    const stack = stackOfAccount();
    const composite = new iam.CompositePrincipal(new iam.ArnPrincipal('a'), new iam.ArnPrincipal('b'));
    expect(messageOf(() => reboot(stack).to(wrap(composite)))).toBe(
      'Stack/Grant: the principal {"AWS":["a","b"]} can\'t have an identity policy, so it would never get the '
      + 'permissions: grant to each of the principals that it is composed of',
    );
  });

  test('has CDK\'s own warning where the role is not known', () => {
    const stack = stackOfAccount();
    new s3.CfnBucket(stack, 'SomeResource');
    const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`;
    reboot(stack).to(wrap(lambda.Function.fromFunctionArn(stack, 'Function', arn)));
    expect(warningsOf(stack)).toEqual([expect.stringContaining('unknownPrincipalAddStatementToRole')]);
  });

  test('gets its statements where a lazy role is inside', () => {
    const stack = stackOfAccount();
    const role = new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    // A wrapper with conditions reads the trust of the role, and so uses it, or not.
    reboot(stack).to(wrap(role));
    expect(role.roleName).toBeDefined();
    expect(policyStatements(stack)).toEqual(REBOOT);
  });
});

// CDK itself refuses a wrapper with conditions or session tags around a policy.
describe.each(WRAPPERS.filter(([name]) => /grantPrincipal|literal/.test(name)))('a policy within %s', (_name, wrap) => {
  test.each<[string, (stack: Stack) => iam.IGrantable, string, number]>([
    ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy'), 'a managed policy', 6144],
    [
      'an inline policy of a user',
      (stack) => new iam.Policy(stack, 'Policy', { users: [new iam.User(stack, 'User')] }),
      'an inline policy of a user', 2048,
    ],
  ])('has the limit of %s', (_, policyIn, what, limit) => {
    const stack = stackOfAccount();
    expect(messageOf(() => restoreGrant(stack, shards(100)).to(wrap(policyIn(stack))))).toBe(
      `Stack/Grant: the policy has 12,260 characters, white space not counted, and ${what} may have `
      + `${limit.toLocaleString('en')}: attach toManagedPolicies(), or allow a prefix of the snapshots, with `
      + 'SnapshotSource.fromPrefix',
    );
  });
});

test('any principal in any wrappers gets what it gets without them', () => {
  const principals: ((stack: Stack) => iam.IGrantable)[] = [
    newRole,
    (stack) => new iam.User(stack, 'User'),
    (stack) => new iam.Group(stack, 'Group'),
    (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'),
    (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/r`),
    (stack) => iam.User.fromUserArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`),
    () => new iam.ServicePrincipal('ec2.amazonaws.com'),
  ];
  const outcome = (principalIn: (stack: Stack) => iam.IGrantable, wrappers: Wrapper[], count: number) => {
    const stack = stackOfAccount();
    new s3.CfnBucket(stack, 'SomeResource');
    const grant = restoreGrant(stack, shards(count));
    try {
      grant.to(wrappers.reduce((grantee, wrap) => wrap(grantee), principalIn(stack)));
      return { policies: [...policiesIn(stack)], warnings: warningsOf(stack) };
    } catch (error) {
      return (error as Error).message;
    }
  };
  fc.assert(fc.property(
    fc.constantFrom(...principals),
    fc.array(fc.constantFrom(...WRAPPERS.slice(0, -1).map(([, wrap]) => wrap)), { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 120 }),
    (principalIn, wrappers, count) => (
      expect(outcome(principalIn, wrappers, count)).toEqual(outcome(principalIn, [], count)))), runs(40));
});
