/**
 * What a grant is limited to: its resources and conditions, each located and checked once for all operations.
 *
 * A resource that no listed operation is authorized on is an error here. What a single operation lacks is found where
 * its permissions are made.
 */
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { checkTogether } from './conditions';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { entryOf, operationsWhere, typesOf } from '../catalog/lookup';
import { Scope, TypedArn } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { constantCase, toReadableJson } from '../util/text';
import { TokenKey } from '../util/tokens';

/** The resources and conditions of a grant. */
export function scopeOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], construct: IConstruct, tokenKey: TokenKey,
  diagnostics: Diagnostics,
): Scope {
  if (props.resources?.length === 0) {
    diagnostics.error('resources is empty, which would allow nothing: list at least one, or drop resources to allow '
      + 'all');
  }
  const located = props.resources?.map((resource) => resource._locate(construct, diagnostics));
  const resources = located?.filter((resource) => resource !== undefined);
  const used = new Set(operations.flatMap(({ operationName }) => typesOf(entryOf(operationName))));
  (resources ?? [])
    .filter(({ type }) => !used.has(type))
    .forEach((resource) => reportUnused(resource, construct, diagnostics));

  const conditions = (props.conditions ?? []).flatMap((condition) => condition._check(tokenKey, diagnostics) ?? []);
  checkTogether(conditions, diagnostics);
  return { resources, hasUnknownResource: located?.includes(undefined), conditions };
}

function reportUnused({ type, arn }: TypedArn, construct: IConstruct, diagnostics: Diagnostics): void {
  const readableArn = toReadableJson(Stack.of(construct).resolve(arn));
  const [operation] = operationsWhere((entry) => typesOf(entry).join() === type);
  diagnostics.error(
    `resources has the ${RESOURCE_TYPES[type].name} ${formatValue(readableArn)}, but AWS authorizes no listed `
    + `operation on that type: drop it, or add an operation that uses it, such as ${constantCase(operation)}`,
  );
}
