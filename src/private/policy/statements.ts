/**
 * Permissions in, statements out: how a policy is written.
 *
 * Permissions share a statement where that allows nothing more: the same actions under the same conditions on each of
 * the resources. Each snapshot object keeps a statement of its own, as on AWS's reference page.
 */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Permission, Statement } from '../model';
import { conditionsKey, TokenKey, valuesByKey } from '../util/tokens';

/** What is allowed on one resource under the same conditions. */
interface ActionsOnResource {
  readonly resourceKey: string;
  readonly first: Permission;
  readonly actions: Set<string>;
}

/** The permissions as statements, ordered by resource and conditions. */
export function toStatements(permissions: Permission[], tokenKey: TokenKey): Statement[] {
  const byResource = new Map<string, ActionsOnResource>();
  for (const permission of permissions) {
    const { action, resource, conditions } = permission;
    const resourceKey = `${tokenKey(resource)} ${conditionsKey(conditions, tokenKey)}`;
    const entry = byResource.get(resourceKey);
    if (entry) {
      entry.actions.add(action);
    } else {
      byResource.set(resourceKey, { resourceKey, first: permission, actions: new Set([action]) });
    }
  }

  const statementsByKey = new Map<string, Statement>();
  for (const { resourceKey, first, actions } of valuesByKey(byResource)) {
    const { resource, conditions, isSnapshotObject } = first;
    const sorted = [...actions].sort();
    const statementKey = isSnapshotObject || resource === '*'
      ? resourceKey
      : `${sorted} ${conditionsKey(conditions, tokenKey)}`;
    const statement = statementsByKey.get(statementKey);
    if (statement) {
      statement.resources.push(resource);
    } else {
      statementsByKey.set(statementKey, { actions: sorted, resources: [resource], conditions });
    }
  }
  return [...statementsByKey.values()];
}

/**
 * Statements of the same actions and conditions merged into one, for where a limit leaves no space for each its own.
 */
export function mergeResources(statements: Statement[]): Statement[] {
  const merged = new Map<string, Statement>();
  for (const { actions, resources, conditions } of statements) {
    const key = JSON.stringify([actions, conditions]);
    const statement = merged.get(key) ?? { actions, resources: [], conditions };
    statement.resources.push(...resources);
    merged.set(key, statement);
  }
  return [...merged.values()];
}

/**
 * A new statement of CDK's at each call, since a policy freezes the one that it is given. CDK keeps the conditions that
 * it is given, so they are copied, too.
 */
export function toPolicyStatement({ effect, actions, resources, conditions }: Statement): PolicyStatement {
  return new PolicyStatement({
    effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
    actions,
    resources,
    conditions: conditions && structuredClone(conditions),
  });
}
