import { Aws } from 'aws-cdk-lib/core';
import { Scope, resourcesOfTypes, suggestAdding } from './authorized-resources';
import { REQUEST_PARAMETERS } from '../catalog/catalog.generated';
import { entryOf, RequestParameter } from '../catalog/entries';
import { toBlock } from './conditions';
import { constantCase } from '../catalog/constant-case';
import { Diagnostics } from '../util/diagnostics';
import type { ResolvedPermission } from './resolve';
import type { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant';
import { ElastiCacheOperation } from '../../elasticache-operation';

/** The options that are set, each with the ARNs that it names. */
export type Options = Readonly<Record<string, string[]>>;

export function optionsOf(props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], findings: Diagnostics): Options {
  if (props.exportBuckets?.length === 0) {
    findings.error('exportBuckets is empty: list at least one bucket, or drop exportBuckets');
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
    const takers = [...new Set(REQUEST_PARAMETERS.filter((row) => row.option === option).flatMap((row) => Object.keys(row.operations)))];
    if (!operations.some(({ operationName }) => takers.includes(operationName))) {
      findings.error(`${option} is set, but no listed operation uses it: add ${takers.map(constantCase).join(' or ')}, or drop ${option}`);
    }
  }
  return Object.fromEntries(set);
}

/** What the request parameters need that the options say are used. */
export function parameterNeeds({ operationName }: ElastiCacheOperation, options: Options, narrowing: Scope, findings: Diagnostics): ResolvedPermission[] {
  return REQUEST_PARAMETERS
    .filter(({ option, operations }) => Object.hasOwn(options, option) && Object.hasOwn(operations, operationName))
    .flatMap((row) => row.permissions.flatMap((permission) => placesOf(operationName, row, permission, options[row.option], narrowing, findings)
      .map(({ resource, conditions }) => ({
        operation: operationName,
        action: permission.action,
        resource,
        conditions: toBlock(conditions, permission.conditions),
        reason: row.parameter ? `${row.reason}: ${row.parameter}` : row.reason,
        source: row.source,
      }))));
}

function placesOf(
  operationName: string, { option, operations }: RequestParameter, { action, resource }: RequestParameter['permissions'][number],
  arns: string[], narrowing: Scope, findings: Diagnostics,
) {
  const conditions = narrowing.conditions.filter(({ global }) => global);
  if (resource === 'types') {
    const types = operations[operationName];
    const missing = types.filter((type) => narrowing.resources && !narrowing.resources.some((listed) => listed.type === type));
    missing.forEach((type) => findings.error(`${option} of ${constantCase(operationName)} also needs ${suggestAdding([type])}`));
    return resourcesOfTypes(entryOf(action.split(':')[1])!, types, narrowing);
  }
  if (resource === 'encryptionKey' || resource === 'exportBuckets') {
    return arns.map((arn) => ({ resource: arn, conditions }));
  }
  if (resource === 'objects of exportBuckets') {
    return arns.map((arn) => ({ resource: `${arn}/*`, conditions }));
  }
  return [{ resource: resource.replace('${Partition}', Aws.PARTITION), conditions }];
}
