import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotBucketGrants } from '../../src';
import { newStack, warningsOf } from '../harness';
import { l2Bucket } from '../support/bucket-policies';

describe('the encryption of a bucket', () => {
  const warning = 'this bucket encrypts its objects with a KMS key, and ElastiCache reads only those that are '
    + 'encrypted with SSE-S3: use a bucket with SSE-S3, or acknowledge this warning if the snapshots are uploaded with '
    + 'SSE-S3 [ack: cdk-elasticache-grants:kmsEncryptedBucket]';
  const sse = (sseAlgorithm: string) => (
    { bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm } }] } });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['a customer managed key', (stack) => l2Bucket(stack, { encryptionKey: new kms.Key(stack, 'Key') })],
    ['the AWS managed key', (stack) => l2Bucket(stack, { encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['two layers', (stack) => l2Bucket(stack, { encryption: s3.BucketEncryption.DSSE_MANAGED })],
    ['a key of an L1 bucket', (stack) => new s3.CfnBucket(stack, 'Bucket', sse('aws:kms'))],
  ])('with %s causes a warning on import, and another one on export', (_, bucketIn) => {
    const stack = newStack();
    const grants = SnapshotBucketGrants.fromBucket(bucketIn(stack));
    grants.exportSnapshots();
    expect(warningsOf(stack)).toEqual([
      'this bucket encrypts its objects with a KMS key, and AWS names no permission with which ElastiCache could '
      + 'export to it: use a bucket with SSE-S3, and copy the objects from there, or acknowledge this warning '
      + '[ack: cdk-elasticache-grants:kmsEncryptedBucket]',
    ]);
    grants.importSnapshots(['a']);
    grants.importSnapshotsUnder('b');
    expect(warningsOf(stack).slice(1)).toEqual([warning]);
  });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['an L2 bucket', (stack) => l2Bucket(stack, { encryption: s3.BucketEncryption.S3_MANAGED })],
    ['an L1 bucket', (stack) => new s3.CfnBucket(stack, 'Bucket', sse('AES256'))],
  ])('with SSE-S3 causes no warning, for %s', (_, bucketIn) => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(['a']);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a bucket in another Region than its stack', () => {
  const warning = 'this bucket is in eu-west-1, but its stack deploys to us-east-1, and ElastiCache reads and writes '
    + 'buckets of its own Region only: use a bucket there, or acknowledge this warning if the caches are in the '
    + 'bucket\'s Region [ack: cdk-elasticache-grants:otherRegion]';

  test.each<[string, (stack: Stack) => SnapshotBucketGrants]>([
    ['that is imported with it', (stack) => SnapshotBucketGrants.fromBucket(
      s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'my-snapshots', region: 'eu-west-1' }),
    )],
    ['that the option names', (stack) => SnapshotBucketGrants.fromBucket(l2Bucket(stack), { region: 'eu-west-1' })],
  ])('%s has a warning', (_, grantsIn) => {
    const stack = newStack({ env: { region: 'us-east-1' } });
    grantsIn(stack).exportSnapshots();
    new s3.CfnBucket(stack, 'Other');
    expect(warningsOf(stack)).toContain(warning);
  });

  test('has no warning if either Region is only known at deployment', () => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(l2Bucket(stack), { region: 'eu-west-1' }).exportSnapshots();
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('a prefix with a wildcard has a warning that it is taken literally', () => {
  const stack = newStack();
  SnapshotBucketGrants.fromBucket(l2Bucket(stack)).exportSnapshots('nightly/*');
  expect(warningsOf(stack)).toEqual([
    'SnapshotBucketGrants.exportSnapshots: prefix "nightly/*" has "*" or "?", which is taken literally and matches '
    + 'nothing else: for every object under a prefix, use SnapshotBucketGrants.exportSnapshots with the text before it '
    + '[ack: cdk-elasticache-grants:literalWildcard]',
  ]);
});
