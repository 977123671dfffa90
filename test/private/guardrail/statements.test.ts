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

test('each statement exempts the principals, and has its operators in order', () => {
  const denials: Denial[] = [
    { actions: ['b'], resources: ['*'], keys: [], reason: () => '' },
    { actions: ['a'], resources: ['*'], keys: [], reason: () => '', conditions: { StringLike: { key: ['x', 'y'] } } },
    { actions: ['c'], resources: ['*'], keys: [], reason: () => '', conditions: { ArnLike: { key: 'x' } } },
  ];
  const on = (exceptPrincipals: string[]) => (
    toDenyStatements(denials, { exceptPrincipals, short: false, tokenKey: (text) => text }));
  expect(on(['p', 'q']).map((one) => JSON.stringify(one))).toEqual([
    ['a', '{"ArnNotLike":{"aws:PrincipalArn":["p","q"]},"StringLike":{"key":["x","y"]}}'],
    ['b', '{"ArnNotLike":{"aws:PrincipalArn":["p","q"]}}'],
    ['c', '{"ArnLike":{"key":"x"},"ArnNotLike":{"aws:PrincipalArn":["p","q"]}}'],
  ].map(([action, conditions]) => (
    `{"effect":"Deny","actions":["${action}"],"resources":["*"],"conditions":${conditions}}`)));
  expect(on([])[1]).toEqual({ effect: 'Deny', actions: ['b'], resources: ['*'], conditions: undefined });
});

test('resources are ordered, each once, and none are listed beside `*`', () => {
  expect(write([{ resources: ['y', 'x', 'y'] }])).toEqual([[['a'], ['x', 'y'], undefined]]);
  expect(write([{ resources: ['y', '*', 'x'] }])).toEqual([[['a'], ['*'], undefined]]);
});

test('statements are ordered by their actions, then by their resources', () => {
  expect(write([
    { actions: ['b'], resources: ['x'] }, { actions: ['a', 'c'], resources: ['z'] },
    { actions: ['a'], resources: ['y'] },
  ]).map(([actions]) => actions)).toEqual([['a'], ['a', 'c'], ['b']]);
});

test('a statement is left out only if another one denies all of its actions on all of its resources', () => {
  expect(write([{ actions: ['a', 'b'], resources: ['x', 'y'] }, { actions: ['a'], resources: ['x', 'z'] }]))
    .toHaveLength(2);
  expect(write([{ actions: ['a', 'b'], resources: ['x', 'y'] }, { actions: ['a', 'c'], resources: ['x'] }]))
    .toHaveLength(2);
  expect(write([{ actions: ['a', 'b'], resources: ['x', 'y'] }, { actions: ['a'], resources: ['x'] }])).toEqual([
    [['a', 'b'], ['x', 'y'], undefined],
  ]);
});

test('an action that a pattern matches regardless of case is left out', () => {
  expect(write([{ actions: ['delete*', 'DeleteUser', 'Modify'] }])).toEqual([
    [['Modify', 'delete*'], ['*'], undefined],
  ]);
});

test('of two patterns that match the same, one is kept', () => {
  expect(write([{ actions: ['a**', 'a*'] }])).toEqual([[['a*'], ['*'], undefined]]);
  expect(write([{ actions: ['Delete', 'delete', 'a?'] }])).toEqual([[['a?', 'delete'], ['*'], undefined]]);
});
