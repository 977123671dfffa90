/**
 * Denials in, statements out: each of the guardrail's rules, together in as few statements as say the same.
 *
 * Denials with the same conditions are put together where that denies nothing more: the same actions on resources of
 * both, or actions of both on the same resources. What another statement denies already is left out. The result depends
 * on the set of denials, not on their order.
 */
import { Denial } from './denial';
import { ConditionBlock, Statement } from '../model';
import { covers, parsePattern } from '../util/patterns';
import { conditionsKey, distinctTexts, TokenKey, valuesByKey } from '../util/tokens';

/** How denials are written. */
export interface Writing {
  /** The principals that no statement is for. */
  readonly exceptPrincipals: string[];

  /** Whether `*` takes the place of ARNs wherever it denies the same. */
  readonly short: boolean;
  readonly tokenKey: TokenKey;
}

/** The denials as statements. */
export function toDenyStatements(denials: Denial[], { exceptPrincipals, short, tokenKey }: Writing): Statement[] {
  const exemption: ConditionBlock = exceptPrincipals.length > 0
    ? { ArnNotLike: { 'aws:PrincipalArn': exceptPrincipals } }
    : {};
  const statements = denials.map(({ actions, resources, conditions, needsKeys }): Statement => ({
    effect: 'Deny',
    actions: withoutCovered(actions),
    resources: (short && needsKeys) || resources.includes('*') ? ['*'] : distinctTexts(resources, tokenKey),
    conditions: inOrder({ ...conditions, ...exemption }),
  }));
  const keyOf = ({ conditions }: Statement) => conditionsKey(conditions, tokenKey);
  const resourcesKey = ({ resources }: Statement) => JSON.stringify(resources.map(tokenKey));
  const byResources = merge(statements, (one) => `${keyOf(one)} ${resourcesKey(one)}`, (a, b) => (
    { ...a, actions: withoutCovered([...a.actions, ...b.actions]) }));
  const merged = merge(byResources, (one) => `${keyOf(one)} ${one.actions}`, (a, b) => (
    { ...a, resources: distinctTexts([...a.resources, ...b.resources], tokenKey) }));
  const needed = merged.filter((one) => !merged.some((other) => (
    other !== one && keyOf(one) === keyOf(other) && denies(other, one, tokenKey))));
  return valuesByKey(new Map(needed.map((one) => [`${one.actions} ${resourcesKey(one)} ${keyOf(one)}`, one])));
}

function merge(
  statements: Statement[], keyOf: (one: Statement) => string, add: (a: Statement, b: Statement) => Statement,
): Statement[] {
  const merged = new Map<string, Statement>();
  for (const statement of statements) {
    const key = keyOf(statement);
    const known = merged.get(key);
    merged.set(key, known ? add(known, statement) : statement);
  }
  return [...merged.values()];
}

/** Whether a statement denies all that another one of the same conditions does. */
function denies(outer: Statement, inner: Statement, tokenKey: TokenKey): boolean {
  const resources = outer.resources.map(tokenKey);
  return inner.actions.every((action) => outer.actions.some((pattern) => matchesAll(pattern, action)))
    && (resources.includes('*') || inner.resources.every((resource) => resources.includes(tokenKey(resource))));
}

/** The actions without those that another pattern matches. */
function withoutCovered(actions: string[]): string[] {
  const distinct = [...new Map(actions.map((action) => [action.toLowerCase(), action])).values()].sort();
  return distinct.filter((action) => !distinct.some((pattern) => (
    pattern !== action && matchesAll(pattern, action) && !(matchesAll(action, pattern) && action < pattern))));
}

function matchesAll(pattern: string, action: string): boolean {
  const parse = (text: string) => parsePattern(text, { wildcards: true, ignoresCase: true })!;
  return covers(parse(pattern), parse(action));
}

/** The conditions in an order of their own, with one value as text. */
function inOrder(conditions: ConditionBlock): ConditionBlock | undefined {
  const operators = Object.keys(conditions).sort();
  if (operators.length === 0) { return undefined; }
  return Object.fromEntries(operators.map((operator) => (
    [operator, Object.fromEntries(Object.entries(conditions[operator]).map(([key, values]) => (
      [key, Array.isArray(values) && values.length === 1 ? values[0] : values])))])));
}
