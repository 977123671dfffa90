import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotObjects } from './private/model';
import {
  bucketArnFrom, bucketArnOf, objectsUnderPrefix, objectsWithArns, objectsWithKeys, snapshotArnOf,
} from './private/s3/object-arns';
import { ErrorContext } from './private/s3/object-keys';
import { Diagnostics } from './private/util/diagnostics';

/**
 * The snapshots in S3 that a cache may be seeded from, named once for everything that a restore needs.
 *
 * The cache takes their ARNs, as `snapshotArns`. An `ElastiCacheAccessGrant` with `snapshots` lets the caller read
 * them. `SnapshotBucketGrants.importSource` lets the ElastiCache service read them.
 *
 * In policies, each object has its own ARN. Keys are taken literally. IAM reads `*`, `?` and `$` as wildcards and
 * variables, so they are escaped in policies.
 *
 * A source is checked where it is used. A grant reports everything that is wrong with it, with the construct's path.
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
   * Creates a source for objects of a bucket that is a construct: an L2 bucket, an L1 bucket or an imported one.
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
   * Creates a source for objects of a bucket that is known by its name, in the partition that the stack is deployed to.
   *
   * @param bucketName the name of the bucket, and nothing else: 3 to 63 lowercase letters, digits, dots and hyphens.
   * Buckets made before March 2018 may have up to 255 characters, with capitals and underscores. It may be a token.
   * @param objectKeys the key of each object, at least one: 1 to 1,024 bytes of printable characters up to U+00FF,
   * without a comma.
   */
  public static fromBucketName(bucketName: string, objectKeys: string[]): SnapshotSource {
    const context = errorContext('fromBucketName');
    return new SnapshotSource((diagnostics) => (
      objectsWithKeys(bucketArnOf(bucketName, context, diagnostics), objectKeys, context, diagnostics)));
  }

  /**
   * Creates a source for objects that are known by their ARNs, as the `SnapshotArns` parameter takes them.
   *
   * @param objectArns the ARN of each object, such as `arn:aws:s3:::my-bucket/snapshot1.rdb`: at least one, all in
   * one partition. The key in it is taken literally. ARNs of access points are refused, because `SnapshotArns`
   * doesn't accept them.
   */
  public static fromObjectArns(objectArns: string[]): SnapshotSource {
    return new SnapshotSource((diagnostics) => (
      objectsWithArns(objectArns, errorContext('fromObjectArns'), diagnostics)));
  }

  /**
   * Creates a source for every object under a prefix, including objects that are added later.
   *
   * This is the only source that widens the grant, and the permission's reason says so. Prefer to list the objects. Use
   * a prefix for snapshots whose keys can't be known at synthesis, or that are too many for IAM's limits.
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
   * The ARN of each object, for the property `snapshotArns` of `CfnReplicationGroup` and `CfnCacheCluster`.
   *
   * This is what `SnapshotArns` of `CreateReplicationGroup` and `CreateCacheCluster` takes. `CreateCacheCluster` takes
   * one ARN. `snapshotArns` of `CfnServerlessCache` is something else: it takes snapshots that are kept in ElastiCache.
   *
   * The ARNs are in the order in which the objects were listed, each once. Keys are as they are in S3, and not escaped
   * as in a policy. Each call returns a new list.
   *
   * This property adds no warnings, because it has no construct to add them to. Only the grants that you pass the
   * source to warn about its keys (`cdk-elasticache-grants:literalWildcard`, `cdk-elasticache-grants:unknownObject`).
   *
   * @throws if the source is one of `fromPrefix`, whose objects are not known; or if a grant would refuse its
   * bucket or its keys.
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
