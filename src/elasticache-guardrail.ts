import { ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { CfnResource, Names } from 'aws-cdk-lib/core';
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
import { GuardrailKind, recordGuardrail } from './private/record';
import { Diagnostics } from './private/util/diagnostics';
import { partAt } from './private/util/shape';
import { Tokens, tokensIn } from './private/util/tokens';
import { ExpectedUse, UnusedWarning } from './private/util/unused';

/**
 * What a guardrail denies, and who is exempt from it.
 */
export interface ElastiCacheGuardrailProps {
  /** The rules that say what nobody may do: at least one. Their order doesn't matter. */
  readonly rules: ElastiCacheGuardrailRule[];

  /**
   * The principals that are exempt from the guardrail: ARNs of roles or users, or patterns of ARNs, such as
   * `arn:aws:iam::*:role/platform-*`.
   *
   * A role stands for all its sessions. A request to connect doesn't name its caller in this form, so nobody is exempt
   * from a rule that denies `CONNECT`.
   *
   * @default - nobody is exempt.
   *
   * @see
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
   */
  readonly exceptPrincipals?: string[];
}

const UNUSED: UnusedWarning = {
  id: 'unusedGuardrail',
  text: 'this guardrail denies nothing yet: use toServiceControlPolicy(), toPermissionsBoundary() or '
    + 'toPolicyDocument()',
};

/**
 * Denies what nobody may do with ElastiCache, whatever they were granted.
 *
 * Use it as a service control policy for accounts, or as a permissions boundary for roles and users. A service control
 * policy doesn't apply to the organization's management account, or to service-linked roles.
 *
 * A guardrail denies, and never allows. Each rule denies what it is meant to deny and nothing else: it applies to the
 * resource types with which AWS supplies the condition key, and it says what happens to requests that leave the key
 * out. Patterns of actions stay patterns, so that what AWS adds is denied, too. `coverage` lists what they match today.
 *
 * `ElastiCacheAccessReport` lists what was written, and can fail if it no longer denies what was approved.
 *
 * The constructor throws one error that lists everything that is wrong: no rules, an empty list, a value that no
 * request has, a pattern that matches nothing, or an operation that a rule can't reach. There is a warning, with an id
 * that you can acknowledge, about a rule that also denies `CONNECT` to the exempt principals
 * (`cdk-elasticache-grants:nobodyExempt.Connect`), about a nearly full policy with values of unlimited length
 * (`cdk-elasticache-grants:unknownLength`), and about a guardrail that is never written to a policy
 * (`cdk-elasticache-grants:unusedGuardrail`).
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
  private readonly exceptPrincipals: string[];
  private readonly tokens: Tokens;
  private readonly use: ExpectedUse;
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
    this.use = new ExpectedUse(this, UNUSED);
    this.exceptPrincipals = exceptPrincipals;

    const statementsOf = (rules: WrittenRule[], short: boolean) => toDenyStatements(
      rules.flatMap(({ denials }) => denials), { exceptPrincipals, short, tokenKey: tokens.tokenKey });
    this.guard = {
      statements: statementsOf(this.written, false),
      short: statementsOf(this.written, true),
      rules: this.written.map((rule) => ({ name: rule.name, statements: statementsOf([rule], true) })),
      sizeOf: sizeEstimatorIn(this),
    };
  }

  /**
   * What each rule reaches, and what it can't reach, for a reviewer to read beside the policy.
   *
   * There is one entry for each rule, operation and reason, in this order. Operations that a rule isn't
   * about have no entry.
   */
  public get coverage(): ElastiCacheGuardrailCoverage[] {
    return coverageOf(this.written);
  }

  /**
   * The rules as policy statements, all of which deny. Rules share statements if that denies nothing more.
   *
   * If the statements fit, a policy has them as they are. If not, `*` replaces the ARNs in statements that are met only
   * by requests with a condition key. This denies the same.
   *
   * Each call returns new statements. Changing one doesn't change the guardrail.
   */
  public get statements(): PolicyStatement[] {
    this.use.happened();
    return toPolicyStatements(this.guard.statements);
  }

  /**
   * Returns the rules as one policy document that allows nothing, for use without a CDK construct.
   *
   * Use it for a policy that another team deploys, or for an inline policy of a permission set. Each call returns a new
   * document. What is known only at deployment is counted at its longest.
   *
   * @param maxCharacters the number of characters that the document may have, not counting white space. The default is
   * 6,144, the limit of a managed policy. The limit of a service control policy is 5,120.
   * @throws if the document doesn't fit. The error gives its size and the size of each rule.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    const document = toGuardDocument(this.guard, maxCharacters, 'the document', this);
    this.record('policy document');
    return document;
  }

  /**
   * Returns the rules as a service control policy of the organization.
   *
   * The stack must be deployed to the management account, or to an account that administers policies for it. The policy
   * is created below this construct on the first call. Later calls return the same policy, and add their targets to it.
   *
   * @param targetIds the IDs of the accounts (12 digits), organizational units (`ou-ab12-cdef3456`) or root (`r-ab12`)
   * that the policy is attached to: at least one. By default, it is attached to nothing.
   * @throws if the policy has more than 5,120 characters (the error gives the size of each rule), or if a
   * target is not valid.
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
    this.record('service control policy', this.serviceControlPolicy);
    if (targets.length > 0) {
      this.serviceControlPolicy.targetIds = targets;
    }
    return this.serviceControlPolicy;
  }

  /**
   * Returns the rules as a permissions boundary: a managed policy that allows everything except what the rules deny.
   *
   * Apply it with `iam.PermissionsBoundary.of(scope).apply(policy)`. A boundary gives no permissions. It limits the
   * permissions that a role or user has. The policy is created below this construct on the first call. Later calls
   * return the same policy.
   *
   * @throws if the policy has more than 6,144 characters. The error gives the size of each rule.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  public toPermissionsBoundary(): ManagedPolicy {
    this.permissionsBoundary ??= new ManagedPolicy(this, 'PermissionsBoundary', {
      document: toGuardDocument(this.guard, MANAGED_POLICY_LIMIT, 'a permissions boundary', this, [ALLOW_ALL]),
    });
    this.record('permissions boundary', this.permissionsBoundary.node.defaultChild as CfnResource);
    return this.permissionsBoundary;
  }

  /** For the access report, which shows the statements as they are, and who is exempt apart from them. */
  private record(kind: GuardrailKind, policy?: CfnResource): void {
    this.use.happened();
    const { exceptPrincipals, written, tokens: { tokenKey } } = this;
    const denials = toDenyStatements(
      written.flatMap((rule) => rule.denials), { exceptPrincipals: [], short: false, tokenKey });
    recordGuardrail({ guardrail: this, kind, denials, exceptPrincipals, policy });
  }
}
