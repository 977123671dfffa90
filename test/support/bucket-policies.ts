import { Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { allow, newStack } from '../harness';

/** The principal of the ElastiCache service in the Region of the deployment. */
export const IN_REGION = {
  Service: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '.elasticache-snapshot.', { Ref: 'AWS::URLSuffix' }]] },
};

export const BUCKET = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
export const inBucket = (rest: string) => ({ 'Fn::Join': ['', [BUCKET, `/${rest}`]] });

/** A statement of a bucket policy for the service, or for another principal. */
export const permit = (action: string | string[], resource: unknown, principal: unknown = IN_REGION) => (
  { ...allow(action, resource), Principal: principal });

/** The statements that let the service import these objects, which are one ARN or a list. */
export const importing = (objects: unknown, principal?: unknown, bucket: unknown = BUCKET) => [
  permit(['s3:GetBucketAcl', 's3:ListBucket'], bucket, principal),
  permit('s3:GetObject', objects, principal),
];

/** The statements that let the service export to these objects. */
export const exporting = (objects: unknown, principal?: unknown) => [
  permit(['s3:GetBucketAcl', 's3:ListBucket', 's3:ListBucketMultipartUploads'], BUCKET, principal),
  permit(['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], objects, principal),
];

/** An L2 bucket whose logical ID is `Bucket`. */
export function l2Bucket(stack: Stack, props?: s3.BucketProps): s3.Bucket {
  const bucket = new s3.Bucket(stack, 'L2', props);
  (bucket.node.defaultChild as s3.CfnBucket).overrideLogicalId('Bucket');
  return bucket;
}

/** The statements of the one bucket policy of the stack. */
export function bucketStatements(stack: Stack): any[] {
  const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
  expect(policies).toHaveLength(1);
  expect(policies[0].Properties.Bucket).toEqual({ Ref: 'Bucket' });
  return policies[0].Properties.PolicyDocument.Statement;
}

/** The statements of the policy that a new bucket has after a grant. */
export function statementsAfter(grantOn: (bucket: aws_s3.IBucketRef) => unknown, env?: Environment): any[] {
  const stack = newStack({ env });
  grantOn(l2Bucket(stack));
  return bucketStatements(stack);
}

/** The keys of this many objects. */
export const numberedKeys = (count: number, prefix = '') => (
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(4, '0')}.rdb`));
