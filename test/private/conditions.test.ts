import { CheckedCondition, checkedCondition, checkTogether, toBlock } from '../../src/private/conditions';
import { Findings } from '../../src/private/findings';
import { newStack } from '../harness';

const stack = newStack();
const same = (text: string) => text;
function checked(operator: string, key: string, values: string[], findings = new Findings()): CheckedCondition {
  return checkedCondition(operator, key, values, same, findings)!;
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
])('%s on %s, %j, is met by a request without the key: %s', (operator, key, values, lenient) => {
  expect(checked(operator, key, values).lenient).toBe(lenient);
});

test.each<[string, string, string[]]>([
  ['Null', 'aws:TagKeys', ['true']],
  ['StringLike', 'aws:PrincipalArn', ['*admin*']],
  ['StringEquals', 'elasticache:MultiAZEnabled', ['true']],
  ['NumericLessThan', 'aws:EpochTime', ['1893456000']],
])('%s on %s takes %j', (operator, key, values) => {
  const findings = new Findings();
  expect(checked(operator, key, values, findings)).toMatchObject({ operator, key, values });
  findings.report(stack);
});

test('one key may have several operators', () => {
  const findings = new Findings();
  checkTogether([checked('StringLike', 'aws:RequestTag/team', ['a*']), checked('StringNotLike', 'aws:RequestTag/team', ['ab*'])], findings);
  findings.report(stack);
});

test('a block is the same text, in whichever order conditions are listed', () => {
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

test('a block leaves the conditions in their order', () => {
  const conditions = [checked('StringLike', 'aws:RequestTag/team', ['a*']), checked('Bool', 'elasticache:TransitEncryptionEnabled', ['true'])];
  toBlock(conditions);
  expect(conditions.map(({ operator }) => operator)).toEqual(['StringLike', 'Bool']);
});

test('without a condition there is no block', () => {
  expect(toBlock([])).toBeUndefined();
});
