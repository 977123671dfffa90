import { Stack } from 'aws-cdk-lib';
import { RuleContext, WrittenRule } from '../../src/private/guardrail/denial';
import { Diagnostics } from '../../src/private/util/diagnostics';
import { tokensIn } from '../../src/private/util/tokens';
import { newStack } from '../harness';

/** What a part of a rule returns, and the errors that it reports. */
export interface Outcome<T> {
  readonly result: T;
  readonly errors: string[];
}

/** Runs a part of the rule that the static `rule` makes. */
export function inRule<T>(part: (context: RuleContext) => T, scope: Stack = newStack()): Outcome<T> {
  const diagnostics = new Diagnostics();
  const result = part({ method: 'rule', scope, tokens: tokensIn(scope), diagnostics });
  return { result, errors: diagnostics.errorTexts };
}

/** The denials of a rule with the reason of one operation each, as `toEqual` compares them. */
export function denialsOf({ denials }: Pick<WrittenRule, 'denials'>, operationName: string) {
  return denials.map(({ reason, ...denial }) => ({ ...denial, reason: reason(operationName) }));
}
