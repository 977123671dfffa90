import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { authorizedResources, Scope } from './authorized-resources';
import { OPERATIONS, REQUEST_PARAMETERS, REFERENCE_PAGE, RESOURCE_TYPES, RETIRED_REASON, SERVICE_AUTHORIZATION_REFERENCE } from '../catalog/catalog.generated';
import { OperationEntry, entryOf } from '../catalog/entries';
import { checkTogether, ConditionBlock, toBlock } from './conditions';
import { constantCase } from '../catalog/constant-case';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkBucketArn, SnapshotObjects } from '../s3/object-arns';
import { compareByKey, TokenKey, conditionsKey } from '../util/token-keys';
import { optionsOf, parameterNeeds } from './parameters';
import type { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCachePermission } from '../../elasticache-permission';

/** A permission, with what it takes to say it. */
export interface ResolvedPermission extends Omit<ElastiCachePermission, 'conditions'> {
  readonly conditions?: ConditionBlock;

  /** Whether its resource is a snapshot object, which has a statement of its own. */
  readonly onObject?: boolean;
}

/** What the operations need, and why: each permission once, in an order of its own. */
export function resolve(props: ElastiCacheAccessGrantProps, scope: IConstruct, identify: TokenKey, findings: Diagnostics): ResolvedPermission[] {
  if (props.operations.length === 0) {
    findings.error('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS');
  }
  const operations = distinctOperations(props.operations, findings);
  operations.filter(({ retired }) => retired).forEach(({ operationName }) => findings.warning(
    `retiredOperation.${operationName}`, `${operationName} is retired (${RETIRED_REASON}): drop it, or acknowledge this warning`,
  ));
  const objects = objectsOf(props, operations, findings);
  const narrowing = scopeOf(props, operations, scope, identify, findings);
  (props.exportBuckets ?? []).forEach(({ bucketRef }) => checkBucketArn(bucketRef.bucketArn, 'exportBuckets', findings));
  const options = optionsOf(props, operations, findings);

  const needs = new Map<string, ResolvedPermission>();
  for (const need of operations.flatMap((operation) => [
    ...ownNeeds(operation, narrowing, findings),
    ...pageNeeds(operation, objects, Object.keys(options), narrowing),
    ...parameterNeeds(operation, options, narrowing, findings),
  ])) {
    const { operation, action, resource, conditions } = need;
    needs.set(`${operation} ${action} ${identify(resource)} ${conditionsKey(conditions, identify)}`, need);
  }
  const ordered = [...needs.entries()].sort(compareByKey).map(([, need]) => need);
  warnOfPartition(ordered, scope, findings);
  return ordered;
}

function distinctOperations(operations: ElastiCacheOperation[], findings: Diagnostics): ElastiCacheOperation[] {
  const distinct = new Map<string, ElastiCacheOperation>();
  operations.forEach((operation, index) => {
    if (operation?.operationName) {
      distinct.set(operation.operationName, operation);
    } else {
      findings.error(`operations[${index}] is ${operation}: expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT`);
    }
  });
  return [...distinct.values()];
}

function objectsOf({ snapshots = [] }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], findings: Diagnostics): SnapshotObjects[] {
  const objects = snapshots.flatMap((source) => source._objects(findings));
  if (snapshots.length > 0 && !operations.some(({ operationName }) => acceptsSnapshotArns(entryOf(operationName)))) {
    const takers = Object.keys(OPERATIONS).filter((name) => acceptsSnapshotArns(OPERATIONS[name])).map(constantCase);
    findings.error(
      `snapshots is set, but no listed operation takes SnapshotArns: add ${takers.join(' or ')}, or drop snapshots`,
    );
  }
  return objects;
}

function acceptsSnapshotArns(entry?: OperationEntry): boolean {
  return (entry?.otherPermissions ?? []).some((need) => need.eachMemberOf !== undefined);
}

function scopeOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], scope: IConstruct, identify: TokenKey, findings: Diagnostics,
): Scope {
  const { resources } = props;
  if (resources?.length === 0) {
    findings.error('resources is empty, which would allow nothing: list at least one, or drop resources to allow all');
  }
  const located = resources?.flatMap((resource) => resource._locate(scope, findings) ?? []);
  for (const { type, arn } of located ?? []) {
    if (!operations.some(({ operationName }) => Object.hasOwn(entryOf(operationName)?.types ?? {}, type))) {
      const [taker] = Object.keys(OPERATIONS).filter((name) => Object.keys(OPERATIONS[name].types ?? {}).join() === type);
      findings.error(
        `resources has the ${RESOURCE_TYPES[type].name} ${formatValue(Stack.of(scope).resolve(arn))}, but AWS authorises no listed operation on one: `
        + `drop it, or add an operation that takes it, such as ${constantCase(taker)}`,
      );
    }
  }
  const conditions = (props.conditions ?? []).flatMap((condition) => condition._check(identify, findings) ?? []);
  checkTogether(conditions, findings);
  return { resources: located, conditions };
}

/** The operation's own action, on what it is narrowed to. */
function ownNeeds({ operationName, action }: ElastiCacheOperation, narrowing: Scope, findings: Diagnostics): ResolvedPermission[] {
  const entry = entryOf(operationName);
  return authorizedResources(operationName, narrowing, findings).map(({ resource, type, why, conditions }) => {
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
function pageNeeds({ operationName }: ElastiCacheOperation, objects: SnapshotObjects[], options: string[], { conditions }: Scope): ResolvedPermission[] {
  const entry = entryOf(operationName);
  const superseded = REQUEST_PARAMETERS
    .filter(({ option, operations }) => options.includes(option) && Object.hasOwn(operations, operationName))
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  const block = toBlock(conditions.filter(({ global }) => global));
  const source = `${REFERENCE_PAGE}#L${entry?.pageLine}`;
  const need = (action: string, resource: string, reason: string, onObject?: boolean): ResolvedPermission => (
    { operation: operationName, action, resource, conditions: block, reason, source, onObject }
  );
  return (entry?.otherPermissions ?? []).flatMap(({ action, eachMemberOf }) => {
    if (eachMemberOf !== undefined) {
      return objects.map(({ arn, prefix }) => need(action, arn, prefix === undefined
        ? `reads this member of ${eachMemberOf}`
        : `reads any member of ${eachMemberOf} under the prefix ${JSON.stringify(prefix)}, widened by SnapshotSource.fromPrefix`, true));
    }
    return superseded.includes(action) ? [] : [need(action, '*', `the reference page lists it for ${operationName}`)];
  });
}

/** Nobody reaches a resource of another partition. Most stacks don't know their own. */
function warnOfPartition(needs: ResolvedPermission[], scope: IConstruct, findings: Diagnostics): void {
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
      `the stack deploys to the partition ${formatValue(own)}, where nothing matches ${formatValue(some[0])}${some.length > 1 ? ` and ${some.length - 1} more` : ''}: `
      + 'use SnapshotSource.fromBucketName or the static of the resource\'s type, which follow the stack, or acknowledge this warning',
    );
  });
}
