/**
 * What a guardrail was given, checked for its shape: its rules, and the targets of its policy.
 *
 * Plain JavaScript passes anything. What has the right shape is checked by the rules themselves, so that one error has
 * all that is wrong.
 */
import { Token } from 'aws-cdk-lib/core';
import { ElastiCacheGuardrailRule } from '../../elasticache-guardrail-rule';
import { textValues } from '../resolve/condition-values';
import { listOf } from '../resolve/input';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkInstance, checkObject, checkTextList, partAt } from '../util/shape';
import { distinctTexts, Tokens } from '../util/tokens';

const EXAMPLE = "ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*'])";

/**
 * An account, an organizational unit or a root.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html
 */
const TARGET = /^(\d{12}|r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

/** The rules among the props. Reports all else that is there in their place. */
export function rulesOf(props: unknown, diagnostics: Diagnostics): ElastiCacheGuardrailRule[] {
  if (!checkObject(props, 'props', `an object that has rules, such as { rules: [${EXAMPLE}] }`, diagnostics)) {
    return [];
  }
  const rules = partAt(props, 'rules');
  const found: ElastiCacheGuardrailRule[] = [];
  listOf((value, subject) => {
    if (checkInstance(value, ElastiCacheGuardrailRule, EXAMPLE, subject, diagnostics, isComplete)) {
      found.push(value);
    }
  })(rules, 'rules', diagnostics);
  if (Array.isArray(rules) && rules.length === 0) {
    diagnostics.error(`rules is empty: list at least one, such as ${EXAMPLE}`);
  }
  return found;
}

/** An object that is made without the constructor has no name. */
function isComplete(rule: unknown): boolean {
  return typeof partAt(rule, '_name') === 'string';
}

/** The targets, each once and in an order of their own. */
export function checkTargets(
  targets: unknown, { tokenKey, resolvedParts }: Tokens, diagnostics: Diagnostics,
): string[] {
  const expected = 'a list of texts, such as ["ou-ab12-cdef3456"]';
  if (targets === undefined || !checkTextList(targets, 'targetIds', expected, diagnostics)) { return []; }
  if (targets.length === 0) {
    diagnostics.error('targetIds is empty: list at least one, or drop it to attach the policy elsewhere');
  }
  const known = textValues('targetIds', targets, resolvedParts, diagnostics) ?? [];
  known.filter((id) => !Token.isUnresolved(id) && !TARGET.test(id)).forEach((id) => diagnostics.error(
    `targetIds has ${formatValue(id)}, which is no account, organizational unit or root: expected an ID such as `
    + '"111122223333", "ou-ab12-cdef3456" or "r-ab12"'));
  return distinctTexts(known, tokenKey);
}
