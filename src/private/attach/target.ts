/**
 * Where the statements of a grantee will be kept, and how much space there is, as far as CDK lets it be known.
 *
 * Attaching decides by this alone: whether the statements fit, whether managed policies are possible, and whether CDK
 * may ignore what it is given. Only what is in the app is seen; what else an imported role has is not.
 */
import {
  CfnGroup, CfnRole, CfnUser, IGrantable, LazyRole, ManagedPolicy, Policy, PolicyDocument, Role,
} from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { INLINE_LIMITS, MANAGED_POLICY_LIMIT } from '../policy/limits';
import { DOCUMENT_SIZE, SizeEstimator } from '../policy/size';

/** What holds the statements that a grantee gets. */
export interface PolicyTarget {
  /** How an error names it. */
  readonly description: string;

  /** How many characters its own policy can still have, and how many it has. */
  readonly remaining: number;
  readonly used: number;

  /** Makes a managed policy that is attached to the target, where that is possible. */
  readonly managedPolicy?: (id: string) => ManagedPolicy;

  /** How many managed policies it has. */
  readonly attached: number;

  /** Whether CDK may ignore statements, which only shows once one was added to the target's own policy. */
  readonly mayIgnorePolicies?: boolean;

  /** Whether CDK splits the target's own policy itself, between statements. */
  readonly splitsItself?: boolean;
}

const IDENTITY_KINDS = ['role', 'user', 'group'] as const;

export function policyTargetOf(grantee: IGrantable, sizeOf: SizeEstimator): PolicyTarget {
  const principal = grantee.grantPrincipal;
  if (grantee instanceof ManagedPolicy) {
    return onePolicy('a managed policy', MANAGED_POLICY_LIMIT, usedBy([grantee.document], sizeOf));
  }
  if (grantee instanceof Policy) {
    return onePolicy('an inline policy', INLINE_LIMITS.role, usedBy([grantee.document], sizeOf));
  }
  if (principal instanceof LazyRole) {
    // A lazy role is a Role once it is used, and a Role moves what its inline policy can't hold to managed policies:
    // aws-cdk-lib/aws-iam/lib/role.ts, splitLargePolicy.
    return { ...onePolicy('a role', MANAGED_POLICY_LIMIT, 0), splitsItself: true };
  }
  const kind = IDENTITY_KINDS.find((name) => `${name}Name` in principal);
  if (!kind || !Construct.isConstruct(principal)) {
    return onePolicy('a role', INLINE_LIMITS.role, 0);
  }
  const isRole = Role.isRole(principal);
  const { defaultChild: resource, children } = principal.node;
  if (isRole && !resource) {
    // Role.customizeRoles replaced the resource by a report of what the role needs, which has no limit.
    return onePolicy('a role', Infinity, 0);
  }
  const documents = children.filter((child) => child instanceof Policy).map(({ document }) => document);
  const own = onePolicy(`a ${kind}`, INLINE_LIMITS[kind], usedBy([...documentsOf(resource), ...documents], sizeOf));
  return {
    ...own,
    // CDK splits a role's policy by its own estimate, which takes tokens for longer than they can be. Up to the size of
    // a managed policy it leaves the policy whole.
    remaining: isRole ? Math.min(own.remaining, MANAGED_POLICY_LIMIT) : own.remaining,
    managedPolicy: (id) => new ManagedPolicy(principal, id, { [`${kind}s`]: [principal] }),
    // Counted when it is asked for, since attaching adds to it.
    get attached() {
      return children.filter((child) => child instanceof ManagedPolicy).length + managedPolicyArnsOf(resource).length;
    },
    mayIgnorePolicies: kind === 'role' && !isRole,
  };
}

function onePolicy(description: string, limit: number, used: number): PolicyTarget {
  return { description, remaining: limit - used, used, attached: 0 };
}

/**
 * The characters of documents. Copies are measured, since CDK freezes the statements of a document that it resolves.
 */
function usedBy(documents: PolicyDocument[], sizeOf: SizeEstimator): number {
  return documents
    .filter((document) => !document.isEmpty)
    .reduce((size, document) => size + sizeOf(PolicyDocument.fromJson(document.toJSON())) - DOCUMENT_SIZE, 0);
}

function documentsOf(resource?: IConstruct): PolicyDocument[] {
  const policies = resource instanceof CfnRole && Array.isArray(resource.policies)
    ? resource.policies as CfnRole.PolicyProperty[]
    : [];
  return policies.map(({ policyDocument }) => policyDocument).filter((document) => document instanceof PolicyDocument);
}

function managedPolicyArnsOf(resource?: IConstruct): string[] {
  const attachable = resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup;
  return attachable ? Stack.of(resource).resolve(resource.managedPolicyArns) ?? [] : [];
}
