/**
 * Which requests have a condition key, and which lack it: the one place that knows.
 *
 * AWS supplies a key to an operation with some of the types that it is authorized on, and there only if the request
 * says what the key is about. Whoever writes or reads a condition asks here: what a negated operator means depends on
 * it.
 */
import { CONDITION_KEYS, KEY_PRESENCE, OPERATIONS } from './catalog.generated';
import { Explanation, OperationEntry } from './entries';
import { createdTypes, entryOf, typesOf } from './lookup';

/** A condition key as the catalog spells it, with `${TagKey}` in place of a tag's key. */
export interface CatalogKey {
  readonly catalogKey: string;

  /** Whether it is a key of all services. */
  readonly global: boolean;
}

/** Whether AWS supplies the key where the operation is authorized on the type, or on `*` without one. */
export function suppliesKey(
  { keys = [], types = {}, fewGlobalKeys }: OperationEntry, type: string | undefined,
  { catalogKey, global }: CatalogKey,
): boolean {
  return (global && !fewGlobalKeys) || keys.includes(catalogKey)
    || (type !== undefined && (types[type].keys ?? []).includes(catalogKey));
}

/** The same for a known operation and for a key alone. */
export function carriesKey(operationName: string, type: string | undefined, catalogKey: string): boolean {
  const entry = entryOf(operationName);
  const global = CONDITION_KEYS.some(({ key, global: isGlobal }) => key === catalogKey && isGlobal);
  return entry !== undefined && suppliesKey(entry, type, { catalogKey, global });
}

/** The types with which AWS supplies the key to the operation. */
export function typesCarrying(operationName: string, catalogKey: string): string[] {
  return typesOf(entryOf(operationName)).filter((type) => carriesKey(operationName, type, catalogKey));
}

/** The operations to which AWS supplies the key with a type, each with these types. */
export function operationsCarrying(catalogKey: string): Map<string, string[]> {
  return new Map(Object.keys(OPERATIONS)
    .map((name): [string, string[]] => [name, typesCarrying(name, catalogKey)])
    .filter(([, types]) => types.length > 0));
}

/** The value that the key has where the request leaves the parameter out; undefined where the key is absent then. */
export function defaultValue(operationName: string, catalogKey: string): string | undefined {
  return KEY_PRESENCE[catalogKey]?.defaults?.[operationName];
}

/**
 * Whether calls of the operation may leave out the parameter that the key is of, as those that change something do. A
 * call that creates has to name it, or AWS takes a default for it.
 */
export function mayLackKey(operationName: string, catalogKey: string): boolean {
  return catalogKey.startsWith('elasticache:') && defaultValue(operationName, catalogKey) === undefined
    && createdTypes(operationName).length === 0;
}

/** The operations that set what the key is about, and don't carry it. */
export function operationsWithoutKey(catalogKey: string): Readonly<Record<string, Explanation>> {
  return KEY_PRESENCE[catalogKey]?.withoutKey ?? {};
}

/** The operations that carry the key, and only make smaller what it counts. */
export function decreasingOperations(catalogKey: string): Readonly<Record<string, Explanation>> {
  return KEY_PRESENCE[catalogKey]?.decreasing ?? {};
}

/** All values that the key can have; undefined where no page lists them. */
export function possibleValues(catalogKey: string): string[] | undefined {
  return KEY_PRESENCE[catalogKey]?.values;
}
