/**
 * The entry of the checks: an app in, findings out, each at the policy that it is about.
 *
 * One policy of several principals is judged with those of each. A finding is made once, and a part that is missing
 * with one principal only is reported, since that principal lacks it.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { Finding, RULES } from './findings';
import { policiesOf, ReviewedPolicy } from './policies';
import { findingsTogether } from './principal-rules';
import { ReviewedStatement } from './statement';
import { findingsOf } from './statement-rules';
import { suggestedGuardrail } from './suggested-guardrail';
import { suggestedGrant } from './suggestion';
import { Template } from './template';
import { Diagnostics, formatValue } from '../util/diagnostics';

/** Reports every finding of the app, as warnings of the policies that are below a scope. */
export function reportFindings(root: IConstruct, isInScope: (construct: IConstruct) => boolean): void {
  const { all, together } = policiesOf(new Template(root));
  const policyOf = new Map(all.flatMap((policy) => policy.statements.map((statement) => [statement, policy])));
  const byConstruct = new Map<CfnResource, Map<string, Finding>>();
  const add = (finding: Finding) => {
    const { construct, name } = policyOf.get(finding.statement)!;
    const found = byConstruct.get(construct) ?? new Map<string, Finding>();
    found.set(JSON.stringify([finding.rule, name, finding.statement.number, finding.text]), finding);
    byConstruct.set(construct, found);
  };
  [...policyOf.keys()].flatMap(findingsOf).forEach(add);
  together.flatMap((policies) => findingsTogether(policies.flatMap(({ statements }) => statements))).forEach(add);
  for (const [construct, found] of byConstruct) {
    if (!isInScope(construct)) { continue; }
    const diagnostics = new Diagnostics();
    const offered = new Map<ReviewedStatement, Set<string | undefined>>();
    for (const finding of found.values()) {
      const { rule, statement } = finding;
      const id = `policy.${rule}`;
      if (!isAcknowledged(construct, id)) {
        offered.set(statement, offered.get(statement) ?? new Set([undefined]));
        diagnostics.warning(id, textOf(finding, policyOf.get(statement)!, offered.get(statement)!));
      }
    }
    diagnostics.report(construct);
  }
}

/**
 * Whether the construct itself acknowledged a warning before it had it. The AWS CDK heeds that of the constructs above
 * alone, and warnings of an L1 can't be acknowledged later, because they are made at synthesis.
 */
function isAcknowledged(construct: CfnResource, id: string): boolean {
  const below = new Construct(construct, 'Acknowledgment');
  const diagnostics = new Diagnostics();
  diagnostics.warning(id, '');
  diagnostics.report(below);
  construct.node.tryRemoveChild(below.node.id);
  return below.node.metadata.length === 0;
}

/** The text of a warning. Code that an earlier finding of the statement offers is not repeated; there may be none. */
function textOf(finding: Finding, { name }: ReviewedPolicy, offered: Set<string | undefined>): string {
  const { statement: { deny, sid, number }, text, rule } = finding;
  const where = `${name === undefined ? '' : `policy ${formatValue(name)}, `}statement ${sid ?? number}`;
  const code = deny ? suggestedGuardrail(finding) : suggestedGrant(finding);
  const isNew = !offered.has(code);
  offered.add(code);
  return `${where}: ${text} (${RULES[rule]})${isNew ? `\nWhat was meant may be:\n${code}` : ''}`;
}
