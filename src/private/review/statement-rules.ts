/**
 * The rules that judge one statement by itself: its actions, its resources, its conditions.
 *
 * A statement in, findings out. Each is provable from AWS's lists alone, whatever else the principal has: an action
 * that doesn't exist, a resource that no action is authorized on, a condition on a key that the action never has.
 */
import { conditionFindings } from './condition-rules';
import { Finding } from './findings';
import { allOperations, isOwnOnly, ReviewedStatement } from './statement';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { entryOf, typesOf } from '../catalog/lookup';
import { didYouMean, nearestOperation } from '../catalog/suggestions';
import { formatValue } from '../util/diagnostics';
import { nearestSpelling } from '../util/nearest';

const SERVICE = 'elasticache';

/** What is wrong with a statement whatever the others are. */
export function findingsOf(statement: ReviewedStatement): Finding[] {
  return [...unknownActions(statement), ...resourceFindings(statement), ...conditionFindings(statement)];
}

function unknownActions(statement: ReviewedStatement): Finding[] {
  return statement.actions.flatMap(({ text, name, operations, isExact }): Finding[] => {
    const [prefix] = /[^:]*(?=:)/.exec(text) ?? [''];
    if (name === undefined) {
      return isMisspelled(prefix)
        ? [{
          rule: 'unknownAction', statement, text: `${formatValue(text)} is of no service: did you mean "elasticache"?`,
        }]
        : [];
    }
    if (operations.length > 0 || /[*?]/.test(prefix)) { return []; }
    return [{
      rule: 'unknownAction',
      statement,
      text: isExact
        ? `${formatValue(text)} is not an action of ElastiCache: ${didYouMean(nearestOperation(name))}`
        : `${formatValue(text)} matches no action of ElastiCache`,
    }];
  });
}

/** Whether a service was meant to be ElastiCache. Most names of services are of another length. */
function isMisspelled(service: string): boolean {
  return Math.abs(service.length - SERVICE.length) <= 1 && !/[*?]/.test(service)
    && nearestSpelling(service, [SERVICE]) !== undefined;
}

function resourceFindings(statement: ReviewedStatement): Finding[] {
  const operations = allOperations(statement);
  if (operations.length === 0) { return []; }
  const effect = statement.deny ? 'denies nothing there' : 'allows nothing there';
  return statement.resources?.flatMap(({ shown, types, problem, isForeign }): Finding[] => {
    if (problem !== undefined) {
      return [{ rule: 'invalidArn', statement, text: `${formatValue(shown)} matches nothing: ${problem}` }];
    }
    if (isForeign) {
      return isOwnOnly(statement)
        ? [{
          rule: 'unusedResource',
          statement,
          text: `${formatValue(shown)} is not of ElastiCache, and all actions of the statement are, so it ${effect}`,
        }]
        : [];
    }
    if (!types || operations.some((operation) => typesOf(entryOf(operation)).some((type) => types.includes(type)))) {
      return [];
    }
    const names = types.map((type) => RESOURCE_TYPES[type].name).join(' or ');
    return [{
      rule: 'unusedResource',
      statement,
      text: `AWS authorizes no action of the statement on a ${names}, so with ${formatValue(shown)} it ${effect}`,
    }];
  }) ?? [];
}
