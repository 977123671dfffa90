import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Gives values that are the same in the template the same text, whichever tokens they are made of. */
export type Identify = (value: string) => string;

/** Tokens are numbered as they are made, so what they resolve to is what the output's order has to go by. */
export function identifyIn(scope: IConstruct): Identify {
  const stack = Stack.of(scope);
  const known = new Map<string, string>();
  return (value) => {
    if (!Token.isUnresolved(value)) {
      return value;
    }
    const identity = known.get(value) ?? JSON.stringify(stack.resolve(value));
    known.set(value, identity);
    return identity;
  };
}

/** Orders map entries by their keys' code units: the same on every machine, whatever its locale. */
export function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
