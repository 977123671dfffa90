import { Aws, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** The text cut where tokens begin and end. */
export function textParts(text: string): string[] {
  if (!Token.isUnresolved(text)) {
    return [text];
  }
  const fragments = Tokenization.reverseString(text);
  if (fragments.length === 1) {
    return [text];
  }
  const found: string[] = [];
  // Not every token's own text is the one that stands for it.
  fragments.mapTokens({ mapToken: (token) => Token.asString(token) }).join({
    join: (left, right) => {
      found.push(...(found.length === 0 ? [left, right] : [right]));
      return left;
    },
  });
  return found;
}

/** What is known of the text before deployment. */
export function literalParts(text: string): string[] {
  return textParts(text).filter((part) => !Token.isUnresolved(part));
}

/** The text cut at a separator, but never within a token. */
export function splitLiterals(text: string, separator: string): string[] {
  const cut = [''];
  for (const part of textParts(text)) {
    const [first, ...rest] = Token.isUnresolved(part) ? [part] : part.split(separator);
    cut[cut.length - 1] += first;
    cut.push(...rest);
  }
  return cut;
}

export type ResolvedParts = (text: string) => unknown[];

/**
 * Gives the parts of a text as the template has them: literal text, and what stands for what isn't known before deployment.
 *
 * Each token is resolved once, and not each text that it stands in, since resolving takes longer than all else that a grant does.
 */
export function resolvedPartsIn(scope: IConstruct): ResolvedParts {
  const stack = Stack.of(scope);
  // Most ARNs have these, which every stack resolves alike. Asked for here, they don't load the AWS CDK's core with the module.
  const known = new Map<string, unknown[]>([
    [Aws.PARTITION, [{ Ref: 'AWS::Partition' }]], [Aws.REGION, [{ Ref: 'AWS::Region' }]], [Aws.ACCOUNT_ID, [{ Ref: 'AWS::AccountId' }]],
  ]);
  const resolvedParts: ResolvedParts = (text) => {
    if (!Token.isUnresolved(text)) { return [text]; }
    let resolved = known.get(text);
    if (!resolved) {
      const found = textParts(text);
      resolved = found.length === 1 ? joined(stack.resolve(text)) : found.flatMap(resolvedParts);
      known.set(text, resolved);
    }
    return resolved;
  };
  return resolvedParts;
}

/** What a join joins, since CloudFormation makes the same of both. */
function joined(resolved: any): unknown[] {
  const join = resolved?.['Fn::Join'];
  return join?.[0] === '' && Array.isArray(join[1]) ? join[1].flatMap(joined) : [resolved];
}
