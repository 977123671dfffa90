import fc from 'fast-check';
import { cellsOf, code, codesIn, escape, isHeader, table, textIn } from '../../../src/private/report/cells';
import { runs } from '../../harness';

/** A text of one line, without spaces around it: cells lose them. */
const text = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab |\\`*_[]<>~$:/-é😀'.match(/./gu)!) })
  .map((one) => `a${one}z`);

// Red if what is written is read as another value, which would hide a difference or make one up.
test('values of a table are read back as they were, whatever they have', () => {
  fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, (codes, words) => {
    const [header, line, row] = table(['A', 'B'], [[codes.map(code).join('<br>'), escape(words)]]).split('\n');
    expect([header, line].map((one) => isHeader(one, ['A', 'B']))).toEqual([true, true]);
    const [first, second] = cellsOf(row, 2)!;
    expect([codesIn(first), textIn(second)]).toEqual([codes, words]);
  }), runs(500));
});

test.each([
  '`', '`a`', '``', 'a`', '`a', 'a `b', 'a` b', 'a` `b', '` a', 'a `', 'a||b', '\\|', '\\\\|',
])('%j is read back', (value) => {
  expect(codesIn(cellsOf(`| ${code(value)} |`, 1)![0])).toEqual([value]);
});

test.each([
  ['a', '`a`'], ['a|b', '`a\\|b`'], ['a`b', '``a`b``'], ['a``b', '```a``b```'], ['`a', '`` `a ``'], ['a`', '`` a` ``'],
])('%j is written as %s', (value, expected) => {
  expect(code(value)).toBe(expected);
});

test('a column may be aligned', () => {
  expect(table(['A', 'B'], [['a', 'b'], ['c', 'd']], ['', ':'])).toBe(
    '| A | B |\n| --- | ---: |\n| a | b |\n| c | d |');
});

test('a line feed does not end a row', () => {
  expect([code('a\nb\tc'), escape('a\r\nb')]).toEqual(['`a\\nb\\tc`', 'a\\\\r\\\\nb']);
});

test.each([
  ['| a | b |', 2, ['a', 'b']], ['| a | b |', 3, undefined], ['a | b |', 1, undefined], ['', 1, undefined],
  ['|a|', 1, ['a']], ['| a \\| b |', 1, ['a \\| b']],
])('the cells of %j, of which there are to be %d, are %j', (line, count, cells) => {
  expect(cellsOf(line, count)).toEqual(cells);
});

test.each([
  ['| A | B |', true], ['| --- | ---: |', true], ['|:-|-|', true], ['| A | C |', false], ['| A |', false], ['A', false],
  ['', false], ['x| --- | --- |', false], ['| --- | --- |x', false], ['| --- | a |', false],
])(
  'that %j is a header is %s', (line, expected) => { expect(isHeader(line, ['A', 'B'])).toBe(expected); });
