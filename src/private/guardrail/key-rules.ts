/**
 * Rules about what a request sets: its node type, its engine, its encryption, its size.
 *
 * A denial is on the types with which AWS supplies the key, for every action, so that one that AWS adds is denied, too.
 * A negated operator is met by a request that lacks the key. So it stands with `Null`, which asks for the key, unless
 * leaving the key out is to be denied: then the denial is on the operations that create.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { byFirstWord, creationTypes, groupPairs } from './creation';
import { ANY_ACTION, anyOfTypes, Denial, NOTHING, RuleContext, WrittenRule } from './denial';
import { checkLimit, checkValues, CheckedValues, ValueForm } from './values';
import { OPERATIONS } from '../catalog/catalog.generated';
import {
  carriesKey, decreasingOperations, defaultValue, operationsCarrying, operationsWithoutKey,
} from '../catalog/key-presence';
import { actionOf } from '../catalog/lookup';
import { ConditionBlock } from '../model';
import { formatValue } from '../util/diagnostics';
import { checkObject } from '../util/shape';

/** A rule that a list of values is allowed. */
export interface ListRule {
  readonly key: string;
  readonly form: ValueForm;

  /** The types that the rule is not about, though they carry the key. */
  readonly exceptTypes?: string[];
}

type Written = Omit<WrittenRule, 'name'>;

/** Denies what has the key with a value that isn't listed. A request without the key passes. */
export function onlyValues(values: unknown, { key, form, exceptTypes = [] }: ListRule, context: RuleContext): Written {
  const checked = checkValues(values, form, context);
  if (!checked) { return NOTHING; }
  const conditions = { ...notAmong(key, checked), Null: { [key]: 'false' } };
  return {
    denials: [onCarriers(key, conditions, { exceptTypes })],
    unreached: { ...operationsWithoutKey(key), ...withoutGlobalKey(key) },
  };
}

/** Met where none of the values is the key's. Several operators must all be met, so values and patterns add up. */
export function notAmong(key: string, { exact, patterns }: CheckedValues): ConditionBlock {
  // AWS asks for the operators that ignore case for its keys of ElastiCache; tags and Regions are compared with case.
  const equals = isOfAllServices(key) ? 'StringNotEquals' : 'StringNotEqualsIgnoreCase';
  return {
    ...(exact.length > 0 && { [equals]: { [key]: exact } }),
    ...(patterns.length > 0 && { StringNotLike: { [key]: patterns } }),
  };
}

function isOfAllServices(key: string): boolean {
  return key.startsWith('aws:');
}

/** The operations that lack a key that all others have, which only requests to connect do. */
function withoutGlobalKey(key: string): Written['unreached'] {
  const without = isOfAllServices(key)
    ? Object.keys(OPERATIONS).filter((name) => !carriesKey(name, undefined, key))
    : [];
  return Object.fromEntries(without.map((name) => [name, {
    reason: `AWS supplies no ${key} to it`,
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html#auth-iam-limits',
  }]));
}

/** A denial of what has the key, on every type that carries it, and on `*` for a key of all requests. */
function onCarriers(
  key: string, conditions: ConditionBlock,
  { actions = [ANY_ACTION], exceptTypes = [], exceptOperations = [] }: {
    readonly actions?: string[]; readonly exceptTypes?: string[]; readonly exceptOperations?: string[];
  } = {},
): Denial {
  const common = {
    actions,
    conditions,
    keys: [key],
    reason: (operation: string) => (
      reasonOf(key, operation, exceptOperations.includes(operation) ? 'is denied' : 'passes')),
  };
  if (isOfAllServices(key)) {
    return { ...common, resources: ['*'] };
  }
  const carriers = [...operationsCarrying(key)].filter(([name]) => !exceptOperations.includes(name));
  const types = [...new Set(carriers.flatMap(([, found]) => found))]
    .filter((type) => !exceptTypes.includes(type)).sort();
  return { ...common, resources: anyOfTypes(types), types, needsKeys: exceptTypes.length === 0 };
}

function reasonOf(key: string, operationName: string, without: string): string {
  const value = defaultValue(operationName, key);
  return `AWS supplies ${key}; ${value === undefined
    ? `a request without it ${without}`
    : `a request that leaves the parameter out has ${formatValue(value)}`}`;
}

/** Denials of the operations that create, under a condition that a missing key meets. */
function onCreation(key: string, conditions: ConditionBlock): Denial[] {
  return groupPairs(creationTypes(key)).map(({ patterns, types }) => ({
    actions: patterns.map(actionOf),
    resources: anyOfTypes(types),
    types,
    conditions,
    keys: [key],
    reason: (operationName) => reasonOf(key, operationName, 'is denied'),
  }));
}

/**
 * Denies creations whose key is not true, and modifications that set it to false. AWS says that the key is false where
 * a creation leaves the parameter out; `IfExists` denies it as well, should the key be absent.
 */
export function onlyTrue(key: string): Written {
  const creations = [...creationTypes(key).keys()];
  // What creates is denied already.
  const onOthers = onCarriers(key, { Bool: { [key]: 'false' } }, { exceptOperations: creations });
  return {
    denials: [
      ...onCreation(key, { BoolIfExists: { [key]: 'false' } }), ...onOthers.resources.length > 0 ? [onOthers] : [],
    ],
    unreached: operationsWithoutKey(key),
  };
}

/** Denies creations whose key has another value or none, and all else where the key has another value. */
export function onlyValueOnCreation(key: string, value: string): Written {
  const unlike = notAmong(key, { exact: [value], patterns: [] });
  const creations = [...creationTypes(key).keys()];
  return {
    denials: [
      ...onCreation(key, unlike),
      onCarriers(key, { ...unlike, Null: { [key]: 'false' } }, { exceptOperations: creations }),
    ],
    unreached: operationsWithoutKey(key),
  };
}

/** The limits, with the keys that they are about and the least that they may be. */
const LIMITS: Record<string, { readonly keys: string[]; readonly least: number }> = {
  shards: { keys: ['elasticache:NumNodeGroups'], least: 1 },
  replicasPerShard: { keys: ['elasticache:ReplicasPerNodeGroup'], least: 0 },
  dataStorageGb: { keys: ['elasticache:MaximumDataStorage', 'elasticache:MinimumDataStorage'], least: 1 },
  ecpuPerSecond: { keys: ['elasticache:MaximumECPUPerSecond', 'elasticache:MinimumECPUPerSecond'], least: 1 },
  snapshotRetentionDays: { keys: ['elasticache:SnapshotRetentionLimit'], least: 0 },
};

/** Denies what is larger than the limits. A request without the key passes, and so does one that only decreases. */
export function withinLimits(limits: unknown, context: RuleContext): Written {
  const { method, diagnostics } = context;
  const expected = 'an object with at least one limit, such as { shards: 5 }';
  if (!checkObject(limits, `${method}: limits`, expected, diagnostics)) { return NOTHING; }
  const given = Object.entries(limits as object).filter(([, value]) => value !== undefined);
  const names = Object.keys(LIMITS).join(', ');
  if (given.length === 0) {
    diagnostics.error(`${method}: limits is empty: set at least one of ${names}`);
  }
  given.filter(([name]) => !Object.hasOwn(LIMITS, name)).forEach(([name]) => diagnostics.error(
    `${method}: ${formatValue(name)} can't be limited, since AWS has no condition key for it: set ${names}`));
  const checked = given.filter(([name]) => Object.hasOwn(LIMITS, name)).flatMap(([name, value]) => {
    const limit = checkLimit(value, name, LIMITS[name].least, context);
    return limit === undefined ? [] : LIMITS[name].keys.map((key) => ({ key, limit }));
  });
  return {
    denials: checked.map(({ key, limit }) => (
      onCarriers(key, { NumericGreaterThan: { [key]: limit } }, { actions: increasing(key) }))),
    unreached: Object.assign({}, ...checked.map(({ key }) => (
      { ...decreasingOperations(key), ...operationsWithoutKey(key) }))),
  };
}

/** Every action; by its first word where some of those that carry the key only decrease. */
function increasing(key: string): string[] {
  const decreasing = Object.keys(decreasingOperations(key));
  if (decreasing.length === 0) { return [ANY_ACTION]; }
  const others = [...operationsCarrying(key).keys()].filter((name) => !decreasing.includes(name));
  return [...new Set(others.map(byFirstWord))].map(actionOf);
}
