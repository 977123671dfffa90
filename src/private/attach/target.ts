import { CfnGroup, CfnRole, CfnUser, IGrantable, LazyRole, ManagedPolicy, Policy, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { INLINE_LIMITS, MANAGED_POLICY_LIMIT } from '../policy/limits';
import { DOCUMENT_SIZE, SizeEstimator } from '../policy/size';

/** What will hold the statements that a grantee gets, as far as CDK lets it be known. */
export interface PolicyTarget {
  readonly what: string;

  /** How many characters its own policy still takes, and how many are used. */
  readonly remaining: number;
  readonly used: number;

  /** Makes a managed policy of the holder's, where it may have one. */
  readonly managedPolicy?: (id: string) => ManagedPolicy;

  /** How many managed policies it has. */
  readonly attached: number;

  /** Whether CDK may drop what it is given: it says so only once something was added to its own policy. */
  readonly mayIgnorePolicies?: boolean;

  /** Whether CDK divides its own policy, between statements. */
  readonly splitsItself?: boolean;
}

export function policyTargetOf(grantee: IGrantable, measure: SizeEstimator): PolicyTarget {
  const principal = grantee.grantPrincipal;
  const only = (what: string, limit: number, ...documents: PolicyDocument[]) => {
    const used = charactersUsed(documents, measure);
    return { what, remaining: limit - used, used, attached: 0 };
  };
  if (grantee instanceof ManagedPolicy) {
    return only('a managed policy', MANAGED_POLICY_LIMIT, grantee.document);
  }
  if (grantee instanceof Policy) {
    return only('an inline policy', INLINE_LIMITS.role, grantee.document);
  }
  if (principal instanceof LazyRole) {
    return { ...only('a role', MANAGED_POLICY_LIMIT), splitsItself: true };
  }
  const kind = (['role', 'user', 'group'] as const).find((name) => `${name}Name` in principal);
  if (!kind || !Construct.isConstruct(principal)) {
    return only('a role', INLINE_LIMITS.role);
  }
  const { defaultChild: resource, children } = principal.node;
  const created = Role.isRole(principal);
  if (created && !resource) {
    // CDK takes what a role that is created beforehand needs into a report, which has no limit.
    return only('a role', Infinity);
  }
  const own = only(`a ${kind}`, INLINE_LIMITS[kind], ...documentsIn(resource), ...children.filter((child) => child instanceof Policy).map(({ document }) => document));
  return {
    ...own,
    // CDK takes what is only known at deployment to be longer than it can be, and would divide what fits.
    remaining: created ? Math.min(own.remaining, MANAGED_POLICY_LIMIT) : own.remaining,
    managedPolicy: (id) => new ManagedPolicy(principal, id, { [`${kind}s`]: [principal] }),
    get attached() { return children.filter((child) => child instanceof ManagedPolicy).length + arnsIn(resource).length; },
    mayIgnorePolicies: kind === 'role' && !created,
  };
}

/** Copies are measured, since CDK freezes the statements of a document that is resolved. */
function charactersUsed(documents: PolicyDocument[], measure: SizeEstimator): number {
  return documents
    .filter((document) => !document.isEmpty)
    .reduce((size, document) => size + measure(PolicyDocument.fromJson(document.toJSON())) - DOCUMENT_SIZE, 0);
}

function documentsIn(resource?: IConstruct): PolicyDocument[] {
  const policies = resource instanceof CfnRole && Array.isArray(resource.policies) ? resource.policies as CfnRole.PolicyProperty[] : [];
  return policies.map(({ policyDocument }) => policyDocument).filter((document) => document instanceof PolicyDocument);
}

function arnsIn(resource?: IConstruct): string[] {
  const attachable = resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup;
  return attachable ? Stack.of(resource).resolve(resource.managedPolicyArns) ?? [] : [];
}
