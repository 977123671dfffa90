/**
 * IAM's condition operators: which suit the type of a key, what their values look like, and which are met by a request
 * without the key.
 *
 * IAM accepts a condition whose operator doesn't suit the key, and then never matches. So operators and values are
 * checked by this table.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { isIP } from 'net';

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const STRING_COMPARISONS = ['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'];

/** The operators, by the type of value that they compare. */
const OPERATORS_BY_FAMILY: Record<string, string[]> = {
  String: STRING_COMPARISONS.map((suffix) => `String${suffix}`),
  Numeric: COMPARISONS.map((suffix) => `Numeric${suffix}`),
  Date: COMPARISONS.map((suffix) => `Date${suffix}`),
  Bool: ['Bool'],
  Binary: ['BinaryEquals'],
  IPAddress: ['IpAddress', 'NotIpAddress'],
  ARN: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
  Null: ['Null'],
};

export const OPERATORS = Object.values(OPERATORS_BY_FAMILY).flat();

/** The families that suit a key's type. IAM compares the text of a Bool or an ARN where it is asked to. */
const SUITABLE_FAMILIES: Record<string, string[]> = {
  String: ['String'],
  Bool: ['Bool', 'String'],
  Numeric: ['Numeric'],
  Date: ['Date', 'Numeric'],
  IPAddress: ['IPAddress'],
  ARN: ['ARN', 'String'],
};

/** The form of values. */
interface ValueForm {
  readonly matches: (value: string) => boolean;
  readonly expected: string;
}

const VALUE_FORMS: Record<string, ValueForm> = {
  Bool: { matches: (value) => value === 'true' || value === 'false', expected: '"true" or "false"' },
  Numeric: { matches: (value) => /^-?\d+(\.\d+)?$/.test(value), expected: 'a number, such as "3"' },
  Date: { matches: isDate, expected: 'a date, such as "2026-01-31T00:00:00Z"' },
  IPAddress: { matches: isAddressRange, expected: 'an address or a range, such as "203.0.113.0/24"' },
  ARN: {
    matches: (value) => value === '*' || /^(arn:|\$\{)/.test(value),
    expected: 'an ARN, or a pattern of ARNs',
  },
};

/** An operator's parts: `ForAnyValue:`, `StringLike` and `IfExists`. */
export interface Operator {
  readonly quantifier?: string;
  readonly base: string;
  readonly ifExists: boolean;

  /** The type of value that it compares; undefined where IAM has no such operator. */
  readonly family?: string;
}

export function parseOperator(text: string): Operator {
  const [, quantifier, base, ifExists] = /(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/s.exec(text)!;
  const family = Object.keys(OPERATORS_BY_FAMILY).find((name) => OPERATORS_BY_FAMILY[name].includes(base));
  // IAM has Null alone, with nothing before or after it.
  const exists = family !== 'Null' || (!quantifier && !ifExists);
  return { quantifier, base, ifExists: ifExists !== undefined, family: exists ? family : undefined };
}

/** Whether the operator compares values of the key's type. */
export function suitsType(family: string, type: string): boolean {
  return family === 'Null' || SUITABLE_FAMILIES[type].includes(family);
}

/** The operators that suit the key's type, as an error lists them. */
export function suitableOperators(type: string): string {
  return SUITABLE_FAMILIES[type].flatMap((name) => OPERATORS_BY_FAMILY[name]).join(', ');
}

/** The form of an operator's values; undefined where any text will do, as for an ARN that is compared as text. */
export function valueForm(family: string, type: string): ValueForm | undefined {
  if (family === 'Null' || (family === 'String' && type === 'Bool')) { return VALUE_FORMS.Bool; }
  return SUITABLE_FAMILIES[type].includes(family) ? VALUE_FORMS[family] : undefined;
}

/**
 * Whether a request without the key meets the condition: a negated operator matches, `IfExists` and `ForAllValues`
 * match, and `Null` matches where it asks for the absence. `ForAnyValue` never matches then, be it negated or not.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchesWhenKeyIsMissing({ quantifier, base, ifExists, family }: Operator, values: string[]): boolean {
  return ifExists || (/Not/.test(base) && quantifier !== 'ForAnyValue:') || quantifier === 'ForAllValues:'
    || (family === 'Null' && values.includes('true'));
}

/** A date of ISO 8601 in the profile of the W3C, or the seconds since 1970. */
function isDate(value: string): boolean {
  const iso8601 = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?$/;
  return /^\d+$/.test(value) || (iso8601.test(value) && !Number.isNaN(Date.parse(value)));
}

/** One address, or a range in CIDR notation. */
function isAddressRange(value: string): boolean {
  const [, address, bits] = /(.*?)(?:\/(\d+))?$/s.exec(value)!;
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 0) <= (version === 4 ? 32 : 128);
}
