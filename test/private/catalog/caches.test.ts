import { App, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { buildModel, readSources, Sources } from '../../../projenrc/catalog/sources';
import { CACHES, RESOURCE_TYPES } from '../../../src/private/catalog/catalog.generated';
import { entryOf, typesOf } from '../../../src/private/catalog/lookup';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

describe('the catalog task refuses spec/cloudformation-types.json', () => {
  const changed = (change: object) => ({ ...sources, templateTypes: { ...sources.templateTypes, ...change } });
  const withCluster = (change: object) => () => {
    const { caches } = sources.templateTypes;
    return changed({ caches: { ...caches, cluster: { ...caches.cluster, ...change } } });
  };
  const withCompanions = (companions: object) => () => {
    const { types } = sources.templateTypes;
    const { resource } = sources.templateTypes.caches.cluster;
    return changed({ types: { ...types, [resource]: { ...types[resource], companions } } });
  };

  test.each<[string, () => Sources, string]>([
    ['a cache of no type', () => {
      const { caches } = sources.templateTypes;
      return changed({ caches: { ...caches, pond: caches.cluster } });
    }, 'names pond, which is no resource type in iam-data'],
    ['a cache whose resource is no type of templates', withCluster({ resource: 'AWS::ElastiCache::Pond' }), 'names '
      + 'AWS::ElastiCache::Pond, which is not among its types'],
    ['a companion of no type', withCompanions({ Pond: { type: 'pond' } }), 'names pond, which is no resource type in '
      + 'iam-data'],
    ['a companion whose ARNs are of no type', withCompanions({ Ponds: { arnsOf: ['snapshot', 'pond'] } }), 'names '
      + 'pond, which is no resource type in iam-data'],
    ['a companion without a type', withCompanions({ Pond: {} }), 'names no type, which is no resource type in '
      + 'iam-data'],
    ['an unknown action', withCluster({ operate: ['ThawCluster'] }), 'names ThawCluster, which is no action of '
      + 'elasticache in iam-data'],
    ['an unknown action for snapshots', withCluster({ takeSnapshots: ['FreezeCluster'] }), 'names FreezeCluster, which '
      + 'is no action of elasticache in iam-data'],
    ['a version that is no two numbers', () => changed({
      iamAuthentication: { ...sources.templateTypes.iamAuthentication, since: { valkey: [7] } },
    }), 'has a version of valkey that is not two numbers'],
  ])('with %s', async (_, make, problem) => {
    await expect(buildModel(make())).rejects.toThrow(
      new Error(`the catalog's sources can't be joined:\n- spec/cloudformation-types.json ${problem}`));
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
