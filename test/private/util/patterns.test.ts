import fc from 'fast-check';
import { covers, mayShareText, parsePattern, TextPattern } from '../../../src/private/util/patterns';
import { runs } from '../../harness';

const pattern = (value: string, ignoresCase = false): TextPattern => (
  parsePattern(value, { wildcards: true, ignoresCase })!);

// Red if either answer changes for a pair of patterns.
test.each<[string, string, boolean, boolean]>([
  ['a', 'a', true, true],
  ['a', 'A', false, false],
  ['a', 'ab', false, false],
  ['', '', true, true],
  ['', '*', true, false],
  ['*', '', true, true],
  ['a*', 'b*', false, false],
  ['a*', '*b', true, false],
  ['*', 'a?*', true, true],
  ['a?', 'ab', true, true],
  ['a?', 'a*', true, false],
  ['a??', 'a?', false, false],
  ['*a*', 'bab', true, true],
  ['ab', 'a*', true, false],
  ['a', '*', true, false],
  ['a?b', 'a*b', true, false],
  ['${*}', '*', true, false],
  ['${*}', 'a', false, false],
  ['${$}a', '$a', true, true],
])('%j may share a text with %j: %s, and covers it: %s', (first, second, shares, covered) => {
  expect(mayShareText(pattern(first), pattern(second))).toBe(shares);
  expect(mayShareText(pattern(second), pattern(first))).toBe(shares);
  expect(covers(pattern(first), pattern(second))).toBe(covered);
});

test('case counts for neither where one pattern ignores it, and a covered one that does may have either', () => {
  expect(mayShareText(pattern('Ab', true), pattern('aB'))).toBe(true);
  expect(covers(pattern('AB', true), pattern('ab'))).toBe(true);
  expect(covers(pattern('ab'), pattern('ab', true))).toBe(false);
  expect(covers(pattern('1*'), pattern('1-2', true))).toBe(true);
});

test('a policy variable may be any text', () => {
  expect(parsePattern('a${aws:username}', { wildcards: true, ignoresCase: false })).toBeUndefined();
});

test('without wildcards, they are characters', () => {
  const literal = parsePattern('a*?', { wildcards: false, ignoresCase: false })!;
  expect(literal.elements).toEqual(['a', '*', '?']);
});

// Red if an answer is given that some text refutes.
test('the answers hold for every text', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  const matches = (of: string, one: string) => (
    new RegExp(`^${of.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's').test(one));
  fc.assert(fc.property(part, part, text, (first, second, one) => {
    if (matches(first, one) && matches(second, one)) {
      expect(mayShareText(pattern(first), pattern(second))).toBe(true);
    }
    if (covers(pattern(first), pattern(second)) && matches(second, one)) {
      expect(matches(first, one)).toBe(true);
    }
  }), runs(2000));
});
