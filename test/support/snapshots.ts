import { Aws, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../src';

/** The names of this many snapshots, one for each shard. */
export const shardKeys = (count: number) => (
  Array.from({ length: count }, (_, index) => `nightly/sessions/shard-${String(index + 1).padStart(4, '0')}.rdb`));

/**
 * Each way to name a bucket: a source of objects in it, and the longest name that the bucket can have once deployed.
 */
export const BUCKETS: [string, (stack: Stack, keys: string[]) => SnapshotSource, string][] = [
  ['a bucket known by name', (_, keys) => SnapshotSource.fromBucketName('my-snapshots', keys), 'my-snapshots'],
  [
    'a bucket whose name is a token',
    (_, keys) => SnapshotSource.fromBucketName(`snapshots-${Aws.ACCOUNT_ID}-${Aws.REGION}`, keys),
    'snapshots-111122223333-ap-southeast-1',
  ],
  [
    'a bucket that is a construct',
    (stack, keys) => SnapshotSource.fromBucket(new s3.CfnBucket(stack, 'Bucket'), keys),
    'b'.repeat(63),
  ],
  [
    'objects known by ARN',
    (_, keys) => SnapshotSource.fromObjectArns(keys.map((key) => `arn:aws-us-gov:s3:::my-snapshots/${key}`)),
    'my-snapshots',
  ],
];

/** This many snapshots of a bucket that is known by name. */
export const shards = (count: number) => SnapshotSource.fromBucketName('my-snapshots', shardKeys(count));

/** A grant that restores a replication group from these snapshots. */
export function restoreGrant(stack: Stack, source: SnapshotSource): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
    snapshots: [source],
  });
}
