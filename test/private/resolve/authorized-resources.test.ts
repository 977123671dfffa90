import { AccessLevel } from '../../../src/access-level';
import { resourcesOfTypes } from '../../../src/private/resolve/authorized-resources';
import type { CheckedCondition } from '../../../src/private/model';

const condition = (key: string): CheckedCondition => (
  { operator: 'StringEquals', key, catalogKey: key, values: ['a'], global: false, matchesWhenKeyIsMissing: false });
const [a, b] = [condition('elasticache:A'), condition('elasticache:B')];
const entry = { accessLevel: AccessLevel.WRITE, types: { cluster: { keys: ['elasticache:A'] }, user: { keys: ['elasticache:B'] } } };
const keysOf = (types: string[], conditions: CheckedCondition[]) => resourcesOfTypes(entry, types, { conditions }).map((one) => (
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
