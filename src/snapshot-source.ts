import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotObjects } from './private/model';
import {
  bucketArnFrom, bucketArnOf, objectsUnderPrefix, objectsWithArns, objectsWithKeys, snapshotArnOf,
} from './private/s3/object-arns';
import { ErrorContext } from './private/s3/object-keys';
import { Diagnostics } from './private/util/diagnostics';

/**
 * The snapshots in S3 that a cache may be seeded from, named once for all that a restore needs.
 *
 * The cache takes their ARNs, as `snapshotArns`. The caller may read them with `snapshots` of an
 * `ElastiCacheAccessGrant`. The ElastiCache service may read them with `SnapshotBucketGrants.importSource`.
 *
 * In policies, each object has its own ARN. Keys are taken literally: `*`, `?` and `$` in them are escaped there, since
 * IAM reads them as wildcards and variables.
 *
 * A source is checked where it is used. A grant reports all that is wrong with it, with the construct's path.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 *
 * @example
 * declare const bucket: s3.Bucket;
 * declare const executionRole: iam.IRole; // deploys the cache, as CloudFormation's execution role does
 * const nightly = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);
 *
 * const cache = new elasticache.CfnReplicationGroup(this, 'Cache', {
 *   replicationGroupDescription: 'Restored from the nightly snapshots',
 *   snapshotArns: nightly.snapshotArns,
 * });
 * SnapshotBucketGrants.fromBucket(bucket).importSource(nightly).applyBefore(cache);
 * new ElastiCacheAccessGrant(this, 'RestoreAccess', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
 *   snapshots: [nightly],
 * }).toRole(executionRole).applyBefore(cache);
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

  /**
   * The ARN of each object, as `SnapshotArns` of `CreateReplicationGroup` and `CreateCacheCluster` takes them: the
   * property `snapshotArns` of `CfnReplicationGroup` and `CfnCacheCluster`.
   *
   * They are in the order in which the objects were listed, each once. Keys are as they are in S3, and not escaped as
   * in a policy. `CreateCacheCluster` takes one ARN. `snapshotArns` of `CfnServerlessCache` is something else: it takes
   * snapshots that ElastiCache keeps.
   *
   * The list is new at each call. No construct is known here that a warning could be on. Only the grants that the
   * source is passed to warn of its keys (`cdk-elasticache-grants:literalWildcard`,
   * `cdk-elasticache-grants:unknownObject`).
   *
   * @throws when the source is one of `fromPrefix`, whose objects are not known; when a grant would refuse its bucket
   * or its keys.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
   */
  public get snapshotArns(): string[] {
    const diagnostics = new Diagnostics();
    const arns = this.list(diagnostics).map((objects) => {
      if (!('prefix' in objects)) { return snapshotArnOf(objects); }
      diagnostics.error(
        'SnapshotSource.fromPrefix: a prefix has no snapshotArns, since SnapshotArns takes the ARN of each object: '
        + 'list the objects with SnapshotSource.fromBucket, or pass the ARNs to the cache yourself',
      );
      return '';
    });
    diagnostics.throwIfAny();
    return [...new Set(arns)];
  }

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
