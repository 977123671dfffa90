import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotObjects } from './private/model';
import {
  bucketArnFrom, bucketArnOf, ErrorContext, objectsUnderPrefix, objectsWithArns, objectsWithKeys,
} from './private/s3/object-arns';
import { Diagnostics } from './private/util/diagnostics';

/**
 * The snapshots in S3 that a cache may be seeded from.
 *
 * ElastiCache reads each one with the caller's `s3:GetObject`, so each object's own ARN goes into the policy. Keys are
 * taken literally: `*`, `?` and `$` in them are escaped, since IAM reads them as wildcards and variables.
 *
 * The grant that a source is passed to reports what is wrong with it, with the construct's path. A restore also needs
 * the ElastiCache service to have access to the bucket: see `SnapshotBucketGrants`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 *
 * @example
 * declare const bucket: s3.Bucket;
 * const nightly = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);
 */
export class SnapshotSource {
  /**
   * Objects of a bucket that is a construct: an L2 bucket, an L1 bucket or an imported one.
   *
   * @param bucket the bucket.
   * @param objectKeys the key of each object, at least one: 1 to 1,024 bytes of printable characters up to U+00FF,
   * without a comma.
   */
  public static fromBucket(bucket: aws_s3.IBucketRef, objectKeys: string[]): SnapshotSource {
    const context = errorContext('fromBucket');
    return new SnapshotSource((diagnostics) => (
      objectsWithKeys(bucketArnFrom(bucket, context.method, diagnostics), objectKeys, context, diagnostics)));
  }

  /**
   * Objects of a bucket that is known by its name, in the partition that the stack is deployed to.
   *
   * @param bucketName the name alone: 3 to 63 lower-case letters, digits, dots and hyphens; up to 255, with capitals
   * and underscores, for buckets made before March 2018. It may be a token.
   * @param objectKeys the key of each object, at least one: 1 to 1,024 bytes of printable characters up to U+00FF,
   * without a comma.
   */
  public static fromBucketName(bucketName: string, objectKeys: string[]): SnapshotSource {
    const context = errorContext('fromBucketName');
    return new SnapshotSource((diagnostics) => (
      objectsWithKeys(bucketArnOf(bucketName, context, diagnostics), objectKeys, context, diagnostics)));
  }

  /**
   * Objects that are known by their ARNs, as the `SnapshotArns` parameter takes them.
   *
   * @param objectArns the ARN of each object, at least one, all of one partition, such as
   * `arn:aws:s3:::my-bucket/snapshot1.rdb`. The key in it is taken literally. ARNs of access points are refused:
   * `SnapshotArns` doesn't accept them.
   */
  public static fromObjectArns(objectArns: string[]): SnapshotSource {
    return new SnapshotSource((diagnostics) => (
      objectsWithArns(objectArns, errorContext('fromObjectArns'), diagnostics)));
  }

  /**
   * Every object under a prefix, those that come later included: the one source that widens the grant.
   *
   * Prefer to list the objects. A prefix is for snapshots whose keys can't be known at synthesis, or that are too many
   * for IAM's limits. The permission's reason says that it was widened.
   *
   * @param bucket the bucket: an L2 bucket, an L1 bucket or an imported one.
   * @param prefix the text that the keys begin with, taken literally and without a `*` after it: up to 1,024 bytes of
   * printable characters up to U+00FF, without a comma. An empty prefix allows the whole bucket.
   */
  public static fromPrefix(bucket: aws_s3.IBucketRef, prefix: string): SnapshotSource {
    const context = errorContext('fromPrefix');
    return new SnapshotSource((diagnostics) => (
      objectsUnderPrefix(bucketArnFrom(bucket, context.method, diagnostics), prefix, context, diagnostics)));
  }

  private constructor(private readonly list: (diagnostics: Diagnostics) => SnapshotObjects[]) {}

  /** @internal */
  public _objects(diagnostics: Diagnostics): SnapshotObjects[] {
    return this.list(diagnostics);
  }
}

function errorContext(method: string): ErrorContext {
  return {
    method: `SnapshotSource.${method}`,
    prefixMethod: 'SnapshotSource.fromPrefix',
    arnsMethod: 'SnapshotSource.fromObjectArns',
  };
}
