import { Aws, Fn } from 'aws-cdk-lib';
import { ElastiCacheOperation, SnapshotSource } from '../../src';
import { messageOf } from '../harness';
import { BucketWithArn, ErrorCase, grantError, grantOf, titled, tokenList } from '../support/errors';

const { CREATE_CACHE_CLUSTER, DESCRIBE_EVENTS } = ElastiCacheOperation;

function snapshots(): ErrorCase[] {
  const emptyKeys = (caller: string, list = 'objectKeys') => (
    `${caller}: ${list} is empty: list at least one object, or use SnapshotSource.fromPrefix`
  );
  const unknownList = (caller: string, list = 'objectKeys') => (
    `${caller}: ${list} is a list that is only known at deployment, so no statement can name its objects one by one: `
    + 'pass a list whose length is known, or use SnapshotSource.fromPrefix');
  const notAName = (name: string) => (
    `SnapshotSource.fromBucketName: bucket name ${JSON.stringify(name)} is not valid: expected 3 to 63 `
    + 'lower-case letters, digits, dots and hyphens (up to 255, with capitals and underscores, for '
    + 'buckets made before March 2018); pass the name alone, or use SnapshotSource.fromObjectArns');
  const notAnObject = (arn: string, why: string) => `SnapshotSource.fromObjectArns: "${arn}" is not the ARN of an S3 `
    + `object: ${why}; `
    + 'expected arn:PARTITION:s3:::BUCKET/KEY';
  const badCharacter = (key: string, codePoint: string) => 'SnapshotSource.fromBucketName: object key '
    + `${JSON.stringify(key)} has the character ${codePoint}, `
    + "which a policy can't have: expected printable characters up to U+00FF; "
    + 'copy the object to such a key, or use SnapshotSource.fromPrefix with the part before it';
  const accessPoint = 'it has a Region or an account, as access points have, which SnapshotArns does not accept';
  const unescapable = (arn: string) => `SnapshotSource.fromObjectArns: "${arn}" is only known at deployment and has "*"`
    + ', "?" or "$", '
    + "which can't be escaped in it: use SnapshotSource.fromBucket or fromBucketName, which escape keys, or "
    + 'SnapshotSource.fromPrefix';
  const notABucket = (caller: string, arn: string) => (
    `${caller}: bucket ARN "${arn}" is not valid: expected arn:PARTITION:s3:::BUCKET, without wildcards`
  );
  const sources: [() => SnapshotSource, string][] = [
    // Bucket names
    ...[
      '', 'ab', 'b'.repeat(256), 'snap*', 'snap?', 'a/b', 'arn:aws:s3:::snapshots', 's3://snapshots', 'a b',
      'ü-bucket',
    ].map(
      (name): [() => SnapshotSource, string] => [() => SnapshotSource.fromBucketName(name, ['a.rdb']), name.length > 120
        ? notAName(`${'b'.repeat(99)}…`).replace('…"', '…" (256 characters)') : notAName(name)]),
    [() => SnapshotSource.fromBucketName(`a*${Fn.importValue('Bucket')}`, ['a.rdb']), notAName('a*${Token}')],
    [
      () => SnapshotSource.fromBucket(new BucketWithArn('arn:aws:s3:::snap*'), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'arn:aws:s3:::snap*'),
    ],
    [
      () => SnapshotSource.fromBucket(new BucketWithArn('my-arn:aws:s3:::snap'), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'my-arn:aws:s3:::snap'),
    ],
    [
      () => SnapshotSource.fromPrefix(new BucketWithArn('arn:aws:s3:::a/b'), 'a'),
      notABucket('SnapshotSource.fromPrefix', 'arn:aws:s3:::a/b'),
    ],

    [
      () => SnapshotSource.fromBucket(new BucketWithArn('arn:aws:s3:us-east-1:123456789012:accesspoint/ap'), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'arn:aws:s3:us-east-1:123456789012:accesspoint/ap'),
    ],
    [
      () => SnapshotSource.fromBucket(new BucketWithArn(`arn:${Aws.PARTITION}:s3:::snap*`), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'arn:${AWS::Partition}:s3:::snap*'),
    ],

    // Lists
    [() => SnapshotSource.fromBucketName('snapshots', []), emptyKeys('SnapshotSource.fromBucketName')],
    [
      () => SnapshotSource.fromBucket(new BucketWithArn('arn:aws:s3:::snapshots'), []),
      emptyKeys('SnapshotSource.fromBucket'),
    ],
    [() => SnapshotSource.fromObjectArns([]), emptyKeys('SnapshotSource.fromObjectArns', 'objectArns')],
    [() => SnapshotSource.fromBucketName('snapshots', tokenList()), unknownList('SnapshotSource.fromBucketName')],
    [
      () => SnapshotSource.fromBucket(new BucketWithArn('arn:aws:s3:::snapshots'), tokenList()),
      unknownList('SnapshotSource.fromBucket'),
    ],
    [() => SnapshotSource.fromObjectArns(tokenList()), unknownList('SnapshotSource.fromObjectArns', 'objectArns')],

    // Keys
    [
      () => SnapshotSource.fromBucketName('snapshots', ['']),
      'SnapshotSource.fromBucketName: objectKeys has an empty key: expected 1 to 1,024 bytes',
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['k'.repeat(1025)]),
      `SnapshotSource.fromBucketName: object key "${'k'.repeat(99)}…" (1025 characters) has 1,025 bytes in UTF-8: S3 `
      + 'allows at most 1,024',
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['ü'.repeat(513)]),
      `SnapshotSource.fromBucketName: object key "${'ü'.repeat(99)}…" (513 characters) has 1,026 bytes in UTF-8: S3 `
      + 'allows at most 1,024',
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['a,b']),
      'SnapshotSource.fromBucketName: object key "a,b" has a comma, and SnapshotArns separates ARNs by commas: copy '
      + 'the object to a key without one',
    ],
    [() => SnapshotSource.fromBucketName('snapshots', ['a\nb']), badCharacter('a\nb', 'U+000A')],
    [() => SnapshotSource.fromBucketName('snapshots', ['a\u007f']), badCharacter('a\u007f', 'U+007F')],
    [() => SnapshotSource.fromBucketName('snapshots', ['\u009fa']), badCharacter('\u009fa', 'U+009F')],
    [() => SnapshotSource.fromBucketName('snapshots', ['Ā']), badCharacter('Ā', 'U+0100')],
    [() => SnapshotSource.fromBucketName('snapshots', ['日本']), badCharacter('日本', 'U+65E5')],
    [() => SnapshotSource.fromBucketName('snapshots', ['😀']), badCharacter('😀', 'U+1F600')],
    [() => SnapshotSource.fromBucketName('snapshots', ['\ud800']), badCharacter('\ud800', 'U+D800')],
    [
      () => SnapshotSource.fromBucketName('snapshots', [`日${Fn.importValue('Key')}`]),
      badCharacter('日${Token}', 'U+65E5'),
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['s3://snapshots/a.rdb']),
      'SnapshotSource.fromBucketName: object key "s3://snapshots/a.rdb" is an address: pass the key alone, or the ARNs '
      + 'to SnapshotSource.fromObjectArns',
    ],
    [
      () => SnapshotSource.fromPrefix(new BucketWithArn('arn:aws:s3:::snapshots'), 'arn:aws:s3:::snapshots/a'),
      'SnapshotSource.fromPrefix: prefix "arn:aws:s3:::snapshots/a" is an address: pass the key alone, or the ARNs to '
      + 'SnapshotSource.fromObjectArns',
    ],

    // Object ARNs
    [() => SnapshotSource.fromObjectArns(['snapshots/a.rdb']), notAnObject('snapshots/a.rdb', 'it is not an ARN')],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3']), notAnObject('arn:aws:s3', 'it is not an ARN')],
    [() => SnapshotSource.fromObjectArns(['']), notAnObject('', 'it is not an ARN')],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:sqs:us-east-1:123456789012:queue']),
      notAnObject('arn:aws:sqs:us-east-1:123456789012:queue', 'its service is "sqs", not "s3"'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots']),
      notAnObject('arn:aws:s3:::snapshots', 'it has no object key'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/']),
      notAnObject('arn:aws:s3:::snapshots/', 'it has no object key'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snap*/a.rdb']),
      notAnObject('arn:aws:s3:::snap*/a.rdb', '"snap*" is not a bucket name'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:gcp:s3:::snapshots/a.rdb']),
      notAnObject('arn:gcp:s3:::snapshots/a.rdb', 'AWS has no such partition'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['my-arn:aws:s3:::snapshots/a.rdb']),
      notAnObject('my-arn:aws:s3:::snapshots/a.rdb', 'it is not an ARN'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snap:shots/a.rdb']),
      notAnObject('arn:aws:s3:::snap:shots/a.rdb', '"snap:shots" is not a bucket name'),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:gcp:s3:::snapshots//']),
      notAnObject('arn:gcp:s3:::snapshots//', 'AWS has no such partition'),
    ],
    ...[
      'us-east-1:123456789012:accesspoint/ap/object/a.rdb',
      'us-east-1::snapshots/a.rdb',
      ':123456789012:snapshots/a.rdb',
    ].map(
      (rest): [() => SnapshotSource, string] => [
        () => SnapshotSource.fromObjectArns([`arn:aws:s3:${rest}`]), notAnObject(`arn:aws:s3:${rest}`, accessPoint),
      ]),
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/a,b']),
      'SnapshotSource.fromObjectArns: object key "a,b" has a comma, and SnapshotArns separates ARNs by commas: copy '
      + 'the object to a key without one',
    ],
    [
      () => SnapshotSource.fromObjectArns([
        'arn:aws-cn:s3:::snapshots/a', 'arn:aws:s3:::snapshots/a', 'arn:aws-cn:s3:::snapshots/b',
      ]),
      'SnapshotSource.fromObjectArns: objectArns has ARNs of the partitions "aws" and "aws-cn": a principal has '
      + 'access to objects of its own partition only'
      + '; list those alone, or use SnapshotSource.fromBucketName, which follows the stack',
    ],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a*`]), unescapable('${Token}/a*')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a?`]), unescapable('${Token}/a?')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/$a`]), unescapable('${Token}/$a')],
  ];
  return [
    ...sources.map(([source, message]): ErrorCase => (
      [() => grantOf({ operations: [CREATE_CACHE_CLUSTER], snapshots: [source()] }), grantError(message)]
    )),
    [
      () => (
        grantOf({ operations: [DESCRIBE_EVENTS], snapshots: [SnapshotSource.fromBucketName('snapshots', ['a.rdb'])] })
      ),
      grantError('snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or '
        + 'CREATE_REPLICATION_GROUP, or drop snapshots'),
    ],
    // Everything that is wrong with one grant, each thing once.
    [
      () => grantOf({
        operations: [],
        snapshots: [
          SnapshotSource.fromBucketName('a/b', ['', 'c,d', '']), SnapshotSource.fromBucketName('a/b', ['a.rdb']),
        ],
      }),
      grantError(
        'operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS',
        notAName('a/b'),
        'SnapshotSource.fromBucketName: objectKeys has an empty key: expected 1 to 1,024 bytes',
        'SnapshotSource.fromBucketName: object key "c,d" has a comma, and SnapshotArns separates ARNs by commas: '
        + 'copy the object to a key without one',
        'snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or '
        + 'CREATE_REPLICATION_GROUP, or drop snapshots',
      ),
    ],
  ];
}

test.each(titled(snapshots()))('an invalid snapshot source throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});
