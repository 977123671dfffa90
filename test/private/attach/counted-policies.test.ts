import { App, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../../src';
import { messageOf, newRole, newStack, UNCHECKED, warningsOf } from '../../harness';
import { policiesIn, sizeOf, withLongestNames } from '../../support/policies';
import { restoreGrant, shards } from '../../support/snapshots';

/** A document of about this many characters. */
const documentOf = (size: number) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b/${'k'.repeat(size - 115)}` }],
});
const cdkDocument = (size: number) => iam.PolicyDocument.fromJson(documentOf(size));

const grantedTypes = (stack: Stack) => [...policiesIn(stack)].filter(([id]) => /ElastiCache|DefaultPolicy/.test(id))
  .map(([, { type }]) => type.split('::')[2]);

const POLICY = { policyName: 'P' };
const LARGE = { ...POLICY, policyDocument: documentOf(9000) };

/** Each way to give a user an inline policy of 1,900 of its 2,048 characters. */
const USERS: [string, (stack: Stack, user: iam.User) => void][] = [
  ['Policy with users', (stack, user) => new iam.Policy(stack, 'P', { users: [user], document: cdkDocument(1900) })],
  ['attachInlinePolicy', (stack, user) => user.attachInlinePolicy(
    new iam.Policy(stack, 'P', { document: cdkDocument(1900) }))],
  ['attachToUser', (stack, user) => new iam.Policy(stack, 'P', { document: cdkDocument(1900) }).attachToUser(user)],
  ['CfnPolicy by name', (stack, user) => (
    new iam.CfnPolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(1900), users: [user.userName] }))],
  ['CfnPolicy by Ref', (stack, user) => new iam.CfnPolicy(stack, 'P', {
    ...POLICY, policyDocument: cdkDocument(1900), users: [(user.node.defaultChild as iam.CfnUser).ref],
  })],
  ['CfnUserPolicy', (stack, user) => (
    new iam.CfnUserPolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(1900), userName: user.userName }))],
  ['CfnUserPolicy by the literal name', (stack) => (
    new iam.CfnUserPolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(1900), userName: 'alice' }))],
  ['CfnUser.policies', (_, user) => {
    (user.node.defaultChild as iam.CfnUser).policies = [{ ...POLICY, policyDocument: documentOf(1900) }];
  }],
  ['a policy of a user that is imported by the same name', (stack) => (
    new iam.Policy(stack, 'P', {
      users: [iam.User.fromUserName(stack, 'Same', 'alice')], document: cdkDocument(1900),
    }))],
];

test.each(USERS)('%s leaves a user space for a managed policy only', (_, give) => {
  const stack = newStack();
  const user = new iam.User(stack, 'User', { userName: 'alice' });
  give(stack, user);
  restoreGrant(stack, shards(2)).toUser(user);
  expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
});

test('a policy of another user leaves its space', () => {
  const stack = newStack();
  const [user, other] = ['User', 'Other'].map((id) => new iam.User(stack, id));
  new iam.CfnUserPolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(1900), userName: other.userName });
  restoreGrant(stack, shards(2)).toUser(user);
  expect(grantedTypes(stack)).toEqual(['Policy']);
});

test('a policy of a group counts for the group', () => {
  const stack = newStack();
  const group = new iam.Group(stack, 'Group');
  new iam.CfnGroupPolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(5000), groupName: group.groupName });
  restoreGrant(stack, shards(2)).toGroup(group);
  expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
});

describe('a role', () => {
  test.each<[string, (stack: Stack, role: iam.Role) => void]>([
    ['Policy with roles', (stack, role) => new iam.Policy(stack, 'P', { roles: [role], document: cdkDocument(10000) })],
    ['CfnRole.policies as JSON', (_, role) => {
      (role.node.defaultChild as iam.CfnRole).policies = [{ ...POLICY, policyDocument: documentOf(10000) }];
    }],
  ])('counts %s of 10,000 characters', (_, give) => {
    const stack = newStack();
    const role = newRole(stack);
    give(stack, role);
    restoreGrant(stack, shards(2)).toRole(role);
    expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
  });

  test('counts a CfnRolePolicy where it is more than half full', () => {
    const stack = newStack();
    const role = newRole(stack);
    new iam.CfnRolePolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(9000), roleName: role.roleName });
    restoreGrant(stack, shards(60)).toRole(role);
    expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
  });

  test.each(['before', 'after'])('has a CfnRolePolicy that comes %s the grant checked at synthesis', (when) => {
    const stack = newStack();
    const role = newRole(stack);
    const give = () =>
      new iam.CfnRolePolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(9000), roleName: role.roleName });
    if (when === 'before') { give(); }
    restoreGrant(stack, shards(30)).toRole(role);
    if (when === 'after') { give(); }
    expect(messageOf(() => Template.fromStack(stack))).toMatch(
      new RegExp('the inline policies of Stack/Role have 1\\d,\\d{3} characters, white space not counted, and those of '
        + 'a role may have 10,240: attach toManagedPolicies\\(\\) in place of granting to it, or make other inline '
        + 'policies managed ones'),
    );
  });

  test.each<[string, (stack: Stack, role: iam.Role) => void]>([
    ['its name', (stack, { roleName }) => new iam.CfnPolicy(stack, 'P', { ...LARGE, roles: [roleName] })],
    ['a reference to its resource', (stack, { node }) => (
      new iam.CfnPolicy(stack, 'P', { ...LARGE, roles: [(node.defaultChild as iam.CfnRole).ref] }))],
    ['a reference as in a template', (stack, role) => {
      const logicalId = stack.getLogicalId(role.node.defaultChild as iam.CfnRole);
      new iam.CfnRolePolicy(stack, 'P', { ...LARGE, roleName: Fn.ref(logicalId) });
    }],
    ['the text of its name', (stack) => new iam.CfnPolicy(stack, 'P', { ...LARGE, roles: ['deployer'] })],
    ['an import of its name', (stack) => {
      const imported = iam.Role.fromRoleName(stack, 'Imported', 'deployer');
      new iam.Policy(stack, 'P', { roles: [imported], document: cdkDocument(9000) });
    }],
  ])('has a policy that names it by %s checked at synthesis, and no other role for it', (_, give) => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), roleName: 'deployer' });
    const other = newRole(stack, 'Other');
    restoreGrant(stack, shards(30)).toRole(role);
    restoreGrant(stack, shards(30), 'OtherAccess').toRole(other);
    give(stack, role);
    const message = messageOf(() => Template.fromStack(stack));
    expect(message).toMatch(/the inline policies of Stack\/Role have 1\d,\d{3} characters/);
    expect(message).not.toContain('Stack/Other');
  });

  test.each<[string, (stack: Stack, role: iam.Role) => void]>([
    ['its ARN in place of its name', (stack, { roleArn }) => (
      new iam.CfnPolicy(stack, 'P', { ...LARGE, roles: [roleArn] }))],
    ['its logical ID in another stack', (stack, role) => {
      const logicalId = stack.getLogicalId(role.node.defaultChild as iam.CfnRole);
      new iam.CfnPolicy(new Stack(stack.node.root, 'Elsewhere'), 'P', { ...LARGE, roles: [Fn.ref(logicalId)] });
    }],
    ['its name in another account', (stack) => {
      const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { account: '999988887777' } });
      new iam.CfnPolicy(elsewhere, 'P', { ...LARGE, roles: ['deployer'] });
    }],
    ['its name for a group', (stack) => new iam.CfnPolicy(stack, 'P', { ...LARGE, groups: ['deployer'] })],
  ])('is not limited by a policy that has %s', (_, give) => {
    const stack = newStack({ env: { account: '111122223333' }, context: UNCHECKED });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), roleName: 'deployer' });
    restoreGrant(stack, shards(30)).toRole(role);
    give(stack, role);
    expect(grantedTypes(stack)).toEqual(['Policy']);
  });

  test('has nothing to say of a CfnRolePolicy that fits', () => {
    const stack = newStack();
    const role = newRole(stack);
    new iam.CfnRolePolicy(stack, 'P', { ...POLICY, policyDocument: documentOf(5000), roleName: role.roleName });
    restoreGrant(stack, shards(20)).toRole(role);
    expect(grantedTypes(stack)).toEqual(['Policy']);
  });
});

describe('the quota of managed policies', () => {
  const group = (stack: Stack) => new iam.Group(stack, 'Group', { groupName: 'admins' });
  const policy = (stack: Stack, index: number, props: iam.ManagedPolicyProps = {}) => (
    new iam.ManagedPolicy(stack, `P${index}`, { document: cdkDocument(200), ...props }));
  const CFN = { policyDocument: documentOf(200) };

  test.each<[string, (stack: Stack, to: iam.Group, index: number) => void]>([
    ['managed policies with groups', (stack, to, index) => policy(stack, index, { groups: [to] })],
    ['attachToGroup', (stack, to, index) => policy(stack, index).attachToGroup(to)],
    ['addManagedPolicy', (stack, to, index) => to.addManagedPolicy(policy(stack, index))],
    ['CfnManagedPolicy', (stack, to, index) => (
      new iam.CfnManagedPolicy(stack, `P${index}`, { ...CFN, groups: [to.groupName] }))],
    ['CfnManagedPolicy by name', (stack, _, index) => (
      new iam.CfnManagedPolicy(stack, `P${index}`, { ...CFN, groups: ['admins'] }))],
  ])('counts %s, each once', (_, give) => {
    for (const [count, fits] of [[9, true], [10, false]] as const) {
      const stack = newStack();
      const to = group(stack);
      Array.from({ length: count }, (_unused, index) => give(stack, to, index));
      const grant = restoreGrant(stack, shards(75));
      if (fits) {
        grant.toGroup(to);
        expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
      } else {
        expect(messageOf(() => grant.toGroup(to))).toBe(
          'Stack/Grant: the policy has 9,235 characters, white space not counted, and needs 1 '
          + 'managed policy, besides the '
          + '10 that the group has, and a group may have 10 at most: allow a prefix of the snapshots, with '
          + 'SnapshotSource.fromPrefix, or make a grant for each set of shards, to a principal of its own',
        );
        expect(to.node.children.filter((child) => child instanceof iam.ManagedPolicy || child instanceof iam.Policy))
          .toEqual([]);
      }
    }
  });

  const withPolicies = (stack: Stack, kind: 'Role' | 'User', count: number): iam.IGrantable => {
    const managedPolicies = Array.from({ length: count }, (_, index) => (
      iam.ManagedPolicy.fromManagedPolicyName(stack, `Policy${index}`, `policy-${index}`)));
    return kind === 'Role'
      ? new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), managedPolicies })
      : new iam.User(stack, 'User', { managedPolicies });
  };

  test.each([
    ['Role', 16, []],
    ['Role', 17, ['a role may have 20 unless AWS raised its quota, to 25 at most']],
    ['Role', 21, ['a role may have 20 unless AWS raised its quota, to 25 at most']],
    ['User', 6, []],
    ['User', 7, ['a user may have 10 unless AWS raised its quota, to 20 at most']],
    ['User', 16, ['a user may have 10 unless AWS raised its quota, to 20 at most']],
  ] as const)('of a %s with %s and 4 more is kept, or warned of', (kind, count, texts) => {
    const stack = newStack();
    restoreGrant(stack, shards(300)).to(withPolicies(stack, kind, count));
    expect(warningsOf(stack)).toEqual(texts.map((text) => (
      'the policy has 36,460 characters, white space not counted, and needs 4 managed policies, besides the '
      + `${count} that the ${kind.toLowerCase()} has: ${text} [ack: cdk-elasticache-grants:managedPolicyQuota]`)));
  });

  test.each([['Role', 22, 25], ['User', 17, 20]] as const)(
    'of a %s with %s and 4 more is an error', (kind, count, most) => {
      const [stack, bare] = [newStack(), newStack()];
      const [principal] = [stack, bare].map((scope) => withPolicies(scope, kind, count));
      const grant = restoreGrant(stack, shards(300));
      expect(messageOf(() => grant.to(principal))).toContain(
        `besides the ${count} that the ${kind.toLowerCase()} has, `
        + `and a ${kind.toLowerCase()} may have ${most} at most`,
      );
      expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(bare).toJSON());
    });
});

describe('a lazy role', () => {
  const props = { assumedBy: new iam.AccountRootPrincipal() };
  const inlinePolicies = () => ({ P: cdkDocument(8000) });

  test.each<[string, (stack: Stack) => iam.LazyRole]>([
    ['inlinePolicies', (stack) => new iam.LazyRole(stack, 'Role', { ...props, inlinePolicies: inlinePolicies() })],
    ['attached policies', (stack) => {
      const role = new iam.LazyRole(stack, 'Role', props);
      role.attachInlinePolicy(new iam.Policy(stack, 'P', { document: cdkDocument(8000) }));
      return role;
    }],
  ])('that is not used yet counts its %s', (_, roleIn) => {
    const stack = newStack();
    const role = roleIn(stack);
    expect(messageOf(() => restoreGrant(stack, shards(40)).to(role))).toMatch(
      new RegExp('^Stack/Grant: the policy has 5,000 characters, white space not counted, and a role may have 10,240, '
        + '7,995 of which are used: attach toManagedPolicies\\(\\)'),
    );
    restoreGrant(new Stack(stack.node.root as App, 'Other'), shards(10)).to(role);
  });

  test('that is used is like a role', () => {
    const stack = newStack();
    const role = new iam.LazyRole(stack, 'Role', { ...props, inlinePolicies: inlinePolicies() });
    expect(role.roleName).toBeDefined();
    restoreGrant(stack, shards(40)).to(role);
    expect(grantedTypes(stack)).toEqual(['ManagedPolicy']);
  });

  test('counts the statements of earlier grants, and CDK divides them once it is used', () => {
    const stack = newStack();
    const role = new iam.LazyRole(stack, 'Role', props);
    ['One', 'Two', 'Three'].forEach((id, index) => new ElastiCacheAccessGrant(stack, id, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [shards(45 + index)],
    }).to(role));
    expect(role.roleName).toBeDefined();
    policiesIn(stack).forEach(({ type, document }) => (
      expect(sizeOf(withLongestNames(document, 'my-snapshots')))
        .toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? 10240 : 6144)));
  });
});

describe('an inline policy as grantee', () => {
  test.each<[string, (stack: Stack) => iam.PolicyProps, string]>([
    ['a role', (stack) => ({ roles: [newRole(stack)] }), '10,240'],
    ['a group', (stack) => ({ groups: [new iam.Group(stack, 'G')] }), '5,120'],
    ['a user', (stack) => ({ users: [new iam.User(stack, 'U')] }), '2,048'],
  ])('of %s has its limit', (holder, propsIn, limit) => {
    const stack = newStack();
    const policy = new iam.Policy(stack, 'Policy', propsIn(stack));
    expect(messageOf(() => restoreGrant(stack, shards(150)).to(policy))).toContain(
      `an inline policy of ${holder} may have ${limit}: attach`);
  });

  test('of several has the smallest space, with what that one has already', () => {
    const stack = newStack();
    const [user, group] = [new iam.User(stack, 'U'), new iam.Group(stack, 'G')];
    new iam.Policy(stack, 'Full', { groups: [group], document: cdkDocument(4500) });
    const policy = new iam.Policy(stack, 'Policy', { users: [user], groups: [group] });
    expect(messageOf(() => restoreGrant(stack, shards(10)).to(policy))).toMatch(
      /an inline policy of a group may have 5,120, 4,\d{3} of which are used: attach/);
  });

  test('that is attached to nobody has the widest limit', () => {
    const stack = newStack();
    expect(messageOf(() => restoreGrant(stack, shards(150)).to(new iam.Policy(stack, 'Policy')))).toContain(
      'an inline policy may have 10,240: attach');
  });
});

test('roles that are created beforehand get no managed policy, neither by name nor by the ID of a construct', () => {
  for (const preventSynthesis of [true, false]) {
    const stack = newStack();
    // If nothing is synthesized, newer versions of CDK refuse a role without a name.
    const usePrecreatedRoles = preventSynthesis ? { 'Stack/Role': 'made-by-others' } : undefined;
    iam.Role.customizeRoles(stack, { preventSynthesis, usePrecreatedRoles });
    const role = newRole(stack);
    new s3.CfnBucket(stack, 'SomeResource');
    restoreGrant(stack, shards(500)).toRole(role);
    expect(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).toEqual({});
    expect(warningsOf(stack)).toContainEqual(expect.stringContaining('[ack: cdk-elasticache-grants:notDelivered]'));
  }
});
