import { Aws, CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheOperation, SnapshotSource } from '../../src';
import { allow, granted, inPartition, newStack, warningsOf } from '../harness';

const operations = [ElastiCacheOperation.CREATE_REPLICATION_GROUP];
const create = allow('elasticache:CreateReplicationGroup', '*');

/** The resources that s3:GetObject is allowed on. */
function objects(source: SnapshotSource, stack = newStack()): unknown[] {
  const [first, ...rest] = granted({ operations, snapshots: [source] }, stack);
  expect(first).toEqual(create);
  return rest.map((statement) => {
    expect(statement).toEqual(allow('s3:GetObject', statement.Resource));
    return statement.Resource;
  });
}

const keyOf = (key: string) => objects(SnapshotSource.fromBucketName('snapshots', [key]));

describe('fromBucket', () => {
  const inBucket = (rest: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, rest]] });

  test('accepts an L1 bucket', () => {
    const stack = newStack();
    expect(objects(SnapshotSource.fromBucket(new s3.CfnBucket(stack, 'Bucket'), ['a.rdb', 'b.rdb']), stack))
      .toEqual([inBucket('/a.rdb'), inBucket('/b.rdb')]);
  });

  test('accepts an L2 bucket', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'L2');
    (bucket.node.defaultChild as s3.CfnBucket).overrideLogicalId('Bucket');
    expect(objects(SnapshotSource.fromBucket(bucket, ['a.rdb']), stack)).toEqual([inBucket('/a.rdb')]);
  });

  test('accepts an imported bucket', () => {
    const stack = newStack();
    expect(objects(SnapshotSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots'), ['a.rdb']), stack))
      .toEqual([inPartition('s3:::snapshots/a.rdb')]);
    expect(objects(
      SnapshotSource.fromBucket(s3.Bucket.fromBucketArn(newStack(), 'Bucket', 'arn:aws:s3:::snapshots'), ['a.rdb']),
    ))
      .toEqual(['arn:aws:s3:::snapshots/a.rdb']);
  });
});

describe('fromPrefix', () => {
  test('escapes the prefix, and adds a wildcard at its end', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots');
    expect(objects(SnapshotSource.fromPrefix(bucket, 'cost$/nightly*/'), stack)).toEqual([
      inPartition('s3:::snapshots/cost${$}/nightly${*}/*'),
    ]);
  });

  test('allows the whole bucket if the prefix is empty', () => {
    const stack = newStack();
    expect(objects(SnapshotSource.fromPrefix(s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots'), ''), stack))
      .toEqual([inPartition('s3:::snapshots/*')]);
  });
});

describe('object keys', () => {
  test.each([
    ['*', '${*}'],
    ['a?b', 'a${?}b'],
    ['$', '${$}'],
    ['${*}', '${$}{${*}}'],
    ['${aws:username}/a.rdb', '${$}{aws:username}/a.rdb'],
    ['$*?$', '${$}${*}${?}${$}'],
    ['/leading//and trailing/', '/leading//and trailing/'],
    ["!-_.'()&@:;=+", "!-_.'()&@:;=+"],
    ['größe ÿ', 'größe ÿ'],
    ['..', '..'],
    ['nightly/arn:aws/s3://a.rdb', 'nightly/arn:aws/s3://a.rdb'],
  ])('an object key %j is %j in the policy', (key, escaped) => {
    expect(keyOf(key)).toEqual([inPartition(`s3:::snapshots/${escaped}`)]);
    expect(objects(SnapshotSource.fromObjectArns([`arn:aws:s3:::snapshots/${key}`]))).toEqual([
      key === escaped ? `arn:aws:s3:::snapshots/${key}` : { 'Fn::Join': ['', ['arn:aws:s3:::snapshots/', escaped]] },
    ]);
  });

  test.each([['1 byte', 'k'.repeat(1024)], ['2 bytes', 'ü'.repeat(512)]])(
    'an object key of 1,024 bytes, %s per character, is unchanged in the policy', (_, key) => {
      expect(keyOf(key)).toEqual([inPartition(`s3:::snapshots/${key}`)]);
      const arn = `arn:aws:s3:::snapshots/${key}`;
      expect(objects(SnapshotSource.fromObjectArns([arn]))).toEqual([arn]);
    });

  test.each(['a*', 'a?'])('an object key %j has a warning that it is taken literally', (key) => {
    const stack = newStack();
    objects(SnapshotSource.fromBucketName('snapshots', [key]), stack);
    expect(warningsOf(stack)).toEqual([
      `SnapshotSource.fromBucketName: object key "${key}" has "*" or "?", which is taken literally and matches nothing `
      + 'else: for every object under a prefix, use SnapshotSource.fromPrefix with the text before it '
      + '[ack: cdk-elasticache-grants:literalWildcard]',
    ]);
  });

  test('an object that several sources name is in the policy once', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots');
    expect(granted({
      operations: [...operations, ElastiCacheOperation.CREATE_CACHE_CLUSTER],
      snapshots: [
        SnapshotSource.fromBucket(bucket, ['a.rdb', 'a.rdb']),
        SnapshotSource.fromBucketName('snapshots', ['a.rdb']),
      ],
    }, stack)).toEqual([
      allow(['elasticache:CreateCacheCluster', 'elasticache:CreateReplicationGroup'], '*'),
      allow('s3:GetObject', inPartition('s3:::snapshots/a.rdb')),
    ]);
  });
});

describe('bucket names', () => {
  test.each([
    ['with an underscore', 'my_bucket'],
    ['with capitals and a dot', 'Legacy.Bucket'],
    ['of 3 characters', 'abc'],
    ['of 255 characters', 'b'.repeat(255)],
  ])('a bucket name %s is accepted without a warning', (_, name) => {
    const stack = newStack();
    expect(objects(SnapshotSource.fromBucketName(name, ['a.rdb']), stack)).toEqual([inPartition(`s3:::${name}/a.rdb`)]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('tokens', () => {
  const unknown = (what: string) => expect.stringMatching(new RegExp(
    `^SnapshotSource.*${what}.* is only known at deployment, so a "\\*" or "\\?" in it can't be escaped and would `
    + 'allow more objects: make sure that it has none \\[ack: cdk-elasticache-grants:unknownObject\\]$',
  ));

  test('a key with tokens is escaped around them, with a warning', () => {
    const stack = newStack();
    const key = new CfnParameter(stack, 'Key').valueAsString;
    expect(objects(SnapshotSource.fromBucketName('snapshots', [`$/${key}*${Aws.REGION}`]), stack)).toEqual([{
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':s3:::snapshots/${$}/', { Ref: 'Key' }, '${*}', { Ref: 'AWS::Region' },
      ]],
    }]);
    expect(warningsOf(stack)).toContainEqual(unknown('object key'));
  });

  test('a key that is one token stays a token, with a warning', () => {
    const stack = newStack();
    const key = Lazy.string({ produce: () => 'a.rdb' });
    expect(objects(SnapshotSource.fromBucketName('snapshots', [key]), stack))
      .toEqual([inPartition('s3:::snapshots/a.rdb')]);
    expect(warningsOf(stack)).toEqual([unknown('object key')]);
  });

  test('a key with a token may have 1,024 bytes around it', () => {
    const key = `${'a'.repeat(1000)}${Aws.REGION}${'b'.repeat(24)}`;
    expect(objects(SnapshotSource.fromBucketName('snapshots', [key]))).toEqual([{
      'Fn::Join': ['', [
        'arn:',
        { Ref: 'AWS::Partition' },
        `:s3:::snapshots/${'a'.repeat(1000)}`,
        { Ref: 'AWS::Region' },
        'b'.repeat(24),
      ]],
    }]);
  });

  test('an object ARN with tokens stays unchanged, with a warning', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    expect(objects(SnapshotSource.fromObjectArns([`${bucket.attrArn}/a.rdb`, Fn.importValue('Object')]), stack))
      .toEqual([
        { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/a.rdb']] },
        { 'Fn::ImportValue': 'Object' },
      ]);
    expect(warningsOf(stack)).toEqual([unknown('object ARN'), unknown('object ARN')]);
  });

  test('a bucket name that is a token has no warning', () => {
    const stack = newStack();
    objects(SnapshotSource.fromBucketName(Fn.importValue('Bucket'), ['a.rdb']), stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('object ARNs', () => {
  const PARTITION_LITERALS = '@aws-cdk/core:enablePartitionLiterals';
  const warnings = (region: string | undefined, literals: boolean, ...arns: string[]) => {
    const stack = newStack({ env: { region }, context: { [PARTITION_LITERALS]: literals } });
    granted({
      operations,
      snapshots: [SnapshotSource.fromObjectArns(arns), SnapshotSource.fromBucketName('snapshots', ['a.rdb'])],
    }, stack);
    return warningsOf(stack);
  };

  test('of another partition than the stack cause a warning', () => {
    const warning = (arns: string) => `the stack deploys to the partition "aws", where nothing matches ${arns}: `
      + 'use SnapshotSource.fromBucketName or the static of the resource\'s type, which follow the stack, or '
      + 'acknowledge this warning [ack: cdk-elasticache-grants:otherPartition]';
    expect(warnings('eu-west-1', true, 'arn:aws-cn:s3:::snapshots/a')).toEqual([
      warning('"arn:aws-cn:s3:::snapshots/a"'),
    ]);
    expect(warnings('eu-west-1', true, ...['a', 'b', 'c'].map((key) => `arn:aws-cn:s3:::snapshots/${key}`)))
      .toEqual([warning('"arn:aws-cn:s3:::snapshots/a" and 2 more')]);
  });

  test('of the partition of the stack, or of an unknown one, cause no warning', () => {
    expect(warnings('cn-north-1', true, 'arn:aws-cn:s3:::snapshots/a')).toEqual([]);
    expect(warnings('eu-west-1', false, 'arn:aws-cn:s3:::snapshots/a')).toEqual([]);
    expect(warnings(undefined, true, 'arn:aws-cn:s3:::snapshots/a')).toEqual([]);
  });
});
