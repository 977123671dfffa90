/**
 * What CDK knows of a principal's policies: how many characters its inline policies have, and which managed policies
 * are attached to it.
 *
 * The principal keeps a part itself; the rest names it from elsewhere in the app (policy-index.ts). Only what is in the
 * app is seen; what else an imported principal has is not.
 */
import { CfnGroup, CfnRole, CfnUser, LazyRole, ManagedPolicy, Policy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { InlinePolicy, listOf, NamingPolicies } from './policy-index';
import { Identity } from './principals';
import { DOCUMENT_SIZE, SizeEstimator } from '../policy/size';
import { usedRole } from '../util/lazy-roles';

/** The inline policies that the principal knows of, as constructs. */
export function ownPolicies(principal: Identity): Set<Policy> {
  const { attachedPolicies, policies } = principal as any;
  return new Set([
    ...principal.node.children.filter((child): child is Policy => child instanceof Policy),
    // CDK's own list: aws-cdk-lib/aws-iam/lib/util.ts, AttachedPolicies. A lazy role has a list without it.
    ...listOf(attachedPolicies?.policies),
    ...principal instanceof LazyRole ? listOf(policies) : [],
  ]);
}

/** The characters of the inline policies that the principal itself knows of, but for one that they are added to. */
export function ownInlineSize(principal: Identity, sizeOf: SizeEstimator): number {
  const policies = [...ownPolicies(principal)].map(({ document }) => document);
  return [...policies, ...documentsWithin(principal)]
    .reduce<number>((size, document) => size + sizeOfDocument(document, sizeOf), 0);
}

/** Of the inline policies that name the principal, those that it doesn't know of itself. */
export function otherInlinePolicies(principal: Identity, inline: InlinePolicy[]): InlinePolicy[] {
  const known = ownPolicies(principal);
  return inline.filter((policy) => !(policy instanceof Policy && known.has(policy)));
}

/** The characters of inline policies. */
export function sizeOfPolicies(inline: InlinePolicy[], sizeOf: SizeEstimator): number {
  return inline
    .map((policy) => (policy instanceof Policy ? policy.document : policy.policyDocument))
    .reduce((size, document) => size + sizeOfDocument(document, sizeOf), 0);
}

/** The characters of a document. A copy is measured: CDK freezes the statements of a document that it resolves. */
export function sizeOfDocument(document: any, sizeOf: SizeEstimator): number {
  if (!(document instanceof PolicyDocument)) {
    return document === undefined || document === null ? 0 : sizeOf(document);
  }
  return document.isEmpty ? 0 : sizeOf(PolicyDocument.fromJson(document.toJSON()));
}

/** The managed policies of the principal, each once: those that it names, and those that name it. */
export function attachedManagedPolicies(principal: Identity, { managed }: NamingPolicies): number {
  const stack = Stack.of(principal);
  const own = principal.node.children.filter((child) => child instanceof ManagedPolicy);
  const arns = new Set<string>([
    ...[...own, ...managed].map((policy) => (policy instanceof ManagedPolicy ? policy.managedPolicyArn : policy.ref)),
    ...managedPolicyArnsOf(principal),
  ].map((arn) => JSON.stringify(stack.resolve(arn))));
  return arns.size;
}

function managedPolicyArnsOf(principal: Identity): unknown[] {
  if (principal instanceof LazyRole && !usedRole(principal)) {
    const { props, managedPolicies } = principal as any;
    return [...listOf(props?.managedPolicies), ...listOf(managedPolicies)].map((policy) => policy.managedPolicyArn);
  }
  const resource = principal.node.defaultChild;
  const attachable = resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup;
  return attachable ? Stack.of(resource).resolve(resource.managedPolicyArns) ?? [] : [];
}

/** The document that statements for the principal are added to; undefined where there is none yet. */
export function defaultDocumentOf(principal: IConstruct): PolicyDocument | undefined {
  const { defaultPolicy, statements } = principal as any;
  if (principal instanceof LazyRole) {
    return new PolicyDocument({ statements: listOf(statements).map((statement) => statement.copy()) });
  }
  return defaultPolicy instanceof Policy ? defaultPolicy.document : undefined;
}

/** The documents that are no policies of their own: those within the resource, and what a lazy role keeps. */
function documentsWithin(principal: Identity): unknown[] {
  if (principal instanceof LazyRole) {
    const { props } = principal as any;
    return [...Object.values(props?.inlinePolicies ?? {}), defaultDocumentOf(principal)];
  }
  const resource = principal.node.defaultChild;
  if (!(resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup)) {
    return [];
  }
  const policies = Token.isUnresolved(resource.policies)
    ? Stack.of(resource).resolve(resource.policies)
    : resource.policies;
  return listOf(policies).map((policy) => policy?.policyDocument ?? policy?.PolicyDocument);
}

/** What a document gives back where statements are added to it: the text around them, but for a comma. */
export function sharedSize(document: PolicyDocument | undefined): number {
  return !document || document.isEmpty ? 0 : DOCUMENT_SIZE - ','.length;
}
