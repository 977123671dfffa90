import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { aws_elasticache } from 'aws-cdk-lib/interfaces';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { Cache, cacheOf } from './private/cache/cache';
import { grantOperate, grantOperations, grantRead, grantSnapshot } from './private/cache/cache-grants';
import { connect, connectAs } from './private/cache/connect';

/**
 * Grants access to a replication group: Valkey or Redis OSS on nodes.
 *
 * Choose a method by what the grantee does with the cache. Each grant covers the ARN of the cache and the ARNs of
 * other resources that a call names, such as the user, the nodes and the parameter group. Permissions are added to
 * the principal as `ElastiCacheAccessGrant` adds them, with the same errors and limits. Errors and warnings have the
 * path of the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.html
 *
 * @example
 * declare const cache: elasticache.CfnReplicationGroup;
 * declare const user: elasticache.CfnUser;
 * declare const fn: lambda.Function;
 * declare const onCall: iam.Role;
 *
 * const grants = ReplicationGroupGrants.fromReplicationGroup(cache);
 * grants.connect(fn, user);
 * grants.operate(onCall);
 */
export class ReplicationGroupGrants {
  /**
   * Creates grants for a replication group.
   *
   * @param replicationGroup the replication group: an L1 construct of this app, an L2 around one, or an imported one.
   * The library doesn't know which other resources an imported cache names.
   * @throws if it is not a replication group, or has no name.
   */
  public static fromReplicationGroup(replicationGroup: aws_elasticache.IReplicationGroupRef): ReplicationGroupGrants {
    return new ReplicationGroupGrants(cacheOf('replicationgroup', replicationGroup));
  }

  private constructor(private readonly cache: Cache) {}

  /**
   * Lets the grantee connect as a user with IAM authentication.
   *
   * Allows `elasticache:Connect` on the cache and on the user in one statement, because AWS authorizes a connection on
   * both. IAM checks the two separately. If a grantee has this grant for two caches, each with its own user, the
   * policy lets it connect to either cache as either user. The user groups of the caches decide which of these
   * connections work.
   *
   * If the cache and the user are in the app, warnings name what makes IAM authentication fail even though the policy
   * is right. They are added to the cache at synthesis:
   *
   * - `cdk-elasticache-grants:connect.authenticationMode`: the user doesn't authenticate with IAM;
   * - `cdk-elasticache-grants:connect.userName`: the user's ID and name differ;
   * - `cdk-elasticache-grants:connect.accessString`: the user's access string turns it off, or doesn't turn it on;
   * - `cdk-elasticache-grants:connect.userGroup`: no user group of the cache has the user;
   * - `cdk-elasticache-grants:connect.tls`: TLS is off;
   * - `cdk-elasticache-grants:connect.engineVersion`: the engine version doesn't support IAM authentication;
   * - `cdk-elasticache-grants:capitalsInName`: a name has capital letters.
   *
   * @param grantee the grantee: anything that has a principal, such as a Lambda function, a role or a task definition.
   * @param user the user: an L1 user or an imported one, in the cache's own account and Region. Users of
   * `@aws-cdk/aws-elasticache-alpha` have no reference: for these, use `connectAs(grantee, user.userId)`.
   * @throws if `user` is not an ElastiCache user, or is in another account or Region; if the cache runs Memcached,
   * which has no IAM authentication; and in the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public connect(grantee: IGrantable, user: aws_elasticache.IUserRef): Grant {
    return connect(this.cache, grantee, user);
  }

  /**
   * Lets the grantee connect with IAM authentication as a user that you name by its ID.
   *
   * Allows the same actions and adds the same warnings as `connect`.
   *
   * @param grantee the grantee: anything that has a principal, such as a Lambda function, a role or a task definition.
   * @param userId the ID of the user, not its name, or a pattern of IDs, in the cache's own account and Region:
   * lowercase letters, digits, hyphens and dots. In a pattern, `*` stands for any characters and `?` for any
   * single character.
   * @throws if the user ID is not valid; if the cache runs Memcached, which has no IAM authentication; and in the same
   * cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public connectAs(grantee: IGrantable, userId: string): Grant {
    return connectAs(this.cache, grantee, userId);
  }

  /**
   * Lets the grantee describe and list the cache, its nodes, and the resources that it names.
   *
   * Allows `elasticache:Describe…` and `elasticache:List…` actions on the replication group, its nodes, its parameter
   * group, its subnet group, its user groups and its global datastore, and on the snapshot that it was created from.
   * The library reads what the cache names from its properties. For an imported cache, these names aren't known. A name
   * that is known only at deployment is left out.
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
   * Lets the grantee run the cache: modify it, scale it, fail it over, and reboot its nodes. The grantee can't create
   * or delete caches.
   *
   * Allows `ModifyReplicationGroup`, `ModifyReplicationGroupShardConfiguration`, `IncreaseReplicaCount`,
   * `DecreaseReplicaCount` and `TestFailover` on the replication group, and `RebootCacheCluster` on its nodes.
   * `ModifyReplicationGroup` is also allowed on the parameter group and the user groups that the cache's properties
   * name. If they name no parameter group, it is allowed on AWS's own groups, `default.*`. To allow other groups, or
   * groups that are known only at deployment, pass them to `operations`.
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
   * @throws if the name is not valid; and in the same cases as `ElastiCacheAccessGrant.to`.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html
   */
  public snapshot(grantee: IGrantable, snapshotName?: string): Grant {
    return grantSnapshot(this.cache, grantee, snapshotName);
  }

  /**
   * Lets the grantee call any operations on the cache and on the resources that it names.
   *
   * Each operation is allowed on the cache, if AWS authorizes it there. It is also allowed on the nodes of the cache,
   * and on the resources that the cache's properties name: its parameter group, its subnet group, its user groups, its
   * global datastore, and the snapshot that it was created from. If they name no parameter group, it is allowed on
   * AWS's own groups, `default.*`.
   *
   * The snapshot is only for calls that read it. For a call that makes a snapshot, add the new snapshot to `resources`.
   * Operations on tags are allowed only on the cache. An operation that AWS authorizes on no resource, such as
   * `DESCRIBE_EVENTS`, is allowed on `*`.
   *
   * AWS names nodes `ID-001` or `ID-0001-001`. IAM has no pattern for digits, so the policy matches them with `ID-???`
   * and `ID-????-???`. These patterns also match a cluster, or a node of another group, whose name has that form. For
   * example, if the ID is `orders`, they match the nodes of `orders-prod`.
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
