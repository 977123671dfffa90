import { CheckedCondition } from './private/model';
import { hasWildcard } from './private/resolve/condition-values';
import { checkCondition } from './private/resolve/conditions';
import { Diagnostics, formatValue } from './private/util/diagnostics';
import { ResolvedParts, TokenKey } from './private/util/tokens';

/**
 * A condition that a request must meet for the grant to allow it.
 *
 * A **global** key, such as `aws:PrincipalArn`, is a key of all services, so its condition goes on every statement.
 * Some of these keys are in every request, some only in those of certain principals or paths, and some never in a
 * request to ElastiCache: these are an error. `CONNECT` has few of them, each with one type of cache. AWS supplies the
 * keys of ElastiCache, and those of tags, only with some operations, and only for some of the resource types that these
 * are authorized on. Anywhere else the condition would deny every call or guard nothing. So it goes only where AWS
 * supplies the key; the operation's other types get statements of their own, without it. An operation with which AWS
 * never supplies the key is an error: use a separate grant for it.
 *
 * A value that is missing, and a condition that no request meets, are errors. What may be met otherwise than it seems
 * to is a warning. The guide on narrowing a grant, in `docs/narrowing.md`, lists both.
 *
 * Several conditions of one grant must all be met; several values of one condition are alternatives. The grant that a
 * condition is passed to reports what is wrong with it, with the construct's path.
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
   * Any condition that IAM can express.
   *
   * @param conditionOperator an IAM condition operator, such as `StringEquals`; with `IfExists` after it, or
   * `ForAnyValue:` or `ForAllValues:` before it. It must suit the key's type.
   * @param key a key of ElastiCache, such as `elasticache:CacheNodeType`, or a global one, such as `aws:PrincipalArn`;
   * with a tag's key where it has one: `aws:ResourceTag/team`. Upper and lower case are the same, as in IAM.
   * @param values what the key is compared with, at least one value, of the operator's type: for `Bool`, `true` or
   * `false`; for `Numeric…`, a number; for `Date…`, a date such as `2026-01-31T00:00:00Z`, or the seconds since 1970;
   * for `IpAddress`, an IPv4 or IPv6 address or a range of them, such as `203.0.113.0/24`. `*` and `?` are wildcards
   * under `StringLike` and the operators of ARNs; `${*}` and `${?}` are the characters themselves. A value may be a
   * token.
   */
  public static of(conditionOperator: string, key: string, values: string[]): ElastiCacheCondition {
    return new ElastiCacheCondition(conditionOperator, key, values);
  }

  /**
   * Only these node types, at creation and scaling.
   *
   * Names are compared regardless of case, as AWS asks for. IAM has no patterns that ignore case, so if one of the
   * values is a pattern, all of them are compared with case, and requests in other letters are denied.
   *
   * @param nodeTypes node types, such as `cache.t4g.micro`, or patterns, such as `cache.t4g.*`.
   */
  public static cacheNodeTypes(nodeTypes: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.text('elasticache:CacheNodeType', nodeTypes, 'StringEqualsIgnoreCase');
  }

  /** Only with encryption at rest. */
  public static encryptedAtRest(): ElastiCacheCondition {
    return new ElastiCacheCondition('Bool', 'elasticache:AtRestEncryptionEnabled', ['true']);
  }

  /** Only with encryption in transit. */
  public static encryptedInTransit(): ElastiCacheCondition {
    return new ElastiCacheCondition('Bool', 'elasticache:TransitEncryptionEnabled', ['true']);
  }

  /**
   * Only requests that give this tag one of these values.
   *
   * A create operation needs `tagOnCreate`, whose permission gets the condition, too. Without that, AWS would deny
   * every call that sets a tag, so the grant refuses it.
   *
   * @param key the tag's key, 1 to 128 characters.
   * @param values the tag's values, or patterns.
   */
  public static requestTag(key: string, values: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.tag('requestTag', 'aws:RequestTag', key, values);
  }

  /**
   * Only resources that have this tag with one of these values.
   *
   * @param key the tag's key, 1 to 128 characters.
   * @param values the tag's values, or patterns.
   */
  public static resourceTag(key: string, values: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.tag('resourceTag', 'aws:ResourceTag', key, values);
  }

  /**
   * Only requests to these Regions. It is a global key, so it holds for the S3, KMS and IAM actions of the grant, too.
   * IAM is called in one Region of each partition, such as `us-east-1`: with `serviceLinkedRole`, leaving it out is an
   * error. A request to connect has no Region, so `CONNECT` needs a grant of its own.
   *
   * @param regions Regions, such as `eu-west-1`, or patterns.
   */
  public static requestedRegions(regions: string[]): ElastiCacheCondition {
    return ElastiCacheCondition.text('aws:RequestedRegion', regions);
  }

  private static text(key: string, values: string[], exactOperator = 'StringEquals'): ElastiCacheCondition {
    const pattern = Array.isArray(values) && values.some((value) => typeof value === 'string' && hasWildcard(value));
    return new ElastiCacheCondition(pattern ? 'StringLike' : exactOperator, key, values);
  }

  private static tag(method: string, prefix: string, key: string, values: string[]): ElastiCacheCondition {
    const condition = ElastiCacheCondition.text(`${prefix}/${key}`, values);
    if (typeof key !== 'string' || key === '') {
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
