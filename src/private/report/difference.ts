/**
 * What was approved and what is granted in, and the difference in words out: what is wider, what is narrower, for whom.
 *
 * Whoever approves must see at once whether somebody gets more. A pattern that another one covers is not more, so a
 * permission counts as wider only where nothing that was approved allows it.
 */
import { Approved, GrantedAction } from './approved';
import { compare, isCoveredText } from './comparison';
import { Difference, guardrailDifference, placeOf } from './guardrail-difference';

/** How many lines of a kind an error has. */
const MOST_LINES = 20;

/** The difference in words; none where the same is granted and denied as was approved. */
export function differenceBetween(approved: Approved, present: Approved): string[] {
  const grants = grantDifference(approved.granted, present.granted);
  const guardrails = guardrailDifference(approved, present);
  return [
    ...section('wider', [...grants.wider, ...guardrails.wider]),
    ...section('narrower', [...grants.narrower, ...guardrails.narrower]),
    ...section('the same, written in another way', [...grants.same, ...guardrails.same]),
  ];
}

function section(title: string, lines: string[]): string[] {
  if (lines.length === 0) { return []; }
  const shown = lines.sort().slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  return [`${title}:`, ...shown.map((line) => `- ${line}`), ...more > 0 ? [`- and ${more} more`] : []];
}

function grantDifference(approved: GrantedAction[], granted: GrantedAction[]): Difference {
  const { added, removed, more, less, same } = compare(approved, granted, (one) => (
    [one.principal, one.action, one.resource, one.conditions].join('\0')), isAllowedBy);
  const [had, has] = [principalsOf(approved), principalsOf(granted)];
  const instead = (one: GrantedAction, others: GrantedAction[], words: string) => {
    const found = others.filter((other) => isAllowedBy(other, one)).map((other) => placeOf(other));
    return found.length === 0 ? '' : `, ${words} ${found.join(' and ')}`;
  };
  return {
    wider: more.map((one) => (
      `${one.principal}${had.has(one.principal) ? '' : ' (new)'}: ${one.action} ${placeOf(one)}`
      + instead(one, removed, 'approved only'))),
    narrower: less.map((one) => (
      `${one.principal}${has.has(one.principal) ? '' : ' (gone)'}: ${one.action} ${placeOf(one)}`
      + (instead(one, added, 'now only') || ', no longer'))),
    same: same.map((one) => (
      `${one.principal}: ${one.action} ${placeOf(one)}, ${added.includes(one) ? 'now listed' : 'no longer listed'}`)),
  };
}

function principalsOf(actions: GrantedAction[]): Set<string> {
  return new Set(actions.map(({ principal }) => principal));
}

/** Whether the other one allows all that this one does. Of conditions, only the same ones are compared. */
function isAllowedBy(one: GrantedAction, other: GrantedAction): boolean {
  return other.principal === one.principal && other.action === one.action
    && (other.conditions === '' || other.conditions === one.conditions)
    && isCoveredText(one.resource, other.resource);
}
