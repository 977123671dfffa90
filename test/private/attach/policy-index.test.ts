import { App, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { InlinePolicyLookup, listOf, policiesNaming } from '../../../src/private/attach/policy-index';
import { Identity } from '../../../src/private/attach/principals';
import { IdentityKind } from '../../../src/private/policy/limits';
import { newApp, newStack } from '../../harness';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';
const stackOfAccount = () => newStack({ env: { account: ACCOUNT, region: 'eu-west-1' } });
const idsOf = (policies: IConstruct[]) => policies.map(({ node }) => node.id);

/** The policies that name a principal, found in both ways. */
function found(principal: Identity, kind: IdentityKind): string[] {
  const { inline, managed } = policiesNaming(principal, kind);
  const lookedUp = new InlinePolicyLookup(principal.node.root).policiesNaming(principal, kind);
  expect(idsOf(lookedUp).sort()).toEqual(idsOf(inline).sort());
  return idsOf([...inline, ...managed]);
}

const STATEMENT = { actions: ['a:B'], resources: ['*'] };
const document = () => new iam.PolicyDocument({ statements: [new iam.PolicyStatement(STATEMENT)] });
const PROPS = { policyName: 'p', policyDocument: {} };

const KINDS: Record<IdentityKind, {
  readonly create: (scope: Construct, id: string, name?: string) => Identity;
  readonly imported: (scope: Construct, id: string, name: string) => Identity;
  readonly cfnPolicy: (scope: Construct, id: string, name: string) => Construct;
}> = {
  role: {
    create: (scope, id, roleName) => (
      new iam.Role(scope, id, { roleName, assumedBy: new iam.AccountRootPrincipal() })) as Identity,
    imported: (scope, id, name) => iam.Role.fromRoleName(scope, id, name) as Identity,
    cfnPolicy: (scope, id, roleName) => new iam.CfnRolePolicy(scope, id, { ...PROPS, roleName }),
  },
  user: {
    create: (scope, id, userName) => new iam.User(scope, id, { userName }),
    imported: (scope, id, name) => iam.User.fromUserName(scope, id, name) as unknown as Identity,
    cfnPolicy: (scope, id, userName) => new iam.CfnUserPolicy(scope, id, { ...PROPS, userName }),
  },
  group: {
    create: (scope, id, groupName) => new iam.Group(scope, id, { groupName }),
    imported: (scope, id, name) => iam.Group.fromGroupName(scope, id, name) as unknown as Identity,
    cfnPolicy: (scope, id, groupName) => new iam.CfnGroupPolicy(scope, id, { ...PROPS, groupName }),
  },
};
const nameOf = (principal: Identity, kind: IdentityKind): string => (principal as any)[`${kind}Name`];
const resourceOf = ({ node }: IConstruct) => node.defaultChild as CfnResource;

describe.each(Object.keys(KINDS) as IdentityKind[])('a %s', (kind) => {
  const { create, imported, cfnPolicy } = KINDS[kind];
  const holders = (...list: unknown[]): any => ({ [`${kind}s`]: list });

  test.each<[string, (stack: Stack, principal: Identity, id: string) => Construct]>([
    ['an inline policy', (stack, principal, id) => (
      new iam.Policy(stack, id, { document: document(), ...holders(principal) }))],
    ['a managed policy', (stack, principal, id) => (
      new iam.ManagedPolicy(stack, id, { document: document(), ...holders(principal) }))],
    ['an inline policy of CloudFormation, by its name', (stack, principal, id) => (
      new iam.CfnPolicy(stack, id, { ...PROPS, ...holders(nameOf(principal, kind)) }))],
    ['a managed policy of CloudFormation, by its name', (stack, principal, id) => (
      new iam.CfnManagedPolicy(stack, id, { ...PROPS, ...holders(nameOf(principal, kind)) }))],
    ['a policy of one principal, by its name', (stack, principal, id) => (
      cfnPolicy(stack, id, nameOf(principal, kind)))],
    ['the text of its name', (stack, _, id) => cfnPolicy(stack, id, 'alice')],
    ['an import of its name', (stack, _, id) => (
      new iam.Policy(stack, id, { document: document(), ...holders(imported(stack, `Imported${id}`, 'alice')) }))],
    ['a reference to its resource', (stack, principal, id) => cfnPolicy(stack, id, resourceOf(principal).ref)],
    ['an attribute that is its name', (stack, principal, id) => (
      cfnPolicy(stack, id, resourceOf(principal).getAtt('RoleName').toString()))],
    ['a reference as in a template', (stack, principal, id) => (
      cfnPolicy(stack, id, Fn.ref(stack.getLogicalId(resourceOf(principal)))))],
    ['a list that is made late', (stack, principal, id) => new iam.CfnManagedPolicy(stack, id, {
      ...PROPS, [`${kind}s`]: Lazy.list({ produce: () => [nameOf(principal, kind)] }),
    })],
    ['a list with others', (stack, principal, id) => (
      new iam.CfnPolicy(stack, id, { ...PROPS, ...holders('bob', nameOf(principal, kind), 'alice') }))],
  ])('is named by %s', (_, give) => {
    const stack = stackOfAccount();
    const principal = create(stack, 'Principal', 'alice');
    const other = create(stack, 'Other', 'carol');
    give(stack, principal, 'One');
    give(stack, principal, 'Two');
    expect(found(principal, kind)).toEqual(['One', 'Two']);
    expect(found(other, kind)).toEqual([]);
  });

  test.each<[string, (stack: Stack, principal: Identity) => unknown]>([
    ['another attribute', (stack, principal) => cfnPolicy(stack, 'P', resourceOf(principal).getAtt('Arn').toString())],
    ['text with its name', (stack, principal) => cfnPolicy(stack, 'P', `${nameOf(principal, kind)}-2`)],
    ['a name that another stack exports', (stack) => cfnPolicy(stack, 'P', Fn.importValue('Name'))],
    ['a list of which nothing is known', (stack) => (
      new iam.CfnPolicy(stack, 'P', { ...PROPS, [`${kind}s`]: Fn.split(',', Fn.importValue('Names')) }))],
    ['nothing', (stack) => new iam.CfnPolicy(stack, 'P', { ...PROPS, ...holders(undefined, null) })],
    ['no list', (stack) => new iam.CfnPolicy(stack, 'P', PROPS)],
    ['its name in another account', ({ node }) => (
      cfnPolicy(new Stack(node.root, 'Elsewhere', { env: { account: OTHER_ACCOUNT } }), 'P', 'alice'))],
    ['its logical ID in another stack', (stack, principal) => (
      cfnPolicy(new Stack(stack.node.root, 'Elsewhere'), 'P', Fn.ref(stack.getLogicalId(resourceOf(principal)))))],
    ['its name as that of another kind', (stack) => Object.entries(KINDS).filter(([name]) => name !== kind).forEach(
      ([name, other]) => {
        other.cfnPolicy(stack, `P${name}`, 'alice');
        new iam.CfnPolicy(stack, `Q${name}`, { ...PROPS, [`${name}s`]: ['alice'] });
      })],
  ])('is not named by %s', (_, give) => {
    const stack = stackOfAccount();
    const principal = create(stack, 'Principal', 'alice');
    give(stack, principal);
    expect(found(principal, kind)).toEqual([]);
  });

  test('without a name of its own is not named by what has no name either', () => {
    const stack = stackOfAccount();
    const principal = create(stack, 'Principal');
    new iam.CfnPolicy(stack, 'P', { ...PROPS, ...holders(undefined) });
    new iam.CfnPolicy(stack, 'Q', { ...PROPS, ...holders(nameOf(principal, kind)) });
    expect(found(principal, kind)).toEqual(['Q']);
  });

  test('that is imported by name is named by its text alone', () => {
    const stack = stackOfAccount();
    const principal = imported(stack, 'Principal', 'alice');
    cfnPolicy(stack, 'One', 'alice');
    cfnPolicy(stack, 'Other', 'bob');
    new iam.CfnPolicy(stack, 'Nobody', { ...PROPS, ...holders(undefined, null) });
    new iam.Policy(stack, 'Two', { document: document(), ...holders(principal) });
    expect(found(principal, kind)).toEqual(['One', 'Two']);
  });
});

test('a principal whose name is an attribute of something else is named by the construct and by the attribute', () => {
  const stack = stackOfAccount();
  const lookup = new CfnResource(stack, 'Lookup', { type: 'Custom::Lookup' });
  const role = KINDS.role.imported(stack, 'Role', lookup.getAtt('Name').toString());
  new iam.ManagedPolicy(stack, 'One', { document: document(), roles: [role as unknown as iam.IRole] });
  KINDS.role.cfnPolicy(stack, 'Two', nameOf(role, 'role'));
  KINDS.role.cfnPolicy(stack, 'Three', lookup.getAtt('OtherName').toString());
  expect(found(role, 'role')).toEqual(['Two', 'One']);
});

describe('the account', () => {
  const inOtherAccount = ({ node }: Stack) => (
    new Stack(node.root, 'Elsewhere', { env: { account: OTHER_ACCOUNT, region: 'eu-west-1' } }));

  test('of an imported role is that of its ARN', () => {
    const stack = stackOfAccount();
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/alice`) as Identity;
    KINDS.role.cfnPolicy(stack, 'Here', 'alice');
    KINDS.role.cfnPolicy(inOtherAccount(stack), 'There', 'alice');
    expect(found(role, 'role')).toEqual(['There']);
  });

  test('of a principal that tells none is that of its stack', () => {
    const stack = stackOfAccount();
    const own = Object.assign(new Construct(stack, 'Own'), { roleName: 'alice' }) as unknown as Identity;
    KINDS.role.cfnPolicy(stack, 'Here', 'alice');
    KINDS.role.cfnPolicy(inOtherAccount(stack), 'There', 'alice');
    expect(found(own, 'role')).toEqual(['Here']);
  });

  test('is that of each policy, whatever it is named by: a policy is attached to the user of its own account', () => {
    const stack = stackOfAccount();
    const user = KINDS.user.create(stack, 'User', 'alice');
    for (const [id, scope] of Object.entries({ Here: stack, There: inOtherAccount(stack) })) {
      new iam.ManagedPolicy(scope, `${id}Construct`, { document: document(), users: [user as iam.User] });
      KINDS.user.cfnPolicy(scope, `${id}Reference`, nameOf(user, 'user'));
    }
    expect(found(user, 'user')).toEqual(['HereReference', 'HereConstruct']);
  });
});

describe('a lazy role', () => {
  test('is named by the construct, and does not come into being by that', () => {
    const stack = stackOfAccount();
    const role = new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new iam.ManagedPolicy(stack, 'P', { document: document(), roles: [role] });
    new iam.CfnPolicy(stack, 'Q', { ...PROPS, roles: ['alice'] });
    expect(found(role as unknown as Identity, 'role')).toEqual(['P']);
    expect(role.node.children).toEqual([]);
  });
});

describe('policies that are added after a look', () => {
  const add = (scope: Construct, id: string) => KINDS.user.cfnPolicy(scope, id, 'alice');

  test.each<[string, (stack: Stack, user: Construct, nested: Construct) => Construct]>([
    ['to a stack', (stack) => stack],
    ['to another scope', (_, __, nested) => nested],
    ['to a new scope', (_, __, nested) => new Construct(nested, 'New')],
    ['to a new stack', (stack) => new Stack(stack.node.root, 'New', { env: { account: ACCOUNT } })],
    ['to the principal', (_, user) => user],
  ])('%s are found, once', (_, scopeOf) => {
    const stack = stackOfAccount();
    const nested = new Construct(new Construct(stack, 'Outer'), 'Inner');
    const user = KINDS.user.create(stack, 'User', 'alice');
    add(stack, 'A');
    add(nested, 'B');
    expect(idsOf(policiesNaming(user, 'user').inline).sort()).toEqual(['A', 'B']);
    add(scopeOf(stack, user, nested), 'C');
    new iam.CfnManagedPolicy(scopeOf.length === 2 ? user : stack, 'D', { ...PROPS, users: ['alice'] });
    for (let look = 0; look < 2; look++) {
      expect(idsOf(policiesNaming(user, 'user').inline).sort()).toEqual(['A', 'B', 'C']);
      expect(idsOf(policiesNaming(user, 'user').managed)).toEqual(['D']);
    }
  });

  test('to a resource of CDK are found by a lookup for many principals', () => {
    const stack = stackOfAccount();
    const user = KINDS.user.create(stack, 'User', 'alice');
    const group = KINDS.group.create(stack, 'Group');
    expect(idsOf(policiesNaming(user, 'user').inline)).toEqual([]);
    add(group, 'C');
    expect(idsOf(policiesNaming(user, 'user').inline)).toEqual([]);
    expect(idsOf(new InlinePolicyLookup(stack.node.root).policiesNaming(user, 'user'))).toEqual(['C']);
  });

  test('before a look are found within a resource of CDK', () => {
    const stack = stackOfAccount();
    const user = KINDS.user.create(stack, 'User', 'alice');
    add(KINDS.group.create(stack, 'Group'), 'A');
    add(user, 'B');
    new iam.CfnManagedPolicy(user, 'C', { ...PROPS, users: ['alice'] });
    expect(found(user, 'user').sort()).toEqual(['A', 'B', 'C']);
  });
});

test('each app has policies of its own', () => {
  const usersIn = (app: App, policies: string[]) => {
    const stack = new Stack(app, 'Stack');
    policies.forEach((id) => KINDS.user.cfnPolicy(stack, id, 'alice'));
    return KINDS.user.create(stack, 'User', 'alice');
  };
  const [one, two] = [usersIn(newApp(), ['A']), usersIn(newApp(), ['B'])];
  expect([found(one, 'user'), found(two, 'user'), found(one, 'user')]).toEqual([['A'], ['B'], ['A']]);
});

test('one lookup is for principals of all kinds', () => {
  const stack = stackOfAccount();
  const kinds = Object.keys(KINDS) as IdentityKind[];
  const principals = kinds.map((kind) => KINDS[kind].create(stack, kind, 'alice'));
  kinds.forEach((kind) => KINDS[kind].cfnPolicy(stack, `${kind}Policy`, 'alice'));
  const lookup = new InlinePolicyLookup(stack.node.root);
  for (let look = 0; look < 2; look++) {
    expect(kinds.map((kind, index) => idsOf(lookup.policiesNaming(principals[index], kind)))).toEqual(
      kinds.map((kind) => [`${kind}Policy`]));
  }
});

test.each([
  [[1, 2], [1, 2]], [{ get: () => [1] }, [1]], [{ get: () => 'text' }, []], [{ get: 5 }, []], [undefined, []],
  [null, []], ['text', []],
])('the list of %p', (value, list) => {
  expect(listOf(value)).toEqual(list);
});
