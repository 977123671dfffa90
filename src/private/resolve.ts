import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { authorized, Narrowing } from './authorized';
import { CATALOGUE, PARAMETERS, REFERENCE_PAGE, RESOURCE_TYPES, RETIRED_BECAUSE, SERVICE_AUTHORIZATION_REFERENCE } from './catalogue';
import { CatalogueEntry, entryOf } from './catalogue-entry';
import { checkTogether, ConditionBlock, toBlock } from './conditions';
import { constantCase } from './constant-case';
import { Findings, show } from './findings';
import { checkBucketArn, SnapshotObjects } from './object-arns';
import { byKey, Identify, identifyConditions } from './order';
import { optionsOf, parameterNeeds } from './parameters';
import type { ElastiCacheAccessGrantProps } from '../elasticache-access-grant';
import { ElastiCacheOperation } from '../elasticache-operation';
import { ElastiCachePermission } from '../elasticache-permission';

/** A permission, with what it takes to say it. */
export interface Need extends Omit<ElastiCachePermission, 'conditions'> {
  readonly conditions?: ConditionBlock;

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
  const narrowing = narrowingOf(props, operations, scope, identify, findings);
  (props.exportBuckets ?? []).forEach(({ bucketRef }) => checkBucketArn(bucketRef.bucketArn, 'exportBuckets', findings));
  const options = optionsOf(props, operations, findings);

  const needs = new Map<string, Need>();
  for (const need of operations.flatMap((operation) => [
    ...ownNeeds(operation, narrowing, findings),
    ...pageNeeds(operation, objects, Object.keys(options), narrowing),
    ...parameterNeeds(operation, options, narrowing, findings),
  ])) {
    const { operation, action, resource, conditions } = need;
    needs.set(`${operation} ${action} ${identify(resource)} ${identifyConditions(conditions, identify)}`, need);
  }
  const ordered = [...needs.entries()].sort(byKey).map(([, need]) => need);
  warnOfPartition(ordered, scope, findings);
  return ordered;
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

function narrowingOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], scope: IConstruct, identify: Identify, findings: Findings,
): Narrowing {
  const { resources } = props;
  if (resources?.length === 0) {
    findings.problem('resources is empty, which would allow nothing: list at least one, or drop resources to allow all');
  }
  const located = resources?.flatMap((resource) => resource._locate(scope, findings) ?? []);
  for (const { type, arn } of located ?? []) {
    if (!operations.some(({ operationName }) => Object.hasOwn(entryOf(operationName)?.types ?? {}, type))) {
      const [taker] = Object.keys(CATALOGUE).filter((name) => Object.keys(CATALOGUE[name].types ?? {}).join() === type);
      findings.problem(
        `resources has the ${RESOURCE_TYPES[type].name} ${show(Stack.of(scope).resolve(arn))}, but AWS authorises no listed operation on one: `
        + `drop it, or add an operation that takes it, such as ${constantCase(taker)}`,
      );
    }
  }
  const conditions = (props.conditions ?? []).flatMap((condition) => condition._check(identify, findings) ?? []);
  checkTogether(conditions, findings);
  return { resources: located, conditions };
}

/** The operation's own action, on what it is narrowed to. */
function ownNeeds({ operationName, action }: ElastiCacheOperation, narrowing: Narrowing, findings: Findings): Need[] {
  const entry = entryOf(operationName);
  return authorized(operationName, narrowing, findings).map(({ resource, type, why, conditions }) => {
    const onPage = resource === '*' && entry?.pageLine !== undefined;
    const reason = [
      `allows ${operationName}`,
      type === undefined ? '' : ` on this ${type}`,
      why === undefined ? '' : `, ${why}`,
    ].join('');
    const source = onPage ? `${REFERENCE_PAGE}#L${entry.pageLine}` : SERVICE_AUTHORIZATION_REFERENCE;
    return { operation: operationName, action, resource, conditions: toBlock(conditions), reason, source };
  });
}

/** What the reference page lists besides, unless an option knows better. */
function pageNeeds({ operationName }: ElastiCacheOperation, objects: SnapshotObjects[], options: string[], { conditions }: Narrowing): Need[] {
  const entry = entryOf(operationName);
  const superseded = PARAMETERS
    .filter(({ option, operations }) => options.includes(option) && Object.hasOwn(operations, operationName))
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  const block = toBlock(conditions.filter(({ global }) => global));
  const source = `${REFERENCE_PAGE}#L${entry?.pageLine}`;
  const need = (action: string, resource: string, reason: string, onObject?: boolean): Need => (
    { operation: operationName, action, resource, conditions: block, reason, source, onObject }
  );
  return (entry?.alsoNeeds ?? []).flatMap(({ action, eachMemberOf }) => {
    if (eachMemberOf !== undefined) {
      return objects.map(({ arn, prefix }) => need(action, arn, prefix === undefined
        ? `reads this member of ${eachMemberOf}`
        : `reads any member of ${eachMemberOf} under the prefix ${JSON.stringify(prefix)}, widened by SnapshotSource.fromPrefix`, true));
    }
    return superseded.includes(action) ? [] : [need(action, '*', `the reference page lists it for ${operationName}`)];
  });
}

/** Nobody reaches a resource of another partition. Most stacks don't know their own. */
function warnOfPartition(needs: Need[], scope: IConstruct, findings: Findings): void {
  const { partition: own } = Stack.of(scope);
  if (Token.isUnresolved(own)) {
    return;
  }
  const arns = needs.map(({ resource }) => resource).filter((resource) => resource !== '*' && !Token.isUnresolved(resource));
  const others = new Set(arns.map((arn) => arn.split(':')[1]).filter((partition) => partition !== own));
  others.forEach((partition) => {
    const some = arns.filter((arn) => arn.startsWith(`arn:${partition}:`));
    findings.warning(
      'otherPartition',
      `the stack deploys to the partition ${show(own)}, where nothing matches ${show(some[0])}${some.length > 1 ? ` and ${some.length - 1} more` : ''}: `
      + 'use SnapshotSource.fromBucketName or the static of the resource\'s type, which follow the stack, or acknowledge this warning',
    );
  });
}
