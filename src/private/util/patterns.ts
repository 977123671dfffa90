/**
 * Patterns of IAM, with `*` and `?`: whether two of them may match one text, and whether one matches all of another's.
 *
 * Neither answer needs the texts themselves, of which there may be any number. Both take time that grows with the
 * product of the patterns' lengths.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */

const ANY = Symbol('*');
const ONE = Symbol('?');
type Element = string | typeof ANY | typeof ONE;

/** A pattern: characters and wildcards. */
export interface TextPattern {
  readonly elements: readonly Element[];
  readonly ignoresCase: boolean;
}

/** The pattern that a value stands for; undefined where a policy variable leaves open what that is. */
export function parsePattern(
  value: string, { wildcards, ignoresCase }: { readonly wildcards: boolean; readonly ignoresCase: boolean },
): TextPattern | undefined {
  if (/\$\{(?![*?$]\})/.test(value)) {
    return undefined;
  }
  const elements = [...value.matchAll(/\$\{(.)\}|([*?])|([^])/gu)].map(([, escaped, wildcard, character]): Element => {
    const literal = escaped ?? character ?? (wildcards ? undefined : wildcard);
    if (literal !== undefined) { return ignoresCase ? literal.toLowerCase() : literal; }
    return wildcard === '*' ? ANY : ONE;
  });
  return { elements, ignoresCase };
}

/** Whether some text may match both patterns. Where one of them ignores case, both do. */
export function mayShareText(a: TextPattern, b: TextPattern): boolean {
  const ignoreCase = a.ignoresCase || b.ignoresCase;
  return matchElements(a, b, (x, y) => {
    if (typeof x !== 'string' || typeof y !== 'string') { return true; }
    return ignoreCase ? x.toLowerCase() === y.toLowerCase() : x === y;
  }, true);
}

/** Whether it is proved that the first pattern matches every text that the second one does. */
export function covers(outer: TextPattern, inner: TextPattern): boolean {
  return matchElements(outer, inner, (x, y) => {
    if (y === ANY) { return false; }
    if (x === ONE) { return true; }
    if (typeof x !== 'string' || typeof y !== 'string') { return false; }
    if (outer.ignoresCase) { return x === y.toLowerCase(); }
    // A text that the inner pattern matches may have this letter in the other case.
    return x === y && (!inner.ignoresCase || y.toLowerCase() === y.toUpperCase());
  }, false);
}

/** Whether the elements can be put side by side, where `*` of the first, or of both, stands for any number of them. */
function matchElements(
  a: TextPattern, b: TextPattern, fit: (x: Element, y: Element) => boolean, anyInBoth: boolean,
): boolean {
  const [first, second] = [a.elements, b.elements];
  // reachable[j]: the elements of the first up to here fit the first j of the second.
  let reachable: boolean[] = [];
  for (let i = 0; i <= first.length; i++) {
    const next: boolean[] = [];
    for (let j = 0; j <= second.length; j++) {
      const x: Element = first[i - 1];
      const y: Element = second[j - 1];
      next[j] = (i === 0 && j === 0)
        || (x === ANY && (reachable[j] || (j > 0 && next[j - 1])))
        || (anyInBoth && y === ANY && (next[j - 1] || (i > 0 && reachable[j])))
        || (i > 0 && j > 0 && x !== ANY && !(anyInBoth && y === ANY) && reachable[j - 1] && fit(x, y));
    }
    reachable = next;
  }
  return reachable[second.length];
}
