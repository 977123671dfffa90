import { Aws, Fn } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheOperation } from '../../../src/elasticache-operation';
import { optionsOf } from '../../../src/private/resolve/options';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { tokensIn } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const {
  COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, DELETE_REPLICATION_GROUP, EXPORT_SERVERLESS_CACHE_SNAPSHOT, TEST_FAILOVER,
} = ElastiCacheOperation;
const stack = newStack({ env: { region: 'eu-west-1', account: '111122223333' } });

/** What the options of a grant name, and all that is said of them. */
function read(operations: ElastiCacheOperation[], props: object) {
  const diagnostics = new Diagnostics();
  const said: string[] = [];
  diagnostics.warning = (id, text) => { said.push(`${id}: ${text}`); };
  const options = optionsOf(
    { operations, ...props }, operations, stack, tokensIn(stack).resolvedParts, diagnostics);
  return { options, said: [...diagnostics.errorTexts, ...said] };
}
const bucket = (bucketArn = 'arn:aws:s3:::exports') => ({ bucketRef: { bucketArn }, node: stack.node });

test('an option that is off, or not set, is none', () => {
  expect(read([CREATE_REPLICATION_GROUP], { tagOnCreate: false, serviceLinkedRole: undefined })).toEqual(
    { options: {}, said: [] });
});

test('options that are set have the resources that they name', () => {
  const encryptionKey = { keyRef: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/a' } };
  const deliveryStreamArn = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/a.B_c-1';
  expect(read([CREATE_REPLICATION_GROUP, DELETE_REPLICATION_GROUP], {
    tagOnCreate: true,
    finalSnapshot: true,
    serviceLinkedRole: true,
    encryptionKey,
    logDeliveryStreams: [{ deliveryStreamRef: { deliveryStreamArn } }],
  })).toEqual({
    options: {
      tagOnCreate: {},
      finalSnapshot: {},
      serviceLinkedRole: {},
      encryptionKey: { encryptionKey: [encryptionKey.keyRef.keyArn] },
      logDeliveryStreams: { logDeliveryStreams: [deliveryStreamArn] },
    },
    said: [],
  });
});

test('an empty list of buckets names nothing of S3, which is needed for a copy that stays', () => {
  expect(read([COPY_SNAPSHOT], { exportBuckets: [] })).toEqual({
    options: { exportBuckets: { 'exportBuckets': [], 'objects of exportBuckets': [], '*': [] } }, said: [],
  });
});

test('buckets are named with their objects, under the prefix alone', () => {
  const of = (exportPrefix?: string) => read([COPY_SNAPSHOT], { exportBuckets: [bucket()], exportPrefix }).options;
  const named = (objects: string) => (
    { exportBuckets: { 'exportBuckets': ['arn:aws:s3:::exports'], 'objects of exportBuckets': [objects] } });
  expect(of()).toEqual(named('arn:aws:s3:::exports/*'));
  expect(of('nightly/')).toEqual(named('arn:aws:s3:::exports/nightly/*'));
});

test.each<[string, ElastiCacheOperation[], object, string[]]>([
  ['no operation that uses it', [TEST_FAILOVER], { finalSnapshot: true }, [
    'finalSnapshot is set, but no listed operation uses it: add DELETE_CACHE_CLUSTER or DELETE_REPLICATION_GROUP or '
    + 'DELETE_SERVERLESS_CACHE, or drop finalSnapshot',
  ]],
  ['no bucket for the prefix', [COPY_SNAPSHOT], { exportPrefix: 'a' }, [
    'exportPrefix is set, but exportBuckets has no bucket: add exportBuckets, or drop exportPrefix',
  ]],
  ['an empty list of buckets for the prefix', [COPY_SNAPSHOT], { exportPrefix: 'a', exportBuckets: [] }, [
    'exportPrefix is set, but exportBuckets has no bucket: add exportBuckets, or drop exportPrefix',
  ]],
  ['no delivery stream', [CREATE_REPLICATION_GROUP], { logDeliveryStreams: [] }, [
    'logDeliveryStreams is empty: list at least one delivery stream, or drop logDeliveryStreams',
  ]],
  ['no bucket for an export', [EXPORT_SERVERLESS_CACHE_SNAPSHOT], {}, [
    'EXPORT_SERVERLESS_CACHE_SNAPSHOT needs exportBuckets of ElastiCacheAccessGrant, since every call exports to a '
    + 'bucket: list the buckets, or drop EXPORT_SERVERLESS_CACHE_SNAPSHOT',
  ]],
  ['no bucket for an export and a copy', [EXPORT_SERVERLESS_CACHE_SNAPSHOT, COPY_SNAPSHOT], {}, [
    'EXPORT_SERVERLESS_CACHE_SNAPSHOT needs exportBuckets of ElastiCacheAccessGrant, since every call exports to a '
    + 'bucket: list the buckets, pass an empty list if another policy allows S3, or drop '
    + 'EXPORT_SERVERLESS_CACHE_SNAPSHOT',
  ]],
  ['an empty list of buckets for an export', [EXPORT_SERVERLESS_CACHE_SNAPSHOT], { exportBuckets: [] }, [
    'exportBuckets is empty, and every call of EXPORT_SERVERLESS_CACHE_SNAPSHOT exports to a bucket: list at least one '
    + 'bucket, or drop EXPORT_SERVERLESS_CACHE_SNAPSHOT',
  ]],
  ['an empty list of buckets for an export and a copy', [EXPORT_SERVERLESS_CACHE_SNAPSHOT, COPY_SNAPSHOT],
    { exportBuckets: [] }, []],
  ['a bucket for an export', [EXPORT_SERVERLESS_CACHE_SNAPSHOT], { exportBuckets: [bucket()] }, []],
  ['a bucket that is a pattern', [COPY_SNAPSHOT], { exportBuckets: [bucket('arn:aws:s3:::exports-*')] }, [
    'exportBuckets: bucket ARN "arn:aws:s3:::exports-*" is not valid: expected arn:PARTITION:s3:::BUCKET, without '
    + 'wildcards',
  ]],
  ['delivery to CloudWatch Logs', [CREATE_REPLICATION_GROUP], { logDelivery: true }, [
    'logResourcePolicy: logDelivery allows logs:PutResourcePolicy on *, its only resource, with which every log group '
    + 'of the account can be opened to AWS services: acknowledge this warning, or deliver the logs to Firehose, with '
    + 'logDeliveryStreams',
  ]],
])('options with %s', (_, operations, props, said) => {
  expect(read(operations, props).said).toEqual(said);
});

test('an export is not encrypted with the key of the option', () => {
  const encryptionKey = { keyRef: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/a' } };
  expect(read([COPY_SNAPSHOT], { encryptionKey, exportBuckets: [bucket()] }).said).toEqual([
    "exportWithoutKey: an export is not encrypted with encryptionKey: ElastiCache can't export with a customer managed "
    + 'key, and S3 encrypts the objects with its own; acknowledge this warning if the data may be kept so, or drop '
    + 'exportBuckets',
  ]);
});

test('a bucket that is encrypted with a key of KMS has a warning with its name', () => {
  const encrypted = new s3.Bucket(stack, 'Exports', { encryptionKey: new kms.Key(stack, 'Key') });
  expect(read([COPY_SNAPSHOT], { exportBuckets: [encrypted, bucket()] }).said).toEqual([
    'kmsEncryptedBucket: exportBuckets has a bucket that encrypts its objects with a KMS key, '
    + '"${Exports25637AFB.Arn}", and AWS names no permission with which ElastiCache could export to it: use a bucket '
    + 'with SSE-S3, and copy the objects from there, or acknowledge this warning',
  ]);
});

const STREAM = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/a';
const streamProblems = (deliveryStreamArn: string) => read(
  [CREATE_REPLICATION_GROUP], { logDeliveryStreams: [{ deliveryStreamRef: { deliveryStreamArn } }] }).said;

test.each([
  STREAM, STREAM.replace('aws', 'aws-us-gov'), Fn.importValue('Stream'), STREAM.replace('111122223333', Aws.ACCOUNT_ID),
])('a delivery stream may have the ARN %#', (arn) => {
  expect(streamProblems(arn)).toEqual([]);
});

test.each([
  'a', `my-${STREAM}`, `${STREAM}*`, `${STREAM} `, STREAM.replace('eu-west-1', '*'), STREAM.replace('1111', ''),
  STREAM.replace(':deliverystream/a', ':deliverystream/'), STREAM.replace('arn:aws', 'arn:AWS'),
  STREAM.replace('111122223333', Aws.ACCOUNT_ID).replace('eu-west-1', 'eu-*'),
  STREAM.replace('111122223333', Aws.ACCOUNT_ID).replace('eu-west-1', '?'),
])('a delivery stream may not have the ARN %#', (arn) => {
  expect(streamProblems(arn)).toEqual([expect.stringMatching(
    /^logDeliveryStreams: ".*" is not the ARN of a delivery stream: expected arn:PARTITION:firehose:REGION:/)]);
});
