import { OPERATORS, parseOperator, suitableOperators, valueForm } from '../../../src/private/resolve/operators';

test.each<[string, string | undefined, string | undefined, string, boolean]>([
  ['StringEquals', 'String', undefined, 'StringEquals', false],
  ['StringNotEqualsIgnoreCaseIfExists', 'String', undefined, 'StringNotEqualsIgnoreCase', true],
  ['ForAnyValue:StringLike', 'String', 'ForAnyValue:', 'StringLike', false],
  ['ForAllValues:StringLikeIfExists', 'String', 'ForAllValues:', 'StringLike', true],
  ['NumericLessThanEquals', 'Numeric', undefined, 'NumericLessThanEquals', false],
  ['DateGreaterThan', 'Date', undefined, 'DateGreaterThan', false],
  ['Bool', 'Bool', undefined, 'Bool', false],
  ['BinaryEquals', 'Binary', undefined, 'BinaryEquals', false],
  ['NotIpAddress', 'IPAddress', undefined, 'NotIpAddress', false],
  ['ArnNotLike', 'ARN', undefined, 'ArnNotLike', false],
  ['Null', 'Null', undefined, 'Null', false],
  ['NullIfExists', undefined, undefined, 'Null', true],
  ['ForAnyValue:Null', undefined, 'ForAnyValue:', 'Null', false],
  ['StringEqual', undefined, undefined, 'StringEqual', false],
  ['stringequals', undefined, undefined, 'stringequals', false],
  ['ForSomeValues:StringEquals', undefined, undefined, 'ForSomeValues:StringEquals', false],
  ['StringEquals\n', undefined, undefined, 'StringEquals\n', false],
])('%s is of the family %s', (text, family, quantifier, base, ifExists) => {
  expect(parseOperator(text)).toEqual({ quantifier, base, ifExists, family });
});

test('IAM has 27 operators, all of which are read', () => {
  expect(OPERATORS).toHaveLength(27);
  expect(OPERATORS.filter((operator) => parseOperator(operator).family === undefined)).toEqual([]);
});

test('a date is compared as a date or as seconds, and an ARN also as text', () => {
  expect(suitableOperators('Date').split(', ')).toEqual(
    ['Date', 'Numeric'].flatMap((family) => ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan',
      'GreaterThanEquals'].map((comparison) => `${family}${comparison}`)));
  expect(suitableOperators('ARN')).toBe('ArnEquals, ArnNotEquals, ArnLike, ArnNotLike, StringEquals, StringNotEquals, '
    + 'StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, StringLike, StringNotLike');
  expect(suitableOperators('IPAddress')).toBe('IpAddress, NotIpAddress');
});

test.each<[string, string, string | undefined]>([
  ['Null', 'String', '"true" or "false"'],
  ['Bool', 'Bool', '"true" or "false"'],
  ['String', 'Bool', '"true" or "false"'],
  ['String', 'String', undefined],
  ['String', 'ARN', undefined],
  ['ARN', 'ARN', 'an ARN, or a pattern of ARNs'],
  ['Numeric', 'Date', 'a number, such as "3"'],
  ['Numeric', 'String', undefined],
])('values that %s compares with a %s are %s', (family, type, expected) => {
  expect(valueForm(family, type)?.expected).toBe(expected);
});
