/**
 * What an error offers in place of a name that doesn't exist: an operation, a resource type, a condition key or a
 * condition operator.
 *
 * Well-known mistakes are rows of `spec/suggestions.json`; other names are compared word by word. Where nothing is
 * near, nothing is offered, and the error says where AWS lists the names.
 */
import {
  CONDITION_KEYS, OPERATIONS, RESOURCE_TYPES, SERVICE_AUTHORIZATION_REFERENCE, SUGGESTIONS,
} from './catalog.generated';
import { formatValue } from '../util/diagnostics';
import { nearest, nearestSpelling } from '../util/nearest';

const OPERATOR_PAGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const OPERATION_WORDS = { synonyms: SUGGESTIONS.synonyms, ignored: ['cache'], sameFirstWord: true };
const TYPE_WORDS = { synonyms: SUGGESTIONS.synonyms, ignored: ['cache'], sameFirstWord: false };
const KEY_WORDS = { synonyms: [], ignored: ['cache', 'enabled'], sameFirstWord: false };
const OPERATOR_WORDS = { synonyms: [], ignored: [], sameFirstWord: false };

/** The operation that somebody meant. What AWS has retired is offered for a misspelling of its name alone. */
export function nearestOperation(name: string): string | undefined {
  const bare = name.replace(/^elasticache:/i, '');
  const known = Object.keys(OPERATIONS);
  return nearestSpelling(bare, known)
    ?? rowOf(SUGGESTIONS.operations, bare)
    ?? nearest(bare, known.filter((one) => !OPERATIONS[one].retired), OPERATION_WORDS);
}

/** The resource type that somebody meant, which has a name in `ElastiCacheResource` and one in ARNs. */
export function nearestResourceType(name: string): string | undefined {
  // As CloudFormation has it.
  const bare = name.replace(/^AWS::ElastiCache::/i, '');
  const known = new Map(Object.entries(RESOURCE_TYPES).flatMap(([type, entry]) => [[entry.name, type], [type, type]]));
  const names = [...known.keys()];
  const found = nearestSpelling(bare, names) ?? nearest(bare, names, TYPE_WORDS);
  return found === undefined ? undefined : known.get(found);
}

/** The condition key that somebody meant, with the tag that they wrote. The service before the colon may be another. */
export function nearestKey(key: string): string | undefined {
  const [, bare, tag] = /^(?:[^:]*:)?([^/]*)(?:\/(.*))?$/s.exec(key)!;
  const known = new Map(CONDITION_KEYS.map((entry) => [bareKey(entry.key), entry.key]));
  const names = [...known.keys()];
  const found = nearestSpelling(bare, names)
    ?? rowOf(SUGGESTIONS.conditionKeys, bare)
    ?? nearest(bare, names, KEY_WORDS);
  return found === undefined ? undefined : known.get(found)!.replace('${TagKey}', /^[^$]/.test(tag ?? '') ? tag : '…');
}

function bareKey(key: string): string {
  return key.replace(/^.*?:/, '').replace(/\/.*/, '');
}

/** The condition operator that somebody meant. */
export function nearestOperator(base: string, operators: string[]): string | undefined {
  return nearestSpelling(base, operators)
    ?? rowOf(SUGGESTIONS.conditionOperators, base)
    ?? nearest(base, operators, OPERATOR_WORDS);
}

function rowOf(rows: Readonly<Record<string, string>>, name: string): string | undefined {
  const wrong = name.toLowerCase();
  return Object.hasOwn(rows, wrong) ? rows[wrong] : undefined;
}

/** How an error about a name goes on: what was meant, or where AWS lists the names. */
export function didYouMean(suggestion: string | undefined, page: string = SERVICE_AUTHORIZATION_REFERENCE): string {
  return suggestion === undefined ? `AWS lists them on ${page}` : `did you mean ${formatValue(suggestion)}?`;
}

/** How an error about a condition operator goes on. */
export function suggestOperator(base: string, operators: string[]): string {
  return didYouMean(nearestOperator(base, operators), OPERATOR_PAGE);
}
