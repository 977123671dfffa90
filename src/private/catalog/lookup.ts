/**
 * Look-ups in the catalog.
 *
 * The stages ask here what an operation needs; none of them knows an operation by its name. Names may come from users,
 * so every look-up is safe for any text, such as `constructor`.
 */
import { OPERATIONS, OTHER_ACTIONS, REFERENCE_PAGE, REQUEST_PARAMETERS } from './catalog.generated';
import { OperationEntry, RequestParameter } from './entries';
import { AccessLevel } from '../../access-level';
import { keepEach } from '../util/remember';

/** The entry of an operation; undefined where the catalog doesn't have the name. */
export function entryOf(operationName: string): OperationEntry | undefined {
  return Object.hasOwn(OPERATIONS, operationName) ? OPERATIONS[operationName] : undefined;
}

/**
 * The action that allows an operation; of a pattern of operations, the pattern of actions. This and the next are made
 * once for each, since every permission has them.
 */
export const actionOf = keepEach((nameOrPattern) => `elasticache:${nameOrPattern}`);

/** The line of the reference page that lists an operation; undefined where the page doesn't. */
export const pageLineOf = keepEach((operationName) => {
  const pageLine = entryOf(operationName)?.pageLine;
  return pageLine === undefined ? undefined : `${REFERENCE_PAGE}#L${pageLine}`;
});

/** The names of the resource types that an operation is authorized on. */
export function typesOf(entry: OperationEntry | undefined): string[] {
  return Object.keys(entry?.types ?? {});
}

/**
 * Whether an operation can be allowed on resources of these types alone: AWS authorizes it on one of them, and on no
 * other in every call.
 *
 * @param created what it creates, which every call is authorized on, though AWS lists it as optional.
 */
export function isForTypes(
  entry: OperationEntry | undefined, types: readonly string[], created: readonly string[] = [],
): boolean {
  const has = (type: string) => types.includes(type);
  const authorized = typesOf(entry);
  return authorized.some(has)
    && authorized.every((type) => !entry!.types![type].required || has(type))
    && (entry!.oneOf?.some(has) ?? true)
    && created.every(has);
}

/** What kind of access an action of any service gives; undefined where the catalog doesn't have the action. */
export function accessLevelOf(action: string): AccessLevel | undefined {
  const [service, name] = action.split(':');
  if (service === 'elasticache') { return entryOf(name)?.accessLevel; }
  return Object.hasOwn(OTHER_ACTIONS, action) ? OTHER_ACTIONS[action] : undefined;
}

/** Whether the operation has the request parameter `SnapshotArns`. */
export function acceptsSnapshotArns(entry: OperationEntry | undefined): boolean {
  return (entry?.otherPermissions ?? []).some(({ eachMemberOf }) => eachMemberOf !== undefined);
}

/** The names of all operations whose entry meets a test. */
export function operationsWhere(test: (entry: OperationEntry) => boolean): string[] {
  return Object.keys(OPERATIONS).filter((name) => test(OPERATIONS[name]));
}

/** The request parameters of an operation by option, which a grant asks for many times. */
const allParametersOf = keepEach((operationName) => {
  const byOption = new Map<string, RequestParameter[]>();
  for (const row of REQUEST_PARAMETERS.filter(({ operations }) => Object.hasOwn(operations, operationName))) {
    byOption.set(row.option, [...byOption.get(row.option) ?? [], row]);
  }
  return byOption;
});

/** The request parameters of an operation that a set of options says are used. */
export function parametersOf(operationName: string, options: string[]): RequestParameter[] {
  const byOption = allParametersOf(operationName);
  return options.flatMap((option) => byOption.get(option) ?? []);
}

/** The names of the operations that accept an option. */
export function operationsAccepting(option: string): string[] {
  const rows = REQUEST_PARAMETERS.filter((row) => row.option === option);
  return [...new Set(rows.flatMap(({ operations }) => Object.keys(operations)))].sort();
}

/**
 * The types that an operation creates: those that a tag may be set on. AWS lists such a type as optional, but
 * authorizes the call on it.
 */
export function createdTypes(operationName: string): string[] {
  return parametersOf(operationName, ['tagOnCreate']).flatMap(({ operations }) => operations[operationName]);
}

/** Whether an access level changes nothing. One that isn't known may. */
export function isReading(accessLevel: AccessLevel | undefined): boolean {
  return accessLevel === AccessLevel.LIST || accessLevel === AccessLevel.READ;
}
