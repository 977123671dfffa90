/**
 * Statements in, one document out that fits its limit. A guardrail is never divided: half of it would guard half.
 *
 * It is the only stage part that makes policies of a guardrail, so that each is measured.
 */
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Statement } from '../model';
import { toPolicyStatements } from '../policy/policy';
import { documentSize, SizeEstimator, statementSize } from '../policy/size';
import { warnOfUnknownLengths } from '../policy/unknown-lengths';
import { formatNumber, formatValue, throwErrors } from '../util/diagnostics';

/** The statements of one rule, to tell which takes how much. */
export interface RuleStatements {
  readonly name: string;
  readonly statements: Statement[];
}

/** What a document is made of. */
export interface Guard {
  readonly statements: Statement[];

  /** The same in fewer characters, with `*` in place of ARNs, for where the statements don't fit. */
  readonly short: Statement[];

  /** The short statements by rule, before rules share any. */
  readonly rules: RuleStatements[];
  readonly sizeOf: SizeEstimator;
}

/** What a permissions boundary allows; what it denies is the guardrail's. */
export const ALLOW_ALL: Statement = { actions: ['*'], resources: ['*'] };

/** The document; throws where it has more characters than it may have. */
export function toGuardDocument(
  { statements, short, rules, sizeOf }: Guard, limit: number, kind: string, scope: IConstruct, before: Statement[] = [],
): PolicyDocument {
  // As !(x > 0), so that NaN, and what is not a number, are refused as well.
  if (typeof limit !== 'number' || !(limit > 0)) {
    throwErrors([`maxCharacters is ${formatValue(limit)}: expected a number above 0, such as 6144`], scope);
  }
  const all = [statements, short].map((form) => [...before, ...form]);
  const document = all.find((form) => documentSize(form, sizeOf) <= limit);
  if (!document) {
    const size = documentSize(all[1], sizeOf);
    const sizes = rules
      .map(({ name, statements: own }) => (
        { name, size: own.reduce((sum, one) => sum + statementSize(one, sizeOf), 0) }))
      .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
      .map(({ name, size: own }) => `${name} ${formatNumber(own)}`);
    throwErrors([
      `the guardrail has ${formatNumber(size)} characters, white space not counted, and ${kind} may have `
      + `${formatNumber(limit)}: divide its rules among several guardrails, each with a policy of its own. By rule: `
      + sizes.join(', '),
    ], scope);
  }
  warnOfUnknownLengths([document], 0, limit, sizeOf, scope);
  return new PolicyDocument({ statements: toPolicyStatements(document) });
}
