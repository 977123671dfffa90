/**
 * The permissions that a request needs because of its parameters: tags, final snapshots, log delivery and so on.
 *
 * An option of the grant says that requests have the parameter. What that needs is a row of
 * `spec/request-parameters.json` with its source. A permission of another service keeps the grant's global conditions,
 * since AWS supplies ElastiCache's own keys to ElastiCache's actions alone.
 */
import { Aws, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { AuthorizedResource, resourcesOfTypes, suggestAdding } from './authorized-resources';
import { toBlock } from './conditions';
import { Options } from './options';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { RequestParameter } from '../catalog/entries';
import { entryOf, parametersOf } from '../catalog/lookup';
import { Permission, Scope } from '../model';
import { Diagnostics } from '../util/diagnostics';
import { constantCase } from '../util/text';

/** What an operation needs for the request parameters that the options say are used. */
export function parameterPermissions(
  { operationName }: ElastiCacheOperation, options: Options, scope: Scope, construct: IConstruct,
  diagnostics: Diagnostics,
): Permission[] {
  const rows = parametersOf(operationName, Object.keys(options));
  return rows.flatMap((row) => row.permissions.flatMap((permission) => (
    resourcesOf(operationName, row, permission, options[row.option][permission.resource], scope, construct, diagnostics)
      .map(({ resource, conditions }) => ({
        operation: operationName,
        action: permission.action,
        resource,
        conditions: toBlock(conditions, permission.conditions),
        reason: row.parameter ? `${row.reason}: ${row.parameter}` : row.reason,
        source: row.source,
      })))));
}

/** The resources of one permission of a row, which the option names, the grant lists, or the row names itself. */
function resourcesOf(
  operationName: string, { option, operations }: RequestParameter,
  { action, resource }: RequestParameter['permissions'][number], optionArns: string[] | undefined, scope: Scope,
  construct: IConstruct, diagnostics: Diagnostics,
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
  const arns = optionArns ?? [inStack(resource, Stack.of(construct))];
  return arns.map((arn) => ({ resource: arn, conditions }));
}

/** A resource of a row, in the partition, the Region and the account of the stack. */
function inStack(resource: string, { region, account }: Stack): string {
  const values: Record<string, string> = { Partition: Aws.PARTITION, Region: region, Account: account };
  return resource.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name]);
}
