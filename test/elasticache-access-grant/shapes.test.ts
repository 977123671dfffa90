import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource, SnapshotSource } from '../../src';
import { granted, messageOf, newStack } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const { COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, DESCRIBE_EVENTS } = ElastiCacheOperation;
const grant = (props: unknown) => () => grantOf(props as any);
const anOperation = 'expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT';

function shapes(): ErrorCase[] {
  const noProps = 'expected an object that has operations, such as { operations: [ElastiCacheOperation.COPY_SNAPSHOT] '
    + '}';
  const cycle: { itself?: unknown } = {};
  cycle.itself = cycle;
  const bucket = new s3.Bucket(newStack(), 'Bucket');
  return [
    [() => new (ElastiCacheAccessGrant as any)(newStack(), 'Grant'), grantError(`props is undefined: ${noProps}`)],
    [grant(null), grantError(`props is null: ${noProps}`)],
    [grant([COPY_SNAPSHOT]),
      grantError(`props is ["an object of class ElastiCacheOperation"]: ${noProps}`)],
    [grant({}), grantError('operations is undefined: expected a list')],
    [grant({ operations: COPY_SNAPSHOT }),
      grantError('operations is an object of class ElastiCacheOperation: expected a list')],
    [grant({ operations: 'CopySnapshot' }), grantError('operations is "CopySnapshot": expected a list')],
    [grant({ operations: [[COPY_SNAPSHOT]] }),
      grantError(`operations[0] is ["an object of class ElastiCacheOperation"]: ${anOperation}`)],
    [grant({ operations: [cycle] }), grantError(`operations[0] is an object: ${anOperation}`)],
    [grant({ operations: [COPY_SNAPSHOT, bucket] }),
      grantError(`operations[1] is an object of class Bucket: ${anOperation}`)],
    // eslint-disable-next-line no-sparse-arrays
    [grant({ operations: [COPY_SNAPSHOT, , COPY_SNAPSHOT] }), grantError(`operations[1] is undefined: ${anOperation}`)],
    // All in one error.
    [
      grant({
        operations: [null],
        snapshots: ['a.rdb'],
        resources: 'replicationgroup:*',
        conditions: [{}],
        exportBuckets: ['exports'],
        encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/a',
        tagOnCreate: 'no',
      }),
      grantError(
        `operations[0] is null: ${anOperation}`,
        'snapshots[0] is "a.rdb": expected a SnapshotSource, such as SnapshotSource.fromBucket(bucket, objectKeys)',
        'resources is "replicationgroup:*": expected a list',
        "conditions[0] is {}: expected an ElastiCacheCondition, such as ElastiCacheCondition.resourceTag('team', "
        + "['cache'])",
        'exportBuckets[0] is "exports": expected a bucket, such as an s3.Bucket',
        'encryptionKey is "arn:aws:kms:eu-west-1:111122223333:key/a": expected a key, such as a kms.Key',
        'tagOnCreate is "no": expected true or false',
      ),
    ],
    // In plain JavaScript, null is no way to leave an option out: it would widen the grant.
    [grant({ operations: [COPY_SNAPSHOT], resources: null }), grantError('resources is null: expected a list')],
    // What a source is made of is checked where the grant reads it.
    [
      grant({
        operations: [CREATE_REPLICATION_GROUP],
        snapshots: [SnapshotSource.fromBucket(undefined as any, 'a' as any)],
      }),
      grantError(
        'SnapshotSource.fromBucket: bucket is undefined: expected a bucket, such as an s3.Bucket',
        'SnapshotSource.fromBucket: objectKeys is "a": expected a list of text',
      ),
    ],
    [
      grant({
        operations: [CREATE_REPLICATION_GROUP],
        snapshots: [SnapshotSource.fromBucketName(5 as any, ['a', undefined as any, 7 as any])],
      }),
      grantError(
        'SnapshotSource.fromBucketName: bucketName is 5: expected text, such as "my-snapshots"',
        'SnapshotSource.fromBucketName: objectKeys[1] is undefined: expected text',
        'SnapshotSource.fromBucketName: objectKeys[2] is 7: expected text',
      ),
    ],
    [
      grant({ operations: [CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromPrefix(bucket, null as any)] }),
      grantError('SnapshotSource.fromPrefix: prefix is null: expected text, such as "nightly/"'),
    ],
    [
      grant({ operations: [CREATE_REPLICATION_GROUP], resources: [ElastiCacheResource.replicationGroup(null as any)] }),
      grantError('ElastiCacheResource.replicationGroup: name is null: expected text, such as "prod-*"'),
    ],
    ...[[0, '0'], [-1, '-1'], [Number.NaN, 'NaN'], ['x', '"x"'], [null, 'null']].map(([limit, shown]): ErrorCase => [
      () => grantOf({ operations: [DESCRIBE_EVENTS] }).toPolicyDocument(limit as any),
      grantError(`maxCharacters is ${shown}: expected a number above 0, such as 6144`),
    ]),
    ...[
      ['role', '"role"'], [5, '5'], [{}, '{}'], [bucket, 'an object of class Bucket'],
    ].map(([to, shown]): ErrorCase => [
      () => grantOf({ operations: [DESCRIBE_EVENTS] }).toRole(to as any),
      grantError(`grantee is ${shown}: pass a role, a user, a group, or a construct that has a principal`),
    ]),
    ...[undefined, null, 5].map((name): ErrorCase => (
      [() => ElastiCacheOperation.of(name as any),
        `ElastiCacheOperation.of: name is ${name}: expected text, such as "CreateCacheCluster"`])),
    [() => ElastiCacheOperation.custom(5 as any),
      'ElastiCacheOperation.custom: name is 5: expected text, such as "CreateCacheCluster"'],
    [() => ElastiCacheOperation.matching(null as any),
      'ElastiCacheOperation.matching: pattern is null: expected text, such as "Describe*"'],
  ];
}

test.each(titled(shapes()))('a value of the wrong shape throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test('what has the right shape is accepted', () => {
  const stack = newStack();
  const props = {
    operations: [COPY_SNAPSHOT],
    exportBuckets: [new s3.Bucket(stack, 'Bucket')],
    encryptionKey: new kms.Key(stack, 'Key'),
    tagOnCreate: false,
    resources: undefined,
  };
  expect(() => new ElastiCacheAccessGrant(stack, 'Grant', props)).not.toThrow();
});

describe('an object that only looks like an operation', () => {
  test('is refused, with the action that it brings', () => {
    expect(messageOf(grant({ operations: [{ operationName: 'X', action: 's3:*' }] }))).toBe(
      grantError(`operations[0] is {"operationName":"X","action":"s3:*"}: ${anOperation}`),
    );
  });

  test('is refused if it has the class alone', () => {
    expect(messageOf(grant({ operations: [Object.create(ElastiCacheOperation.prototype)] }))).toBe(
      grantError(`operations[0] is an object of class ElastiCacheOperation: ${anOperation}`),
    );
    const pattern = Object.assign(Object.create(ElastiCacheOperation.prototype), { operationName: '*', action: '*' });
    expect(messageOf(grant({ operations: [pattern] }))).toBe(
      grantError(`operations[0] is an object of class ElastiCacheOperation: ${anOperation}`),
    );
  });

  test('never brings an action of its own', () => {
    const forged = Object.assign(Object.create(ElastiCacheOperation.prototype), {
      operationName: 'CopyNothing', action: 's3:*', toString: () => 's3:*',
    });
    expect(granted({ operations: [forged] })).toEqual([
      { Effect: 'Allow', Action: 'elasticache:CopyNothing', Resource: '*' },
    ]);
  });
});

test('objects of another copy of the package are refused', () => {
  let other: any;
  jest.isolateModules(() => {
    // The package loads each class when it is first used, so all are used here.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    other = { ...require('../../src') };
  });
  expect(other.ElastiCacheOperation.COPY_SNAPSHOT).not.toBe(COPY_SNAPSHOT);
  const ofAnotherCopy = 'of another copy of this package: install the package once, as "npm dedupe" does';
  expect(messageOf(grant({
    operations: [other.ElastiCacheOperation.COPY_SNAPSHOT],
    snapshots: [other.SnapshotSource.fromBucketName('snapshots', ['a'])],
    resources: [other.ElastiCacheResource.snapshot('a')],
    conditions: [other.ElastiCacheCondition.encryptedAtRest()],
  }))).toBe(grantError(
    `operations[0] is an ElastiCacheOperation ${ofAnotherCopy}`,
    `snapshots[0] is a SnapshotSource ${ofAnotherCopy}`,
    `resources[0] is an ElastiCacheResource ${ofAnotherCopy}`,
    `conditions[0] is an ElastiCacheCondition ${ofAnotherCopy}`,
  ));
});
