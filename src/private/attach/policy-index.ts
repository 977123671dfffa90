/**
 * The policies of an app that name a principal, where the principal doesn't know of them: managed policies that are
 * attached to it, and CloudFormation resources that name it.
 *
 * The whole tree has to be looked through, so the policies that were found are kept for each app. Looking again
 * visits what was added since to a scope, a stack or an app, but not to a resource of CDK. With `complete`, everything
 * is visited anew.
 */
import {
  CfnGroup, CfnGroupPolicy, CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy, CfnUser, CfnUserPolicy, ManagedPolicy,
  Policy,
} from 'aws-cdk-lib/aws-iam';
import { CfnElement, Reference, Resource, Stack, Token, TokenComparison, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Identity } from './principals';
import { IdentityKind } from '../policy/limits';

export type InlinePolicy = Policy | CfnPolicy | CfnRolePolicy | CfnUserPolicy | CfnGroupPolicy;
type AnyManagedPolicy = ManagedPolicy | CfnManagedPolicy;

/** The policies that name one principal. */
export interface NamingPolicies {
  readonly inline: InlinePolicy[];
  readonly managed: AnyManagedPolicy[];
}

interface PolicyIndex {
  /** How many children of each scope were visited. */
  readonly visited: Map<IConstruct, number>;
  readonly inline: InlinePolicy[];
  readonly managed: AnyManagedPolicy[];
}

const INDEXES = new WeakMap<IConstruct, PolicyIndex>();

/** The policies of the app that name the principal. */
export function policiesNaming(principal: Identity, kind: IdentityKind): NamingPolicies {
  return thoseNaming(principal, kind, withChildren(indexOf(principal.node.root), principal));
}

/** Looks up many principals of an app. The time of each doesn't grow with the number of policies. */
export class PolicyLookup {
  private readonly index: PolicyIndex;
  private readonly byKind = new Map<IdentityKind, InlinePoliciesByHolder>();

  constructor(root: IConstruct) {
    this.index = completeIndexOf(root);
  }

  /** The inline policies that name the principal. */
  public inlinePoliciesNaming(principal: Identity, kind: IdentityKind): InlinePolicy[] {
    let byHolder = this.byKind.get(kind);
    if (!byHolder) {
      byHolder = new InlinePoliciesByHolder(this.index.inline, kind);
      this.byKind.set(kind, byHolder);
    }
    return thoseNaming(principal, kind, { inline: byHolder.candidatesFor(principal), managed: [] }).inline;
  }
}

/** Inline policies by whatever their principals are written as: constructs, names and references. */
class InlinePoliciesByHolder {
  private readonly policies = new Map<unknown, Set<InlinePolicy>>();
  private readonly byReference = new Map<string, Set<InlinePolicy>>();

  constructor(inline: InlinePolicy[], private readonly kind: IdentityKind) {
    inline.forEach((policy) => holdersOf(policy, kind).forEach((holder) => this.add(policy, holder)));
  }

  /** The policies that may name the principal, among them all that do. */
  public candidatesFor(principal: Identity): InlinePolicy[] {
    const resource = principal.node.defaultChild;
    const keys: unknown[] = [principal];
    if (!isLazyRole(principal)) {
      keys.push((principal as any)[`${this.kind}Name`], ...namesOf(principal, resource, this.kind));
    }
    const found = keys.concat(resource ?? []).flatMap((key) => [...this.policies.get(key) ?? []]);
    const referring = this.byReference.size > 0 && CfnElement.isCfnElement(resource)
      ? this.byReference.get(referenceTo(resource)) ?? []
      : [];
    return [...new Set([...found, ...referring])];
  }

  private add(policy: InlinePolicy, holder: any): void {
    put(this.policies, holder, policy);
    const name = nameOf(holder, this.kind);
    if (typeof name === 'string') {
      put(this.policies, name, policy);
    }
    const target = referenceOf(name)?.target;
    if (target) {
      put(this.policies, target, policy);
    } else if (name !== undefined && (typeof name !== 'string' || Token.isUnresolved(name))) {
      put(this.byReference, writtenReference(policy, name), policy);
    }
  }
}

function put<K>(map: Map<K, Set<InlinePolicy>>, key: K, policy: InlinePolicy): void {
  map.set(key, (map.get(key) ?? new Set()).add(policy));
}

function thoseNaming(principal: Identity, kind: IdentityKind, { inline, managed }: NamingPolicies): NamingPolicies {
  const names = (policy: InlinePolicy | AnyManagedPolicy) => holdersOf(policy, kind).some((holder) => (
    holder === principal || isNameOf(holder, policy, principal, kind)));
  return { inline: inline.filter(names), managed: managed.filter(names) };
}

function completeIndexOf(root: IConstruct): PolicyIndex {
  const index: PolicyIndex = { visited: new Map(), inline: [], managed: [] };
  visit(root, index);
  return index;
}

function indexOf(root: IConstruct): PolicyIndex {
  let index = INDEXES.get(root);
  if (!index) {
    index = completeIndexOf(root);
    INDEXES.set(root, index);
    return index;
  }
  for (const [scope, count] of [...index.visited]) {
    visitChildren(scope, index, count);
  }
  return index;
}

/** The principal's own children may be newer than the last visit. */
function withChildren({ visited, inline, managed }: PolicyIndex, principal: IConstruct): PolicyIndex {
  const children: PolicyIndex = { visited: new Map(), inline: [], managed: [] };
  principal.node.children.forEach((child) => visit(child, children));
  return {
    visited,
    inline: [...new Set([...inline, ...children.inline])],
    managed: [...new Set([...managed, ...children.managed])],
  };
}

function visit(node: IConstruct, index: PolicyIndex): void {
  if (node instanceof ManagedPolicy || node instanceof CfnManagedPolicy) {
    index.managed.push(node);
  } else if (isInlinePolicy(node)) {
    index.inline.push(node);
  } else if (Resource.isResource(node)) {
    node.node.children.forEach((child) => visit(child, index));
  } else if (!CfnElement.isCfnElement(node)) {
    visitChildren(node, index, 0);
  }
}

function visitChildren(scope: IConstruct, index: PolicyIndex, from: number): void {
  const { children } = scope.node;
  index.visited.set(scope, children.length);
  for (let position = from; position < children.length; position++) {
    visit(children[position], index);
  }
}

function isInlinePolicy(node: unknown): node is InlinePolicy {
  return node instanceof Policy || node instanceof CfnPolicy || node instanceof CfnRolePolicy
    || node instanceof CfnUserPolicy || node instanceof CfnGroupPolicy;
}

/** The principals of the policy, as constructs or as names. */
function holdersOf(policy: InlinePolicy | AnyManagedPolicy, kind: IdentityKind): unknown[] {
  if (policy instanceof CfnRolePolicy) { return kind === 'role' ? [policy.roleName] : []; }
  if (policy instanceof CfnUserPolicy) { return kind === 'user' ? [policy.userName] : []; }
  if (policy instanceof CfnGroupPolicy) { return kind === 'group' ? [policy.groupName] : []; }
  const holders = listOf((policy as any)[`${kind}s`]);
  return Token.isUnresolved(holders) ? listOf(Stack.of(policy).resolve(holders)) : holders;
}

/** A list, which the newest versions of CDK keep in an object with a getter. */
export function listOf(value: any): any[] {
  const list = typeof value?.get === 'function' ? value.get() : value;
  return Array.isArray(list) ? list : [];
}

function isNameOf(holder: any, policy: IConstruct, principal: Identity, kind: IdentityKind): boolean {
  const name = isLazyRole(principal) ? undefined : nameOf(holder, kind);
  if (name === undefined) { return false; }
  const resource = principal.node.defaultChild;
  if (typeof name === 'string' && !Token.isUnresolved(name)) {
    return namesOf(principal, resource, kind).includes(name) && sameAccount(policy, principal);
  }
  if (name === (principal as any)[`${kind}Name`]) { return true; }
  const reference = referenceOf(name);
  if (reference) {
    return resource !== undefined && reference.target === resource
      && ['Ref', 'RoleName'].includes(reference.displayName);
  }
  return CfnElement.isCfnElement(resource) && Stack.of(policy) === Stack.of(resource)
    && writtenReference(policy, name) === referenceTo(resource);
}

/** A lazy role comes into being when its name is read. */
function isLazyRole(holder: unknown): boolean {
  return typeof holder === 'object' && holder !== null && 'instantiate' in holder;
}

/** How a policy names one of its principals. */
function nameOf(holder: any, kind: IdentityKind): unknown {
  if (isLazyRole(holder)) { return undefined; }
  return typeof holder === 'object' ? holder[`${kind}Name`] ?? holder : holder;
}

function referenceOf(name: unknown): Reference | undefined {
  const token = typeof name === 'string' && Token.isUnresolved(name)
    ? Tokenization.reverse(name, { failConcat: false })
    : undefined;
  return token && Reference.isReference(token) ? token : undefined;
}

/** A reference that is not an object of CDK, as the template has it, with its stack. */
function writtenReference(policy: IConstruct, name: unknown): string {
  const stack = Stack.of(policy);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(name))}`;
}

function referenceTo(resource: CfnElement): string {
  return writtenReference(resource, { Ref: resource.logicalId });
}

/** The names of the principal that are known. */
function namesOf(principal: Identity, resource: IConstruct | undefined, kind: IdentityKind): string[] {
  const given = resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup
    ? (resource as any)[`${kind}Name`]
    : undefined;
  return [(principal as any)[`${kind}Name`], given]
    .filter((name) => typeof name === 'string' && !Token.isUnresolved(name));
}

function sameAccount(policy: IConstruct, principal: Identity): boolean {
  const account = principal.principalAccount ?? Stack.of(principal).account;
  return Token.compareStrings(Stack.of(policy).account, account) !== TokenComparison.DIFFERENT;
}
