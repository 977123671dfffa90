/**
 * Conditions on one key in; whether any request can meet all of them out.
 *
 * Conditions of a statement must all be met. Some never are together, such as `StringEquals` and `StringNotEquals` with
 * one value, and the statement then allows nothing. Only what is proved is reported: a token or a policy variable may
 * be any text, and where two patterns might share a text, they are taken to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { BlockList, isIP } from 'net';
import { Token } from 'aws-cdk-lib/core';
import { Operator, parseOperator } from './operators';
import { CheckedCondition } from '../model';
import { covers, mayShareText, parsePattern, TextPattern } from '../util/patterns';

interface ParsedCondition extends Omit<Operator, 'ifExists'> {
  readonly values: string[];
  readonly negated?: boolean;
}

/** Whether it is proved that no request meets all of the conditions, which are on one key. */
export function areNeverMet(conditions: CheckedCondition[]): boolean {
  if (conditions.some((condition) => parseOperator(condition.operator).family === 'Null'
    && condition.values.some((value) => Token.isUnresolved(value)))) {
    return false;
  }
  const withoutKey = conditions.every(({ matchesWhenKeyIsMissing, alwaysSupplied }) => (
    matchesWhenKeyIsMissing && !alwaysSupplied));
  return !withoutKey && !canBeMetByValues(conditions);
}

/** Whether a request may meet the conditions in which the key has this value. */
export function mayBeMetBy(value: string, conditions: CheckedCondition[]): boolean {
  return canBeMetByValues(conditions.map((condition) => ({ ...condition, possibleValues: [value] })));
}

function canBeMetByValues(conditions: CheckedCondition[]): boolean {
  const parsed = conditions.map(({ operator, values }): ParsedCondition => {
    const parts = parseOperator(operator);
    return { ...parts, values, negated: /Not/.test(parts.base) };
  });
  if (parsed.some(({ family, values }) => family === 'Null' && !values.includes('false'))) {
    return false;
  }
  const compared = parsed.filter(({ family }) => family !== 'Null');
  const onAll = compared.filter(({ quantifier }) => quantifier === 'ForAllValues:');
  const onAny = compared.filter(({ quantifier }) => quantifier === 'ForAnyValue:');
  const { possibleValues } = conditions[0];
  // Some value must meet each ForAnyValue, and every value, so that one too, all of ForAllValues.
  return onAny.length > 0
    ? onAny.every((one) => oneValueMeets([one, ...onAll], possibleValues))
    : oneValueMeets(compared, possibleValues);
}

function oneValueMeets(conditions: ParsedCondition[], possibleValues: string[] | undefined): boolean {
  // The operators that suit one key compare numbers, or addresses, or text.
  const family = conditions[0]?.family;
  if (family === 'Numeric' || family === 'Date') {
    return oneNumberMeets(conditions);
  }
  if (family === 'IPAddress') {
    return survives(conditions.filter(({ negated }) => !negated), conditions.filter(({ negated }) => negated), RANGES);
  }
  const possible: ParsedCondition = { base: 'StringLike', values: possibleValues ?? ['*'] };
  return survives(
    [...conditions.filter(({ negated }) => !negated), possible], conditions.filter(({ negated }) => negated), TEXTS);
}

/** How the values of conditions relate to each other. */
interface Relations {
  readonly mayShare: (a: ParsedCondition, one: string, b: ParsedCondition, other: string) => boolean;

  /** Whether the value of a negated condition is proved to exclude all that the other value stands for. */
  readonly excludes: (negated: ParsedCondition, excluded: string, a: ParsedCondition, one: string) => boolean;
}

/** Whether each positive condition has a value that no other condition rules out. */
function survives(positive: ParsedCondition[], negated: ParsedCondition[], relations: Relations): boolean {
  return positive.every((a) => a.values.some((one) => (
    positive.every((b) => b.values.some((other) => relations.mayShare(a, one, b, other)))
    && !negated.some((b) => b.values.some((excluded) => relations.excludes(b, excluded, a, one))))));
}

const TEXTS: Relations = {
  mayShare: (a, one, b, other) => {
    const [first, second] = [patternOf(a, one), patternOf(b, other)];
    return !first || !second || mayShareText(first, second);
  },
  excludes: (negated, excluded, a, one) => {
    if (excluded === one && negated.base.replace('Not', '') === a.base) {
      return true;
    }
    const [first, second] = [patternOf(negated, excluded), patternOf(a, one)];
    // IAM compares the parts of an ARN one by one, so that a pattern may match less than it does as a text.
    return first !== undefined && second !== undefined && negated.family !== 'ARN' && covers(first, second);
  },
};

/** The pattern that a value is to its operator; undefined where it holds a token or a policy variable. */
function patternOf({ base }: ParsedCondition, value: string): TextPattern | undefined {
  return Token.isUnresolved(value)
    ? undefined
    : parsePattern(value, { wildcards: /Like|Arn/.test(base), ignoresCase: /IgnoreCase/.test(base) });
}

const RANGES: Relations = {
  mayShare: (_a, one, _b, other) => !isRange(one) || !isRange(other) || holds(one, other) || holds(other, one),
  excludes: (_negated, excluded, _a, one) => holds(excluded, one),
};

function isRange(value: string): boolean {
  return isIP(value.split('/')[0]) !== 0;
}

/** Whether all addresses of the inner range are in the outer one; never where either is not known. */
function holds(outer: string, inner: string): boolean {
  const [[network, bits], [address, innerBits]] = [outer, inner].map((range) => {
    const [first, length] = range.split('/');
    return [first, Number(length ?? (isIP(first) === 4 ? 32 : 128))] as const;
  });
  if (isIP(network) === 0 || isIP(network) !== isIP(address) || bits > innerBits) {
    return false;
  }
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, family);
  return list.check(address, family);
}

const COMPARISONS: Record<string, (actual: number, expected: number) => boolean> = {
  Equals: (actual, expected) => actual === expected,
  LessThan: (actual, expected) => actual < expected,
  LessThanEquals: (actual, expected) => actual <= expected,
  GreaterThan: (actual, expected) => actual > expected,
  GreaterThanEquals: (actual, expected) => actual >= expected,
};

/** Whether a number meets all conditions: each that they name is tried, and one between each two, and beyond. */
function oneNumberMeets(conditions: ParsedCondition[]): boolean {
  const sorted = conditions
    .flatMap(({ family, values }) => values.map((value) => numberOf(family, value)))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b);
  const between = sorted.slice(1).map((number, index) => (sorted[index] + number) / 2);
  // Without a known number, this is NaN, one that is not known either.
  const candidates = [sorted[0] - 1, ...sorted, ...between, sorted[sorted.length - 1] + 1];
  return candidates.some((candidate) => conditions.every(({ base, family, values }) => {
    const comparison = base.replace(/Numeric|Date/, '');
    return comparison === 'NotEquals'
      ? !values.some((value) => numberOf(family, value) === candidate)
      : values.map((value) => numberOf(family, value)).some((number) => (
        Number.isNaN(number) || COMPARISONS[comparison](candidate, number)));
  }));
}

/** A number, or a date in seconds since 1970; NaN where it is not known. */
function numberOf(family: string | undefined, value: string): number {
  // To a Date operator, four digits may be a year or seconds.
  if (/^-?\d+(\.\d+)?$/.test(value) && (family === 'Numeric' || !/^\d{4}$/.test(value))) {
    return Number(value);
  }
  return /^\d{4}-\d\d/.test(value) ? Date.parse(value) / 1000 : NaN;
}
