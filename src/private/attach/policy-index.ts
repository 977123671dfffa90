/**
 * The policies of an app that name a principal, where the principal doesn't know of them: managed policies that are
 * attached to it, and CloudFormation resources that name it.
 *
 * The whole tree has to be looked through, so the policies that were found are kept for each app. Looking again
 * visits what was added since to a scope, a stack or an app, but not to a resource of CDK. `InlinePolicyLookup` visits
 * everything anew, once for all principals.
 */
import {
  CfnGroup, CfnGroupPolicy, CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy, CfnUser, CfnUserPolicy, LazyRole,
  ManagedPolicy, Policy,
} from 'aws-cdk-lib/aws-iam';
import { CfnElement, Reference, Resource, Stack, Token, TokenComparison, Tokenization } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
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
  const { inline, managed } = withChildrenOf(principal, indexOf(principal.node.root));
  const keys = new Set([...keysOfPrincipal(principal, kind), writtenReferenceTo(principal)]);
  const names = (policy: InlinePolicy | AnyManagedPolicy) => {
    const known = keysOfPolicy(policy, kind);
    return [...known.keys, ...known.written].some((key) => keys.has(key)) && isForAccountOf(principal, policy);
  };
  return { inline: inline.filter(names), managed: managed.filter(names) };
}

/** The policies of one kind of principal, by what they know it by. */
interface PoliciesByKey {
  readonly keys: Map<unknown, InlinePolicy[]>;
  readonly written: Map<unknown, InlinePolicy[]>;
}

/** Looks up the inline policies of many principals. The time of each doesn't grow with the number of policies. */
export class InlinePolicyLookup {
  private readonly all: InlinePolicy[];
  private readonly byKind = new Map<IdentityKind, PoliciesByKey>();

  constructor(root: IConstruct) {
    this.all = completeIndexOf(root).inline;
  }

  /** The policies that name the principal. */
  public policiesNaming(principal: Identity, kind: IdentityKind): InlinePolicy[] {
    const { keys, written } = this.policiesByKey(kind);
    const policies = new Set([
      ...keysOfPrincipal(principal, kind).flatMap((key) => keys.get(key) ?? []),
      // Few policies have one, and CDK takes long to make it.
      ...written.size > 0 ? written.get(writtenReferenceTo(principal)) ?? [] : [],
    ]);
    return [...policies].filter((policy) => isForAccountOf(principal, policy));
  }

  private policiesByKey(kind: IdentityKind): PoliciesByKey {
    let byKey = this.byKind.get(kind);
    if (!byKey) {
      byKey = { keys: new Map(), written: new Map() };
      this.byKind.set(kind, byKey);
      for (const policy of this.all) {
        const { keys, written } = keysOfPolicy(policy, kind);
        keys.forEach((key) => addTo(byKey!.keys, key, policy));
        written.forEach((key) => addTo(byKey!.written, key, policy));
      }
    }
    return byKey;
  }
}

function addTo(policiesByKey: Map<unknown, InlinePolicy[]>, key: unknown, policy: InlinePolicy): void {
  const policies = policiesByKey.get(key);
  if (policies) {
    policies.push(policy);
  } else {
    policiesByKey.set(key, [policy]);
  }
}

function completeIndexOf(root: IConstruct): PolicyIndex {
  const index = emptyIndex();
  visit(root, index);
  return index;
}

function emptyIndex(): PolicyIndex {
  return { visited: new Map(), inline: [], managed: [] };
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
function withChildrenOf(principal: IConstruct, { inline, managed }: PolicyIndex): NamingPolicies {
  const children = emptyIndex();
  principal.node.children.forEach((child) => visit(child, children));
  return {
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
function holdersOf(policy: InlinePolicy | AnyManagedPolicy, kind: IdentityKind): any[] {
  const single = (policy as any)[`${kind}Name`];
  const holders = single === undefined ? listOf((policy as any)[`${kind}s`]) : [single];
  return Token.isUnresolved(holders) ? listOf(Stack.of(policy).resolve(holders)) : holders;
}

/** A list, which the newest versions of CDK keep in an object with a getter. */
export function listOf(value: any): any[] {
  const list = typeof value?.get === 'function' ? value.get() : value;
  return Array.isArray(list) ? list : [];
}

/** What the principals of a policy are known by. */
interface PolicyKeys {
  /** The construct, the name, and the resource that a reference leads to. */
  readonly keys: unknown[];

  /** The name as the template has it, where it is made of other tokens than a reference. */
  readonly written: string[];
}

function keysOfPolicy(policy: InlinePolicy | AnyManagedPolicy, kind: IdentityKind): PolicyKeys {
  const keys: unknown[] = [];
  const written: string[] = [];
  for (const holder of holdersOf(policy, kind)) {
    if (holder === undefined || holder === null) { continue; }
    keys.push(holder);
    if (holder instanceof LazyRole) { continue; }
    const name = holder[`${kind}Name`] ?? holder;
    keys.push(name);
    const resource = Construct.isConstruct(holder) ? resourceOf(holder) : undefined;
    if (resource) {
      keys.push(resource);
      continue;
    }
    if (typeof name === 'string' && !Token.isUnresolved(name)) { continue; }
    const reference = Tokenization.reverse(name, { failConcat: false });
    if (!Reference.isReference(reference)) {
      written.push(writtenReference(policy, name));
    } else if (NAME_ATTRIBUTES.includes(reference.displayName)) {
      keys.push(reference.target);
    }
  }
  return { keys, written };
}

const NAME_ATTRIBUTES = ['Ref', 'RoleName'];

/** What the principal may be known by, but for its written reference. A lazy role is made when its name is read. */
function keysOfPrincipal(principal: Identity, kind: IdentityKind): unknown[] {
  if (principal instanceof LazyRole) { return [principal]; }
  const keys = [principal, (principal as any)[`${kind}Name`]];
  const resource = resourceOf(principal);
  return resource ? [...keys, resource, (resource as any)[`${kind}Name`]] : keys;
}

/** The reference to the principal as its template has it; undefined where it has no resource. */
function writtenReferenceTo(principal: Identity): string | undefined {
  const resource = resourceOf(principal);
  return resource && writtenReference(resource, { Ref: resource.logicalId });
}

function resourceOf(principal: IConstruct): CfnRole | CfnUser | CfnGroup | undefined {
  const resource = principal.node.defaultChild;
  return resource instanceof CfnRole || resource instanceof CfnUser || resource instanceof CfnGroup
    ? resource
    : undefined;
}

/** Two accounts may have principals of one name, and a policy is attached to that of its own account. */
function isForAccountOf(principal: Identity, policy: IConstruct): boolean {
  const account = principal.principalAccount ?? Stack.of(principal).account;
  return Token.compareStrings(Stack.of(policy).account, account) !== TokenComparison.DIFFERENT;
}

/** A reference as the template has it, with the stack, in which alone it has a meaning. */
function writtenReference(construct: IConstruct, reference: unknown): string {
  const stack = Stack.of(construct);
  return `${stack.node.path} ${JSON.stringify(stack.resolve(reference))}`;
}
