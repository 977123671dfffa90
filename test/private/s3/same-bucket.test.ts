import { Aws, CfnParameter, Fn } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnapshotObjects } from '../../../src/private/model';
import { objectsInBucket } from '../../../src/private/s3/same-bucket';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack } from '../../harness';

const stack = newStack();
const named = new s3.Bucket(stack, 'Named', { bucketName: 'seeds' });
const unnamed = new s3.Bucket(stack, 'Unnamed');
const parameter = new CfnParameter(stack, 'Name').valueAsString;
const withArn = (bucketArn: string) => ({ bucketRef: { bucketArn } } as any);
const SEEDS = 'arn:aws:s3:::seeds';

/** What an object is to a bucket: taken over with the bucket's own ARN, left as it is, or of another bucket. */
function relation(object: SnapshotObjects, bucket: { bucketRef: { bucketArn: string } }): string {
  const diagnostics = new Diagnostics();
  const [found] = objectsInBucket([object], bucket as any, 'It', diagnostics);
  const [error] = diagnostics.errorTexts;
  if (error) {
    return /^It: source has objects of another bucket, (.*): make a source for each bucket, and pass it to Snapshot/
      .exec(error)![1];
  }
  if (found === object) { return 'left'; }
  expect(found).toEqual({ ...object, bucketArn: bucket.bucketRef.bucketArn });
  return 'taken';
}
const inBucket = (bucketArn: string): SnapshotObjects => ({ bucketArn, key: 'a.rdb' });

// Red if objects of one bucket are refused, or if those of another one reach its policy.
test.each<[string, SnapshotObjects, any, string]>([
  ['the same bucket', inBucket(unnamed.bucketArn), unnamed, 'taken'],
  ['the same name', inBucket(SEEDS), withArn(SEEDS), 'taken'],
  ['the bucket by its name', inBucket(SEEDS), named, 'taken'],
  ['the bucket by its name, in a partition that is not known', inBucket(`arn:${Aws.PARTITION}:s3:::seeds`), named,
    'taken'],
  ['the bucket as a construct', inBucket(named.bucketArn), withArn(SEEDS), 'taken'],
  ['the bucket by its Ref', inBucket(`arn:aws:s3:::${unnamed.bucketName}`), unnamed, 'taken'],
  ['the bucket by its Ref, in a partition that is not known',
    inBucket(`arn:${Aws.PARTITION}:s3:::${unnamed.bucketName}`), unnamed, 'taken'],
  ['another construct', inBucket(unnamed.bucketArn), named, 'Stack/Unnamed'],
  ['another name', inBucket('arn:aws:s3:::other'), named, '"arn:aws:s3:::other"'],
  ['another partition', inBucket('arn:aws-cn:s3:::seeds'), withArn(SEEDS), '"arn:aws-cn:s3:::seeds"'],
  ['a name that is not known', inBucket(`arn:aws:s3:::${parameter}`), named, 'left'],
  ['a name whose end is not known', inBucket(`arn:aws:s3:::seeds${parameter}`), named, 'left'],
  ['a name, of a construct without one', inBucket(SEEDS), unnamed, 'left'],
  ['an ARN that is not known', inBucket(Fn.importValue('Arn')), named, 'left'],
  ['an attribute that is no ARN', inBucket(named.bucketDomainName), named, 'left'],
  ['an object by its ARN', { objectArn: `${SEEDS}/a.rdb` }, named, 'left'],
  ['an object of another bucket by its ARN', { objectArn: `arn:aws:s3:::other/${parameter}` }, named,
    '"arn:aws:s3:::other/${Token}"'],
  ['an object of another bucket, of which the partition is not known',
    { objectArn: `arn:${Aws.PARTITION}:s3:::other/a\nb` }, named, '"arn:${AWS::Partition}:s3:::other/a\\nb"'],
  ['no bucket', inBucket('arn:aws:sqs:::seeds'), named, 'left'],
])('an object of %s', (_, object, bucket, expected) => {
  expect(relation(object, bucket)).toBe(expected);
});

test('several other buckets are one error', () => {
  const diagnostics = new Diagnostics();
  objectsInBucket([inBucket('arn:aws:s3:::a'), inBucket('arn:aws:s3:::b')], named, 'It', diagnostics);
  expect(diagnostics.errorTexts).toEqual([
    'It: source has objects of other buckets, "arn:aws:s3:::a" and "arn:aws:s3:::b": make a source for each bucket, '
    + 'and '
    + 'pass it to SnapshotBucketGrants.fromBucket of that bucket',
  ]);
});

test('an L1 bucket that no L2 contains has its own path', () => {
  expect(relation(inBucket(new s3.CfnBucket(stack, 'Plain').attrArn), named)).toBe('Stack/Plain');
});
