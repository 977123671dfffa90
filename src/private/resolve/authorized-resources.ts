import { Aws } from 'aws-cdk-lib/core';
import { REQUEST_PARAMETERS, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { OperationEntry, entryOf } from '../catalog/entries';
import { suppliesKey, CheckedCondition } from './conditions';
import { constantCase } from '../catalog/constant-case';
import { Diagnostics } from '../util/diagnostics';
import { TypedArn } from './resource-arns';

/** What the operations of a grant are narrowed to. */
export interface Scope {
  /** The listed resources; undefined where every one is allowed. */
  readonly resources?: TypedArn[];
  readonly conditions: CheckedCondition[];
}

/** A resource that AWS authorises an action on, with the conditions that can hold there. */
export interface AuthorizedResource {
  readonly resource: string;

  /** The type, where the resource is an ARN. */
  readonly type?: string;
  readonly why?: string;
  readonly conditions: CheckedCondition[];
}

/** What an operation's own action is allowed on. Reports all that keeps it from being of use. */
export function authorizedResources(operationName: string, narrowing: Scope, findings: Diagnostics): AuthorizedResource[] {
  const entry = entryOf(operationName);
  const { resources, conditions } = narrowing;
  if (!entry) {
    if (resources) {
      findings.error(
        `${operationName} is a custom operation, of which the resource types are not known, so that resources can't narrow it: `
        + 'give it a grant of its own, without resources',
      );
    }
    conditions.filter(({ global }) => !global).forEach(({ key }) => findings.error(
      `${operationName} is a custom operation, and whether it carries ${key} is not known: give it a grant of its own, without that condition`,
    ));
    return [{ resource: '*', why: 'a custom operation of which nothing else is known', conditions }];
  }
  const allowed = resourcesOfTypes(entry, Object.keys(entry.types ?? {}), narrowing);
  if (resources && entry.types) {
    checkTypes(operationName, entry, new Set(allowed.map(({ type }) => type!)), findings);
  }
  checkConditions(operationName, entry, allowed, narrowing, findings);
  return allowed.map((one) => {
    if (!resources) { return one; }
    if (one.type === undefined) { return { ...one, why: 'which AWS authorises on no resource: only * allows it' }; }
    return { ...one, why: entry.types![one.type].required ? 'a type that every call is authorised on' : 'where a call names it' };
  });
}

/** The resources of some types that an action is allowed on, each with those of the conditions that AWS supplies the keys for. */
export function resourcesOfTypes(entry: OperationEntry, types: string[], { resources, conditions }: Scope): AuthorizedResource[] {
  const on = (type: string | undefined) => conditions.filter((condition) => suppliesKey(entry, type, condition));
  if (types.length === 0) {
    return [{ resource: '*', conditions: on(undefined) }];
  }
  if (resources) {
    return resources.filter(({ type }) => types.includes(type)).map(({ type, arn }) => ({ resource: arn, type, conditions: on(type) }));
  }
  // On `*`, a condition would deny the types that lack its key, or let them pass, so that each type is to be said apart.
  const alike = conditions.every((condition) => (
    new Set(Object.keys(entry.types ?? {}).map((type) => suppliesKey(entry, type, condition))).size === 1));
  return alike
    ? [{ resource: '*', conditions: on(types[0]) }]
    : types.map((type) => ({ resource: anyOf(type), type, conditions: on(type) }));
}

function anyOf(type: string): string {
  return `arn:${Aws.PARTITION}:elasticache:${RESOURCE_TYPES[type].global ? '' : '*'}:*:${type}:*`;
}

/** How an error says that a resource is to be added. */
export function suggestAdding(types: string[]): string {
  const names = types.map((type) => RESOURCE_TYPES[type].name);
  return `${names.map((name) => `a ${name}`).join(' or ')}: add ${names.map((name) => `ElastiCacheResource.${name}('…')`).join(' or ')}`;
}

/** Reports the types without which no call of the operation is allowed. */
function checkTypes(operationName: string, { types = {}, oneOf }: OperationEntry, listed: Set<string>, findings: Diagnostics): void {
  const missing = Object.keys(types).filter((type) => types[type].required && !listed.has(type)).map((type) => [type]);
  if (oneOf && !oneOf.some((type) => listed.has(type))) {
    missing.push(oneOf);
  }
  if (missing.length === 0 && listed.size === 0) {
    missing.push(Object.keys(types));
  }
  missing.forEach((alternatives) => findings.error(`${constantCase(operationName)} also needs ${suggestAdding(alternatives)}`));

  const created = REQUEST_PARAMETERS.find(({ option }) => option === 'tagOnCreate')!.operations[operationName] ?? [];
  if (!created.every((type) => listed.has(type))) {
    findings.warning(
      `createdResource.${operationName}`,
      `${constantCase(operationName)} is authorised on what it creates, too, so that its calls will be denied without ${suggestAdding(created)}`,
    );
  }
}

/** Reports the conditions that hold nowhere, and warns of those that may guard less than they seem to. */
function checkConditions(
  operationName: string, entry: OperationEntry, allowed: AuthorizedResource[], { conditions }: Scope, findings: Diagnostics,
): void {
  for (const condition of conditions) {
    const without = allowed.filter((one) => !one.conditions.includes(condition));
    if (without.length === allowed.length && allowed.length > 0) {
      const elsewhere = Object.keys(entry.types ?? {}).filter((type) => suppliesKey(entry, type, condition));
      findings.error(elsewhere.length > 0
        ? `${constantCase(operationName)} carries ${condition.key} with none of the listed resources, only with ${suggestAdding(elsewhere)}`
        : `${constantCase(operationName)} never carries ${condition.key}, so that the condition would deny every call: give it a grant of its own`);
    } else if (condition.matchesWhenKeyIsMissing && without.length > 0) {
      findings.warning(
        'lenientCondition',
        `condition ${condition.operator} on ${condition.key} is met by requests that lack the key, and ${constantCase(operationName)} lacks it with `
        + `${[...new Set(without.map(({ type }) => type))].join(', ')}: make sure that what it guards is not among these, or use an operator that the key must meet`,
      );
    }
  }
}
