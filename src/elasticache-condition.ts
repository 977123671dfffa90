import { CheckedCondition } from './private/model';
import { hasWildcard } from './private/resolve/condition-values';
import { checkCondition } from './private/resolve/conditions';
import { Diagnostics, formatValue } from './private/util/diagnostics';
import { ResolvedParts, TokenKey } from './private/util/tokens';

/**
 * A condition that a request must meet for the grant to allow it.
 *
 * A request must meet all conditions of a grant. Several values of one condition are alternatives.
 *
 * A **global** key, such as `aws:PrincipalArn`, is a key of all services, so its condition goes on every statement.
 * Some of these keys are in every request, and some only in requests of certain principals or paths. Some are never in
 * a request to ElastiCache, and a condition on these is an error. `CONNECT` has few global keys, and which ones it has
 * depends on the type of cache.
 *
 * AWS supplies the keys of ElastiCache and of tags only with some operations, and only for some of the resource
 * types that these operations are authorized on. Anywhere else, the condition would deny every call or guard
 * nothing. The grant therefore adds it only where AWS supplies the key. The operation's other types get statements
 * of their own, without the condition. If AWS never supplies the key with an operation, listing the operation is an
 * error: use a separate grant.
 *
 * A missing value is an error, and so is a condition that no request meets. If a request can meet a condition in a way
 * that you may not expect, there is a warning. The guide on narrowing a grant, in `docs/narrowing.md`, lists both.
 *
 * The grant that you pass a condition to reports what is wrong with it, with the construct's path.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 *
 * @example
 * declare const role: iam.Role;
 *
 * new ElastiCacheAccessGrant(this, 'SmallNodes', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
 *   conditions: [
 *     ElastiCacheCondition.cacheNodeTypes(['cache.t4g.*']),
 *     ElastiCacheCondition.encryptedInTransit(),
 *     ElastiCacheCondition.of('ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/platform-*']),
 *   ],
 * }).toRole(role);
 */
export class ElastiCacheCondition {
  /**
   * Creates any condition that IAM can express.
   *
   * @param conditionOperator the IAM condition operator, such as `StringEquals`. `IfExists` may come after it, and
   * `ForAnyValue:` or `ForAllValues:` before it. It must suit the key's type.
   * @param key the key: one of ElastiCache, such as `elasticache:CacheNodeType`, or a global one, such as
   * `aws:PrincipalArn`. If it includes the key of a tag, write that, too: `aws:ResourceTag/team`. Uppercase and
   * lowercase letters are the same, as in IAM.
   * @param values the values that the key is compared with: at least one, of the operator's type. For `Bool`, use
   * `true` or `false`; for `Numeric…`, a number; for `Date…`, a date such as `2026-01-31T00:00:00Z`, or the
   * seconds since 1970; for `IpAddress`, an IPv4 or IPv6 address or a range, such as `203.0.113.0/24`. `*` and `?`
   * are wildcards in `StringLike` and the operators of ARNs. `${*}` and `${?}` are the characters themselves. A
   * value may be a token.
   */
  public static of(conditionOperator: string, key: string, values: string[]): ElastiCacheCondition {
    return new ElastiCacheCondition(conditionOperator, key, values);
  }

  /**
   * Allows only these node types when a cache is created or scaled.
   *
   * Names are compared without regard to case, as AWS asks for. IAM has no patterns that ignore case. If one of the
   * values is a pattern, all of them are compared with case, and a request that writes a name in other case is denied.
   *
   * @param nodeTypes the node types, such as `cache.t4g.micro`, or patterns, such as `cache.t4g.*`.
   */
  public static cacheNodeTypes(nodeTypes: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.text('elasticache:CacheNodeType', nodeTypes, 'StringEqualsIgnoreCase');
  }

  /** Allows only requests with encryption at rest. */
  public static encryptedAtRest(): ElastiCacheCondition {
    return new ElastiCacheCondition('Bool', 'elasticache:AtRestEncryptionEnabled', ['true']);
  }

  /** Allows only requests with encryption in transit. */
  public static encryptedInTransit(): ElastiCacheCondition {
    return new ElastiCacheCondition('Bool', 'elasticache:TransitEncryptionEnabled', ['true']);
  }

  /**
   * Allows only requests that set this tag to one of these values.
   *
   * A create operation needs `tagOnCreate`, and the permission to tag gets the condition, too. Without `tagOnCreate`,
   * AWS would deny every call that sets a tag, so the grant throws an error.
   *
   * @param key the tag's key, 1 to 128 characters.
   * @param values the tag's values, or patterns.
   */
  public static requestTag(key: string, values: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.tag('requestTag', 'aws:RequestTag', key, values);
  }

  /**
   * Allows only resources that have this tag with one of these values.
   *
   * @param key the tag's key, 1 to 128 characters.
   * @param values the tag's values, or patterns.
   */
  public static resourceTag(key: string, values: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.tag('resourceTag', 'aws:ResourceTag', key, values);
  }

  /**
   * Allows only requests to these Regions.
   *
   * This is a global key, so the condition also applies to the S3, KMS and IAM actions of the grant. IAM is called in
   * one Region of each partition, such as `us-east-1`. If you set `serviceLinkedRole`, leaving out that Region is an
   * error. A request to connect has no Region, so `CONNECT` needs a separate grant.
   *
   * @param regions the Regions, such as `eu-west-1`, or patterns.
   */
  public static requestedRegions(regions: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.text('aws:RequestedRegion', regions);
  }

  private static text(key: string, values: string[], exactOperator = 'StringEquals'): ElastiCacheCondition {
    const pattern = Array.isArray(values) && values.some((value) => typeof value === 'string' && hasWildcard(value));
    return new ElastiCacheCondition(pattern ? 'StringLike' : exactOperator, key, values);
  }

  private static tag(method: string, prefix: string, key: string, values: string[]): ElastiCacheCondition {
    const isKey = typeof key === 'string' && key !== '';
    const condition = ElastiCacheCondition.text(`${prefix}/${isKey ? key : ''}`, values);
    if (!isKey) {
      condition.problem = `ElastiCacheCondition.${method}: key is ${formatValue(key)}: `
        + 'expected the key of a tag, 1 to 128 characters';
    }
    return condition;
  }

  private problem?: string;
  private readonly values: string[];

  private constructor(private readonly operator: string, private readonly key: string, values: string[]) {
    this.values = Array.isArray(values) ? [...values] : values;
  }

  /** @internal */
  public _check(
    tokenKey: TokenKey, resolvedParts: ResolvedParts, diagnostics: Diagnostics,
  ): CheckedCondition | undefined {
    if (this.problem !== undefined) {
      diagnostics.error(this.problem);
      return undefined;
    }
    return checkCondition(this.operator, this.key, this.values, tokenKey, diagnostics, resolvedParts);
  }
}
