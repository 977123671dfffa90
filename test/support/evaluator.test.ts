import { allows } from './evaluator';

const document = (statement: object) => (
  [{ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }] }]
);
const get = (resource: string, context?: Record<string, string | string[]>) => (
  { action: 's3:GetObject', resource, context }
);

test.each([
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a', 'A', false],
  ['*', 'a/b', true],
  ['a*c', 'a/b/c', true],
  ['a?c', 'a/c', true],
  ['a?c', 'ac', false],
  ['a.c', 'abc', false],
  ['a${*}c', 'a*c', true],
  ['a${*}c', 'abc', false],
  ['a${?}${$}', 'a?$', true],
  ['a${b}', 'a${b}', true],
])('a statement on the resource %j allows a request for %j: %s', (resource, asked, allowed) => {
  expect(allows(document({ Resource: ['other', resource] }), get(asked))).toBe(allowed);
});

test.each([
  ['s3:GetObject', 's3:getobject', true],
  ['s3:GetObject', 's3:GetObjectAcl', false],
  ['s3:Get*', 's3:GetObjectAcl', true],
])('a statement of the action %j allows a request of %j: %s', (action, asked, allowed) => {
  expect(allows(document({ Action: action }), { action: asked, resource: 'a' })).toBe(allowed);
});

test.each<[string, string | string[], string | string[] | undefined, boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', 'a', 'b', false],
  ['StringEquals', 'a', undefined, false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['StringLike', 'a*', 'ab', true],
  ['Bool', 'true', 'true', true],
  ['Bool', 'true', 'false', false],
  ['NumericLessThan', '3', '2', true],
  ['NumericLessThan', '3', '3', false],
  ['Null', 'true', undefined, true],
  ['Null', 'false', undefined, false],
  ['Null', 'false', 'a', true],
  ['ForAnyValue:StringEquals', 'a', ['a', 'b'], true],
  ['ForAnyValue:StringEquals', 'a', ['b'], false],
  ['ForAllValues:StringEquals', 'a', ['a', 'b'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', 'a', undefined, true],
])('the condition %s %j matches %j: %s', (operator, expected, actual, allowed) => {
  const context: Record<string, string | string[]> = actual === undefined ? {} : { key: actual };
  expect(allows(document({ Condition: { [operator]: { key: expected } } }), get('a', context))).toBe(allowed);
});

test('a request is allowed if all conditions of any statement match', () => {
  const both = {
    Effect: 'Allow', Action: 's3:GetObject', Resource: 'a', Condition: { StringEquals: { one: '1', two: '2' } },
  };
  const documents = [
    { Statement: [both] }, { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'b' }] },
  ];
  expect(allows(documents, get('a', { one: '1', two: '2' }))).toBe(true);
  expect(allows(documents, get('a', { one: '1' }))).toBe(false);
  expect(allows(documents, get('b'))).toBe(true);
  expect(allows(documents, get('c'))).toBe(false);
});

test.each([
  { Effect: 'Deny' }, { NotAction: 'a' }, { Condition: { ArnLike: { key: 'a' } } },
])('a statement with unsupported parts, such as %j, throws', (statement) => {
  expect(() => allows(document(statement), get('a', { key: 'a' }))).toThrow('not evaluated');
});
