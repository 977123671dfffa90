import { App, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { buildModel, readSources, Sources } from '../../../projenrc/catalog/sources';
import { CACHES, RESOURCE_TYPES } from '../../../src/private/catalog/catalog.generated';
import { entryOf, typesOf } from '../../../src/private/catalog/lookup';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

describe('the catalog task refuses spec/caches.json', () => {
  const withCluster = (change: object) => () => ({
    ...sources,
    caches: {
      ...sources.caches,
      caches: { ...sources.caches.caches, cluster: { ...sources.caches.caches.cluster, ...change } },
    },
  });

  test.each<[string, () => Sources, string]>([
    ['a cache of no type', () => ({
      ...sources,
      caches: { ...sources.caches, caches: { ...sources.caches.caches, pond: sources.caches.caches.cluster } },
    }), 'names pond, which is no resource type in iam-data'],
    ['a companion of no type', withCluster({ companions: { Pond: { type: 'pond' } } }), 'names pond, which is no '
      + 'resource type in iam-data'],
    ['a companion whose ARNs are of no type', withCluster({ companions: { Ponds: { arnsOf: ['snapshot', 'pond'] } } }),
      'names pond, which is no resource type in iam-data'],
    ['a companion without a type', withCluster({ companions: { Pond: {} } }), 'names no type, which is no resource '
      + 'type in iam-data'],
    ['an unknown action', withCluster({ operate: ['ThawCluster'] }), 'names ThawCluster, which is no action of '
      + 'elasticache in iam-data'],
    ['an unknown action for snapshots', withCluster({ takeSnapshots: ['FreezeCluster'] }), 'names FreezeCluster, which '
      + 'is no action of elasticache in iam-data'],
    ['a version that is no two numbers', () => ({
      ...sources,
      caches: { ...sources.caches, iamAuthentication: { ...sources.caches.iamAuthentication, since: { valkey: [7] } } },
    }), 'has a version of valkey that is not two numbers'],
  ])('with %s', async (_, changed, problem) => {
    await expect(buildModel(changed())).rejects.toThrow(
      new Error(`the catalog's sources can't be joined:\n- spec/caches.json ${problem}`));
  });
});

const stack = new Stack(new App());
const RESOURCES: Record<string, any> = {
  cluster: new elasticache.CfnCacheCluster(stack, 'Cluster', { cacheNodeType: 'x', engine: 'x', numCacheNodes: 1 }),
  replicationgroup: new elasticache.CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'x' }),
  serverlesscache: new elasticache.CfnServerlessCache(stack, 'Cache', { engine: 'x', serverlessCacheName: 'x' }),
};

describe.each(Object.entries(CACHES))('%s', (type, { resource, companions, nodes, operate, takeSnapshots }) => {
  test('is the resource of a template, with each property that names another', () => {
    expect(RESOURCES[type].cfnResourceType).toBe(resource);
    expect(Object.keys(RESOURCES[type].cfnProperties)).toEqual(expect.arrayContaining(
      Object.keys(companions).map((property) => property[0].toLowerCase() + property.slice(1))));
  });

  test('is run and saved by operations that AWS authorizes on it, its nodes or its snapshots', () => {
    const types = [type, ...nodes ? ['cluster'] : []];
    operate.forEach((name) => expect([name, typesOf(entryOf(name)).some((one) => types.includes(one))])
      .toEqual([name, true]));
    expect(takeSnapshots.map((name) => typesOf(entryOf(name)).some((one) => /snapshot$/.test(one))))
      .toEqual([true, true]);
    expect(takeSnapshots[0]).toMatch(/^Create/);
  });

  test('has nodes whose names fit the length that AWS allows', () => {
    const longest = Math.max(0, ...(nodes ?? []).map(({ length }) => length));
    expect(RESOURCE_TYPES[type].maxLength ?? 0).toBeLessThanOrEqual(RESOURCE_TYPES.cluster.maxLength! - longest);
  });
});
