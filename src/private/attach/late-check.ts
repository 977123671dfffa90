/**
 * What is only checked at synthesis: inline policies from elsewhere in the app that name a principal which has grants.
 *
 * Looking for them at every grant would take longer the larger the app is, so a grant to a role with much space left
 * doesn't. Here they are all looked up at once. Principals that no such policy names are not checked again.
 */
import { IConstruct } from 'constructs';
import { otherInlinePolicies, ownInlineSize, sizeOfPolicies } from './attached-policies';
import { InlinePolicyLookup } from './policy-index';
import { Identity } from './principals';
import { IdentityKind, INLINE_LIMITS } from '../policy/limits';
import { sizeEstimatorIn } from '../policy/size';
import { formatNumber } from '../util/diagnostics';
import { usedRole } from '../util/lazy-roles';

const GRANTED = new WeakMap<IConstruct, Map<Identity, IdentityKind>>();

/** Has the inline policies of the principal checked when its app is synthesized. */
export function checkAtSynthesis(principal: Identity, kind: IdentityKind): void {
  const { root } = principal.node;
  let granted = GRANTED.get(root);
  if (!granted) {
    const inApp = granted = new Map();
    GRANTED.set(root, granted);
    root.node.addValidation({ validate: () => tooLargePolicies(root, inApp) });
  }
  granted.set(principal, kind);
}

function tooLargePolicies(root: IConstruct, granted: Map<Identity, IdentityKind>): string[] {
  const lookup = new InlinePolicyLookup(root);
  return [...granted].flatMap(([principal, kind]) => {
    const identity: Identity = usedRole(principal) ?? principal;
    const inline = otherInlinePolicies(identity, lookup.policiesNaming(identity, kind));
    if (inline.length === 0) { return []; }
    const sizeOf = sizeEstimatorIn(principal);
    const others = sizeOfPolicies(inline, sizeOf);
    const size = others === 0 ? 0 : others + ownInlineSize(identity, sizeOf);
    return size <= INLINE_LIMITS[kind] ? [] : [
      `the inline policies of ${principal.node.path} have ${formatNumber(size)} characters, white space not counted, `
      + `and those of a ${kind} may have ${formatNumber(INLINE_LIMITS[kind])}: attach toManagedPolicies() `
      + 'in place of granting to it, or make other inline policies managed ones',
    ];
  });
}
