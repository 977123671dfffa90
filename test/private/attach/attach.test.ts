import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, Dependable, DependencyGroup, IConstruct } from 'constructs';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { attach, createManagedPolicies } from '../../../src/private/attach/attach';
import { Statement } from '../../../src/private/model';
import { permissionsGivenBelow } from '../../../src/private/record';
import { allow, messageOf, newRole, newStack, policyStatements, UNCHECKED, warningsOf } from '../../harness';
import { policyOf } from '../../support/written-policies';

const ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';
const stackOfAccount = () => newStack({ env: { account: ACCOUNT, region: 'eu-west-1' } });

function reboot(stack: Stack, id = 'Grant') {
  return new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.REBOOT_CACHE_CLUSTER] });
}

const REBOOT = [allow('elasticache:RebootCacheCluster', '*')];

describe('statements', () => {
  const statement = (action: string, ...resources: string[]): Statement => ({ actions: [action], resources });
  const attached = (scope: IConstruct, grantee: iam.IGrantable, ...statements: Statement[]) => (
    attach(policyOf(scope, ...statements), grantee, scope));
  const added = (role: IConstruct) => (
    (role.node.findChild('DefaultPolicy') as iam.Policy).document.toJSON()?.Statement ?? []);

  test('are added once for each resource, action and condition', () => {
    const stack = newStack();
    const role = newRole(stack);
    attached(stack, role, statement('a:A', 'x', 'y'), statement('a:B', 'x'));
    attached(stack, role, statement('a:A', 'x'), statement('a:A', 'y', 'x'), statement('a:B', 'y'));
    attached(stack, role, { ...statement('a:B', 'x'), conditions: { StringEquals: { a: 'b' } } });
    attached(stack, role, statement('a:B', 'x'), statement('a:A', 'y', 'z'));
    expect(added(role)).toEqual([
      { Effect: 'Allow', Action: 'a:A', Resource: ['x', 'y'] }, { Effect: 'Allow', Action: 'a:B', Resource: 'x' },
      { Effect: 'Allow', Action: 'a:B', Resource: 'y' },
      { Effect: 'Allow', Action: 'a:B', Resource: 'x', Condition: { StringEquals: { a: 'b' } } },
      { Effect: 'Allow', Action: 'a:A', Resource: ['y', 'z'] },
    ]);
    const other = newRole(stack, 'Other');
    expect(attached(stack, other, statement('a:A', 'x')).isAttached).toBe(true);
    expect(added(other)).toHaveLength(1);
  });

  test('that are there already are part of the grant', () => {
    const stack = newStack();
    const user = new iam.User(stack, 'User');
    const pathsOf = ({ dependencyRoots }: Dependable) => dependencyRoots.map(({ node }) => node.path);
    for (const scope of ['One', 'Two'].map((id) => new Construct(stack, id))) {
      const { grant, isAttached } = attached(scope, user, statement('a:A', 'x'));
      expect(isAttached).toBe(true);
      expect(pathsOf(Dependable.of(grant))).toEqual([expect.stringMatching(/^Stack\/User\/DefaultPolicy/)]);
      const [{ policy }] = permissionsGivenBelow(scope);
      expect(pathsOf(Dependable.of(policy!))).toEqual(pathsOf(Dependable.of(grant)));
    }
  });

  test.each<[string, unknown, string]>([
    ['nobody', undefined, 'undefined'], ['what has no principal', {}, '{}'], ['text', 'role', '"role"'],
  ])('for %s are refused', (_, grantee, shown) => {
    const stack = newStack();
    expect(messageOf(() => attached(stack, grantee as iam.IGrantable, statement('a:A', 'x')))).toBe(
      `Stack: grantee is ${shown}: pass a role, a user, a group, or a construct that has a principal`);
  });

  /** A role of a class of its own, that does this with each statement. */
  const roleThat = (stack: Stack, add: (index: number) => Partial<iam.AddToPrincipalPolicyResult>) => {
    let index = 0;
    const role: any = Object.assign(new Construct(stack, 'Own'), {
      roleName: 'own',
      policyFragment: new iam.ArnPrincipal('arn:aws:iam::1:role/own').policyFragment,
      addToPrincipalPolicy: () => (
        { statementAdded: true, policyDependable: new DependencyGroup(), ...add(index++) }),
    });
    role.grantPrincipal = role;
    return role as iam.IGrantable & IConstruct;
  };
  const two = [statement('a:A', 'x'), statement('a:B', 'x')];

  test.each([[0], [1]])('of which a principal refuses one are an error, such as number %d', (refused) => {
    const stack = newStack({ context: UNCHECKED });
    const role = roleThat(stack, (index) => ({ statementAdded: index !== refused }));
    expect(messageOf(() => attached(stack, role, ...two))).toBe(
      'Stack: the principal {"AWS":["arn:aws:iam::1:role/own"]} can\'t have an identity policy, so it would never get '
      + "the permissions: grant to a role, a user or a group, or add toPolicyDocument() where the principal's policies "
      + 'are kept');
  });

  test('that a role ignores, though it reports success, are warned of at each grant', () => {
    const stack = newStack({ context: UNCHECKED });
    const role = roleThat(stack, () => ({}));
    const scopes = ['One', 'Two'].map((id) => new Construct(stack, id));
    expect(scopes.map((scope) => attached(scope, role, ...two).isAttached)).toEqual([false, false]);
    expect(warningsOf(stack)).toEqual(scopes.map(() => (
      "CDK doesn't change the role Stack/Own (imported as immutable, of another account, or created beforehand), so it "
      + 'did not get the permissions: add toPolicyDocument() to the role where it is defined, or acknowledge this '
      + 'warning [ack: cdk-elasticache-grants:notDelivered]')));
    expect(permissionsGivenBelow(stack).map(({ isDelivered }) => isDelivered)).toEqual([false, false]);
  });

  test.each<[string, (index: number, stack: Stack) => Partial<iam.AddToPrincipalPolicyResult>]>([
    ['something to depend on for one of them', (index, stack) => (
      index === 0 ? { policyDependable: new Construct(stack, 'Policy') } : {})],
    ['a default policy', (index, stack) => {
      if (index === 0) { new Construct(stack.node.findChild('Own') as Construct, 'DefaultPolicy'); }
      return {};
    }],
  ])('are attached where there is %s', (_, add) => {
    const stack = newStack({ context: UNCHECKED });
    const role = roleThat(stack, (index) => add(index, stack));
    expect(attached(stack, role, ...two).isAttached).toBe(true);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are not attached to an unknown principal, however often', () => {
    const stack = newStack({ context: UNCHECKED });
    const unknown = new iam.UnknownPrincipal({ resource: new Construct(stack, 'Function') });
    expect([1, 2].map(() => attached(stack, unknown, ...two).isAttached)).toEqual([false, false]);
  });

  test('that are in managed policies alone are attached', () => {
    const stack = newStack({ context: UNCHECKED });
    const user = new iam.User(stack, 'User');
    expect(attached(stack, user, statement('a:A', 'x'.repeat(3000))).isAttached).toBe(true);
    expect(user.node.tryFindChild('DefaultPolicy')).toBeUndefined();
    expect(warningsOf(stack)).toEqual([]);
    const policy = user.node.findChild('ElastiCacheAccess1') as iam.ManagedPolicy;
    attached(stack, user, statement('a:A', 'x'.repeat(3000)), statement('a:B', 'x'.repeat(2500)));
    expect(policy.document.statementCount).toBe(2);
  });

  test('are checked again at synthesis, with the policies that others make', () => {
    const stack = newStack();
    const user = new iam.User(stack, 'User', { userName: 'alice' });
    attached(stack, user, statement('a:A', 'x'));
    new iam.CfnUserPolicy(stack, 'P', {
      policyName: 'p',
      userName: 'alice',
      policyDocument: { Statement: [{ Action: 'a:B', Resource: 'x'.repeat(2000) }] },
    });
    expect(stack.node.root.node.validate()).toEqual([
      expect.stringMatching(/^the inline policies of Stack\/User have 2,\d{3} characters, /),
    ]);
  });

  test('are divided among managed policies that are attached to nobody', () => {
    const stack = newStack();
    const statements = ['A', 'B', 'C'].map((name) => statement(`a:${name}`, 'x'.repeat(2900)));
    const policies = createManagedPolicies(policyOf(stack, ...statements), stack);
    expect(policies.map(({ node, document }) => [node.path, document.statementCount])).toEqual([
      ['Stack/ManagedPolicy1', 2], ['Stack/ManagedPolicy2', 1],
    ]);
    expect(permissionsGivenBelow(stack).map(({ recipient, isDelivered, policy }) => (
      [(recipient as IConstruct).node.id, isDelivered, policy === recipient]
    ))).toEqual([['ManagedPolicy1', true, true], ['ManagedPolicy2', true, true]]);
  });
});

describe('a role that CDK does not change', () => {
  const roles: [string, (stack: Stack) => iam.IRole, string][] = [
    [
      'imported as immutable',
      (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/r`, { mutable: false }),
      'Stack/Role',
    ],
    [
      'of another account',
      (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/r`),
      'Stack/Role',
    ],
    ['made by withoutPolicyUpdates', (stack) => newRole(stack).withoutPolicyUpdates(), 'Stack/ImmutableRole'],
  ];

  test.each(roles)('%s has a warning that can be acknowledged', (_, roleIn, path) => {
    const stack = stackOfAccount();
    new s3.CfnBucket(stack, 'SomeResource');
    const grant = reboot(stack).toRole(roleIn(stack));
    expect(grant.success).toBe(true); // As CDK has it.
    expect(policyStatements(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(new RegExp(`^CDK doesn't change the role ${path}.* `
      + '\\(imported as immutable, of another account, or created beforehand\\), so it did not get the permissions: '
      + 'add toPolicyDocument\\(\\) to the role where it is defined, or acknowledge this warning \\'
      + '[ack: cdk-elasticache-grants:notDelivered\\]$'))]);
  });

  test('and that was precreated has a warning', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'precreated' } });
    new s3.CfnBucket(stack, 'SomeResource');
    reboot(stack).toRole(newRole(stack));
    expect(warningsOf(stack)).toEqual([expect.stringContaining('[ack: cdk-elasticache-grants:notDelivered]')]);
  });
});

describe('a principal of another account', () => {
  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['user', (stack) => iam.User.fromUserArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`)],
    ['group', (stack) => iam.Group.fromGroupArn(stack, 'Other', `arn:aws:iam::${OTHER_ACCOUNT}:group/admins`)],
  ])('that is a %s is refused', (_, otherIn) => {
    const stack = stackOfAccount();
    expect(messageOf(() => reboot(stack).to(otherIn(stack)))).toBe(
      `Stack/Grant: Stack/Other belongs to account ${OTHER_ACCOUNT}, but its stack deploys to ${ACCOUNT}, where the `
      + 'permissions would go to another principal of the same name: add toPolicyDocument() where it is defined',
    );
  });
});

test.each<[string, (stack: Stack) => iam.IGrantable]>([
  ['a new role', newRole],
  [
    'an imported role of this account',
    (stack) => iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/r`),
  ],
  [
    'an imported user of this account',
    (stack) => iam.User.fromUserArn(stack, 'User', `arn:aws:iam::${ACCOUNT}:user/u`),
  ],
  ['a group', (stack) => new iam.Group(stack, 'Group')],
])('%s gets the statements without a warning', (_, granteeIn) => {
  const stack = stackOfAccount();
  reboot(stack).to(granteeIn(stack));
  expect(policyStatements(stack)).toEqual(REBOOT);
  expect(warningsOf(stack)).toEqual([]);
});

test('a function with an unknown role has the warning of CDK', () => {
  const stack = stackOfAccount();
  new s3.CfnBucket(stack, 'SomeResource');
  reboot(stack).to(
    lambda.Function.fromFunctionArn(stack, 'Function', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`),
  );
  expect(warningsOf(stack)).toEqual([
    expect.stringContaining('[ack: @aws-cdk/aws-iam:unknownPrincipalAddStatementToRole]'),
  ]);
});

describe('a construct that depends on the grant', () => {
  const cacheIn = (stack: Stack) => (
    new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' })
  );
  const dependsOn = (stack: Stack) => Template.fromStack(stack).toJSON().Resources.Cache.DependsOn;

  test('is deployed after all policies of the grant', () => {
    const stack = stackOfAccount();
    const grant = reboot(stack);
    grant.toRole(newRole(stack));
    cacheIn(stack).node.addDependency(grant);
    grant.toUser(new iam.User(stack, 'User'));
    grant.toManagedPolicies();
    expect(dependsOn(stack)).toEqual([
      'GrantManagedPolicy1949E90BA', 'RoleDefaultPolicy5FFB7DAB', 'UserDefaultPolicy1F97781E',
    ]);
  });

  test('has no dependency if the grant has no policy', () => {
    const stack = stackOfAccount();
    cacheIn(stack).node.addDependency(reboot(stack));
    expect(dependsOn(stack)).toBeUndefined();
  });
});

describe('a grant that is used several times', () => {
  test('is attached to roles of two stacks, with a bucket of a third', () => {
    const app = stackOfAccount().node.root as App;
    const [buckets, one, two] = ['Buckets', 'One', 'Two'].map((id) => (
      new Stack(app, id, { env: { account: ACCOUNT, region: 'eu-west-1' } })
    ));
    const bucket = new s3.Bucket(buckets, 'Bucket');
    const grant = new ElastiCacheAccessGrant(one, 'Grant', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [SnapshotSource.fromBucket(bucket, ['a.rdb'])],
    });
    new CfnResource(app.node.tryFindChild('Stack') as Stack, 'SomeResource', { type: 'AWS::SNS::Topic' });
    grant.toRole(newRole(one));
    grant.toRole(newRole(two));
    for (const stack of [one, two]) {
      const [create, read] = policyStatements(stack);
      expect(create).toEqual(allow('elasticache:CreateReplicationGroup', '*'));
      expect(read).toEqual(allow('s3:GetObject', {
        'Fn::Join': ['', [expect.anything(), '/a.rdb']],
      }));
      // By an export or, as newer versions do when asked to, by the other stack's output.
      expect(JSON.stringify(read.Resource)).toMatch(/"Fn::ImportValue":"Buckets:ExportsOutput|"StackName":"Buckets"/);
    }
  });

  test('is attached once if it is given to the same role again', () => {
    const stack = stackOfAccount();
    const role = newRole(stack);
    const grant = reboot(stack);
    grant.toRole(role);
    grant.toRole(role);
    expect(policyStatements(stack)).toEqual(REBOOT);
  });
});
