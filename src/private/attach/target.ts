/**
 * Where the statements of a principal will be kept, and how much space there is, as far as CDK lets it be known.
 *
 * Planning decides by this alone: whether the statements fit, and whether managed policies are possible. Only what is
 * in the app is seen; what else an imported principal has is not.
 */
import { IGrantable, IPrincipal, LazyRole, ManagedPolicy, Policy, Role, UnknownPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import {
  attachedManagedPolicies, defaultDocumentOf, otherInlinePolicies, ownInlineSize, ownPolicies, sharedSize,
  sizeOfDocument, sizeOfPolicies,
} from './attached-policies';
import { listOf, policiesNaming } from './policy-index';
import { Identity, policyOf } from './principals';
import { IdentityKind, INLINE_LIMITS, MANAGED_POLICY_LIMIT } from '../policy/limits';
import { SizeEstimator } from '../policy/size';
import { usedRole } from '../util/lazy-roles';

/** What holds the statements that a principal gets. */
export interface PolicyTarget {
  /** How an error names it. */
  readonly description: string;

  /** How many characters its own policy can still have, and how many it has. */
  readonly remaining: number;
  readonly used: number;

  /** The managed policies of the target, where those are possible. */
  readonly managed?: ManagedPolicies;

  /** Whether a part of what doesn't fit inline stays inline. */
  readonly fillsInline?: boolean;

  /** Whether CDK splits the target's own policy itself, between statements. */
  readonly splitsItself?: boolean;
}

/** The managed policies of one principal. */
export interface ManagedPolicies {
  readonly kind: IdentityKind;

  /** How many it has, from wherever. */
  readonly attached: number;

  /** The last one that was made for the principal's grants, and how many characters a document may add to it. */
  readonly last?: { readonly policy: ManagedPolicy; readonly limit: number };

  /** Makes another one, which is attached to the principal. */
  create(): ManagedPolicy;
}

/**
 * Managed policies are named by the principal, and numbered: their logical IDs stay the same whichever grants fill
 * them.
 */
const MANAGED_POLICY_ID = 'ElastiCacheAccess';

/** The managed policies that were made here, which grants fill up. */
const MADE = new WeakSet<IConstruct>();

/** The managed policies of an identity, looked up only where they are needed. */
class ManagedPoliciesOf implements ManagedPolicies {
  constructor(
    private readonly identity: Identity, public readonly kind: IdentityKind, private readonly sizeOf: SizeEstimator,
  ) {}

  public get attached(): number {
    return attachedManagedPolicies(this.identity, policiesNaming(this.identity, this.kind));
  }

  public get last(): ManagedPolicies['last'] {
    return lastManagedPolicy(this.identity, this.sizeOf);
  }

  public create(): ManagedPolicy {
    const policy = new ManagedPolicy(this.identity, nextId(this.identity), { [`${this.kind}s`]: [this.identity] });
    MADE.add(policy);
    return policy;
  }
}

/** @param size the characters that are to be added. */
export function policyTargetOf(
  grantee: IGrantable, inner: IPrincipal, kind: IdentityKind | undefined, sizeOf: SizeEstimator, size: number,
): PolicyTarget {
  const policy = policyOf(grantee, inner);
  if (policy instanceof ManagedPolicy) {
    const used = sizeOfDocument(policy.document, sizeOf) - sharedSize(policy.document);
    return { description: 'a managed policy', remaining: MANAGED_POLICY_LIMIT - used, used };
  }
  if (policy) {
    return targetOfPolicy(policy, sizeOf, size);
  }
  if (inner instanceof UnknownPrincipal) {
    // CDK writes a warning for each statement, and adds none.
    return { description: 'an unknown principal', remaining: Infinity, used: 0 };
  }
  return kind
    ? targetOfIdentity(inner as Identity, kind, sizeOf, size)
    : { description: 'a role', remaining: INLINE_LIMITS.role, used: 0 };
}

function targetOfIdentity(principal: Identity, kind: IdentityKind, sizeOf: SizeEstimator, size: number): PolicyTarget {
  const identity: Identity = usedRole(principal) ?? principal;
  const isLazy = identity instanceof LazyRole;
  const extended = defaultDocumentOf(identity);
  const used = inlineSize(identity, kind, sizeOf, size) - sharedSize(extended);
  const isRole = isLazy || Role.isRole(identity);
  const remaining = INLINE_LIMITS[kind] - used;
  const own = {
    description: `a ${kind}`,
    // CDK splits a role's policy by its own estimate, which takes tokens for longer than they can be. Up to the size of
    // a managed policy it leaves the policy whole.
    remaining: isRole ? Math.min(remaining, MANAGED_POLICY_LIMIT) : remaining,
    used,
  };
  const managed = new ManagedPoliciesOf(identity, kind, sizeOf);
  if (isLazy) {
    // A lazy role is a Role once it is used, and a Role moves what its default policy can't hold to managed policies:
    // aws-cdk-lib/aws-iam/lib/role.ts, splitLargePolicy. It doesn't count the other inline policies.
    const others = used + sharedSize(extended) - sizeOfDocument(extended, sizeOf);
    return { ...own, managed, splitsItself: others === 0 };
  }
  return { ...own, managed, fillsInline: kind === 'role' && !isRole };
}

/** An inline policy that is attached to several identities must fit the smallest space that one of them has. */
function targetOfPolicy(policy: Policy, sizeOf: SizeEstimator, size: number): PolicyTarget {
  const { document } = policy;
  const own = sizeOfDocument(document, sizeOf) - sharedSize(document);
  const targets = (Object.keys(INLINE_LIMITS) as IdentityKind[]).flatMap((kind) => (
    listOf((policy as any)[`${kind}s`]).filter(Construct.isConstruct).map((holder: any) => {
      const identity: Identity = usedRole(holder) ?? holder;
      const known = ownPolicies(identity).has(policy);
      const used = inlineSize(identity, kind, sizeOf, size, policy) + (known ? -sharedSize(document) : own);
      return { description: `an inline policy of a ${kind}`, remaining: INLINE_LIMITS[kind] - used, used };
    })));
  const widest = { description: 'an inline policy', remaining: INLINE_LIMITS.role - own, used: own };
  return targets.reduce((least, target) => (target.remaining < least.remaining ? target : least), targets[0] ?? widest);
}

/**
 * The characters of all inline policies of an identity.
 *
 * The whole app is looked through for users and groups, whose limits are small, and for roles that are more than half
 * full: what else names a role is checked at synthesis (late-check.ts). So the time of a grant doesn't grow with the
 * app.
 */
function inlineSize(
  identity: Identity, kind: IdentityKind, sizeOf: SizeEstimator, size: number, added?: Policy,
): number {
  const own = ownInlineSize(identity, sizeOf);
  if (kind === 'role' && own + size <= INLINE_LIMITS.role / 2) {
    return own;
  }
  const inline = policiesNaming(identity, kind).inline.filter((policy) => policy !== added);
  return own + sizeOfPolicies(otherInlinePolicies(identity, inline), sizeOf);
}

function policyId(number: number): string {
  return `${MANAGED_POLICY_ID}${number}`;
}

function nextId({ node }: IConstruct): string {
  let number = 1;
  while (node.tryFindChild(policyId(number))) { number++; }
  return policyId(number);
}

function lastManagedPolicy(identity: IConstruct, sizeOf: SizeEstimator): ManagedPolicies['last'] {
  let policy: ManagedPolicy | undefined;
  for (let number = 1, child; (child = identity.node.tryFindChild(policyId(number))); number++) {
    policy = MADE.has(child) ? child as ManagedPolicy : policy;
  }
  return policy && {
    policy,
    limit: MANAGED_POLICY_LIMIT - sizeOfDocument(policy.document, sizeOf) + sharedSize(policy.document),
  };
}
