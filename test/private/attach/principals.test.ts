import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  cannotHoldPolicy, identityKindOf, ignoresPolicies, innerPrincipalOf, policyOf, principalOf, recipientOf,
  refusesPolicies, wrongAccount,
} from '../../../src/private/attach/principals';
import { newRole, newStack } from '../../harness';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';

/** What takes statements, and is no construct. */
const principal = () => ({ addToPrincipalPolicy: () => ({ statementAdded: true }) }) as any;

/** Which of some objects it is: constructs are too large to be shown. */
const nameIn = (objects: Record<string, unknown>, found: unknown) => (
  Object.keys(objects).find((name) => objects[name] === found));

describe('the principal of a grantee', () => {
  test.each<[string, () => { grantee: any; principal?: any; inner?: any }]>([
    ['is that which it stands for', () => {
      const own = principal();
      return { grantee: { grantPrincipal: own }, principal: own, inner: own };
    }],
    ['may be itself', () => {
      const own = principal();
      own.grantPrincipal = own;
      return { grantee: own, principal: own, inner: own };
    }],
    ['is the last that one stands for', () => {
      const own = principal();
      own.grantPrincipal = own;
      return { grantee: { grantPrincipal: { ...principal(), grantPrincipal: own } }, principal: own, inner: own };
    }],
    ['is one of those that stand for each other', () => {
      const [one, other] = [principal(), principal()];
      one.grantPrincipal = other;
      other.grantPrincipal = one;
      return { grantee: { grantPrincipal: one }, principal: one, inner: one };
    }],
    ['is within all wrappers', () => {
      const own = principal();
      const between = { ...principal(), wrapped: { grantPrincipal: own } };
      const outer = { ...principal(), wrapped: { grantPrincipal: between } };
      return { grantee: { grantPrincipal: outer }, principal: outer, inner: own };
    }],
    ['is one of wrappers that wrap each other', () => {
      const [one, other] = [principal(), principal()];
      one.wrapped = { grantPrincipal: other };
      other.wrapped = { grantPrincipal: one };
      return { grantee: { grantPrincipal: one }, principal: one, inner: other };
    }],
    ['is a wrapper of what has none', () => {
      const outer = { ...principal(), wrapped: {} };
      return { grantee: { grantPrincipal: outer }, principal: outer, inner: outer };
    }],
    ['is not wrapped by a construct', () => {
      const own = Object.assign(newRole(newStack()), { wrapped: { grantPrincipal: principal() } });
      return { grantee: own, principal: own, inner: own };
    }],
    ['is none of nothing', () => ({ grantee: undefined })],
    ['is none of what has none', () => ({ grantee: {} })],
    ['is none that takes no statements', () => ({ grantee: { grantPrincipal: { addToPrincipalPolicy: 'yes' } } })],
  ])('%s', (_, given) => {
    const { grantee, ...expected } = given();
    expect(principalOf(grantee) === expected.principal).toBe(true);
    expect(innerPrincipalOf(grantee) === expected.inner).toBe(true);
  });

  test.each<[string, (stack: Stack) => unknown, string | undefined]>([
    ['a role', newRole, 'role'],
    ['a user', (stack) => new iam.User(stack, 'User'), 'user'],
    ['an imported group', (stack) => iam.Group.fromGroupName(stack, 'Group', 'admins'), 'group'],
    ['another construct', (stack) => new s3.CfnBucket(stack, 'Bucket'), undefined],
    ['no construct, though it has a name', () => ({ roleName: 'a' }), undefined],
  ])('that is %s has that kind', (_, principalIn, kind) => {
    expect(identityKindOf(principalIn(newStack()) as iam.IPrincipal)).toBe(kind);
  });

  test('may be that of a policy', () => {
    const stack = newStack();
    const [managed, inline] = [new iam.ManagedPolicy(stack, 'Managed'), new iam.Policy(stack, 'Inline')];
    const role = newRole(stack);
    const objects = { managed, inline, role };
    const outcome = (grantee: iam.IGrantable) => {
      const inner = innerPrincipalOf(grantee)!;
      return [nameIn(objects, policyOf(grantee, inner)), nameIn(objects, recipientOf(grantee, inner))];
    };
    expect(outcome(managed)).toEqual(['managed', 'managed']);
    expect(outcome(inline)).toEqual(['inline', 'inline']);
    expect(outcome({ grantPrincipal: inline.grantPrincipal })).toEqual(['inline', 'inline']);
    expect(outcome(role)).toEqual([undefined, 'role']);
    expect(policyOf(role, Object.assign(principal(), { _policy: {}, _managedPolicy: 'a' })) === undefined).toBe(true);
  });

  test('is named in a record where it is no construct', () => {
    const resource = new s3.CfnBucket(newStack(), 'Bucket');
    const unknown = new iam.UnknownPrincipal({ resource });
    expect(recipientOf(unknown, unknown)).toBe('an unknown principal of Stack/Bucket');
    expect(recipientOf({ grantPrincipal: unknown }, principal())).toBe('an unknown principal');
  });
});

test.each<[string, (stack: Stack) => unknown, boolean]>([
  ['a new role', newRole, false],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'r'), false],
  ['a lazy role', (stack) => new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }), false],
  ['a user, whatever members it has', (stack) => (
    Object.assign(new iam.User(stack, 'User'), { addGrantsToResources: true })), false],
  ['an immutable role', (stack) => newRole(stack).withoutPolicyUpdates(), true],
  ['a role that is created beforehand', (stack) => {
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'made-by-others' } });
    return newRole(stack);
  }, true],
  ['a role that collects policies for a report', (stack) => (
    Object.assign(iam.Role.fromRoleName(stack, 'Role', 'r'), { policySynthesizer: {} })), true],
  ['a role that stands for one created beforehand', (stack) => (
    Object.assign(newRole(stack), { _precreatedRole: {} })), true],
  ['a role without a resource', (stack) => {
    const role = newRole(stack);
    role.node.tryRemoveChild('Resource');
    return role;
  }, true],
])('whether CDK ignores the policies of %s', (_, principalIn, ignored) => {
  const one = principalIn(newStack()) as iam.IPrincipal;
  expect(ignoresPolicies(one, identityKindOf(one))).toBe(ignored);
});

describe('a principal that can have no policies', () => {
  const messageFor = (one: iam.IPrincipal) => cannotHoldPolicy(one, newStack());
  const beginning = (shown: string) => (
    `the principal ${shown} can't have an identity policy, so it would never get the permissions: `);

  test('is any that does not take statements', () => {
    expect(refusesPolicies(new iam.ServicePrincipal('a.amazonaws.com'))).toBe(true);
    expect(refusesPolicies(newRole(newStack()))).toBe(false);
  });

  test('is shown as a policy names it', () => {
    expect(messageFor(new iam.ArnPrincipal('arn:aws:iam::1:root'))).toBe(
      `${beginning('{"AWS":["arn:aws:iam::1:root"]}')}`
      + "grant to a role, a user or a group, or add toPolicyDocument() where the principal's policies are kept");
    expect(messageFor(new iam.CompositePrincipal(new iam.ServicePrincipal('a.amazonaws.com')))).toMatch(
      /grant to each of the principals that it is composed of$/);
  });

  test('is shown as text where no policy can name it', () => {
    const nameless = { get policyFragment() { throw new Error('no name'); }, toString: () => 'Nameless' };
    expect(messageFor(nameless as unknown as iam.IPrincipal)).toContain(beginning('Nameless'));
  });
});

test('a user or group of another account is the wrong one', () => {
  const stack = newStack({ env: { account: ACCOUNT } });
  const problemOf = (one: unknown) => wrongAccount(one as iam.IPrincipal, identityKindOf(one as iam.IPrincipal));
  const userOf = (account: string, id: string) => iam.User.fromUserArn(stack, id, `arn:aws:iam::${account}:user/alice`);
  expect(problemOf(userOf(OTHER_ACCOUNT, 'Other'))).toBe(
    `Stack/Other belongs to account ${OTHER_ACCOUNT}, but its stack deploys to ${ACCOUNT}, where the permissions would `
    + 'go to another principal of the same name: add toPolicyDocument() where it is defined');
  expect(problemOf(userOf(ACCOUNT, 'Same'))).toBeUndefined();
  expect(problemOf(Object.assign(userOf(OTHER_ACCOUNT, 'Unknown'), { principalAccount: undefined }))).toBeUndefined();
  expect(problemOf(iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/r`))).toBeUndefined();
  expect(problemOf(new iam.ServicePrincipal('a.amazonaws.com'))).toBeUndefined();
});
