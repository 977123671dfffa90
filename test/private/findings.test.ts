import { show } from '../../src/private/findings';

test('a value is shown whole up to 120 characters of JSON, and cut beyond', () => {
  expect(show('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
  expect(show('x'.repeat(119))).toBe(`"${'x'.repeat(99)}…" (119 characters)`);
});
