import { denies } from './deny-evaluator';

const denied = (statement: object, context: Record<string, string | string[]> = {}, resource = 'arn:aws:a:b:c:d:e') => (
  denies({ Statement: [{ Effect: 'Deny', Action: 'a:B*', Resource: '*', ...statement }] }, 'a:bc', [
    { resource, context },
  ]));

test.each<[string, string | string[], string | string[] | undefined, boolean]>([
  ['StringNotEquals', 'a', 'a', false],
  ['StringNotEquals', 'a', 'A', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', 'a', undefined, true],
  ['StringNotEqualsIgnoreCase', 'a', 'A', false],
  ['StringNotLike', 'a*', 'ab', false],
  ['StringNotLike', 'a*', 'Ab', true],
  ['StringEquals', 'a', undefined, false],
  ['Bool', 'false', 'false', true],
  ['Bool', 'false', 'true', false],
  ['Bool', 'false', undefined, false],
  ['BoolIfExists', 'false', undefined, true],
  ['BoolIfExists', 'false', 'true', false],
  ['NumericGreaterThan', '3', '3', false],
  ['NumericGreaterThan', '3', '10', true],
  ['NumericGreaterThan', '3', undefined, false],
  ['Null', 'false', undefined, false],
  ['Null', 'false', 'a', true],
  ['Null', 'true', undefined, true],
  ['ForAnyValue:StringEqualsIgnoreCase', 'a', ['b', 'A'], true],
  ['ForAnyValue:StringEqualsIgnoreCase', 'a', ['b'], false],
  ['ForAnyValue:StringEqualsIgnoreCase', 'a', undefined, false],
  ['ArnNotLike', 'arn:aws:iam::*:role/a-*', 'arn:aws:iam::1:role/a-b', false],
  ['ArnNotLike', 'arn:aws:iam::*:role/a-*', 'arn:aws:iam::1:role/b', true],
  ['ArnNotLike', 'arn:*', 'arn:aws:iam::1:role/b', true],
  ['ArnNotLike', 'arn:aws:iam::*:role/a-*', undefined, true],
])('the condition %s %j is met by %j: %s', (operator, expected, actual, met) => {
  const context: Record<string, string | string[]> = actual === undefined ? {} : { KEY: actual };
  expect(denied({ Condition: { [operator]: { key: expected } } }, context)).toBe(met);
});

test('a policy variable stands for the value of the request', () => {
  const statement = { Condition: { StringNotEquals: { one: '${two}' } } };
  expect([denied(statement, { one: 'a', two: 'a' }), denied(statement, { one: 'a', two: 'b' })]).toEqual([false, true]);
});

test('a call is denied where any statement is met on any of its resources', () => {
  const document = { Statement: [{ Effect: 'Deny', Action: 'a:b', Resource: 'arn:one:*' }] };
  const on = (...resources: string[]) => (
    denies(document, 'a:b', resources.map((resource) => ({ resource, context: {} }))));
  expect([on('arn:two:x', 'arn:one:x'), on('arn:two:x')]).toEqual([true, false]);
  expect(denies(document, 'a:c', [{ resource: 'arn:one:x', context: {} }])).toBe(false);
});

test.each([
  { Effect: 'Allow' }, { NotAction: 'a' }, { Condition: { DateEquals: { key: 'a' } } },
])('a statement with unsupported parts, such as %j, throws', (statement) => {
  expect(() => denied(statement, { key: 'a' })).toThrow('not evaluated');
});
