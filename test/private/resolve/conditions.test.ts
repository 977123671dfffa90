import { Aws, Fn } from 'aws-cdk-lib';
import { CheckedCondition } from '../../../src/private/model';
import { checkCondition, isNeverSupplied, toBlock, toLists } from '../../../src/private/resolve/conditions';
import { checkTogether } from '../../../src/private/resolve/conditions-together';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { messageOf, newStack } from '../../harness';

const stack = newStack();
const same = (text: string) => text;
function checked(operator: string, key: string, values: string[], diagnostics = new Diagnostics()): CheckedCondition {
  return checkCondition(operator, key, values, same, diagnostics)!;
}

test.each<[string, string, string[], boolean]>([
  ['StringEquals', 'aws:RequestTag/team', ['a'], false],
  ['StringNotEquals', 'aws:RequestTag/team', ['a'], true],
  ['ArnNotLike', 'aws:PrincipalArn', ['*'], true],
  ['StringEqualsIfExists', 'aws:RequestTag/team', ['a'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['a'], true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['a'], false],
  ['Null', 'aws:RequestTag/team', ['true'], true],
  ['Null', 'aws:RequestTag/team', ['false'], false],
  ['Bool', 'elasticache:MultiAZEnabled', ['true'], false],
])('%s on %s with %j matches a request without the key: %s', (operator, key, values, matches) => {
  expect(checked(operator, key, values).matchesWhenKeyIsMissing).toBe(matches);
});

test.each<[string, string, string[]]>([
  ['Null', 'aws:TagKeys', ['true']],
  ['StringLike', 'aws:PrincipalArn', ['*admin*']],
  ['StringEquals', 'elasticache:MultiAZEnabled', ['true']],
  ['NumericLessThan', 'aws:EpochTime', ['1893456000']],
])('%s on %s accepts %j', (operator, key, values) => {
  const diagnostics = new Diagnostics();
  expect(checked(operator, key, values, diagnostics)).toMatchObject({ operator, key, values });
  diagnostics.report(stack);
});

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

test.each<[string, string, string[]]>([
  ['aws:SourceVpc', 'a', [
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ]],
  ['elasticache:NumNodeGroups', '3', COMPARISONS.map((comparison) => `Numeric${comparison}`)],
  ['aws:CurrentTime', '2026-01-31', COMPARISONS.map((comparison) => `Date${comparison}`)],
  ['aws:CurrentTime', '1893456000', COMPARISONS.flatMap((comparison) => [`Date${comparison}`, `Numeric${comparison}`])],
  ['aws:SecureTransport', 'true', ['Bool', 'StringEquals', 'StringLike']],
  ['aws:SourceIp', '203.0.113.7', ['IpAddress', 'NotIpAddress']],
  [
    'aws:PrincipalArn',
    'arn:aws:iam::111122223333:role/a',
    ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'StringEquals', 'StringLike'],
  ],
])('%s accepts %j with each operator of its type', (key, value, operators) => {
  for (const operator of operators.flatMap((each) => [each, `${each}IfExists`])) {
    const diagnostics = new Diagnostics();
    expect(checked(operator, key, [value], diagnostics).operator).toBe(operator);
    diagnostics.report(stack);
  }
});

const VALUES: [string, string, string, string[], string[]][] = [
  [
    'Bool', 'elasticache:MultiAZEnabled', '"true" or "false"', ['true', 'false'],
    ['True', 'yes', 'true ', ' false', ''],
  ],
  ['Null', 'aws:RequestTag/team', '"true" or "false"', ['true', 'false'], ['1', 'untrue', 'falsey']],
  ['NumericEquals', 'elasticache:NumNodeGroups', 'a number, such as "3"', ['3', '0', '-1', '12.25'], [
    '', 'a', '3a', 'a3', '3.', '.5', '1.2.3', '--1', '1e3', '3\n',
  ]],
  ['NumericLessThan', 'aws:EpochTime', 'a number, such as "3"', ['1893456000'], ['2026-01-31', '2026-01-31T00:00:00Z']],
  [
    'DateGreaterThan', 'aws:CurrentTime', 'a date, such as "2026-01-31T00:00:00Z"',
    [
      '2026-01-31T00:00:00Z', '2026-01-31T23:59Z', '2026-01-31T00:00:00.25Z', '2026-01-31T00:00:00+05:30',
      '2026-01-31T00:00:00.5-08:00', '2026-01-31', '2026-01', '2026', '1893456000',
    ],
    [
      '',
      'tomorrow',
      '31.01.2026',
      '2026-13-31',
      '2026-01-32',
      '2026-01-31T25:00:00Z',
      '2026-01-31T00:00:00',
      '2026-01-31T00Z',
      '2026-01-31T00:00:00.Z',
      '2026-01-31T00:00:00+0530',
      '2026-01-31T00:00:00Z.',
      'x2026-01-31',
      '2026-1-31',
      '-5',
      '12s',
      's12',
    ],
  ],
  [
    'IpAddress', 'aws:SourceIp', 'an address or a range, such as "203.0.113.0/24"',
    [
      '203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '203.0.113.7/32', '2001:db8::/32', '2001:DB8:1234:5678::1',
      '::1/128',
    ],
    [
      '', '203.0.113', '203.0.113.0/33', '2001:db8::/129', '256.0.0.1', '203.0.113.0/', '203.0.113.0/a',
      '203.0.113.0/24/8', 'face', '*', '203.0.113.*', 'my 203.0.113.7', '203.0.113.7\n',
    ],
  ],
  [
    'ArnLike',
    'aws:PrincipalArn',
    'an ARN, or a pattern of ARNs',
    ['arn:aws:iam::111122223333:role/a', 'arn:*', '*', '${aws:PrincipalArn}'],
    ['', 'role/a', 'my arn:aws:iam::111122223333:role/a', '*a', 'a*', 'a${aws:PrincipalArn}'],
  ],
];

test.each(VALUES)('%s on %s accepts only %s', (operator, key, expected, good, bad) => {
  const report = (value: string) => {
    const diagnostics = new Diagnostics();
    checked(operator, key, [value], diagnostics);
    diagnostics.report(stack);
  };
  good.forEach(report);
  expect(bad.map((value) => messageOf(() => report(value)))).toEqual(bad.map((value) => (
    `Stack: condition ${operator} on ${key}: value ${JSON.stringify(value)} doesn't suit the operator: expected `
    + `${expected}`)));
});

test('one key may have several operators', () => {
  const diagnostics = new Diagnostics();
  checkTogether(
    [checked('StringLike', 'aws:RequestTag/team', ['a*']), checked('StringNotLike', 'aws:RequestTag/team', ['ab*'])],
    diagnostics,
  );
  diagnostics.report(stack);
});

test('a condition block does not depend on the order of conditions', () => {
  const conditions = [
    checked('StringLike', 'aws:RequestTag/team', ['a*']),
    checked('Bool', 'elasticache:TransitEncryptionEnabled', ['true']),
    checked('StringLike', 'aws:RequestTag/stage', ['b*', 'a*']),
    checked('Bool', 'elasticache:AtRestEncryptionEnabled', ['true']),
  ];
  const text = '{"Bool":{"elasticache:AtRestEncryptionEnabled":"true","elasticache:TransitEncryptionEnabled":"true"},'
    + '"StringLike":{"aws:RequestTag/stage":["a*","b*"],"aws:RequestTag/team":"a*"}}';
  expect(JSON.stringify(toBlock(conditions))).toBe(text);
  expect(JSON.stringify(toBlock([...conditions].reverse()))).toBe(text);
  expect(JSON.stringify(toBlock(conditions.slice(1, 2), { StringLike: { 'iam:AWSServiceName': 'a' } })))
    .toBe('{"StringLike":{"iam:AWSServiceName":"a"},"Bool":{"elasticache:TransitEncryptionEnabled":"true"}}');
});

test('a condition block does not reorder the list of conditions', () => {
  const conditions = [
    checked('StringLike', 'aws:RequestTag/team', ['a*']),
    checked('Bool', 'elasticache:TransitEncryptionEnabled', ['true']),
  ];
  toBlock(conditions);
  expect(conditions.map(({ operator }) => operator)).toEqual(['StringLike', 'Bool']);
});

test('a list without conditions makes no condition block', () => {
  expect(toBlock([])).toBeUndefined();
});

/** What is wrong with a condition. */
function problemsOf(operator: unknown, key: unknown, values: unknown): string[] {
  const diagnostics = new Diagnostics();
  const found = checkCondition(operator as string, key as string, values as string[], same, diagnostics);
  expect(found === undefined || diagnostics.errorTexts.length === 0 || /the tag's key/.test(diagnostics.errorTexts[0]))
    .toBe(true);
  return diagnostics.errorTexts;
}
const LATE = "a condition's operator, key or list of values is only known at deployment: pass literal ones; a single "
  + 'value may be a token';
const unknownKey = (key: string, meant: string) => (
  `"${key}" is not a condition key of ElastiCache or of all AWS services: did you mean "${meant}"?`);

test.each<[string, unknown, unknown, unknown, string[]]>([
  ['no operator', undefined, 'aws:userid', ['a'], [
    'a condition\'s operator is undefined: expected text, such as "StringEquals"',
  ]],
  ['an empty operator', '', 'aws:userid', ['a'], [
    'a condition\'s operator is "": expected text, such as "StringEquals"',
  ]],
  ['no key', 'StringEquals', null, ['a'], [
    'a condition\'s key is null: expected text, such as "aws:ResourceTag/team"',
  ]],
  ['an empty key', 'StringEquals', '', ['a'], [
    'a condition\'s key is "": expected text, such as "aws:ResourceTag/team"',
  ]],
  ['a late operator', Aws.REGION, 'aws:userid', ['a'], [LATE]],
  ['a late key', 'StringEquals', `aws:${Aws.REGION}`, ['a'], [LATE]],
  ['a late list', 'StringEquals', 'aws:userid', Fn.split(',', Aws.REGION), [LATE]],
  ['an unknown operator', 'StringEqual', 'aws:userid', ['a'], [
    '"StringEqual" is not a condition operator: did you mean "StringEquals"?',
  ]],
  ['an unknown key', 'StringEquals', 'aws:userids', ['a'], [unknownKey('aws:userids', 'aws:userid')]],
  ['an unknown key and a value that is none', 'StringEquals', 'aws:userids', [5], [
    'condition StringEquals on aws:userids: values[0] is 5: expected text, such as "5"',
    unknownKey('aws:userids', 'aws:userid'),
  ]],
  ['a value that is none', 'StringEquals', 'aws:userid', [5], [
    'condition StringEquals on aws:userid: values[0] is 5: expected text, such as "5"',
  ]],
  ['a key without its tag', 'StringEquals', 'aws:ResourceTag/', ['a'], [
    unknownKey('aws:ResourceTag/', 'aws:ResourceTag/…'),
  ]],
  ['a key with a placeholder', 'StringEquals', 'aws:ResourceTag/${TagKey}', ['a'], [
    unknownKey('aws:ResourceTag/${TagKey}', 'aws:ResourceTag/…'),
  ]],
  ['a key of another prefix', 'StringEquals', 'my-aws:ResourceTag/team', ['a'], [
    unknownKey('my-aws:ResourceTag/team', 'aws:ResourceTag/team'),
  ]],
  ['an operator of another type', 'NumericEquals', 'aws:SourceIp', ['203.0.113.7'], [
    'condition NumericEquals on aws:SourceIp: the key is a IPAddress: expected IpAddress, NotIpAddress or Null',
  ]],
  ['no quantifier', 'StringEquals', 'aws:TagKeys', ['a'], [
    'condition StringEquals on aws:TagKeys: the key has many values: put ForAnyValue: or ForAllValues: before the '
    + 'operator',
  ]],
  ['a quantifier', 'ForAnyValue:StringEquals', 'aws:userid', ['a'], [
    'condition ForAnyValue:StringEquals on aws:userid: the key has one value: drop ForAnyValue:',
  ]],
  ['no value', 'StringEquals', 'aws:userid', [], [
    'condition StringEquals on aws:userid: values is empty, which no request meets: list at least one',
  ]],
  ['two problems', 'ForAnyValue:NumericEquals', 'aws:userid', [], [
    'condition ForAnyValue:NumericEquals on aws:userid: the key is a String: expected StringEquals, StringNotEquals, '
    + 'StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike or Null',
    'condition ForAnyValue:NumericEquals on aws:userid: the key has one value: drop ForAnyValue:',
    'condition ForAnyValue:NumericEquals on aws:userid: values is empty, which no request meets: list at least one',
  ]],
  ['a key that no request has', 'Null', 'aws:SourceArn', ['true'], [expect.stringMatching(
    /^condition Null on aws:SourceArn: AWS supplies the key only .+, so the condition would guard nothing/) as any]],
  ['a key that no request has, and that is required', 'ArnLike', 'aws:SourceArn', ['arn:*'], [expect.stringMatching(
    /^condition ArnLike on aws:SourceArn: AWS supplies the key only .+, so the condition would deny every/) as any]],
  ['a tag with a key that is too long', 'StringEquals', `aws:ResourceTag/${'k'.repeat(129)}`, ['a'], [
    `condition StringEquals on aws:ResourceTag/${'k'.repeat(129)}: the tag's key has 129 characters, and may have 128: `
    + 'shorten it',
  ]],
])('a condition may not have %s', (_, operator, key, values, problems) => {
  expect(problemsOf(operator, key, values)).toEqual(problems);
});

test.each([
  ['service-principal-only', true], ['never', true], ['unknown', true], ['always', false], ['sometimes', false],
  [undefined, false],
])('a key that is supplied %s never reaches a request to ElastiCache: %s', (availability, never) => {
  expect(isNeverSupplied({ key: 'a', type: 'String', availability } as any)).toBe(never);
});

test('a checked condition has what is known of its key', () => {
  expect(checked('StringEquals', 'aws:resourcetag/Team', ['b', 'a', 'b'])).toEqual({
    operator: 'StringEquals',
    key: 'aws:ResourceTag/Team',
    catalogKey: 'aws:ResourceTag/${TagKey}',
    values: ['a', 'b'],
    global: false,
    matchesWhenKeyIsMissing: false,
    suppliedWhen: 'for resources that have the tag',
  });
  expect(checked('StringNotEquals', 'AWS:userid', ['a'])).toEqual({
    operator: 'StringNotEquals',
    key: 'aws:userid',
    catalogKey: 'aws:userid',
    values: ['a'],
    global: true,
    matchesWhenKeyIsMissing: true,
    alwaysSupplied: true,
  });
  expect(checked('Bool', 'elasticache:MultiAZEnabled', ['true'])).toMatchObject({ possibleValues: ['true', 'false'] });
  expect(checked('Bool', 'aws:PrincipalIsAWSService', ['false'])).toMatchObject({ possibleValues: ['false'] });
});

test('a list for every key has its values, be it one or more', () => {
  expect(toLists({ StringEquals: { a: 'b', c: ['d', 'e'] } })).toEqual({ StringEquals: { a: ['b'], c: ['d', 'e'] } });
});
