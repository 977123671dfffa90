/**
 * The values of one condition in, the same values out where each is text that IAM can compare.
 *
 * CDK leaves a value that is missing out of the template, and a condition without values limits nothing. IAM takes a
 * wildcard literally where the operator has no patterns, and refuses some characters only at deployment. So each value
 * is checked here, tokens included, as far as they are known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { Token } from 'aws-cdk-lib/core';
import { Operator } from './operators';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { policyTextProblem } from '../util/policy-text';
import { ResolvedParts } from '../util/tokens';

/** How long tags are: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html */
const LONGEST_TAG_KEY = 128;
const LONGEST_TAG_VALUE = 256;

/** Stands for what is only known at deployment. */
const ANY_TEXT = 'x';
const NO_VALUE = '{"Ref":"AWS::NoValue"}';

/** Whether the text has a wildcard that isn't escaped, as in `${*}`, or part of a policy variable or a token. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text.replace(/\$\{[^}]*\}/g, ''));
}

/** The values, where they are a list of texts, none of which is missing. Reports what isn't. */
export function textValues(
  subject: string, values: unknown, resolvedParts: ResolvedParts, diagnostics: Diagnostics,
): string[] | undefined {
  if (!Array.isArray(values)) {
    diagnostics.error(`${subject}: values is ${formatValue(values)}: expected a list of texts, such as ["a"]`);
    return undefined;
  }
  // A list with holes has undefined there, which `flatMap` would skip.
  const problems = Array.from(values, (value, index) => missing(`values[${index}]`, value, resolvedParts))
    .filter((problem) => problem !== undefined);
  problems.forEach((problem) => diagnostics.error(`${subject}: ${problem}`));
  return problems.length === 0 ? values : undefined;
}

function missing(name: string, value: unknown, resolvedParts: ResolvedParts): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return Token.isUnresolved(value) ? lateNumber(name) : `${name} is ${value}: expected text, such as "${value}"`;
  }
  if (typeof value !== 'string') {
    return `${name} is ${formatValue(value)}: expected text, so set it, or drop it from the list`;
  }
  if (/#\{Token\[/.test(value)) {
    return `${name} is a list that is only known at deployment: pass its values one by one, such as with Fn.select`;
  }
  if (Token.isUnresolved(Number(value))) { return lateNumber(name); }
  if (!Token.isUnresolved(value)) { return undefined; }
  const parts = resolvedParts(value);
  const problem = parts.map(unfit).find((found) => found !== undefined)
    ?? (parts.every((part) => part === '') ? 'nothing' : undefined);
  return problem
    && `${name} is a token that resolves to ${problem}: expected text, so set it, or drop it from the list`;
}

function lateNumber(name: string): string {
  return `${name} is a number that is only known at deployment: expected text, so pass it through `
    + 'Tokenization.stringifyNumber';
}

/** What a part of a token resolves to, if it isn't text, now or at deployment. */
function unfit(part: unknown): string | undefined {
  if (typeof part === 'string') { return undefined; }
  if (part === undefined || part === null) { return 'nothing'; }
  if (typeof part !== 'object') { return String(part); }
  if (Array.isArray(part)) { return 'a list'; }
  const [name, ...more] = Object.keys(part);
  if (more.length > 0 || !/^(Ref$|Fn::)/.test(name ?? '')) { return 'an object'; }
  return JSON.stringify(part).includes(NO_VALUE) ? 'AWS::NoValue' : undefined;
}

/** Reports values that IAM refuses, or takes otherwise than they look. */
export function checkValues(
  subject: string, catalogKey: string, { base, family }: Operator, operator: string, values: string[],
  resolvedParts: ResolvedParts, diagnostics: Diagnostics,
): void {
  for (const value of values) {
    const parts = Token.isUnresolved(value) ? resolvedParts(value) : [value];
    const known = parts.map((part) => (typeof part === 'string' ? part : ANY_TEXT)).join('');
    const problem = policyTextProblem(known);
    if (problem) {
      diagnostics.error(`${subject}: value ${formatValue(value)} ${problem}`);
    } else if (/String(Not)?Equals/.test(base) && hasWildcard(known)) {
      const like = base.startsWith('StringNot') ? 'StringNotLike' : 'StringLike';
      diagnostics.error(
        `${subject}: value ${formatValue(value)} has a wildcard, which ${base} takes literally: use `
        + `${operator.replace(base, like)}, or write "\${*}" or "\${?}" for the character itself`,
      );
    } else if (/Arn(Not)?Equals/.test(base) && hasWildcard(known)) {
      diagnostics.warning(
        'wildcardInArnEquals',
        `${subject}: value ${formatValue(value)} has a wildcard, which IAM takes as one, since ${base} is the same as `
        + `${base.replace('Equals', 'Like')}: use that, which says so`,
      );
    }
    checkLength(subject, catalogKey, family, value, parts, diagnostics);
  }
}

function checkLength(
  subject: string, catalogKey: string, family: string | undefined, value: string, parts: unknown[],
  diagnostics: Diagnostics,
): void {
  const isTagKey = catalogKey === 'aws:TagKeys';
  if (family !== 'String' || !(isTagKey || catalogKey.endsWith('Tag/${TagKey}'))) {
    return;
  }
  // A wildcard may stand for nothing, as may a policy variable.
  const { length } = parts.filter((part) => typeof part === 'string').join('')
    .replace(/\$\{[*?$]\}/g, 'x').replace(/\$\{[^}]*\}|\*/g, '');
  const longest = isTagKey ? LONGEST_TAG_KEY : LONGEST_TAG_VALUE;
  if (length > longest) {
    diagnostics.error(
      `${subject}: value ${formatValue(value)} has ${formatNumber(length)} characters, and a tag's `
      + `${isTagKey ? 'key' : 'value'} has ${longest} at most: shorten it`,
    );
  }
}

/** Reports a tag's key, in the key of a condition, that no tag can have. */
export function checkTagKey(subject: string, tagKey: string, diagnostics: Diagnostics): void {
  const problem = policyTextProblem(tagKey);
  if (problem) {
    diagnostics.error(`${subject}: the tag's key ${problem}`);
  }
  if (tagKey.length > LONGEST_TAG_KEY) {
    diagnostics.error(
      `${subject}: the tag's key has ${formatNumber(tagKey.length)} characters, and may have ${LONGEST_TAG_KEY}: `
      + 'shorten it',
    );
  }
}
