import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { aws_elasticache } from 'aws-cdk-lib/interfaces';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { Cache, cacheOf } from './private/cache/cache';
import { grantOperate, grantOperations, grantRead, grantSnapshot } from './private/cache/cache-grants';

/**
 * Grants access to a cache cluster: Memcached, or a single node of Valkey or Redis OSS.
 *
 * Choose a method by what the grantee does with the cache. Each grant covers the ARN of the cache and the ARNs of
 * other resources that a call names, such as the parameter group and the subnet group. Permissions are added to the
 * principal as `ElastiCacheAccessGrant` adds them, with the same errors and limits. Errors and warnings have the
 * path of the cache.
 *
 * There is no `connect` method, because ElastiCache supports IAM authentication only for replication groups and
 * serverless caches.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.html
 *
 * @example
 * declare const cluster: elasticache.CfnCacheCluster;
 * declare const onCall: iam.Role;
 *
 * CacheClusterGrants.fromCacheCluster(cluster).operate(onCall);
 */
export class CacheClusterGrants {
  /**
   * Creates grants for a cache cluster.
   *
   * @param cacheCluster the cache cluster: an L1 construct of this app, an L2 around one, or an imported one. The
   * library doesn't know which other resources an imported cache names.
   * @throws if it is not a cache cluster, or has no name.
   */
  public static fromCacheCluster(cacheCluster: aws_elasticache.ICacheClusterRef): CacheClusterGrants {
    return new CacheClusterGrants(cacheOf('cluster', cacheCluster));
  }

  private constructor(private readonly cache: Cache) {}

  /**
   * Lets the grantee describe and list the cache and the resources that it names.
   *
   * Allows `elasticache:Describe…` and `elasticache:List…` actions on the cache cluster, its parameter group and its
   * subnet group, and on the snapshot that it was created from. The library reads what the cache names from its
   * properties. For an imported cache, these names aren't known. A name that is known only at deployment is left out.
   *
   * Operations that AWS authorizes only on `*`, such as `DescribeEvents`, are not included. Neither is a call
   * that lists all caches, because AWS authorizes it on all of them. For these, use `ElastiCacheAccessGrant`
   * without `resources`.
   *
   * @param grantee the grantee: anything that has a principal, such as a role or a Lambda function.
   * @throws in the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public read(grantee: IGrantable): Grant {
    return grantRead(this.cache, grantee);
  }

  /**
   * Lets the grantee run the cache: modify it, scale it, and reboot its nodes. The grantee can't create
   * or delete caches.
   *
   * Allows `ModifyCacheCluster` and `RebootCacheCluster` on the cache cluster. `ModifyCacheCluster` is also allowed on
   * the parameter group that the cache's properties name. If they name none, it is allowed on AWS's own groups,
   * `default.*`. To allow another parameter group, pass it to `operations`.
   *
   * @param grantee the grantee: anything that has a principal, such as a role or a Lambda function.
   * @throws if a name in the cache's properties is not valid; and in the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public operate(grantee: IGrantable): Grant {
    return grantOperate(this.cache, grantee);
  }

  /**
   * Lets the grantee take, list and describe snapshots of the cache.
   *
   * Allows `CreateSnapshot` on the cache and on the snapshots, and `DescribeSnapshots` on the snapshots. The grantee
   * can't copy, delete or restore snapshots. If the cache has a customer managed key, AWS's sources disagree on whether
   * a snapshot needs permissions for the key. To add them, use `ElastiCacheAccessGrant` with `encryptionKey`.
   *
   * @param grantee the grantee: anything that has a principal, such as a role or a Lambda function.
   * @param snapshotName the name of the snapshot, or a name pattern: lowercase letters, digits, `.`, `_`, `:` and
   * `-`. In a pattern, `*` stands for any characters and `?` for any single character. The default is every name
   * that begins with the cache's name and a hyphen. If another cache's name also begins that way, names of its
   * snapshots may match, too.
   * @throws if the name is not valid, or the cluster runs Memcached, for which ElastiCache takes no snapshots; and in
   * the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html
   */
  public snapshot(grantee: IGrantable, snapshotName?: string): Grant {
    return grantSnapshot(this.cache, grantee, snapshotName);
  }

  /**
   * Lets the grantee call any operations on the cache and on the resources that it names.
   *
   * Each operation is allowed on the cache, if AWS authorizes it there. It is also allowed on the resources that the
   * cache's properties name: its parameter group, its subnet group, and the snapshot that it was created from. If they
   * name no parameter group, it is allowed on AWS's own groups, `default.*`.
   *
   * The snapshot is only for calls that read it. For a call that makes a snapshot, add the new snapshot to `resources`.
   * Operations on tags are allowed only on the cache. An operation that AWS authorizes on no resource, such as
   * `DESCRIBE_EVENTS`, is allowed on `*`.
   *
   * @param grantee the grantee: anything that has a principal, such as a role or a Lambda function.
   * @param operations the operations, at least one.
   * @param resources the other resources that the operations are allowed on. List those that calls name and the
   * cache doesn't, such as the snapshot that a call takes, another parameter group, or everything that an
   * imported cache names.
   * @throws if an operation needs a resource that is neither known nor in `resources`; if none of the operations uses
   * one of the `resources`; and in the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   */
  public operations(
    grantee: IGrantable, operations: ElastiCacheOperation[], resources?: ElastiCacheResource[],
  ): Grant {
    return grantOperations(this.cache, grantee, operations, resources);
  }
}
