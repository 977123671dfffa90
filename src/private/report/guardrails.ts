/**
 * Records of guardrails in, and out what a report says of them: what each denies, to whom, and who is exempt.
 *
 * A service control policy knows its targets, but who carries a permissions boundary is known to roles and users alone.
 * Aspects set that at synthesis, so it is read when the report is made.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { pathOfResource, readableConditions, readableIn, readableList } from './readable';
import {
  ElastiCacheReportedDenial, ElastiCacheReportedGuardrail, ElastiCacheReportedGuardrailPolicy as Policy,
} from '../../elasticache-access-report-json';
import { guardrailsWritten, WrittenGuardrail } from '../record';
import { toLists } from '../resolve/conditions';
import { propertyOf } from '../util/properties';
import { referencedResource, valuesByKey } from '../util/tokens';

const BOUNDED_TYPES = ['AWS::IAM::Role', 'AWS::IAM::User'];

/**
 * The guardrails that matter below a construct: those below it, and those that bound a role or user below it. Of the
 * others' carriers, only those below it are listed.
 */
export function guardrailsBelow(scope: IConstruct): ElastiCacheReportedGuardrail[] {
  const isBelow = (one: IConstruct) => one.node.scopes.includes(scope);
  const written = guardrailsWritten(scope);
  const principals = written.some(({ kind }) => kind === 'permissions boundary') ? principalsIn(scope.node.root) : [];
  const byPath = new Map<string, { readonly first: WrittenGuardrail; policies: Policy[] }>();
  for (const one of written) {
    const { guardrail, kind, policy } = one;
    const carriers = kind === 'permissions boundary' ? principals.filter((role) => isBoundedBy(role, policy!)) : [];
    const shown = isBelow(guardrail) ? carriers : carriers.filter(isBelow);
    if (!isBelow(guardrail) && shown.length === 0) { continue; }
    const entry = byPath.get(guardrail.node.path) ?? { first: one, policies: [] };
    byPath.set(guardrail.node.path, entry);
    entry.policies.push({ kind, ...appliesTo(one, shown) });
  }
  return valuesByKey(byPath).map(({ first, policies }) => ({
    guardrail: first.guardrail.node.path,
    policies: policies.sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    exceptPrincipals: first.exceptPrincipals.map(readableIn(first.guardrail)).sort(),
    denials: denialsOf(first),
  }));
}

/** The roles and users of an app. */
function principalsIn(root: IConstruct): CfnResource[] {
  return root.node.findAll().filter((one): one is CfnResource => (
    CfnResource.isCfnResource(one) && BOUNDED_TYPES.includes(one.cfnResourceType)));
}

/** Whether the boundary refers to the policy: by a reference of CDK's, or by the logical ID in its own template. */
function isBoundedBy(resource: CfnResource, policy: CfnResource): boolean {
  const boundary = propertyOf(resource, 'PermissionsBoundary');
  if (referencedResource(boundary) === policy) { return true; }
  const { stack } = resource;
  return stack === policy.stack
    && JSON.stringify(stack.resolve(boundary)) === JSON.stringify({ Ref: stack.resolve(policy.logicalId) });
}

function appliesTo({ kind, policy }: WrittenGuardrail, carriers: CfnResource[]): { readonly appliesTo?: string[] } {
  if (kind === 'policy document') { return {}; }
  return {
    appliesTo: kind === 'permissions boundary'
      ? carriers.map(pathOfResource).sort()
      : readableList(propertyOf(policy!, 'TargetIds'), policy!).sort(),
  };
}

function denialsOf({ guardrail, denials }: WrittenGuardrail): ElastiCacheReportedDenial[] {
  const readable = readableIn(guardrail);
  const byKey = new Map<string, ElastiCacheReportedDenial>();
  for (const { actions, resources, conditions } of denials) {
    for (const action of actions) {
      for (const resource of resources) {
        const denial = {
          action,
          resource: readable(resource),
          ...(conditions && { conditions: readableConditions(toLists(conditions), readable) }),
        };
        byKey.set([action, denial.resource, JSON.stringify(denial.conditions ?? {})].join('\0'), denial);
      }
    }
  }
  return valuesByKey(byKey);
}
