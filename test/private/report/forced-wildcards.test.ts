import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Permission } from '../../../src/private/model';
import { GivenPermissions, recordPermissions } from '../../../src/private/record';
import { forcedWildcardsOf, isIdentityPolicy } from '../../../src/private/report/forced-wildcards';
import { newStack } from '../../harness';

const given = (action: string, rest: Partial<Permission> = {}): Permission => (
  { operation: action.replace(/.*:/, ''), action, resource: '*', reason: '', source: 'https://example.com', ...rest });
const allow = (Action: unknown, Resource: unknown, rest: object = {}) => (
  { Effect: 'Allow', Action, Resource, ...rest });

/** What is forced in a policy of these statements, whose role was given these permissions. */
function forced(permissions: Permission[], statements: unknown, rest: Partial<GivenPermissions> = {}) {
  const stack = newStack();
  const role = new Construct(stack, 'Role');
  const policy = new CfnResource(role, 'Policy', { type: 'AWS::IAM::Policy' });
  (policy as any).policyDocument = { Statement: statements };
  recordPermissions({ grant: stack, recipient: role, permissions, isDelivered: true, ...rest });
  return forcedWildcardsOf(policy);
}

const [EVENTS, UPDATES] = ['DescribeEvents', 'DescribeServiceUpdates'].map((name) => `elasticache:${name}`);
const reasonOf = (action: string, operations: string, sources = 'https://example.com') => (
  `AWS authorizes ${action} on no narrower resource than *, which ${operations} needs (${sources})`);
const EVENTS_ON_ALL = { resource: '*', reason: reasonOf(EVENTS, 'DescribeEvents') };

describe('forced is', () => {
  test.each<[string, Permission[], unknown, object[]]>([
    ['an action without resource types', [given(EVENTS)], [allow(EVENTS, '*')], [EVENTS_ON_ALL]],
    ['one of a list', [given(EVENTS)], [allow([EVENTS], ['*', 'arn:x'])], [EVENTS_ON_ALL]],
    ['one of a statement that is no list', [given(EVENTS)], allow(EVENTS, '*'), [EVENTS_ON_ALL]],
    ['an action of another service', [given('s3:ListAllMyBuckets')], [allow('s3:ListAllMyBuckets', '*')], [
      { resource: '*', reason: reasonOf('s3:ListAllMyBuckets', 'ListAllMyBuckets') },
    ]],
    ['each action, in an order of its own', [given(UPDATES), given(EVENTS)], [allow([UPDATES, EVENTS], '*')], [
      { resource: '*', reason: `${EVENTS_ON_ALL.reason}; ${reasonOf(UPDATES, 'DescribeServiceUpdates')}` },
    ]],
    ['each action of several statements, once', [given(UPDATES), given(EVENTS)],
      [allow(UPDATES, '*'), allow(EVENTS, '*'), allow(EVENTS, '*')], [
        { resource: '*', reason: `${EVENTS_ON_ALL.reason}; ${reasonOf(UPDATES, 'DescribeServiceUpdates')}` },
      ]],
    ['what several operations need', [
      given(EVENTS, { operation: 'B', source: 'y' }), given(EVENTS, { operation: 'A', source: 'x' }),
      given(EVENTS, { operation: 'A', source: 'y' }), given(UPDATES, { operation: 'C', source: 'z' }),
    ], [allow(EVENTS, '*')], [{ resource: '*', reason: reasonOf(EVENTS, 'A, B', 'x, y') }]],
    ['what stands beside a Deny', [given(EVENTS)], [allow(EVENTS, '*'), allow('s3:*', '*', { Effect: 'Deny' })],
      [EVENTS_ON_ALL]],
    ['no statement without resources', [given(EVENTS)], [allow(EVENTS, undefined, { NotResource: 'x' })], []],
    ['one beside a resource that is none', [given(EVENTS)], [allow(EVENTS, [null, '*'])], [EVENTS_ON_ALL]],
    ['no resource without a wildcard', [given(EVENTS)], [allow(EVENTS, 'arn:x')], []],
    ['no action that has narrower resources', [given('elasticache:DescribeUsers')],
      [allow('elasticache:DescribeUsers', '*')], []],
    ['no action of another service that has narrower resources', [given('s3:GetObject')],
      [allow('s3:GetObject', '*')], []],
    ['no action of a name that ElastiCache has elsewhere', [given('s3:DescribeEvents')],
      [allow('s3:DescribeEvents', '*')], []],
    ['no action that is not known', [given('elasticache:Thaw')], [allow('elasticache:Thaw', '*')], []],
    ['no action that was not given', [given(EVENTS)], [allow(UPDATES, '*')], []],
    ['none beside an action that was not given', [given(EVENTS)], [allow([EVENTS, 's3:GetObject'], '*')], []],
    ['none beside an action that was not given in another statement', [given(EVENTS)],
      [allow(EVENTS, '*'), allow('s3:GetObject', '*')], []],
    ['none beside all actions but some', [given(EVENTS)],
      [allow(EVENTS, '*'), allow(undefined, '*', { NotAction: 's3:GetObject' })], []],
    ['nothing where nothing was given', [], [allow(EVENTS, '*')], []],
    ['nothing in a policy without statements', [given(EVENTS)], undefined, []],
  ])('%s', (_, permissions, statements, expected) => {
    expect(forced(permissions, statements)).toEqual(expected);
  });

  test('what was given to the principal that the policy is below', () => {
    for (const recipient of ['somebody', new Construct(newStack(), 'Other')]) {
      expect(forced([given(EVENTS)], [allow(EVENTS, '*')], { recipient })).toEqual([]);
    }
  });
});

describe('a wildcard in an ARN that AWS has itself is forced', () => {
  const ACTION = 'iam:CreateServiceLinkedRole';
  const role = 'role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache*';
  const REASON = 'the ARN is AWS\'s own, as its guide has it: iam:CreateServiceLinkedRole creates ElastiCache\'s '
    + 'service-linked role where the account has none (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/'
    + 'using-service-linked-roles.html)';

  test.each<[unknown, string]>([
    [`arn:aws:iam::*:${role}`, `arn:aws:iam::*:${role}`],
    [`arn:\${AWS::Partition}:iam::*:${role}`, `arn:<AWS::Partition>:iam::*:${role}`],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::*:${role}`]] },
      `arn:<AWS::Partition>:iam::*:${role}`],
    [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'iam', '', '*', role]] },
      `arn:<AWS::Partition>:iam::*:${role}`],
    [{ 'Fn::Join': ['', ['arn:', { 'Fn::GetAtt': ['A', 'B'] }, `:iam::*:${role}`]] }, `arn:<A.B>:iam::*:${role}`],
  ])('in %j', (resource, written) => {
    expect(forced([given(ACTION)], [allow(ACTION, resource)])).toEqual([{ resource: written, reason: REASON }]);
  });

  test.each<[unknown]>([
    [`arn:aws:iam::111122223333:${role}`], [`arn:aws:s3::*:${role}`], [`x:aws:iam::*:${role}`],
    [`arn:aws:iam::*:${role}:x`],
    ['arn:aws:iam::*:role/*'], [{ 'Fn::Sub': `arn:aws:iam::*:${role}` }],
  ])('but not in %j', (resource) => {
    expect(forced([given(ACTION)], [allow(ACTION, resource)])).toEqual([]);
  });

  test('but not where a row of another action, or of no such wildcard, has it', () => {
    const subnets = 'arn:aws:ec2:eu-west-1:111122223333:subnet/*';
    expect(forced([given('ec2:CreateVpcEndpoint')], [allow('ec2:CreateVpcEndpoint', subnets)])).toEqual([]);

    expect(forced([given('iam:PassRole')], [allow('iam:PassRole', `arn:aws:iam::*:${role}`)])).toEqual([]);
  });

  test('with the account and the Region that a deployment fills in', () => {
    const resource = 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-endpoint/*';
    const [{ reason, ...rest }] = forced([given('ec2:CreateTags')], [allow('ec2:CreateTags', resource)]);
    expect(rest).toEqual({ resource: 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:vpc-endpoint/*' });
    expect(reason).toMatch(/^the ID of an endpoint is only known once it is created: ec2:CreateTags tags the cache's/);
  });
});

test('nothing is forced in a policy without a document', () => {
  const stack = newStack();
  const policy = new CfnResource(stack, 'Policy', { type: 'AWS::IAM::Policy' });
  recordPermissions({ grant: stack, recipient: stack, permissions: [given(EVENTS)], isDelivered: true });
  expect(forcedWildcardsOf(policy)).toEqual([]);
});

test.each([
  ['AWS::IAM::Policy', true], ['AWS::IAM::ManagedPolicy', true], ['AWS::IAM::Role', false],
  ['AWS::S3::BucketPolicy', false],
])('that %s is a policy of a principal is %s', (type, expected) => {
  expect(isIdentityPolicy(new CfnResource(new Stack(), 'Resource', { type }))).toBe(expected);
  expect(isIdentityPolicy(new Stack())).toBe(false);
});
