import { nearest, nearestSpelling, wordsOf } from '../../../src/private/util/nearest';

test.each<[string, string[]]>([
  ['CacheNodeType', ['cache', 'node', 'type']],
  ['cache-node_type', ['cache', 'node', 'type']],
  ['CACHE_NODE_TYPE', ['cache', 'node', 'type']],
  ['MultiAZEnabled', ['multi', 'az', 'enabled']],
  ['Top12Nodes3', ['top', '12', 'nodes', '3']],
  ['', []],
  ['*', []],
])('the words of %j are %j', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

const VERBS = { synonyms: [['create', 'make'], ['get', 'describe']], ignored: ['cache'], sameFirstWord: true };
const NAMES = ['CreateCacheCluster', 'DeleteCacheCluster', 'DescribeUsers', 'ModifyUserGroup'];

test.each<[string, string | undefined]>([
  ['CreateCacheCluster', 'CreateCacheCluster'],
  ['CreateCluster', 'CreateCacheCluster'],
  ['MakeCluster', 'CreateCacheCluster'],
  ['GetUsers', 'DescribeUsers'],
  ['DescribeUser', 'DescribeUsers'],
  ['ModifyUsersGroup', 'ModifyUserGroup'],
  ['RebootCacheCluster', undefined],
  ['CreateSubnet', undefined],
  ['CreateCache', undefined],
  ['', undefined],
])('an operation that somebody calls %j is %j', (name, meant) => {
  expect(nearest(name, NAMES, VERBS)).toBe(meant);
});

const WORDS = { synonyms: [], ignored: ['enabled'], sameFirstWord: false };

test.each<[string, string | undefined]>([
  ['TypeNode', 'NodeType'],
  ['NodeTypeEnabled', 'NodeType'],
  ['NodeNode', undefined],
  ['Node', undefined],
])('a key that somebody calls %j is %j', (name, meant) => {
  expect(nearest(name, ['NodeType', 'EngineVersion'], WORDS)).toBe(meant);
});

test.each<[string, string | undefined]>([
  ['engine_version', 'EngineVersion'], ['EngineVersoin', undefined], ['EngineVersionn', 'EngineVersion'],
  ['Engine', undefined],
])('a misspelled %j is %j', (name, meant) => {
  expect(nearestSpelling(name, ['NodeType', 'EngineVersion'])).toBe(meant);
});

test('nothing is near where nothing is known', () => {
  expect(nearest('a', [], WORDS)).toBeUndefined();
});
