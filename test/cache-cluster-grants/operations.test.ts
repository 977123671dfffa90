import { CacheClusterGrants } from '../../src';
import { messageOf, newRole, newStack } from '../harness';
import { cacheCluster, ENV, MISSING, outcomes, UNLIMITED } from '../support/caches';

test('each operation is allowed on the cluster and what it names, or an error says what is missing', () => {
  const { allowed, errors } = outcomes((stack) => CacheClusterGrants.fromCacheCluster(cacheCluster(stack, {
    cacheParameterGroupName: 'params', cacheSubnetGroupName: 'nets', snapshotName: 'start',
  })));
  expect(allowed).toEqual({
    ...UNLIMITED,
    AddTagsToResource: ['cluster'],
    BatchApplyUpdateAction: ['cluster'],
    BatchStopUpdateAction: ['cluster'],
    CompleteMigration: ['cluster'],
    CreateCacheCluster: ['cluster', 'parametergroup', 'snapshot', 'subnetgroup'],
    CreateCacheParameterGroup: ['parametergroup'],
    CreateCacheSubnetGroup: ['subnetgroup'],
    CreateReplicationGroup: ['cluster', 'parametergroup', 'subnetgroup'],
    DeleteCacheCluster: ['cluster'],
    DeleteCacheParameterGroup: ['parametergroup'],
    DeleteCacheSubnetGroup: ['subnetgroup'],
    DescribeCacheClusters: ['cluster'],
    DescribeCacheParameterGroups: ['parametergroup'],
    DescribeCacheParameters: ['parametergroup'],
    DescribeCacheSubnetGroups: ['subnetgroup'],
    DescribeSnapshots: ['snapshot'],
    DescribeUpdateActions: ['cluster'],
    ListAllowedNodeTypeModifications: ['cluster'],
    ListTagsForResource: ['cluster', 'parametergroup', 'snapshot', 'subnetgroup'],
    ModifyCacheCluster: ['cluster', 'parametergroup'],
    ModifyCacheParameterGroup: ['parametergroup'],
    ModifyCacheSubnetGroup: ['subnetgroup'],
    RebootCacheCluster: ['cluster'],
    RemoveTagsFromResource: ['cluster'],
    ResetCacheParameterGroup: ['parametergroup'],
  });
  errors.forEach((error) => expect(error).toMatch(MISSING));
});

test('ElastiCache takes no snapshots of Memcached', () => {
  const stack = newStack({ env: ENV });
  const grants = CacheClusterGrants.fromCacheCluster(cacheCluster(stack, { engine: 'Memcached' }));
  expect(messageOf(() => grants.snapshot(newRole(stack)))).toBe(
    'Stack/Cache: Engine is "Memcached", and ElastiCache takes no snapshots of a cacheCluster that runs Memcached: '
    + 'drop the grant, or use Valkey or Redis OSS',
  );
});
