import fc from 'fast-check';
import { matchesPattern } from '../../../src/private/util/text';
import { runs } from '../../harness';

test.each([
  ['', '', true],
  ['', '*', true],
  ['', '?', false],
  ['a', '', false],
  ['a', '?', true],
  ['a', '??', false],
  ['ab', 'a', false],
  ['DescribeUsers', 'describe*', true],
  ['DescribeUsers', 'Describe*s', true],
  ['DescribeUsers', 'Describe*ss', false],
  ['DescribeUserGroups', '*User*', true],
  ['aab', '*ab', true],
  ['abab', 'a*ab', true],
  ['aba', 'a*b', false],
  ['a.c', 'a.c', true],
  ['abc', 'a.c', false],
  ['a*c', 'a*c', true],
])('"%s" and the pattern "%s": %s', (text, pattern, expected) => {
  expect(matchesPattern(text, pattern)).toBe(expected);
});

test('every text is matched as a regular expression would', () => {
  const letters = (...all: string[]) => (
    fc.array(fc.constantFrom(...all), { maxLength: 8 }).map((some) => some.join('')));
  fc.assert(fc.property(letters('a', 'b', 'A'), letters('a', 'b', '*', '?'), (text, pattern) => {
    const source = pattern.replace(/\*+/g, '.*').replace(/\?/g, '.');
    expect(matchesPattern(text, pattern)).toBe(new RegExp(`^${source}$`, 'i').test(text));
  }), runs(2000));
});

test('the time grows no faster than the text and the pattern, multiplied', () => {
  const begin = process.hrtime.bigint();
  expect(matchesPattern('a'.repeat(5000), `${'*a'.repeat(500)}b`)).toBe(false);
  expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(2000);
});
