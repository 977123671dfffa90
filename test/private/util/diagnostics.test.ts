import { formatValue } from '../../../src/private/util/diagnostics';

test('formatValue shortens values of more than 120 characters', () => {
  expect(formatValue('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
  expect(formatValue('x'.repeat(119))).toBe(`"${'x'.repeat(99)}…" (119 characters)`);
});
