import { Aws } from 'aws-cdk-lib/core';
import { Narrowing, placed, toAdd } from './authorized';
import { PARAMETERS } from './catalogue';
import { entryOf, ParameterEntry } from './catalogue-entry';
import { toBlock } from './conditions';
import { constantCase } from './constant-case';
import { Findings } from './findings';
import type { Need } from './resolve';
import type { ElastiCacheAccessGrantProps } from '../elasticache-access-grant';
import { ElastiCacheOperation } from '../elasticache-operation';

/** The options that are set, each with the ARNs that it names. */
export type Options = Readonly<Record<string, string[]>>;

export function optionsOf(props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], findings: Findings): Options {
  if (props.exportBuckets?.length === 0) {
    findings.problem('exportBuckets is empty: list at least one bucket, or drop exportBuckets');
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
    const takers = [...new Set(PARAMETERS.filter((row) => row.option === option).flatMap((row) => Object.keys(row.operations)))];
    if (!operations.some(({ operationName }) => takers.includes(operationName))) {
      findings.problem(`${option} is set, but no listed operation uses it: add ${takers.map(constantCase).join(' or ')}, or drop ${option}`);
    }
  }
  return Object.fromEntries(set);
}

/** What the request parameters need that the options say are used. */
export function parameterNeeds({ operationName }: ElastiCacheOperation, options: Options, narrowing: Narrowing, findings: Findings): Need[] {
  return PARAMETERS
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
  operationName: string, { option, operations }: ParameterEntry, { action, resource }: ParameterEntry['permissions'][number],
  arns: string[], narrowing: Narrowing, findings: Findings,
) {
  const conditions = narrowing.conditions.filter(({ global }) => global);
  if (resource === 'types') {
    const types = operations[operationName];
    const missing = types.filter((type) => narrowing.resources && !narrowing.resources.some((listed) => listed.type === type));
    missing.forEach((type) => findings.problem(`${option} of ${constantCase(operationName)} also needs ${toAdd([type])}`));
    return placed(entryOf(action.split(':')[1])!, types, narrowing);
  }
  if (resource === 'encryptionKey' || resource === 'exportBuckets') {
    return arns.map((arn) => ({ resource: arn, conditions }));
  }
  if (resource === 'objects of exportBuckets') {
    return arns.map((arn) => ({ resource: `${arn}/*`, conditions }));
  }
  return [{ resource: resource.replace('${Partition}', Aws.PARTITION), conditions }];
}
