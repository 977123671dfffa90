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
 * Each rule has one meaning. What it denies, it denies in every partition, Region and account. A rule that names what
 * is allowed denies all else, so that what AWS adds is denied until you allow it. Its documentation says what happens
 * to a request that leaves out what the rule is about.
 *
 * AWS compares what it supplies with a request, and nothing else. Where it gives no key for a wish, such as the number
 * of nodes or public endpoints, there is no rule. `ElastiCacheGuardrail.coverage` lists the operations that a rule
 * can't reach.
 *
 * The guardrail that a rule is passed to reports what is wrong with it, with the construct's path.
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
   * Whatever node type a request sets, it is one of these. A request that sets none passes.
   *
   * It reaches the creation and modification of cache clusters, replication groups and global datastores. Node types
   * are compared regardless of case, as AWS takes them; patterns are compared with case, and other letters are denied.
   *
   * @param nodeTypes at least one node type, such as `cache.m7g.large`, or pattern in lower case, such as
   * `cache.t4g.*`.
   */
  public static onlyNodeTypes(nodeTypes: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(nodeTypes);
    return new ElastiCacheGuardrailRule('onlyNodeTypes', (context) => onlyValues(values, NODE_TYPES, context));
  }

  /**
   * Whatever engine a creation sets, it is one of these. A request that sets none passes, but for the creation of a
   * replication group: AWS takes that as `redis`.
   *
   * It reaches creations only. AWS supplies no key for the engine to modifications, which may change Redis OSS to
   * Valkey.
   *
   * @param engines at least one of `memcached`, `redis` and `valkey`, in any case, or a pattern in lower case.
   */
  public static onlyEngines(engines: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(engines);
    return new ElastiCacheGuardrailRule('onlyEngines', (context) => onlyValues(values, ENGINES, context));
  }

  /**
   * Whatever parameter group a cache is given, it is one of these. A request that names none passes, and so does what
   * is done with a parameter group itself.
   *
   * It reaches the creation and modification of cache clusters and replication groups, and not the modification of
   * global datastores, for which AWS supplies no key. Names are compared regardless of case; patterns with case.
   *
   * @param names at least one name, up to 255 characters, or pattern in lower case, such as `default.*`; no ARNs.
   */
  public static onlyParameterGroups(names: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(names);
    return new ElastiCacheGuardrailRule('onlyParameterGroups', (context) => (
      onlyValues(values, PARAMETER_GROUPS, context)));
  }

  /**
   * Whatever KMS key a request names for encryption at rest, it is one of these. A request that names none passes; what
   * it creates is encrypted with a key of AWS's own, or not at all.
   *
   * It reaches the creation of replication groups, serverless caches and snapshots, and copies. AWS documents the
   * condition key as the ID of the KMS key, and not whether an ARN in a request stays one. What isn't listed in the
   * form that it has is denied: list both the ID and the ARN where requests may have both.
   *
   * @param keyIds at least one ID of a key, ARN of a key, or pattern of these in lower case. An alias is an error.
   */
  public static onlyKeys(keyIds: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keyIds);
    return new ElastiCacheGuardrailRule('onlyKeys', (context) => onlyValues(values, KEYS, context));
  }

  /**
   * What is created or increased stays within the limits. A request that leaves a number out passes, and operations
   * that only decrease are never denied.
   *
   * It reaches creations, modifications and increases. `ModifyReplicationGroupShardConfiguration` and the modification
   * of a serverless cache may do both; AWS supplies the new number and not the old one, so a number above the limit is
   * denied either way.
   *
   * @param limits at least one limit.
   */
  public static limitSize(limits: ElastiCacheSizeLimits): ElastiCacheGuardrailRule {
    const values = typeof limits === 'object' && limits !== null && !Array.isArray(limits) ? { ...limits } : limits;
    return new ElastiCacheGuardrailRule('limitSize', (context) => withinLimits(values, context));
  }

  /**
   * TLS is required: a replication group is created with it, and nobody turns it off or makes it optional. A creation
   * that leaves it out is denied; a modification that does passes.
   *
   * With `TransitEncryptionMode` `preferred`, AWS takes TLS as off, so that is denied, too. It doesn't reach
   * `CreateCacheCluster`, for which AWS supplies no key, and so not Memcached: deny that operation where you need to.
   * Serverless caches always have TLS.
   */
  public static encryptedInTransit(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('encryptedInTransit', () => onlyTrue('elasticache:TransitEncryptionEnabled'));
  }

  /**
   * A replication group is created with encryption at rest. A creation that leaves it out is denied, also for Valkey,
   * which would encrypt by default: AWS supplies `false` then.
   *
   * It can't be turned off later. It doesn't reach `CreateCacheCluster`: a cluster outside a replication group has no
   * encryption at rest. Serverless caches always have it.
   */
  public static encryptedAtRest(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('encryptedAtRest', () => onlyTrue('elasticache:AtRestEncryptionEnabled'));
  }

  /**
   * Users authenticate with IAM, not with passwords. The creation of a user that doesn't say so is denied; a
   * modification that leaves the authentication mode out passes.
   *
   * AWS supplies the mode of a request, `iam`, and not the passwords that it may have besides.
   */
  public static onlyIamUsers(): ElastiCacheGuardrailRule {
    return new ElastiCacheGuardrailRule('onlyIamUsers', () => (
      onlyValueOnCreation('elasticache:UserAuthenticationMode', 'iam')));
  }

  /**
   * What is created carries all of these tags, whatever their values. A creation that leaves one out is denied.
   *
   * It reaches every operation that can set tags on what it creates, snapshots, copies and the purchase of reserved
   * nodes included. AWS authorizes a deletion that takes a final snapshot as `CreateSnapshot`, too, and such a snapshot
   * can't be given tags: that is denied.
   *
   * @param keys at least one key of a tag, 1 to 128 characters. IAM disregards the case of keys.
   */
  public static requireTags(keys: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keys);
    return new ElastiCacheGuardrailRule('requireTags', (context) => requiredTags(values, context));
  }

  /**
   * What is created carries this tag with one of these values. A creation that leaves it out is denied.
   *
   * It reaches the same operations as `requireTags`.
   *
   * @param key the key of a tag, 1 to 128 characters. IAM disregards its case.
   * @param values at least one value, up to 256 characters, or pattern. They are compared with case.
   */
  public static requireTagValues(key: string, values: string[]): ElastiCacheGuardrailRule {
    const copied = copyOf(values);
    return new ElastiCacheGuardrailRule('requireTagValues', (context) => requiredTagValues(key, copied, context));
  }

  /**
   * These tags, once a resource has them, are neither removed nor changed. Setting one for the first time passes, and
   * so does setting it to the value that it has.
   *
   * @param keys at least one key of a tag, 1 to 128 characters. Case is disregarded.
   */
  public static keepTags(keys: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(keys);
    return new ElastiCacheGuardrailRule('keepTags', (context) => keptTags(values, context));
  }

  /**
   * ElastiCache is used in these Regions only. It reaches every operation but `Connect`, which carries no Region.
   *
   * @param regions at least one Region, such as `eu-west-1`, or pattern, such as `eu-*`.
   */
  public static onlyRegions(regions: string[]): ElastiCacheGuardrailRule {
    const values = copyOf(regions);
    return new ElastiCacheGuardrailRule('onlyRegions', (context) => onlyValues(values, REGIONS, context));
  }

  /**
   * Nobody calls these operations.
   *
   * @param operations at least one operation. To freeze whole families, with what AWS adds to them, use `denyMatching`.
   * @param resources the resources that the operations are denied on: a call that names one of them is denied, whatever
   * else it names. A Region or an account that a resource doesn't name is any. By default, all resources.
   */
  public static denyOperations(
    operations: ElastiCacheOperation[], resources?: ElastiCacheResource[],
  ): ElastiCacheGuardrailRule {
    const [copied, listed] = [copyOf(operations), copyOf(resources)];
    return new ElastiCacheGuardrailRule('denyOperations', (context) => deniedOperations(copied, listed, context));
  }

  /**
   * Nobody calls the operations whose names match a pattern, those that AWS adds later included.
   *
   * @param pattern letters, digits, `*` for any characters and `?` for any one, in any case: `Delete*`, or
   * `elasticache:Delete*`. It stays a pattern in the policy. It must match an operation.
   * @param resources the resources that the operations are denied on, as in `denyOperations`. By default, all.
   */
  public static denyMatching(pattern: string, resources?: ElastiCacheResource[]): ElastiCacheGuardrailRule {
    const listed = copyOf(resources);
    return new ElastiCacheGuardrailRule('denyMatching', (context) => deniedMatching(pattern, listed, context));
  }

  /**
   * What has this tag with one of these values isn't deleted; or, with `operations`, isn't touched by these.
   *
   * Whoever may change the tag gets round it: use it together with `keepTags`.
   *
   * @param key the key of a tag, 1 to 128 characters. IAM disregards its case.
   * @param values at least one value, up to 256 characters, or pattern. They are compared with case.
   * @param operations at least one operation to which AWS supplies the tags of resources. By default, all that delete:
   * the pattern `Delete*`.
   */
  public static protectTagged(
    key: string, values: string[], operations?: ElastiCacheOperation[],
  ): ElastiCacheGuardrailRule {
    const [copied, listed] = [copyOf(values), copyOf(operations)];
    return new ElastiCacheGuardrailRule('protectTagged', (context) => protectedByTag(key, copied, listed, context));
  }

  /**
   * Snapshots don't leave ElastiCache: nobody exports them to S3.
   *
   * AWS has no condition key that tells an export from a copy within ElastiCache, so `COPY_SNAPSHOT` is denied as a
   * whole, and so is every operation whose name begins with `Export`.
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
