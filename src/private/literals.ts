import { Token, Tokenization } from 'aws-cdk-lib/core';

/** The text cut where tokens begin and end. */
export function parts(text: string): string[] {
  const fragments = Tokenization.reverseString(text);
  if (!Token.isUnresolved(text) || fragments.length === 1) {
    return [text];
  }
  const found: string[] = [];
  fragments.join({
    join: (left, right) => {
      found.push(...(found.length === 0 ? [left, right] : [right]));
      return left;
    },
  });
  return found;
}

/** What is known of the text before deployment. */
export function literalParts(text: string): string[] {
  return parts(text).filter((part) => !Token.isUnresolved(part));
}

/** The text cut at a separator, but never within a token. */
export function splitLiterals(text: string, separator: string): string[] {
  const cut = [''];
  for (const part of parts(text)) {
    const [first, ...rest] = Token.isUnresolved(part) ? [part] : part.split(separator);
    cut[cut.length - 1] += first;
    cut.push(...rest);
  }
  return cut;
}
