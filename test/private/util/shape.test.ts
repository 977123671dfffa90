import { partAt } from '../../../src/private/util/shape';

class Named {
  public static readonly part = { text: 'a' };
}

test.each<[string, unknown, string, unknown]>([
  ['an object', { a: { b: 1 } }, 'a.b', 1],
  ['a class', Named, 'part.text', 'a'],
  ['a list', [5], '0', 5],
  ['null', null, 'a', undefined],
  ['nothing', undefined, 'a', undefined],
  ['text', 'abc', 'length', undefined],
  ['an object without it', { a: 5 }, 'a.b.c', undefined],
])('a part of %s', (_, value, path, part) => {
  expect(partAt(value, path)).toBe(part);
});
