import { Aws, Fn, Lazy } from 'aws-cdk-lib';
import { checkArnName, resourceArn, typedArn } from '../../../src/private/resolve/resource-arns';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { messageOf, newStack } from '../../harness';

const stack = newStack();
const HERE = {
  method: 'ElastiCacheResource.replicationGroup',
  scope: newStack({ env: { region: 'eu-west-1', account: '111122223333' } }),
};

function arnSuffix(name: string, place: { region?: string; account?: string } = {}): string {
  const diagnostics = new Diagnostics();
  const { arn } = resourceArn('replicationgroup', name, place, HERE, diagnostics)!;
  diagnostics.report(stack);
  return stack.resolve(arn)['Fn::Join'][1].slice(2).join('');
}

function typeOf(arn: string): string | undefined {
  const diagnostics = new Diagnostics();
  const typed = typedArn(arn, stack, diagnostics);
  diagnostics.report(stack);
  return typed?.type;
}

test.each([
  'a',
  'prod-*',
  'a.b_c:d-1',
  '?',
  '*',
  '${aws:PrincipalTag/Team}-1',
  'a-${aws:PrincipalTag/Team}-${aws:username}',
  'arns',
  'my-arn:a',
])('a resource name may be %s', (name) => {
  expect(arnSuffix(name)).toBe(`:elasticache:eu-west-1:111122223333:replicationgroup:${name}`);
});

test.each(['', 'a b', ' a', 'a\n', 'a/b', 'a$', 'a}', 'ä'])('a resource name may not be %j', (name) => {
  expect(messageOf(() => arnSuffix(name)))
    .toBe(`Stack: ElastiCacheResource.replicationGroup: name ${JSON.stringify(name)} is not valid: expected `
      + 'lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards');
});

test.each(['eu-west-1', '*', 'eu-*', 'us-gov-west-?'])('a Region may be %s', (region) => {
  expect(typeOf(`arn:aws:elasticache:${region}:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each([
  '', ' eu-west-1', 'eu-west-1 ', 'EU-WEST-1', 'eu_west_1', 'eu-west-1\n',
])('a Region may not be %j', (region) => {
  expect(messageOf(() => arnSuffix('a', { region }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: region ${JSON.stringify(region)} is not a Region: expected one `
    + 'such as "eu-west-1", or "*" for any',
  );
});

test.each(['111122223333', '*'])('an account may be %s', (account) => {
  expect(typeOf(`arn:aws:elasticache:eu-west-1:${account}:replicationgroup:a`)).toBe('replicationgroup');
});

test.each([
  '', '11112222333', '1111222233334', 'a111122223333', '111122223333a', '**', '*1', '1*', '111122223333\n',
])('an account may not be %j', (account) => {
  expect(messageOf(() => arnSuffix('a', { account }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: account ${JSON.stringify(account)} is not an account ID: expected `
    + '12 digits, or "*" for any',
  );
});

test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('a partition may be %s', (partition) => {
  expect(typeOf(`arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each(['', '*', 'aws1', 'my-aws', ' aws', 'AWS', 'aws\n'])('a partition may not be %j', (partition) => {
  const arn = `arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`;
  expect(messageOf(() => typeOf(arn)))
    .toBe(`Stack: ElastiCacheResource.fromArn: ${JSON.stringify(arn)} is not the ARN of an ElastiCache resource: `
      + `${JSON.stringify(partition)} is not a partition; expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME`);
});

test('a partition, a Region and an account may be tokens', () => {
  expect(typeOf(`arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:replicationgroup:a`))
    .toBe('replicationgroup');
  const diagnostics = new Diagnostics();
  resourceArn('replicationgroup', 'a', { region: Aws.REGION, account: Aws.ACCOUNT_ID }, HERE, diagnostics);
  expect(() => diagnostics.report(stack)).not.toThrow();
});

const refusals = (arn: string) => {
  const diagnostics = new Diagnostics();
  expect(typedArn(arn, stack, diagnostics)).toBeUndefined();
  return diagnostics.errorTexts.map((text) => (
    /is not the ARN of an ElastiCache resource: (.*); expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME$/
      .exec(text)![1]));
};
const HEAD = 'arn:aws:elasticache:eu-west-1:111122223333';
const LATE = 'its type is only known at deployment: use the static of its type, with the construct, such as '
  + 'ElastiCacheResource.fromReplicationGroup, or with its name, such as ElastiCacheResource.user';

test.each<[string, string]>([
  ['', 'it is not an ARN'],
  ['arn', 'it is not an ARN'],
  ['arn:aws:elasticache', 'it is not an ARN'],
  ['arn:aws:elasticache:eu-west-1', 'it is not an ARN'],
  [HEAD, 'it is not an ARN'],
  [`my-${HEAD}:user:a`, 'it is not an ARN'],
  [Fn.importValue('Arn'), LATE],
  ['arn:aws:iam:eu-west-1:111122223333:user:a', 'its service is "iam"'],
  [`${HEAD}:user/a`, 'type and name are separated by ":", never by "/"'],
  [`${HEAD}:user`, 'it has no name'],
  [`${HEAD}:toString:a`, expect.stringMatching(/^"toString" is not a resource type: expected "cluster", /) as any],
  [`${HEAD}:globalreplicationgroup:a`, 'the ARN of a global datastore has no Region'],
])('ARN %# is none of a resource', (arn, why) => {
  expect(refusals(arn)).toEqual([why]);
});

test('an ARN of a global datastore has no Region, and all others have one', () => {
  expect(typeOf('arn:aws:elasticache::111122223333:globalreplicationgroup:a')).toBe('globalreplicationgroup');
  expect(messageOf(() => typeOf('arn:aws:elasticache::111122223333:user:a'))).toBe(
    'Stack: ElastiCacheResource.fromArn: region "" is not a Region: expected one such as "eu-west-1", or "*" for any');
});

test('an error shows a name in an ARN with its colons', () => {
  expect(messageOf(() => typeOf(`${HEAD}:snapshot:automatic:a:B`))).toBe(
    'Stack: ElastiCacheResource.fromArn: name "automatic:a:B" has capitals, and ElastiCache keeps names in lower case: '
    + 'pass "automatic:a:b"');
});

const nameProblem = (name: string, type = 'replicationgroup') => {
  const diagnostics = new Diagnostics();
  resourceArn(type, name, {}, HERE, diagnostics);
  return diagnostics.errorTexts.map((text) => text.replace('ElastiCacheResource.replicationGroup: ', ''));
};

test.each<[string, string[], string?]>([
  ['a'.repeat(40), []],
  [`${'a'.repeat(40)}*`, []],
  [`${'a'.repeat(40)}\${aws:username}`, []],
  ['a'.repeat(41), [
    `name "${'a'.repeat(41)}" has 41 characters, and no replicationGroup has more than 40: shorten it`,
  ]],
  [`${'a'.repeat(40)}?`, [`name "${'a'.repeat(40)}?" has 41 characters, and no replicationGroup has more than 40: `
    + 'shorten it']],
  ['a'.repeat(300), [], 'snapshot'],
  ['arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:a', [
    'name "arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:a" is an ARN: pass the name alone, or use '
    + 'ElastiCacheResource.fromArn',
  ]],
  ['My-${aws:PrincipalTag/Team}-CACHE', ['name "My-${aws:PrincipalTag/Team}-CACHE" has capitals, and ElastiCache keeps '
    + 'names in lower case: pass "my-${aws:PrincipalTag/Team}-cache"']],
  ['${}', ['name "${}" has an empty policy variable: expected a key, as in "${aws:PrincipalTag/team}", or write "${$}" '
    + 'for a literal "$"']],
])('a name has limits: %#', (name, problems, type = 'replicationgroup') => {
  expect(nameProblem(name, typeof type === 'string' ? type : undefined)).toEqual(problems);
});

test.each([[5], [null], [{}], [[]], [Symbol('eu')]])('a Region may not be %p', (region) => {
  const diagnostics = new Diagnostics();
  expect(resourceArn('user', 'a', { region: region as any }, HERE, diagnostics)).toBeUndefined();
  expect(diagnostics.errorTexts).toEqual([expect.stringMatching(
    /^ElastiCacheResource\.replicationGroup: region .+ is not a Region: expected one such as "eu-west-1", or /)]);
});

test('an account may not be a number, nor a global datastore have a Region', () => {
  const diagnostics = new Diagnostics();
  expect(resourceArn('user', 'a', { account: 111122223333 as any }, HERE, diagnostics)).toBeUndefined();
  expect(resourceArn('globalreplicationgroup', 'a', { region: 'eu-west-1' }, HERE, diagnostics)?.arn)
    .toMatch(/:elasticache::111122223333:globalreplicationgroup:a$/);
  expect(diagnostics.errorTexts).toEqual([
    'ElastiCacheResource.replicationGroup: account 111122223333 is not an account ID: expected 12 digits, or "*" for '
    + 'any',
    'ElastiCacheResource.replicationGroup: region is "eu-west-1", but the ARN of a global datastore has no Region: '
    + 'drop '
    + 'region',
  ]);
});

test.each<[unknown, unknown, string]>([
  [5, {}, 'name is 5: expected text, such as "prod-*"'],
  ['a', 5, 'options is 5: expected an object, such as { region: "*" }'],
  ['a', null, 'options is null: expected an object, such as { region: "*" }'],
])('a name %j with options %j is no resource', (name, options, problem) => {
  const diagnostics = new Diagnostics();
  expect(resourceArn('user', name as any, options as any, HERE, diagnostics)).toBeUndefined();
  expect(diagnostics.errorTexts).toEqual([`ElastiCacheResource.replicationGroup: ${problem}`]);
});

test('a resource is in the place of its stack, or anywhere', () => {
  expect(resourceArn('user', 'a', {}, { ...HERE, anywhere: true }, new Diagnostics())).toEqual(
    { type: 'user', arn: 'arn:*:elasticache:*:*:user:a' });
  expect(arnSuffix('a', { region: '*', account: '*' })).toBe(':elasticache:*:*:replicationgroup:a');
});

test('a name that CDK resolves late is checked at once, and again at synthesis', () => {
  let name = 'a';
  const late = newStack({ env: { region: 'eu-west-1', account: '111122223333' } });
  const diagnostics = new Diagnostics();
  resourceArn('user', Lazy.uncachedString({ produce: () => name }), {}, { method: 'It', scope: late }, diagnostics);
  expect(diagnostics.errorTexts).toEqual([]);
  expect(late.node.validate()).toEqual([]);
  name = 'A B';
  expect(late.node.validate()).toEqual([expect.stringMatching(/^It: name ".*" has capitals, and ElastiCache keeps /)]);
  resourceArn('user', Lazy.uncachedString({ produce: () => name }), {}, { method: 'It', scope: late }, diagnostics);
  expect(diagnostics.errorTexts).toHaveLength(1);
  resourceArn('user', `a-${Aws.REGION}`, {}, { method: 'It', scope: late }, diagnostics);
  expect(diagnostics.errorTexts).toHaveLength(1);
});

test('the name in an ARN is checked where it has one', () => {
  const problemsOf = (arn: string) => {
    const diagnostics = new Diagnostics();
    checkArnName('user', arn, 'It', stack, diagnostics);
    return diagnostics.errorTexts;
  };
  expect(problemsOf(`${HEAD}:user:a:B`)).toEqual([expect.stringMatching(/^It: name "a:B" has capitals/)]);
  expect(problemsOf(`${HEAD}:user`)).toEqual([]);
  expect(problemsOf(Fn.importValue('Arn'))).toEqual([]);
});
