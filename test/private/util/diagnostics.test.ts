import { formatValue } from '../../../src/private/util/diagnostics';

test('a value is shown whole up to 120 characters of JSON, and cut beyond', () => {
  expect(formatValue('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
  expect(formatValue('x'.repeat(119))).toBe(`"${'x'.repeat(99)}…" (119 characters)`);
});
