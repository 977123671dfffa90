import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { aws_elasticache } from 'aws-cdk-lib/interfaces';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { Cache, cacheOf } from './private/cache/cache';
import { grantOperate, grantOperations, grantRead, grantSnapshot } from './private/cache/cache-grants';
import { connect, connectAs } from './private/cache/connect';

/**
 * Grants that start from a serverless cache.
 *
 * Pick what somebody does with the cache, and pass whoever does it. The grants have the cache's own ARN, and those of
 * what a call also names: the user, the user group, the snapshot. They go to the principal as those of
 * `ElastiCacheAccessGrant` do, with the same errors and limits. Errors and warnings have the path of the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.html
 *
 * @example
 * declare const cache: elasticache.CfnServerlessCache;
 * declare const user: elasticache.CfnUser;
 * declare const fn: lambda.Function;
 *
 * ServerlessCacheGrants.fromServerlessCache(cache).connect(fn, user);
 */
export class ServerlessCacheGrants {
  /**
   * The grants on a serverless cache.
   *
   * @param serverlessCache an L1 of the app, an L2 around one, or an imported one. Only of the first two is known what
   * the cache names.
   * @throws when it is a serverless cache without a name, or something else.
   */
  public static fromServerlessCache(serverlessCache: aws_elasticache.IServerlessCacheRef): ServerlessCacheGrants {
    return new ServerlessCacheGrants(cacheOf('serverlesscache', serverlessCache));
  }

  private constructor(private readonly cache: Cache) {}

  /**
   * Lets the grantee connect as a user, with IAM authentication.
   *
   * Allows `elasticache:Connect` on the cache and on the user, both in one statement: AWS authorizes a connection on
   * each of them. IAM judges the two apart. So a grantee that has the grant for two caches, each with a user, may
   * connect to either cache as either user; the user groups of the caches tell who really can.
   *
   * Where the cache and the user are in the app, warnings name what makes IAM authentication fail although the policy
   * is right: the user doesn't authenticate with IAM (`cdk-elasticache-grants:connect.authenticationMode`), its ID and
   * its name differ (`cdk-elasticache-grants:connect.userName`), no user group of the cache has it
   * (`cdk-elasticache-grants:connect.userGroup`), the engine version has no IAM authentication
   * (`cdk-elasticache-grants:connect.engineVersion`), a name has capitals (`cdk-elasticache-grants:capitalsInName`).
   * They are added at synthesis, to the cache.
   *
   * @param grantee whatever has the principal: a Lambda function, a role, a task definition.
   * @param user the user: an L1 user or an imported one, of the cache's own account and Region. For a user of
   * `@aws-cdk/aws-elasticache-alpha`, which has no reference, use `connectAs(grantee, user.userId)`.
   * @throws when the user is none, or of another account or Region; when the cache runs Memcached, which has no IAM
   * authentication; and as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public connect(grantee: IGrantable, user: aws_elasticache.IUserRef): Grant {
    return connect(this.cache, grantee, user);
  }

  /**
   * Lets the grantee connect as a user that is known by its ID, with IAM authentication.
   *
   * Allows and warns as `connect` does.
   *
   * @param grantee whatever has the principal: a Lambda function, a role, a task definition.
   * @param userId the ID, not the name, of a user of the cache's own account and Region, or a pattern: lower-case
   * letters, digits, hyphens and dots, in which `*` stands for any characters and `?` for any one.
   * @throws when the user ID is not valid; when the cache runs Memcached, which has no IAM authentication; and as
   * `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
   */
  public connectAs(grantee: IGrantable, userId: string): Grant {
    return connectAs(this.cache, grantee, userId);
  }

  /**
   * Lets the grantee describe and list the cache and what it names.
   *
   * Allows `elasticache:Describe…` and `elasticache:List…` actions on the serverless cache, and on its user group and
   * the snapshots that it was created from. What the cache names is read from its properties, so of an imported cache
   * it is not known, and what is only known at deployment is left out. Operations that AWS authorizes on `*` alone,
   * such as `DescribeEvents`, are not part of it, and neither is a call that lists all caches, which AWS authorizes on
   * all of them: use `ElastiCacheAccessGrant` without `resources` for these.
   *
   * @param grantee whatever has the principal.
   * @throws as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public read(grantee: IGrantable): Grant {
    return grantRead(this.cache, grantee);
  }

  /**
   * Lets the grantee run the cache: modify it and scale it. It can neither create nor delete one.
   *
   * Allows `ModifyServerlessCache` on the cache, and on the user group that its properties name. For another one, pass
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
   * Allows `CreateServerlessCacheSnapshot` and `DescribeServerlessCacheSnapshots` on the cache and on the snapshots. It
   * can neither copy, delete nor restore one. AWS's sources disagree on whether a snapshot of a cache with a customer
   * managed key needs permissions for the key: use `ElastiCacheAccessGrant` with `encryptionKey` to add them.
   *
   * @param grantee whatever has the principal.
   * @param snapshotName a name, or a name pattern, in which `*` stands for any characters and `?` for any one:
   * lower-case letters, digits, `.`, `_`, `:` and `-`. By default, names that begin with the cache's own and a hyphen.
   * If another cache is named so, with more behind it, names of its snapshots may begin with that, too.
   * @throws when the name is not valid; and as `ElastiCacheAccessGrant.to` does.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCacheSnapshot.html
   */
  public snapshot(grantee: IGrantable, snapshotName?: string): Grant {
    return grantSnapshot(this.cache, grantee, snapshotName);
  }

  /**
   * Lets the grantee call any operations, on the cache and on what it names.
   *
   * Each operation is allowed on the cache, if AWS authorizes it there, and on the resources that the cache's
   * properties name: its user group, and the snapshots that it was created from. These are for calls that read them: a
   * call that makes a snapshot needs the name of that in `resources`. Operations on tags are allowed on the cache
   * alone. An operation that AWS authorizes on no resource, such as `DESCRIBE_EVENTS`, is allowed on `*`.
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
