import { Aws, Stack } from 'aws-cdk-lib';
import { Permission } from '../../../src/private/model';
import { checkCondition } from '../../../src/private/resolve/conditions';
import { checkGlobalServices, checkTogether } from '../../../src/private/resolve/conditions-together';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack } from '../../harness';

type Given = [operator: string, key: string, values: string[]];

/** All that is said of conditions: what is wrong, and the warnings, each with its id. */
function said(check: (diagnostics: Diagnostics) => unknown): string[] {
  const diagnostics = new Diagnostics();
  const warnings: string[] = [];
  diagnostics.warning = (id, text) => { warnings.push(`${id}: ${text}`); };
  check(diagnostics);
  return [...diagnostics.errorTexts, ...warnings];
}
const checked = ([operator, key, values]: Given, diagnostics = new Diagnostics()) => (
  checkCondition(operator, key, values, (text) => text, diagnostics)!);
const together = (...conditions: Given[]) => (
  said((diagnostics) => checkTogether(conditions.map((one) => checked(one)), diagnostics)));
const alone = (...condition: Given) => said((diagnostics) => checked(condition, diagnostics));

const TEAM = 'aws:ResourceTag/team';
const exclude = (operators: string, key: string) => (
  `conditions ${operators} on ${key} exclude each other, so no request meets them: drop one, or make a grant for each`);
const neverMet = (operator: string, key: string, why: string) => (
  `condition ${operator} on ${key} is never met, since ${why}: drop it`);

test.each<[string, Given[], string[]]>([
  ['that fit', [['StringEquals', TEAM, ['a']], ['StringLike', TEAM, ['a*']]], []],
  ['on different keys', [['StringEquals', TEAM, ['a']], ['StringEquals', 'aws:ResourceTag/stage', ['b']]], []],
  ['that are listed twice', [['StringEquals', TEAM, ['a']], ['StringEquals', TEAM, ['b']]], [
    `condition StringEquals on ${TEAM} is listed twice: give one all the values that are allowed, or make a grant for `
    + 'each',
  ]],
  ['on two spellings of a key', [['StringEquals', TEAM, ['a']], ['StringEquals', 'aws:ResourceTag/Team', ['a']]], [
    `condition StringEquals is on ${TEAM} and on aws:ResourceTag/Team, which are the same key to IAM: use one of `
    + 'them',
  ]],
  ['that are listed twice, and never met', ['true', 'true'].map((value): Given => (
    ['Bool', 'aws:PrincipalIsAWSService', [value]])), [
    'condition Bool on aws:PrincipalIsAWSService is listed twice: give one all the values that are allowed, or make a '
    + 'grant for each',
  ]],
  ['that exclude each other', [['StringEquals', TEAM, ['a']], ['StringLike', TEAM, ['b*']]],
    [exclude('StringEquals and StringLike', TEAM)]],
  ['of which the first two, and the last two, exclude each other',
    [['StringEquals', TEAM, ['a']], ['StringNotEquals', TEAM, ['a']], ['StringEqualsIgnoreCase', TEAM, ['b']]], [
      exclude('StringEquals and StringNotEquals', TEAM), exclude('StringEquals and StringEqualsIgnoreCase', TEAM),
    ]],
  ['of which no two, but all three exclude each other', [
    ['StringLike', TEAM, ['a*', 'b*']], ['StringLikeIfExists', TEAM, ['b*', 'c*']], ['StringNotLike', TEAM, ['*b*']],
  ],
  [exclude('StringLike and StringLikeIfExists and StringNotLike', TEAM)]],
  ['of which one is never met', [['Null', 'aws:userid', ['true']], ['StringEquals', 'aws:userid', ['a']]],
    [neverMet('Null', 'aws:userid', 'every request has the key')]],
  ['that exclude every value', [['StringNotLike', 'aws:userid', ['*']]],
    [neverMet('StringNotLike', 'aws:userid', 'it excludes every value, and every request has the key')]],
  ['that exclude every value of a key that need not be there',
    [['ForAnyValue:StringNotLike', 'aws:TagKeys', ['*']]],
    [neverMet('ForAnyValue:StringNotLike', 'aws:TagKeys', 'it excludes every value')]],
  ['on the only value of a key', [['Bool', 'aws:PrincipalIsAWSService', ['true']]],
    [neverMet('Bool', 'aws:PrincipalIsAWSService', 'the key is "false" for every user and role')]],
])('conditions %s', (_, conditions, problems) => {
  expect(together(...conditions)).toEqual(problems);
});

const LENIENT = 'a request without aws:SourceVpc meets the condition StringNotEquals on it, and AWS supplies the key '
  + 'only ';

test('a condition that is met without its key has a warning, unless another one requires the key', () => {
  const negated: Given = ['StringNotEquals', 'aws:SourceVpc', ['vpc-1']];
  expect(together(negated)).toEqual([expect.stringMatching(
    `^lenientCondition: ${LENIENT}.+: make sure that all other requests may pass, or use an operator that requires `
    + 'the key$')]);
  expect(together(negated, ['Null', 'aws:SourceVpc', ['false']])).toEqual([]);
  expect(together(negated, ['StringNotLike', 'aws:SourceVpc', ['vpc-2*']])).toHaveLength(2);
  expect(together(['StringNotEquals', 'aws:userid', ['a']])).toEqual([]);
});

test('a condition that every request meets has a warning', () => {
  expect(alone('Null', 'aws:userid', ['false'])).toEqual([
    'conditionWithoutEffect: condition Null on aws:userid has no effect, since every request has the key: drop it',
  ]);
  expect(alone('Null', 'aws:userid', ['true'])).toEqual([]);
  expect(alone('Null', TEAM, ['false'])).toEqual([]);
  expect(alone('StringEquals', 'aws:userid', ['false'])).toEqual([]);
});

test('a negated condition that regards case has a warning where AWS ignores it', () => {
  const key = 'elasticache:CacheNodeType';
  expect(alone('StringNotEquals', key, ['a'])).toEqual([
    `caseSensitiveCondition: condition StringNotEquals on ${key}: AWS takes the value in any case, so what `
    + 'StringNotEquals excludes passes in other letters: use StringNotEqualsIgnoreCase, with whole values, or list '
    + 'what is allowed',
  ]);
  expect(alone('StringNotLike', key, ['a*'])).toHaveLength(1);
  expect(alone('StringNotEqualsIgnoreCase', key, ['a'])).toEqual([]);
  expect(alone('StringEquals', key, ['a'])).toEqual([]);
  expect(alone('StringNotEquals', TEAM, ['a'])).toEqual([]);
});

// Red if one name of ElastiCache is taken for both, or if a condition about other services has a warning.
test.each<[string, string[], string | undefined]>([
  ['ForAnyValue:StringEquals', ['elasticache.amazonaws.com'], '"elasticache.amazonaws.com"'],
  ['ForAnyValue:StringLike', ['ec.*'], '"ec.amazonaws.com"'],
  ['ForAllValues:StringNotEquals', ['ec.amazonaws.com'], '"ec.amazonaws.com"'],
  ['ForAnyValue:StringEquals', ['ec.amazonaws.com', 'elasticache.amazonaws.com'], undefined],
  ['ForAnyValue:StringEquals', ['cloudformation.amazonaws.com'], undefined],
  ['Null', ['false'], undefined],
])('%s on aws:CalledVia with %j', (operator, values, named) => {
  expect(alone(operator, 'aws:CalledVia', values)).toEqual(named === undefined ? [] : [
    `oneServiceName: condition ${operator} on aws:CalledVia has ${named}, but ElastiCache calls on as `
    + '"ec.amazonaws.com" or "elasticache.amazonaws.com": list both',
  ]);
});

const role: Permission = {
  operation: 'CreateReplicationGroup', action: 'iam:CreateServiceLinkedRole', resource: '*', reason: '', source: '',
};
const ofService = (action: string) => ({ ...role, action });
const inRegion = (region?: string) => newStack({ env: { region } });

const deniedIn = (stack: Stack, permissions: Permission[], ...conditions: Given[]) => (
  said((diagnostics) => checkGlobalServices(permissions, conditions.map((one) => checked(one)), stack, diagnostics)));

// Red if a Region is taken for one that IAM is called in, or the other way round.
test.each<[string, string | undefined, Given[], string | undefined]>([
  ['no condition', 'eu-west-1', [], undefined],
  ['a condition on another key', 'eu-west-1', [['StringEquals', 'aws:userid', ['eu-west-1']]], undefined],
  ['the Region of IAM', 'eu-west-1', [['StringEquals', 'aws:RequestedRegion', ['us-east-1']]], undefined],
  ['another Region', 'eu-west-1', [['StringEquals', 'aws:RequestedRegion', ['eu-west-1']]], 'us-east-1'],
  ['the Region of IAM elsewhere', 'cn-north-1', [['StringEquals', 'aws:RequestedRegion', ['us-east-1']]], 'cn-north-1'],
  ['any Region of IAM', undefined, [['StringEquals', 'aws:RequestedRegion', ['cn-north-1']]], undefined],
  ['none of IAM', undefined, [['StringEquals', 'aws:RequestedRegion', ['eu-west-1']]],
    'us-east-1 or cn-north-1 or us-gov-west-1'],
  ['a token', 'eu-west-1', [['StringEquals', 'aws:RequestedRegion', [Aws.REGION]]], undefined],
])('the service-linked role and, on the Region that is called, %s', (_, region, conditions, denied) => {
  expect(deniedIn(inRegion(region), [role], ...conditions)).toEqual(denied === undefined ? [] : [
    'condition StringEquals on aws:RequestedRegion would deny iam:CreateServiceLinkedRole, whose requests carry '
    + `${denied}, wherever they come from: allow that Region, or use a separate grant, without the condition, for what `
    + 'CREATE_REPLICATION_GROUP needs of iam',
  ]);
});

test('a stack that knows its partition, and not its Region, calls IAM there', () => {
  const stack = inRegion();
  Object.defineProperty(stack, 'partition', { value: 'aws-cn' });
  const condition: Given = ['StringEquals', 'aws:RequestedRegion', ['us-east-1']];
  expect(deniedIn(stack, [role], condition)[0]).toContain('whose requests carry cn-north-1, wherever');
});

test('a service with Regions is called in its own', () => {
  const condition: Given = ['StringEquals', 'aws:RequestedRegion', ['eu-west-1']];
  expect(deniedIn(inRegion('eu-west-1'), [ofService('s3:GetObject'), ofService('toString:A')], condition)).toEqual([]);
});

test('two conditions on the Region are named both', () => {
  const [error] = deniedIn(
    inRegion('eu-west-1'), [role],
    ['StringLike', 'aws:RequestedRegion', ['us-*']], ['StringNotEquals', 'aws:RequestedRegion', ['us-east-1']]);
  expect(error).toMatch(/^condition StringLike on aws:RequestedRegion and condition StringNotEquals on aws:Requested/);
});
