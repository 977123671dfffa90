/**
 * The guardrails that were approved and the present ones in, and the difference in words out.
 *
 * A guardrail takes away, so less of it is wider: a denial that is gone, a principal that no longer carries it, a
 * target that it is no longer attached to, and somebody who is newly exempt.
 */
import { Approved } from './approved';
import { DeniedAction, GuardrailPolicy } from './approved-guardrails';
import { compare, isCoveredText } from './comparison';

/** Lines of an error. */
export interface Difference {
  readonly wider: string[];
  readonly narrower: string[];

  /** What says the same in another way. */
  readonly same: string[];
}

/** What one policy of a guardrail denies on one resource. */
interface Denial extends DeniedAction {
  readonly kind: string;
}

/** Somebody whom a policy of a guardrail doesn't apply to, or somebody or something that it applies to. */
interface Subject {
  readonly guardrail: string;
  readonly kind: string;
  readonly name: string;
}

/** How guardrails differ. */
export function guardrailDifference(approved: Approved, present: Approved): Difference {
  const parts = [
    denialDifference(approved, present),
    exemptionDifference(approved.policies, present.policies),
    reachDifference(approved.policies, present.policies),
  ];
  const all = (key: keyof Difference) => parts.flatMap((part) => part[key]);
  return { wider: all('wider'), narrower: all('narrower'), same: all('same') };
}

/** Where something is granted or denied. */
export function placeOf({ resource, conditions }: { readonly resource: string; readonly conditions: string }): string {
  return `on ${resource}${conditions === '' ? '' : `, if ${conditions}`}`;
}

function denialDifference(approved: Approved, present: Approved): Difference {
  const { added, removed, more, less, same } = compare(denialsOf(approved), denialsOf(present), (one) => (
    [one.guardrail, one.kind, one.action, one.resource, one.conditions].join('\0')), isDeniedBy);
  const [had, has] = [approved, present].map(({ policies }) => new Set(policies.map(({ guardrail }) => guardrail)));
  const inWords = (one: Denial, mark: string, rest: string) => (
    `${one.guardrail}${mark}: ${one.action} ${placeOf(one)}, ${rest} (${one.kind})`);
  const instead = (one: Denial, others: Denial[]) => others
    .filter((other) => other.action === one.action && isDeniedBy(other, one)).map(placeOf).join(' and ');
  return {
    wider: less.map((one) => {
      const now = instead(one, added);
      return inWords(one, has.has(one.guardrail) ? '' : ' (gone)', now ? `now denied only ${now}` : 'no longer denied');
    }),
    narrower: more.map((one) => {
      const before = instead(one, removed);
      return inWords(one, had.has(one.guardrail) ? '' : ' (new)', `now denied${before && `, approved only ${before}`}`);
    }),
    same: same.map((one) => inWords(one, '', added.includes(one) ? 'now listed' : 'no longer listed')),
  };
}

/** What each policy denies. */
function denialsOf({ policies, denied }: Approved): Denial[] {
  return policies.flatMap(({ guardrail, kind }) => (
    denied.filter((one) => one.guardrail === guardrail).map((one) => ({ ...one, kind }))));
}

/** Whether the other one denies all that this one does. Of conditions, only the same ones are compared. */
function isDeniedBy(one: Denial, other: Denial): boolean {
  return other.guardrail === one.guardrail && other.kind === one.kind
    && (other.conditions === '' || other.conditions === one.conditions)
    && isCoveredText(one.action, other.action, true) && isCoveredText(one.resource, other.resource);
}

/** Of a policy that is new or gone, the denials say enough. */
function exemptionDifference(approved: GuardrailPolicy[], present: GuardrailPolicy[]): Difference {
  const exempt = (policies: GuardrailPolicy[], others: GuardrailPolicy[]) => policies
    .filter((one) => others.some((other) => other.guardrail === one.guardrail && other.kind === one.kind))
    .flatMap((one) => subjectsOf(one, one.exceptPrincipals));
  const [before, after] = [exempt(approved, present), exempt(present, approved)];
  const { added, more, less, same } = compare(before, after, keyOf, (one, by) => (
    by.guardrail === one.guardrail && by.kind === one.kind && isCoveredText(one.name, by.name)));
  const inWords = ({ guardrail, name, kind }: Subject, words: string) => `${guardrail}: ${name}, ${words} (${kind})`;
  return {
    wider: more.map((one) => inWords(one, 'now exempt')),
    narrower: less.map((one) => inWords(one, 'no longer exempt')),
    same: same.map((one) => inWords(one, added.includes(one) ? 'now listed as exempt' : 'no longer listed as exempt')),
  };
}

function reachDifference(approved: GuardrailPolicy[], present: GuardrailPolicy[]): Difference {
  const reached = (policies: GuardrailPolicy[]) => policies.flatMap((one) => subjectsOf(one, one.appliesTo));
  const { added, removed } = compare(reached(approved), reached(present), keyOf, () => false);
  const inWords = ({ guardrail, kind, name }: Subject, when: string) => (kind === 'permissions boundary'
    ? `${name}: ${when} bounded by ${guardrail}`
    : `${guardrail}: ${when} attached to ${name} (${kind})`);
  return {
    wider: removed.map((one) => inWords(one, 'no longer')),
    narrower: added.map((one) => inWords(one, 'now')),
    same: [],
  };
}

function subjectsOf({ guardrail, kind }: GuardrailPolicy, names: string[]): Subject[] {
  return names.map((name) => ({ guardrail, kind, name }));
}

function keyOf({ guardrail, kind, name }: Subject): string {
  return [guardrail, kind, name].join('\0');
}
