import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { addToBucketPolicy } from '../../../src/private/s3/bucket-policy';
import { newStack } from '../../harness';

const SERVICE = new iam.ServicePrincipal('elasticache.amazonaws.com');

/** The statements of the bucket's policies after one was added. */
function added(bucket: s3.CfnBucket): unknown[] {
  addToBucketPolicy(bucket, SERVICE, [
    new iam.PolicyStatement({ principals: [SERVICE], actions: ['s3:ListBucket'], resources: [bucket.attrArn] }),
  ]);
  return Object.values(Template.fromStack(Stack.of(bucket)).findResources('AWS::S3::BucketPolicy'))
    .map(({ Properties }) => Properties.PolicyDocument.Statement.length);
}

test('a bucket has its policy, though another resource is about the bucket, too', () => {
  const bucket = new s3.CfnBucket(newStack(), 'Bucket');
  new s3.CfnAccessPoint(bucket.stack, 'Point', { bucket: bucket.ref });
  expect(added(bucket)).toEqual([1]);
});

test('a policy that the bucket has already is added to', () => {
  const bucket = new s3.CfnBucket(newStack(), 'Bucket');
  new s3.CfnBucketPolicy(bucket.stack, 'Policy', {
    bucket: bucket.ref,
    policyDocument: new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ principals: [SERVICE], actions: ['s3:GetObject'], resources: ['*'] })],
    }),
  });
  expect(added(bucket)).toEqual([2]);
});

test('a policy of another bucket is left as it is', () => {
  const bucket = new s3.CfnBucket(newStack(), 'Bucket');
  const other = new s3.CfnBucket(bucket.stack, 'Other');
  new CfnResource(bucket.stack, 'Topic', { type: 'AWS::SNS::Topic' });
  new s3.CfnBucketPolicy(bucket.stack, 'Policy', {
    bucket: other.ref,
    policyDocument: new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ principals: [SERVICE], actions: ['s3:GetObject'], resources: ['*'] })],
    }),
  });
  expect(added(bucket).sort()).toEqual([1, 1]);
});
