/**
 * What was approved and what is granted in, and the difference in words out: what is wider, what is narrower, for whom.
 *
 * Whoever approves must see at once whether somebody gets more. A pattern that another one covers is not more, so a
 * permission counts as wider only where nothing that was approved allows it.
 */
import { GrantedAction } from './approved';
import { covers, parsePattern, TextPattern } from '../util/patterns';

/** How many lines of a kind an error has. */
const MOST_LINES = 20;

/** The difference in words; none where the same is granted as was approved. */
export function differenceBetween(approved: GrantedAction[], granted: GrantedAction[]): string[] {
  const [before, after] = [byKey(approved), byKey(granted)];
  const added = [...after].filter(([key]) => !before.has(key)).map(([, one]) => one);
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, one]) => one);
  const [had, has] = [principalsOf(approved), principalsOf(granted)];
  const wider = added.filter((one) => !allowedBy(one, [...before.values()]));
  const narrower = removed.filter((one) => !allowedBy(one, [...after.values()]));
  const instead = (one: GrantedAction, others: GrantedAction[], words: string) => {
    const found = others.filter((other) => allowedBy(other, [one])).map((other) => placeOf(other));
    return found.length === 0 ? '' : `, ${words} ${found.join(' and ')}`;
  };
  const explained = new Set([...wider, ...narrower]);
  const same = [...added, ...removed].filter((one) => !explained.has(one)
    && ![...explained].some((other) => allowedBy(one, [other])));
  return [
    ...section('wider', wider.map((one) => (
      `${one.principal}${had.has(one.principal) ? '' : ' (new)'}: ${one.action} ${placeOf(one)}`
      + instead(one, removed, 'approved only')))),
    ...section('narrower', narrower.map((one) => (
      `${one.principal}${has.has(one.principal) ? '' : ' (gone)'}: ${one.action} ${placeOf(one)}`
      + (instead(one, added, 'now only') || ', no longer')))),
    ...section('the same, written in another way', same.map((one) => (
      `${one.principal}: ${one.action} ${placeOf(one)}, ${added.includes(one) ? 'now listed' : 'no longer listed'}`))),
  ];
}

function section(title: string, lines: string[]): string[] {
  if (lines.length === 0) { return []; }
  const shown = lines.sort().slice(0, MOST_LINES);
  const more = lines.length - shown.length;
  return [`${title}:`, ...shown.map((line) => `- ${line}`), ...more > 0 ? [`- and ${more} more`] : []];
}

function placeOf({ resource, conditions }: GrantedAction): string {
  return `on ${resource}${conditions === '' ? '' : `, if ${conditions}`}`;
}

function byKey(actions: GrantedAction[]): Map<string, GrantedAction> {
  return new Map(actions.map((one) => [
    [one.principal, one.action, one.resource, one.conditions].join('\0'), one,
  ]));
}

function principalsOf(actions: GrantedAction[]): Set<string> {
  return new Set(actions.map(({ principal }) => principal));
}

/** Whether one of the others allows all that this one does. Of conditions, only the same ones are compared. */
function allowedBy(one: GrantedAction, others: GrantedAction[]): boolean {
  return others.some((other) => other.principal === one.principal && other.action === one.action
    && (other.conditions === '' || other.conditions === one.conditions)
    && (other.resource === one.resource || covers(patternOf(other.resource), patternOf(one.resource))));
}

/** A resource as a pattern, in which a value that is filled in stands for itself. */
function patternOf(resource: string): TextPattern {
  const literal = resource.replace(/\$\{(?![*?$]\})([^}]*)\}/g, (_, name: string) => (
    `<${name.replace(/[*?]/g, '${$&}')}>`));
  return parsePattern(literal.replace(/\$(?!\{[*?$]\})/g, '${$}'), { wildcards: true, ignoresCase: false })!;
}
