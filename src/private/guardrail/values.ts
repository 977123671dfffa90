/**
 * The values of rules: lists, texts, tags and numbers as users wrote them in, what a policy compares out.
 *
 * A value that no request has would deny every request, or none, and nobody would be told. So each value is checked
 * against the form of its key. What a token or a policy variable stands for isn't known, and isn't checked.
 */
import { Token, Tokenization } from 'aws-cdk-lib/core';
import { RuleContext } from './denial';
import { checkTagKey, hasWildcard, textValues } from '../resolve/condition-values';
import { formatValue } from '../util/diagnostics';
import { mayShareText, parsePattern } from '../util/patterns';
import { policyTextProblem } from '../util/policy-text';
import { checkText, checkTextList } from '../util/shape';
import { distinctTexts } from '../util/tokens';

/** The form of values. */
export interface ValueForm {
  /** What values are called, as the parameter is. */
  readonly name: string;

  readonly example: string;

  /** What is expected, for an error. */
  readonly expected: string;

  /** What a value and a pattern look like without their wildcards; any text will do where it is left out. */
  readonly characters?: RegExp;

  /** Patterns, of which a value must match one. */
  readonly patterns?: string[];
  readonly maxLength?: number;
}

/** Values that are compared as they are, and patterns. */
export interface CheckedValues {
  readonly exact: string[];
  readonly patterns: string[];
}

/** The values of a list, each once and in an order of their own; undefined where there are none to go on with. */
export function checkValues(values: unknown, form: ValueForm, context: RuleContext): CheckedValues | undefined {
  const { method, tokens, diagnostics } = context;
  const subject = `${method}: ${form.name}`;
  const expected = `a list of texts, such as [${JSON.stringify(form.example)}]`;
  if (!checkTextList(values, subject, expected, diagnostics)) { return undefined; }
  if (values.length === 0) {
    diagnostics.error(`${subject} is empty: list at least one, such as ${JSON.stringify(form.example)}`);
    return undefined;
  }
  const known = textValues(method, values, tokens.resolvedParts, diagnostics);
  if (!known || known.filter((value) => !isValid(value, subject, form, context)).length > 0) { return undefined; }
  const sorted = distinctTexts(known, tokens.tokenKey);
  return {
    exact: sorted.filter((value) => !isPattern(value, context)),
    patterns: sorted.filter((value) => isPattern(value, context)),
  };
}

function isPattern(value: string, { tokens }: RuleContext): boolean {
  return tokens.resolvedParts(value).some((part) => typeof part === 'string' && hasWildcard(part));
}

function isValid(value: string, subject: string, form: ValueForm, context: RuleContext): boolean {
  const parts = context.tokens.resolvedParts(value);
  const text = parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  const problem = policyTextProblem(text) ?? (isKnown(value, parts) ? formProblem(text, form) : undefined);
  if (problem) { context.diagnostics.error(`${subject} has ${formatValue(value)}, which ${problem}`); }
  return problem === undefined;
}

/** Whether all of the value is known before deployment, and holds no policy variable. */
function isKnown(value: string, parts: unknown[]): boolean {
  return (!Token.isUnresolved(value) || parts.every((part) => typeof part === 'string'))
    && !/\$\{(?![*?$]\})/.test(parts.join(''));
}

function formProblem(text: string, { patterns, characters, maxLength, expected }: ValueForm): string | undefined {
  const plain = text.replace(/\$\{[*?$]\}/g, 'x');
  if (!characters) { return lengthProblem(plain, maxLength); }
  if (hasWildcard(text) && /[A-Z]/.test(text)) {
    return `has capitals, and IAM compares patterns with case: write ${formatValue(text.toLowerCase())}`;
  }
  if (/^\*+$/.test(text)) {
    return 'is every value, so that nothing would be denied: list those that are allowed';
  }
  const value = parsePattern(text, { wildcards: true, ignoresCase: true })!;
  const matches = patterns === undefined || patterns.some((pattern) => (
    mayShareText(value, parsePattern(pattern, { wildcards: true, ignoresCase: true })!)));
  return matches && text !== '' && characters.test(plain.replace(/[*?]/g, ''))
    ? lengthProblem(plain, maxLength)
    : `no request has: expected ${expected}`;
}

function lengthProblem(text: string, maxLength = Infinity): string | undefined {
  const { length } = text.replace(/\*/g, '');
  return length > maxLength
    ? `has ${length} characters, and may have ${maxLength}: shorten it`
    : undefined;
}

/** Whether the text can be the key of a tag in a condition; reports it otherwise. */
export function checkTag(tagKey: unknown, subject: string, mayBeReserved: boolean, context: RuleContext): boolean {
  const { diagnostics } = context;
  if (!checkText(tagKey, subject, 'the key of a tag, 1 to 128 characters', diagnostics)) { return false; }
  const shown = `${subject} is ${formatValue(tagKey)}`;
  if (Token.isUnresolved(tagKey)) {
    diagnostics.error(`${shown}, which is only known at deployment: pass a literal key`);
    return false;
  }
  if (tagKey === '' || /[*?${},]/.test(tagKey)) {
    diagnostics.error(`${shown}: expected the key of a tag, 1 to 128 characters without *, ?, $, {, } and a comma, `
      + 'which a condition takes otherwise');
    return false;
  }
  if (!mayBeReserved && /^aws:/i.test(tagKey)) {
    diagnostics.error(`${shown}, and only AWS sets tags that begin with "aws:": name a tag that callers set`);
    return false;
  }
  checkTagKey(subject, tagKey, diagnostics);
  return true;
}

/** The keys of tags, each once. IAM compares them regardless of case, so two that differ in case alone are one. */
export function checkTags(keys: unknown, context: RuleContext): string[] {
  const { method, diagnostics } = context;
  if (!checkTextList(keys, `${method}: keys`, 'a list of texts, such as ["team"]', diagnostics)) { return []; }
  if (keys.length === 0) {
    diagnostics.error(`${method}: keys is empty: list at least one, such as "team"`);
  }
  const byLowerCase = new Map<string, string>();
  for (const [index, key] of keys.entries()) {
    if (!checkTag(key, `${method}: keys[${index}]`, false, context)) { continue; }
    const same = byLowerCase.get(key.toLowerCase());
    if (same !== undefined && same !== key) {
      diagnostics.error(`${method}: ${formatValue(same)} and ${formatValue(key)} are one key to IAM, which disregards `
        + 'its case: list one of them');
    }
    byLowerCase.set(key.toLowerCase(), key);
  }
  return [...byLowerCase.values()].sort();
}

/** A limit as a policy has it, as text; undefined where it is no whole number. */
export function checkLimit(value: unknown, name: string, least: number, context: RuleContext): string | undefined {
  if (typeof value === 'number' && Token.isUnresolved(value)) {
    return Tokenization.stringifyNumber(value);
  }
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    context.diagnostics.error(
      `${context.method}: ${name} is ${formatValue(value)}: expected a whole number, ${least} or more`);
    return undefined;
  }
  return String(value);
}
