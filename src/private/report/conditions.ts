/**
 * Conditions in words: the block of a policy in, and a sentence's part out, such as "if aws:MultiFactorAuthPresent is
 * true".
 *
 * A reviewer who signs shouldn't need IAM's table of operators. The words say what IAM does, with a request that lacks
 * the key included, since that is where a condition is weaker than it looks.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { parseOperator } from '../resolve/operators';

/** What an operator says of a key, before its values. */
const WORDS: Record<string, string> = {
  StringEquals: 'is',
  StringNotEquals: 'is not',
  StringEqualsIgnoreCase: 'is, in any case,',
  StringNotEqualsIgnoreCase: 'is not, in any case,',
  StringLike: 'matches',
  StringNotLike: 'does not match',
  NumericEquals: 'is',
  NumericNotEquals: 'is not',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
  Bool: 'is',
  BinaryEquals: 'is',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  // AWS gives ArnEquals and ArnLike the same meaning: both take wildcards.
  ArnEquals: 'matches',
  ArnLike: 'matches',
  ArnNotEquals: 'does not match',
  ArnNotLike: 'does not match',
};

/** Conditions in words, each of which must hold; an empty text where there is none. */
export function conditionsInWords(conditions: { [operator: string]: { [key: string]: string[] } } = {}): string {
  return Object.entries(conditions)
    .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => inWords(operator, key, values)))
    .sort()
    .join('; and ');
}

function inWords(operator: string, key: string, values: string[]): string {
  const { quantifier, base, ifExists, family } = parseOperator(operator);
  if (family === 'Null') {
    return values.includes('true') ? `${key} is missing` : `${key} is present`;
  }
  const subject = quantifier === undefined
    ? key
    : `${quantifier === 'ForAllValues:' ? 'every value' : 'some value'} of ${key}`;
  const isText = family === 'String' || family === 'ARN';
  const listed = [...values].sort().map((value) => (isText ? JSON.stringify(value) : value));
  const isMetWithout = ifExists || quantifier === 'ForAllValues:' || /Not/.test(base);
  return `${subject} ${WORDS[base]} ${listed.join(' or ')}${isMetWithout ? ', or the request has no such key' : ''}`;
}
