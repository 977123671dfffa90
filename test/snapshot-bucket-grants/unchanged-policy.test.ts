import { Annotations, Fn, Resource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotBucketGrants } from '../../src';
import { newStack, warningsOf } from '../harness';
import { BUCKET, bucketStatements } from '../support/bucket-policies';

/** A bucket reference as anybody may implement it. */
class BucketReference extends Resource implements aws_s3.IBucketRef {
  public readonly bucketRef: aws_s3.BucketReference = {
    bucketArn: 'arn:aws:s3:::my-snapshots', bucketName: 'my-snapshots',
  };
}

describe('a bucket policy that cannot be changed', () => {
  const warningOf = (why: string, principal: string, bucketArn: string) => (
    `CDK can't change the policy of this bucket (${why}), so the ElastiCache service has no access to it: `
    + 'add these statements to the policy where it is defined, with ${AWS::Region} and the like filled in, or '
    + 'acknowledge this warning: '
    + '[{"Action":["s3:GetBucketAcl","s3:ListBucket"],"Effect":"Allow",'
    + `"Principal":{"Service":"${principal}"},"Resource":"${bucketArn}"},`
    + '{"Action":"s3:GetObject","Effect":"Allow",'
    + `"Principal":{"Service":"${principal}"},"Resource":"${bucketArn}/a$\{*}.rdb"}]`
    + ' [ack: cdk-elasticache-grants:bucketPolicyNotChanged]');
  const ANY = '${AWS::Region}.elasticache-snapshot.${AWS::URLSuffix}';

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef, string, string]>([
    [
      'a bucket imported by name',
      (stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots'),
      ANY,
      'arn:${AWS::Partition}:s3:::my-snapshots',
    ],
    [
      'a bucket imported from another Region',
      (stack) => (
        s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::my-snapshots', region: 'eu-west-1' })
      ),
      'eu-west-1.elasticache-snapshot.amazonaws.com', 'arn:aws:s3:::my-snapshots',
    ],
    ['a bucket reference', (stack) => new BucketReference(stack, 'Bucket'), ANY, 'arn:aws:s3:::my-snapshots'],
  ])('of %s has a warning with the statements to add', (_, bucketIn, principal, bucketArn) => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    new s3.CfnBucket(stack, 'Other');
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    const grant = SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a*.rdb']);
    grant.applyBefore(cache);
    expect(grant.success).toBe(false);
    expect(() => grant.assertSuccess()).toThrow();
    expect(warningsOf(stack).filter((warning) => !warning.includes('literalWildcard'))).toEqual([
      warningOf('the bucket is not part of this app', principal, bucketArn),
    ]);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('that an L1 policy has as JSON has a warning, and is the only one', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    const policyDocument = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucket.attrArn }],
    };
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument });
    expect(SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a*.rdb']).success).toBe(false);
    expect(bucketStatements(stack)).toEqual([{ ...policyDocument.Statement[0], Resource: BUCKET }]);
    expect(warningsOf(stack).filter((warning) => !warning.includes('literalWildcard'))).toEqual([
      warningOf('Stack/Policy has it as JSON', ANY, '${Bucket.Arn}'),
    ]);
  });

  test('of a bucket that another stack exports has a warning with Fn::ImportValue in its statements', () => {
    const stack = newStack();
    new s3.CfnBucket(stack, 'Other');
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', Fn.importValue('Snapshots'));
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(warningsOf(stack).join()).toContain(
      '"Resource":{"Fn::Join":["",["arn:","${AWS::Partition}",":s3:::",{"Fn::ImportValue":"Snapshots"},"/a"]]}',
    );
  });

  test('has warnings that can be acknowledged, on the bucket or on its stack', () => {
    const stack = newStack({ env: { region: 'us-east-1' } });
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', {
      bucketName: 'my-snapshots', region: 'eu-west-1', encryptionKey,
    });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(warningsOf(stack).map((warning) => /\[ack: (.*)\]$/.exec(warning)![1]).sort()).toEqual([
      'cdk-elasticache-grants:bucketPolicyNotChanged',
      'cdk-elasticache-grants:kmsEncryptedBucket',
      'cdk-elasticache-grants:otherRegion',
    ]);

    Annotations.of(bucket).acknowledgeWarning('cdk-elasticache-grants:bucketPolicyNotChanged');
    Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:kmsEncryptedBucket');
    Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:otherRegion');
    const other = newStack({ env: { region: 'us-east-1' } });
    Annotations.of(other).acknowledgeWarning('cdk-elasticache-grants:bucketPolicyNotChanged');
    SnapshotBucketGrants.fromBucket(s3.Bucket.fromBucketName(other, 'Bucket', 'my-snapshots')).importSnapshots(['a']);
    for (const quiet of [stack, other]) {
      expect(quiet.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning'))
        .toEqual([]);
    }
  });
});
