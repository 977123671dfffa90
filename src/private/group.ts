import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { byKey, Identify } from './order';
import { ElastiCachePermission } from '../elasticache-permission';

/** What is said together: every action that the permissions allow on one resource. */
export interface Statement {
  readonly actions: string[];
  readonly resources: string[];
}

/** Says the permissions in one statement for each resource, so that each snapshot object has a statement of its own. */
export function group(permissions: ElastiCachePermission[], identify: Identify): Statement[] {
  const byResource = new Map<string, { readonly resource: string; readonly actions: Set<string> }>();
  for (const { action, resource } of permissions) {
    const identity = identify(resource);
    const together = byResource.get(identity) ?? { resource, actions: new Set() };
    together.actions.add(action);
    byResource.set(identity, together);
  }
  return [...byResource.entries()].sort(byKey)
    .map(([, { resource, actions }]) => ({ actions: [...actions].sort(), resources: [resource] }));
}

/** A new statement each time, since a policy freezes the one that it is given. */
export function toPolicyStatement({ actions, resources }: Statement): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
