/**
 * The policies of an app, and which of them one principal has.
 *
 * A policy is an L1 in the end, whether it was written as an L2, as an L1 or in an included template, so L1s are read,
 * as the template will have them. What an imported principal has besides, and what is in a policy of another app, is
 * not known.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { readDocument, ReviewedStatement } from './statement';
import { Template } from './template';
import { MANAGED_POLICIES } from '../catalog/catalog.generated';

/** One policy document in the app. */
export interface ReviewedPolicy {
  /** Where a finding is reported. */
  readonly construct: CfnResource;

  /** The name of the document, where its resource may have several. */
  readonly name?: string;
  readonly statements: ReviewedStatement[];
}

/** The policies of an app. */
export interface ReviewedPolicies {
  readonly all: ReviewedPolicy[];

  /**
   * The policies of each principal, where the app has all of its policies that can be about ElastiCache. Those that are
   * attached to nobody yet count as one principal's.
   */
  readonly together: ReviewedPolicy[][];
}

interface Principal {
  readonly policies: ReviewedPolicy[];

  /** Whether the app has all of its policies that can be about ElastiCache. */
  readonly isComplete: boolean;
}

interface Entry extends Principal {
  readonly resource: CfnResource;
  readonly properties: any;
}

/** The property of a policy that lists the principals of a type. */
const IDENTITIES: Record<string, string> = {
  'AWS::IAM::Role': 'Role', 'AWS::IAM::User': 'User', 'AWS::IAM::Group': 'Group',
};
const HOLDERS = [...Object.keys(IDENTITIES), 'AWS::SSO::PermissionSet'];
const SERVICE_CONTROL_POLICY = 'AWS::Organizations::Policy';
const ATTACHED = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy'];

/** The types of resources that are read. */
export const POLICY_TYPES = [...HOLDERS, ...ATTACHED, SERVICE_CONTROL_POLICY];

/** The policies of an app, and which belong together. */
export function policiesOf(template: Template): ReviewedPolicies {
  const entries = template.resourcesOf(POLICY_TYPES).map((resource) => entryFor(resource, template));
  const byResource = new Map(entries.map((entry) => [entry.resource, entry]));
  const attached = entries.filter(({ resource }) => ATTACHED.includes(resource.cfnResourceType));
  const byName = new Map(entries.map((entry) => [nameOf(entry), entry.resource]));

  const principals = new Map<CfnResource, Principal>();
  const holding = new Set<CfnResource>();
  for (const { resource, properties, policies, isComplete } of entries) {
    if (!HOLDERS.includes(resource.cfnResourceType)) { continue; }
    const arns = [properties.ManagedPolicyArns ?? properties.ManagedPolicies ?? []].flat();
    const managed = arns.map((arn: any) => byResource.get(template.referenced(resource, arn?.Ref)!));
    managed.forEach((entry) => entry && holding.add(entry.resource));
    principals.set(resource, {
      policies: [...policies, ...managed.flatMap((entry) => entry?.policies ?? [])],
      isComplete: isComplete && properties.Groups === undefined
        && properties.CustomerManagedPolicyReferences === undefined
        && arns.every((arn: any, index: number) => managed[index]?.isComplete ?? isWithoutElastiCache(arn)),
    });
  }
  for (const { resource, properties, policies, isComplete } of attached) {
    for (const [type, property] of Object.entries(IDENTITIES)) {
      for (const holder of [properties[`${property}s`] ?? [], properties[`${property}Name`] ?? []].flat()) {
        holding.add(resource);
        const own = typeof holder === 'string'
          ? byName.get(`${type} ${holder}`)
          : template.referenced(resource, holder?.Ref);
        const principal = own && principals.get(own);
        if (principal) {
          principals.set(own, {
            policies: [...principal.policies, ...policies], isComplete: principal.isComplete && isComplete,
          });
        }
      }
    }
  }
  const unattached = attached.filter(({ resource }) => !holding.has(resource));
  const nobody = {
    policies: unattached.flatMap(({ policies }) => policies),
    isComplete: unattached.every(({ isComplete }) => isComplete),
  };
  return {
    all: entries.flatMap(({ policies }) => policies),
    together: [...principals.values(), nobody].filter(({ isComplete }) => isComplete).map(({ policies }) => policies),
  };
}

function entryFor(resource: CfnResource, template: Template): Entry {
  const properties = template.propertiesOf(resource);
  const { PolicyDocument, InlinePolicy, Content, Type, Policies } = properties;
  const named: [string | undefined, unknown][] = [
    [undefined, PolicyDocument],
    [undefined, InlinePolicy],
    [undefined, Type === 'SERVICE_CONTROL_POLICY' ? Content : undefined],
    ...[Policies ?? []].flat().map((one: any): [string | undefined, unknown] => (
      [typeof one?.PolicyName === 'string' ? one.PolicyName : undefined, one?.PolicyDocument ?? one])),
  ];
  const documents = named.map(([name, document]) => ({
    name, ...readDocument(parsed(document), (logicalId) => template.referenced(resource, logicalId)?.cfnResourceType),
  }));
  return {
    resource,
    properties,
    policies: documents.map(({ name, statements }) => ({ construct: resource, name, statements })),
    isComplete: documents.every(({ isComplete }) => isComplete),
  };
}

/** A document may be text: as an inline policy of a permission set, and as a service control policy. */
function parsed(document: unknown): unknown {
  if (typeof document !== 'string') { return document; }
  try {
    return JSON.parse(document);
  } catch {
    return null;
  }
}

/** By what a policy may name a principal that has a name of its own. */
function nameOf({ resource, properties }: Entry): string {
  const { cfnResourceType: type } = resource;
  return `${type} ${properties[`${IDENTITIES[type]}Name`]}`;
}

/** Whether a managed policy is one of AWS's that has nothing of ElastiCache. */
function isWithoutElastiCache(arn: any): boolean {
  const [, parts] = arn?.['Fn::Join'] ?? [];
  const text = typeof arn === 'string' ? arn : Array.isArray(parts) ? String(parts[parts.length - 1]) : '';
  const [, name] = /:aws:policy\/(?:.*\/)?([^/]+)$/.exec(text) ?? [];
  return name !== undefined && !MANAGED_POLICIES.includes(name);
}
