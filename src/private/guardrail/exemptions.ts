/**
 * The principals that a guardrail doesn't hold for: ARNs and patterns in, the same out where they can match.
 *
 * `aws:PrincipalArn` is the ARN of the role, not of its session, so that every session of the role is exempt. A request
 * to connect doesn't carry the key, and `ArnNotLike` is met without it: nobody is exempt there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
import { Token } from 'aws-cdk-lib/core';
import { reachOf } from './coverage';
import { WrittenRule } from './denial';
import { OPERATIONS } from '../catalog/catalog.generated';
import { carriesKey } from '../catalog/key-presence';
import { textValues } from '../resolve/condition-values';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { policyTextProblem } from '../util/policy-text';
import { checkTextList } from '../util/shape';
import { constantCase } from '../util/text';
import { distinctTexts, mapLiterals, splitLiterals, Tokens } from '../util/tokens';

const SUBJECT = 'exceptPrincipals';
const EXPECTED = 'the ARN of a role or user, or a pattern, such as "arn:aws:iam::*:role/platform-*"';

/** Stands for a policy variable: a policy can't hold this character. */
const VARIABLE = '\uffff';

/** The principals, each once and in an order of their own. */
export function checkPrincipals(
  principals: unknown, { tokenKey, resolvedParts }: Tokens, diagnostics: Diagnostics,
): string[] {
  if (principals === undefined || !checkTextList(principals, SUBJECT, 'a list of ARNs', diagnostics)) { return []; }
  if (principals.length === 0) {
    diagnostics.error(`${SUBJECT} is empty: list at least one, or drop it`);
  }
  const known = textValues(SUBJECT, principals, resolvedParts, diagnostics) ?? [];
  known.forEach((principal, index) => {
    const problem = problemOf(principal);
    if (problem) { diagnostics.error(`${SUBJECT}[${index}] ${formatValue(principal)} ${problem}`); }
  });
  return distinctTexts(known, tokenKey);
}

/** IAM compares each of an ARN's six parts, so a pattern needs all of them. */
function problemOf(principal: string): string | undefined {
  const refused = policyTextProblem(principal);
  if (refused) { return refused; }
  const known = mapLiterals(principal, (literal) => literal.replace(/\$\{[^}]*\}/g, VARIABLE));
  const [arn, partition, service, region, account, ...resource] = splitLiterals(known, ':');
  if (resource.length === 0) {
    return Token.isUnresolved(principal) && partition === undefined ? undefined : `is no ARN: expected ${EXPECTED}`;
  }
  const unknown = (part: string) => Token.isUnresolved(part) || part.includes(VARIABLE);
  const name = resource.join(':');
  if (/^assumed-role\//.test(name)) {
    return 'is the ARN of a session, which aws:PrincipalArn never is: pass the ARN of the role, which stands for all '
      + 'its sessions';
  }
  const isArn = arn === 'arn' && (unknown(partition) || /^(aws[a-z-]*|\*)$/.test(partition))
    && (unknown(service) || /^(iam|sts|\*)$/.test(service)) && (region === '' || region === '*')
    && (unknown(account) || /^([\d?]{12}|[\d?]*\*[\d*?]*)$/.test(account));
  if (!isArn || !(unknown(name) || /^((role|user|federated-user|\*)[/*].+|root|\*)$/.test(name))) {
    return `is not the ARN of a principal: expected ${EXPECTED}`;
  }
  return [partition, account, name].every((part) => part === '*')
    ? 'is every principal, so that nothing would be denied: expected those that are exempt'
    : undefined;
}

/** Warns of rules that hold for the exempt principals, too. */
export function warnOfNoExemption(rules: WrittenRule[], diagnostics: Diagnostics): void {
  const withoutArn = Object.keys(OPERATIONS).filter((name) => !carriesKey(name, undefined, 'aws:PrincipalArn'));
  for (const operation of withoutArn) {
    const denying = rules.filter(({ denials }) => (
      denials.some((denial) => reachOf(denial).some(([name]) => name === operation))));
    const names = [...new Set(denying.map(({ name }) => name))].sort();
    if (names.length > 0) {
      diagnostics.warning(
        `nobodyExempt.${operation}`,
        `${names.join(' and ')} also ${names.length > 1 ? 'deny' : 'denies'} `
        + `${constantCase(operation)} to the principals of exceptPrincipals, since AWS supplies no aws:PrincipalArn to `
        + 'it: use a guardrail without exceptPrincipals for it, or acknowledge this warning',
      );
    }
  }
}
