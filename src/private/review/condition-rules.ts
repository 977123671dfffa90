/**
 * The rules that judge the conditions of a statement: whether the actions have the keys at all.
 *
 * AWS supplies a key to some actions, with some types of resources. Where it doesn't, a condition that needs the key is
 * never met, and one that doesn't is always met. So an Allow then allows or guards nothing, and a Deny denies nothing,
 * or everything. `suppliesKey`, by which grants place their conditions, decides where AWS supplies a key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { ReviewedCondition } from './condition-block';
import { Finding } from './findings';
import {
  allOperations, exactOperations, isAboutElastiCache, isOwnOnly, ReviewedStatement, typesCovered,
} from './statement';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { mayLackKey, suppliesKey } from '../catalog/key-presence';
import { entryOf, typesOf } from '../catalog/lookup';
import { parseOperator } from '../resolve/operators';

/** Services whose keys come with their own actions alone, and that policies for ElastiCache have by mistake. */
const OTHER_SERVICES = /^(dynamodb|ec2|es|iam|kms|lambda|logs|rds|redshift|s3|sns|sqs):/i;

/** What the conditions of a statement don't do. */
export function conditionFindings(statement: ReviewedStatement): Finding[] {
  const { conditions: { conditions, otherKeys, problems } } = statement;
  if (!isAboutElastiCache(statement) || allOperations(statement).length === 0) { return []; }
  const found: Finding[] = problems.map((problem) => ({ ...problem, statement }));
  if (isOwnOnly(statement)) {
    otherKeys.filter(({ key }) => OTHER_SERVICES.test(key)).forEach(({ key, lenient }) => {
      const { rule, text } = effect(statement, lenient, 'the actions');
      found.push({ rule, statement, text: `AWS never supplies ${key} to an action of ElastiCache, so ${text}` });
    });
  }
  return [...found, ...conditions.flatMap((condition) => absentKey(statement, condition))];
}

function absentKey(statement: ReviewedStatement, condition: ReviewedCondition): Finding[] {
  const { key, matchesWhenKeyIsMissing: lenient } = condition;
  const { deny } = statement;
  const lacks = (operation: string) => lacksKey(statement, operation, condition);
  const all = allOperations(statement);
  const exact = exactOperations(statement);
  const nobodyHasIt = isOwnOnly(statement) && all.every(lacks);
  // A pattern is meant for what it fits. Only a Deny that every call meets reaches further than it seems to.
  const isWide = deny && lenient && isOwnOnly(statement);
  const widely = isWide ? all.filter((one) => exact.includes(one) || !entryOf(one)!.fewGlobalKeys) : exact;
  const lacking = nobodyHasIt ? all : widely.filter(lacks);
  if (lacking.length > 0 && (nobodyHasIt || !lenient || deny)) {
    if (deny && lenient && isGuarded(statement, condition, lacking)) { return []; }
    const names = shortList(lacking);
    const { rule, text } = effect(statement, lenient, names, nobodyHasIt);
    return [{ rule, statement, text: `AWS never supplies ${key} to ${names}, so ${text}` }];
  }
  return deny && lenient ? tooWide(statement, condition, exact) : [];
}

/** What a Deny denies that a request without the key meets, where requests lack it on a type or by a parameter. */
function tooWide(statement: ReviewedStatement, condition: ReviewedCondition, exact: string[]): Finding[] {
  const { key, operator } = condition;
  const found = (operations: string[], text: (names: string) => string): Finding[] => (
    operations.length > 0 && !isGuarded(statement, condition, operations)
      ? [{ rule: 'denyWithoutKey', statement, text: text(shortList(operations)) }]
      : []);
  const onOtherTypes = exact.filter((operation) => typesWithoutKey(statement, operation, condition).length > 0);
  const types = [...new Set(onOtherTypes.flatMap((operation) => typesWithoutKey(statement, operation, condition)))];
  const mayLack = parseOperator(operator).family === 'Null'
    ? []
    : exact.filter((operation) => mayLackKey(operation, condition.catalogKey));
  return [
    ...found(onOtherTypes, (names) => (
      `AWS authorizes ${names} also on a ${types.map((type) => RESOURCE_TYPES[type].name).join(' and a ')}, where it `
      + `never supplies ${key}, so the statement denies every call of ${names}`)),
    ...found(mayLack, (names) => (
      `${operator} is met by a request without ${key}, so the statement denies each call of ${names} that doesn't set `
      + 'it')),
  ];
}

/** The types that every call of the operation names, and that the statement is on, with which AWS has no such key. */
function typesWithoutKey(statement: ReviewedStatement, operation: string, condition: ReviewedCondition): string[] {
  const entry = entryOf(operation)!;
  const covered = typesCovered(statement);
  return condition.catalogKey.startsWith('elasticache:')
    ? typesOf(entry).filter((type) => (
      entry.types![type].required && (covered?.includes(type) ?? true) && !suppliesKey(entry, type, condition)))
    : [];
}

/**
 * Whether AWS may supply the key with the type. Of a connection, AWS lists the keys by the kind of cache, and not
 * whether they also come with the user.
 */
export function maySupply(operation: string, type: string, condition: ReviewedCondition): boolean {
  const entry = entryOf(operation)!;
  const types = typesOf(entry);
  return !types.includes(type) || suppliesKey(entry, type, condition)
    || (condition.global && !(entry.oneOf ?? []).includes(type)
      && types.some((other) => suppliesKey(entry, other, condition)));
}

/** Whether AWS supplies the key with none of the resources that the statement and the operation have in common. */
function lacksKey(statement: ReviewedStatement, operation: string, condition: ReviewedCondition): boolean {
  const entry = entryOf(operation)!;
  if (condition.neverSupplied) { return true; }
  const covered = typesCovered(statement);
  const types = typesOf(entry);
  if (types.length === 0) { return !suppliesKey(entry, undefined, condition); }
  const common = types.filter((type) => covered?.includes(type) ?? true);
  return common.length > 0 && !common.some((type) => maySupply(operation, type, condition));
}

/** Whether another condition requires the key, or is never met itself: the Deny doesn't reach the operations then. */
function isGuarded(statement: ReviewedStatement, condition: ReviewedCondition, operations: string[]): boolean {
  const { conditions, otherKeys } = statement.conditions;
  return otherKeys.some(({ lenient }) => !lenient) || conditions.some((other) => (
    !other.matchesWhenKeyIsMissing
    && (other.key.toLowerCase() === condition.key.toLowerCase()
      // Only calls that name tags are denied, and a removal names them without values.
      || (other.catalogKey === 'aws:TagKeys' && condition.catalogKey.startsWith('aws:RequestTag/'))
      || operations.every((operation) => lacksKey(statement, operation, other)))));
}

function effect(
  { deny }: ReviewedStatement, lenient: boolean, names: string, whole = true,
): Pick<Finding, 'rule' | 'text'> {
  if (!deny) {
    return {
      rule: 'absentConditionKey',
      text: lenient ? 'the condition guards nothing' : `the statement allows no call of ${names}`,
    };
  }
  if (lenient) { return { rule: 'denyWithoutKey', text: `the statement denies every call of ${names}` }; }
  return { rule: whole ? 'emptyDeny' : 'absentConditionKey', text: `the statement denies no call of ${names}` };
}

/** Some names, of which a long list shows the first ones. */
function shortList(operations: string[]): string {
  return operations.length <= 4
    ? operations.join(', ')
    : `${operations.slice(0, 3).join(', ')} and ${operations.length - 3} more`;
}
