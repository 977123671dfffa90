import { AccessLevel } from '../../../src/access-level';
import { CheckedCondition } from '../../../src/private/model';
import { resourcesOfTypes } from '../../../src/private/resolve/authorized-resources';

const condition = (key: string): CheckedCondition => (
  { operator: 'StringEquals', key, catalogKey: key, values: ['a'], global: false, matchesWhenKeyIsMissing: false });
const [a, b] = [condition('elasticache:A'), condition('elasticache:B')];
const entry = {
  accessLevel: AccessLevel.WRITE, types: { cluster: { keys: ['elasticache:A'] }, user: { keys: ['elasticache:B'] } },
};
const keysOf = (types: string[], conditions: CheckedCondition[]) => resourcesOfTypes(entry, types, { conditions })
  .map((one) => (
    [one.type ?? one.resource, ...one.conditions.map(({ key }) => key)]));

test('types with different conditions stay separate', () => {
  expect(keysOf(['cluster', 'user'], [a, b])).toEqual([['cluster', 'elasticache:A'], ['user', 'elasticache:B']]);
});

test('a condition whose key AWS supplies for some types only is never on *', () => {
  expect(keysOf(['cluster'], [a])).toEqual([['cluster', 'elasticache:A']]);
});

test('a grant without a condition that applies stays on *', () => {
  expect(keysOf(['cluster', 'user'], [])).toEqual([['*']]);
  expect(keysOf(['cluster', 'user'], [condition('elasticache:C')])).toEqual([['*']]);
});
