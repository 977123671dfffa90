/**
 * The identity policies of an app, and whose they are.
 *
 * A tree of constructs in; principals out, each with all policies that the app gives it. A policy is an L1 in the end,
 * whether it was written as an L2, as an L1 or in an included template, so L1s are read, as the template will have
 * them. What an imported principal has besides, and what is in a policy of another app, is not known.
 */
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { listOf, readStatements, ReviewedStatement } from './statement';
import { HARMLESS_MANAGED_POLICIES } from '../catalog/catalog.generated';
import { matchesPattern } from '../util/text';

/** One policy document in the app. */
export interface ReviewedPolicy {
  /** Where a finding is reported. */
  readonly construct: CfnResource;

  /** The name of the document, where its resource may have several. */
  readonly name?: string;
  readonly statements: ReviewedStatement[];
}

/** A principal, or what stands for one: all policies that are attached to nobody yet. */
export interface ReviewedPrincipal {
  readonly policies: ReviewedPolicy[];

  /** Whether the app has all of its policies that can be about ElastiCache. */
  readonly isComplete: boolean;
}

interface Entry {
  readonly resource: CfnResource;
  readonly properties: any;
  readonly policies: ReviewedPolicy[];
}

/** The property of a policy that lists the principals of a type. */
const IDENTITIES: Record<string, string> = {
  'AWS::IAM::Role': 'Role', 'AWS::IAM::User': 'User', 'AWS::IAM::Group': 'Group',
};
const PERMISSION_SET = 'AWS::SSO::PermissionSet';
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
const ATTACHED = ['AWS::IAM::Policy', MANAGED_POLICY, 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy'];

/** The principals of an app that have policies. */
export function principalsOf(root: IConstruct): ReviewedPrincipal[] {
  const logicalIds = new Map<Stack, Map<string, CfnResource>>();
  const resources = root.node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one));
  for (const resource of resources) {
    const { stack } = resource;
    const inStack = logicalIds.get(stack) ?? new Map<string, CfnResource>();
    inStack.set(stack.resolve(resource.logicalId), resource);
    logicalIds.set(stack, inStack);
  }
  const inStack = (resource: CfnResource, logicalId: unknown) => (
    typeof logicalId === 'string' ? logicalIds.get(resource.stack)?.get(logicalId) : undefined);
  const entries = resources
    .filter(({ cfnResourceType: type }) => (
      ATTACHED.includes(type) || type === PERMISSION_SET || Object.hasOwn(IDENTITIES, type)))
    .map((resource) => entryFor(resource, (logicalId) => inStack(resource, logicalId)?.cfnResourceType));
  return group(entries, inStack);
}

function entryFor(resource: CfnResource, typeOf: (logicalId: string) => string | undefined): Entry {
  const template = resource.stack.resolve((resource as any)._toCloudFormation());
  const [definition]: any[] = Object.values(template?.Resources ?? {});
  const properties = definition?.Properties ?? {};
  const documents: [string | undefined, unknown][] = [
    [undefined, properties.PolicyDocument],
    [undefined, properties.InlinePolicy],
    ...listOf(properties.Policies).map((one: any): [string | undefined, unknown] => (
      [typeof one?.PolicyName === 'string' ? one.PolicyName : undefined, one?.PolicyDocument])),
  ];
  const policies = documents
    .map(([name, document]) => ({ construct: resource, name, statements: readStatements(parsed(document), typeOf) }))
    .filter(({ statements }) => statements.length > 0);
  return { resource, properties, policies };
}

/** The inline policy of a permission set may be text. */
function parsed(document: unknown): unknown {
  if (typeof document !== 'string') { return document; }
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Puts the policies together by whom they are attached to. */
function group(
  entries: Entry[], inStack: (resource: CfnResource, logicalId: unknown) => CfnResource | undefined,
): ReviewedPrincipal[] {
  const known = new Map<CfnResource, { policies: ReviewedPolicy[]; isComplete: boolean }>();
  const imported = new Map<string, ReviewedPolicy[]>();
  const unattached: ReviewedPolicy[] = [];
  const byResource = new Map(entries.map((entry) => [entry.resource, entry]));
  const attachedManaged = new Set<CfnResource>();
  for (const { resource, properties, policies } of entries) {
    if (ATTACHED.includes(resource.cfnResourceType)) { continue; }
    const arns = listOf(properties.ManagedPolicyArns ?? properties.ManagedPolicies);
    const managed = arns.map((arn: any) => byResource.get(inStack(resource, arn?.Ref)!));
    managed.forEach((entry) => entry && attachedManaged.add(entry.resource));
    known.set(resource, {
      policies: [...policies, ...managed.flatMap((entry) => entry?.policies ?? [])],
      isComplete: arns.every((arn, index) => managed[index] !== undefined || isHarmless(arn))
        && properties.Groups === undefined && properties.CustomerManagedPolicyReferences === undefined,
    });
  }
  for (const { resource, properties, policies } of entries) {
    if (!ATTACHED.includes(resource.cfnResourceType)) { continue; }
    const holders = Object.entries(IDENTITIES).flatMap(([type, name]) => (
      [...listOf(properties[`${name}s`]), ...listOf(properties[`${name}Name`])].map((holder: any) => ({
        type, holder, principal: principalNamed(holder, type, resource, entries, inStack),
      }))));
    for (const { type, holder, principal } of holders) {
      if (principal) {
        known.get(principal)!.policies.push(...policies);
      } else {
        const key = `${type} ${JSON.stringify(holder)}`;
        imported.set(key, [...imported.get(key) ?? [], ...policies]);
      }
    }
    if (holders.length === 0 && !attachedManaged.has(resource)) { unattached.push(...policies); }
  }
  return [
    ...known.values(),
    ...[...imported.values()].map((policies) => ({ policies, isComplete: false })),
    { policies: unattached, isComplete: true },
  ].filter(({ policies }) => policies.length > 0);
}

/** The principal that a policy names, by a reference or by a literal name. */
function principalNamed(
  holder: any, type: string, policy: CfnResource, entries: Entry[],
  inStack: (resource: CfnResource, logicalId: unknown) => CfnResource | undefined,
): CfnResource | undefined {
  if (typeof holder !== 'string') {
    const referenced = inStack(policy, holder?.Ref);
    return referenced?.cfnResourceType === type ? referenced : undefined;
  }
  return entries.find(({ resource, properties }) => (
    resource.cfnResourceType === type && properties[`${IDENTITIES[type]}Name`] === holder))?.resource;
}

/** Whether AWS's managed policy has nothing of ElastiCache. */
function isHarmless(arn: any): boolean {
  const [, parts] = arn?.['Fn::Join'] ?? [];
  const text = typeof arn === 'string' ? arn : Array.isArray(parts) ? String(parts[parts.length - 1]) : '';
  const name = text.replace(/^.*:policy\//, '');
  return /:aws:policy\//.test(text) && HARMLESS_MANAGED_POLICIES.some((pattern) => matchesPattern(name, pattern));
}
