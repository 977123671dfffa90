import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotBucketGrants } from '../../src';
import { messageOf, newStack } from '../harness';
import { l2Bucket } from '../support/bucket-policies';
import { BucketWithArn, ErrorCase, titled, tokenList } from '../support/errors';

function buckets(): ErrorCase[] {
  const onBucket: [(bucket: aws_s3.IBucketRef) => unknown, string][] = [
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { region: 'eu-*' }),
      'SnapshotBucketGrants.fromBucket: region "eu-*" is not a Region: expected one such as "eu-west-1"'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { region: '' }),
      'SnapshotBucketGrants.fromBucket: region "" is not a Region: expected one such as "eu-west-1"'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '123' }),
      'SnapshotBucketGrants.fromBucket: sourceAccount "123" is not an account ID: expected 12 digits'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '*' }),
      'SnapshotBucketGrants.fromBucket: sourceAccount "*" is not an account ID: expected 12 digits'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots([]),
      'SnapshotBucketGrants.importSnapshots: objectKeys is empty: list at least one object, or use '
      + 'SnapshotBucketGrants.importSnapshotsUnder'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['arn:aws:s3:::b/a']),
      'SnapshotBucketGrants.importSnapshots: object key "arn:aws:s3:::b/a" is an address: pass the key alone'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['日']),
      'SnapshotBucketGrants.importSnapshots: object key "日" has the character U+65E5, which a policy can\'t have'
      + ': expected printable characters up to U+00FF; copy the object to such a key, or use '
      + 'SnapshotBucketGrants.importSnapshotsUnder with the part before it'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('日'),
      'SnapshotBucketGrants.exportSnapshots: prefix "日" has the character U+65E5, which a policy can\'t have: '
      + 'expected printable characters up to U+00FF; copy the object to such a key, or use '
      + 'SnapshotBucketGrants.exportSnapshots with the part before it'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(tokenList()),
      'SnapshotBucketGrants.importSnapshots: objectKeys is a list that is only known at deployment, so no statement'
      + ' can name its objects one by one: pass a list whose length is known, or use '
      + 'SnapshotBucketGrants.importSnapshotsUnder'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('s3://b/a'),
      'SnapshotBucketGrants.importSnapshotsUnder: prefix "s3://b/a" is an address: pass the key alone'],
    [
      (bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['', 'a,b']),
      [
        '2 problems:',
        '- SnapshotBucketGrants.importSnapshots: objectKeys has an empty key: expected 1 to 1,024 bytes',
        '- SnapshotBucketGrants.importSnapshots: object key "a,b" has a comma, and SnapshotArns separates ARNs by '
        + 'commas: copy the object to a key without one',
      ].join('\n'),
    ],
  ];
  return [
    ...onBucket.map(([action, message]): ErrorCase => (
      [() => action(new s3.Bucket(newStack(), 'Bucket')), `Stack/Bucket: ${message}`]
    )),
    [
      () => SnapshotBucketGrants.fromBucket(new BucketWithArn('arn:aws:s3:::snap*')),
      'Stack/Bucket: SnapshotBucketGrants.fromBucket: bucket ARN "arn:aws:s3:::snap*" is not valid: expected '
      + 'arn:PARTITION:s3:::BUCKET, without wildcards',
    ],
  ];
}

test.each(titled(buckets()))('an invalid bucket grant throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test.each([
  '', ' eu-west-1', 'eu-west-1 ', 'EU-WEST-1', 'eu-west-?', 'eu-west-1\n',
])('the option region refuses %j', (region) => {
  expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2Bucket(newStack()), { region }))).toBe(
    `Stack/L2: SnapshotBucketGrants.fromBucket: region ${JSON.stringify(region)} is not a Region: expected one such `
    + 'as "eu-west-1"',
  );
});

test.each([
  '', '11112222333', '1111222233334', 'a111122223333', '111122223333a', '111122223333\n',
])('the option sourceAccount refuses %j', (sourceAccount) => {
  expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2Bucket(newStack()), { sourceAccount }))).toBe(
    `Stack/L2: SnapshotBucketGrants.fromBucket: sourceAccount ${JSON.stringify(sourceAccount)} is not an account ID: `
    + 'expected 12 digits',
  );
});
