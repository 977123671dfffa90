import { compare, isCoveredText } from '../../../src/private/report/comparison';

test.each<[string, string, boolean]>([
  ['a', 'a', true],
  ['a', 'b', false],
  ['ab', 'a*', true],
  ['a*', 'ab', false],
  ['ab*', 'a*', true],
  ['a?', 'a*', true],
  ['A', 'a*', false],
  ['${Stack/Cache}', '${Stack/Cache}', true],
  ['${Stack/Cache}-x', '${Stack/Cache}-*', true],
  ['${Stack/Other}-x', '${Stack/Cache}-*', false],
  ['${AWS::Region}', '*', true],
  // What CloudFormation fills in may be named with characters that are wildcards elsewhere.
  ['${Stack/AB}-x', '${Stack/A*}-*', false],
  ['${Stack/A*}-x', '${Stack/A*}-*', true],
  ['${Stack/AB}-x', '${Stack/A?}-*', false],
  // A wildcard may stand for itself.
  ['ab', 'a${*}', false],
  ['a${*}b', 'a${*}*', true],
  ['axb', 'a${?}*', false],
  ['a$b', 'a${$}*', true],
  ['a$b', 'a$*', true],
  ['a$x', 'a$', false],
  ['a${$}b', 'a*', true],
  ['a${b', 'a*', true],
  ['${*A}-x', '${*A}-*', true],
  ['a${$}b', 'a$*', true],
  ['a${$}b', 'a${$}${$}', false],
  ['${Stack/A*}-x', '${Stack/*A}-*', false],
  ['${Fn::Select(0, ${Fn::Split(-, ${Stack/Name})})}-x', '${Fn::Select(0, ${Fn::Split(-, ${Stack/Name})})}-*', true],
])('that %s is covered by %s is %s', (text, by, expected) => {
  expect(isCoveredText(text, by)).toBe(expected);
});

test('case may be ignored', () => {
  expect([isCoveredText('Delete', 'del*'), isCoveredText('Delete', 'del*', true)]).toEqual([false, true]);
});

describe('of two lists', () => {
  const compared = (before: string[], after: string[]) => compare(before, after, (one) => one, isCoveredText);

  test.each<[string, string[], string[], Partial<ReturnType<typeof compared>>]>([
    ['the same are no difference', ['a', 'b'], ['b', 'a'], {}],
    ['what is new is more', ['a'], ['a', 'b'], { added: ['b'], more: ['b'] }],
    ['what is gone is less', ['a', 'b'], ['a'], { removed: ['b'], less: ['b'] }],
    ['a wider pattern is more', ['a'], ['a*'], { added: ['a*'], removed: ['a'], more: ['a*'] }],
    ['a narrower pattern is less', ['a*'], ['a'], { added: ['a'], removed: ['a*'], less: ['a*'] }],
    ['what a pattern has already is the same', ['a*'], ['a*', 'ab'], { added: ['ab'], same: ['ab'] }],
    ['what a pattern has still is the same', ['a*', 'ab'], ['a*'], { removed: ['ab'], same: ['ab'] }],
    ['two patterns that say the same are the same', ['a**'], ['a*'], {
      added: ['a*'], removed: ['a**'], same: ['a*', 'a**'],
    }],
  ])('%s', (_, before, after, expected) => {
    expect(compared(before, after)).toEqual({ added: [], removed: [], more: [], less: [], same: [], ...expected });
  });
});
