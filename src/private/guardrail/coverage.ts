/**
 * Written rules in, what a reviewer reads out: the operations that each rule reaches, on which types, and those that it
 * can't reach.
 *
 * It is worked out from the denials themselves and the catalog, not from what a rule was meant to do.
 */
import { Denial, WrittenRule } from './denial';
import { ElastiCacheGuardrailCoverage } from '../../elasticache-guardrail-coverage';
import { OPERATIONS, SERVICE_AUTHORIZATION_REFERENCE } from '../catalog/catalog.generated';
import { carriesKey } from '../catalog/key-presence';
import { entryOf, typesOf } from '../catalog/lookup';
import { matchesPattern } from '../util/text';
import { valuesByKey } from '../util/tokens';

/** What the rules reach and don't reach, each operation once for a rule and a reason; ordered by rule and operation. */
export function coverageOf(rules: WrittenRule[]): ElastiCacheGuardrailCoverage[] {
  const rows = new Map<string, ElastiCacheGuardrailCoverage>();
  const add = (row: ElastiCacheGuardrailCoverage) => {
    const key = JSON.stringify([row.rule, row.operation, row.reached ? 0 : 1, row.reason]);
    const types = [...rows.get(key)?.resourceTypes ?? [], ...row.resourceTypes];
    rows.set(key, { ...row, resourceTypes: [...new Set(types)].sort() });
  };
  for (const { name: rule, denials, unreached } of rules) {
    denials.forEach((denial) => reachOf(denial).forEach(([operation, resourceTypes]) => (
      add({
        rule,
        operation,
        resourceTypes,
        reached: true,
        reason: denial.reason(operation),
        source: SERVICE_AUTHORIZATION_REFERENCE,
      }))));
    Object.entries(unreached).forEach(([operation, { reason, source }]) => (
      add({ rule, operation, resourceTypes: [], reached: false, reason, source })));
  }
  return valuesByKey(rows);
}

/** The operations that a denial reaches, each with the types. One that accepts only `*` has none. */
export function reachOf({ actions, types, keys }: Denial): [string, string[]][] {
  const patterns = actions.map((action) => action.replace('elasticache:', ''));
  const unknown = patterns.filter((name) => !/[*?]/.test(name) && entryOf(name) === undefined);
  const known = Object.keys(OPERATIONS)
    .filter((name) => patterns.some((pattern) => matchesPattern(name, pattern)))
    .flatMap((name): [string, string[]][] => {
      const authorized = typesOf(entryOf(name));
      const supplied = (type?: string) => keys.every((key) => carriesKey(name, type, key));
      const reached = authorized.filter((type) => (types === undefined || types.includes(type)) && supplied(type));
      return reached.length > 0 || (types === undefined && supplied()) ? [[name, reached]] : [];
    });
  return [...known, ...unknown.map((name): [string, string[]] => [name, []])];
}
