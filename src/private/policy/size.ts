import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import type { Statement } from './statements';
import { ResolvedParts, resolvedPartsIn } from '../util/tokens';

/** Gives the characters that a statement has in a policy, white space not counted. */
export type SizeEstimator = (value: unknown) => number;

/** What is around the statements of a policy document. */
export const DOCUMENT_SIZE = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

/** The longest that AWS has of each. */
const PSEUDO_PARAMETERS: Record<string, number> = {
  'AWS::Partition': 'aws-us-gov'.length, 'AWS::Region': 'ap-southeast-1'.length, 'AWS::AccountId': 12, 'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};
const LONGEST_BUCKET_NAME = 63;
const LONGEST_BUCKET_ARN = 'arn:aws-us-gov:s3:::'.length + LONGEST_BUCKET_NAME;
const LONGEST_ARN = 'arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'.length;

/** Measures values as they are once deployed, with what isn't known before taken at its longest. */
export function sizeEstimatorIn(scope: IConstruct, resolvedParts: ResolvedParts = resolvedPartsIn(scope)): SizeEstimator {
  const stack = Stack.of(scope);
  const known = new Map<string, number>();
  return (value) => {
    if (typeof value !== 'string') { return JSON.stringify(longestPossible(stack.resolve(value))).length; }
    let size = known.get(value);
    if (size === undefined) {
      size = JSON.stringify(longestPossibleText(resolvedParts(value), '')).length;
      known.set(value, size);
    }
    return size;
  };
}

/** The characters of a statement in a document, the comma behind it included. */
export function statementSize({ actions, resources, conditions }: Statement, measure: SizeEstimator): number {
  const list = (values: string[]) => (
    values.reduce((size, value) => size + measure(value), 0) + (values.length === 1 ? 0 : '[]'.length + values.length - 1));
  return '{"Action":,"Effect":"Allow","Resource":},'.length + list(actions) + list(resources)
    + (conditions ? ',"Condition":'.length + measure(conditions) : 0);
}

function longestPossible(value: any): unknown {
  if (Array.isArray(value)) { return value.map(longestPossible); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (typeof value.Ref === 'string') { return 'x'.repeat(PSEUDO_PARAMETERS[value.Ref] ?? LONGEST_BUCKET_NAME); }
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'];
    return longestPossibleText(parts, separator);
  }
  if (Object.keys(value).some((key) => key.startsWith('Fn::'))) { return 'x'.repeat(LONGEST_ARN); }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, longestPossible(inner)]));
}

function longestPossibleText(parts: unknown[], separator: string): string {
  return parts.map((part, index) => (
    isAttribute(part) && String(parts[index + 1]).startsWith('/') ? 'x'.repeat(LONGEST_BUCKET_ARN) : longestPossible(part))).join(separator);
}

/** Before the key of an object, an attribute is the bucket's ARN. */
function isAttribute(part: unknown): boolean {
  return typeof part === 'object' && part !== null && !('Ref' in part);
}
