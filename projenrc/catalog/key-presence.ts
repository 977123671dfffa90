import { SERVICE } from './checks';
import { KeyPresenceSpec } from './key-presence-spec';
import { IamData } from './types';

const SPEC = 'spec/condition-key-presence.json';

/** Each key exists; operations carry the keys that they are said to carry, and no others. */
export function checkKeyPresence(spec: KeyPresenceSpec, iam: IamData, problems: string[]): void {
  const { defaults, withoutKey, decreasing, values } = spec;
  for (const { key } of [...defaults, ...withoutKey, ...decreasing, ...values]) {
    if (!iam.conditionKeys.some((known) => known.key === key)) {
      problems.push(`${SPEC} names the condition key ${key}, which is none of ${SERVICE} in iam-data`);
    }
  }
  const check = (rows: { readonly key: string; readonly operations: string[] }[], expected: boolean) => (
    rows.forEach(({ key, operations }) => operations.forEach((name) => {
      const action = iam.actions.find((known) => known.name === name);
      const carries = action && [action, ...action.resourceTypes].some((part) => part.conditionKeys.includes(key));
      if (carries !== expected) {
        problems.push(`${SPEC} says that ${name} ${expected ? 'carries' : "doesn't carry"} ${key}, and in iam-data `
          + (action ? `it ${expected ? "doesn't" : 'does'}` : 'there is no such action'));
      }
    })));
  check([...defaults, ...decreasing], true);
  check(withoutKey, false);
}

/** The rows by key and operation, as the library reads them. */
export function keyPresence({ defaults, withoutKey, decreasing, values }: KeyPresenceSpec): Record<string, object> {
  const byKey: Record<string, Record<string, any>> = {};
  const add = (key: string, part: string, entries: object) => {
    byKey[key] = { ...byKey[key], [part]: { ...byKey[key]?.[part], ...entries } };
  };
  const each = <T>(operations: string[], value: T) => Object.fromEntries(operations.map((name) => [name, value]));
  defaults.forEach(({ key, operations, value }) => add(key, 'defaults', each(operations, value)));
  withoutKey.forEach(({ key, operations, reason, source }) => (
    add(key, 'withoutKey', each(operations, { reason, source }))));
  decreasing.forEach(({ key, operations, reason, source }) => (
    add(key, 'decreasing', each(operations, { reason, source }))));
  values.forEach(({ key, values: all }) => { byKey[key] = { ...byKey[key], values: all }; });
  return Object.fromEntries(Object.entries(byKey).sort(([a], [b]) => (a < b ? -1 : 1)));
}
