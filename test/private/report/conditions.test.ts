import { conditionsInWords } from '../../../src/private/report/conditions';
import { OPERATORS } from '../../../src/private/resolve/operators';

test.each<[string, string[], string]>([
  ['StringEquals', ['b', 'a'], 'a:k is "a" or "b"'],
  ['StringNotEquals', ['a', 'b'], 'a:k is not "a" or "b", or the request has no such key'],
  ['StringEqualsIfExists', ['a'], 'a:k is "a", or the request has no such key'],
  ['StringEqualsIgnoreCase', ['a'], 'a:k is, in any case, "a"'],
  ['StringLike', ['a*'], 'a:k matches "a*"'],
  ['ArnEquals', ['arn:*'], 'a:k matches "arn:*"'],
  ['ForAnyValue:StringEquals', ['a'], 'some value of a:k is "a"'],
  ['ForAllValues:StringEquals', ['a'], 'every value of a:k is "a", or the request has no such key'],
  ['Bool', ['true'], 'a:k is true'],
  ['Null', ['true'], 'a:k is missing'],
  ['Null', ['false'], 'a:k is present'],
  ['NumericLessThanEquals', ['3'], 'a:k is at most 3'],
  ['DateLessThan', ['2026-01-31'], 'a:k is before 2026-01-31'],
  ['NotIpAddress', ['203.0.113.0/24'], 'a:k is not in 203.0.113.0/24, or the request has no such key'],
])('%s of %j in words', (operator, values, words) => {
  expect(conditionsInWords({ [operator]: { 'a:k': values } })).toBe(words);
});

// Red if an operator that a grant may have is missing: its own name would stand in the sentence.
test.each(OPERATORS)('%s has words of its own', (operator) => {
  expect(conditionsInWords({ [operator]: { 'a:k': ['true'] } })).not.toContain(operator);
});

test('all conditions must hold, in an order of their own', () => {
  const inWords = 'a:k is "x"; and b:k is "x"; and c:k is true';
  expect(conditionsInWords({ StringEquals: { 'b:k': ['x'], 'a:k': ['x'] }, Bool: { 'c:k': ['true'] } })).toBe(inWords);
  expect(conditionsInWords({ Bool: { 'c:k': ['true'] }, StringEquals: { 'a:k': ['x'], 'b:k': ['x'] } })).toBe(inWords);
  expect(conditionsInWords(undefined)).toBe('');
});
