import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { aws_elasticache } from 'aws-cdk-lib/interfaces';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { Cache, cacheOf } from './private/cache/cache';
import { grantOperate, grantOperations, grantRead, grantSnapshot } from './private/cache/cache-grants';

/**
 * Grants that start from a cache cluster: Memcached, or a single node of Valkey or Redis OSS.
 *
 * Pick what somebody does with the cache, and pass whoever does it. The grants have the cache's own ARN, and those of
 * what a call also names: the parameter group, the subnet group. They go to the principal as those of
 * `ElastiCacheAccessGrant` do, with the same errors and limits. Errors and warnings have the path of the cache.
 *
 * There is no `connect`: ElastiCache has IAM authentication for replication groups and serverless caches only.
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
   * The grants on a cache cluster.
   *
   * @param cacheCluster an L1 of the app, an L2 around one, or an imported one. Only of the first two is known what the
   * cache names.
   * @throws when it is a cache cluster without a name, or something else.
   */
  public static fromCacheCluster(cacheCluster: aws_elasticache.ICacheClusterRef): CacheClusterGrants {
    return new CacheClusterGrants(cacheOf('cluster', cacheCluster));
  }

  private constructor(private readonly cache: Cache) {}

  /**
   * Lets the grantee describe and list the cache and what it names.
   *
   * Allows `elasticache:Describe…` and `elasticache:List…` actions on the cache cluster, and on its parameter group,
   * subnet group, and the snapshot that it was created from. What the cache names is read from its properties, so of an
   * imported cache it is not known, and what is only known at deployment is left out. Operations that AWS
   * authorizes on `*` alone, such as `DescribeEvents`, are not part of it, and neither is a call that lists all caches,
   * which AWS authorizes on all of them: use `ElastiCacheAccessGrant` without `resources` for these.
   *
   * @param grantee whatever has the principal.
   * @throws as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public read(grantee: IGrantable): Grant {
    return grantRead(this.cache, grantee);
  }

  /**
   * Lets the grantee run the cache: modify it, scale it, and reboot its nodes. It can neither create nor delete one.
   *
   * Allows `ModifyCacheCluster` and `RebootCacheCluster` on the cache cluster. `ModifyCacheCluster` is also allowed on
   * the parameter group that its properties name (AWS's own, `default.*`, where they name none). For another one, pass
   * it to `operations`.
   *
   * @param grantee whatever has the principal.
   * @throws when a name that the cache's properties have is not valid; and as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public operate(grantee: IGrantable): Grant {
    return grantOperate(this.cache, grantee);
  }

  /**
   * Lets the grantee take, list and describe snapshots of the cache.
   *
   * Allows `CreateSnapshot` and `DescribeSnapshots` on the cache and on the snapshots. It can neither copy, delete nor
   * restore one. AWS's sources disagree on whether a snapshot of a cache with a customer managed key needs permissions
   * for the key: use `ElastiCacheAccessGrant` with `encryptionKey` to add them.
   *
   * @param grantee whatever has the principal.
   * @param snapshotName a name, or a name pattern, in which `*` stands for any characters and `?` for any one:
   * lower-case letters, digits, `.`, `_`, `:` and `-`. By default, names that begin with the cache's own and a hyphen.
   * If another cache is named so, with more behind it, names of its snapshots may begin with that, too.
   * @throws when the name is not valid, or the cluster runs Memcached, of which ElastiCache takes no snapshots; and as
   * `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html
   */
  public snapshot(grantee: IGrantable, snapshotName?: string): Grant {
    return grantSnapshot(this.cache, grantee, snapshotName);
  }

  /**
   * Lets the grantee call any operations, on the cache and on what it names.
   *
   * Each operation is allowed on the cache, if AWS authorizes it there, and on the resources that the cache's
   * properties name: its parameter group (AWS's own, `default.*`, where it names none), its subnet group, and the
   * snapshot that it was created from. The snapshot is for calls that read it: a call that makes a snapshot needs the
   * name of that in `resources`. Operations on tags are allowed on the cache alone. An operation that AWS authorizes on
   * no resource, such as `DESCRIBE_EVENTS`, is allowed on `*`.
   *
   * @param grantee whatever has the principal.
   * @param operations the operations, at least one.
   * @param resources further resources that the operations are allowed on: those that calls name and the cache does
   * not, such as the snapshot that a call takes, another parameter group, or all that an imported cache names.
   * @throws when an operation needs a resource that is neither known nor in `resources`, when none of the operations
   * uses one of `resources`; and as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   */
  public operations(
    grantee: IGrantable, operations: ElastiCacheOperation[], resources?: ElastiCacheResource[],
  ): Grant {
    return grantOperations(this.cache, grantee, operations, resources);
  }
}
