import { Stack } from 'aws-cdk-lib';
import { ElastiCacheGuardrail, ElastiCacheGuardrailRule } from '../../src';
import { newStack } from '../harness';
import { denies } from '../support/deny-evaluator';
import { EXEMPT, NOBODY, Place, PLACES, suppliedAt } from '../support/guardrail-requests';
import { RULE_CASES } from '../support/guardrail-rules';

const stack = newStack();
let guardrails = 0;

function documentOf(rules: ElastiCacheGuardrailRule[], limit = 100_000): any {
  const guardrail = new ElastiCacheGuardrail(stack, `Guardrail${guardrails++}`, {
    rules, exceptPrincipals: ['arn:*:iam::*:role/platform-*'],
  });
  return Stack.of(guardrail).resolve(guardrail.toPolicyDocument(limit));
}

/** The smallest limit that the guardrail fits is that of its short form. */
function shortDocumentOf(rules: ElastiCacheGuardrailRule[]): any {
  for (let limit = JSON.stringify(documentOf(rules)).length - 1; ; limit--) {
    try {
      return documentOf(rules, limit);
    } catch (error) {
      const [, size] = /the guardrail has ([\d,]+) characters/.exec((error as Error).message)!;
      return documentOf(rules, Number(size.replace(',', '')));
    }
  }
}

/** Nobody is exempt from what denies a connection, since AWS doesn't say who connects. */
const isExempt = ({ operation }: Place, principal: string) => principal === EXEMPT && operation !== 'Connect';
const shown = ({ operation, type }: Place) => `${operation} on ${type ?? '*'}`;

describe.each(Object.entries(RULE_CASES))('%s', (_, { rule, requests, isDenied }) => {
  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'])('denies what is meant alone, in %s', (partition) => {
    for (const document of [documentOf([rule]), shortDocumentOf([rule])]) {
      const wrong: string[] = [];
      let denied = 0;
      for (const [request, context] of Object.entries(requests)) {
        for (const principal of [NOBODY, EXEMPT]) {
          const arn = principal.replace('arn:aws:', `arn:${partition}:`);
          for (const place of PLACES) {
            const expected = isDenied(place, request) && !isExempt(place, principal);
            const actual = denies(document, `elasticache:${place.operation}`, [
              suppliedAt(place, context, arn, { partition }),
            ]);
            denied += actual ? 1 : 0;
            if (actual !== expected) { wrong.push(`${shown(place)}, ${request}, ${principal}: ${actual}`); }
          }
        }
      }
      expect(wrong.slice(0, 5)).toEqual([]);
      expect(denied).toBeGreaterThan(0);
    }
  });
});

/** The tags of both, so that neither request loses any. */
function together(a: Record<string, string | string[]>, b: Record<string, string | string[]>) {
  const keys = [a['aws:TagKeys'] ?? [], b['aws:TagKeys'] ?? []].flat();
  return { ...a, ...b, ...(keys.length > 0 && { 'aws:TagKeys': keys }) };
}

/** The keys that a request has, other than those of tags, of which it may have several. */
const keysOf = (requests: Record<string, Record<string, unknown>>) => (
  new Set(Object.values(requests).flatMap((context) => Object.keys(context)).filter((key) => key !== 'aws:TagKeys')));

const NAMES = Object.keys(RULE_CASES);
test.each(NAMES)('%s denies the same together with each other rule, and no more than both', (name) => {
  const one = RULE_CASES[name];
  const wrong: string[] = [];
  const check = (place: Place, document: any, context: Record<string, string | string[]>, expected: boolean) => {
    const actual = denies(document, `elasticache:${place.operation}`, [suppliedAt(place, context, NOBODY)]);
    if (actual !== expected) { wrong.push(`${shown(place)}, ${JSON.stringify(context)}: ${actual}`); }
  };
  for (const otherName of NAMES.slice(NAMES.indexOf(name) + 1)) {
    const other = RULE_CASES[otherName];
    const document = documentOf([one.rule, other.rule]);
    if ([...keysOf(one.requests)].some((key) => keysOf(other.requests).has(key))) {
      // A request has one value of the key that both are about. What each denies alone is tested above.
      const apart = [documentOf([one.rule]), documentOf([other.rule])];
      const contexts = [...Object.values(one.requests), ...Object.values(other.requests)];
      contexts.forEach((context) => PLACES.forEach((place) => (
        check(place, document, context, apart.some((alone) => (
          denies(alone, `elasticache:${place.operation}`, [suppliedAt(place, context, NOBODY)])))))));
      continue;
    }
    for (const [request, context] of Object.entries(one.requests)) {
      for (const [otherRequest, otherContext] of Object.entries(other.requests)) {
        const both = together(context, otherContext);
        PLACES.forEach((place) => (
          check(place, document, both, one.isDenied(place, request) || other.isDenied(place, otherRequest))));
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('all rules together deny what some rule does', () => {
  const document = documentOf(Object.values(RULE_CASES).map(({ rule }) => rule));
  const apart = Object.values(RULE_CASES).map(({ rule }) => documentOf([rule]));
  const contexts = Object.values(RULE_CASES).flatMap(({ requests }) => Object.values(requests));
  const wrong = contexts.flatMap((context) => PLACES.filter((place) => {
    const call = (one: any) => denies(one, `elasticache:${place.operation}`, [suppliedAt(place, context, NOBODY)]);
    return call(document) !== apart.some(call);
  }));
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('a creation is denied by what it creates, and not by what it uses', () => {
  const call = (document: any, tags: object) => denies(document, 'elasticache:CreateReplicationGroup', [
    ...['replicationgroup', 'parametergroup', 'subnetgroup', 'usergroup', 'snapshot'].map((type) => (
      suppliedAt({ operation: 'CreateReplicationGroup', type }, { ...tags }, NOBODY))),
  ]);
  const document = documentOf([ElastiCacheGuardrailRule.requireTags(['team'])]);
  expect([call(document, { 'aws:RequestTag/team': 'a' }), call(document, {})]).toEqual([false, true]);
});
