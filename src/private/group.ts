import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ConditionBlock } from './conditions';
import { byKey, Identify, identifyConditions } from './order';
import type { Need } from './resolve';

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
export function group(needs: Need[], identify: Identify): Statement[] {
  const byResource = new Map<string, { readonly first: Need; readonly actions: Set<string> }>();
  for (const need of needs) {
    const { action, resource, conditions } = need;
    const key = `${identify(resource)} ${identifyConditions(conditions, identify)}`;
    const together = byResource.get(key);
    if (together) {
      together.actions.add(action);
    } else {
      byResource.set(key, { first: need, actions: new Set([action]) });
    }
  }

  const bySaying = new Map<string, Statement>();
  for (const [key, { first: { resource, conditions, onObject }, actions }] of [...byResource.entries()].sort(byKey)) {
    const sorted = [...actions].sort();
    const saying = onObject || resource === '*' ? key : `${sorted} ${identifyConditions(conditions, identify)}`;
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
