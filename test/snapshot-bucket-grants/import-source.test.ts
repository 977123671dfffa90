import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import fc from 'fast-check';
import { SnapshotBucketGrants, SnapshotBucketGrantsOptions, SnapshotSource } from '../../src';
import { inPartition, messageOf, newApp, newStack, runs, warningsOf, UNCHECKED } from '../harness';
import {
  bucketStatements, importing, inBucket, l2Bucket, numberedKeys, statementsAfter,
} from '../support/bucket-policies';
import { allowedKeys } from '../support/snapshots';

const grants = (bucket: aws_s3.IBucketRef, options?: SnapshotBucketGrantsOptions) => (
  SnapshotBucketGrants.fromBucket(bucket, options));

/** The template and the warnings after a call, in which a source is named as the method that it stands for. */
function outcome(
  bucketIn: (stack: Stack) => aws_s3.IBucketRef, call: (bucket: aws_s3.IBucketRef) => unknown,
) {
  const stack = newStack({ env: { region: 'us-east-1' }, context: UNCHECKED });
  let error: string | undefined;
  try {
    call(bucketIn(stack));
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  return JSON.parse(JSON.stringify({
    error, warnings: warningsOf(stack), template: Template.fromStack(stack).toJSON(),
  })
    .replaceAll('SnapshotSource.fromPrefix', 'SnapshotBucketGrants.importSnapshotsUnder')
    .replaceAll(/SnapshotSource\.from(BucketName|Bucket|ObjectArns)/g, 'SnapshotBucketGrants.importSnapshots')
    .replaceAll(/, or the ARNs to \w+\.\w+/g, ''));
}

const NAMED = { bucketName: 'my-snapshots' };
const BUCKETS: [string, (stack: Stack) => aws_s3.IBucketRef][] = [
  ['an L2 bucket', (stack) => l2Bucket(stack, NAMED)],
  ['an L1 bucket', (stack) => new s3.CfnBucket(stack, 'Bucket', NAMED)],
  ['an encrypted bucket', (stack) => l2Bucket(stack, { ...NAMED, encryptionKey: new kms.Key(stack, 'Key') })],
  ['a bucket imported by name', (stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots')],
  ['a bucket imported by ARN', (stack) => s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::my-snapshots')],
  [
    'a bucket imported from another Region',
    (stack) => s3.Bucket.fromBucketAttributes(stack, 'Bucket', { ...NAMED, region: 'eu-west-1' }),
  ],
];
const SOURCES: [string, (bucket: aws_s3.IBucketRef, keys: string[]) => SnapshotSource][] = [
  ['of the bucket', SnapshotSource.fromBucket],
  ['of its name', (_, keys) => SnapshotSource.fromBucketName('my-snapshots', keys)],
  ['of ARNs', (_, keys) => SnapshotSource.fromObjectArns(keys.map((key) => `arn:aws:s3:::my-snapshots/${key}`))],
];

describe.each(BUCKETS)('%s', (_, bucketIn) => {
  test.each(SOURCES)('with a source %s gives what the keys give', (__, sourceOf) => {
    const keys = ['nightly/b*.rdb', 'nightly/a$?.rdb', 'nightly/a$?.rdb'];
    const expected = outcome(bucketIn, (bucket) => grants(bucket).importSnapshots(keys));
    expect(outcome(bucketIn, (bucket) => grants(bucket).importSource(sourceOf(bucket, keys)))).toEqual(expected);
    expect(expected.error).toBeUndefined();
    expect(expected.warnings.filter((warning: string) => warning.includes('literalWildcard'))).toHaveLength(2);
  });

  test('with a source of a prefix gives what the prefix gives', () => {
    const expected = outcome(bucketIn, (bucket) => grants(bucket).importSnapshotsUnder('nightly?/'));
    expect(
      outcome(bucketIn, (bucket) => grants(bucket).importSource(SnapshotSource.fromPrefix(bucket, 'nightly?/'))),
    ).toEqual(expected);
    expect(expected.error).toBeUndefined();
  });

  // Red if the source's own way to write an ARN, or the order of its objects, gets into the bucket's policy.
  test('gives the same for a source and for its keys, whatever they are', () => {
    fc.assert(fc.property(
      fc.array(allowedKeys, { minLength: 1, maxLength: 4 }), fc.constantFrom(...SOURCES), (keys, [, sourceOf]) => {
        expect(outcome(bucketIn, (bucket) => grants(bucket).importSource(sourceOf(bucket, keys))))
          .toEqual(outcome(bucketIn, (bucket) => grants(bucket).importSnapshots(keys)));
      }), runs(10));
  });
});

test('the options of the grants are those of a source, too', () => {
  const options = { region: 'eu-west-1', sourceAccount: '111122223333' };
  expect(statementsAfter((bucket) => (
    grants(bucket, options).importSource(SnapshotSource.fromBucket(bucket, ['a', 'b']))
  ))).toEqual(statementsAfter((bucket) => grants(bucket, options).importSnapshots(['b', 'a'])));
});

test('a bucket policy that gets too large is the same error', () => {
  const keys = numberedKeys(500, 'nightly/sessions/');
  const bucketIn = (stack: Stack) => l2Bucket(stack, NAMED);
  const { error } = outcome(bucketIn, (bucket) => grants(bucket).importSnapshots(keys));
  expect(error).toMatch(/^Stack\/L2: the bucket's policy would have [\d,]+ bytes, and S3 allows 20,480: /);
  SOURCES.forEach(([, sourceOf]) => {
    expect(outcome(bucketIn, (bucket) => grants(bucket).importSource(sourceOf(bucket, keys))).error).toBe(error);
  });
});

test.each<[string, string[]]>([
  ['an empty list', []], ['bad keys', ['', 'a,b', 's3://a', '日']],
])('%s is the same error', (_, keys) => {
  const bucketIn = (stack: Stack) => l2Bucket(stack, NAMED);
  const expected = outcome(bucketIn, (bucket) => grants(bucket).importSnapshots(keys));
  expect(expected.error).toContain('SnapshotBucketGrants.importSnapshots: object');
  expect(outcome(bucketIn, (bucket) => (
    grants(bucket).importSource(SnapshotSource.fromBucketName('my-snapshots', keys))
  ))).toEqual(expected);
});

describe('a source of another bucket', () => {
  const another = (...buckets: string[]) => (
    'SnapshotBucketGrants.importSource: source has objects of '
    + `${buckets.length > 1 ? 'other buckets' : 'another bucket'}, ${buckets.join(' and ')}: make a source for each `
    + 'bucket, and pass it to SnapshotBucketGrants.fromBucket of that bucket');

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef, (stack: Stack) => SnapshotSource, string]>([
    [
      'an L2 bucket of the app', l2Bucket,
      (stack) => SnapshotSource.fromBucket(new s3.Bucket(stack, 'Other'), ['a']), 'Stack/Other',
    ],
    [
      'an L1 bucket of the app', l2Bucket,
      (stack) => SnapshotSource.fromPrefix(new s3.CfnBucket(stack, 'Other'), ''), 'Stack/Other',
    ],
    [
      'a bucket of another stack that has the same logical ID', (stack) => new s3.CfnBucket(stack, 'Bucket'),
      (stack) => SnapshotSource.fromBucket(new s3.CfnBucket(new Stack(stack.node.root, 'Second'), 'Bucket'), ['a']),
      'Second/Bucket',
    ],
    [
      'the name of another bucket of the app', l2Bucket,
      (stack) => SnapshotSource.fromBucketName(new s3.Bucket(stack, 'Other').bucketName, ['a']), 'Stack/Other',
    ],
    [
      'ARNs with the attribute of another bucket', l2Bucket,
      (stack) => SnapshotSource.fromObjectArns([`${new s3.CfnBucket(stack, 'Other').attrArn}/a`]), 'Stack/Other',
    ],
    [
      'ARNs with the name of another bucket of the app', l2Bucket,
      (stack) => SnapshotSource.fromObjectArns([`arn:aws:s3:::${new s3.CfnBucket(stack, 'Other').ref}/a`]),
      'Stack/Other',
    ],
    [
      'another name', (stack) => l2Bucket(stack, NAMED),
      () => SnapshotSource.fromBucketName('my-other', ['a']), '"arn:${AWS::Partition}:s3:::my-other"',
    ],
    [
      'another name than that of an imported bucket', BUCKETS[3][1],
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::my-other/a', 'arn:aws:s3:::my-other/b']),
      '"arn:aws:s3:::my-other"',
    ],
    [
      'a name that continues this one', BUCKETS[4][1],
      (stack) => SnapshotSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Other', 'my-snapshots-2'), ['a']),
      '"arn:${AWS::Partition}:s3:::my-snapshots-2"',
    ],
    [
      'a named bucket of the app', BUCKETS[3][1],
      (stack) => SnapshotSource.fromBucket(new s3.Bucket(stack, 'Other', { bucketName: 'my-other' }), ['a']),
      'Stack/Other',
    ],
    [
      'the same name in another partition', BUCKETS[4][1],
      () => SnapshotSource.fromObjectArns(['arn:aws-cn:s3:::my-snapshots/a']), '"arn:aws-cn:s3:::my-snapshots"',
    ],
  ])('is an error for %s', (_, bucketIn, sourceIn, named) => {
    const stack = newStack({ context: UNCHECKED });
    const bucket = bucketIn(stack);
    const source = sourceIn(stack);
    expect(messageOf(() => grants(bucket).importSource(source))).toBe(`${bucket.node.path}: ${another(named)}`);
    expect(warningsOf(stack)).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('is an error that names each other bucket, where a source has objects of several', () => {
    const bucket = l2Bucket(newStack({ context: UNCHECKED }), NAMED);
    const source = (...names: string[]) => SnapshotSource.fromObjectArns(names.map((name) => `arn:aws:s3:::${name}`));
    expect(messageOf(() => grants(bucket).importSource(source('my-snapshots/a', 'my-other/a', 'my-other/b')))).toBe(
      `Stack/L2: ${another('"arn:aws:s3:::my-other"')}`,
    );
    expect(messageOf(() => grants(bucket).importSource(source('one/a', 'my-snapshots/a', 'two/b')))).toBe(
      `Stack/L2: ${another('"arn:aws:s3:::one"', '"arn:aws:s3:::two"')}`,
    );
  });

  test('is reported with everything else that is wrong with the call', () => {
    const bucket = l2Bucket(newStack({ context: UNCHECKED }), NAMED);
    expect(messageOf(() => grants(bucket).importSource(SnapshotSource.fromBucketName('my-other', ['a,b'])))).toBe([
      'Stack/L2: 2 problems:',
      '- SnapshotSource.fromBucketName: object key "a,b" has a comma, and SnapshotArns separates ARNs by commas: copy '
      + 'the object to a key without one',
      `- ${another('"arn:${AWS::Partition}:s3:::my-other"')}`,
    ].join('\n'));
  });
});

describe('a source whose bucket is only known at deployment', () => {
  test.each<[string, (bucket: s3.Bucket, stack: Stack) => SnapshotSource, unknown]>([
    [
      'a literal name, for a bucket that CloudFormation names',
      () => SnapshotSource.fromBucketName('my-snapshots', ['a*']), inPartition('s3:::my-snapshots/a${*}'),
    ],
    [
      'a name that is a token', () => SnapshotSource.fromBucketName(Fn.importValue('Name'), ['a']),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::ImportValue': 'Name' }, '/a']] },
    ],
    [
      'a name that ends with a token', () => SnapshotSource.fromBucketName(`my-snapshots${Aws.REGION}`, ['a']),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::my-snapshots', { Ref: 'AWS::Region' }, '/a']] },
    ],
    [
      'an ARN that is a token',
      (_, stack) => SnapshotSource.fromObjectArns([new CfnParameter(stack, 'Object').valueAsString]), { Ref: 'Object' },
    ],
  ])('stays as it is: %s', (_, sourceOf, resource) => {
    const stack = newStack({ context: UNCHECKED });
    const bucket = l2Bucket(stack);
    grants(bucket).importSource(sourceOf(bucket, stack));
    expect(bucketStatements(stack)).toEqual(importing(resource));
  });

  // Red if the literal beginning of a name is taken for the whole: as another bucket, or as this one.
  test.each(['my', 'my-snapshots'])('stays as it is: a name that begins with "%s" and may go on', (beginning) => {
    const stack = newStack({ context: UNCHECKED });
    const bucket = l2Bucket(stack, NAMED);
    grants(bucket).importSource(SnapshotSource.fromBucketName(`${beginning}${Fn.importValue('Rest')}`, ['a']));
    expect(bucketStatements(stack)).toEqual(importing({
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, `:s3:::${beginning}`, { 'Fn::ImportValue': 'Rest' }, '/a',
      ]],
    }));
  });

  test.each<[string, (bucket: s3.Bucket) => SnapshotSource]>([
    ['its name', (bucket) => SnapshotSource.fromBucketName(bucket.bucketName, ['a'])],
    ['its own attribute in ARNs', (bucket) => SnapshotSource.fromObjectArns([`${bucket.bucketArn}/a`])],
    ['an import of its ARN', (bucket) => (
      SnapshotSource.fromBucket(s3.Bucket.fromBucketArn(Stack.of(bucket), 'Import', bucket.bucketArn), ['a']))],
  ])('is the bucket itself, where a token is %s', (_, sourceOf) => {
    const stack = newStack({ context: UNCHECKED });
    const bucket = l2Bucket(stack);
    grants(bucket).importSource(sourceOf(bucket));
    expect(bucketStatements(stack)).toEqual(importing(inBucket('a')));
  });
});

test('a source of a bucket of another stack is that bucket', () => {
  const app = newApp(UNCHECKED);
  const bucket = l2Bucket(new Stack(app, 'First'));
  const source = SnapshotSource.fromBucket(bucket, ['a']);
  const second = new Stack(app, 'Second');
  expect(second.resolve(source.snapshotArns)).toHaveLength(1);
  grants(bucket).importSource(source);
  expect(bucketStatements(Stack.of(bucket))).toEqual(importing(inBucket('a')));
});

describe('a value that is no source', () => {
  const wrong = (value: unknown) => messageOf(() => (
    grants(l2Bucket(newStack({ context: UNCHECKED }))).importSource(value as any)));

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [['nightly/0001.rdb'], '["nightly/0001.rdb"]'],
    ['nightly/', '"nightly/"'],
    [{}, '{}'],
  ])('is an error: %j', (value, shown) => {
    expect(wrong(value)).toBe(
      `Stack/L2: SnapshotBucketGrants.importSource: source is ${shown}: expected a SnapshotSource, such as `
      + 'SnapshotSource.fromBucket(bucket, objectKeys)',
    );
  });

  test('is an error for a source of another copy of the package', () => {
    const copy = { SnapshotSource: class { public readonly snapshotArns = []; } };
    Object.defineProperty(copy.SnapshotSource, 'name', { value: 'SnapshotSource' });
    expect(wrong(new copy.SnapshotSource())).toBe(
      'Stack/L2: SnapshotBucketGrants.importSource: source is a SnapshotSource of another copy of this package: '
      + 'install the package once, as "npm dedupe" does',
    );
  });
});
