/**
 * Text that holds CDK tokens: what of it is known, what it resolves to, and how it is compared and ordered.
 *
 * Two tokens with different placeholders may resolve to the same value. Output must depend on the values alone, so
 * every comparison goes through `TokenKey`. Nothing is ever parsed out of a token.
 */
import { Aws, CfnResource, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { keepEach, keepLast } from './remember';

/** A token in a text, as its placeholder. */
export interface TextToken {
  readonly token: string;
}

/** Enough for those of a large grant, and little memory. */
const RECENT_TEXTS = 1000;

/** The text divided into literals and tokens. Neither depends on a construct, and several stages ask for them. */
export const textParts: (text: string) => readonly (string | TextToken)[] = keepEach((text) => {
  if (!Token.isUnresolved(text)) {
    return [text];
  }
  const fragments = Tokenization.reverseString(text);
  if (fragments.length === 1) {
    return [{ token: text }];
  }
  const parts: (string | TextToken)[] = [];
  // A token may render as another text than the placeholder that stands for it, so it is turned into one again.
  fragments.mapTokens({ mapToken: (token): TextToken => ({ token: Token.asString(token) }) }).join({
    join: (left, right) => {
      parts.push(...(parts.length === 0 ? [left, right] : [right]));
      return left;
    },
  });
  return parts;
}, RECENT_TEXTS);

/** The parts of the text that are known before deployment. */
export function literalParts(text: string): string[] {
  return textParts(text).filter((part): part is string => typeof part === 'string');
}

/** The text with each literal part changed, and its tokens untouched. */
export function mapLiterals(text: string, change: (literal: string) => string): string {
  return textParts(text).map((part) => (typeof part === 'string' ? change(part) : part.token)).join('');
}

/** The text in lower case, as ElastiCache keeps names. A template may have capitals. */
export function lowerCase(text: string): string {
  return mapLiterals(text, (literal) => literal.toLowerCase());
}

/** The text split at a separator, but never within a token. */
export function splitLiterals(text: string, separator: string): string[] {
  const pieces = [''];
  for (const part of textParts(text)) {
    const [first, ...rest] = typeof part === 'string' ? part.split(separator) : [part.token];
    pieces[pieces.length - 1] += first;
    pieces.push(...rest);
  }
  return pieces;
}

/** The resource of the app whose `Ref` or attribute a value is. */
export function referencedResource(value: unknown): CfnResource | undefined {
  if (typeof value !== 'string' || !Token.isUnresolved(value)) { return undefined; }
  const { firstToken, length } = Tokenization.reverseString(value);
  const target: unknown = length === 1 && Tokenization.isResolvable(firstToken)
    ? (firstToken as { readonly target?: unknown }).target
    : undefined;
  return CfnResource.isCfnResource(target) ? target : undefined;
}

/** Gives the parts of a text as the template has them: literals, and intrinsic functions in place of tokens. */
export type ResolvedParts = (text: string) => unknown[];

/**
 * Resolves the parts of texts in the stack of a construct.
 *
 * Each token is resolved once, and not each text that holds it: resolving takes longer than all else that a grant does.
 *
 * @param joined the texts that were made of two others, whose parts are theirs.
 */
function resolvedPartsIn(scope: IConstruct, joined: ReadonlyMap<string, readonly [string, string]>): ResolvedParts {
  // Made at the first use and not as the module loads, since that would load all of the AWS CDK's core.
  const known = pseudoParameters ??= new Map<string, unknown[]>([
    [Aws.PARTITION, [{ Ref: 'AWS::Partition' }]],
    [Aws.REGION, [{ Ref: 'AWS::Region' }]],
    [Aws.ACCOUNT_ID, [{ Ref: 'AWS::AccountId' }]],
  ]);
  const resolvedToken = keepEach((token) => flattenJoin(Stack.of(scope).resolve(token)));
  const resolvedParts: ResolvedParts = keepEach((text) => {
    const made = joined.get(text);
    return made ? concatParts(resolvedParts(made[0]), resolvedParts(made[1])) : textParts(text).flatMap((part) => (
      typeof part === 'string' ? part : known.get(part.token) ?? resolvedToken(part.token)));
  });
  return resolvedParts;
}

/** Literals that meet are one literal, as they are in the text. */
function concatParts(head: unknown[], tail: unknown[]): unknown[] {
  const last = head[head.length - 1];
  const [first, ...rest] = tail;
  return typeof last === 'string' && typeof first === 'string'
    ? [...head.slice(0, -1), last + first, ...rest]
    : [...head, ...tail];
}

/** By their tokens, what every stack resolves alike, and most ARNs hold. */
let pseudoParameters: ReadonlyMap<string, unknown[]> | undefined;

/**
 * The parts of an `Fn::Join` without a separator, nested ones included: CloudFormation makes the same of both forms.
 */
function flattenJoin(resolved: any): unknown[] {
  const join = resolved?.['Fn::Join'];
  return join?.[0] === '' && Array.isArray(join[1]) ? join[1].flatMap(flattenJoin) : [resolved];
}

/** Gives texts that are the same in the template the same key, whichever tokens they are made of. */
export type TokenKey = (text: string) => string;

/** Marks an intrinsic function in a key, so that no literal is mistaken for it: a policy can't hold this character. */
const INTRINSIC = '\uffff';

function tokenKeys(resolvedParts: ResolvedParts): TokenKey {
  return keepEach((text) => resolvedParts(text)
    .map((part) => (typeof part === 'string' ? part : `${INTRINSIC}${JSON.stringify(part)}`))
    .join(''));
}

/** The key of conditions, or of none. */
export function conditionsKey(conditions: object | undefined, tokenKey: TokenKey): string {
  return conditions ? tokenKey(JSON.stringify(conditions)) : '{}';
}

/** The values of a map, ordered by the code units of their keys: the same on every machine, whatever its locale. */
export function valuesByKey<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map.keys()].sort().map((key) => map.get(key)!);
}

/** Each text once, in an order that doesn't depend on how they were listed. */
export function distinctTexts(texts: readonly string[], tokenKey: TokenKey): string[] {
  return valuesByKey(new Map(texts.map((text) => [tokenKey(text), text])));
}

/** What one grant needs to read tokens, shared by its stages so that each token is resolved once. */
export interface Tokens {
  readonly resolvedParts: ResolvedParts;
  readonly tokenKey: TokenKey;

  /** Makes one text of two, whose tokens are then known. To find them in the text again takes much longer. */
  readonly join: (head: string, tail: string) => string;
}

/** Reads tokens in the stack of a construct. */
export const tokensIn: (construct: IConstruct) => Tokens = keepLast((construct) => {
  const joined = new Map<string, readonly [string, string]>();
  const resolvedParts = resolvedPartsIn(construct, joined);
  const join = (head: string, tail: string) => {
    const text = head + tail;
    // Of nothing and a text, the text itself is made, whose parts would be looked for without an end.
    if (head !== '' && tail !== '') { joined.set(text, [head, tail]); }
    return text;
  };
  return { resolvedParts, tokenKey: tokenKeys(resolvedParts), join };
});
