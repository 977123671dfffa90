import { KEYS, NODE_TYPES, PARAMETER_GROUPS, REGIONS } from '../../../src/private/guardrail/forms';
import {
  notAmong, onlyTrue, onlyValueOnCreation, onlyValues, withinLimits,
} from '../../../src/private/guardrail/key-rules';
import { newStack } from '../../harness';
import { denialsOf, inRule } from '../../support/rules';

const stack = newStack();
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_';
const CACHES = ['cluster', 'globalreplicationgroup', 'replicationgroup'];
const REPLICATION_GROUPS = ['globalreplicationgroup', 'replicationgroup'];
const anyOf = (types: string[]) => types.map((type) => (
  `arn:*:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`));

describe('values that a key may have', () => {
  test('are compared where a request has the key, on every type that carries it', () => {
    const key = 'elasticache:CacheNodeType';
    const values = ['cache.t4g.micro', 'cache.r7g.*'];
    const { result, errors } = inRule((context) => onlyValues(values, NODE_TYPES, context), stack);
    expect(errors).toEqual([]);
    expect(denialsOf(result, 'CreateReplicationGroup')).toEqual([{
      actions: ['elasticache:*'],
      resources: anyOf(CACHES),
      types: CACHES,
      conditions: {
        Null: { [key]: 'false' },
        StringNotEqualsIgnoreCase: { [key]: ['cache.t4g.micro'] },
        StringNotLike: { [key]: ['cache.r7g.*'] },
      },
      keys: [key],
      needsKeys: true,
      reason: `AWS supplies ${key}; a request without it passes`,
    }]);
    expect(result.unreached).toEqual({
      PurchaseReservedCacheNodesOffering: {
        reason: 'the offering that it names has a node type, and no key for it',
        source: `${API}PurchaseReservedCacheNodesOffering.html`,
      },
    });
  });

  test('are compared on all resources where all requests have the key', () => {
    const { result } = inRule((context) => onlyValues(['eu-west-1'], REGIONS, context), stack);
    expect(denialsOf(result, 'CreateUser')).toEqual([{
      actions: ['elasticache:*'],
      resources: ['*'],
      conditions: {
        Null: { 'aws:RequestedRegion': 'false' }, StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] },
      },
      keys: ['aws:RequestedRegion'],
      reason: 'AWS supplies aws:RequestedRegion; a request without it passes',
    }]);
    expect(result.unreached).toEqual({
      Connect: {
        reason: 'AWS supplies no aws:RequestedRegion to it',
        source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html#auth-iam-limits',
      },
    });
  });

  test('are not compared on a type that the rule is not about, where `*` would deny more', () => {
    const { result } = inRule((context) => onlyValues(['a'], PARAMETER_GROUPS, context), stack);
    expect(result.denials.map(({ types, needsKeys }) => [types, needsKeys])).toEqual([[CACHES, false]]);
  });

  test('deny nothing where one is wrong', () => {
    const { result, errors } = inRule((context) => onlyValues(['alias/a', 'b'], KEYS, context), stack);
    expect(result).toEqual({ denials: [], unreached: {} });
    expect(errors).toHaveLength(1);
  });

  test.each([
    ['elasticache:EngineType', ['a'], [], { StringNotEqualsIgnoreCase: { 'elasticache:EngineType': ['a'] } }],
    ['aws:RequestTag/a', ['a'], [], { StringNotEquals: { 'aws:RequestTag/a': ['a'] } }],
    ['aws:RequestTag/a', [], ['a*'], { StringNotLike: { 'aws:RequestTag/a': ['a*'] } }],
    ['aws:RequestTag/a', ['b'], ['a*'], {
      StringNotEquals: { 'aws:RequestTag/a': ['b'] }, StringNotLike: { 'aws:RequestTag/a': ['a*'] },
    }],
  ])('%s: none of %j and %j is the value', (key, exact, patterns, conditions) => {
    expect(notAmong(key, { exact, patterns })).toEqual(conditions);
  });
});

test('a key that must be true: creations without it are denied, and all else where it is false', () => {
  const key = 'elasticache:TransitEncryptionEnabled';
  const rule = onlyTrue(key);
  const reason = `AWS supplies ${key}; a request that leaves the parameter out has "false"`;
  expect(denialsOf(rule, 'CreateReplicationGroup')).toEqual([
    {
      actions: ['elasticache:CreateReplicationGroup'],
      resources: anyOf(REPLICATION_GROUPS),
      types: REPLICATION_GROUPS,
      conditions: { BoolIfExists: { [key]: 'false' } },
      keys: [key],
      reason,
    },
    {
      actions: ['elasticache:*'],
      resources: anyOf(['replicationgroup']),
      types: ['replicationgroup'],
      conditions: { Bool: { [key]: 'false' } },
      keys: [key],
      needsKeys: true,
      reason,
    },
  ]);
  expect(rule.denials.map(({ reason: reasonOf }) => reasonOf('ModifyReplicationGroup'))).toEqual([
    `AWS supplies ${key}; a request without it is denied`, `AWS supplies ${key}; a request without it passes`,
  ]);
  expect(rule.unreached).toEqual({
    CreateCacheCluster: {
      reason: 'it has the parameter TransitEncryptionEnabled, and no key for it',
      source: `${API}CreateCacheCluster.html`,
    },
  });
});

test('a key that must be true and that only creations have', () => {
  const { denials } = onlyTrue('elasticache:AtRestEncryptionEnabled');
  expect(denials).toHaveLength(1);
  expect(denials[0].actions).toEqual(['elasticache:CreateReplicationGroup']);
});

test('a key that must have one value: creations without it are denied, and all else where it has another', () => {
  const key = 'elasticache:UserAuthenticationMode';
  const rule = onlyValueOnCreation(key, 'iam');
  const common = { resources: ['arn:*:elasticache:*:*:user:*'], types: ['user'], keys: [key] };
  const unlike = { StringNotEqualsIgnoreCase: { [key]: ['iam'] } };
  expect(denialsOf(rule, 'CreateUser')).toEqual([
    {
      ...common,
      actions: ['elasticache:CreateUser'],
      conditions: unlike,
      reason: `AWS supplies ${key}; a request without it is denied`,
    },
    {
      ...common,
      actions: ['elasticache:*'],
      conditions: { ...unlike, Null: { [key]: 'false' } },
      needsKeys: true,
      reason: `AWS supplies ${key}; a request without it is denied`,
    },
  ]);
  expect(rule.denials[1].reason('ModifyUser')).toBe(`AWS supplies ${key}; a request without it passes`);
  expect(rule.unreached).toEqual({});
});

describe('limits', () => {
  const limited = (limits: unknown) => inRule((context) => withinLimits(limits, context), stack);
  const NAMES = 'shards, replicasPerShard, dataStorageGb, ecpuPerSecond, snapshotRetentionDays';

  test.each<[string, object, [action: string[], key: string, types: string[]][], string[]]>([
    ['shards', { shards: 5 }, [
      [['Create*', 'Increase*', 'Modify*'], 'NumNodeGroups', REPLICATION_GROUPS],
    ], ['DecreaseNodeGroupsInGlobalReplicationGroup']],
    ['replicas', { replicasPerShard: 5 }, [
      [['Create*', 'Increase*'], 'ReplicasPerNodeGroup', REPLICATION_GROUPS],
    ], ['DecreaseReplicaCount', 'CreateCacheCluster']],
    ['data storage', { dataStorageGb: 5 }, [
      [['*'], 'MaximumDataStorage', ['serverlesscache']], [['*'], 'MinimumDataStorage', ['serverlesscache']],
    ], []],
    ['ECPUs', { ecpuPerSecond: 5 }, [
      [['*'], 'MaximumECPUPerSecond', ['serverlesscache']], [['*'], 'MinimumECPUPerSecond', ['serverlesscache']],
    ], []],
    ['retention', { snapshotRetentionDays: 5 }, [
      [['*'], 'SnapshotRetentionLimit', [...CACHES, 'serverlesscache']],
    ], []],
    ['several', { snapshotRetentionDays: 5, shards: 5, dataStorageGb: undefined }, [
      [['*'], 'SnapshotRetentionLimit', [...CACHES, 'serverlesscache']],
      [['Create*', 'Increase*', 'Modify*'], 'NumNodeGroups', REPLICATION_GROUPS],
    ], ['DecreaseNodeGroupsInGlobalReplicationGroup']],
  ])('of %s', (_, limits, rows, unreached) => {
    const { result, errors } = limited(limits);
    expect(errors).toEqual([]);
    expect(denialsOf(result, 'CreateUser')).toEqual(rows.map(([actions, name, types]) => ({
      actions: actions.map((action) => `elasticache:${action}`),
      resources: anyOf(types),
      types,
      conditions: { NumericGreaterThan: { [`elasticache:${name}`]: '5' } },
      keys: [`elasticache:${name}`],
      needsKeys: true,
      reason: `AWS supplies elasticache:${name}; a request without it passes`,
    })));
    expect(Object.keys(result.unreached)).toEqual(unreached);
  });

  test.each([
    ['shards', 1], ['replicasPerShard', 0], ['dataStorageGb', 1], ['ecpuPerSecond', 1], ['snapshotRetentionDays', 0],
  ])('of %s are %d at least', (name, least) => {
    expect(limited({ [name]: least }).errors).toEqual([]);
    expect(limited({ [name]: least - 1 })).toEqual({
      result: { denials: [], unreached: {} },
      errors: [`rule: ${name} is ${least - 1}: expected a whole number, ${least} or more`],
    });
  });

  test.each<[unknown, string]>([
    [5, 'rule: limits is 5: expected an object with at least one limit, such as { shards: 5 }'],
    [{}, `rule: limits is empty: set at least one of ${NAMES}`],
    [{ shards: undefined }, `rule: limits is empty: set at least one of ${NAMES}`],
    [{ nodes: 1, shards: 1 }, `rule: "nodes" can't be limited, since AWS has no condition key for it: set ${NAMES}`],
    [{ constructor: 1 }, `rule: "constructor" can't be limited, since AWS has no condition key for it: set ${NAMES}`],
  ])('can not be %j', (limits, error) => {
    expect(limited(limits).errors).toEqual([error]);
  });
});
