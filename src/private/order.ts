import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Gives ARNs that are the same in the template the same text, whichever tokens they are made of. */
export type Identify = (arn: string) => string;

/** Tokens are numbered as they are made, so what they resolve to is what the output's order has to go by. */
export function identifyIn(scope: IConstruct): Identify {
  const stack = Stack.of(scope);
  const known = new Map<string, string>();
  return (arn) => {
    if (!Token.isUnresolved(arn)) {
      return arn;
    }
    const identity = known.get(arn) ?? JSON.stringify(stack.resolve(arn));
    known.set(arn, identity);
    return identity;
  };
}

/** Orders map entries by their keys' code units: the same on every machine, whatever its locale. */
export function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
