import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { Diagnostics } from './private/util/diagnostics';
import { bucketArnOf, ErrorContext, checkBucketArn, objectsAt, objectsOf, objectsUnder, SnapshotObjects } from './private/s3/object-arns';

/**
 * The snapshots in S3 that a cache may be seeded from.
 *
 * ElastiCache reads each one with the caller's `s3:GetObject`, so each object's own ARN goes into the policy.
 * Keys are taken literally: `*`, `?` and `$` in them are escaped, since IAM would read them as wildcards and variables.
 *
 * What is wrong with a source is told, with the construct's path, by the grant that it is passed to.
 * This is the caller's half; the ElastiCache service must be let into the bucket, too, by `SnapshotBucketGrants`.
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
   * @param objectKeys the key of each object, at least one: 1 to 1,024 bytes of printable characters up to U+00FF, without a comma.
   */
  public static fromBucket(bucket: aws_s3.IBucketRef, objectKeys: string[]): SnapshotSource {
    return new SnapshotSource((findings) => {
      const { bucketArn } = bucket.bucketRef;
      checkBucketArn(bucketArn, caller('fromBucket').name, findings);
      return objectsOf(bucketArn, objectKeys, caller('fromBucket'), findings);
    });
  }

  /**
   * Objects of a bucket that is known by its name, in the partition that the stack is deployed to.
   *
   * @param bucketName the name alone: 3 to 63 lower-case letters, digits, dots and hyphens; up to 255, with capitals and
   * underscores, for buckets made before March 2018. It may be a token.
   * @param objectKeys the key of each object, at least one: 1 to 1,024 bytes of printable characters up to U+00FF, without a comma.
   */
  public static fromBucketName(bucketName: string, objectKeys: string[]): SnapshotSource {
    return new SnapshotSource((findings) => objectsOf(
      bucketArnOf(bucketName, caller('fromBucketName'), findings), objectKeys, caller('fromBucketName'), findings,
    ));
  }

  /**
   * Objects that are known by their ARNs, as the `SnapshotArns` parameter takes them.
   *
   * @param objectArns the ARN of each object, at least one, all of one partition: `arn:aws:s3:::my-bucket/snapshot1.rdb`.
   * The key in it is taken literally. ARNs of access points are refused: `SnapshotArns` doesn't take them.
   */
  public static fromObjectArns(objectArns: string[]): SnapshotSource {
    return new SnapshotSource((findings) => objectsAt(objectArns, caller('fromObjectArns'), findings));
  }

  /**
   * Every object under a prefix, those that come later included: the one source that widens the grant.
   *
   * Prefer the objects one by one. A prefix is for snapshots whose keys can't be known at synthesis,
   * or that are too many for IAM's limits; the permission's reason says that it was widened.
   *
   * @param bucket the bucket: an L2 bucket, an L1 bucket or an imported one.
   * @param prefix the text that the keys begin with, taken literally and without a `*` after it: up to 1,024 bytes of printable
   * characters up to U+00FF, without a comma. An empty prefix allows the whole bucket.
   */
  public static fromPrefix(bucket: aws_s3.IBucketRef, prefix: string): SnapshotSource {
    return new SnapshotSource((findings) => {
      const { bucketArn } = bucket.bucketRef;
      checkBucketArn(bucketArn, caller('fromPrefix').name, findings);
      return objectsUnder(bucketArn, prefix, caller('fromPrefix'), findings);
    });
  }

  private constructor(private readonly list: (findings: Diagnostics) => SnapshotObjects[]) {}

  /** @internal */
  public _objects(findings: Diagnostics): SnapshotObjects[] {
    return this.list(findings);
  }
}

function caller(method: string): ErrorContext {
  return { name: `SnapshotSource.${method}`, underPrefix: 'SnapshotSource.fromPrefix', atArns: 'SnapshotSource.fromObjectArns' };
}
