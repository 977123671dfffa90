/**
 * One operation that a rule of a guardrail is about: whether the rule reaches it, on which resource types, and why.
 *
 * It is what a reviewer reads: which operations a pattern matches today, and where AWS gives nothing to go by.
 */
export interface ElastiCacheGuardrailCoverage {
  /** The rule, by the name of its static: `onlyNodeTypes`. */
  readonly rule: string;

  /** The name of the operation, such as `CreateReplicationGroup`. */
  readonly operation: string;

  /**
   * The resource types on which the operation is denied, as ARNs have them: `replicationgroup`. A call is authorized on
   * every resource that it names, and denied if it is denied on one. Empty where the operation accepts only `*`, where
   * its types are not known, and where the rule doesn't reach it.
   */
  readonly resourceTypes: string[];

  /** Whether the rule reaches the operation: whether it denies the requests that it is about. */
  readonly reached: boolean;

  /** Why, and what a request that leaves the condition key out comes to. */
  readonly reason: string;

  /** The address of the page that says so. */
  readonly source: string;
}
