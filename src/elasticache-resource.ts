import type { aws_elasticache } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { ElastiCacheCondition } from './elasticache-condition';
import { RESOURCE_TYPES } from './private/catalog/catalog.generated';
import { TypedArn } from './private/model';
import { ReferenceContext, referencedArn } from './private/resolve/references';
import { ArnScope, resourceArn, typedArn } from './private/resolve/resource-arns';
import { Diagnostics } from './private/util/diagnostics';

/**
 * The Region and account of the resources that a name or name pattern stands for.
 */
export interface ElastiCacheResourceOptions {
  /**
   * The Region, such as `eu-west-1`, or `*` for any. A global datastore has none.
   *
   * @default - the Region of the stack that the grant is in; for a guardrail, any.
   */
  readonly region?: string;

  /**
   * The account: 12 digits, or `*` for any.
   *
   * @default - the account of the stack that the grant is in; for a guardrail, any.
   */
  readonly account?: string;
}

/**
 * An ElastiCache resource, or all resources whose names match a pattern, that a grant is limited to.
 *
 * There is a static for each resource type that AWS authorizes operations on. It takes a name or a name pattern. Write
 * a name as ElastiCache keeps it: lowercase letters, digits, `.`, `_`, `:` and `-`, up to the length that AWS gives for
 * the type. In a pattern, `*` stands for any characters and `?` for any single character. Both may contain a policy
 * variable, such as `${aws:PrincipalTag/team}`.
 *
 * A static whose name begins with `from` takes the resource itself, as a construct, or its ARN. Users and user groups
 * of `@aws-cdk/aws-elasticache-alpha` have no reference: for these, use `user(user.userId)` and
 * `userGroup(group.userGroupName)`.
 *
 * The grant that you pass a resource to reports what is wrong with it, with the construct's path.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 *
 * @example
 * declare const role: iam.Role;
 * declare const subnetGroup: elasticache.CfnSubnetGroup;
 *
 * new ElastiCacheAccessGrant(this, 'Create', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
 *   resources: [
 *     ElastiCacheResource.replicationGroup('prod-*'),
 *     ElastiCacheResource.parameterGroup('default.valkey8'),
 *     ElastiCacheResource.fromSubnetGroup(subnetGroup),
 *   ],
 * }).toRole(role);
 */
export class ElastiCacheResource {
  /**
   * Refers to a cache cluster (type `cluster`) by its name.
   *
   * A cache cluster is a Memcached cluster, or one node of a Valkey or Redis OSS replication group.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static cacheCluster(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('cluster', name, options);
  }

  /**
   * Refers to a global datastore (type `globalreplicationgroup`) by its name. Its ARN has no Region.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static globalReplicationGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('globalreplicationgroup', name, options);
  }

  /**
   * Refers to a cache parameter group (type `parametergroup`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static parameterGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('parametergroup', name, options);
  }

  /**
   * Refers to a replication group (type `replicationgroup`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static replicationGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('replicationgroup', name, options);
  }

  /**
   * Refers to a reserved cache node (type `reserved-instance`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static reservedCacheNode(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('reserved-instance', name, options);
  }

  /**
   * Refers to a cache security group (type `securitygroup`) by its name. It belongs to EC2-Classic, which
   * AWS has retired.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static securityGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('securitygroup', name, options);
  }

  /**
   * Refers to a serverless cache (type `serverlesscache`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static serverlessCache(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('serverlesscache', name, options);
  }

  /**
   * Refers to a snapshot of a serverless cache (type `serverlesscachesnapshot`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static serverlessCacheSnapshot(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('serverlesscachesnapshot', name, options);
  }

  /**
   * Refers to a snapshot of a cache cluster or a replication group (type `snapshot`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static snapshot(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('snapshot', name, options);
  }

  /**
   * Refers to a cache subnet group (type `subnetgroup`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static subnetGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('subnetgroup', name, options);
  }

  /**
   * Refers to a user (type `user`) by its user ID, not its user name.
   *
   * @param name the user ID, or a pattern of user IDs.
   * @param options the Region and the account.
   */
  public static user(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('user', name, options);
  }

  /**
   * Refers to a user group (type `usergroup`) by its name.
   *
   * @param name the name, or a name pattern.
   * @param options the Region and the account.
   */
  public static userGroup(name: string, options: ElastiCacheResourceOptions = {}): ElastiCacheResource {
    return ElastiCacheResource._named('usergroup', name, options);
  }

  /**
   * Refers to a cache cluster that is a construct, in its own Region and account.
   *
   * @param cacheCluster the construct.
   */
  public static fromCacheCluster(cacheCluster: aws_elasticache.ICacheClusterRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('cluster', cacheCluster);
  }

  /**
   * Refers to a global datastore that is a construct, in its own Region and account.
   *
   * @param globalReplicationGroup the construct.
   */
  public static fromGlobalReplicationGroup(
    globalReplicationGroup: aws_elasticache.IGlobalReplicationGroupRef,
  ): ElastiCacheResource {
    return ElastiCacheResource._referenced('globalreplicationgroup', globalReplicationGroup);
  }

  /**
   * Refers to a cache parameter group that is a construct, in its own Region and account.
   *
   * @param parameterGroup the construct.
   */
  public static fromParameterGroup(parameterGroup: aws_elasticache.IParameterGroupRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('parametergroup', parameterGroup);
  }

  /**
   * Refers to a replication group that is a construct, in its own Region and account.
   *
   * @param replicationGroup the construct.
   */
  public static fromReplicationGroup(replicationGroup: aws_elasticache.IReplicationGroupRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('replicationgroup', replicationGroup);
  }

  /**
   * Refers to a cache security group that is a construct, in its own Region and account.
   *
   * @param securityGroup the construct.
   */
  public static fromSecurityGroup(securityGroup: aws_elasticache.ISecurityGroupRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('securitygroup', securityGroup);
  }

  /**
   * Refers to a serverless cache that is a construct, in its own Region and account.
   *
   * @param serverlessCache the construct.
   */
  public static fromServerlessCache(serverlessCache: aws_elasticache.IServerlessCacheRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('serverlesscache', serverlessCache);
  }

  /**
   * Refers to a cache subnet group that is a construct, in its own Region and account.
   *
   * @param subnetGroup the construct.
   */
  public static fromSubnetGroup(subnetGroup: aws_elasticache.ISubnetGroupRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('subnetgroup', subnetGroup);
  }

  /**
   * Refers to a user that is a construct, in its own Region and account.
   *
   * @param user the construct.
   */
  public static fromUser(user: aws_elasticache.IUserRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('user', user);
  }

  /**
   * Refers to a user group that is a construct, in its own Region and account.
   *
   * @param userGroup the construct.
   */
  public static fromUserGroup(userGroup: aws_elasticache.IUserGroupRef): ElastiCacheResource {
    return ElastiCacheResource._referenced('usergroup', userGroup);
  }

  /**
   * Refers to the resources of an ARN, which may have wildcards in its Region, account and name.
   *
   * @param arn the ARN: `arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME`. Partition, Region, account and name may
   * be tokens, but the type must be known. If it isn't, as in a construct's attribute, use the static of its type.
   */
  public static fromArn(arn: string): ElastiCacheResource {
    return new ElastiCacheResource((scope, diagnostics) => typedArn(arn, scope, diagnostics));
  }

  /**
   * @internal
   * @param method the public method that errors are about.
   */
  public static _named(
    type: string, name: string, arnScope: ArnScope, method: string = `ElastiCacheResource.${RESOURCE_TYPES[type].name}`,
  ): ElastiCacheResource {
    return new ElastiCacheResource((scope, diagnostics, anywhere) => (
      resourceArn(type, name, arnScope, { method, scope, anywhere }, diagnostics)));
  }

  /**
   * @internal
   * @param context the public method that errors are about, and what to do instead.
   */
  public static _referenced(type: string, construct: unknown, context?: ReferenceContext): ElastiCacheResource {
    return new ElastiCacheResource((scope, diagnostics) => referencedArn(type, construct, scope, diagnostics, context));
  }

  /** @internal An ARN whose type is known, though its text is not. */
  public static _located(type: string, arn: string): ElastiCacheResource {
    return new ElastiCacheResource(() => ({ type, arn }));
  }

  private constructor(
    private readonly locate: (
      scope: IConstruct, diagnostics: Diagnostics, anywhere?: boolean,
    ) => TypedArn | undefined,
    /** @internal */
    public readonly _conditions: ElastiCacheCondition[] = [],
  ) {}

  /**
   * Returns the same resource with a condition that applies only to it, in addition to the conditions of the grant.
   *
   * Use it if a grant's operations name resources of several types, and the condition is about one of them. If you call
   * it several times, a request must meet every condition. For alternatives, list the same resource several times with
   * different conditions.
   *
   * The grant throws an error if AWS doesn't supply the condition's key with the resource's type to one
   * of the operations.
   *
   * @param condition the condition that a request must meet if it names the resource.
   * @returns a new resource. This one stays as it is.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
   *
   * @example
   * declare const role: iam.Role;
   *
   * new ElastiCacheAccessGrant(this, 'Create', {
   *   operations: [ElastiCacheOperation.CREATE_SERVERLESS_CACHE],
   *   resources: [
   *     ElastiCacheResource.serverlessCache('orders-*'),
   *     ElastiCacheResource.userGroup('*')
   *       .withCondition(ElastiCacheCondition.resourceTag('managed_by', ['platform'])),
   *   ],
   * }).toRole(role);
   */
  public withCondition(condition: ElastiCacheCondition): ElastiCacheResource {
    return new ElastiCacheResource(this.locate, [...this._conditions, condition]);
  }

  /**
   * @internal
   * @param anywhere whether a Region and an account that aren't named mean any, and not those of the stack.
   */
  public _locate(scope: IConstruct, diagnostics: Diagnostics, anywhere?: boolean): TypedArn | undefined {
    return this.locate(scope, diagnostics, anywhere);
  }
}
