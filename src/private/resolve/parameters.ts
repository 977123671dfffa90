/**
 * The permissions that a request needs because of its parameters: tags, final snapshots, log delivery and so on.
 *
 * An option of the grant says that requests have the parameter. What that needs is a row of
 * `spec/request-parameters.json` with its source. A permission of another service keeps the grant's global conditions,
 * since AWS supplies ElastiCache's own keys to ElastiCache's actions alone.
 */
import { Aws } from 'aws-cdk-lib/core';
import { AuthorizedResource, resourcesOfTypes, suggestAdding } from './authorized-resources';
import { toBlock } from './conditions';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { RequestParameter } from '../catalog/entries';
import { entryOf, operationsAccepting, parametersOf } from '../catalog/lookup';
import { Permission, Scope } from '../model';
import { Diagnostics } from '../util/diagnostics';
import { constantCase } from '../util/text';

/** The options that are set, each with the ARNs that it names. */
export type Options = Readonly<Record<string, string[]>>;

/** The options that are set. Reports those that no listed operation uses. */
export function optionsOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], diagnostics: Diagnostics,
): Options {
  if (props.exportBuckets?.length === 0) {
    diagnostics.error('exportBuckets is empty: list at least one bucket, or drop exportBuckets');
  }
  const all: Record<string, string[] | undefined> = {
    tagOnCreate: props.tagOnCreate ? [] : undefined,
    finalSnapshot: props.finalSnapshot ? [] : undefined,
    logDelivery: props.logDelivery ? [] : undefined,
    serviceLinkedRole: props.serviceLinkedRole ? [] : undefined,
    encryptionKey: props.encryptionKey && [props.encryptionKey.keyRef.keyArn],
    exportBuckets: props.exportBuckets?.map(({ bucketRef }) => bucketRef.bucketArn),
  };
  const set = Object.entries(all).filter((entry): entry is [string, string[]] => entry[1] !== undefined);
  for (const [option] of set) {
    const accepting = operationsAccepting(option);
    if (!operations.some(({ operationName }) => accepting.includes(operationName))) {
      diagnostics.error(
        `${option} is set, but no listed operation uses it: add ${accepting.map(constantCase).join(' or ')}, `
        + `or drop ${option}`,
      );
    }
  }
  return Object.fromEntries(set);
}

/** What an operation needs for the request parameters that the options say are used. */
export function parameterPermissions(
  { operationName }: ElastiCacheOperation, options: Options, scope: Scope, diagnostics: Diagnostics,
): Permission[] {
  return parametersOf(operationName, Object.keys(options)).flatMap((row) => row.permissions.flatMap((permission) => (
    resourcesOf(operationName, row, permission, options[row.option], scope, diagnostics)
      .map(({ resource, conditions }) => ({
        operation: operationName,
        action: permission.action,
        resource,
        conditions: toBlock(conditions, permission.conditions),
        reason: row.parameter ? `${row.reason}: ${row.parameter}` : row.reason,
        source: row.source,
      })))));
}

/** The resources of one permission of a row, which the row names, the option names, or the grant lists. */
function resourcesOf(
  operationName: string, { option, operations }: RequestParameter,
  { action, resource }: RequestParameter['permissions'][number], optionArns: string[], scope: Scope,
  diagnostics: Diagnostics,
): AuthorizedResource[] {
  if (resource === 'types') {
    const types = operations[operationName];
    const { resources, hasUnknownResource } = scope;
    types
      .filter((type) => resources && !hasUnknownResource && !resources.some((listed) => listed.type === type))
      .forEach((type) => diagnostics.errorAbout(constantCase(operationName), (subjects) => (
        `${option} of ${subjects} also needs ${suggestAdding([type])}`)));
    return resourcesOfTypes(entryOf(action.split(':')[1])!, types, scope);
  }
  const conditions = scope.conditions.filter(({ global }) => global);
  if (resource === 'encryptionKey' || resource === 'exportBuckets') {
    return optionArns.map((arn) => ({ resource: arn, conditions }));
  }
  if (resource === 'objects of exportBuckets') {
    return optionArns.map((arn) => ({ resource: `${arn}/*`, conditions }));
  }
  return [{ resource: resource.replace('${Partition}', Aws.PARTITION), conditions }];
}
