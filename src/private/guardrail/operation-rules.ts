/**
 * Rules that deny operations as a whole, everywhere or on some resources.
 *
 * Patterns stay patterns: a list of names would let through what AWS adds. What a pattern matches today is told to the
 * reviewer, and a pattern that matches nothing is an error.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
import { Token } from 'aws-cdk-lib/core';
import { Denial, NOTHING, RuleContext, WrittenRule } from './denial';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCacheResource } from '../../elasticache-resource';
import { OPERATIONS, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { actionOf, entryOf, typesOf } from '../catalog/lookup';
import { didYouMean, nearestOperation } from '../catalog/suggestions';
import { TypedArn } from '../model';
import { hasOperationName, listOf } from '../resolve/input';
import { formatValue } from '../util/diagnostics';
import { checkInstance, checkText } from '../util/shape';
import { constantCase, matchesPattern } from '../util/text';
import { valuesByKey } from '../util/tokens';

/**
 * The operations that take snapshots out of ElastiCache. AWS has no key that tells a copy to a bucket from one within
 * ElastiCache, so copies of node-based snapshots are denied as a whole.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
 */
const EXPORTS = ['CopySnapshot', 'Export*'];

type Written = Omit<WrittenRule, 'name'>;

/** Denies the operations, on the resources where some are listed. */
export function deniedOperations(operations: unknown, resources: unknown, context: RuleContext): Written {
  const names = checkOperations(operations, context);
  const located = locate(resources, context);
  if (names.length === 0 || located === undefined) { return NOTHING; }
  if (located !== 'any') {
    names.filter((name) => entryOf(name) === undefined).forEach((name) => context.diagnostics.error(
      `${context.method}: ${name} is a custom operation, whose resource types are not known: deny it by a rule of its `
      + 'own, without resources'));
    const useless = names.filter((name) => entryOf(name) !== undefined && !isAuthorizedOn(name, located));
    useless.forEach((name) => context.diagnostics.errorAbout(
      constantCase(name), (listed, several) => (`${context.method}: AWS authorizes ${listed} on none of the listed `
        + `resources, so ${several ? 'they' : 'it'} would not be denied: ${suggestTypes(name)}`)));
    reportUnused(located, names, context);
  }
  return denialOf(names, located, () => 'the operation is denied');
}

/** Denies the operations that match a pattern, on the resources where some are listed. */
export function deniedMatching(pattern: unknown, resources: unknown, context: RuleContext): Written {
  const names = checkPattern(pattern, context);
  const located = locate(resources, context);
  if (names === undefined || located === undefined) { return NOTHING; }
  const matches = Object.keys(OPERATIONS).filter((name) => matchesPattern(name, names));
  if (matches.length === 0) {
    const nearest = /[*?]/.test(names) ? undefined : nearestOperation(names);
    context.diagnostics.error(`${context.method}: ${formatValue(pattern)} matches no ElastiCache operation: `
      + (nearest ? didYouMean(nearest) : 'expected a pattern of operation names, such as "Delete*"'));
    return NOTHING;
  }
  if (located !== 'any') {
    if (!matches.some((name) => isAuthorizedOn(name, located))) {
      context.diagnostics.error(`${context.method}: AWS authorizes no operation that matches ${formatValue(pattern)} `
        + 'on the listed resources, so nothing would be denied: list resources of another type, or drop resources');
    } else {
      reportUnused(located, matches, context);
    }
  }
  return denialOf([names], located, () => `the operation matches ${formatValue(names)}`);
}

/** Denies what takes snapshots out of ElastiCache. */
export function deniedExports(): Written {
  return denialOf(EXPORTS, 'any', (operationName) => (
    `the operation ${operationName === 'CopySnapshot' ? 'may export' : 'exports'} a snapshot`));
}

function denialOf(patterns: string[], resources: TypedArn[] | 'any', reason: Denial['reason']): Written {
  const actions = patterns.map(actionOf);
  return {
    denials: [resources === 'any'
      ? { actions, resources: ['*'], keys: [], reason }
      : {
        actions,
        resources: resources.map(({ arn }) => arn),
        types: [...new Set(resources.map(({ type }) => type))],
        keys: [],
        reason,
      }],
    unreached: {},
  };
}

/** The names of operations, each once; those that are none are reported. */
export function checkOperations(operations: unknown, context: RuleContext): string[] {
  const { method, diagnostics } = context;
  const found: string[] = [];
  listOf((value, subject) => {
    const example = 'ElastiCacheOperation.DELETE_USER';
    if (checkInstance(value, ElastiCacheOperation, example, subject, diagnostics, hasOperationName)) {
      found.push(value.operationName);
    }
  })(operations, `${method}: operations`, diagnostics);
  if (Array.isArray(operations) && operations.length === 0) {
    diagnostics.error(`${method}: operations is empty: list at least one, such as ElastiCacheOperation.DELETE_USER`);
  }
  return [...new Set(found)].sort();
}

/** The pattern without the service before it; undefined where it is none. */
function checkPattern(pattern: unknown, { method, diagnostics }: RuleContext): string | undefined {
  const expected = 'text, such as "Delete*"';
  if (!checkText(pattern, `${method}: pattern`, expected, diagnostics)) { return undefined; }
  if (Token.isUnresolved(pattern)) {
    diagnostics.error(`${method}: pattern is only known at deployment, and what it reaches must be known before: `
      + 'pass a literal pattern');
    return undefined;
  }
  const [, names] = /^(?:elasticache:)?([a-z0-9*?]+)$/i.exec(pattern) ?? [];
  if (names === undefined) {
    diagnostics.error(`${method}: ${formatValue(pattern)} is not a pattern of ElastiCache operations: expected `
      + 'letters, digits, "*" and "?", such as "Delete*" or "elasticache:Delete*"');
  }
  return names;
}

/** Where the resources are: a Region or an account that isn't named is any. */
function locate(resources: unknown, context: RuleContext): TypedArn[] | 'any' | undefined {
  const { method, scope, tokens, diagnostics } = context;
  if (resources === undefined) { return 'any'; }
  let complete = Array.isArray(resources) && resources.length > 0;
  if (Array.isArray(resources) && !complete) {
    diagnostics.error(`${method}: resources is empty: list at least one, or drop resources to deny the operations on `
      + 'all');
  }
  const found = new Map<string, TypedArn>();
  listOf((value, subject) => {
    const example = "ElastiCacheResource.replicationGroup('prod-*')";
    const isResource = checkInstance(value, ElastiCacheResource, example, subject, diagnostics);
    const located = isResource ? value._locate(scope, diagnostics, true) : undefined;
    if (isResource && value._conditions.length > 0) {
      diagnostics.error(`${subject} has a condition, and what a guardrail denies has none: use protectTagged, or leave `
        + 'withCondition out');
    }
    complete &&= located !== undefined;
    if (located) { found.set(tokens.tokenKey(located.arn), located); }
  })(resources, `${method}: resources`, diagnostics);
  return complete ? valuesByKey(found) : undefined;
}

function isAuthorizedOn(operationName: string, resources: TypedArn[]): boolean {
  return typesOf(entryOf(operationName)).some((type) => resources.some((resource) => resource.type === type));
}

function suggestTypes(operationName: string): string {
  const types = typesOf(entryOf(operationName)).map((type) => RESOURCE_TYPES[type].name);
  return types.length === 0
    ? 'drop resources, or deny it by a rule of its own'
    : `list a resource of a type that it is authorized on (${types.join(', ')}), or drop it`;
}

function reportUnused(resources: TypedArn[], names: string[], { method, diagnostics }: RuleContext): void {
  const used = new Set(names.flatMap((name) => typesOf(entryOf(name))));
  [...new Set(resources.map(({ type }) => type))].filter((type) => !used.has(type)).forEach((type) => (
    diagnostics.error(`${method}: AWS authorizes none of the operations on a ${RESOURCE_TYPES[type].name}: drop that `
      + 'resource')));
}
