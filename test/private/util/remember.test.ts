import { App, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { keepEach, keepLast } from '../../../src/private/util/remember';

test.each<[string, unknown]>([
  ['text', 'made'], ['empty text', ''], ['zero', 0], ['null', null], ['a list', []],
])('what is made for a text is made once for each: %s', (_, value) => {
  const make = jest.fn<unknown, [string]>(() => value);
  const kept = keepEach(make);
  expect(['a', 'b', 'a', 'constructor'].map(kept)).toEqual([value, value, value, value]);
  expect(make.mock.calls).toEqual([['a'], ['b'], ['constructor']]);
});

test('when as many are kept as may be, all are forgotten', () => {
  const make = jest.fn((text: string) => ({ text }));
  const kept = keepEach(make, 2);
  const [a, b] = ['a', 'b'].map(kept);
  expect([kept('a'), kept('b')].map((one, index) => one === [a, b][index])).toEqual([true, true]);
  expect(['c', 'a', 'c'].map(kept)).toEqual([{ text: 'c' }, { text: 'a' }, { text: 'c' }]);
  expect(make.mock.calls).toEqual([['a'], ['b'], ['c'], ['a']]);
});

test('what is made for a construct is kept until it is made for another one', () => {
  const app = new App();
  const [one, other] = ['One', 'Other'].map((id) => new Stack(app, id));
  const make = jest.fn(({ node }: IConstruct) => ({ id: node.id }));
  const kept = keepLast(make);
  const made = kept(one);
  expect(made).toEqual({ id: 'One' });
  expect(kept(one)).toBe(made);
  expect(kept(other)).toEqual({ id: 'Other' });
  expect(kept(one)).toEqual({ id: 'One' });
  expect(kept(one)).not.toBe(made);
  expect(make.mock.calls).toEqual([[one], [other], [one]]);
});
