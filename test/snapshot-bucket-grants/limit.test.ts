import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotBucketGrants } from '../../src';
import { messageOf, newStack, warningsOf } from '../harness';
import { bucketStatements, importing, inBucket, l2Bucket, numberedKeys } from '../support/bucket-policies';
import { withLongestNames } from '../support/policies';

describe('the size limit of a bucket policy', () => {
  test('allows 500 objects with short names', () => {
    const stack = newStack();
    const keys = numberedKeys(500);
    SnapshotBucketGrants.fromBucket(l2Bucket(stack, { bucketName: 'snap' })).importSnapshots(keys);
    expect(bucketStatements(stack)).toEqual(importing(keys.map(inBucket)));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('refuses 500 objects with long names, and allows their prefix', () => {
    const stack = newStack();
    const bucket = l2Bucket(stack, { bucketName: 'my-snapshots', enforceSSL: true });
    expect(
      messageOf(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(numberedKeys(500, 'nightly/sessions/'))),
    ).toBe(
      'Stack/L2: the bucket\'s policy would have 31,058 bytes, and S3 allows 20,480, 234 of which are used: shorten '
      + 'the keys, spread the objects over several buckets, or allow a prefix of them, with '
      + 'SnapshotBucketGrants.importSnapshotsUnder',
    );
    SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('nightly/sessions/');
    const [, ...added] = bucketStatements(stack);
    expect(added).toEqual(importing(inBucket('nightly/sessions/*')));
  });

  test('counts an unknown bucket name with the longest length', () => {
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2Bucket(newStack())).importSnapshots(numberedKeys(300))))
      .toBe(
        'Stack/L2: the bucket\'s policy would have 28,917 bytes, and S3 allows 20,480: shorten the keys, spread the '
        + 'objects over several buckets, or allow a prefix of them, with SnapshotBucketGrants.importSnapshotsUnder',
      );
  });

  /** The bytes of the one bucket policy of the stack once it is deployed, with the longest possible names. */
  function deployedBytes(stack: Stack, bucketName: string): number {
    const [policy]: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    return Buffer.byteLength(JSON.stringify(withLongestNames(policy.Properties.PolicyDocument, bucketName)));
  }

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef, string]>([
    ['with a known name', (stack) => l2Bucket(stack, { bucketName: 'my-snapshots' }), 'my-snapshots'],
    ['whose name CloudFormation makes', (stack) => l2Bucket(stack), 'b'.repeat(63)],
    ['that is L1, whose name CloudFormation makes', (stack) => new s3.CfnBucket(stack, 'Bucket'), 'b'.repeat(63)],
    [
      'that is L1, with a known name',
      (stack) => new s3.CfnBucket(stack, 'Bucket', { bucketName: 'my-snapshots' }),
      'my-snapshots',
    ],
  ])('allows objects up to the limit for a bucket %s', (_, bucketIn, bucketName) => {
    const fits = (count: number) => {
      const stack = newStack();
      try {
        SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(numberedKeys(count, 'ü'));
        return deployedBytes(stack, bucketName);
      } catch {
        return undefined;
      }
    };
    let [most, tooMany] = [1, 500];
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (fits(middle) === undefined) { tooMany = middle; } else { most = middle; }
    }
    const bytes = fits(most)!;
    expect(bytes).toBeLessThanOrEqual(20480);
    // The bare ARN of a bucket whose name isn't known is counted as the longest of any ARN.
    expect(bytes).toBeGreaterThan(20480 - (bucketName.length + 40) - 20);
  });

  test('allows 20,480 bytes, and refuses 20,481', () => {
    const bucket = (padding: number) => (
      SnapshotBucketGrants.fromBucket(l2Bucket(newStack(), { bucketName: 'my-snapshots' })).importSnapshots([
        ...numberedKeys(440), 'x'.repeat(padding),
      ]));
    const [, bytes] = /would have ([\d,]+) bytes/.exec(messageOf(() => bucket(1024)))!;
    const over = Number(bytes.replace(',', '')) - 20480;
    expect(bucket(1024 - over).success).toBe(true);
    expect(messageOf(() => bucket(1025 - over))).toContain('would have 20,481 bytes, and S3 allows 20,480: ');
  });

  test('counts the statements of an earlier call once', () => {
    const stack = newStack();
    const bucket = l2Bucket(stack, { bucketName: 'snap' });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(numberedKeys(500));
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(numberedKeys(500));
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(numberedKeys(100, 'more/'))))
      .toMatch(
        new RegExp('^Stack/L2: the bucket\'s policy would have 2\\d,\\d{3} bytes, '
          + 'and S3 allows 20,480, 1\\d,\\d{3} of which are used: '),
      );
  });
});
