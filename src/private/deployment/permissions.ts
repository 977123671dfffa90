/**
 * The permissions that the handlers of CloudFormation need for one resource, each with its reason and its source.
 *
 * A handler's calls are authorized on the resource and on what it names. What properties need of other services is
 * made as for a grant that lists the handler's operations. The registry lists what a handler may call for any
 * property: of other services' actions, only those are allowed that a property of this resource needs.
 */
import { Aws, Token } from 'aws-cdk-lib/core';
import { Companion, companionsOf } from './companions';
import { arnsOf, ResourceArn } from './names';
import { Need, needsOf } from './properties';
import { Deployment } from './references';
import { partitionOf, TemplateResource } from './template';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { GENERATED_NAME_REASON, TAGGING_OPERATIONS } from '../catalog/catalog.generated';
import { actionOf, createdTypes, entryOf, pageLineOf, parametersOf, typesOf } from '../catalog/lookup';
import { Permission } from '../model';
import { parameterPermissions } from '../resolve/parameters';
import { policyArnOf } from '../s3/object-arns';
import { Diagnostics } from '../util/diagnostics';

/** The handlers in the order of a resource's life. */
const HANDLERS = ['create', 'read', 'update', 'delete'];

/** An operation that handlers call. */
interface Called {
  readonly operation: string;
  readonly handlers: readonly string[];
}

/** All that creating, reading, updating and deleting a resource needs. */
export function permissionsFor(
  resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics,
): Permission[] {
  const own = arnsOf(resource, diagnostics);
  const needs = needsOf(resource, deployment, diagnostics);
  const companions = [
    ...companionsOf(resource, deployment.resources, diagnostics),
    ...needs.flatMap(({ property, options = {}, named = [] }) => named.map((arn): Companion => (
      { arn, origin: property, option: Object.keys(options)[0] }))),
  ];
  const called = calledFor(resource);
  const permissions = [
    ...called.flatMap((one) => ownPermissions(one, own, companions, resource)),
    ...called
      .filter(({ operation }) => isAbout(operation, resource.entry.type))
      .flatMap((one) => needs.flatMap((need) => neededPermissions(one, need, resource, diagnostics))),
  ];
  return permissions.map((permission) => ({
    ...permission, resource: inKnownPartition(permission.resource, resource),
  }));
}

/** The operations of the handlers. A snapshot before deletion is no part of it: that is an option. */
function calledFor({ entry: { handlers = {} } }: TemplateResource): Called[] {
  const inOrder = HANDLERS.filter((handler) => Object.hasOwn(handlers, handler));
  const operations = new Set(inOrder.flatMap((handler) => handlers[handler]));
  const finalSnapshots = [...operations]
    .flatMap((operation) => parametersOf(operation, ['finalSnapshot']))
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  return [...operations]
    .map((operation) => ({ operation, handlers: inOrder.filter((one) => handlers[one].includes(operation)) }))
    .filter(({ operation, handlers: called }) => (
      called.join() !== 'delete' || !finalSnapshots.includes(actionOf(operation))));
}

/** Whether an operation is about a type: it needs one of the type, or creates one. */
function isAbout(operation: string, type: string): boolean {
  return createdTypes(operation).includes(type) || entryOf(operation)?.types?.[type]?.required === true;
}

/** The operation's own action, on the resource and on what its calls name. */
function ownPermissions(
  called: Called, own: ResourceArn[], companions: Companion[], resource: TemplateResource,
): Permission[] {
  const { operation, handlers } = called;
  const { source, type: ownType } = resource.entry;
  const entry = entryOf(operation)!;
  const permission = (arn: string, by: readonly string[], text: string): Permission => ({
    operation, action: actionOf(operation), resource: arn, reason: reasonOf(resource, by, text), source: source!,
  });
  const onItself = own.map((arn) => permission(arn.arn, handlers, `allows ${operation} on ${described(arn)}`));
  if (TAGGING_OPERATIONS.includes(operation)) {
    return onItself;
  }
  const types = typesOf(entry);
  if (types.length === 0) {
    return [permission('*', handlers, `allows ${operation}, which AWS authorizes on no resource: only * allows it`)];
  }
  const named = companions
    .filter(({ arn, isImplied, atCreation, option }) => (
      types.includes(arn.type)
      && (!isImplied || isAbout(operation, arn.type))
      && (!atCreation || createdTypes(operation).includes(ownType))
      && (option === undefined || (isAbout(operation, ownType) && parametersOf(operation, [option]).length > 0))))
    .map((companion) => ({ ...companion, by: handlers.filter((one) => companion.handlers?.includes(one) ?? true) }))
    .filter(({ by }) => by.length > 0);
  const allowed = new Set([...(types.includes(ownType) ? [ownType] : []), ...named.map(({ arn }) => arn.type)]);
  const lacksOther = types.some((type) => entry.types![type].required && !allowed.has(type));
  // Such as ModifyReplicationGroup, which deleting a user group calls for the replication groups that use it.
  if (lacksOther && !isAbout(operation, ownType)) {
    return [];
  }
  const distinct = new Map<string, Permission>(
    types.includes(ownType) ? onItself.map((one): [string, Permission] => [one.resource, one]) : []);
  for (const { arn, origin, by } of named) {
    if (!distinct.has(arn.arn)) {
      distinct.set(arn.arn, permission(arn.arn, by, `allows ${operation} on ${described(arn)}: ${origin}`));
    }
  }
  return [...distinct.values()];
}

function described({ type, isGenerated }: ResourceArn): string {
  return isGenerated ? `any ${type} of the Region and the account, since ${GENERATED_NAME_REASON}` : `this ${type}`;
}

/** What a property needs besides. */
function neededPermissions(
  { operation, handlers }: Called, { property, options, scope, objects }: Need, resource: TemplateResource,
  diagnostics: Diagnostics,
): Permission[] {
  const ofOptions = parameterPermissions(
    ElastiCacheOperation.of(operation), options ?? {}, scope ?? { conditions: [] }, resource.construct, diagnostics,
  );
  return [
    ...ofOptions.map((permission) => ({ ...permission, reason: reasonOf(resource, handlers, permission.reason) })),
    ...objectPermissions(operation, property, objects ?? []).map((permission) => (
      { ...permission, reason: reasonOf(resource, handlers, permission.reason) })),
  ];
}

/** What AWS's reference page lists for each member of a parameter that has the name of the property. */
function objectPermissions(
  operation: string, property: string, objects: NonNullable<Need['objects']>,
): Permission[] {
  const { otherPermissions = [] } = entryOf(operation)!;
  return otherPermissions
    .filter(({ eachMemberOf }) => eachMemberOf === property)
    .flatMap(({ action }) => objects.map((each) => ({
      operation,
      action,
      resource: policyArnOf(each),
      reason: `reads this member of ${property}`,
      source: pageLineOf(operation)!,
      isSnapshotObject: true,
    })));
}

function reasonOf({ construct }: TemplateResource, handlers: readonly string[], text: string): string {
  return `${construct.node.path}, ${handlers.join(', ')}: ${text}`;
}

/** A stack with a Region knows its partition, and its ARNs can then be written to a file. */
function inKnownPartition(arn: string, { stack }: TemplateResource): string {
  const partition = partitionOf(stack);
  return Token.isUnresolved(partition) ? arn : arn.split(Aws.PARTITION).join(partition);
}
