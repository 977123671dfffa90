/**
 * Whom a grantee stands for: a grantee in, and its principal out, as it is inside of all wrappers.
 *
 * CDK wraps principals to add conditions or session tags to the trust of a role. A wrapper passes statements on to what
 * is inside, so every limit, quota and check is that of what is inside.
 */
import { IGrantable, IPrincipal, ManagedPolicy, Policy, PrincipalBase, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { IdentityKind } from '../policy/limits';
import { Recipient } from '../record';

/** A role, a user or a group, of this app or imported. */
export type Identity = IPrincipal & IConstruct;

const IDENTITY_KINDS: IdentityKind[] = ['role', 'user', 'group'];

/** The principal that takes the grantee's statements, wrappers included; undefined where there is none. */
export function principalOf(grantee: IGrantable): IPrincipal | undefined {
  let principal: any = grantee?.grantPrincipal;
  const seen = new Set<unknown>();
  while (principal?.grantPrincipal && !seen.has(principal)) {
    seen.add(principal);
    principal = principal.grantPrincipal;
  }
  return typeof principal?.addToPrincipalPolicy === 'function' ? principal : undefined;
}

/** The principal inside of all wrappers; undefined where the grantee has none. */
export function innerPrincipalOf(grantee: IGrantable): IPrincipal | undefined {
  const outer = principalOf(grantee);
  return outer && insideOf(outer);
}

/** The principal inside of all wrappers of a principal. */
export function insideOf(outer: IPrincipal): IPrincipal {
  const seen = new Set<unknown>();
  let inner = outer;
  for (let next: IPrincipal | undefined = outer; next && !seen.has(next); next = wrappedBy(next)) {
    seen.add(next);
    inner = next;
  }
  return inner;
}

/** What a `PrincipalAdapter` wraps, in a member that is protected: aws-cdk-lib/aws-iam/lib/principals.ts. */
function wrappedBy(principal: IPrincipal): IPrincipal | undefined {
  const { wrapped } = principal as { readonly wrapped?: IGrantable };
  return wrapped && !Construct.isConstruct(principal) ? principalOf(wrapped) : undefined;
}

/** The kind of an identity that has policies of its own; undefined for any other principal. */
export function identityKindOf(principal: IPrincipal): IdentityKind | undefined {
  return Construct.isConstruct(principal) ? IDENTITY_KINDS.find((kind) => `${kind}Name` in principal) : undefined;
}

/** The policy that a principal stands for: `policy.grantPrincipal`, in aws-cdk-lib/aws-iam/lib/policy.ts. */
export function policyOf(grantee: IGrantable, inner: IPrincipal): ManagedPolicy | Policy | undefined {
  const { _managedPolicy, _policy } = inner as { readonly _managedPolicy?: unknown; readonly _policy?: unknown };
  for (const policy of [_managedPolicy, _policy, grantee]) {
    if (policy instanceof ManagedPolicy || policy instanceof Policy) { return policy; }
  }
  return undefined;
}

/** Who gets the permissions, as a record of them has it: the policy or the principal, where it is a construct. */
export function recipientOf(grantee: IGrantable, inner: IPrincipal): Recipient {
  const construct = policyOf(grantee, inner) ?? inner;
  if (Construct.isConstruct(construct)) { return construct; }
  const { resource } = inner as { readonly resource?: unknown };
  return Construct.isConstruct(resource) ? `an unknown principal of ${resource.node.path}` : 'an unknown principal';
}

/**
 * Whether CDK changes none of the role's policies, and reports success all the same: roles that are imported as
 * immutable or from another account, and those that are created beforehand
 * (aws-cdk-lib/aws-iam/lib/private/immutable-role.ts and precreated-role.ts). The members that tell them are private:
 * where another version of CDK has others, the outcome is what tells (attach.ts).
 */
export function ignoresPolicies(principal: IPrincipal, kind: IdentityKind | undefined): boolean {
  return kind === 'role' && (
    'addGrantsToResources' in principal || 'policySynthesizer' in principal
    || (principal as { readonly _precreatedRole?: unknown })._precreatedRole !== undefined
    || (Role.isRole(principal) && !(principal as unknown as IConstruct).node.defaultChild));
}

/** Whether the principal refuses every statement, as all do that have no policies of their own. */
export function refusesPolicies(principal: IPrincipal): boolean {
  return principal.addToPrincipalPolicy === PrincipalBase.prototype.addToPrincipalPolicy;
}

/** Why the principal can't get permissions. */
export function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const reason = `the principal ${describe(principal, scope)} can't have an identity policy, so it would never get the `
    + 'permissions: ';
  return 'principals' in principal
    ? `${reason}grant to each of the principals that it is composed of`
    : `${reason}grant to a role, a user or a group, or add toPolicyDocument() where the principal's policies are kept`;
}

/** The principal as a policy names it. Some can't be named, and throw. */
function describe(principal: IPrincipal, scope: IConstruct): string {
  try {
    return JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  } catch {
    return String(principal);
  }
}

/**
 * Why an imported user or group of another account can't get permissions: CDK attaches its policy by name, and so to
 * whoever has that name in the stack's own account (aws-cdk-lib/aws-iam/lib/user.ts and group.ts). CDK compares
 * accounts for roles only.
 */
export function wrongAccount(principal: IPrincipal, kind: IdentityKind | undefined): string | undefined {
  if (!kind || kind === 'role') {
    return undefined;
  }
  const { principalAccount, node } = principal as Identity;
  const stackAccount = Stack.of(principal as Identity).account;
  return principalAccount && Token.compareStrings(principalAccount, stackAccount) === TokenComparison.DIFFERENT
    ? `${node.path} belongs to account ${principalAccount}, but its stack deploys to ${stackAccount}, where `
      + 'the permissions would go to another principal of the same name: add toPolicyDocument() where it is defined'
    : undefined;
}
