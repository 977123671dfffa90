/**
 * Conditions in, as a user wrote them; checked conditions out, and the blocks that a policy has.
 *
 * A key that doesn't exist, or an operator that doesn't suit it, makes a condition that never holds or always does. So
 * each condition is checked against the catalog's keys before it reaches a permission. Where a condition may stand is
 * decided in `authorized-resources.ts`, by `suppliesKey`.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 */
import { Token } from 'aws-cdk-lib/core';
import {
  matchesWhenKeyIsMissing, OPERATORS, parseOperator, suitableOperators, suitsType, valueForm,
} from './operators';
import { CONDITION_KEYS } from '../catalog/catalog.generated';
import { ConditionKeyEntry, OperationEntry } from '../catalog/entries';
import { didYouMean, nearestKey, suggestOperator } from '../catalog/suggestions';
import { CheckedCondition, ConditionBlock } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { compareByKey, TokenKey } from '../util/tokens';

/** Checks one condition; undefined where its operator or its key doesn't exist. */
export function checkCondition(
  operator: string, key: string, values: string[], tokenKey: TokenKey, diagnostics: Diagnostics,
): CheckedCondition | undefined {
  const subject = `condition ${operator} on ${key}`;
  if ([operator, key, values].some((part) => Token.isUnresolved(part))) {
    diagnostics.error(
      'a condition\'s operator, key or list of values is only known at deployment: pass literal ones; '
      + 'a single value may be a token',
    );
    return undefined;
  }
  const parsed = parseOperator(operator);
  const { quantifier, base, family } = parsed;
  if (!family) {
    diagnostics.error(
      `${formatValue(operator)} is not a condition operator: ${suggestOperator(base, OPERATORS)}`,
    );
    return undefined;
  }
  const known = findKey(key, diagnostics);
  if (!known) {
    return undefined;
  }

  const { entry, tag } = known;
  const hasManyValues = entry.type.startsWith('ArrayOf');
  const type = entry.type.replace('ArrayOf', '');
  if (!suitsType(family, type)) {
    diagnostics.error(`${subject}: the key is a ${type}: expected ${suitableOperators(type)} or Null`);
  }
  if (family !== 'Null' && hasManyValues !== Boolean(quantifier)) {
    diagnostics.error(hasManyValues
      ? `${subject}: the key has many values: put ForAnyValue: or ForAllValues: before the operator`
      : `${subject}: the key has one value: drop ${quantifier}`);
  }
  if (values.length === 0) {
    diagnostics.error(`${subject}: values is empty, which no request meets: list at least one`);
  }
  const form = valueForm(family, type);
  for (const value of values) {
    if (form && !Token.isUnresolved(value) && !form.matches(value)) {
      diagnostics.error(`${subject}: value ${formatValue(value)} doesn't suit the operator: expected ${form.expected}`);
    }
  }
  return {
    operator,
    key: tag === undefined ? entry.key : entry.key.replace('${TagKey}', tag),
    catalogKey: entry.key,
    values: distinctValues(values, tokenKey),
    global: entry.global ?? false,
    matchesWhenKeyIsMissing: matchesWhenKeyIsMissing(parsed, values),
  };
}

/** The catalog's entry of a key, and the tag's key in it. IAM compares keys regardless of case. */
function findKey(
  key: string, diagnostics: Diagnostics,
): { readonly entry: ConditionKeyEntry; readonly tag?: string } | undefined {
  const [, prefix, tag] = /^(aws:(?:RequestTag|ResourceTag|PrincipalTag)\/)(?!\$\{)(.+)/is.exec(key) ?? [];
  const wanted = (tag === undefined ? key : `${prefix}\${TagKey}`).toLowerCase();
  const entry = CONDITION_KEYS.find((known) => (
    known.key.toLowerCase() === wanted && (tag !== undefined || !known.key.endsWith('}'))));
  if (!entry) {
    diagnostics.error(
      `${formatValue(key)} is not a condition key of ElastiCache or of all AWS services: `
      + didYouMean(nearestKey(key)),
    );
    return undefined;
  }
  return { entry, tag };
}

/** Each value once, in an order that doesn't depend on how they were listed. */
function distinctValues(values: string[], tokenKey: TokenKey): string[] {
  const byKey = new Map(values.map((value) => [tokenKey(value), value]));
  return [...byKey.entries()].sort(compareByKey).map(([, value]) => value);
}

/** Reports conditions that one policy statement can't have together. */
export function checkTogether(conditions: CheckedCondition[], diagnostics: Diagnostics): void {
  conditions.forEach(({ operator, key }, index) => {
    if (conditions.findIndex((other) => other.operator === operator && other.key === key) < index) {
      diagnostics.error(
        `condition ${operator} on ${key} is listed twice: give one all the values that are allowed, `
        + 'or make a grant for each',
      );
    }
  });
}

/** Whether AWS supplies the key where the operation is authorized on the type, or on `*` without one. */
export function suppliesKey(
  { keys = [], types = {} }: OperationEntry, type: string | undefined, { catalogKey, global }: CheckedCondition,
): boolean {
  return global || keys.includes(catalogKey)
    || (type !== undefined && (types[type].keys ?? []).includes(catalogKey));
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
