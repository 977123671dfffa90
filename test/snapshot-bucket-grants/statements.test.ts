import { Aws, Environment } from 'aws-cdk-lib';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotBucketGrants } from '../../src';
import { MINIMIZE, newStack } from '../harness';
import {
  BUCKET, bucketStatements, exporting, importing, IN_REGION, inBucket, l2Bucket, permit, statementsAfter,
} from '../support/bucket-policies';

describe('statements', () => {
  test('an import lets the service read each object by its own ARN', () => {
    expect(
      statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a.rdb', 'nightly/b.rdb'])),
    )
      .toEqual(importing([inBucket('a.rdb'), inBucket('nightly/b.rdb')]));
  });

  test('an import of a prefix ends with a wildcard', () => {
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('nightly/')))
      .toEqual(importing(inBucket('nightly/*')));
  });

  test('an export lets the service write to the whole bucket, or under a prefix', () => {
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots()))
      .toEqual(exporting(inBucket('*')));
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('exports/')))
      .toEqual(exporting(inBucket('exports/*')));
  });

  test('keys and prefixes are escaped like those of a SnapshotSource', () => {
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['$*?'])))
      .toEqual(importing(inBucket('${$}${*}${?}')));
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('$')))
      .toEqual(exporting(inBucket('${$}*')));
  });

  test('the order and repetition of keys change nothing', () => {
    const ordered = statementsAfter((bucket) => (
      SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a', 'b', 'c'])
    ));
    expect(statementsAfter((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['c', 'a', 'b', 'a'])))
      .toEqual(ordered);
  });

  test('a repeated call adds nothing', () => {
    expect(statementsAfter((bucket) => {
      SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a', 'b']);
      SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['b', 'a']);
    })).toEqual(importing([inBucket('a'), inBucket('b')]));
  });

  test('the source account is a condition of every statement', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };
    const grant = (bucket: aws_s3.IBucketRef) => (
      SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '111122223333' })
    );
    expect(statementsAfter((bucket) => grant(bucket).importSnapshots(['a']))).toEqual(
      importing(inBucket('a')).map((statement) => ({ ...statement, ...condition })),
    );
    expect(statementsAfter((bucket) => grant(bucket).exportSnapshots())).toEqual(
      exporting(inBucket('*')).map((statement) => ({ ...statement, ...condition })),
    );
  });

  test('a source account that is a token stays a token', () => {
    const [statement] = statementsAfter((bucket) => (
      SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: Aws.ACCOUNT_ID }).importSnapshots(['a'])
    ));
    expect(statement.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  test('minimizePolicies merges the statements that import and export share', () => {
    const stack = newStack({ context: { [MINIMIZE]: true } });
    const grants = SnapshotBucketGrants.fromBucket(l2Bucket(stack));
    grants.importSnapshots(['a']);
    grants.exportSnapshots('out/');
    expect(bucketStatements(stack)).toEqual([
      permit(['s3:GetBucketAcl', 's3:ListBucket', 's3:ListBucketMultipartUploads'], BUCKET),
      permit('s3:GetObject', inBucket('a')),
      permit(['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], inBucket('out/*')),
    ]);
  });
});

describe('the service principal', () => {
  const nameIn = (env?: Environment, region?: string) => (
    statementsAfter(
      (bucket) => SnapshotBucketGrants.fromBucket(bucket, { region }).importSnapshots(['a']), env,
    )[0].Principal.Service);

  test.each([
    ['eu-west-1', 'eu-west-1.elasticache-snapshot.amazonaws.com'],
    ['us-gov-west-1', 'us-gov-west-1.elasticache-snapshot.amazonaws.com'],
    ['cn-north-1', 'cn-north-1.elasticache-snapshot.amazonaws.com.cn'],
    ['us-iso-east-1', 'us-iso-east-1.elasticache-snapshot.c2s.ic.gov'],
    ['xx-new-1', { 'Fn::Join': ['', ['xx-new-1.elasticache-snapshot.', { Ref: 'AWS::URLSuffix' }]] }],
  ])('in %s is %j, from the environment or the option', (region, name) => {
    expect(nameIn({ region })).toEqual(name);
    expect(nameIn(undefined, region)).toEqual(name);
  });

  test('has the Region and the suffix of the deployment if the Region is a token', () => {
    expect(nameIn()).toEqual(IN_REGION.Service);
    expect(nameIn({ region: 'eu-west-1' }, Aws.REGION)).toEqual(IN_REGION.Service);
  });
});
