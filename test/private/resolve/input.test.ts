import { ElastiCacheCondition } from '../../../src/elasticache-condition';
import { ElastiCacheOperation } from '../../../src/elasticache-operation';
import { ElastiCacheResource } from '../../../src/elasticache-resource';
import { checkInput, distinctOperations, hasOperationName } from '../../../src/private/resolve/input';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { SnapshotSource } from '../../../src/snapshot-source';
import { messageOf, newStack } from '../../harness';

const stack = newStack();
const { COPY_SNAPSHOT, TEST_FAILOVER } = ElastiCacheOperation;

test.each<[string, unknown, string]>([
  ['operations', undefined, 'operations is undefined: expected a list'],
  ['operations', [COPY_SNAPSHOT, 'CopySnapshot'],
    'operations[1] is "CopySnapshot": expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT'],
  ['operations', [Object.create(ElastiCacheOperation.prototype)],
    'operations[0] is an object of class ElastiCacheOperation: expected an ElastiCacheOperation, such as '
    + 'ElastiCacheOperation.COPY_SNAPSHOT'],
  ['snapshots', 'a', 'snapshots is "a": expected a list'],
  ['snapshots', ['a'],
    'snapshots[0] is "a": expected a SnapshotSource, such as SnapshotSource.fromBucket(bucket, objectKeys)'],
  ['resources', ['a'],
    'resources[0] is "a": expected an ElastiCacheResource, such as ElastiCacheResource.replicationGroup(\'prod-*\')'],
  ['conditions', ['a'],
    'conditions[0] is "a": expected an ElastiCacheCondition, such as ElastiCacheCondition.resourceTag(\'team\', '
    + "['cache'])"],
  ['exportBuckets', ['a'], 'exportBuckets[0] is "a": expected a bucket, such as an s3.Bucket'],
  ['exportBuckets', [{ bucketRef: {} }],
    'exportBuckets[0] is {"bucketRef":{}}: expected a bucket, such as an s3.Bucket'],
  ['exportPrefix', 5, 'exportPrefix is 5: expected text, such as "nightly/"'],
  ['encryptionKey', 'a', 'encryptionKey is "a": expected a key, such as a kms.Key'],
  ['encryptionKey', null, 'encryptionKey is null: expected a key, such as a kms.Key'],
  ['logDeliveryStreams', [5],
    'logDeliveryStreams[0] is 5: expected a delivery stream, such as a firehose.DeliveryStream'],
  ...['tagOnCreate', 'finalSnapshot', 'logDelivery', 'serviceLinkedRole', 'vpcEndpoint']
    .map((name): [string, unknown, string] => [name, 'yes', `${name} is "yes": expected true or false`]),
])('%s: %#', (name, value, problem) => {
  expect(messageOf(() => checkInput({ operations: [COPY_SNAPSHOT], [name]: value }, stack))).toBe(`Stack: ${problem}`);
});

test('a list with holes has an error for each', () => {
  // eslint-disable-next-line no-sparse-arrays
  expect(messageOf(() => checkInput({ operations: [COPY_SNAPSHOT], conditions: [, ,] }, stack))).toMatch(
    /^Stack: 2 problems:\n- conditions\[0\] is undefined: .*\n- conditions\[1\] is undefined: /);
});

test.each([undefined, null, 'a', []])('props may not be %j', (props) => {
  expect(messageOf(() => checkInput(props, stack))).toBe(
    `Stack: props is ${JSON.stringify(props)}: expected an object that has operations, such as `
    + '{ operations: [ElastiCacheOperation.COPY_SNAPSHOT] }');
});

test('props may have everything of the right shape', () => {
  expect(() => checkInput({
    operations: [COPY_SNAPSHOT],
    snapshots: [SnapshotSource.fromBucketName('seeds', ['a.rdb'])],
    resources: [ElastiCacheResource.user('a')],
    conditions: [ElastiCacheCondition.resourceTag('team', ['a'])],
    exportBuckets: [{ bucketRef: { bucketArn: 'arn:aws:s3:::a' } }],
    exportPrefix: 'nightly/',
    encryptionKey: { keyRef: { keyArn: 'a' } },
    tagOnCreate: true,
    finalSnapshot: false,
    logDeliveryStreams: [{ deliveryStreamRef: { deliveryStreamArn: 'a' } }],
  }, stack)).not.toThrow();
});

test.each<[unknown, boolean]>([
  ['CopySnapshot', true], ['A1', true], ['a', true], ['1A', false], ['Copy-Snapshot', false], ['Copy*', false],
  ['*Copy', false], ['', false], [undefined, false],
])('an operation may be named %j: %s', (operationName, may) => {
  expect(hasOperationName({ operationName } as ElastiCacheOperation)).toBe(may);
});

test('an operation that is listed twice is one, and a retired one has a warning', () => {
  const diagnostics = new Diagnostics();
  const warnings: string[] = [];
  diagnostics.warning = (id, text) => { warnings.push(`${id}: ${text}`); };
  const retired = ElastiCacheOperation.of('CreateCacheSecurityGroup');
  expect(distinctOperations([TEST_FAILOVER, COPY_SNAPSHOT, TEST_FAILOVER, retired], diagnostics))
    .toEqual([TEST_FAILOVER, COPY_SNAPSHOT, retired]);
  expect(warnings).toEqual([expect.stringMatching(
    /^retiredOperation\.CreateCacheSecurityGroup: CreateCacheSecurityGroup is retired \(.+\): drop it, or /)]);
  expect(diagnostics.errorTexts).toEqual([]);
  distinctOperations([], diagnostics);
  expect(diagnostics.errorTexts).toEqual([
    'operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS',
  ]);
});
