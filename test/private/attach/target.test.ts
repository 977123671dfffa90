import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { identityKindOf, innerPrincipalOf } from '../../../src/private/attach/principals';
import { PolicyTarget, policyTargetOf } from '../../../src/private/attach/target';
import { sizeEstimatorIn } from '../../../src/private/policy/size';
import { newRole, newStack } from '../../harness';

const TRUST = { assumedBy: new iam.AccountRootPrincipal() };

/** The characters of a document that statements which are added to it share: all around them, but for a comma. */
const SHARED = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length - 1;

/** A statement that makes a document of this many characters. */
const statement = (size: number) => {
  const { length } = JSON.stringify({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '' }],
  });
  return new iam.PolicyStatement({ actions: ['a:B'], resources: ['x'.repeat(size - length)] });
};
const document = (size: number) => new iam.PolicyDocument({ statements: [statement(size)] });
const target = (stack: Stack, grantee: iam.IGrantable, size = 100) => {
  const inner = innerPrincipalOf(grantee)!;
  return policyTargetOf(grantee, inner, identityKindOf(inner), sizeEstimatorIn(stack), size);
};

/** What has a default policy of this many characters. */
const filled = <T extends iam.IPrincipal>(principal: T, size: number): T => {
  principal.addToPrincipalPolicy(statement(size));
  return principal;
};
const user = (stack: Stack, id = 'User') => new iam.User(stack, id, { userName: id.toLowerCase() });
const group = (stack: Stack) => new iam.Group(stack, 'Group');
const role = (stack: Stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer');
const lazy = (stack: Stack, inlinePolicies?: Record<string, iam.PolicyDocument>) => (
  new iam.LazyRole(stack, 'Role', { ...TRUST, inlinePolicies }));
const used = (principal: iam.LazyRole) => {
  new CfnOutput(Stack.of(principal), 'Name', { value: principal.roleName });
  return principal;
};

describe('the space of', () => {
  test.each<[string, (stack: Stack) => iam.IGrantable, Partial<PolicyTarget>]>([
    ['a new managed policy', (stack) => new iam.ManagedPolicy(stack, 'P'), {
      description: 'a managed policy', remaining: 6144, used: 0,
    }],
    ['a managed policy that has statements', (stack) => (
      new iam.ManagedPolicy(stack, 'P', { document: document(1000) })), {
      description: 'a managed policy', remaining: 5144 + SHARED, used: 1000 - SHARED,
    }],
    ['an unknown principal', (stack) => new iam.UnknownPrincipal({ resource: new iam.User(stack, 'U') }), {
      description: 'an unknown principal', remaining: Infinity, used: 0,
    }],
    ['a principal that is no construct', () => (
      { grantPrincipal: { addToPrincipalPolicy: () => ({ statementAdded: true }) } as any }), {
      description: 'a role', remaining: 10240, used: 0,
    }],
    ['a new role, which CDK divides beyond a managed policy', newRole, {
      description: 'a role', remaining: 6144, used: 0, fillsInline: false,
    }],
    ['a role that is nearly full', (stack) => filled(newRole(stack), 5000), {
      description: 'a role', remaining: 5240 + SHARED, used: 5000 - SHARED, fillsInline: false,
    }],
    ['an imported role', role, { description: 'a role', remaining: 10240, used: 0, fillsInline: true }],
    ['an imported role that has statements', (stack) => filled(role(stack), 1000), {
      description: 'a role', remaining: 9240 + SHARED, used: 1000 - SHARED, fillsInline: true,
    }],
    ['a user', user, { description: 'a user', remaining: 2048, used: 0, fillsInline: false }],
    ['a user that has statements', (stack) => filled(user(stack), 1000), {
      description: 'a user', remaining: 1048 + SHARED, used: 1000 - SHARED, fillsInline: false,
    }],
    ['a user with a policy of its own', (stack) => {
      const principal = user(stack);
      principal.attachInlinePolicy(new iam.Policy(stack, 'P', { document: document(1000) }));
      return principal;
    }, { description: 'a user', remaining: 1048, used: 1000 }],
    ['a group', group, { description: 'a group', remaining: 5120, used: 0, fillsInline: false }],
    ['a lazy role', lazy, { description: 'a role', remaining: 6144, used: 0, splitsItself: true }],
    ['a lazy role that has statements', (stack) => filled(lazy(stack), 5000), {
      description: 'a role', remaining: 5240 + SHARED, used: 5000 - SHARED, splitsItself: true,
    }],
    ['a lazy role with other policies', (stack) => filled(lazy(stack, { P: document(1000) }), 5000), {
      description: 'a role', remaining: 4240 + SHARED, used: 6000 - SHARED, splitsItself: false,
    }],
    ['a lazy role that is used', (stack) => filled(used(lazy(stack, { P: document(1000) })), 5000), {
      description: 'a role', remaining: 4240 + SHARED, used: 6000 - SHARED, fillsInline: false,
    }],
  ])('%s', (_, granteeIn, expected) => {
    const stack = newStack();
    const { managed, ...space } = target(stack, granteeIn(stack));
    expect(space).toMatchObject(expected);
    const isIdentity = 'fillsInline' in expected || 'splitsItself' in expected || expected.description === 'a user';
    expect(managed === undefined).toBe(!isIdentity);
    if (!('splitsItself' in expected)) { expect(space.splitsItself).toBeUndefined(); }
  });
});

describe('the space of an inline policy', () => {
  const policy = (stack: Stack, props: iam.PolicyProps = {}) => (
    new iam.Policy(stack, 'P', { document: document(1000), ...props }));

  test.each<[string, (stack: Stack) => iam.Policy, PolicyTarget]>([
    ['that is attached to nobody', policy, {
      description: 'an inline policy', remaining: 9240 + SHARED, used: 1000 - SHARED,
    }],
    ['of a role', (stack) => policy(stack, { roles: [newRole(stack)] }), {
      description: 'an inline policy of a role', remaining: 9240 + SHARED, used: 1000 - SHARED,
    }],
    ['of a role that CDK does not change', (stack) => policy(stack, {
      roles: [iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r', { mutable: false })],
    }), { description: 'an inline policy of a role', remaining: 9240 + SHARED, used: 1000 - SHARED }],
    ['of a role with another one', (stack) => policy(stack, { roles: [filled(newRole(stack), 500)] }), {
      description: 'an inline policy of a role', remaining: 8740 + SHARED, used: 1500 - SHARED,
    }],
    ['of a lazy role that is used', (stack) => policy(stack, { roles: [used(lazy(stack, { P: document(500) }))] }), {
      description: 'an inline policy of a role', remaining: 8740 + SHARED, used: 1500 - SHARED,
    }],
    ['of a role and a user is the smaller one', (stack) => (
      policy(stack, { roles: [newRole(stack)], users: [user(stack)] })), {
      description: 'an inline policy of a user', remaining: 1048 + SHARED, used: 1000 - SHARED,
    }],
    ['of two users is that of the fuller one', (stack) => policy(stack, {
      users: [filled(user(stack, 'One'), 300), filled(user(stack, 'Two'), 200)],
    }), { description: 'an inline policy of a user', remaining: 748 + SHARED, used: 1300 - SHARED }],
    ['of a group and a user with the same space is that of the user', (stack) => policy(stack, {
      groups: [filled(group(stack), 3072)], users: [user(stack)],
    }), { description: 'an inline policy of a user', remaining: 1048 + SHARED, used: 1000 - SHARED }],
    ['of something that is no principal', (stack) => {
      const given = policy(stack);
      (given as any).users = [{ userName: 'a' }, undefined];
      return given;
    }, { description: 'an inline policy', remaining: 9240 + SHARED, used: 1000 - SHARED }],
    ['that is named by others as well', (stack) => {
      const principal = user(stack);
      new iam.CfnUserPolicy(stack, 'Other', {
        policyName: 'p', policyDocument: document(400).toJSON(), userName: principal.userName,
      });
      return policy(stack, { users: [principal] });
    }, { description: 'an inline policy of a user', remaining: 648 + SHARED, used: 1400 - SHARED }],
  ])('%s', (_, policyIn, expected) => {
    const stack = newStack();
    expect(target(stack, policyIn(stack))).toEqual(expected);
  });
});

test('an inline policy of a role that CDK does not change is counted once, also where others are looked up', () => {
  const stack = newStack();
  const principal = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r', { mutable: false });
  const policy = new iam.Policy(stack, 'P', { document: document(1000), roles: [principal] });
  expect(target(stack, policy, 6000).used).toBe(1000 - SHARED);
});

test('policies from elsewhere are looked up for a role only if it is more than half full with what is added', () => {
  const stack = newStack();
  const principal = filled(newRole(stack), 3000);
  new iam.CfnRolePolicy(stack, 'P', {
    policyName: 'p', policyDocument: document(4000).toJSON(), roleName: principal.roleName,
  });
  expect(target(stack, principal, 2120).used).toBe(3000 - SHARED);
  expect(target(stack, principal, 2121).used).toBe(7000 - SHARED);
});

describe('the managed policies of a principal', () => {
  test.each<[string, (stack: Stack) => iam.IIdentity & iam.IGrantable, string]>([
    ['user', user, 'users'], ['group', group, 'groups'], ['role', newRole, 'roles'],
  ])('that is a %s are numbered, and attached to it', (kind, principalIn, holders) => {
    const stack = newStack();
    const principal = principalIn(stack);
    const { managed } = target(stack, principal);
    expect(managed!.kind).toBe(kind);
    expect([managed!.attached, managed!.last]).toEqual([0, undefined]);
    const made = [managed!.create(), managed!.create()];
    expect(made.map(({ node }) => node.path)).toEqual(
      ['ElastiCacheAccess1', 'ElastiCacheAccess2'].map((id) => `${principal.node.path}/${id}`));
    const resource: any = made[0].node.defaultChild;
    expect(stack.resolve(resource[holders])).toHaveLength(1);
    expect(managed!.attached).toBe(2);
    expect(managed!.last!.policy === made[1]).toBe(true);
  });

  test('are filled up to their limit, the last one first', () => {
    const stack = newStack();
    const { managed } = target(stack, user(stack));
    managed!.create();
    expect(managed!.last!.limit).toBe(6144);
    managed!.create().addStatements(statement(1000));
    expect(managed!.last!.limit).toBe(5144 + SHARED);
  });

  test('that others made are counted, and not filled', () => {
    const stack = newStack();
    const principal = user(stack);
    new iam.ManagedPolicy(principal, 'ElastiCacheAccess1', { document: document(100) });
    const { managed } = target(stack, principal);
    expect([managed!.attached, managed!.last]).toEqual([1, undefined]);
    const made = managed!.create();
    new iam.ManagedPolicy(principal, 'ElastiCacheAccess3', { document: document(100) });
    expect(made.node.id).toBe('ElastiCacheAccess2');
    expect(managed!.last!.policy === made).toBe(true);
    expect(managed!.create().node.id).toBe('ElastiCacheAccess4');
    expect(managed!.attached).toBe(4);
  });

  test('of a lazy role that is used are below the role', () => {
    const stack = newStack();
    expect(target(stack, used(lazy(stack))).managed!.create().node.path).toBe('Stack/Role/Default/ElastiCacheAccess1');
  });
});
