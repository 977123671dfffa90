/**
 * The guardrail that a Deny was meant to be, as code that compiles and denies it.
 *
 * A finding about a Deny in, code out, where a rule of a guardrail is about the condition's key: it knows where AWS
 * supplies the key, and what a request without it has. It is about every operation with the key, so that a Deny for one
 * of them becomes wider.
 */
import { Stack } from 'aws-cdk-lib/core';
import { ReviewedCondition } from './condition-block';
import { Finding } from './findings';
import { exactOperations, ReviewedStatement } from './statement';
import { quote } from './suggestion';
import { ElastiCacheGuardrailRule } from '../../elasticache-guardrail-rule';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { nearestOperation } from '../catalog/suggestions';
import { parseOperator } from '../resolve/operators';
import { Diagnostics } from '../util/diagnostics';
import { constantCase } from '../util/text';
import { tokensIn } from '../util/tokens';

/** The rules that list what is allowed, by the key that they are about. */
const LISTING: Record<string, 'onlyNodeTypes' | 'onlyEngines' | 'onlyKeys' | 'onlyParameterGroups' | 'onlyRegions'> = {
  'elasticache:CacheNodeType': 'onlyNodeTypes',
  'elasticache:EngineType': 'onlyEngines',
  'elasticache:KmsKeyId': 'onlyKeys',
  'elasticache:CacheParameterGroupName': 'onlyParameterGroups',
  'aws:RequestedRegion': 'onlyRegions',
};

/** The rules that require encryption, by the key that they are about. */
const REQUIRING: Record<string, 'encryptedInTransit' | 'encryptedAtRest'> = {
  'elasticache:TransitEncryptionEnabled': 'encryptedInTransit',
  'elasticache:AtRestEncryptionEnabled': 'encryptedAtRest',
};
const REQUEST_TAG = 'aws:RequestTag/';

/** A rule, and the code that makes it. */
interface CodedRule {
  readonly value: ElastiCacheGuardrailRule;
  readonly code: string;
}

/** The guardrail that was meant, as code; undefined where no rule is about what the statement denies. */
export function suggestedGuardrail({ statement }: Finding): string | undefined {
  const { conditions, otherKeys, problems } = statement.conditions;
  const exempt = conditions.filter(({ key, operator }) => key === 'aws:PrincipalArn' && /Not/.test(operator));
  const [condition, ...others] = conditions.filter((one) => !exempt.includes(one));
  if (otherKeys.length > 0 || problems.length > 0 || others.length > 0 || statement.notActions) { return undefined; }
  const rule = condition ? ruleFor(condition) : ruleOfOperations(statement);
  if (!rule || !isAccepted(rule.value)) { return undefined; }
  const principals = exempt.flatMap(({ values }) => values);
  return [
    "new ElastiCacheGuardrail(this, 'Guardrail', {",
    `  rules: [ElastiCacheGuardrailRule.${rule.code}],`,
    ...(principals.length > 0 ? [`  exceptPrincipals: [${listed(principals)}],`] : []),
    '}).toPolicyDocument();',
  ].join('\n');
}

function ruleFor({ catalogKey, key, operator, values }: ReviewedCondition): CodedRule | undefined {
  const { base, family } = parseOperator(operator);
  const isNegated = /Not/.test(base);
  if (Object.hasOwn(LISTING, catalogKey) && isNegated) {
    const name = LISTING[catalogKey];
    return { value: ElastiCacheGuardrailRule[name](values), code: `${name}([${listed(values)}])` };
  }
  if (Object.hasOwn(REQUIRING, catalogKey) && family !== 'Null' && String(values[0]) === String(isNegated)) {
    const name = REQUIRING[catalogKey];
    return { value: ElastiCacheGuardrailRule[name](), code: `${name}()` };
  }
  if (!catalogKey.startsWith(REQUEST_TAG)) { return undefined; }
  const tag = key.slice(REQUEST_TAG.length);
  if (family === 'Null' && values[0] === 'true') {
    return { value: ElastiCacheGuardrailRule.requireTags([tag]), code: `requireTags([${quote(tag)}])` };
  }
  return isNegated
    ? {
      value: ElastiCacheGuardrailRule.requireTagValues(tag, values),
      code: `requireTagValues(${quote(tag)}, [${listed(values)}])`,
    }
    : undefined;
}

/** Without conditions: the operations, and those that wrong names stand for. */
function ruleOfOperations(statement: ReviewedStatement): CodedRule | undefined {
  const isOnAll = statement.resources?.some(({ types }) => types === undefined);
  const wrong = statement.actions.filter(({ isExact, operations }) => isExact && operations.length === 0);
  const names = [...new Set([
    ...exactOperations(statement),
    ...wrong.map(({ name }) => nearestOperation(name!)).filter((name) => name !== undefined),
  ])];
  return isOnAll && statement.actions.every(({ isExact }) => isExact)
    ? {
      value: ElastiCacheGuardrailRule.denyOperations(names.map((name) => ElastiCacheOperation.of(name))),
      code: `denyOperations([${names.map((name) => `ElastiCacheOperation.${constantCase(name)}`).join(', ')}])`,
    }
    : undefined;
}

/** Whether a guardrail takes the rule. */
function isAccepted(rule: ElastiCacheGuardrailRule): boolean {
  const scope = new Stack();
  const diagnostics = new Diagnostics();
  rule._write({ scope, tokens: tokensIn(scope), diagnostics });
  return diagnostics.errorTexts.length === 0;
}

function listed(values: string[]): string {
  return values.map(quote).join(', ');
}
