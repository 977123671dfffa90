/**
 * Conditions in, as a user wrote them; checked conditions out, and the blocks that a policy has.
 *
 * A key that doesn't exist, or an operator that doesn't suit it, makes a condition that never holds or always does. So
 * each condition is checked against the catalog's keys before it reaches a permission. Where a condition may stand is
 * decided in `authorized-resources.ts`, by `suppliesKey` of the catalog.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 */
import { Token } from 'aws-cdk-lib/core';
import { checkTagKey, checkValues, textValues } from './condition-values';
import { warnOfSurprises } from './conditions-together';
import {
  matchesWhenKeyIsMissing, OPERATORS, parseOperator, suitableOperators, suitsType, valueForm,
} from './operators';
import { CONDITION_KEYS } from '../catalog/catalog.generated';
import { ConditionKeyEntry } from '../catalog/entries';
import { didYouMean, nearestKey, suggestOperator } from '../catalog/suggestions';
import { CheckedCondition, ConditionBlock } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { distinctTexts, ResolvedParts, TokenKey } from '../util/tokens';

/** Whether AWS supplies the key to no request of a user or a role to ElastiCache, or nobody knows. */
export function isNeverSupplied({ availability }: ConditionKeyEntry): boolean {
  return ['service-principal-only', 'never', 'unknown'].includes(availability ?? '');
}

/** Checks one condition; undefined where nothing more can be said of it. */
export function checkCondition(
  operator: string, key: string, givenValues: string[], tokenKey: TokenKey, diagnostics: Diagnostics,
  resolvedParts: ResolvedParts = (text) => [text],
): CheckedCondition | undefined {
  for (const [name, value, example] of [['operator', operator, 'StringEquals'], ['key', key, 'aws:ResourceTag/team']]) {
    if (typeof value !== 'string' || value === '') {
      diagnostics.error(`a condition's ${name} is ${formatValue(value)}: expected text, such as "${example}"`);
      return undefined;
    }
  }
  const subject = `condition ${operator} on ${key}`;
  if ([operator, key, givenValues].some((part) => Token.isUnresolved(part))) {
    diagnostics.error(
      'a condition\'s operator, key or list of values is only known at deployment: pass literal ones; '
      + 'a single value may be a token',
    );
    return undefined;
  }
  const values = textValues(subject, givenValues, resolvedParts, diagnostics);
  const parsed = parseOperator(operator);
  const { quantifier, base, family } = parsed;
  if (!family) {
    diagnostics.error(
      `${formatValue(operator)} is not a condition operator: ${suggestOperator(base, OPERATORS)}`,
    );
    return undefined;
  }
  const known = findKey(key);
  if (!known) {
    diagnostics.error(
      `${formatValue(key)} is not a condition key of ElastiCache or of all AWS services: `
      + didYouMean(nearestKey(key)),
    );
  }
  if (!known || !values) {
    return undefined;
  }

  const { entry, tag } = known;
  const hasManyValues = entry.type.startsWith('ArrayOf');
  const type = entry.type.replace('ArrayOf', '');
  const lenient = matchesWhenKeyIsMissing(parsed, values);
  if (isNeverSupplied(entry)) {
    diagnostics.error(
      `${subject}: AWS supplies the key only ${entry.when}, so the condition would `
      + `${lenient ? 'guard nothing' : 'deny every call'}: drop it`,
    );
    return undefined;
  }
  const problems = [
    !suitsType(family, type) && `the key is a ${type}: expected ${suitableOperators(type)} or Null`,
    family !== 'Null' && hasManyValues && !quantifier
      && 'the key has many values: put ForAnyValue: or ForAllValues: before the operator',
    family !== 'Null' && !hasManyValues && quantifier && `the key has one value: drop ${quantifier}`,
    values.length === 0 && 'values is empty, which no request meets: list at least one',
    ...unsuitableValues(values, valueForm(family, type)),
  ].filter((problem): problem is string => Boolean(problem));
  if (problems.length > 0) {
    problems.forEach((problem) => diagnostics.error(`${subject}: ${problem}`));
    return undefined;
  }
  checkValues(subject, entry.key, parsed, operator, values, resolvedParts, diagnostics);
  if (tag !== undefined) {
    checkTagKey(subject, tag, diagnostics);
  }
  const checked: CheckedCondition = {
    operator,
    key: tag === undefined ? entry.key : entry.key.replace('${TagKey}', () => tag),
    catalogKey: entry.key,
    values: distinctTexts(values, tokenKey),
    global: entry.global ?? false,
    matchesWhenKeyIsMissing: lenient,
    ...(entry.availability === 'always' && { alwaysSupplied: true }),
    ...(entry.when !== undefined && { suppliedWhen: entry.when }),
    ...(type === 'Bool' && { possibleValues: entry.onlyValue ? [entry.onlyValue] : ['true', 'false'] }),
  };
  warnOfSurprises(entry, checked, diagnostics);
  return checked;
}

function unsuitableValues(values: string[], form: ReturnType<typeof valueForm>): string[] {
  return values
    .filter((value) => form && !Token.isUnresolved(value) && !form.matches(value))
    .map((value) => `value ${formatValue(value)} doesn't suit the operator: expected ${form!.expected}`);
}

/** The catalog's entry of a key, and the tag's key in it. IAM compares keys regardless of case. */
export function findKey(key: string): { readonly entry: ConditionKeyEntry; readonly tag?: string } | undefined {
  const [, prefix, tag] = /^(aws:(?:RequestTag|ResourceTag|PrincipalTag)\/)(?!\$\{)(.+)/is.exec(key) ?? [];
  const wanted = (tag === undefined ? key : `${prefix}\${TagKey}`).toLowerCase();
  const entry = CONDITION_KEYS.find((known) => (
    known.key.toLowerCase() === wanted && (tag !== undefined || !known.key.endsWith('}'))));
  return entry && { entry, tag };
}

/** The conditions as a policy writes them, in an order of their own; undefined where there are none. */
export function toBlock(conditions: CheckedCondition[], fixed: ConditionBlock = {}): ConditionBlock | undefined {
  const block: ConditionBlock = { ...fixed };
  const sorted = [...conditions].sort((a, b) => (`${a.operator} ${a.key}` < `${b.operator} ${b.key}` ? -1 : 1));
  for (const { operator, key, values } of sorted) {
    block[operator] = { ...block[operator], [key]: values.length === 1 ? values[0] : values };
  }
  return Object.keys(block).length > 0 ? block : undefined;
}

/** The block with a list for every key, be it one value or more: a type that every language has. */
export function toLists(block: ConditionBlock): Record<string, Record<string, string[]>> {
  return Object.fromEntries(Object.entries(block).map(([operator, keys]) => (
    [operator, Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat()]))])));
}
