/**
 * Which resources an operation is allowed on, and which conditions hold there.
 *
 * AWS authorizes a call on every resource that it names, and lists per operation the types, the ones that each call
 * names, and the condition keys of each type. A condition whose key AWS doesn't supply for a type denies every call, or
 * guards nothing if its operator is negated. So a condition goes only where its key is supplied, and what it leaves out
 * is reported.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 */
import { Aws } from 'aws-cdk-lib/core';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { OperationEntry } from '../catalog/entries';
import { suppliesKey } from '../catalog/key-presence';
import { createdTypes, entryOf, typesOf } from '../catalog/lookup';
import { CheckedCondition, Scope } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { constantCase } from '../util/text';

/** A resource that an action is allowed on, with the conditions that hold there. */
export interface AuthorizedResource {
  readonly resource: string;

  /** The type, where the resource is an ARN. */
  readonly type?: string;

  /** Why the resource is needed, as a permission's reason says it. */
  readonly why?: string;

  /** Where the resource comes from, if the caller didn't list it. */
  readonly origin?: string;
  readonly conditions: CheckedCondition[];
}

/** What an operation's own action is allowed on. Reports all that would make the permission useless. */
export function authorizedResources(
  operationName: string, scope: Scope, diagnostics: Diagnostics,
): AuthorizedResource[] {
  const entry = entryOf(operationName);
  if (!entry) {
    return resourcesOfCustomOperation(operationName, scope, diagnostics);
  }
  const { resources } = scope;
  const allowed = resourcesOfTypes(entry, typesOf(entry), scope);
  if (resources && entry.types && !scope.hasUnknownResource) {
    checkTypes(operationName, entry, new Set(allowed.map(({ type }) => type!)), diagnostics);
  }
  checkConditions(operationName, entry, allowed, scope, diagnostics);
  return resources ? allowed.map((one) => ({ ...one, why: whyListed(entry, one.type) })) : allowed;
}

function whyListed({ types = {} }: OperationEntry, type: string | undefined): string {
  if (type === undefined) { return 'which AWS authorizes on no resource: only * allows it'; }
  return types[type].required ? 'a type that every call is authorized on' : 'where a call names it';
}

/** The resource types and keys of a custom operation are unknown, so nothing can limit it. */
function resourcesOfCustomOperation(
  operationName: string, { resources, conditions }: Scope, diagnostics: Diagnostics,
): AuthorizedResource[] {
  if (resources) {
    diagnostics.error(
      `${operationName} is a custom operation, whose resource types are not known, so resources can't limit it: `
      + 'use a separate grant for it, without resources',
    );
  }
  conditions.filter(({ global }) => !global).forEach(({ key }) => diagnostics.error(
    `${operationName} is a custom operation, and it is not known whether AWS supplies ${key} with it: `
    + 'use a separate grant for it, without that condition',
  ));
  return [{ resource: '*', why: 'a custom operation of which nothing else is known', conditions }];
}

/** The resources of some types that an action is allowed on, each with the conditions whose keys AWS supplies there. */
export function resourcesOfTypes(
  entry: OperationEntry, types: string[], { resources, conditions }: Scope,
): AuthorizedResource[] {
  const conditionsOn = (type: string | undefined, own: CheckedCondition[] = []) => (
    [...conditions, ...own].filter((condition) => suppliesKey(entry, type, condition)));
  if (types.length === 0) {
    return [{ resource: '*', conditions: conditionsOn(undefined) }];
  }
  if (resources) {
    return resources
      .filter(({ type }) => types.includes(type))
      .map(({ type, arn, origin, conditions: own }) => ({
        resource: arn, type, origin, conditions: conditionsOn(type, own),
      }));
  }
  // A statement on `*` covers all types. With a condition that only some of them have, it would deny the others, or let
  // them pass. So each type then gets a statement of its own.
  const sameOnAllTypes = conditions.every((condition) => (
    new Set(typesOf(entry).map((type) => suppliesKey(entry, type, condition))).size === 1));
  return sameOnAllTypes
    ? [{ resource: '*', conditions: conditionsOn(types[0]) }]
    : types.map((type) => ({ resource: anyOfType(type), type, conditions: conditionsOn(type) }));
}

function anyOfType(type: string): string {
  return `arn:${Aws.PARTITION}:elasticache:${RESOURCE_TYPES[type].global ? '' : '*'}:*:${type}:*`;
}

/** How an error names a missing resource and says how to add it. */
export function suggestAdding(types: string[]): string {
  const names = types.map((type) => RESOURCE_TYPES[type].name);
  const statics = types.map((type) => {
    const { name, suggestedName = '…' } = RESOURCE_TYPES[type];
    return `ElastiCacheResource.${name}('${suggestedName}')`;
  });
  return `${names.map((name) => `a ${name}`).join(' or ')}: add ${statics.join(' or ')}`;
}

/** The types without which no call of the operation is allowed, each with its alternatives. */
function requiredButMissing(entry: OperationEntry, listed: Set<string>): string[][] {
  const { types = {}, oneOf } = entry;
  const missing = typesOf(entry).filter((type) => types[type].required && !listed.has(type)).map((type) => [type]);
  if (oneOf && !oneOf.some((type) => listed.has(type))) {
    missing.push(oneOf);
  }
  return missing.length > 0 || typesOf(entry).some((type) => listed.has(type)) ? missing : [typesOf(entry)];
}

/** The types without which no call of a known operation is allowed, each with its alternatives. */
export function requiredTypesMissing(operationName: string, listed: Set<string>): string[][] {
  return requiredButMissing(entryOf(operationName)!, listed);
}

/** All types that a known operation lacks where it is allowed on some only, each with its alternatives. */
export function missingTypes(operationName: string, listed: Set<string>): string[][] {
  const required = requiredButMissing(entryOf(operationName)!, listed);
  const created = createdTypes(operationName).filter((type) => !listed.has(type) && !required.flat().includes(type));
  return [...required, ...created.map((type) => [type])];
}

/** Reports the types without which no call of the operation is allowed. */
function checkTypes(
  operationName: string, entry: OperationEntry, listed: Set<string>, diagnostics: Diagnostics,
): void {
  const operation = constantCase(operationName);
  requiredButMissing(entry, listed).forEach((alternatives) => diagnostics.errorAbout(operation, (subjects, several) => (
    `${subjects} also ${several ? 'need' : 'needs'} ${suggestAdding(alternatives)}`)));

  const created = createdTypes(operationName);
  if (!created.every((type) => listed.has(type))) {
    diagnostics.warning(
      `createdResource.${operationName}`,
      `AWS also authorizes ${operation} on the resource that it creates, so its calls will be denied `
      + `without ${suggestAdding(created)}`,
    );
  }
}

/** Reports the conditions that hold nowhere, and warns of those that may guard less than they seem to. */
function checkConditions(
  operationName: string, entry: OperationEntry, allowed: AuthorizedResource[], scope: Scope, diagnostics: Diagnostics,
): void {
  for (const condition of scope.conditions) {
    const operation = constantCase(operationName);
    const { operator, key } = condition;
    const without = allowed.filter(({ conditions }) => !conditions.includes(condition));
    const types = [...new Set(without.map(({ type }) => type))].join(', ');
    if (without.length === allowed.length && allowed.length > 0) {
      const elsewhere = typesOf(entry).filter((type) => suppliesKey(entry, type, condition));
      if (elsewhere.length > 0 && scope.hasUnknownResource) { continue; }
      diagnostics.error((elsewhere.length > 0
        ? `AWS supplies ${key} to ${operation} with none of the listed resources, only with ${suggestAdding(elsewhere)}`
        : `AWS never supplies ${key} to ${operation}, so the condition would ${effectWithoutKey(condition)}: `
          + 'use a separate grant for the operation') + suggestKeys(entry, allowed));
    } else if (condition.matchesWhenKeyIsMissing && without.length > 0) {
      diagnostics.warning(
        'lenientCondition',
        `a request without ${key} meets the condition ${operator} on it, and AWS doesn't supply the key to `
        + `${operation} `
        + `with ${types}: make sure that what the condition guards is not among these, or use an operator that `
        + 'requires the key',
      );
    } else {
      warnOfOpenTypes(operationName, entry, condition, without, diagnostics);
    }
  }
  for (const { type, arn, conditions } of scope.resources ?? []) {
    conditions.filter((condition) => typesOf(entry).includes(type) && !suppliesKey(entry, type, condition))
      .forEach((condition) => diagnostics.error(
        `AWS never supplies ${condition.key} to ${constantCase(operationName)} with a ${RESOURCE_TYPES[type].name}, so `
        + `the condition of ${formatValue(arn)} would ${effectWithoutKey(condition)}: use a separate grant for the `
        + 'operation',
      ));
  }
}

function effectWithoutKey({ matchesWhenKeyIsMissing }: CheckedCondition): string {
  return matchesWhenKeyIsMissing ? 'guard nothing' : 'deny every call';
}

/** The keys that an operation has, to end an error, where it has but few. */
function suggestKeys(entry: OperationEntry, allowed: AuthorizedResource[]): string {
  if (!entry.fewGlobalKeys) { return ''; }
  const types = allowed[0].type === undefined ? typesOf(entry) : allowed.map(({ type }) => type!);
  const ofTypes = [...new Set(types)].flatMap((type) => (entry.types![type].keys ?? []).map((key) => (
    `${key} with a ${RESOURCE_TYPES[type].name}`)));
  const keys = [...(entry.keys ?? []).map((key) => key.replace('${TagKey}', '…')), ...ofTypes];
  return `, or one of the keys that AWS supplies: ${keys.join(', ')}`;
}

/**
 * Warns of types on which a call isn't limited, though the condition looks as if it were: a tag of a resource that AWS
 * doesn't compare, and a type that a call may name in place of the one that has the key.
 */
function warnOfOpenTypes(
  operationName: string, { oneOf = [], fewGlobalKeys }: OperationEntry, condition: CheckedCondition,
  without: AuthorizedResource[], diagnostics: Diagnostics,
): void {
  const { key, catalogKey, global } = condition;
  const open = without.filter(({ resource, type, conditions }) => (
    global && fewGlobalKeys
      ? oneOf.includes(type ?? '') && conditions.length === 0
      : catalogKey.startsWith('aws:ResourceTag/') && resource.endsWith(`:${type}:*`) && conditions.length === 0));
  if (open.length > 0) {
    const names = [...new Set(open.map(({ type }) => `a ${RESOURCE_TYPES[type!].name}`))].join(' or ');
    diagnostics.warning(
      `openType.${operationName}`,
      `AWS doesn't supply ${key} to ${constantCase(operationName)} with ${names}, so the condition doesn't limit which `
      + 'one a call names: list the resources of that type that calls may name, each with a condition of its own where '
      + 'it needs one',
    );
  }
}
