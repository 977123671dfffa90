import { formatValue } from '../../../src/private/util/diagnostics';

test('formatValue shortens values of more than 120 characters', () => {
  expect(formatValue('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
  expect(formatValue('x'.repeat(119))).toBe(`"${'x'.repeat(99)}…" (119 characters)`);
});

test.each([
  [undefined, 'undefined'], [null, 'null'], [5, '5'], [Number.NaN, 'NaN'], [10n, '10'], [Symbol('x'), 'Symbol(x)'],
  [() => 'x', 'a function'], [{}, '{}'], [{ a: [1, null] }, '{"a":[1,null]}'], [[], '[]'], [['x'], '["x"]'],
  [Object.create(null), '{}'], [new Date(0), 'an object of class Date'], [new (class {})(), 'an object'],
  [{ a: 10n }, 'an object'],
  [[new Date(0)], '["1970-01-01T00:00:00.000Z"]'], [[new Map()], '["an object of class Map"]'],
  [[10n], 'a list'], [{ toJSON() { throw new TypeError('no JSON'); } }, 'an object'],
  [{ toJSON: () => undefined }, 'an object'], [{ constructor: undefined, a: 10n }, 'an object'],
].map(([value, shown]) => [shown, () => value] as [string, () => unknown]))('%s', (shown, value) => {
  expect(formatValue(value())).toBe(shown);
});

test('a list is cut, too', () => {
  expect(formatValue(['x'.repeat(116)])).toBe(`["${'x'.repeat(116)}"]`);
  expect(formatValue(new Array(50).fill('abc'))).toBe(`["abc"${',"abc"'.repeat(15)},"ab… (301 characters)`);
});
