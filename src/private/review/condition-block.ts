/**
 * The conditions of a statement that somebody else wrote, checked as those of a grant are.
 *
 * A condition block of a policy in, checked conditions out, and what is wrong with those that can't be. IAM accepts
 * more than a grant does, so what it may compare after all is no mistake here: values that only the deployment knows,
 * `true` in other letters, and operators for several values on a key that has one.
 */
import { didYouMean, nearestKey } from '../catalog/suggestions';
import { CheckedCondition } from '../model';
import { checkCondition, findKey, isNeverSupplied } from '../resolve/conditions';
import { checkTogether } from '../resolve/conditions-together';
import { matchesWhenKeyIsMissing, parseOperator } from '../resolve/operators';
import { Diagnostics, formatValue } from '../util/diagnostics';

/** What is wrong with a condition whatever the actions are. */
export interface ConditionProblem {
  readonly rule: 'unknownConditionKey' | 'conditionValue';
  readonly text: string;
}

/** A condition whose key AWS has. */
export interface ReviewedCondition extends CheckedCondition {
  /** The operator that a grant takes for it. */
  readonly grantOperator: string;

  /** Whether AWS supplies the key to no request of a user or a role. */
  readonly neverSupplied: boolean;
}

/** The conditions of a statement. */
export interface ReviewedConditions {
  readonly conditions: ReviewedCondition[];

  /** The operators of keys of other services, each with its key. */
  readonly otherKeys: { readonly key: string; readonly lenient: boolean }[];
  readonly problems: ConditionProblem[];
}

/** Checks the conditions that a statement has. */
export function reviewConditions(block: object = {}): ReviewedConditions {
  const reviewed: ReviewedConditions = { conditions: [], otherKeys: [], problems: [] };
  const compared: CheckedCondition[] = [];
  for (const [operator, keys] of Object.entries(block)) {
    for (const [key, given] of Object.entries(keys ?? {})) {
      const condition = reviewCondition(operator, key, [given].flat(), reviewed);
      if (condition) { compared.push(condition); }
    }
  }
  if (reviewed.problems.length === 0) {
    const diagnostics = new Diagnostics();
    checkTogether(compared, diagnostics);
    reviewed.problems.push(...diagnostics.errorTexts.map((text) => ({ rule: 'conditionValue' as const, text })));
  }
  return reviewed;
}

/** Adds what is known of one condition. Returns it where its values can be compared with those of others. */
function reviewCondition(
  operator: string, key: string, values: unknown[], { conditions, otherKeys, problems }: ReviewedConditions,
): CheckedCondition | undefined {
  const parsed = parseOperator(operator);
  const texts = values.filter((value) => typeof value !== 'object').map(String);
  const lenient = matchesWhenKeyIsMissing(parsed, texts);
  const known = findKey(key);
  if (!known) {
    if (/^(aws|elasticache):/i.test(key)) {
      problems.push({
        rule: 'unknownConditionKey',
        text: `${formatValue(key)} is not a condition key of ElastiCache or of all AWS services: `
          + didYouMean(nearestKey(key)),
      });
    } else {
      otherKeys.push({ key, lenient });
    }
    return undefined;
  }
  const { entry, tag } = known;
  const plain: CheckedCondition = {
    operator,
    key: entry.key.replace('${TagKey}', () => tag!),
    catalogKey: entry.key,
    values: texts,
    global: entry.global ?? false,
    matchesWhenKeyIsMissing: lenient,
  };
  if (entry.availability === 'unknown') { return undefined; }
  const neverSupplied = isNeverSupplied(entry);
  const grantOperator = asGrantsHaveIt(operator, entry.type);
  conditions.push({ ...plain, neverSupplied, grantOperator });
  if (neverSupplied || texts.length < values.length) { return undefined; }
  const diagnostics = new Diagnostics();
  const checked = checkCondition(
    grantOperator, key, inLowerCase(texts, entry.type), (text) => text, diagnostics,
  );
  problems.push(...diagnostics.errorTexts.map((text) => ({ rule: 'conditionValue' as const, text })));
  return checked;
}

/** The operator for as many values as the key has: IAM compares them all the same. */
function asGrantsHaveIt(operator: string, type: string): string {
  const { quantifier, base, ifExists, family } = parseOperator(operator);
  if (!family || family === 'Null') { return operator; }
  if (type.startsWith('ArrayOf')) { return quantifier ? operator : `ForAnyValue:${operator}`; }
  return ifExists || quantifier === 'ForAllValues:' ? `${base}IfExists` : base;
}

/** IAM takes `True` for `true`. */
function inLowerCase(values: string[], type: string): string[] {
  return type === 'Bool' ? values.map((value) => value.toLowerCase()) : values;
}
