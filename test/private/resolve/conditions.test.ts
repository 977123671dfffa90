import { CheckedCondition } from '../../../src/private/model';
import { checkCondition, toBlock } from '../../../src/private/resolve/conditions';
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
