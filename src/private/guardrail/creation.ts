/**
 * Operations that create, and how to deny those that leave something out.
 *
 * A condition that a missing key meets must stand only where AWS supplies the key: on what a call creates, and not on
 * what it merely uses, such as the parameter group of a replication group. So each operation and type is a pair, and
 * the pairs are put together so that no statement reaches another pair.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
 */
import { OPERATIONS } from '../catalog/catalog.generated';
import { carriesKey, typesCarrying } from '../catalog/key-presence';
import { createdTypes, entryOf, operationsAccepting, typesOf } from '../catalog/lookup';
import { matchesPattern } from '../util/text';

/** Operations, each with types that it is authorized on. */
export type Pairs = ReadonlyMap<string, string[]>;

/** Patterns of operations that are denied on all of the types. */
export interface PairGroup {
  readonly patterns: string[];
  readonly types: string[];
}

/** The operations that create something, with the types that they create, where AWS supplies the key with these. */
export function createdTypesCarrying(catalogKey: string): Pairs {
  return pairsOf((name) => createdTypes(name).filter((type) => carriesKey(name, type, catalogKey)));
}

/** The operations that create something, with all types with which AWS supplies the key. */
export function creationTypes(catalogKey: string): Pairs {
  return pairsOf((name) => typesCarrying(name, catalogKey));
}

function pairsOf(types: (operationName: string) => string[]): Pairs {
  return new Map(operationsAccepting('tagOnCreate')
    .map((name): [string, string[]] => [name, types(name)])
    .filter(([, found]) => found.length > 0));
}

/** The pairs in as few groups as one pass finds. No operation of a group is authorized on its types in another pair. */
export function groupPairs(pairs: Pairs): PairGroup[] {
  const groups: { operations: Set<string>; types: string[] }[] = [];
  for (const type of [...new Set([...pairs.values()].flat())].sort()) {
    const own = [...pairs.keys()].filter((name) => pairs.get(name)!.includes(type));
    const group = groups.find(({ operations, types }) => (
      [...operations, ...own].every((name) => reachesPairsOnly(name, [...types, type], pairs))));
    if (group) {
      own.forEach((name) => group.operations.add(name));
      group.types.push(type);
    } else {
      groups.push({ operations: new Set(own), types: [type] });
    }
  }
  return groups.map(({ operations, types }) => ({ patterns: shortened([...operations].sort(), types, pairs), types }));
}

function reachesPairsOnly(operationName: string, types: string[], pairs: Pairs): boolean {
  return typesOf(entryOf(operationName)).every((type) => (
    !types.includes(type) || (pairs.get(operationName) ?? []).includes(type)));
}

/**
 * The operations, with patterns in place of names where they reach no other pair. What AWS adds under such a name is
 * denied, too.
 */
function shortened(operations: string[], types: string[], pairs: Pairs): string[] {
  const fits = (pattern: string) => Object.keys(OPERATIONS).every((name) => (
    !matchesPattern(name, pattern) || reachesPairsOnly(name, types, pairs)));
  const candidates = [...new Set(operations.flatMap(patternsFor))].filter(fits).sort();
  const result: string[] = [];
  let rest = operations;
  for (;;) {
    const [best] = candidates
      .map((pattern) => ({ pattern, matched: rest.filter((name) => matchesPattern(name, pattern)).length }))
      .filter(({ matched }) => matched > 1)
      .sort((a, b) => b.matched - a.matched || a.pattern.length - b.pattern.length);
    if (!best) {
      return [...result, ...rest.map((name) => (fits(byFirstWord(name)) ? byFirstWord(name) : name))].sort();
    }
    result.push(best.pattern);
    rest = rest.filter((name) => !matchesPattern(name, best.pattern));
  }
}

/** `CreateSnapshot` as `Create*` and `Create*Snapshot`: the first words, and the last ones. */
function patternsFor(operationName: string): string[] {
  const words = wordsOf(operationName);
  return words.flatMap((_, first) => words.slice(first + 1).map((__, between) => (
    `${words.slice(0, first + 1).join('')}*${words.slice(first + between + 2).join('')}`)));
}

/** `Create*` for `CreateSnapshot`. */
export function byFirstWord(operationName: string): string {
  return `${wordsOf(operationName)[0]}*`;
}

function wordsOf(operationName: string): string[] {
  return operationName.match(/[A-Z][^A-Z]*/g)!;
}
