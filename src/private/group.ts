import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { byKey, Identify } from './order';
import type { Need } from './resolve';

/** What is said together: every one of the actions is allowed on every one of the resources. */
export interface Statement {
  readonly actions: string[];
  readonly resources: string[];
}

/**
 * Says the permissions in as few statements as have the same actions on each of their resources,
 * but for snapshot objects, each of which has a statement of its own.
 */
export function group(needs: Need[], identify: Identify): Statement[] {
  const byResource = new Map<string, { readonly resource: string; readonly onObject?: boolean; readonly actions: Set<string> }>();
  for (const { permission: { action, resource }, onObject } of needs) {
    const identity = identify(resource);
    const together = byResource.get(identity) ?? { resource, onObject, actions: new Set() };
    together.actions.add(action);
    byResource.set(identity, together);
  }

  const byActions = new Map<string, Statement>();
  for (const [identity, { resource, onObject, actions }] of [...byResource.entries()].sort(byKey)) {
    const sorted = [...actions].sort();
    const key = onObject || resource === '*' ? identity : sorted.join();
    const statement = byActions.get(key) ?? { actions: sorted, resources: [] };
    statement.resources.push(resource);
    byActions.set(key, statement);
  }
  return [...byActions.values()];
}

/** A new statement each time, since a policy freezes the one that it is given. */
export function toPolicyStatement({ actions, resources }: Statement): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
