import { ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ElastiCacheGuardrailCoverage } from './elasticache-guardrail-coverage';
import { ElastiCacheGuardrailRule } from './elasticache-guardrail-rule';
import { coverageOf } from './private/guardrail/coverage';
import { WrittenRule } from './private/guardrail/denial';
import { ALLOW_ALL, Guard, toGuardDocument } from './private/guardrail/document';
import { checkPrincipals, warnOfNoExemption } from './private/guardrail/exemptions';
import { checkTargets, rulesOf } from './private/guardrail/input';
import { toDenyStatements } from './private/guardrail/statements';
import { MANAGED_POLICY_LIMIT, SERVICE_CONTROL_POLICY_LIMIT } from './private/policy/limits';
import { toPolicyStatements } from './private/policy/policy';
import { sizeEstimatorIn } from './private/policy/size';
import { Diagnostics } from './private/util/diagnostics';
import { partAt } from './private/util/shape';
import { Tokens, tokensIn } from './private/util/tokens';

/**
 * What a guardrail denies, and to whom it doesn't apply.
 */
export interface ElastiCacheGuardrailProps {
  /** What nobody may do: at least one rule. Their order doesn't matter. */
  readonly rules: ElastiCacheGuardrailRule[];

  /**
   * The principals that the guardrail doesn't hold for: ARNs of roles or users, or patterns of them, such as
   * `arn:aws:iam::*:role/platform-*`. A role stands for all its sessions.
   *
   * A request to connect doesn't say who calls in this form, so nobody is exempt from a rule that denies `CONNECT`.
   *
   * @default - it holds for everybody.
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
   */
  readonly exceptPrincipals?: string[];
}

/**
 * What nobody may do with ElastiCache, whatever they were granted: a service control policy for accounts, or a
 * permissions boundary for roles and users.
 *
 * It denies, and never allows. Each rule is written so that it denies what it means to and nothing else: on the types
 * of resources with which AWS supplies the condition key, and with what it says about requests that leave the key out.
 * Patterns of actions stay patterns, so that what AWS adds is denied, too; `coverage` lists what they match today.
 *
 * A service control policy doesn't apply to the organization's management account, nor to service-linked roles.
 *
 * The constructor throws one error with everything that is wrong: no rule, an empty list, a value that no request has,
 * a pattern that matches nothing, an operation that a rule can't reach. It warns, with an id to acknowledge, of a rule
 * that denies `CONNECT` to the exempt principals, too (`cdk-elasticache-grants:nobodyExempt.Connect`). A nearly full
 * policy with values whose length nothing bounds is a warning, too (`cdk-elasticache-grants:unknownLength`).
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @example
 * const baseline = new ElastiCacheGuardrail(this, 'Baseline', {
 *   rules: [
 *     ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*', 'cache.m7g.large']),
 *     ElastiCacheGuardrailRule.encryptedInTransit(),
 *     ElastiCacheGuardrailRule.encryptedAtRest(),
 *     ElastiCacheGuardrailRule.requireTags(['team', 'environment']),
 *   ],
 *   exceptPrincipals: ['arn:aws:iam::*:role/platform-*'],
 * });
 * baseline.toServiceControlPolicy(['ou-ab12-cdef3456']);
 */
export class ElastiCacheGuardrail extends Construct {
  private readonly written: WrittenRule[];
  private readonly guard: Guard;
  private readonly tokens: Tokens;
  private serviceControlPolicy?: CfnPolicy;
  private permissionsBoundary?: ManagedPolicy;

  constructor(scope: Construct, id: string, props: ElastiCacheGuardrailProps) {
    super(scope, id);
    const diagnostics = new Diagnostics();
    const tokens = tokensIn(this);
    this.tokens = tokens;
    this.written = rulesOf(props, diagnostics).map((rule) => rule._write({ scope: this, tokens, diagnostics }));
    const exceptPrincipals = checkPrincipals(partAt(props, 'exceptPrincipals'), tokens, diagnostics);
    if (exceptPrincipals.length > 0) {
      warnOfNoExemption(this.written, diagnostics);
    }
    diagnostics.report(this);

    const statementsOf = (rules: WrittenRule[], short: boolean) => toDenyStatements(
      rules.flatMap(({ denials }) => denials), { exceptPrincipals, short, tokenKey: tokens.tokenKey });
    this.guard = {
      statements: statementsOf(this.written, false),
      short: statementsOf(this.written, true),
      rules: this.written.map((rule) => ({ name: rule.name, statements: statementsOf([rule], true) })),
      sizeOf: sizeEstimatorIn(this, tokens.resolvedParts),
    };
  }

  /**
   * What each rule reaches, and what it can't: what a reviewer reads beside the policy.
   *
   * One entry for each rule, operation and reason, ordered by these. Operations that a rule isn't about have none.
   */
  public get coverage(): ElastiCacheGuardrailCoverage[] {
    return coverageOf(this.written);
  }

  /**
   * The rules as policy statements, all of which deny. Rules share statements where that denies nothing more.
   *
   * A policy has them as they are if they fit. If not, `*` takes the place of ARNs in those that are only met by
   * requests with a condition key, which denies the same.
   *
   * They are new at each call: changing one doesn't change the guardrail.
   */
  public get statements(): PolicyStatement[] {
    return toPolicyStatements(this.guard.statements);
  }

  /**
   * The rules as one policy document that allows nothing, for where there is no CDK construct: a policy that another
   * team deploys, or an inline policy of a permission set.
   *
   * It is new at each call. What is only known at deployment is counted at its longest.
   *
   * @param maxCharacters how many characters the document may have, white space not counted. By default 6,144, as for a
   * managed policy; 5,120 for a service control policy.
   * @throws when the document doesn't fit; the error tells its size, and that of each rule.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    return toGuardDocument(this.guard, maxCharacters, 'the document', this);
  }

  /**
   * The rules as a service control policy of the organization. The stack must be deployed to the management account, or
   * to one that administers policies for it.
   *
   * It is made below this construct at the first call; later calls give the same one, and add their targets to it.
   *
   * @param targetIds at least one ID of an account (12 digits), an organizational unit (`ou-ab12-cdef3456`) or the root
   * (`r-ab12`) that the policy is attached to. By default, it is attached to nothing.
   * @throws when the policy has more than 5,120 characters; the error tells the size of each rule. When a target is
   * none.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-organizations-policy.html
   */
  public toServiceControlPolicy(targetIds?: string[]): CfnPolicy {
    const diagnostics = new Diagnostics();
    const earlier = this.serviceControlPolicy?.targetIds ?? [];
    const targets = checkTargets(
      Array.isArray(targetIds) && targetIds.length > 0 ? [...earlier, ...targetIds] : targetIds,
      this.tokens, diagnostics,
    );
    diagnostics.throwIfAny(this);
    this.serviceControlPolicy ??= new CfnPolicy(this, 'ServiceControlPolicy', {
      name: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      type: 'SERVICE_CONTROL_POLICY',
      content: toGuardDocument(this.guard, SERVICE_CONTROL_POLICY_LIMIT, 'a service control policy', this),
    });
    if (targets.length > 0) {
      this.serviceControlPolicy.targetIds = targets;
    }
    return this.serviceControlPolicy;
  }

  /**
   * The rules as a permissions boundary: a managed policy that allows everything but what the rules deny.
   *
   * Apply it with `iam.PermissionsBoundary.of(scope).apply(policy)`. A boundary gives no permissions; it bounds those
   * that a role or user has. It is made below this construct at the first call; later calls give the same one.
   *
   * @throws when the policy has more than 6,144 characters; the error tells the size of each rule.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  public toPermissionsBoundary(): ManagedPolicy {
    this.permissionsBoundary ??= new ManagedPolicy(this, 'PermissionsBoundary', {
      document: toGuardDocument(this.guard, MANAGED_POLICY_LIMIT, 'a permissions boundary', this, [ALLOW_ALL]),
    });
    return this.permissionsBoundary;
  }
}
