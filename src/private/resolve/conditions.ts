import { isIP } from 'net';
import { Token } from 'aws-cdk-lib/core';
import { CONDITION_KEYS } from '../catalog/catalog.generated';
import { OperationEntry } from '../catalog/entries';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { nearest } from '../util/text';
import { compareByKey, TokenKey } from '../util/token-keys';

/** A condition of which the key is known, and the operator and the values suit it. */
export interface CheckedCondition {
  readonly operator: string;
  readonly key: string;

  /** The key as the catalog has it, with `${TagKey}` in place of a tag's key. */
  readonly catalogKey: string;
  readonly values: string[];

  /** Whether AWS supplies the key with every request. */
  readonly global: boolean;

  /** Whether it is met, too, where the request lacks the key. */
  readonly matchesWhenKeyIsMissing: boolean;
}

/** Conditions as a policy has them. */
export type ConditionBlock = Record<string, Record<string, string | string[]>>;

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const FAMILIES: Record<string, string[]> = {
  String: ['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map((suffix) => `String${suffix}`),
  Numeric: COMPARISONS.map((suffix) => `Numeric${suffix}`),
  Date: COMPARISONS.map((suffix) => `Date${suffix}`),
  Bool: ['Bool'],
  Binary: ['BinaryEquals'],
  IPAddress: ['IpAddress', 'NotIpAddress'],
  ARN: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  Null: ['Null'],
};
const OPERATORS = Object.values(FAMILIES).flat();

/** The operators that suit a key's type. IAM compares the text of a Bool or an ARN where it is asked to. */
const SUITABLE: Record<string, string[]> = {
  String: ['String'], Bool: ['Bool', 'String'], Numeric: ['Numeric'], Date: ['Date', 'Numeric'], IPAddress: ['IPAddress'], ARN: ['ARN', 'String'],
};

interface Form {
  readonly fits: (value: string) => boolean;
  readonly expected: string;
}

const VALUES: Record<string, Form> = {
  Bool: { fits: (value) => value === 'true' || value === 'false', expected: '"true" or "false"' },
  Numeric: { fits: (value) => /^-?\d+(\.\d+)?$/.test(value), expected: 'a number, such as "3"' },
  Date: { fits: isDate, expected: 'a date, such as "2026-01-31T00:00:00Z"' },
  IPAddress: { fits: isAddressRange, expected: 'an address or a range, such as "203.0.113.0/24"' },
  ARN: { fits: (value) => value === '*' || /^(arn:|\$\{)/.test(value), expected: 'an ARN, or a pattern of ARNs' },
};

export function checkCondition(
  operator: string, key: string, values: string[], identify: TokenKey, findings: Diagnostics,
): CheckedCondition | undefined {
  const caller = `condition ${operator} on ${key}`;
  if ([operator, key, values].some((part) => Token.isUnresolved(part))) {
    findings.error('a condition\'s operator, key or list of values is only known at deployment: pass literal ones; a single value may be a token');
    return undefined;
  }
  const [, quantifier, base, ifExists] = /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/s.exec(operator)!;
  const family = Object.keys(FAMILIES).find((name) => FAMILIES[name].includes(base));
  if (!family || (family === 'Null' && (quantifier || ifExists))) {
    findings.error(`${formatValue(operator)} is not a condition operator: did you mean ${formatValue(nearest(base, OPERATORS))}?`);
    return undefined;
  }
  const tag = /^(aws:(?:RequestTag|ResourceTag|PrincipalTag)\/)(?!\$\{)(.+)/is.exec(key);
  const wanted = (tag ? `${tag[1]}\${TagKey}` : key).toLowerCase();
  const entry = CONDITION_KEYS.find((known) => known.key.toLowerCase() === wanted && (tag || !known.key.endsWith('}')));
  if (!entry) {
    const suggestion = nearest(key, CONDITION_KEYS.map((known) => known.key)).replace('${TagKey}', '…');
    findings.error(`${formatValue(key)} is not a condition key of ElastiCache or of all AWS services: did you mean ${formatValue(suggestion)}?`);
    return undefined;
  }

  const many = entry.type.startsWith('ArrayOf');
  const type = entry.type.replace('ArrayOf', '');
  if (family !== 'Null' && !SUITABLE[type].includes(family)) {
    findings.error(`${caller}: the key is a ${type}: expected ${SUITABLE[type].flatMap((name) => FAMILIES[name]).join(', ')} or Null`);
  }
  if (family !== 'Null' && many !== Boolean(quantifier)) {
    findings.error(many
      ? `${caller}: the key has many values: put ForAnyValue: or ForAllValues: before the operator`
      : `${caller}: the key has one value: drop ${quantifier}`);
  }
  if (values.length === 0) {
    findings.error(`${caller}: values is empty, which no request meets: list at least one`);
  }
  const wantedForm = formOf(family, type);
  for (const value of values) {
    if (wantedForm && !Token.isUnresolved(value) && !wantedForm.fits(value)) {
      findings.error(`${caller}: value ${formatValue(value)} is not what it compares: expected ${wantedForm.expected}`);
    }
  }
  return {
    operator,
    key: tag ? entry.key.replace('${TagKey}', tag[2]) : entry.key,
    catalogKey: entry.key,
    values: [...new Map(values.map((value) => [identify(value), value])).entries()].sort(compareByKey).map(([, value]) => value),
    global: entry.global ?? false,
    matchesWhenKeyIsMissing: Boolean(ifExists) || /Not/.test(base) || quantifier === 'ForAllValues:' || (family === 'Null' && values.includes('true')),
  };
}

/** What values have to look like; undefined where any text will do, as it does for an ARN that is compared as text. */
function formOf(family: string, type: string): Form | undefined {
  if (family === 'Null' || (family === 'String' && type === 'Bool')) { return VALUES.Bool; }
  return SUITABLE[type].includes(family) ? VALUES[family] : undefined;
}

/** A date of ISO 8601, as the W3C profiles it, or the seconds since 1970. */
function isDate(value: string): boolean {
  return /^\d+$/.test(value) || (/^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/.test(value) && !Number.isNaN(Date.parse(value)));
}

/** One address, or those that share their first bits. */
function isAddressRange(value: string): boolean {
  const [, address, bits] = /^(.*?)(?:\/(\d+))?$/s.exec(value)!;
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 0) <= (version === 4 ? 32 : 128);
}

/** Reports conditions that one policy statement can't have together. */
export function checkTogether(conditions: CheckedCondition[], findings: Diagnostics): void {
  conditions.forEach(({ operator, key }, index) => {
    if (conditions.findIndex((other) => other.operator === operator && other.key === key) < index) {
      findings.error(`condition ${operator} on ${key} is listed twice: give one all the values that are allowed, or make a grant for each`);
    }
  });
}

/** Whether AWS supplies the key where the operation is authorised on the type. */
export function suppliesKey({ keys = [], types = {} }: OperationEntry, type: string | undefined, { catalogKey, global }: CheckedCondition): boolean {
  return global || keys.includes(catalogKey) || (type !== undefined && (types[type].keys ?? []).includes(catalogKey));
}

/** The same with a list of values for every key, be it one value or more: a type that every language has. */
export function toLists(block: ConditionBlock): Record<string, Record<string, string[]>> {
  return Object.fromEntries(Object.entries(block).map(([operator, keys]) => (
    [operator, Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat()]))])));
}

/** The conditions as a policy has them, in an order of their own; undefined where there is none. */
export function toBlock(conditions: CheckedCondition[], fixed: ConditionBlock = {}): ConditionBlock | undefined {
  const block: ConditionBlock = { ...fixed };
  for (const { operator, key, values } of [...conditions].sort((a, b) => (`${a.operator} ${a.key}` < `${b.operator} ${b.key}` ? -1 : 1))) {
    block[operator] = { ...block[operator], [key]: values.length === 1 ? values[0] : values };
  }
  return Object.keys(block).length > 0 ? block : undefined;
}
