import { App, Aws, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheOperation, SnapshotSource } from '../../src';
import { allow, granted, inPartition, MINIMIZE, newStack } from '../harness';
import { PLAIN_OPERATIONS } from '../support/operations';

/** The page, transcribed by hand: the operations that have only their own action, and the three that have more. */
const ONE_ACTION = [
  'AddTagsToResource',
  'AuthorizeCacheSecurityGroupIngress',
  'CreateCacheParameterGroup',
  'CreateCacheSecurityGroup',
  'CreateCacheSubnetGroup',
  'CreateSnapshot',
  'DeleteCacheCluster',
  'DeleteCacheParameterGroup',
  'DeleteCacheSecurityGroup',
  'DeleteCacheSubnetGroup',
  'DeleteReplicationGroup',
  'DeleteSnapshot',
  'DescribeCacheClusters',
  'DescribeCacheEngineVersions',
  'DescribeCacheParameterGroups',
  'DescribeCacheParameters',
  'DescribeCacheSecurityGroups',
  'DescribeCacheSubnetGroups',
  'DescribeEngineDefaultParameters',
  'DescribeEvents',
  'DescribeReplicationGroups',
  'DescribeReservedCacheNodes',
  'DescribeReservedCacheNodesOfferings',
  'DescribeSnapshots',
  'ListTagsForResource',
  'ModifyCacheCluster',
  'ModifyCacheParameterGroup',
  'ModifyCacheSubnetGroup',
  'ModifyReplicationGroup',
  'ModifyReplicationGroupShardConfiguration',
  'PurchaseReservedCacheNodesOffering',
  'RebootCacheCluster',
  'RemoveTagsFromResource',
  'ResetCacheParameterGroup',
  'RevokeCacheSecurityGroupIngress',
  'TestFailover',
];
const COPY_SNAPSHOT = ['elasticache:CopySnapshot', 's3:GetBucketLocation', 's3:ListAllMyBuckets'];
const FROM_S3 = ['CreateCacheCluster', 'CreateReplicationGroup'];
const PAGE = [...ONE_ACTION, 'CopySnapshot', ...FROM_S3].sort();

const SNAPSHOT_1 = 'arn:aws:s3:::my_bucket/snapshot1.rdb';
const SNAPSHOT_2 = 'arn:aws:s3:::my_bucket/snapshot2.rdb';
const snapshots = () => [SnapshotSource.fromObjectArns([SNAPSHOT_1, SNAPSHOT_2])];

test('reference() has exactly the 39 operations of the page', () => {
  expect(PAGE).toHaveLength(39);
  expect(ElastiCacheOperation.reference().map(String)).toEqual(PAGE);
});

describe.each([[false], [true]])('with minimizePolicies %s', (minimize) => {
  const stack = () => newStack({ context: { [MINIMIZE]: minimize } });
  const objects = minimize
    ? [allow('s3:GetObject', [SNAPSHOT_1, SNAPSHOT_2])]
    : [allow('s3:GetObject', SNAPSHOT_1), allow('s3:GetObject', SNAPSHOT_2)];

  test.each(ONE_ACTION)('%s has only its own action on *', (name) => {
    expect(granted({ operations: [ElastiCacheOperation.of(name)] }, stack()))
      .toEqual([allow(`elasticache:${name}`, '*')]);
  });

  test('CopySnapshot has two S3 actions, too', () => {
    expect(granted({ operations: [ElastiCacheOperation.COPY_SNAPSHOT] }, stack())).toEqual([allow(COPY_SNAPSHOT, '*')]);
  });

  test.each(FROM_S3)('%s without snapshots has only its own action', (name) => {
    expect(granted({ operations: [ElastiCacheOperation.of(name)] }, stack()))
      .toEqual([allow(`elasticache:${name}`, '*')]);
  });

  test.each(FROM_S3)('%s with snapshots has s3:GetObject on each of them', (name) => {
    expect(granted({ operations: [ElastiCacheOperation.of(name)], snapshots: snapshots() }, stack()))
      .toEqual([allow(`elasticache:${name}`, '*'), ...objects]);
  });

  const offPage = PLAIN_OPERATIONS.filter((operation) => (
    !ElastiCacheOperation.reference().includes(operation)
  ));

  test.each(offPage.map(String))('%s, which is not on the page, has only its own action', (name) => {
    expect(granted({ operations: [ElastiCacheOperation.of(name)] }, stack()))
      .toEqual([allow(`elasticache:${name}`, '*')]);
  });

  const every = (names: string[]) => (
    [...names.map((name) => `elasticache:${name}`), 's3:GetBucketLocation', 's3:ListAllMyBuckets']
  );

  test('all 39 operations have their actions, once each', () => {
    expect(granted({ operations: ElastiCacheOperation.reference() }, stack())).toEqual([allow(every(PAGE), '*')]);
    expect(granted({ operations: ElastiCacheOperation.reference(), snapshots: snapshots() }, stack()))
      .toEqual([allow(every(PAGE), '*'), ...objects]);
  });

  test('all operations but the five retired ones and the export have their actions, once each', () => {
    const names = PLAIN_OPERATIONS.map(String);
    expect(names.length).toBeGreaterThanOrEqual(71);
    expect(granted({ operations: PLAIN_OPERATIONS, snapshots: snapshots() }, stack()))
      .toEqual([allow(every(names), '*'), ...objects]);
  });
});

describe('partitions', () => {
  const operations = [ElastiCacheOperation.CREATE_REPLICATION_GROUP];
  const literals = { '@aws-cdk/core:enablePartitionLiterals': true };
  const regions = [['aws', 'eu-west-1'], ['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1']];

  test.each([undefined, ...regions.map(([, region]) => ({ region, account: '123456789012' }))])(
    'a bucket name gets the partition of the stack, which deploys to %j', (env) => {
      const source = SnapshotSource.fromBucketName('my_bucket', ['snapshot1.rdb']);
      expect(granted({ operations, snapshots: [source] }, newStack({ env, context: literals }))).toEqual([
        allow('elasticache:CreateReplicationGroup', '*'),
        allow('s3:GetObject', inPartition('s3:::my_bucket/snapshot1.rdb')),
      ]);
    });

  test.each(regions)('an imported bucket is in the partition %s if the stack deploys to %s', (partition, region) => {
    const stack = newStack({ env: { region, account: '123456789012' }, context: literals });
    const source = SnapshotSource.fromBucket(
      s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots'), ['a.rdb', 'b*.rdb'],
    );
    expect(granted({ operations, snapshots: [source] }, stack)).toEqual([
      allow('elasticache:CreateReplicationGroup', '*'),
      allow('s3:GetObject', `arn:${partition}:s3:::snapshots/a.rdb`),
      allow('s3:GetObject', { 'Fn::Join': ['', [`arn:${partition}:s3:::snapshots/`, 'b${*}.rdb']] }),
    ]);
  });

  test.each(regions)('object ARNs of the partition %s stay unchanged', (partition) => {
    const source = SnapshotSource.fromObjectArns([`arn:${partition}:s3:::my_bucket/snapshot1.rdb`]);
    expect(granted({ operations, snapshots: [source] })).toEqual([
      allow('elasticache:CreateReplicationGroup', '*'),
      allow('s3:GetObject', `arn:${partition}:s3:::my_bucket/snapshot1.rdb`),
    ]);
  });
});

test('a token in a bucket name stays a token', () => {
  const stack = new Stack(new App(), 'Stack');
  const source = SnapshotSource.fromBucketName(`snapshots-${Aws.ACCOUNT_ID}`, ['a.rdb']);
  expect(granted({ operations: [ElastiCacheOperation.CREATE_CACHE_CLUSTER], snapshots: [source] }, stack)).toEqual([
    allow('elasticache:CreateCacheCluster', '*'),
    allow('s3:GetObject', {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::snapshots-', { Ref: 'AWS::AccountId' }, '/a.rdb']],
    }),
  ]);
});
