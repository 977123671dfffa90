/**
 * What is known of a bucket besides its name and ARN.
 *
 * ElastiCache reads and writes snapshots that S3 encrypts with keys of its own. Whether a bucket has another key
 * matters to the caller's permissions and to the bucket policy alike. CDK's S3 module is not imported, since a grant
 * that has nothing to do with S3 would load it.
 */
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnResource } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';

/** The underlying resource, where the bucket has one in this app. An object in plain JavaScript may be no construct. */
export function cfnBucketOf(bucket: Partial<aws_s3.IBucketRef>): CfnBucket | undefined {
  return [bucket, bucket.node?.defaultChild].find(isCfnBucket);
}

export function isCfnBucket(construct: unknown): construct is CfnBucket {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::S3::Bucket';
}

/** Whether the bucket encrypts new objects with a KMS key, as far as the app tells. */
export function isEncryptedWithKms(bucket: aws_s3.IBucketRef): boolean {
  const configuration: any = cfnBucketOf(bucket)?.bucketEncryption;
  const rules: any[] = [configuration?.serverSideEncryptionConfiguration ?? []].flat();
  return rules.some((rule) => /aws:kms/.test(rule?.serverSideEncryptionByDefault?.sseAlgorithm))
    || (bucket as { readonly encryptionKey?: unknown }).encryptionKey !== undefined;
}
