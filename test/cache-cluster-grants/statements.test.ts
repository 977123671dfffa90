import * as iam from 'aws-cdk-lib/aws-iam';
import { CacheClusterGrants, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { allow, newRole, newStack, policyStatements } from '../harness';
import { arnOf, cacheCluster, CACHE_CLUSTERS, ENV, GRANTEES, Name } from '../support/caches';

const { DELETE_CACHE_CLUSTER, REBOOT_CACHE_CLUSTER } = ElastiCacheOperation;

type Call = (grants: CacheClusterGrants, grantee: iam.IGrantable) => unknown;
type Expected = (name: Name, inApp: boolean) => unknown[];

/** Each method, and the whole of what it allows. A cluster that is in the app tells that it has a group of AWS. */
const METHODS: [title: string, call: Call, expected: Expected][] = [
  ['read', (grants, grantee) => grants.read(grantee), (name, inApp) => [
    allow([
      'elasticache:DescribeCacheClusters', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], arnOf('cluster', ...name)),
    ...inApp ? [allow([
      'elasticache:DescribeCacheParameterGroups', 'elasticache:DescribeCacheParameters',
      'elasticache:ListTagsForResource',
    ], arnOf('parametergroup', 'default.*'))] : [],
  ]],
  ['operate', (grants, grantee) => grants.operate(grantee), (name, inApp) => [
    allow(['elasticache:ModifyCacheCluster', 'elasticache:RebootCacheCluster'], arnOf('cluster', ...name)),
    ...inApp ? [allow('elasticache:ModifyCacheCluster', arnOf('parametergroup', 'default.*'))] : [],
  ]],
  ['snapshot', (grants, grantee) => grants.snapshot(grantee), (name) => [
    allow('elasticache:CreateSnapshot', arnOf('cluster', ...name)),
    allow(['elasticache:CreateSnapshot', 'elasticache:DescribeSnapshots'], arnOf('snapshot', ...name, '-*')),
  ]],
  ['operations', (grants, grantee) => grants.operations(
    grantee, [DELETE_CACHE_CLUSTER, REBOOT_CACHE_CLUSTER], [ElastiCacheResource.snapshot('last')],
  ), (name) => [
    allow(['elasticache:DeleteCacheCluster', 'elasticache:RebootCacheCluster'], arnOf('cluster', ...name)),
    allow('elasticache:DeleteCacheCluster', arnOf('snapshot', 'last')),
  ]],
];

describe.each(CACHE_CLUSTERS)('%s', (_, make) => {
  describe.each(GRANTEES)('to %s', (__, makeGrantee) => {
    test.each(METHODS)('%s has these statements', (___, call, expected) => {
      const stack = newStack({ env: ENV });
      const { construct, name, inApp } = make(stack);
      call(CacheClusterGrants.fromCacheCluster(construct), makeGrantee(stack));
      expect(policyStatements(stack)).toEqual(expected(name, inApp));
    });
  });
});

test('read and operate also allow what the cluster names', () => {
  const stack = newStack({ env: ENV });
  const grants = CacheClusterGrants.fromCacheCluster(cacheCluster(stack, {
    cacheParameterGroupName: 'params', cacheSubnetGroupName: 'nets', snapshotName: 'start',
  }));
  const role = newRole(stack);
  grants.read(role);
  grants.operate(role);
  const cluster = arnOf('cluster', { Ref: 'Cache' });
  expect(policyStatements(stack)).toEqual([
    allow([
      'elasticache:DescribeCacheClusters', 'elasticache:DescribeUpdateActions',
      'elasticache:ListAllowedNodeTypeModifications', 'elasticache:ListTagsForResource',
    ], cluster),
    allow([
      'elasticache:DescribeCacheParameterGroups', 'elasticache:DescribeCacheParameters',
      'elasticache:ListTagsForResource',
    ], arnOf('parametergroup', 'params')),
    allow(['elasticache:DescribeSnapshots', 'elasticache:ListTagsForResource'], arnOf('snapshot', 'start')),
    allow(['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'], arnOf('subnetgroup', 'nets')),
    allow(['elasticache:ModifyCacheCluster', 'elasticache:RebootCacheCluster'], cluster),
    allow('elasticache:ModifyCacheCluster', arnOf('parametergroup', 'params')),
  ]);
});
