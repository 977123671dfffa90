import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { ElastiCacheSizeLimits } from './elasticache-size-limits';
import { RuleContext, RuleWriter, WrittenRule } from './private/guardrail/denial';
import { ENGINES, KEYS, NODE_TYPES, PARAMETER_GROUPS, REGIONS } from './private/guardrail/forms';
import { onlyTrue, onlyValueOnCreation, onlyValues, withinLimits } from './private/guardrail/key-rules';
import { deniedExports, deniedMatching, deniedOperations } from './private/guardrail/operation-rules';
import { keptTags, protectedByTag, requiredTags, requiredTagValues } from './private/guardrail/tag-rules';

/**
 * One thing that nobody may do with ElastiCache, whatever they were granted.
 *
 * Each rule has one meaning. It denies in every partition, Region and account. A rule that names what is allowed denies
 * everything else. What AWS adds later is therefore denied until you allow it. The documentation of each rule says what
 * happens to a request that leaves out what the rule is about.
 *
 * AWS compares only what it supplies with a request. If it has no condition key for something, such as the number of
 * nodes or public endpoints, there is no rule for it. `ElastiCacheGuardrail.coverage` lists the operations that a
 * rule can't reach.
 *
 * The guardrail that you pass a rule to reports what is wrong with it, with the construct's path.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 *
 * @example
 * new ElastiCacheGuardrail(this, 'Baseline', {
 *   rules: [
 *     ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*', 'cache.m7g.large']),
 *     ElastiCacheGuardrailRule.encryptedInTransit(),
 *     ElastiCacheGuardrailRule.requireTags(['team']),
 *     ElastiCacheGuardrailRule.protectTagged('environment', ['prod']),
 *   ],
 * }).toServiceControlPolicy(['ou-ab12-cdef3456']);
 */
export class ElastiCacheGuardrailRule {
  /**
   * Denies requests that set a node type other than these. A request that sets none passes.
   *
   * The rule reaches the creation and modification of cache clusters, replication groups and global datastores. Node
   * types are compared without regard to case, as AWS takes them. Patterns are compared with case, and a request that
   * writes a node type in other case is denied.
   *
   * @param nodeTypes the node types, such as `cache.m7g.large`, or patterns in lowercase, such as
   * `cache.t4g.*`: at least one.
   */
  public static onlyNodeTypes(nodeTypes: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(nodeTypes);
    return new ElastiCacheGuardrailRule('onlyNodeTypes', (context) => onlyValues(values, NODE_TYPES, context));
  }

  /**
   * Denies creations that set an engine other than these. A creation that sets none passes.
   *
   * There is one exception: if the creation of a replication group sets no engine, AWS takes it as `redis`. The rule
   * reaches only creations. AWS supplies no key for the engine to modifications, which may change Redis OSS to Valkey.
   *
   * @param engines the engines: at least one of `memcached`, `redis` and `valkey`, in any case, or a
   * pattern in lowercase.
   */
  public static onlyEngines(engines: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(engines);
    return new ElastiCacheGuardrailRule('onlyEngines', (context) => onlyValues(values, ENGINES, context));
  }

  /**
   * Denies requests that give a cache a parameter group other than these. A request that names none passes, and so does
   * an operation on a parameter group itself.
   *
   * The rule reaches the creation and modification of cache clusters and replication groups. It doesn't reach the
   * modification of global datastores, for which AWS supplies no key. Names are compared without regard to case, and
   * patterns with case.
   *
   * @param names the names, up to 255 characters each, or patterns in lowercase, such as `default.*`: at least one.
   * ARNs are not accepted.
   */
  public static onlyParameterGroups(names: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(names);
    return new ElastiCacheGuardrailRule('onlyParameterGroups', (context) => (
      onlyValues(values, PARAMETER_GROUPS, context)));
  }

  /**
   * Denies requests that name a KMS key other than these for encryption at rest. A request that names none passes. What
   * it creates is encrypted with a key of AWS's own, or not at all.
   *
   * The rule reaches the creation of replication groups, serverless caches and snapshots, and copies. AWS
   * documents the condition key as the ID of the KMS key. It doesn't say whether an ARN in a request stays an ARN.
   * A key that isn't listed in the form that it has in the request is denied. If requests may have both forms,
   * list both the ID and the ARN.
   *
   * @param keyIds the IDs or ARNs of keys, or patterns of these in lowercase: at least one. An alias is an error.
   */
  public static onlyKeys(keyIds: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keyIds);
    return new ElastiCacheGuardrailRule('onlyKeys', (context) => onlyValues(values, KEYS, context));
  }

  /**
   * Denies requests that create or increase something beyond the limits. A request that leaves a number out passes, and
   * operations that only decrease are never denied.
   *
   * The rule reaches creations, modifications and increases. `ModifyReplicationGroupShardConfiguration` and the
   * modification of a serverless cache may increase or decrease. AWS supplies the new number and not the old one, so a
   * number above the limit is denied either way.
   *
   * @param limits the limits, at least one.
   */
  public static limitSize(limits: ElastiCacheSizeLimits): ElastiCacheGuardrailRule {
    const values = typeof limits === 'object' && limits !== null && !Array.isArray(limits) ? { ...limits } : limits;
    return new ElastiCacheGuardrailRule('limitSize', (context) => withinLimits(values, context));
  }

  /**
   * Requires TLS for replication groups: they are created with it, and nobody turns it off or makes it optional.
   *
   * A creation that leaves TLS out is denied. A modification that leaves it out passes. With `TransitEncryptionMode`
   * `preferred`, AWS takes TLS as off, so that is denied, too.
   *
   * The rule doesn't reach `CreateCacheCluster`, for which AWS supplies no key, and so it doesn't reach Memcached. If
   * you need to, deny that operation. Serverless caches always have TLS.
   */
  public static encryptedInTransit(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('encryptedInTransit', () => onlyTrue('elasticache:TransitEncryptionEnabled'));
  }

  /**
   * Requires encryption at rest when a replication group is created.
   *
   * A creation that leaves it out is denied. This also applies to Valkey, which would encrypt by default: AWS supplies
   * `false` then. Encryption at rest can't be turned off later.
   *
   * The rule doesn't reach `CreateCacheCluster`. A cluster outside a replication group has no encryption at rest.
   * Serverless caches always have it.
   */
  public static encryptedAtRest(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('encryptedAtRest', () => onlyTrue('elasticache:AtRestEncryptionEnabled'));
  }

  /**
   * Requires users to authenticate with IAM, not with passwords.
   *
   * The creation of a user that doesn't say so is denied. A modification that leaves out the authentication mode
   * passes. AWS supplies the mode of a request, `iam`, but not the passwords that the request may also have.
   */
  public static onlyIamUsers(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('onlyIamUsers', () => (
      onlyValueOnCreation('elasticache:UserAuthenticationMode', 'iam')));
  }

  /**
   * Requires all of these tags, with any values, on what is created. A creation that leaves one out is denied.
   *
   * The rule reaches every operation that can set tags on what it creates, including snapshots, copies and the purchase
   * of reserved nodes. AWS also authorizes a deletion that takes a final snapshot as `CreateSnapshot`. Such a snapshot
   * can't be given tags, so the deletion is denied.
   *
   * @param keys the keys of the tags: at least one, 1 to 128 characters each. IAM ignores the case of keys.
   */
  public static requireTags(keys: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keys);
    return new ElastiCacheGuardrailRule('requireTags', (context) => requiredTags(values, context));
  }

  /**
   * Requires this tag, with one of these values, on what is created. A creation that leaves it out is denied.
   *
   * The rule reaches the same operations as `requireTags`.
   *
   * @param key the key of the tag, 1 to 128 characters. IAM ignores its case.
   * @param values the values, up to 256 characters each, or patterns: at least one. They are compared with case.
   */
  public static requireTagValues(key: string, values: string[]): ElastiCacheGuardrailRule {
    const copied = copyOf(values);
    return new ElastiCacheGuardrailRule('requireTagValues', (context) => requiredTagValues(key, copied, context));
  }

  /**
   * Denies removing or changing these tags once a resource has them. Setting a tag for the first time passes, and so
   * does setting it to the value that it has.
   *
   * @param keys the keys of the tags: at least one, 1 to 128 characters each. Case is ignored.
   */
  public static keepTags(keys: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keys);
    return new ElastiCacheGuardrailRule('keepTags', (context) => keptTags(values, context));
  }

  /**
   * Denies the use of ElastiCache in Regions other than these.
   *
   * The rule reaches every operation except `Connect`, which has no Region.
   *
   * @param regions the Regions, such as `eu-west-1`, or patterns, such as `eu-*`: at least one.
   */
  public static onlyRegions(regions: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(regions);
    return new ElastiCacheGuardrailRule('onlyRegions', (context) => onlyValues(values, REGIONS, context));
  }

  /**
   * Denies these operations.
   *
   * @param operations the operations, at least one. To deny whole families, including what AWS adds to them,
   * use `denyMatching`.
   * @param resources the resources that the operations are denied on. A call that names one of them is denied,
   * whatever else it names. If a resource names no Region or account, any Region or account matches. The default
   * is all resources.
   */
  public static denyOperations(
    operations: ElastiCacheOperation[], resources?: ElastiCacheResource[],
  ): ElastiCacheGuardrailRule {
    const [copied, listed] = [copyOf(operations), copyOf(resources)];
    return new ElastiCacheGuardrailRule('denyOperations', (context) => deniedOperations(copied, listed, context));
  }

  /**
   * Denies the operations whose names match a pattern, including those that AWS adds later.
   *
   * @param pattern the pattern: letters, digits, `*` for any characters and `?` for any single character, in any case,
   * such as `Delete*` or `elasticache:Delete*`. It stays a pattern in the policy. It must match an operation.
   * @param resources the resources that the operations are denied on, as in `denyOperations`. The default
   * is all resources.
   */
  public static denyMatching(pattern: string, resources?: ElastiCacheResource[]): ElastiCacheGuardrailRule {
    const listed = copyOf(resources);
    return new ElastiCacheGuardrailRule('denyMatching', (context) => deniedMatching(pattern, listed, context));
  }

  /**
   * Denies the deletion of resources that have this tag with one of these values.
   *
   * If you pass `operations`, these are denied instead. Whoever may change the tag can get around the rule, so use it
   * together with `keepTags`.
   *
   * @param key the key of the tag, 1 to 128 characters. IAM ignores its case.
   * @param values the values, up to 256 characters each, or patterns: at least one. They are compared with case.
   * @param operations the operations: at least one. AWS must supply the tags of resources to each of them. The default
   * is everything that deletes: the pattern `Delete*`.
   */
  public static protectTagged(
    key: string, values: string[], operations?: ElastiCacheOperation[],
  ): ElastiCacheGuardrailRule {
    const [copied, listed] = [copyOf(values), copyOf(operations)];
    return new ElastiCacheGuardrailRule('protectTagged', (context) => protectedByTag(key, copied, listed, context));
  }

  /**
   * Denies exports of snapshots to S3, so that snapshots stay in ElastiCache.
   *
   * AWS has no condition key that tells an export from a copy within ElastiCache. The rule therefore denies
   * `COPY_SNAPSHOT` as a whole, and every operation whose name begins with `Export`.
   */
  public static noExports(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('noExports', () => deniedExports());
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    private readonly write: RuleWriter,
  ) {}

  /** @internal */
  public _write(context: Omit<RuleContext, 'method'>): WrittenRule {
    const method = `ElastiCacheGuardrailRule.${this._name}`;
    return { name: this._name, ...this.write({ ...context, method }) };
  }
}

/** A list as it is now. Whatever else was passed stays as it is, for the guardrail to report. */
function copyOf<T>(values: T): T {
  return Array.isArray(values) ? [...values] as T : values;
}
