import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ElastiCacheGuardrail, ElastiCacheGuardrailRule as Rule, ElastiCacheOperation as Operation,
} from '../../src';
import { messageOf, MINIMIZE, newRole, newStack, UNCHECKED, warningsOf } from '../harness';
import { deny, guardrailOf } from '../support/guardrails';

const rules = [Rule.onlyRegions(['eu-west-1']), Rule.noExports()];
const STATEMENTS = [
  deny('elasticache:*', '*', {
    Null: { 'aws:RequestedRegion': 'false' }, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' },
  }),
  deny(['elasticache:CopySnapshot', 'elasticache:Export*'], '*'),
];
const resourcesOf = (stack: Stack) => Template.fromStack(stack).toJSON().Resources;

test('nothing is made before it is asked for', () => {
  const stack = newStack({ context: UNCHECKED });
  guardrailOf(rules, undefined, stack);
  expect(resourcesOf(stack)).toBeUndefined();
});

describe.each([[false], [true]])('with minimizePolicies %s', (minimize) => {
  const contextOf = { context: { [MINIMIZE]: minimize } };

  test('a service control policy denies what the rules do', () => {
    const stack = newStack(contextOf);
    guardrailOf(rules, undefined, stack).toServiceControlPolicy(['r-ab12', 'ou-ab12-cdef3456', '111122223333']);
    expect(resourcesOf(stack)).toEqual({
      GuardrailServiceControlPolicy41F7681B: {
        Type: 'AWS::Organizations::Policy',
        Properties: {
          Name: 'Stack-Guardrail-2843DE38',
          Type: 'SERVICE_CONTROL_POLICY',
          Content: { Version: '2012-10-17', Statement: STATEMENTS },
          TargetIds: ['111122223333', 'ou-ab12-cdef3456', 'r-ab12'],
        },
      },
    });
  });

  test('a permissions boundary allows all else', () => {
    const stack = newStack(contextOf);
    const role = newRole(stack);
    iam.PermissionsBoundary.of(role).apply(guardrailOf(rules, undefined, stack).toPermissionsBoundary());
    const { GuardrailPermissionsBoundary29447E3E: boundary, ...others } = resourcesOf(stack) as any;
    expect(boundary).toEqual({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Description: '',
        Path: '/',
        PolicyDocument: {
          Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, ...STATEMENTS],
        },
      },
    });
    expect(Object.values<any>(others).map(({ Type, Properties }) => [Type, Properties.PermissionsBoundary])).toEqual([
      ['AWS::IAM::Role', { Ref: 'GuardrailPermissionsBoundary29447E3E' }],
    ]);
  });
});

test('each policy is made once, and targets add up', () => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, undefined, stack);
  const policy = guardrail.toServiceControlPolicy();
  expect(policy.targetIds).toBeUndefined();
  expect(guardrail.toServiceControlPolicy(['r-ab12'])).toBe(policy);
  expect(guardrail.toServiceControlPolicy(['111122223333'])).toBe(policy);
  expect(policy.targetIds).toEqual(['111122223333', 'r-ab12']);
  expect(guardrail.toServiceControlPolicy(['r-ab12', '111122223333'])).toBe(policy);
  expect(guardrail.toServiceControlPolicy()).toBe(policy);
  expect(policy.targetIds).toEqual(['111122223333', 'r-ab12']);
  expect(guardrail.toPermissionsBoundary()).toBe(guardrail.toPermissionsBoundary());
});

test('a document and statements are new at each call', () => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, undefined, stack);
  guardrail.statements[0].addActions('s3:*');
  guardrail.toPolicyDocument().addStatements(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  expect(stack.resolve(guardrail.toPolicyDocument())).toEqual({ Version: '2012-10-17', Statement: STATEMENTS });
});

test('what depends on the guardrail waits for its policies', () => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, undefined, stack);
  guardrail.toServiceControlPolicy();
  newRole(stack).node.addDependency(guardrail);
  const role: any = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))[0];
  expect(role.DependsOn).toEqual(['GuardrailServiceControlPolicy41F7681B']);
});

test.each([
  [['x', 'ou-ab12'], `Stack/Guardrail: 2 problems:
- targetIds has "x", which is no account, organizational unit or root: expected an ID such as "111122223333", \
"ou-ab12-cdef3456" or "r-ab12"
- targetIds has "ou-ab12", which is no account, organizational unit or root: expected an ID such as "111122223333", \
"ou-ab12-cdef3456" or "r-ab12"`],
  [[], 'Stack/Guardrail: targetIds is empty: list at least one, or drop it to attach the policy elsewhere'],
])('targets %j are refused', (targets, message) => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, undefined, stack);
  expect(messageOf(() => guardrail.toServiceControlPolicy(targets))).toBe(message);
  expect(resourcesOf(stack)).toBeUndefined();
});

test('targets that are added must be some, and a list', () => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, undefined, stack);
  const policy = guardrail.toServiceControlPolicy(['r-ab12']);
  expect(messageOf(() => guardrail.toServiceControlPolicy([])))
    .toBe('Stack/Guardrail: targetIds is empty: list at least one, or drop it to attach the policy elsewhere');
  expect(messageOf(() => guardrail.toServiceControlPolicy('ou-ab12-cdef3456' as any)))
    .toBe('Stack/Guardrail: targetIds is "ou-ab12-cdef3456": expected a list of texts, such as ["ou-ab12-cdef3456"]');
  expect(policy.targetIds).toEqual(['r-ab12']);
});

describe('limits', () => {
  const EXEMPT = ['arn:aws:iam::*:role/platform-*'];
  const seven = (...others: Rule[]) => [
    Rule.onlyNodeTypes(['cache.t4g.*', 'cache.m7g.large', 'cache.m7g.xlarge']), Rule.encryptedInTransit(),
    Rule.encryptedAtRest(), Rule.requireTags(['team', 'cost-center']), Rule.onlyRegions(['eu-west-1', 'eu-central-1']),
    ...others,
  ];

  test.each<[string, Rule[]]>([
    ['engines and exports', [Rule.onlyEngines(['valkey']), Rule.noExports()]],
    ['users and protected resources', [Rule.onlyIamUsers(), Rule.protectTagged('environment', ['prod'])]],
    ['kept tags and reserved nodes', [
      Rule.keepTags(['team', 'cost-center']), Rule.denyOperations([Operation.PURCHASE_RESERVED_CACHE_NODES_OFFERING]),
    ]],
    ['sizes and a freeze', [
      Rule.limitSize({ shards: 10, replicasPerShard: 2, snapshotRetentionDays: 35 }), Rule.denyMatching('Delete*'),
    ]],
    ['keys and parameter groups', [
      Rule.onlyKeys(['1234abcd-12ab-34cd-56ef-1234567890ab']), Rule.onlyParameterGroups(['default.*']),
    ]],
  ])('seven everyday rules, with two required tags and one exempt pattern, fit: %s', (_, others) => {
    const stack = newStack({ context: UNCHECKED });
    const { content } = guardrailOf(seven(...others), EXEMPT, stack).toServiceControlPolicy();
    expect(JSON.stringify(stack.resolve(content)).length).toBeLessThanOrEqual(5120);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('what is too large is refused with the size of each rule', () => {
    const guardrail = guardrailOf([
      ...seven(Rule.onlyEngines(['valkey']), Rule.onlyIamUsers()), Rule.limitSize({ shards: 10, dataStorageGb: 100 }),
      Rule.requireTagValues('environment', ['prod', 'test']),
    ], EXEMPT);
    const message = (limit: string, kind: string, size: string) => `Stack/Guardrail: the guardrail has ${size} `
      + `characters, white space not counted, and ${kind} may have ${limit}: divide its rules among several `
      + 'guardrails, each with a policy of its own. By rule: requireTags 2,563, requireTagValues 1,352, limitSize 651, '
      + 'onlyIamUsers 514, encryptedInTransit 508, onlyNodeTypes 341, encryptedAtRest 312, onlyRegions 249, '
      + 'onlyEngines 245';
    expect(messageOf(() => guardrail.toServiceControlPolicy()))
      .toBe(message('5,120', 'a service control policy', '6,773'));
    expect(messageOf(() => guardrail.toPermissionsBoundary()))
      .toBe(message('6,144', 'a permissions boundary', '6,820'));
    expect(messageOf(() => guardrail.toPolicyDocument(1000))).toBe(message('1,000', 'the document', '6,773'));
  });

  test('`*` takes the place of ARNs where that denies the same, but only if the statements do not fit', () => {
    const stack = newStack({ context: UNCHECKED });
    const guardrail = guardrailOf([Rule.onlyEngines(['valkey'])], undefined, stack);
    const sizeOf = (limit: number) => JSON.stringify(stack.resolve(guardrail.toPolicyDocument(limit))).length;
    const full = sizeOf(5120);
    const { Statement: [statement] } = stack.resolve(guardrail.toPolicyDocument(full - 1));
    expect(sizeOf(full)).toBe(full);
    expect(statement).toEqual(deny('elasticache:*', '*', {
      Null: { 'elasticache:EngineType': 'false' }, StringNotEqualsIgnoreCase: { 'elasticache:EngineType': 'valkey' },
    }));
    const short = sizeOf(full - 1);
    expect(sizeOf(short)).toBe(short);
    expect(() => guardrail.toPolicyDocument(short - 1)).toThrow('may have');
  });

  test.each([[0], [-1], [Number.NaN]])('a limit of %d is refused', (limit) => {
    expect(messageOf(() => guardrailOf(rules).toPolicyDocument(limit)))
      .toBe(`Stack/Guardrail: maxCharacters is ${limit}: expected a number above 0, such as 6144`);
  });
});

describe('exempt principals', () => {
  test.each([
    'arn:aws:iam::111122223333:role/service/admin', 'arn:*:iam::*:role/platform-*', 'arn:aws:iam::111122223333:user/a',
    'arn:aws-cn:iam::111122223333:root', 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*',
    'arn:aws:iam::${aws:PrincipalAccount}:role/a', 'arn:aws:sts::111122223333:federated-user/a',
  ])('%s is accepted', (principal) => {
    const [{ conditions }] = guardrailOf(rules, [principal]).statements;
    expect(conditions.ArnNotLike).toEqual({ 'aws:PrincipalArn': principal });
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/a/b', 'is the ARN of a session, which aws:PrincipalArn never is: pass the '
      + 'ARN of the role, which stands for all its sessions'],
    ['arn:*:iam::*:*', 'is every principal, so that nothing would be denied: expected those that are exempt'],
    ['*', 'is no ARN: expected the ARN of a role or user, or a pattern, such as "arn:aws:iam::*:role/platform-*"'],
    ...[
      'arn:aws:iam::1:role/a', 'arn:aws:s3:::a', 'arn:aws:iam:eu-west-1:111122223333:role/a',
      'arn:aws:iam::111122223333:a',
    ].map((arn) => [arn, 'is not the ARN of a principal: expected the ARN of a role or user, or a pattern, such as '
      + '"arn:aws:iam::*:role/platform-*"']),
  ])('%s is refused', (principal, problem) => {
    expect(messageOf(() => guardrailOf(rules, [principal])))
      .toBe(`Stack/Guardrail: exceptPrincipals[0] "${principal}" ${problem}`);
  });

  test('an empty list is refused', () => {
    expect(messageOf(() => guardrailOf(rules, [])))
      .toBe('Stack/Guardrail: exceptPrincipals is empty: list at least one, or drop it');
  });

  test('the role of an app is exempt by its ARN, whose length is bounded', () => {
    const stack = newStack({ context: UNCHECKED });
    const role = newRole(stack);
    const guardrail = new ElastiCacheGuardrail(stack, 'Guardrail', { rules, exceptPrincipals: [role.roleArn] });
    const logicalId = stack.getLogicalId(role.node.defaultChild as iam.CfnRole);
    expect(stack.resolve(guardrail.statements[1].conditions)).toEqual({
      ArnNotLike: { 'aws:PrincipalArn': { 'Fn::GetAtt': [logicalId, 'Arn'] } },
    });
  });

  test.each<[string, Rule[], string]>([
    ['one rule', [Rule.denyMatching('C*')], 'denyMatching also denies'],
    ['several', [
      Rule.denyOperations([Operation.CONNECT]), Rule.protectTagged('stage', ['prod'], [Operation.CONNECT]),
    ],
    'denyOperations and protectTagged also deny'],
  ])('nobody is exempt from a denied connection: a warning, for %s', (_, denying, beginning) => {
    const stack = newStack({ context: UNCHECKED });
    guardrailOf(denying, ['arn:aws:iam::*:role/platform-*'], stack);
    expect(warningsOf(stack)).toEqual([
      `${beginning} CONNECT to the principals of exceptPrincipals, since AWS supplies no aws:PrincipalArn to it: use a `
      + 'guardrail without exceptPrincipals for it, or acknowledge this warning '
      + '[ack: cdk-elasticache-grants:nobodyExempt.Connect]',
    ]);
  });

  test('no warning where nobody is meant to be exempt, or no connection is denied', () => {
    const stack = newStack({ context: UNCHECKED });
    guardrailOf([Rule.denyMatching('*')], undefined, stack);
    new ElastiCacheGuardrail(stack, 'Other', {
      rules: [Rule.onlyRegions(['eu-west-1']), Rule.onlyNodeTypes(['cache.t4g.micro'])],
      exceptPrincipals: ['arn:aws:iam::*:role/platform-*'],
    });
    expect(warningsOf(stack)).toEqual([]);
  });
});
