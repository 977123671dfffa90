import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, SnapshotSource } from '../../src';
import { granted, inPartition, MINIMIZE, newStack, runs } from '../harness';
import { PLAIN_OPERATIONS } from '../support/operations';

const stack = newStack();
let grants = 0;

/** The statements of a grant, without the time that synthesis takes. */
function statementsOf(props: ElastiCacheAccessGrantProps): any[] {
  return stack.resolve(new ElastiCacheAccessGrant(stack, `Grant${grants++}`, props).toPolicyDocument()).Statement;
}

/** Keys of the characters that a policy can have; those with a meaning to IAM and CDK are more likely. */
const key = fc.string({
  unit: fc.oneof(
    fc.constantFrom('*', '?', '$', '{', '}', '/', '${Token[TOKEN.1]', '"', '\\', 'a', 'b'),
    fc.integer({ min: 0x20, max: 0xff })
      .filter((code) => code < 0x7f || code > 0x9f)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => character !== ','),
  ),
  minLength: 1,
  maxLength: 40,
}).filter((text) => !/^(arn:|s3:\/\/)/.test(text) && !/\$\{Token\[/.test(text));
const objects = fc.uniqueArray(fc.record({ bucket: fc.constantFrom('alpha', 'beta'), key }), {
  selector: (object) => `${object.bucket}/${object.key}`, minLength: 1, maxLength: 8,
});
const operations = fc.subarray(PLAIN_OPERATIONS).map((some) => (
  [...some, ElastiCacheOperation.CREATE_REPLICATION_GROUP]
));

/** The literal text that IAM reads in a resource pattern without wildcards. */
function literalOf(resource: string): string {
  expect(resource.replace(/\$\{[*?$]\}/g, '')).not.toMatch(/[*?$]/);
  return resource.replace(/\$\{([*?$])\}/g, '$1');
}

test('a grant allows exactly the listed objects, without wildcards', () => {
  fc.assert(fc.property(objects, (some) => {
    const [, ...statements] = statementsOf({
      operations: [ElastiCacheOperation.CREATE_CACHE_CLUSTER],
      snapshots: some.map((object) => SnapshotSource.fromBucketName(object.bucket, [object.key])),
    });
    const expected = some.map((object) => `${object.bucket}/${object.key}`).sort();
    const actual = statements.map(({ Resource }) => {
      const [, [before, partition, rest]] = Resource['Fn::Join'];
      expect([before, partition]).toEqual(['arn:', { Ref: 'AWS::Partition' }]);
      return literalOf(rest.replace(/^:s3:::/, ''));
    });
    expect(actual.sort()).toEqual(expected);
  }), runs(1000));
});

test('the order and repetition of operations and objects change nothing', () => {
  type Objects = { bucket: string; key: string }[];
  const template = (ops: ElastiCacheOperation[], some: Objects, minimize: boolean, reverse: boolean) => {
    const fresh = newStack({ context: { [MINIMIZE]: minimize } });
    // Made in another order, the buckets' tokens get other numbers.
    const names = reverse ? ['beta', 'alpha'] : ['alpha', 'beta'];
    const buckets = new Map(names.map((name) => [name, new s3.CfnBucket(fresh, name)]));
    buckets.forEach((bucket) => bucket.attrArn);
    return granted({
      operations: ops,
      snapshots: some.map((object) => SnapshotSource.fromBucket(buckets.get(object.bucket)!, [object.key])),
    }, fresh);
  };
  fc.assert(fc.property(
    operations.chain((ops) => (
      fc.tuple(fc.constant(ops), fc.shuffledSubarray([...ops, ...ops], { minLength: 2 * ops.length }))
    )),
    objects.chain((some) => (
      fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: 2 * some.length }))
    )),
    fc.boolean(),
    ([ops, otherOps], [some, other], minimize) => {
      expect(template(otherOps, other, minimize, true)).toEqual(template(ops, some, minimize, false));
    },
  ), runs(100));
});

test('a grant allows exactly the actions of its operations on *, without wildcards', () => {
  fc.assert(fc.property(operations, (ops) => {
    const [first, ...rest] = statementsOf({
      operations: ops, snapshots: [SnapshotSource.fromBucketName('alpha', ['a.rdb'])],
    });
    const expected = new Set(ops.map(({ action }) => action));
    if (ops.includes(ElastiCacheOperation.COPY_SNAPSHOT)) {
      ['s3:GetBucketLocation', 's3:ListAllMyBuckets'].forEach((action) => expected.add(action));
    }
    expect({ ...first, Action: [first.Action].flat() }).toEqual({
      Effect: 'Allow', Action: [...expected].sort(), Resource: '*',
    });
    expect(rest).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: inPartition('s3:::alpha/a.rdb') }]);
  }), runs(1000));
});
