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
  ['IpAddress', ['203.0.113.0/24'], 'a:k is in 203.0.113.0/24'],
  ['StringNotEqualsIgnoreCase', ['a'], 'a:k is not, in any case, "a", or the request has no such key'],
  ['StringNotLike', ['a*'], 'a:k does not match "a*", or the request has no such key'],
  ['ArnLike', ['arn:*'], 'a:k matches "arn:*"'],
  ['ArnNotEquals', ['arn:*'], 'a:k does not match "arn:*", or the request has no such key'],
  ['ArnNotLike', ['arn:*'], 'a:k does not match "arn:*", or the request has no such key'],
  ['NumericEquals', ['3', '10'], 'a:k is 10 or 3'],
  ['NumericNotEquals', ['3'], 'a:k is not 3, or the request has no such key'],
  ['NumericLessThan', ['3'], 'a:k is less than 3'],
  ['NumericGreaterThan', ['3'], 'a:k is more than 3'],
  ['NumericGreaterThanEquals', ['3'], 'a:k is at least 3'],
  ['DateEquals', ['2026-01-31'], 'a:k is 2026-01-31'],
  ['DateNotEquals', ['2026-01-31'], 'a:k is not 2026-01-31, or the request has no such key'],
  ['DateLessThanEquals', ['2026-01-31'], 'a:k is not after 2026-01-31'],
  ['DateGreaterThan', ['2026-01-31'], 'a:k is after 2026-01-31'],
  ['DateGreaterThanEquals', ['2026-01-31'], 'a:k is not before 2026-01-31'],
  ['BinaryEquals', ['YQ=='], 'a:k is YQ=='],
  ['ForAllValues:StringEqualsIfExists', ['a'], 'every value of a:k is "a", or the request has no such key'],
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
