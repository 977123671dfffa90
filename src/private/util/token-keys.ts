import { Token } from 'aws-cdk-lib/core';
import type { ConditionBlock } from '../resolve/conditions';
import type { ResolvedParts } from './tokens';

/** Gives values that are the same in the template the same text, whichever tokens they are made of. */
export type TokenKey = (value: string) => string;

/** Stands before what isn't known before deployment, so that no literal is taken for it: a policy can't hold this character. */
const REFERENCE = '\uffff';

/** Tokens are numbered as they are made, so what they resolve to is what the output's order has to go by. */
export function tokenKeys(resolvedParts: ResolvedParts): TokenKey {
  const known = new Map<string, string>();
  return (text) => {
    if (!Token.isUnresolved(text)) {
      return text;
    }
    const identity = known.get(text)
      ?? resolvedParts(text).map((part) => (typeof part === 'string' ? part : `${REFERENCE}${JSON.stringify(part)}`)).join('');
    known.set(text, identity);
    return identity;
  };
}

/** The same of conditions, or of none. */
export function conditionsKey(conditions: ConditionBlock | undefined, identify: TokenKey): string {
  return conditions ? identify(JSON.stringify(conditions)) : '{}';
}

/** Orders map entries by their keys' code units: the same on every machine, whatever its locale. */
export function compareByKey(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
