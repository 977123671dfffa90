import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { CATALOGUE, REFERENCE_PAGE, RESOURCE_TYPES, RETIRED_BECAUSE, SERVICE_AUTHORIZATION_REFERENCE } from './catalogue';
import { CatalogueEntry, entryOf } from './catalogue-entry';
import { constantCase } from './constant-case';
import { Findings, show } from './findings';
import { SnapshotObjects } from './object-arns';
import { byKey, Identify } from './order';
import { TypedArn } from './resource-arns';
import type { ElastiCacheAccessGrantProps } from '../elasticache-access-grant';
import { ElastiCacheOperation } from '../elasticache-operation';
import { ElastiCachePermission } from '../elasticache-permission';

/** A permission, and what it takes to say it. */
export interface Need {
  readonly permission: ElastiCachePermission;

  /** Whether its resource is a snapshot object, which has a statement of its own. */
  readonly onObject?: boolean;
}

/** What the operations need, and why: each permission once, in an order of its own. */
export function resolve(props: ElastiCacheAccessGrantProps, scope: IConstruct, identify: Identify, findings: Findings): Need[] {
  if (props.operations.length === 0) {
    findings.problem('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS');
  }
  const operations = distinctOperations(props.operations, findings);
  operations.filter(({ retired }) => retired).forEach(({ operationName }) => findings.warning(
    `retiredOperation.${operationName}`, `${operationName} is retired (${RETIRED_BECAUSE}): drop it, or acknowledge this warning`,
  ));
  const objects = objectsOf(props, operations, findings);
  const resources = resourcesOf(props, operations, scope, findings);

  const needs = new Map<string, Need>();
  for (const need of operations.flatMap((operation) => needsOf(operation, objects, resources, findings))) {
    const { operation, action, resource } = need.permission;
    needs.set([operation, action, identify(resource)].join(' '), need);
  }
  return [...needs.entries()].sort(byKey).map(([, need]) => need);
}

function distinctOperations(operations: ElastiCacheOperation[], findings: Findings): ElastiCacheOperation[] {
  const distinct = new Map<string, ElastiCacheOperation>();
  operations.forEach((operation, index) => {
    if (operation?.operationName) {
      distinct.set(operation.operationName, operation);
    } else {
      findings.problem(`operations[${index}] is ${operation}: expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT`);
    }
  });
  return [...distinct.values()];
}

function objectsOf({ snapshots = [] }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], findings: Findings): SnapshotObjects[] {
  const objects = snapshots.flatMap((source) => source._objects(findings));
  if (snapshots.length > 0 && !operations.some(({ operationName }) => takesObjects(entryOf(operationName)))) {
    const takers = Object.keys(CATALOGUE).filter((name) => takesObjects(CATALOGUE[name])).map(constantCase);
    findings.problem(
      `snapshots is set, but no listed operation takes SnapshotArns: add ${takers.join(' or ')}, or drop snapshots`,
    );
  }
  return objects;
}

function takesObjects(entry?: CatalogueEntry): boolean {
  return (entry?.alsoNeeds ?? []).some((need) => need.eachMemberOf !== undefined);
}

/** The listed ARNs; undefined where the grant isn't narrowed. */
function resourcesOf(
  { resources }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], scope: IConstruct, findings: Findings,
): TypedArn[] | undefined {
  if (resources?.length === 0) {
    findings.problem('resources is empty, which would allow nothing: list at least one, or drop resources to allow all');
  }
  const located = resources?.flatMap((resource) => resource._locate(scope, findings) ?? []);
  const taken = new Set(operations.flatMap(({ operationName }) => Object.keys(entryOf(operationName)?.types ?? {})));
  for (const { type, arn } of located ?? []) {
    if (!taken.has(type)) {
      const takers = Object.keys(CATALOGUE).filter((name) => CATALOGUE[name].types?.[type]?.required).map(constantCase);
      findings.problem(
        `resources has the ${RESOURCE_TYPES[type].name} ${show(Stack.of(scope).resolve(arn))}, but AWS authorises no listed operation on one: `
        + `drop it, or add an operation that takes it, such as ${takers[0]}`,
      );
    }
  }
  return located;
}

function needsOf(operation: ElastiCacheOperation, objects: SnapshotObjects[], resources: TypedArn[] | undefined, findings: Findings): Need[] {
  const { operationName: name } = operation;
  const entry = entryOf(name);
  const source = entry?.pageLine === undefined ? SERVICE_AUTHORIZATION_REFERENCE : `${REFERENCE_PAGE}#L${entry.pageLine}`;
  const need = (action: string, resource: string, reason: string, onObject?: boolean): Need => (
    { permission: { operation: name, action, resource, reason, source }, onObject }
  );
  return [
    ...(resources ? ownNeeds(operation, resources, findings) : [
      need(operation.action, '*', entry ? `allows ${name}` : `allows ${name}, a custom operation of which nothing else is known`),
    ]),
    ...(entry?.alsoNeeds ?? []).flatMap(({ action, eachMemberOf }) => (eachMemberOf === undefined
      ? [need(action, '*', `the reference page lists it for ${name}`)]
      : objects.map(({ arn, prefix }) => need(action, arn, prefix === undefined
        ? `reads this member of ${eachMemberOf}`
        : `reads any member of ${eachMemberOf} under the prefix ${JSON.stringify(prefix)}, widened by SnapshotSource.fromPrefix`, true)))),
  ];
}

/** The operation's own action on those of the listed resources that AWS authorises it on. */
function ownNeeds({ operationName, action }: ElastiCacheOperation, resources: TypedArn[], findings: Findings): Need[] {
  const need = (resource: string, reason: string): Need => (
    { permission: { operation: operationName, action, resource, reason, source: SERVICE_AUTHORIZATION_REFERENCE } }
  );
  const entry = entryOf(operationName);
  if (!entry) {
    findings.problem(
      `${operationName} is a custom operation, of which the resource types are not known, so that resources can't narrow it: `
      + 'give it a grant of its own, without resources',
    );
    return [];
  }
  if (!entry.types) {
    return [need('*', `allows ${operationName}, which AWS authorises on no resource: only * allows it`)];
  }
  const types = entry.types;
  const own = resources.filter(({ type }) => Object.hasOwn(types, type));
  checkTypes(operationName, entry, new Set(own.map(({ type }) => type)), findings);
  return own.map(({ type, arn }) => need(arn, types[type].required
    ? `allows ${operationName} on this ${type}, a type that every call is authorised on`
    : `allows ${operationName} on this ${type}, where a call names it`));
}

/** Reports the types without which no call of the operation is allowed. */
function checkTypes(operationName: string, { types = {}, oneOf }: CatalogueEntry, listed: Set<string>, findings: Findings): void {
  const required = Object.keys(types).filter((type) => types[type].required);
  const missing = required.filter((type) => !listed.has(type)).map((type) => [type]);
  if (oneOf && !oneOf.some((type) => listed.has(type))) {
    missing.push(oneOf);
  }
  if (missing.length === 0 && listed.size === 0) {
    missing.push(Object.keys(types));
  }
  for (const alternatives of missing) {
    const names = alternatives.map((type) => RESOURCE_TYPES[type].name);
    findings.problem(
      `${constantCase(operationName)} also needs ${names.map((name) => `a ${name}`).join(' or ')}: `
      + `add ${names.map((name) => `ElastiCacheResource.${name}('…')`).join(' or ')}`,
    );
  }
}
