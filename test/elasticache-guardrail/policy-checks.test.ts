import { Aspects } from 'aws-cdk-lib';
import { ElastiCachePolicyChecks } from '../../src';
import { newStack, warningsOf } from '../harness';
import { RULE_CASES } from '../support/guardrail-rules';
import { guardrailOf } from '../support/guardrails';

/** The checks of hand-written policies reason from the same catalog, by code of their own. */
test.each(Object.entries(RULE_CASES))('the policy checks find nothing in %s', (_, { rule }) => {
  const stack = newStack();
  Aspects.of(stack).add(new ElastiCachePolicyChecks());
  guardrailOf([rule], undefined, stack).toPermissionsBoundary();
  expect(warningsOf(stack)).toEqual([]);
});
