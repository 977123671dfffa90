/**
 * What a grant is limited to: its resources and conditions, each located and checked once for all operations.
 *
 * A resource that no listed operation is authorized on is an error here. What a single operation lacks is found where
 * its permissions are made.
 */
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkTogether } from './conditions-together';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheCondition } from '../../elasticache-condition';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCacheResource } from '../../elasticache-resource';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { entryOf, operationsWhere, typesOf } from '../catalog/lookup';
import { CheckedCondition, ListedResource, Scope, TypedArn } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { constantCase, toReadableJson } from '../util/text';
import { Tokens } from '../util/tokens';

/** A resource that the caller didn't list, such as one that a cache names. */
export interface ImpliedResource {
  readonly resource: ElastiCacheResource;

  /** The operations that it is for; undefined where it is for all. */
  readonly operations?: readonly string[];

  /** Where it comes from, as a permission's reason says it. */
  readonly origin: string;
}

type CheckConditions = (conditions: ElastiCacheCondition[]) => CheckedCondition[];

/** The resources and conditions of a grant. */
export function scopeOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], implied: readonly ImpliedResource[],
  construct: IConstruct, { tokenKey, resolvedParts }: Tokens, diagnostics: Diagnostics,
): Scope {
  const check: CheckConditions = (list) => (
    list.flatMap((condition) => condition._check(tokenKey, resolvedParts, diagnostics) ?? []));
  const located = props.resources !== undefined || implied.length > 0
    ? locatedResources(props, operations, implied, construct, check, diagnostics)
    : undefined;
  const resources = located?.filter((resource) => resource !== undefined);

  const conditions = check(props.conditions ?? []);
  checkTogether(conditions, diagnostics);
  resources?.filter((resource) => resource.conditions.length > 0).forEach((resource) => (
    checkTogether([...conditions, ...resource.conditions], diagnostics)));
  return { resources, hasUnknownResource: located?.includes(undefined) === true, conditions };
}

/** Each with its ARN; undefined for one that has none. */
function locatedResources(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], implied: readonly ImpliedResource[],
  construct: IConstruct, check: CheckConditions, diagnostics: Diagnostics,
): (ListedResource | undefined)[] {
  if (props.resources?.length === 0) {
    diagnostics.error('resources is empty, which would allow nothing: list at least one, or drop resources to allow '
      + 'all');
  }
  const locate = (resource: ElastiCacheResource): ListedResource | undefined => {
    const arn = resource._locate(construct, diagnostics);
    return arn && { ...arn, conditions: check(resource._conditions.filter((one) => isCondition(one, diagnostics))) };
  };
  const listed = (props.resources ?? []).map(locate);
  const located = [
    ...listed,
    ...implied.map(({ resource, ...rest }) => {
      const one = locate(resource);
      return one && { ...one, ...rest };
    }),
  ];
  const used = new Set(operations.flatMap(({ operationName }) => typesOf(entryOf(operationName))));
  listed
    .filter((resource): resource is ListedResource => resource !== undefined && !used.has(resource.type))
    .forEach((resource) => reportUnused(resource, construct, diagnostics));
  return located;
}

/** The scope of one operation: without the resources that are for others. */
export function scopeFor(operationName: string, scope: Scope): Scope {
  const isForOthers = ({ operations }: ListedResource) => operations?.includes(operationName) === false;
  return scope.resources?.some(isForOthers)
    ? { ...scope, resources: scope.resources.filter((resource) => !isForOthers(resource)) }
    : scope;
}

/** Whether `withCondition` was given a condition. The conditions of the grant are checked with its other props. */
function isCondition(condition: unknown, diagnostics: Diagnostics): boolean {
  if (typeof (condition as ElastiCacheCondition | undefined)?._check === 'function') { return true; }
  diagnostics.error(
    `withCondition was given ${formatValue(condition)}: expected an ElastiCacheCondition, such as `
    + "ElastiCacheCondition.resourceTag('team', ['cache'])",
  );
  return false;
}

function reportUnused({ type, arn }: TypedArn, construct: IConstruct, diagnostics: Diagnostics): void {
  const readableArn = toReadableJson(Stack.of(construct).resolve(arn));
  const [operation] = operationsWhere((entry) => typesOf(entry).join() === type);
  diagnostics.error(
    `resources has the ${RESOURCE_TYPES[type].name} ${formatValue(readableArn)}, but AWS authorizes no listed `
    + `operation on that type: drop it, or add an operation that uses it, such as ${constantCase(operation)}`,
  );
}
