import { Denial } from '../../../src/private/guardrail/denial';
import { toDenyStatements } from '../../../src/private/guardrail/statements';

const write = (denials: Partial<Denial>[], short = false) => toDenyStatements(
  denials.map((denial) => ({ actions: ['a'], resources: ['*'], keys: [], reason: () => '', ...denial })),
  { exceptPrincipals: [], short, tokenKey: (text) => text },
).map(({ actions, resources, conditions }) => [actions, resources, conditions]);

test('actions are merged on the same resources, and then resources of the same actions', () => {
  expect(write([
    { actions: ['b'], resources: ['x'] }, { actions: ['a'], resources: ['x'] },
    { actions: ['a', 'b'], resources: ['y'] },
  ])).toEqual([[['a', 'b'], ['x', 'y'], undefined]]);
});

test('what another statement denies is left out', () => {
  expect(write([
    { actions: ['Delete*'] }, { actions: ['deleteUser', 'Modify'], resources: ['x'] },
    { actions: ['D*User', 'delete*'] },
  ])).toEqual([[['D*User', 'delete*'], ['*'], undefined], [['Modify', 'deleteUser'], ['x'], undefined]]);
  expect(write([{ actions: ['Delete*'] }, { actions: ['DeleteUser'], resources: ['x'] }]))
    .toEqual([[['Delete*'], ['*'], undefined]]);
});

test('conditions keep statements apart', () => {
  const on = (value: string) => ({ conditions: { StringEquals: { key: [value] } } });
  expect(write([on('b'), on('a'), on('a')])).toEqual([
    [['a'], ['*'], { StringEquals: { key: 'a' } }], [['a'], ['*'], { StringEquals: { key: 'b' } }],
  ]);
});

test('only what needs its keys is on `*` in the short form', () => {
  const denials = [
    { resources: ['x'], needsKeys: true, conditions: { Null: { key: 'false' } } }, { resources: ['y'], actions: ['b'] },
  ];
  expect(write(denials).map(([, resources]) => resources)).toEqual([['x'], ['y']]);
  expect(write(denials, true).map(([, resources]) => resources)).toEqual([['*'], ['y']]);
});
