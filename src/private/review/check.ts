/**
 * The entry of the checks: an app in, findings out, each at the policy that it is about.
 *
 * One policy of several principals is judged with those of each. A finding is made once, and a part that is missing
 * with one principal only is reported, since that principal lacks it.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Finding, RULES } from './findings';
import { principalsOf, ReviewedPolicy } from './policies';
import { findingsTogether } from './principal-rules';
import { ReviewedStatement } from './statement';
import { findingsOf } from './statement-rules';
import { suggestedGrant } from './suggestion';
import { Diagnostics, formatValue } from '../util/diagnostics';

/** Reports every finding of the app, as warnings of the policies that are below a scope. */
export function reportFindings(root: IConstruct, isInScope: (construct: IConstruct) => boolean): void {
  const policyOf = new Map<ReviewedStatement, ReviewedPolicy>();
  const byConstruct = new Map<CfnResource, Map<string, Finding>>();
  const spoiled = new Set<ReviewedStatement>();
  const add = (finding: Finding) => {
    const { construct } = policyOf.get(finding.statement)!;
    const found = byConstruct.get(construct) ?? new Map<string, Finding>();
    found.set(`${finding.rule} ${finding.statement.number} ${finding.text}`, finding);
    byConstruct.set(construct, found);
  };
  for (const { policies, isComplete } of principalsOf(root)) {
    policies.forEach((policy) => policy.statements.forEach((statement) => {
      if (!policyOf.has(statement)) {
        policyOf.set(statement, policy);
        const own = findingsOf(statement);
        own.forEach(add);
        if (own.some(({ rule }) => rule === 'invalidArn' || rule === 'absentConditionKey')) { spoiled.add(statement); }
      }
    }));
    if (isComplete) {
      // What a statement lacks because of its own mistakes is said with these.
      findingsTogether(policies.flatMap(({ statements }) => statements))
        .filter(({ rule, statement }) => rule !== 'missingResource' || !spoiled.has(statement))
        .forEach(add);
    }
  }
  for (const [construct, found] of byConstruct) {
    if (!isInScope(construct)) { continue; }
    const diagnostics = new Diagnostics();
    found.forEach((finding) => (
      diagnostics.warning(`policy.${finding.rule}`, textOf(finding, policyOf.get(finding.statement)!))));
    diagnostics.report(construct);
  }
}

function textOf(finding: Finding, { name }: ReviewedPolicy): string {
  const { statement: { sid, number }, text, rule } = finding;
  const where = `${name === undefined ? '' : `policy ${formatValue(name)}, `}statement ${sid ?? number}`;
  const code = suggestedGrant(finding);
  return `${where}: ${text} (${RULES[rule]})${code === undefined ? '' : `\nWhat was meant may be:\n${code}`}`;
}
