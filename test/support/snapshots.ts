import { Aws, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
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
    'snapshots-111122223333-us-isof-south-1',
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
export function restoreGrant(stack: Stack, source: SnapshotSource, id = 'Grant'): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(stack, id, {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
    snapshots: [source],
  });
}

/** Any key that a policy and `SnapshotArns` can hold. What IAM reads in its own way is more frequent. */
export const allowedKeys = fc.array(fc.oneof(
  fc.constantFrom('*', '?', '$', '${', '}', '${*}', '${aws:username}', '/', '"', '\\'),
  fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)),
), { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''))
  .filter((key) => !key.includes(',') && !/^(arn:|s3:\/\/)/.test(key));

/** The text that an escaped ARN of a policy matches: `*` for `${*}`, and so on. */
export const unescaped = (text: string) => text.replace(/\$\{([*?$])\}/g, '$1');
