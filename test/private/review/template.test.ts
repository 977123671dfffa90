import { App, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Template } from '../../../src/private/review/template';

const DOCUMENT = { Version: '2012-10-17', Statement: [] };
const newStack = () => new Stack(new App(), 'Stack');
const propertiesOf = (resource: CfnResource) => new Template(resource.node.root).propertiesOf(resource);
const unread = Lazy.string({
  produce: () => {
    throw new Error('was resolved');
  },
});

class LeftOut extends CfnResource {
  protected shouldSynthesize(): boolean {
    return false;
  }
}

describe('the resources of some types', () => {
  test('are those of all stacks, in the order of the tree', () => {
    const app = new App();
    const [first, second] = ['B', 'A'].map((id) => new Stack(app, id));
    const user = new iam.CfnUser(second, 'User');
    const role = new iam.Role(first, 'Role', { assumedBy: new iam.AccountRootPrincipal() }).node.defaultChild;
    new s3.CfnBucket(first, 'Bucket');
    expect(new Template(app).resourcesOf(['AWS::IAM::User', 'AWS::IAM::Role'])).toEqual([role, user]);
  });
});

describe('a logical ID', () => {
  test('is of the resource in the same stack', () => {
    const app = new App();
    const [first, second] = ['A', 'B'].map((id) => new Stack(app, id));
    const users = [first, second].map((stack) => new iam.CfnUser(stack, 'User'));
    const roles = [first, second].map((stack) => new iam.CfnGroup(stack, 'Group'));
    const template = new Template(app);
    expect(roles.map((role) => template.referenced(role, 'User'))).toEqual(users);
    expect(template.referenced(roles[0], 'Group')).toBe(roles[0]);
  });

  test.each([['Other'], [undefined], [5], [{ Ref: 'User' }]])('is of no resource: %j', (logicalId) => {
    const user = new iam.CfnUser(newStack(), 'User');
    expect(new Template(user.node.root).referenced(user, logicalId)).toBeUndefined();
  });

  test('is of no resource in a stack that has none', () => {
    const app = new App();
    new iam.CfnUser(new Stack(app, 'A'), 'User');
    const elsewhere = new iam.CfnUser(newStack(), 'User');
    expect(new Template(app).referenced(elsewhere, 'User')).toBeUndefined();
  });
});

describe('the properties of a resource', () => {
  const role = (stack: Stack, props: Partial<iam.CfnRoleProps> = {}) => (
    new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: DOCUMENT, ...props }));

  test('of a policy are its document and its principals, and nothing else is resolved', () => {
    const stack = newStack();
    expect(propertiesOf(new iam.CfnPolicy(stack, 'Policy', {
      policyName: unread,
      policyDocument: DOCUMENT,
      roles: [role(stack).ref],
      users: ['a'],
      groups: ['b'],
    }))).toEqual({ PolicyDocument: DOCUMENT, Roles: [{ Ref: 'Role' }], Users: ['a'], Groups: ['b'] });
  });

  test('of a role without policies are its managed policies and its name, and nothing else is resolved', () => {
    expect(propertiesOf(role(newStack(), {
      assumeRolePolicyDocument: { Statement: unread },
      managedPolicyArns: ['arn:aws:iam::aws:policy/a'],
      roleName: 'app',
    }))).toEqual({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/a'], RoleName: 'app' });
  });

  test.each<[string, (stack: Stack) => CfnResource, object]>([
    [
      'a role with policies',
      (stack) => role(stack, { policies: [{ policyName: 'a', policyDocument: DOCUMENT }] }),
      { AssumeRolePolicyDocument: DOCUMENT, Policies: [{ PolicyName: 'a', PolicyDocument: DOCUMENT }] },
    ],
    [
      'a role with an override',
      (stack) => {
        const overridden = role(stack);
        overridden.addPropertyOverride('RoleName', 'app');
        return overridden;
      },
      { AssumeRolePolicyDocument: DOCUMENT, RoleName: 'app' },
    ],
    [
      'a policy with an override',
      (stack) => {
        const policy = new iam.CfnPolicy(stack, 'Policy', { policyName: 'a', policyDocument: DOCUMENT });
        policy.addPropertyOverride('Roles', ['b']);
        return policy;
      },
      { PolicyName: 'a', PolicyDocument: DOCUMENT, Roles: ['b'] },
    ],
    [
      'a managed policy',
      (stack) => new iam.CfnManagedPolicy(stack, 'Policy', { policyDocument: DOCUMENT, description: 'a' }),
      { PolicyDocument: DOCUMENT, Description: 'a' },
    ],
    [
      'a user',
      (stack) => new iam.CfnUser(stack, 'User', { userName: 'a', path: '/b/' }),
      { UserName: 'a', Path: '/b/' },
    ],
    [
      'a plain policy',
      (stack) => new CfnResource(stack, 'Policy', {
        type: 'AWS::IAM::Policy', properties: { PolicyName: 'a', PolicyDocument: DOCUMENT },
      }),
      { PolicyName: 'a', PolicyDocument: DOCUMENT },
    ],
    [
      'a plain role',
      (stack) => new CfnResource(stack, 'Role', {
        type: 'AWS::IAM::Role', properties: { AssumeRolePolicyDocument: DOCUMENT },
      }),
      { AssumeRolePolicyDocument: DOCUMENT },
    ],
    ['a plain resource without any', (stack) => new CfnResource(stack, 'User', { type: 'AWS::IAM::User' }), {}],
  ])('of %s are all that it has', (_, build, expected) => {
    expect(propertiesOf(build(newStack()))).toEqual(expected);
  });

  test('of a resource that the template leaves out are none', () => {
    expect(propertiesOf(new LeftOut(newStack(), 'User', { type: 'AWS::IAM::User' }))).toEqual({});
  });
});
