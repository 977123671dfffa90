import { Stack } from 'aws-cdk-lib';
import { ElastiCacheGuardrail, ElastiCacheGuardrailRule } from '../../src';
import { newStack } from '../harness';

/** A guardrail in a stack of its own. */
export function guardrailOf(
  rules: ElastiCacheGuardrailRule[], exceptPrincipals?: string[], stack: Stack = newStack(),
): ElastiCacheGuardrail {
  return new ElastiCacheGuardrail(stack, 'Guardrail', { rules, exceptPrincipals });
}

/** Its statements, as they are in a template. */
export function denied(rules: ElastiCacheGuardrailRule[], exceptPrincipals?: string[]): any[] {
  const guardrail = guardrailOf(rules, exceptPrincipals);
  return guardrail.statements.map((statement) => Stack.of(guardrail).resolve(statement.toStatementJson()));
}

/** A statement that denies. */
export function deny(action: string | string[], resource: string | string[], condition?: object) {
  return { Effect: 'Deny', Action: action, Resource: resource, ...(condition && { Condition: condition }) };
}
