/**
 * How a rule of a guardrail covers one operation: whether it reaches the operation, on which resource types, and why.
 *
 * A reviewer reads here which operations a pattern matches today, and where AWS supplies nothing that a rule could use.
 */
export interface ElastiCacheGuardrailCoverage {
  /** The rule, by the name of its static, such as `onlyNodeTypes`. */
  readonly rule: string;

  /** The name of the operation, such as `CreateReplicationGroup`. */
  readonly operation: string;

  /**
   * The resource types on which the operation is denied, as they are in ARNs, such as `replicationgroup`.
   *
   * AWS authorizes a call on every resource that it names. If the call is denied on one of them, it is denied. The list
   * is empty if the operation accepts only `*`, if its types are not known, or if the rule doesn't reach the operation.
   */
  readonly resourceTypes: string[];

  /** Whether the rule reaches the operation, which means that it denies the requests that it is about. */
  readonly reached: boolean;

  /** Why, and what happens to a request that leaves out the condition key. */
  readonly reason: string;

  /** The URL of the page that says so. */
  readonly source: string;
}
