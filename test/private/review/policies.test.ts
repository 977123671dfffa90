import { CfnResource } from 'aws-cdk-lib';
import { policiesOf } from '../../../src/private/review/policies';
import { Template } from '../../../src/private/review/template';
import { newStack } from '../../harness';

/** The resources of a template, by their logical IDs: the type, and the properties. */
type Resources = Record<string, [type: string, properties?: object]>;

/** The policies of a template that have statements, each by its resource, its name, and what its statements are on. */
function policies(resources: Resources): { readonly all: string[]; readonly together: string[][] } {
  const stack = newStack();
  for (const [id, [type, properties = {}]] of Object.entries(resources)) {
    new CfnResource(stack, id, { type: `AWS::${type}`, properties: { ...properties } }).overrideLogicalId(id);
  }
  const { all, together } = policiesOf(new Template(stack.node.root));
  const inWords = (some: typeof all) => some.filter(({ statements }) => statements.length > 0)
    .map(({ construct, name, statements }) => [
      construct.node.id, ...name === undefined ? [] : [name],
      ...statements.flatMap((one) => one.resources!.map(({ shown }) => shown)),
    ].join(' '));
  return { all: inWords(all), together: together.map(inWords).filter((some) => some.length > 0) };
}

const document = (...names: string[]) => ({
  Version: '2012-10-17', Statement: names.map((Resource) => ({ Effect: 'Allow', Action: 'a:B', Resource })),
});
const has = (name: string, properties: object = {}) => ({ PolicyDocument: document(name), ...properties });
const inline = (name: string, properties: object = {}) => ({ Policies: [has(name)], ...properties });

describe('the policies of an app are', () => {
  test.each<[string, Resources, string[]]>([
    ['those of principals, with their names', {
      Role: ['IAM::Role', { Policies: [has('x', { PolicyName: 'a' }), has('y')] }],
      User: ['IAM::User', inline('z')],
      Group: ['IAM::Group', inline('z')],
    }, ['Role a x', 'Role y', 'User z', 'Group z']],
    ['those with a name that only the deployment knows', {
      Role: ['IAM::Role', inline('x', { PolicyName: { Ref: 'Name' } })],
    }, ['Role x']],
    ['those of their own', {
      A: ['IAM::Policy', { PolicyDocument: document('a', 'b') }],
      B: ['IAM::ManagedPolicy', has('c')],
      C: ['IAM::RolePolicy', has('d')],
      D: ['IAM::UserPolicy', has('e')],
      E: ['IAM::GroupPolicy', has('f')],
    }, ['A a b', 'B c', 'C d', 'D e', 'E f']],
    ['those of permission sets', { Set: ['SSO::PermissionSet', { InlinePolicy: document('a') }] }, ['Set a']],
    ['those that are text', { Set: ['SSO::PermissionSet', { InlinePolicy: JSON.stringify(document('a')) }] },
      ['Set a']],
    ['service control policies', {
      Policy: ['Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY', Content: document('a') }],
    }, ['Policy a']],
    ['none of an organization that are something else', {
      Policy: ['Organizations::Policy', { Type: 'TAG_POLICY', Content: document('a') }],
    }, []],
    ['none of other resources', { Topic: ['SNS::TopicPolicy', has('a')] }, []],
  ])('%s', (_, resources, expected) => {
    expect(policies(resources).all).toEqual(expected);
  });
});

describe('together are the policies', () => {
  test.each<[string, Resources, string[][]]>([
    ['of each principal', {
      Role: ['IAM::Role', { Policies: [has('a'), has('b')] }],
      User: ['IAM::User', inline('c')],
      Set: ['SSO::PermissionSet', { InlinePolicy: document('d') }],
    }, [['Role a', 'Role b'], ['User c'], ['Set d']]],
    ['that name a principal by reference', {
      Role: ['IAM::Role', inline('a')],
      User: ['IAM::User', inline('b')],
      Group: ['IAM::Group', inline('c')],
      OfAll: ['IAM::ManagedPolicy', has('d', {
        Roles: [{ Ref: 'Role' }], Users: [{ Ref: 'User' }], Groups: [{ Ref: 'Group' }],
      })],
      OfRole: ['IAM::RolePolicy', has('e', { RoleName: { Ref: 'Role' } })],
      OfUser: ['IAM::UserPolicy', has('f', { UserName: { Ref: 'User' } })],
      OfGroup: ['IAM::GroupPolicy', has('g', { GroupName: { Ref: 'Group' } })],
    }, [['Role a', 'OfAll d', 'OfRole e'], ['User b', 'OfAll d', 'OfUser f'], ['Group c', 'OfAll d', 'OfGroup g']]],
    ['that name a principal by its name', {
      Role: ['IAM::Role', inline('a', { RoleName: 'app' })],
      User: ['IAM::User', inline('b', { UserName: 'app' })],
      Other: ['IAM::Role', inline('c', { RoleName: 'other' })],
      Policy: ['IAM::Policy', has('d', { Roles: ['app'] })],
    }, [['Role a', 'Policy d'], ['User b'], ['Other c']]],
    ['that a principal names', {
      Role: ['IAM::Role', inline('a', { ManagedPolicyArns: [{ Ref: 'Policy' }] })],
      Set: ['SSO::PermissionSet', { InlinePolicy: document('b'), ManagedPolicies: [{ Ref: 'Policy' }] }],
      Policy: ['IAM::ManagedPolicy', has('c')],
    }, [['Role a', 'Policy c'], ['Set b', 'Policy c']]],
    ['that are attached to nobody yet', {
      Role: ['IAM::Role', inline('a')],
      One: ['IAM::ManagedPolicy', has('b')],
      Other: ['IAM::ManagedPolicy', has('c', { Roles: [] })],
    }, [['Role a'], ['One b', 'Other c']]],
    ['but for those of principals that are not in the app', {
      Policy: ['IAM::Policy', has('a', { Roles: ['app', { Ref: 'Name' }, { 'Fn::ImportValue': 'Role' }] })],
      OfUser: ['IAM::UserPolicy', has('b', { UserName: { 'Fn::ImportValue': 'User' } })],
      Other: ['IAM::ManagedPolicy', has('c')],
    }, [['Other c']]],
    ['but for those that name what is no principal', {
      Topic: ['SNS::Topic'],
      Policy: ['IAM::Policy', has('a', { Roles: [{ Ref: 'Topic' }, { Ref: 'Policy' }] })],
    }, []],
    ['but for those of organizations', {
      Policy: ['Organizations::Policy', { Type: 'SERVICE_CONTROL_POLICY', Content: document('a') }],
    }, []],
  ])('%s', (_, resources, expected) => {
    expect(policies(resources).together).toEqual(expected);
  });
});

describe('policies are not judged together where', () => {
  const unknown = { PolicyDocument: { 'Fn::ImportValue': 'Document' } };

  test.each<[string, Resources]>([
    ['a user is in groups', { User: ['IAM::User', inline('a', { Groups: ['app'] })] }],
    ['a permission set has policies of the account', {
      Set: ['SSO::PermissionSet', { InlinePolicy: document('a'), CustomerManagedPolicyReferences: [{ Name: 'app' }] }],
    }],
    ['an inline policy is only known at deployment', { Role: ['IAM::Role', { Policies: [has('a'), unknown] }] }],
    ['all inline policies are only known at deployment', {
      Role: ['IAM::Role', { Policies: { 'Fn::If': ['Some', [has('a')], []] }, ManagedPolicyArns: [{ Ref: 'Policy' }] }],
      Policy: ['IAM::ManagedPolicy', has('a')],
    }],
    ['an inline policy is null', { Role: ['IAM::Role', { Policies: [has('a'), { PolicyDocument: 'null' }] }] }],
    ['a text is no JSON', { Role: ['IAM::Role', { Policies: [has('a'), { PolicyDocument: '{' }] }] }],
    ['an attached policy is only known at deployment', {
      Role: ['IAM::Role', inline('a')], Policy: ['IAM::Policy', { ...unknown, Roles: [{ Ref: 'Role' }] }],
    }],
    ['a managed policy is only known at deployment', {
      Role: ['IAM::Role', inline('a', { ManagedPolicyArns: [{ Ref: 'Policy' }] })],
      Policy: ['IAM::ManagedPolicy', unknown],
    }],
    ['a policy of nobody is only known at deployment', {
      One: ['IAM::ManagedPolicy', has('a')], Other: ['IAM::ManagedPolicy', unknown],
    }],
    ['one managed policy of two is of the account', {
      Role: ['IAM::Role', inline('a', {
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess', 'arn:aws:iam::111122223333:policy/app'],
      })],
    }],
    ...[
      'arn:aws:iam::aws:policy/AmazonElastiCacheFullAccess',
      'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess',
      'arn:aws:iam::111122223333:policy/app',
      'arn:aws:iam::aws:policy/',
      { 'Fn::ImportValue': 'Policy' },
      { Ref: 'Parameter' },
      { 'Fn::Join': ['', { 'Fn::Split': [',', 'a'] }] },
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
      { 'Fn::Join': ['', ['arn:aws:iam::aws:policy/', { Ref: 'Name' }]] },
    ].map((arn): [string, Resources] => [
      `a managed policy is ${JSON.stringify(arn)}`,
      { Role: ['IAM::Role', inline('a', { ManagedPolicyArns: [arn] })] },
    ]),
  ])('%s', (_, resources) => {
    expect(policies(resources).together).toEqual([]);
  });

  test.each([
    'arn:aws:iam::aws:policy/AmazonS3FullAccess',
    'arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    'arn:aws:iam::aws:policy/a/b/Some',
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonS3FullAccess']] },
  ])('but where a managed policy of AWS has nothing of ElastiCache: %j', (arn) => {
    const resources: Resources = { Role: ['IAM::Role', inline('a', { ManagedPolicyArns: [arn] })] };
    expect(policies(resources).together).toEqual([['Role a']]);
  });
});

test.each<[string, Resources]>([
  ['managed policies', { Role: ['IAM::Role', { ManagedPolicyArns: [null, 5] }] }],
  ['inline policies', { Role: ['IAM::Role', { Policies: [null, 5] }] }],
  ['an inline policy that is no list', { Role: ['IAM::Role', { Policies: has('a') }] }],
  ['principals', { Policy: ['IAM::Policy', has('a', { Roles: [null, 5] })] }],
])('%s of an odd form make no error', (_, resources) => {
  expect(() => policies(resources)).not.toThrow();
});
