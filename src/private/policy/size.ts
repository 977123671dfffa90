/**
 * How many characters a statement will have in IAM, estimated before deployment.
 *
 * IAM counts the characters of the deployed JSON without white space. What CloudFormation fills in later is estimated
 * at the longest that AWS allows (token-lengths.ts). Splitting and attaching decide by these figures, and ask which
 * values could be longer where a document is nearly full.
 */
import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { longestToken, PLACEHOLDER } from './token-lengths';
import { Statement } from '../model';
import { keepEach, keepLast } from '../util/remember';
import { toReadableJson } from '../util/text';
import { ResolvedParts, tokensIn } from '../util/tokens';

/** Gives the characters of a value in a policy, white space not counted. */
export interface SizeEstimator {
  (value: unknown): number;

  /** The values in it of which no limit is known, as an error shows them. They are counted at an assumed length. */
  readonly unboundedIn: (value: unknown) => string[];
}

/** What a dynamic reference begins with. */
const DYNAMIC_REFERENCE = '{{resolve:';

/** The characters around the statements of a policy document. */
export const DOCUMENT_SIZE = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

/** Estimates values as they are once deployed. A text is estimated once, since the same ARNs come again and again. */
export const sizeEstimatorIn: (construct: IConstruct) => SizeEstimator = keepLast((construct) => {
  const stack = Stack.of(construct);
  const { resolvedParts } = tokensIn(construct);
  const estimateOf = (value: unknown) => {
    const estimate = new Estimate(stack, resolvedParts);
    return { longest: estimate.longest(value), unbounded: estimate.unbounded };
  };
  const sizeOfAny = (value: unknown) => JSON.stringify(estimateOf(value).longest).length;
  const sizeOfText = keepEach((text) => {
    const isFixed = resolvedParts(text)[0] === text && !text.includes(DYNAMIC_REFERENCE);
    return isFixed ? JSON.stringify(text).length : sizeOfAny(text);
  });
  const sizeOf = (value: unknown) => (typeof value === 'string' ? sizeOfText(value) : sizeOfAny(value));
  return Object.assign(sizeOf, { unboundedIn: (value: unknown) => [...estimateOf(value).unbounded] });
});

/** The characters of a statement in a document, with the comma after it. */
export function statementSize(
  { effect = 'Allow', actions, resources, conditions }: Statement, sizeOf: SizeEstimator,
): number {
  let size = '{"Action":,"Effect":"","Resource":},'.length + effect.length
    + listSize(actions.length) + listSize(resources.length);
  // No action holds a token, or what JSON escapes.
  for (const action of actions) { size += '""'.length + action.length; }
  for (const resource of resources) { size += sizeOf(resource); }
  return conditions ? size + ',"Condition":'.length + sizeOf(conditions) : size;
}

/** The characters around the values of a list. One value needs no list. */
function listSize(length: number): number {
  return length === 1 ? 0 : '[]'.length + length - 1;
}

/** The characters of a document. */
export function documentSize(statements: Statement[], sizeOf: SizeEstimator): number {
  const size = statements.reduce((sum, statement) => sum + statementSize(statement, sizeOf), DOCUMENT_SIZE);
  return size - Math.min(1, statements.length);
}

/** Replaces what CloudFormation fills in by text of the longest possible length, and notes what nothing bounds. */
class Estimate {
  public readonly unbounded = new Set<string>();

  constructor(private readonly stack: Stack, private readonly resolvedParts: ResolvedParts) {}

  /** @param key the key of the object that the value is in: in conditions, the condition key. */
  public longest(value: any, key?: string): unknown {
    if (typeof value === 'string') { return this.longestText(this.resolvedParts(value), key, value); }
    if (Token.isUnresolved(value)) { return this.longestResolved(this.stack.resolve(value), key); }
    if (Array.isArray(value)) { return value.map((item) => this.longest(item, key)); }
    return this.longestResolved(value, key);
  }

  private longestResolved(value: any, key?: string): unknown {
    if (typeof value === 'string') { return this.longest(value, key); }
    if (Array.isArray(value)) { return value.map((item) => this.longestResolved(item, key)); }
    if (typeof value !== 'object' || value === null) { return value; }
    if (Token.isUnresolved(value)) { return this.longestResolved(this.stack.resolve(value), key); }
    if (isIntrinsic(value)) { return this.longestText([value], key); }
    if (typeof value.toJSON === 'function') { return this.longestResolved(value.toJSON(), key); }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => (
      [this.longestText(this.resolvedParts(name)), this.longestResolved(inner, name)])));
  }

  /** @param text what the parts were resolved from, for finding the constructs that it refers to. */
  private longestText(parts: unknown[], key?: string, text?: string): string {
    let longest = '';
    let before = '';
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index];
      if (typeof part === 'string') {
        before += part;
        longest += this.longestLiteral(part);
      } else if (typeof part === 'object' && part !== null) {
        longest += this.longestIntrinsic(part, { before, after: parts[index + 1], key, text });
        before += PLACEHOLDER;
      } else if (part !== null && part !== undefined) {
        longest += String(part);
      }
    }
    return longest;
  }

  /** A dynamic reference is replaced at deployment by a value that may be of any length. */
  private longestLiteral(text: string): string {
    return text.includes(DYNAMIC_REFERENCE)
      ? text.replace(/\{\{resolve:[^}]*\}\}/g, (reference) => this.assumed({}, reference))
      : text;
  }

  private longestIntrinsic(
    value: any, place: { readonly before: string; readonly after: unknown; readonly key?: string; text?: string },
  ): string {
    const { before, after, key, text } = place;
    const either = (values: unknown[]) => values
      .map((one) => this.longestText([one], key))
      .reduce((a, b) => (a.length >= b.length ? a : b), '');
    if (Array.isArray(value['Fn::If'])) { return either(value['Fn::If'].slice(1)); }
    if (Array.isArray(value['Fn::Select']?.[1])) { return either(value['Fn::Select'][1]); }
    if (Array.isArray(value['Fn::Join']?.[1])) {
      return this.longestText(joinParts(value), key);
    }
    if (value['Fn::Sub'] !== undefined) { return this.longestSub(value['Fn::Sub'], key); }
    const reference = () => text === undefined ? undefined : this.referenceIn(text, value);
    const { characters, assumed } = longestToken(value, { before, after, conditionKey: key, reference });
    return assumed ? this.assumed(value, readable(value), characters) : 'x'.repeat(characters);
  }

  private longestSub(sub: unknown, key?: string): string {
    const [template, variables] = Array.isArray(sub) ? sub : [sub, {}];
    const parts = String(template).split(/(\$\{[^}]*\})/).filter((part) => part !== '').map((part) => {
      const name = /^\$\{([^!].*)\}$/.exec(part)?.[1];
      if (name === undefined) { return part.replace(/^\$\{!/, '${'); }
      return variables[name] ?? (name.includes('.') ? { 'Fn::GetAtt': name.split('.') } : { Ref: name });
    });
    return this.longestText(parts, key);
  }

  private assumed(value: object, name: string, characters?: number): string {
    this.unbounded.add(name);
    return 'x'.repeat(characters ?? longestToken(value, { before: '', after: undefined }).characters);
  }

  /** The reference in a text that resolves to the value. */
  private referenceIn(text: string, value: object): Reference | undefined {
    const wanted = JSON.stringify(value);
    const tokens = Token.isUnresolved(text) ? Tokenization.reverseString(text).tokens : [];
    return tokens
      .filter((token) => Reference.isReference(token))
      .find((token) => JSON.stringify(this.stack.resolve(token)) === wanted) as Reference | undefined;
  }
}

/** The parts of an `Fn::Join` in the order of the text, those of nested ones included. */
function joinParts(value: any): unknown[] {
  if (!Array.isArray(value?.['Fn::Join']?.[1])) { return [value]; }
  const [separator, parts] = value['Fn::Join'];
  return parts.flatMap((part: unknown, index: number) => (
    [...index > 0 && separator ? [separator] : [], ...joinParts(part)]));
}

function isIntrinsic(value: object): boolean {
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || String(name).startsWith('Fn::'));
}

function readable(value: object): string {
  const text = toReadableJson(value);
  return typeof text === 'string' ? text : JSON.stringify(text);
}
