import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  attachedManagedPolicies, defaultDocumentOf, otherInlinePolicies, ownInlineSize, ownPolicies, sharedSize,
  sizeOfDocument, sizeOfPolicies,
} from '../../../src/private/attach/attached-policies';
import { Identity } from '../../../src/private/attach/principals';
import { sizeEstimatorIn } from '../../../src/private/policy/size';
import { usedRole } from '../../../src/private/util/lazy-roles';
import { newRole, newStack } from '../../harness';

const STATEMENT = { actions: ['a:B'], resources: ['*'] };
const statement = () => new iam.PolicyStatement(STATEMENT);
const document = () => new iam.PolicyDocument({ statements: [statement()] });
const JSON_DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*' }] };
const SIZE = JSON.stringify(JSON_DOCUMENT).length;
const TRUST = { assumedBy: new iam.AccountRootPrincipal() };
const lazyRole = (stack: Stack, props: Partial<iam.LazyRoleProps> = {}) => (
  new iam.LazyRole(stack, 'Role', { ...TRUST, ...props }));
const used = (role: iam.LazyRole) => {
  new CfnOutput(Stack.of(role), 'Name', { value: role.roleName });
  return role;
};
const asIdentity = (principal: unknown) => principal as Identity;
const idsOf = (policies: Iterable<iam.Policy>) => [...policies].map(({ node }) => node.id);

describe('the inline policies that a principal knows of', () => {
  test.each<[string, (stack: Stack) => unknown, string[]]>([
    ['none', newRole, []],
    ['the default one', (stack) => {
      const user = new iam.User(stack, 'User');
      user.addToPolicy(statement());
      return user;
    }, ['DefaultPolicy']],
    ['those below it, and those that are attached', (stack) => {
      const role = newRole(stack);
      new iam.Policy(role, 'Below');
      new iam.ManagedPolicy(role, 'Managed');
      role.attachInlinePolicy(new iam.Policy(stack, 'Attached'));
      return role;
    }, ['Below', 'Attached']],
    ['those that a lazy role keeps', (stack) => {
      const role = lazyRole(stack);
      role.attachInlinePolicy(new iam.Policy(stack, 'Kept'));
      return role;
    }, ['Kept']],
  ])('are %s', (_, principalIn, ids) => {
    const policies = ownPolicies(asIdentity(principalIn(newStack())));
    expect(policies.size).toBe(ids.length);
    expect(idsOf(policies)).toEqual(ids);
  });
});

describe('the characters of the inline policies of a principal', () => {
  const policies = () => [{ policyName: 'P', policyDocument: JSON_DOCUMENT }];
  const cfn = (principal: { readonly node: { readonly defaultChild?: unknown } }) => principal.node.defaultChild as any;

  test.each<[string, (stack: Stack) => unknown, number]>([
    ['that has none', newRole, 0],
    ['that is a lazy role without any', (stack) => lazyRole(stack), 0],
    ['that is a lazy role whose props are not known', (stack) => (
      Object.assign(lazyRole(stack), { props: undefined })), 0],
    ['of policies', (stack) => {
      const user = new iam.User(stack, 'User');
      user.addToPolicy(statement());
      user.attachInlinePolicy(new iam.Policy(stack, 'P', { document: document() }));
      return user;
    }, 2],
    ['of documents', (stack) => (
      new iam.Role(stack, 'Role', { ...TRUST, inlinePolicies: { a: document(), b: document() } })), 2],
    ['of the resource of a role', (stack) => {
      const role = newRole(stack);
      cfn(role).policies = policies();
      return role;
    }, 1],
    ['of the resource of a user', (stack) => {
      const user = new iam.User(stack, 'User');
      cfn(user).policies = [...policies(), ...policies()];
      return user;
    }, 2],
    ['of the resource of a group, made late', (stack) => {
      const group = new iam.Group(stack, 'Group');
      cfn(group).policies = Lazy.any({ produce: policies });
      return group;
    }, 1],
    ['of a resource, as in a template', (stack) => {
      const group = new iam.Group(stack, 'Group');
      cfn(group).policies = Lazy.any({ produce: () => [{ PolicyName: 'P', PolicyDocument: JSON_DOCUMENT }, null] });
      return group;
    }, 1],
    ['of a resource, one of which is missing', (stack) => {
      const group = new iam.Group(stack, 'Group');
      cfn(group).policies = [undefined, ...policies()];
      return group;
    }, 1],
    ['of a lazy role', (stack) => {
      const role = lazyRole(stack, { inlinePolicies: { a: document() } });
      role.addToPolicy(statement());
      role.attachInlinePolicy(new iam.Policy(stack, 'P', { document: document() }));
      return role;
    }, 3],
    ['that is imported', (stack) => iam.Role.fromRoleName(stack, 'Role', 'alice'), 0],
  ])('%s', (_, principalIn, count) => {
    const stack = newStack();
    const principal = asIdentity(principalIn(stack));
    expect(ownInlineSize(principal, sizeEstimatorIn(stack))).toBe(count * SIZE);
  });

  test('from elsewhere do not count what the principal knows of', () => {
    const stack = newStack();
    const user = new iam.User(stack, 'User');
    const known = new iam.Policy(stack, 'Known', { document: document(), users: [user] });
    const unknown = new iam.Policy(stack, 'Unknown', { document: document() });
    const resource = new iam.CfnUserPolicy(stack, 'P', {
      policyName: 'P', policyDocument: JSON_DOCUMENT, userName: user.userName,
    });
    const sizeOf = (...inline: (iam.Policy | iam.CfnUserPolicy)[]) => (
      sizeOfPolicies(otherInlinePolicies(asIdentity(user), inline), sizeEstimatorIn(stack)));
    expect(sizeOf()).toBe(0);
    expect(sizeOf(known)).toBe(0);
    expect(sizeOf(unknown)).toBe(SIZE);
    expect(sizeOf(known, unknown, resource)).toBe(2 * SIZE);
  });
});

test.each<[string, unknown, number]>([
  ['no document', undefined, 0], ['null', null, 0], ['an empty document', new iam.PolicyDocument(), 0],
  ['a document', document(), SIZE], ['a document as JSON', JSON_DOCUMENT, SIZE],
])('the characters of %s', (_, given, size) => {
  expect(sizeOfDocument(given, sizeEstimatorIn(newStack()))).toBe(size);
});

test('statements that are added to a document share the text around them, but for a comma', () => {
  expect(sharedSize(undefined)).toBe(0);
  expect(sharedSize(new iam.PolicyDocument())).toBe(0);
  expect(sharedSize(document())).toBe(JSON.stringify({ Version: '2012-10-17', Statement: [] }).length - 1);
});

describe('the document that statements of a principal are added to', () => {
  test('is that of its default policy', () => {
    const stack = newStack();
    const role = newRole(stack);
    expect(defaultDocumentOf(role)).toBeUndefined();
    new iam.Policy(stack, 'Other', { document: document(), roles: [role] });
    expect(defaultDocumentOf(role)).toBeUndefined();
    role.addToPolicy(statement());
    expect(defaultDocumentOf(role)?.toJSON()).toEqual(JSON_DOCUMENT);
    expect(defaultDocumentOf(Object.assign(newRole(stack, 'Odd'), { defaultPolicy: {} }))).toBeUndefined();
  });

  test('is made of copies of the statements that a lazy role keeps', () => {
    const role = lazyRole(newStack());
    expect(defaultDocumentOf(role)?.isEmpty).toBe(true);
    const kept = statement();
    role.addToPolicy(kept);
    expect(defaultDocumentOf(role)?.toJSON()).toEqual(JSON_DOCUMENT);
    expect(kept.frozen).toBe(false);
  });
});

describe('the managed policies of a principal', () => {
  const policy = (stack: Stack, index: number) => (
    iam.ManagedPolicy.fromManagedPolicyName(stack, `P${index}`, `p${index}`));
  const AWS_POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

  test.each<[string, (stack: Stack) => unknown, number]>([
    ['none', newRole, 0],
    ['none that is known, where it is imported', (stack) => iam.Role.fromRoleName(stack, 'Role', 'alice'), 0],
    ['those of a role', (stack) => new iam.Role(stack, 'Role', { ...TRUST, managedPolicies: [policy(stack, 1)] }), 1],
    ['those of a user, each once', (stack) => {
      const user = new iam.User(stack, 'User', { managedPolicies: [policy(stack, 1), policy(stack, 2)] });
      user.addManagedPolicy(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Again', 'p1'));
      return user;
    }, 2],
    ['those of a group', (stack) => new iam.Group(stack, 'Group', { managedPolicies: [policy(stack, 1)] }), 1],
    ['those of its resource', (stack) => {
      const group = new iam.Group(stack, 'Group');
      (group.node.defaultChild as iam.CfnGroup).managedPolicyArns = [AWS_POLICY];
      return group;
    }, 1],
    ['those of a lazy role', (stack) => {
      const role = lazyRole(stack, { managedPolicies: [policy(stack, 1)] });
      role.addManagedPolicy(policy(stack, 2));
      return role;
    }, 2],
    ['those of a lazy role whose props are not known', (stack) => {
      const role = lazyRole(stack);
      role.addManagedPolicy(policy(stack, 2));
      return Object.assign(role, { props: undefined });
    }, 1],
    ['those of a lazy role that is used', (stack) => (
      usedRole(used(lazyRole(stack, { managedPolicies: [policy(stack, 1)] })))), 1],
    ['no inline policy below it', (stack) => {
      const user = new iam.User(stack, 'User');
      user.addToPolicy(statement());
      return user;
    }, 0],
    ['those below it', (stack) => {
      const user = new iam.User(stack, 'User');
      new iam.ManagedPolicy(user, 'P', { document: document() });
      return user;
    }, 1],
  ])('are %s', (_, principalIn, count) => {
    expect(attachedManagedPolicies(asIdentity(principalIn(newStack())), { inline: [], managed: [] })).toBe(count);
  });

  test('are those that name it as well, each once', () => {
    const stack = newStack();
    const user = new iam.User(stack, 'User');
    const below = new iam.ManagedPolicy(user, 'Below', { document: document() });
    const both = new iam.ManagedPolicy(stack, 'Both', { document: document(), users: [user] });
    user.addManagedPolicy(both);
    const resource = new iam.CfnManagedPolicy(stack, 'Resource', { policyDocument: JSON_DOCUMENT });
    expect(attachedManagedPolicies(asIdentity(user), { inline: [], managed: [below, both, resource] })).toBe(3);
  });
});
