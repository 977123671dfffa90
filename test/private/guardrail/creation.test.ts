import { OPERATIONS } from '../../../src/private/catalog/catalog.generated';
import { byFirstWord, createdTypesCarrying, creationTypes, groupPairs } from '../../../src/private/guardrail/creation';
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

test('only types with which AWS supplies the key count as created', () => {
  expect(createdTypesCarrying('elasticache:KmsKeyId')).toEqual(new Map([
    ['CopyServerlessCacheSnapshot', ['serverlesscachesnapshot']],
    ['CopySnapshot', ['snapshot']],
    ['CreateReplicationGroup', ['replicationgroup']],
    ['CreateServerlessCache', ['serverlesscache']],
    ['CreateServerlessCacheSnapshot', ['serverlesscachesnapshot']],
    ['CreateSnapshot', ['snapshot']],
  ]));
});

test('operations that set tags are grouped by what they create and use', () => {
  expect(groupPairs(createdTypesCarrying('aws:RequestTag/${TagKey}'))).toEqual([
    {
      patterns: [
        'CreateCacheCluster', 'CreateGlobalReplicationGroup', 'CreateServerlessCache', 'CreateUser', 'Purchase*',
      ],
      types: ['cluster', 'globalreplicationgroup', 'reserved-instance', 'serverlesscache', 'user'],
    },
    {
      patterns: ['Copy*', 'Create*Snapshot', 'CreateCache*Group', 'CreateUserGroup'],
      types: ['parametergroup', 'securitygroup', 'serverlesscachesnapshot', 'snapshot', 'subnetgroup', 'usergroup'],
    },
    { patterns: ['CreateReplicationGroup'], types: ['replicationgroup'] },
  ]);
});

test.each<[string, Record<string, string[]>, { patterns: string[]; types: string[] }[]]>([
  ['types that no operation of the group uses otherwise', {
    CreateUser: ['user'], CreateServerlessCache: ['serverlesscache'], CopySnapshot: ['snapshot'],
  }, [
    { patterns: ['CreateServerlessCache', 'CreateUser'], types: ['serverlesscache', 'user'] },
    { patterns: ['Copy*'], types: ['snapshot'] },
  ]],
  ['and not a type that one of them uses', {
    CreateSnapshot: ['snapshot'], CreateReplicationGroup: ['replicationgroup'],
  }, [
    { patterns: ['CreateReplicationGroup'], types: ['replicationgroup'] },
    { patterns: ['CreateSnapshot'], types: ['snapshot'] },
  ]],
  ['the shortest of the patterns that most of them match', {
    DeleteUser: ['user'],
    DeleteUserGroup: ['user'],
    ModifyUser: ['user'],
    ModifyUserGroup: ['user'],
    CreateUser: ['user'],
    CreateUserGroup: ['user'],
  }, [{ patterns: ['Create*', 'Delete*', 'Modify*'], types: ['user'] }]],
  ['a name where each pattern would reach another operation on its types', {
    CreateCacheParameterGroup: ['parametergroup'],
    DeleteCacheParameterGroup: ['parametergroup'],
    DescribeCacheParameterGroups: ['parametergroup'],
    DescribeCacheParameters: ['parametergroup'],
  }, [{ patterns: ['CreateCacheParameterGroup', 'Delete*', 'Describe*'], types: ['parametergroup'] }]],
])('a group has %s', (_, pairs, groups) => {
  expect(groupPairs(new Map(Object.entries(pairs)))).toEqual(groups);
});

test('an operation is known by the first word of its name', () => {
  expect(['CreateUser', 'Connect'].map(byFirstWord)).toEqual(['Create*', 'Connect*']);
});

test('one operation keeps its name where a pattern would reach another pair', () => {
  expect(groupPairs(new Map([['CreateReplicationGroup', ['replicationgroup']]]))).toEqual([
    { patterns: ['CreateReplicationGroup'], types: ['replicationgroup'] },
  ]);
  expect(groupPairs(new Map([['PurchaseReservedCacheNodesOffering', ['reserved-instance']]]))).toEqual([
    { patterns: ['Purchase*'], types: ['reserved-instance'] },
  ]);
});
