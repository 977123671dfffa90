import { OPERATIONS } from '../../../src/private/catalog/catalog.generated';
import { createdTypesCarrying, creationTypes, groupPairs } from '../../../src/private/guardrail/creation';
import { matchesPattern } from '../../../src/private/util/text';

test('operations create types, and merely use others', () => {
  const created = createdTypesCarrying('aws:RequestTag/${TagKey}');
  expect(created.get('CreateReplicationGroup')).toEqual(['replicationgroup']);
  expect(created.get('CreateServerlessCache')).toEqual(['serverlesscache']);
  expect(created.size).toBe(14);
  expect(creationTypes('elasticache:AtRestEncryptionEnabled')).toEqual(
    new Map([['CreateReplicationGroup', ['globalreplicationgroup', 'replicationgroup']]]));
});

test.each([
  ['tags', createdTypesCarrying('aws:RequestTag/${TagKey}'), 3], ['keys', creationTypes('elasticache:KmsKeyId'), 2],
])('groups reach every pair of %s, and no other', (_, pairs, count) => {
  const groups = groupPairs(pairs);
  expect(groups).toHaveLength(count);
  const reached = groups.flatMap(({ patterns, types }) => Object.entries(OPERATIONS)
    .filter(([name]) => patterns.some((pattern) => matchesPattern(name, pattern)))
    .flatMap(([name, entry]) => types.filter((type) => entry.types?.[type]).map((type) => `${name} ${type}`)));
  const wanted = [...pairs].flatMap(([name, types]) => types.map((type) => `${name} ${type}`));
  expect(reached.sort()).toEqual(wanted.sort());
});

test('one operation keeps its name where a pattern would reach another pair', () => {
  expect(groupPairs(new Map([['CreateReplicationGroup', ['replicationgroup']]]))).toEqual([
    { patterns: ['CreateReplicationGroup'], types: ['replicationgroup'] },
  ]);
  expect(groupPairs(new Map([['PurchaseReservedCacheNodesOffering', ['reserved-instance']]]))).toEqual([
    { patterns: ['Purchase*'], types: ['reserved-instance'] },
  ]);
});
