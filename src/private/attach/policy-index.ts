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

type InlinePolicy = Policy | CfnPolicy | CfnRolePolicy | CfnUserPolicy | CfnGroupPolicy;
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
export function policiesNaming(principal: Identity, kind: IdentityKind, complete?: PolicyIndex): NamingPolicies {
  const { inline, managed } = complete ?? withChildren(indexOf(principal.node.root), principal);
  const names = (policy: InlinePolicy | AnyManagedPolicy) => holdersOf(policy, kind).some((holder) => (
    holder === principal || isNameOf(holder, policy, principal, kind)));
  return { inline: inline.filter(names), managed: managed.filter(names) };
}

/** All policies of an app, for looking up several principals. */
export function completeIndexOf(root: IConstruct): PolicyIndex {
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
  // A lazy role comes into being when its name is read.
  const isLazy = 'instantiate' in principal || (typeof holder === 'object' && 'instantiate' in holder);
  const name = isLazy ? undefined : (typeof holder === 'object' ? holder[`${kind}Name`] ?? holder : holder);
  if (name === undefined) { return false; }
  const resource = principal.node.defaultChild;
  if (typeof name === 'string' && !Token.isUnresolved(name)) {
    return namesOf(principal, resource, kind).includes(name) && sameAccount(policy, principal);
  }
  if (name === (principal as any)[`${kind}Name`]) { return true; }
  const token: any = typeof name === 'string' ? Tokenization.reverse(name, { failConcat: false }) : undefined;
  if (token && Reference.isReference(token)) {
    return resource !== undefined && token.target === resource && ['Ref', 'RoleName'].includes(token.displayName);
  }
  const stack = Stack.of(policy);
  return CfnElement.isCfnElement(resource) && stack === Stack.of(resource)
    && JSON.stringify(stack.resolve(name)) === JSON.stringify({ Ref: stack.resolve(resource.logicalId) });
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
