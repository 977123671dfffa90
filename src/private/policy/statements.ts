import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ConditionBlock } from '../resolve/conditions';
import { compareByKey, TokenKey, conditionsKey } from '../util/token-keys';
import type { ResolvedPermission } from '../resolve/resolve';

/** What is said together: every one of the actions is allowed on every one of the resources. */
export interface Statement {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: ConditionBlock;
}

/**
 * Says the permissions in as few statements as have the same actions, under the same conditions, on each of their resources,
 * but for snapshot objects, each of which has a statement of its own.
 */
export function toStatements(needs: ResolvedPermission[], identify: TokenKey): Statement[] {
  const byResource = new Map<string, { readonly first: ResolvedPermission; readonly actions: Set<string> }>();
  for (const need of needs) {
    const { action, resource, conditions } = need;
    const key = `${identify(resource)} ${conditionsKey(conditions, identify)}`;
    const together = byResource.get(key);
    if (together) {
      together.actions.add(action);
    } else {
      byResource.set(key, { first: need, actions: new Set([action]) });
    }
  }

  const bySaying = new Map<string, Statement>();
  for (const [key, { first: { resource, conditions, onObject }, actions }] of [...byResource.entries()].sort(compareByKey)) {
    const sorted = [...actions].sort();
    const saying = onObject || resource === '*' ? key : `${sorted} ${conditionsKey(conditions, identify)}`;
    const statement = bySaying.get(saying);
    if (statement) {
      statement.resources.push(resource);
    } else {
      bySaying.set(saying, { actions: sorted, resources: [resource], conditions });
    }
  }
  return [...bySaying.values()];
}

/** A new statement each time, since a policy freezes the one that it is given. */
export function toPolicyStatement({ actions, resources, conditions }: Statement): PolicyStatement {
  return new PolicyStatement({ actions, resources, conditions });
}
