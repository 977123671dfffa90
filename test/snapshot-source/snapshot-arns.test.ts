import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import fc from 'fast-check';
import { SnapshotBucketGrants, SnapshotSource } from '../../src';
import {
  allow, deployed, IN_EUROPE, inPartition, messageOf, newRole, newStack, policyStatements, runs, warningsOf,
} from '../harness';
import { bucketStatements, importing, inBucket, l2Bucket } from '../support/bucket-policies';
import { tokenList } from '../support/errors';
import { allowedKeys, restoreGrant, unescaped } from '../support/snapshots';

const NAMED = { bucketName: 'my-snapshots' };
const KEYS = ['b*.rdb', 'a$?.rdb'];
const l1Bucket = (stack: Stack, props?: s3.CfnBucketProps) => new s3.CfnBucket(stack, 'Bucket', props);
const importedByName = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots');
const importedByArn = (stack: Stack) => s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::my-snapshots');

/** Adds a cache that is restored from the source, and a role that may restore it. */
function addRestore(stack: Stack, source: SnapshotSource): void {
  new elasticache.CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'restored', snapshotArns: source.snapshotArns,
  });
  restoreGrant(stack, source).toRole(newRole(stack));
}

/** The cache's `SnapshotArns`, as synthesized. */
function cacheArns(stack: Stack): unknown {
  return Template.fromStack(stack).toJSON().Resources.Cache.Properties.SnapshotArns;
}

/** The statements of a role that may restore from these objects. */
const restoring = (...objects: unknown[]) => [
  allow(['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'], '*'),
  ...objects.map((object) => allow('s3:GetObject', object)),
];

/** How a key is written in the cache's list, and, escaped, in a policy. */
interface Written {
  readonly snapshots: (key: string) => unknown;
  readonly policy: (key: string) => unknown;
}

const ofBucket: Written = { snapshots: (key: string) => inBucket(key), policy: inBucket };
const byName: Written = {
  snapshots: (key: string) => inPartition(`s3:::my-snapshots/${key}`),
  policy: (key: string) => inPartition(`s3:::my-snapshots/${key}`),
};
const byArn: Written = {
  snapshots: (key: string) => `arn:aws:s3:::my-snapshots/${key}`,
  policy: (key: string) => ({ 'Fn::Join': ['', ['arn:aws:s3:::my-snapshots/', key]] }),
};
const withKeys = (bucket: aws_s3.IBucketRef) => SnapshotSource.fromBucket(bucket, KEYS);
const withName = () => SnapshotSource.fromBucketName('my-snapshots', KEYS);
const withArns = () => SnapshotSource.fromObjectArns(KEYS.map((key) => `arn:aws:s3:::my-snapshots/${key}`));

type Kind = [
  title: string,
  bucketIn: (stack: Stack) => aws_s3.IBucketRef,
  sourceOf: (bucket: aws_s3.IBucketRef) => SnapshotSource,
  caller: Written,
  service: Written,
];

describe.each<Kind>([
  ['an L2 bucket', l2Bucket, withKeys, ofBucket, ofBucket],
  ['an L1 bucket', l1Bucket, withKeys, ofBucket, ofBucket],
  ['the name of an L2 bucket', (stack) => l2Bucket(stack, NAMED), withName, byName, ofBucket],
  ['the name of an L1 bucket', (stack) => l1Bucket(stack, NAMED), withName, byName, ofBucket],
  ['ARNs of objects in a named L2 bucket', (stack) => l2Bucket(stack, NAMED), withArns, byArn, ofBucket],
  ['ARNs of objects in a named L1 bucket', (stack) => l1Bucket(stack, NAMED), withArns, byArn, ofBucket],
  // Whether it is the same bucket is only known at deployment.
  ['the name of a bucket that CloudFormation names', (stack) => l2Bucket(stack), withName, byName, byName],
  ['ARNs of objects in a bucket that CloudFormation names', (stack) => l1Bucket(stack), withArns, byArn, byArn],
])('a source of %s', (_, bucketIn, sourceOf, caller, service) => {
  test('gives the cache, the caller and the service the same objects', () => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    const source = sourceOf(bucket);
    expect(SnapshotBucketGrants.fromBucket(bucket).importSource(source).success).toBe(true);
    addRestore(stack, source);
    expect(cacheArns(stack)).toEqual(KEYS.map(caller.snapshots));
    expect(policyStatements(stack)).toEqual(restoring(caller.policy('a${$}${?}.rdb'), caller.policy('b${*}.rdb')));
    expect(bucketStatements(stack)).toEqual(importing(['a${$}${?}.rdb', 'b${*}.rdb'].map(service.policy)));
  });
});

describe.each<Kind>([
  ['a bucket imported by name', importedByName, withKeys, byName, byName],
  ['a bucket imported by ARN', importedByArn, withKeys, byArn, byArn],
  ['the name of a bucket imported by ARN', importedByArn, withName, byName, byArn],
  ['ARNs of objects in a bucket imported by name', importedByName, withArns, byArn, byName],
])('a source of %s', (_, bucketIn, sourceOf, caller, service) => {
  test('gives the cache and the caller the same objects, and the statements of the service as a warning', () => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    const source = sourceOf(bucket);
    expect(SnapshotBucketGrants.fromBucket(bucket).importSource(source).success).toBe(false);
    addRestore(stack, source);
    const bucketArn = service === byName ? 'arn:${AWS::Partition}:s3:::my-snapshots' : 'arn:aws:s3:::my-snapshots';
    expect(warningsOf(stack).filter((warning) => warning.includes('bucketPolicyNotChanged')).join()).toContain(
      `"Resource":["${bucketArn}/a\${$}\${?}.rdb","${bucketArn}/b\${*}.rdb"]}]`,
    );
    expect(cacheArns(stack)).toEqual(KEYS.map(caller.snapshots));
    expect(policyStatements(stack)).toEqual(restoring(caller.policy('a${$}${?}.rdb'), caller.policy('b${*}.rdb')));
  });
});

describe.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
  ['an L2 bucket', l2Bucket], ['an L1 bucket', l1Bucket],
])('a prefix of %s', (_, bucketIn) => {
  test('gives the caller and the service every object under it', () => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    const source = SnapshotSource.fromPrefix(bucket, 'nightly*/');
    SnapshotBucketGrants.fromBucket(bucket).importSource(source);
    restoreGrant(stack, source).toRole(newRole(stack));
    expect(policyStatements(stack)).toEqual(restoring(inBucket('nightly${*}/*')));
    expect(bucketStatements(stack)).toEqual(importing(inBucket('nightly${*}/*')));
  });

  test('has no snapshotArns', () => {
    expect(messageOf(() => SnapshotSource.fromPrefix(bucketIn(newStack()), 'nightly/').snapshotArns)).toBe(
      'SnapshotSource.fromPrefix: a prefix has no snapshotArns, since SnapshotArns takes the ARN of each object: list '
      + 'the objects with SnapshotSource.fromBucket, or pass the ARNs to the cache yourself',
    );
  });
});

describe('snapshotArns', () => {
  test('has each object once, in the order in which they were listed', () => {
    const stack = newStack();
    expect(stack.resolve(SnapshotSource.fromBucketName('my-snapshots', ['c', 'a', 'b', 'a', 'c']).snapshotArns))
      .toEqual(['c', 'a', 'b'].map(byName.snapshots));
    expect(stack.resolve(SnapshotSource.fromBucket(l1Bucket(stack), ['c', 'a', 'c']).snapshotArns))
      .toEqual(['c', 'a'].map(inBucket));
  });

  test('is a new list at each call', () => {
    const source = SnapshotSource.fromObjectArns(['arn:aws:s3:::my-snapshots/a']);
    source.snapshotArns.push('arn:aws:s3:::my-snapshots/b');
    expect(source.snapshotArns).toEqual(['arn:aws:s3:::my-snapshots/a']);
  });

  test('keeps tokens in buckets, keys and ARNs', () => {
    const stack = newStack();
    const key = new CfnParameter(stack, 'Key').valueAsString;
    const source = SnapshotSource.fromBucketName(Fn.importValue('Bucket'), [`$/${key}*`]);
    expect(stack.resolve(source.snapshotArns)).toEqual([{
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::ImportValue': 'Bucket' }, '/$/', { Ref: 'Key' }, '*',
      ]],
    }]);
    expect(stack.resolve(SnapshotSource.fromObjectArns([Fn.importValue('Object')]).snapshotArns))
      .toEqual([{ 'Fn::ImportValue': 'Object' }]);
    expect(stack.resolve(SnapshotSource.fromBucketName(`a-${Aws.REGION}`, ['k']).snapshotArns)).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::a-', { Ref: 'AWS::Region' }, '/k']] },
    ]);
  });

  test.each<[string, () => SnapshotSource, string]>([
    [
      'an empty list',
      () => SnapshotSource.fromBucketName('my-snapshots', []),
      'SnapshotSource.fromBucketName: objectKeys is empty: list at least one object, or use SnapshotSource.fromPrefix',
    ],
    [
      'a list that is only known at deployment',
      () => SnapshotSource.fromObjectArns(tokenList()),
      'SnapshotSource.fromObjectArns: objectArns is a list that is only known at deployment, so no statement can name '
      + 'its objects one by one: pass a list whose length is known, or use SnapshotSource.fromPrefix',
    ],
    [
      'keys that SnapshotArns or a policy can\'t hold',
      () => SnapshotSource.fromBucketName('my-snapshots', ['a,b', '日']),
      [
        '2 problems:',
        '- SnapshotSource.fromBucketName: object key "a,b" has a comma, and SnapshotArns separates ARNs by commas: '
        + 'copy the object to a key without one',
        '- SnapshotSource.fromBucketName: object key "日" has the character U+65E5, which a policy can\'t have: '
        + 'expected printable characters up to U+00FF; copy the object to such a key, or use SnapshotSource.fromPrefix '
        + 'with the part before it',
      ].join('\n'),
    ],
    [
      'something that is no bucket',
      () => SnapshotSource.fromBucket('my-snapshots' as any, ['a']),
      'SnapshotSource.fromBucket: bucket is "my-snapshots": expected a bucket, such as an s3.Bucket',
    ],
  ])('throws what a grant throws for %s, without a path', (_, source, message) => {
    expect(messageOf(() => source().snapshotArns)).toBe(message);
    expect(messageOf(() => restoreGrant(newStack(), source()))).toBe(`Stack/Grant: ${message}`);
  });
});

/** An ARN as CloudFormation reads it: with its tokens in place, and with nothing else changed. */
const inTemplate = (arn: string) => deployed(newStack().resolve(arn), IN_EUROPE, String);

// Red if a key is escaped in the one, or not escaped in the other.
test('of any key, the resource of the policy is the snapshot\'s ARN once IAM has read its escapes', () => {
  fc.assert(fc.property(allowedKeys, (key) => {
    for (const source of [
      SnapshotSource.fromBucketName('my-snapshots', [key]),
      SnapshotSource.fromObjectArns([`arn:aws:s3:::my-snapshots/${key}`]),
    ]) {
      const [resource] = restoreGrant(newStack(), source).permissions
        .filter(({ action }) => action === 's3:GetObject').map((permission) => permission.resource);
      expect(unescaped(inTemplate(resource))).toBe(`arn:aws:s3:::my-snapshots/${key}`);
      expect(source.snapshotArns.map(inTemplate)).toEqual([`arn:aws:s3:::my-snapshots/${key}`]);
    }
  }), runs(200));
});
