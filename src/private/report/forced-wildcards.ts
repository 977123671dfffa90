/**
 * A policy in, and out the wildcards in its resources that AWS forces on it: no narrower policy would work.
 *
 * A tool that reports every wildcard reports these, too. A wildcard counts only where each statement with it is this
 * library's, and each of the actions has no narrower resource. Otherwise something that should be looked at would be
 * taken for granted.
 */
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { ON_NO_RESOURCE, REQUEST_PARAMETERS } from '../catalog/catalog.generated';
import { entryOf } from '../catalog/lookup';
import { Permission } from '../model';
import { permissionsGivenBelow, Recipient } from '../record';

/** A wildcard that AWS forces on a policy. */
export interface ForcedWildcard {
  /** The resource, with `<AWS::Region>` in place of what is filled in, as cdk-nag has it. */
  readonly resource: string;
  readonly reason: string;
}

const POLICY_TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];

export function isIdentityPolicy(resource: unknown): resource is CfnResource {
  return CfnResource.isCfnResource(resource) && POLICY_TYPES.includes(resource.cfnResourceType);
}

/** The wildcards that AWS forces on a policy. */
export function forcedWildcardsOf(policy: CfnResource): ForcedWildcard[] {
  const scopes: Recipient[] = policy.node.scopes;
  const given = permissionsGivenBelow(policy.node.root)
    .filter(({ recipient }) => scopes.includes(recipient))
    .flatMap(({ permissions }) => permissions);
  if (given.length === 0) { return []; }

  const reasonsByResource = new Map<string, (string | undefined)[]>();
  const document = Stack.of(policy).resolve((policy as unknown as { readonly policyDocument: unknown }).policyDocument);
  for (const { Effect: effect, Action: actions, Resource: resources } of [document?.Statement ?? []].flat()) {
    if (effect !== 'Allow') { continue; }
    for (const resource of [resources ?? []].flat().map(flatten)) {
      // Without actions, a statement allows all others, and no reason is known.
      const reasons = [actions].flat().map((action: string) => (
        reasonFor(action, given.filter((permission) => permission.action === action), resource)));
      reasonsByResource.set(resource, [...reasonsByResource.get(resource) ?? [], ...reasons]);
    }
  }
  return [...reasonsByResource].flatMap(([resource, reasons]) => (
    reasons.every((reason) => reason !== undefined)
      ? [{ resource, reason: [...new Set(reasons)].sort().join('; ') }]
      : []));
}

/** Why the action has no narrower resource; undefined where it has one, or where no grant of the library gave it. */
function reasonFor(action: string, given: Permission[], resource: string): string | undefined {
  if (given.length === 0) { return undefined; }
  if (resource === '*') {
    return acceptsOnlyWildcard(action)
      ? `AWS authorizes ${action} on no narrower resource than *, which ${sorted(given.map((one) => one.operation))} `
        + `needs (${sorted(given.map(({ source }) => source))})`
      : undefined;
  }
  const row = REQUEST_PARAMETERS.flatMap(({ reason, source: page, permissions }) => (
    permissions.map((one) => ({ ...one, reason, page })))).find((one) => (
    one.action === action && one.forcedWildcard !== undefined && matches(resource, one.resource)));
  return row && `${row.forcedWildcard}: ${action} ${row.reason.replace(/ \(.*/, '')} (${row.page})`;
}

function sorted(texts: string[]): string {
  return [...new Set(texts)].sort().join(', ');
}

function acceptsOnlyWildcard(action: string): boolean {
  const [service, name] = action.split(':');
  const entry = service === 'elasticache' ? entryOf(name) : undefined;
  return entry ? entry.types === undefined : ON_NO_RESOURCE.includes(action);
}

/** Whether a resource is that of a row, with any partition, Region and account. */
function matches(resource: string, row: string): boolean {
  const [own, listed] = [resource, row].map((arn) => arn.replace(/<[^>]*>/g, 'x').split(':'));
  return own.length === listed.length
    && listed.every((part, index) => part.startsWith('${') || part === own[index]);
}

/** A resolved value as cdk-nag writes it: its lib/utils/flatten-cfn-reference.js. */
function flatten(value: any): string {
  if (typeof value === 'string') { return value.replace(/\$\{/g, '<').replace(/\}/g, '>'); }
  if (Array.isArray(value?.['Fn::Join'])) {
    const [separator, parts] = value['Fn::Join'];
    return parts.map(flatten).join(separator);
  }
  if (Array.isArray(value?.['Fn::GetAtt'])) { return `<${value['Fn::GetAtt'].map(flatten).join('.')}>`; }
  return value?.Ref === undefined ? JSON.stringify(value) : `<${flatten(value.Ref)}>`;
}
