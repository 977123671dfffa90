/**
 * The first stage: props in, permissions out, each with its reason and its source.
 *
 * An operation needs its own action, what the reference page lists besides, and what its request parameters bring. All
 * that is wrong with the props is found here, and reported in one error before anything is written.
 */
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { authorizedResources } from './authorized-resources';
import { toBlock, toLists } from './conditions';
import { checkGlobalServices } from './conditions-together';
import { checkInput, distinctOperations } from './input';
import { optionsOf } from './options';
import { parameterPermissions } from './parameters';
import { checkRequestTags } from './request-tags';
import { ImpliedResource, scopeFor, scopeOf } from './scope';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCachePermission } from '../../elasticache-permission';
import { SERVICE_AUTHORIZATION_REFERENCE } from '../catalog/catalog.generated';
import {
  acceptsSnapshotArns, accessLevelOf, actionOf, entryOf, operationsWhere, pageLineOf, parametersOf,
} from '../catalog/lookup';
import { Permission, Scope, SnapshotObjects } from '../model';
import { policyArnOf } from '../s3/object-arns';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { keepEach } from '../util/remember';
import { constantCase } from '../util/text';
import { conditionsKey, TokenKey, Tokens, valuesByKey } from '../util/tokens';

/**
 * The permissions that the operations need: each once, in an order that doesn't depend on how they were listed.
 *
 * @param implied resources that the caller didn't list.
 * @param diagnostics what is already known to be wrong, which is reported with what is found here.
 */
export function resolve(
  props: ElastiCacheAccessGrantProps, construct: IConstruct, tokens: Tokens,
  implied: readonly ImpliedResource[] = [], diagnostics: Diagnostics = new Diagnostics(),
): Permission[] {
  checkInput(props, construct);
  const operations = distinctOperations(props.operations, diagnostics);
  const objects = snapshotObjects(props, operations, diagnostics);
  const scope = scopeOf(props, operations, implied, construct, tokens, diagnostics);
  const options = optionsOf(props, operations, construct, tokens.resolvedParts, diagnostics);

  const permissions = operations.flatMap((operation) => [
    ...ownPermissions(operation.operationName, scopeFor(operation.operationName, scope), diagnostics),
    ...pagePermissions(operation, objects, Object.keys(options), scope, tokens),
    ...parameterPermissions(operation, options, scope, construct, diagnostics),
  ]);
  const distinct = distinctPermissions(permissions, tokens.tokenKey);
  checkRequestTags(operations.map(({ operationName }) => operationName), Object.keys(options), scope, diagnostics);
  checkGlobalServices(distinct, scope.conditions, construct, diagnostics);
  warnOfOtherPartitions(distinct, construct, diagnostics);
  diagnostics.report(construct);
  return distinct;
}

function snapshotObjects(
  { snapshots = [] }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], diagnostics: Diagnostics,
): SnapshotObjects[] {
  const objects = snapshots.flatMap((source) => source._objects(diagnostics));
  if (snapshots.length > 0 && !operations.some(({ operationName }) => acceptsSnapshotArns(entryOf(operationName)))) {
    const accepting = operationsWhere(acceptsSnapshotArns).map(constantCase);
    diagnostics.error(
      `snapshots is set, but no listed operation takes SnapshotArns: add ${accepting.join(' or ')}, or drop snapshots`,
    );
  }
  return objects;
}

/** The operation's own action, on what the grant is limited to. */
function ownPermissions(operationName: string, scope: Scope, diagnostics: Diagnostics): Permission[] {
  return scope.resources || scope.conditions.length > 0
    ? permissionsWithin(operationName, scope, diagnostics)
    : unlimitedPermissions(operationName);
}

/** Many grants are limited to nothing, and have the same permissions. Nothing can be wrong with them. */
const unlimitedPermissions = keepEach((operationName) => (
  permissionsWithin(operationName, { conditions: [] }, new Diagnostics())));

function permissionsWithin(operationName: string, scope: Scope, diagnostics: Diagnostics): Permission[] {
  const pageLine = pageLineOf(operationName);
  return authorizedResources(operationName, scope, diagnostics).map(({ resource, type, why, origin, conditions }) => ({
    operation: operationName,
    // Never the object's own property, which plain JavaScript can change.
    action: actionOf(operationName),
    resource,
    conditions: toBlock(conditions),
    reason: `allows ${operationName}${type ? ` on this ${type}` : ''}${why ? `, ${why}` : ''}`
      + `${origin ? `: ${origin}` : ''}`,
    source: resource === '*' && pageLine !== undefined ? pageLine : SERVICE_AUTHORIZATION_REFERENCE,
  }));
}

/** What the reference page lists besides the operation's own action. An option that is more exact replaces it. */
function pagePermissions(
  { operationName }: ElastiCacheOperation, objects: SnapshotObjects[], options: string[], { conditions }: Scope,
  { join }: Tokens,
): Permission[] {
  const { otherPermissions = [] } = entryOf(operationName) ?? {};
  if (otherPermissions.length === 0) {
    return [];
  }
  const replaced = parametersOf(operationName, options)
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  const block = toBlock(conditions.filter(({ global }) => global));
  const source = pageLineOf(operationName)!;
  return otherPermissions.flatMap(({ action, eachMemberOf }): Permission[] => {
    const permission = (resource: string, reason: string, isSnapshotObject?: boolean) => (
      { operation: operationName, action, resource, conditions: block, reason, source, isSnapshotObject });
    if (eachMemberOf !== undefined) {
      return objects.map((each) => permission(policyArnOf(each, join), reasonToRead(eachMemberOf, each), true));
    }
    return replaced.includes(action) ? [] : [permission('*', `the reference page lists it for ${operationName}`)];
  });
}

function reasonToRead(parameter: string, objects: SnapshotObjects): string {
  return 'prefix' in objects
    ? `reads any member of ${parameter} under the prefix ${JSON.stringify(objects.prefix)}, widened by `
      + 'SnapshotSource.fromPrefix'
    : `reads this member of ${parameter}`;
}

/** The permission as users see it: a copy with the action's access level, and with a list for every condition key. */
export function toPublicPermission(
  { operation, action, isSnapshotObject, conditions, ...rest }: Permission,
): ElastiCachePermission {
  const accessLevel = accessLevelOf(action);
  return {
    operation,
    action,
    ...(accessLevel && { accessLevel }),
    ...rest,
    ...(conditions && { conditions: toLists(conditions) }),
  };
}

function distinctPermissions(permissions: Permission[], tokenKey: TokenKey): Permission[] {
  const byKey = new Map<string, Permission>();
  for (const permission of permissions) {
    const { operation, action, resource, conditions } = permission;
    byKey.set(`${operation} ${action} ${tokenKey(resource)} ${conditionsKey(conditions, tokenKey)}`, permission);
  }
  return valuesByKey(byKey);
}

const OF_KNOWN_PARTITION = /^arn:[a-z-]+:/;

/**
 * A principal has no access to resources of another partition. Most stacks don't know their own, and get no warning.
 */
function warnOfOtherPartitions(permissions: Permission[], construct: IConstruct, diagnostics: Diagnostics): void {
  const ofKnownPartition = permissions.filter(({ resource }) => OF_KNOWN_PARTITION.test(resource));
  if (ofKnownPartition.length === 0) {
    return;
  }
  const { partition: own } = Stack.of(construct);
  if (Token.isUnresolved(own)) {
    return;
  }
  const arns = ofKnownPartition.map(({ resource }) => resource);
  const others = new Set(arns.map((arn) => arn.split(':')[1]).filter((partition) => partition !== own));
  others.forEach((partition) => {
    const [first, ...more] = arns.filter((arn) => arn.startsWith(`arn:${partition}:`));
    diagnostics.warning(
      'otherPartition',
      `the stack deploys to the partition ${formatValue(own)}, where nothing matches ${formatValue(first)}`
      + `${more.length > 0 ? ` and ${more.length} more` : ''}: use SnapshotSource.fromBucketName or the static of the `
      + 'resource\'s type, which follow the stack, or acknowledge this warning',
    );
  });
}
