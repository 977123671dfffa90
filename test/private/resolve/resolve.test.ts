import { Aws } from 'aws-cdk-lib';
import { ElastiCacheAccessGrantProps } from '../../../src/elasticache-access-grant-props';
import { ElastiCacheCondition } from '../../../src/elasticache-condition';
import { ElastiCacheOperation } from '../../../src/elasticache-operation';
import { ElastiCacheResource } from '../../../src/elasticache-resource';
import { REFERENCE_PAGE, SERVICE_AUTHORIZATION_REFERENCE } from '../../../src/private/catalog/catalog.generated';
import { resolve } from '../../../src/private/resolve/resolve';
import { tokensIn } from '../../../src/private/util/tokens';
import { SnapshotSource } from '../../../src/snapshot-source';
import { messageOf, newStack, UNCHECKED, warningsOf } from '../../harness';

const { COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, DESCRIBE_EVENTS, TEST_FAILOVER } = ElastiCacheOperation;
const ENV = { region: 'eu-west-1', account: '111122223333' };

const permissions = (props: ElastiCacheAccessGrantProps, stack = newStack({ env: ENV })) => (
  stack.resolve(resolve(props, stack, tokensIn(stack))));
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;

test('an operation on everything is on the reference page, or else in the Service Authorization Reference', () => {
  const own = (operation: ElastiCacheOperation) => permissions({ operations: [operation] })
    .filter(({ action }: any) => action === `elasticache:${operation.operationName}`);
  expect(own(TEST_FAILOVER)).toEqual([{
    operation: 'TestFailover',
    action: 'elasticache:TestFailover',
    resource: '*',
    conditions: undefined,
    reason: 'allows TestFailover',
    source: expect.stringContaining(`${REFERENCE_PAGE}#L`),
  }]);
  expect(own(ElastiCacheOperation.CONNECT)).toEqual([expect.objectContaining({
    resource: '*', source: SERVICE_AUTHORIZATION_REFERENCE,
  })]);
});

test('an operation on a resource says which, and why', () => {
  expect(permissions({
    operations: [TEST_FAILOVER, DESCRIBE_EVENTS],
    resources: [ElastiCacheResource.fromArn(arn('replicationgroup:a'))],
    conditions: [ElastiCacheCondition.requestedRegions(['eu-west-1'])],
  })).toEqual([
    {
      operation: 'DescribeEvents',
      action: 'elasticache:DescribeEvents',
      resource: '*',
      conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      reason: 'allows DescribeEvents, which AWS authorizes on no resource: only * allows it',
      source: expect.stringContaining(`${REFERENCE_PAGE}#L`),
    },
    {
      operation: 'TestFailover',
      action: 'elasticache:TestFailover',
      resource: arn('replicationgroup:a'),
      conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
      reason: 'allows TestFailover on this replicationgroup, a type that every call is authorized on',
      source: SERVICE_AUTHORIZATION_REFERENCE,
    },
  ]);
});

test('an implied resource says where it comes from, and is for its own operations alone', () => {
  const stack = newStack({ env: ENV });
  const implied = (name: string, operations?: string[]) => (
    { resource: ElastiCacheResource.fromArn(arn(`replicationgroup:${name}`)), origin: `from ${name}`, operations });
  const found = resolve(
    { operations: [TEST_FAILOVER] }, stack, tokensIn(stack),
    [implied('a'), implied('b', ['TestFailover']), implied('c', ['DescribeEvents'])],
  );
  expect(found.map(({ resource, reason }) => [resource, reason])).toEqual(['a', 'b'].map((name) => [
    arn(`replicationgroup:${name}`),
    `allows TestFailover on this replicationgroup, a type that every call is authorized on: from ${name}`,
  ]));
});

test('each permission comes once, in one order', () => {
  const there = permissions({ operations: [TEST_FAILOVER, CREATE_REPLICATION_GROUP, COPY_SNAPSHOT] });
  const back = permissions({ operations: [COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, TEST_FAILOVER, COPY_SNAPSHOT] });
  expect(back).toEqual(there);
  expect(there.map(({ action }: any) => action)).toEqual([
    'elasticache:CopySnapshot', 's3:GetBucketLocation', 's3:ListAllMyBuckets', 'elasticache:CreateReplicationGroup',
    'elasticache:TestFailover',
  ]);
});

test('what the reference page lists besides has its line, its reason and the conditions of all services', () => {
  const [, location] = permissions({
    operations: [COPY_SNAPSHOT],
    conditions: [
      ElastiCacheCondition.requestedRegions(['eu-west-1']), ElastiCacheCondition.resourceTag('team', ['a']),
    ],
  });
  expect(location).toEqual({
    operation: 'CopySnapshot',
    action: 's3:GetBucketLocation',
    resource: '*',
    conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
    reason: 'the reference page lists it for CopySnapshot',
    source: expect.stringContaining(`${REFERENCE_PAGE}#L`),
  });
});

test('each object that is read is a permission with its reason', () => {
  const read = permissions({
    operations: [CREATE_REPLICATION_GROUP],
    snapshots: [
      SnapshotSource.fromObjectArns(['arn:aws:s3:::seeds/a.rdb']),
      SnapshotSource.fromPrefix({ bucketRef: { bucketArn: 'arn:aws:s3:::seeds' } } as any, 'nightly/'),
    ],
  }).filter(({ action }: any) => action === 's3:GetObject');
  expect(read.map(({ resource, reason, isSnapshotObject }: any) => [resource, reason, isSnapshotObject])).toEqual([
    ['arn:aws:s3:::seeds/a.rdb', 'reads this member of SnapshotArns', true],
    ['arn:aws:s3:::seeds/nightly/*', 'reads any member of SnapshotArns under the prefix "nightly/", widened by '
      + 'SnapshotSource.fromPrefix', true],
  ]);
});

test('snapshots without an operation that takes them are an error', () => {
  const snapshots = [SnapshotSource.fromObjectArns(['arn:aws:s3:::seeds/a.rdb'])];
  expect(messageOf(() => permissions({ operations: [TEST_FAILOVER], snapshots }))).toBe(
    'Stack: snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or '
    + 'CREATE_REPLICATION_GROUP, or drop snapshots');
});

// Red if a resource of another partition is let through in silence, or if one of the stack's own has a warning.
test('resources of another partition have a warning, where the stack knows its own', () => {
  const warnings = (partition: string, ...resources: string[]) => {
    const stack = newStack({ env: ENV, context: UNCHECKED });
    Object.defineProperty(stack, 'partition', { value: partition });
    permissions({
      operations: [TEST_FAILOVER],
      resources: resources.map((one) => ElastiCacheResource.fromArn(one)),
    }, stack);
    return warningsOf(stack);
  };
  const china = (name: string) => `arn:aws-cn:elasticache:cn-north-1:111122223333:replicationgroup:${name}`;
  expect(warnings('aws', arn('replicationgroup:a'))).toEqual([]);
  expect(warnings('aws', arn('replicationgroup:a'), china('a'))).toEqual([
    `the stack deploys to the partition "aws", where nothing matches "${china('a')}": use `
    + "SnapshotSource.fromBucketName or the static of the resource's type, which follow the stack, or acknowledge this "
    + 'warning [ack: cdk-elasticache-grants:otherPartition]',
  ]);
  expect(warnings('aws', china('a'), china('b'), china('c'))[0]).toContain(`matches "${china('a')}" and 2 more: use`);
  expect(warnings('aws', china(Aws.STACK_NAME))[0]).toContain(`matches "${china('${AWS::StackName}')}": use`);
});
