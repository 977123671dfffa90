import { AccessLevel } from '../../src/access-level';
import { placed } from '../../src/private/authorized';
import { CheckedCondition } from '../../src/private/conditions';

const condition = (key: string): CheckedCondition => (
  { operator: 'StringEquals', key, catalogueKey: key, values: ['a'], global: false, lenient: false });
const [a, b] = [condition('elasticache:A'), condition('elasticache:B')];
const entry = { accessLevel: AccessLevel.WRITE, types: { cluster: { keys: ['elasticache:A'] }, user: { keys: ['elasticache:B'] } } };
const keysOf = (types: string[], conditions: CheckedCondition[]) => placed(entry, types, { conditions }).map((one) => (
  [one.type ?? one.resource, ...one.conditions.map(({ key }) => key)]));

test('types with as many conditions, but other ones, are said apart', () => {
  expect(keysOf(['cluster', 'user'], [a, b])).toEqual([['cluster', 'elasticache:A'], ['user', 'elasticache:B']]);
});

test('a condition that only some types of the action carry never stands on *, even where only those types are asked for', () => {
  expect(keysOf(['cluster'], [a])).toEqual([['cluster', 'elasticache:A']]);
});

test('no condition, or none that a type carries, leaves *', () => {
  expect(keysOf(['cluster', 'user'], [])).toEqual([['*']]);
  expect(keysOf(['cluster', 'user'], [condition('elasticache:C')])).toEqual([['*']]);
});
