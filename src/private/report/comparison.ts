/**
 * Two lists in, and out what one of them has more: what nothing of the other list covers.
 *
 * What is granted and what is denied are compared alike. A pattern that another one covers is not more, so a line
 * counts only where nothing on the other side says the same or more.
 */
import { covers, parsePattern, TextPattern } from '../util/patterns';

/** How two lists differ. */
export interface Comparison<T> {
  /** What only the second list has, and only the first. */
  readonly added: T[];
  readonly removed: T[];

  /** Of these, what nothing of the other list covers. */
  readonly more: T[];
  readonly less: T[];

  /** Of these, what the other list says in another way. */
  readonly same: T[];
}

/**
 * Compares two lists.
 *
 * @param keyOf what items that are the same share.
 * @param covered whether the first item says nothing that the second one doesn't.
 */
export function compare<T>(
  before: T[], after: T[], keyOf: (one: T) => string, covered: (one: T, by: T) => boolean,
): Comparison<T> {
  const [old, present] = [before, after].map((list) => new Map(list.map((one) => [keyOf(one), one])));
  const added = [...present].filter(([key]) => !old.has(key)).map(([, one]) => one);
  const removed = [...old].filter(([key]) => !present.has(key)).map(([, one]) => one);
  const isCovered = (one: T, others: Iterable<T>) => [...others].some((other) => covered(one, other));
  const more = added.filter((one) => !isCovered(one, old.values()));
  const less = removed.filter((one) => !isCovered(one, present.values()));
  const explained = new Set([...more, ...less]);
  const same = [...added, ...removed].filter((one) => !explained.has(one) && !isCovered(one, explained));
  return { added, removed, more, less, same };
}

/** Whether a text, or a pattern, is the other one or is covered by it. What is filled in stands for itself. */
export function isCoveredText(text: string, by: string, ignoresCase = false): boolean {
  return text === by || covers(patternOf(by, ignoresCase), patternOf(text, ignoresCase));
}

function patternOf(text: string, ignoresCase: boolean): TextPattern {
  const literal = text.replace(/\$(?:\{([^}]*)\})?/g, (whole, name?: string) => {
    if (name === undefined) { return '${$}'; }
    return /^[*?$]$/.test(name) ? whole : `<${name.replace(/[*?$]/g, '${$&}')}>`;
  });
  return parsePattern(literal, { wildcards: true, ignoresCase })!;
}
