import { CATALOGUE, REFERENCE_PAGE, RETIRED_BECAUSE, SERVICE_AUTHORIZATION_REFERENCE } from './catalogue';
import { CatalogueEntry, entryOf } from './catalogue-entry';
import { constantCase } from './constant-case';
import { Findings } from './findings';
import { SnapshotObjects } from './object-arns';
import { byKey, Identify } from './order';
import { ElastiCacheOperation } from '../elasticache-operation';
import { ElastiCachePermission } from '../elasticache-permission';
import { SnapshotSource } from '../snapshot-source';

/**
 * What the operations need, and why: each permission once, in an order of its own.
 */
export function resolve(
  operations: ElastiCacheOperation[],
  snapshots: SnapshotSource[],
  identify: Identify,
  findings: Findings,
): ElastiCachePermission[] {
  if (operations.length === 0) {
    findings.problem('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS');
  }
  const distinct = distinctOperations(operations, findings);
  distinct.filter(({ retired }) => retired).forEach(({ operationName }) => findings.warning(
    `retiredOperation.${operationName}`, `${operationName} is retired (${RETIRED_BECAUSE}): drop it, or acknowledge this warning`,
  ));
  const objects = snapshots.flatMap((source) => source._objects(findings));
  if (snapshots.length > 0 && !distinct.some(takesSnapshots)) {
    const takers = Object.keys(CATALOGUE).filter((name) => hasObjectNeed(CATALOGUE[name])).map(constantCase);
    findings.problem(
      `snapshots is set, but no listed operation takes SnapshotArns: add ${takers.join(' or ')}, or drop snapshots`,
    );
  }

  const permissions = new Map<string, ElastiCachePermission>();
  for (const permission of distinct.flatMap((operation) => permissionsOf(operation, objects))) {
    const key = [permission.operation, permission.action, identify(permission.resource)].join(' ');
    permissions.set(key, permission);
  }
  return [...permissions.entries()].sort(byKey).map(([, permission]) => permission);
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

function permissionsOf({ operationName, action }: ElastiCacheOperation, objects: SnapshotObjects[]): ElastiCachePermission[] {
  const entry = entryOf(operationName);
  const source = entry?.pageLine === undefined ? SERVICE_AUTHORIZATION_REFERENCE : `${REFERENCE_PAGE}#L${entry.pageLine}`;
  const permission = (neededAction: string, resource: string, reason: string) => (
    { operation: operationName, action: neededAction, resource, reason, source }
  );
  return [
    permission(action, '*', entry ? `allows ${operationName}` : `allows ${operationName}, a custom operation of which nothing else is known`),
    ...(entry?.alsoNeeds ?? []).flatMap((need) => (need.eachMemberOf === undefined
      ? [permission(need.action, '*', `the reference page lists it for ${operationName}`)]
      : objects.map(({ arn, prefix }) => permission(need.action, arn, prefix === undefined
        ? `reads this member of ${need.eachMemberOf}`
        : `reads any member of ${need.eachMemberOf} under the prefix ${JSON.stringify(prefix)}, widened by SnapshotSource.fromPrefix`)))),
  ];
}

function takesSnapshots({ operationName }: ElastiCacheOperation): boolean {
  return hasObjectNeed(entryOf(operationName));
}

function hasObjectNeed(entry?: CatalogueEntry): boolean {
  return (entry?.alsoNeeds ?? []).some((need) => need.eachMemberOf !== undefined);
}
