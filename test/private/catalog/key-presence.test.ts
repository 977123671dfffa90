import { keyPresence } from '../../../projenrc/catalog/key-presence';
import { buildModel, readSources, Sources } from '../../../projenrc/catalog/sources';
import { CONDITION_KEYS, KEY_PRESENCE, OPERATIONS } from '../../../src/private/catalog/catalog.generated';
import {
  carriesKey, decreasingOperations, defaultValue, operationsCarrying, operationsWithoutKey, possibleValues,
  typesCarrying,
} from '../../../src/private/catalog/key-presence';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

test('a key is carried by the operation, by one of its types, or by all requests', () => {
  expect([
    carriesKey('CreateReplicationGroup', 'replicationgroup', 'elasticache:CacheNodeType'),
    carriesKey('CreateReplicationGroup', 'parametergroup', 'elasticache:CacheNodeType'),
    carriesKey('CreateUser', undefined, 'elasticache:UserAuthenticationMode'),
    carriesKey('DescribeEvents', undefined, 'aws:RequestedRegion'),
    carriesKey('Connect', 'user', 'aws:RequestedRegion'),
    carriesKey('Connect', 'user', 'aws:ResourceTag/${TagKey}'),
    carriesKey('ThawCluster', undefined, 'aws:RequestedRegion'),
  ]).toEqual([true, false, true, true, false, true, false]);
});

test('the operations that carry a key are found with the types', () => {
  expect([...operationsCarrying('elasticache:TransitEncryptionEnabled')]).toEqual([
    ['CreateReplicationGroup', ['globalreplicationgroup', 'replicationgroup']],
    ['ModifyReplicationGroup', ['replicationgroup']],
  ]);
  expect(typesCarrying('CreateCacheCluster', 'elasticache:TransitEncryptionEnabled')).toEqual([]);
});

test('a creation has a value of some keys that it leaves out', () => {
  expect([
    defaultValue('CreateReplicationGroup', 'elasticache:TransitEncryptionEnabled'),
    defaultValue('ModifyReplicationGroup', 'elasticache:TransitEncryptionEnabled'),
    defaultValue('CreateReplicationGroup', 'elasticache:EngineType'),
    defaultValue('CreateReplicationGroup', 'elasticache:CacheNodeType'),
  ]).toEqual(['false', undefined, 'redis', undefined]);
});

test('what is not known of a key is empty', () => {
  expect([
    operationsWithoutKey('elasticache:Durability'), decreasingOperations('elasticache:CacheNodeType'),
    possibleValues('elasticache:CacheNodeType'), possibleValues('elasticache:EngineType'),
  ]).toEqual([{}, {}, undefined, ['memcached', 'redis', 'valkey']]);
});

test('each fact has a reason and a page of AWS', () => {
  const { defaults, withoutKey, decreasing, values } = sources.keyPresence;
  for (const { reason, source } of [...defaults, ...withoutKey, ...decreasing, ...values]) {
    expect(reason.length).toBeGreaterThan(10);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
  expect(KEY_PRESENCE).toEqual(keyPresence(sources.keyPresence));
});

test('every operation that decreases what it counts is known', () => {
  const known = Object.values(KEY_PRESENCE).flatMap(({ decreasing }) => Object.keys(decreasing ?? {}));
  expect(known.sort()).toEqual(Object.keys(OPERATIONS).filter((name) => name.startsWith('Decrease')));
  expect(Object.keys(KEY_PRESENCE).filter((name) => !CONDITION_KEYS.some(({ key }) => key === name))).toEqual([]);
});

test.each<[string, string, object, string]>([
  ['a key that does not exist', 'values', { key: 'elasticache:Engine', values: [] },
    'names the condition key elasticache:Engine, which is none of elasticache in iam-data'],
  ['a key that the operation does not carry', 'defaults', {
    key: 'elasticache:EngineType', operations: ['DeleteUser'], value: 'redis',
  }, 'says that DeleteUser carries elasticache:EngineType, and in iam-data it doesn\'t'],
  ['a key that the operation does carry', 'withoutKey', {
    key: 'elasticache:EngineType', operations: ['CreateCacheCluster'],
  }, 'says that CreateCacheCluster doesn\'t carry elasticache:EngineType, and in iam-data it does'],
  ['an unknown operation', 'decreasing', { key: 'elasticache:EngineType', operations: ['Shrink'] },
    'says that Shrink carries elasticache:EngineType, and in iam-data there is no such action'],
])('the catalog task refuses %s', async (_, part, row, problem) => {
  const spec = sources.keyPresence as any;
  const rows = [...spec[part], { reason: 'a', source: 'b', ...row }];
  const changed = { ...sources, keyPresence: { ...spec, [part]: rows } };
  await expect(buildModel(changed)).rejects.toThrow(
    `the catalog's sources can't be joined:\n- spec/condition-key-presence.json ${problem}`);
});
