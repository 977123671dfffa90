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
import { allOperations, exactOperations, isOwnOnly, ReviewedStatement, typesCovered } from './statement';
import { suppliesKey } from '../catalog/key-presence';
import { entryOf, parametersOf, typesOf } from '../catalog/lookup';
import { parseOperator } from '../resolve/operators';

/** Services whose keys come with their own actions alone, and that policies for ElastiCache have by mistake. */
const OTHER_SERVICES = /^(dynamodb|ec2|es|iam|kms|lambda|logs|rds|redshift|s3|sns|sqs):/i;

/** What the conditions of a statement don't do. */
export function conditionFindings(statement: ReviewedStatement): Finding[] {
  const { conditions: { conditions, otherKeys, problems }, notActions } = statement;
  const found: Finding[] = problems.map((problem) => ({ ...problem, statement }));
  if (notActions || allOperations(statement).length === 0) { return found; }
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
  const lacks = (operation: string) => lacksKey(statement, operation, condition);
  const all = allOperations(statement);
  const exact = exactOperations(statement);
  const nobodyHasIt = isOwnOnly(statement) && all.every(lacks);
  // A pattern is meant for what it fits. Only a Deny that every call meets reaches further than it seems to.
  const isWide = statement.deny && lenient && isOwnOnly(statement);
  const widely = isWide ? all.filter((one) => exact.includes(one) || !entryOf(one)!.fewGlobalKeys) : exact;
  const lacking = nobodyHasIt ? all : widely.filter(lacks);
  if (lacking.length > 0 && (nobodyHasIt || !(lenient && !statement.deny))) {
    if (statement.deny && lenient && isGuarded(statement, condition, lacking)) { return []; }
    const names = shortList(lacking);
    const { rule, text } = effect(statement, lenient, names, nobodyHasIt);
    return [{ rule, statement, text: `AWS never supplies ${key} to ${names}, so ${text}` }];
  }
  const without = exact.filter((operation) => mayLeaveOut(operation, condition));
  return statement.deny && lenient && without.length > 0 && !isGuarded(statement, condition, without)
    ? [{
      rule: 'denyWithoutKey',
      statement,
      text: `${condition.operator} is met by a request without ${key}, so the statement denies each call of `
        + `${shortList(without)} that doesn't set it`,
    }]
    : [];
}

/** Whether AWS supplies the key with none of the resources that the statement and the operation have in common. */
function lacksKey(statement: ReviewedStatement, operation: string, condition: ReviewedCondition): boolean {
  const entry = entryOf(operation)!;
  if (condition.neverSupplied) { return true; }
  const covered = typesCovered(statement);
  const types = typesOf(entry);
  const common: (string | undefined)[] = types.length === 0
    ? [undefined]
    : types.filter((type) => covered?.includes(type) ?? true);
  return common.length > 0 && common.every((type) => !suppliesKey(entry, type, condition));
}

/**
 * Whether calls of the operation may leave out the parameter that the key is of, as those that change something do. A
 * call that creates has to name it, or AWS takes a default for it.
 */
function mayLeaveOut(operation: string, { catalogKey, operator }: ReviewedCondition): boolean {
  return catalogKey.startsWith('elasticache:') && parseOperator(operator).family !== 'Null'
    && parametersOf(operation, ['tagOnCreate']).length === 0;
}

/** Whether another condition requires the key, or is never met itself: the Deny doesn't reach the operations then. */
function isGuarded(statement: ReviewedStatement, condition: ReviewedCondition, operations: string[]): boolean {
  const { conditions, otherKeys } = statement.conditions;
  return otherKeys.some(({ lenient }) => !lenient) || conditions.some((other) => (
    other !== condition && !other.matchesWhenKeyIsMissing
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
