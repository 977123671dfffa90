/**
 * How many characters a statement will have in IAM, estimated before deployment.
 *
 * IAM counts the characters of the deployed JSON without white space. What CloudFormation fills in later is estimated
 * at the longest that AWS allows, so that an estimate is never too small. Splitting and attaching decide by these
 * figures.
 */
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Statement } from '../model';
import { ResolvedParts, resolvedPartsIn } from '../util/tokens';

/** Gives the characters of a value in a policy, white space not counted. */
export type SizeEstimator = (value: unknown) => number;

/** The characters around the statements of a policy document. */
export const DOCUMENT_SIZE = JSON.stringify({ Version: '2012-10-17', Statement: [] }).length;

/** The longest value that AWS has for each pseudo parameter. */
const PSEUDO_PARAMETERS: Record<string, number> = {
  'AWS::Partition': 'aws-us-gov'.length,
  'AWS::Region': 'ap-southeast-1'.length,
  'AWS::AccountId': 12,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
};

/** A `Ref` in a policy of this library is a bucket's name or a parameter that holds one: S3 allows 63 characters. */
const LONGEST_NAME = 63;
const LONGEST_BUCKET_ARN = 'arn:aws-us-gov:s3:::'.length + LONGEST_NAME;

/** An attribute is an ARN, of which that of a multi-Region KMS key is the longest here. */
const LONGEST_ARN = (
  'arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'.length);

/** Estimates values as they are once deployed. A text is estimated once, since the same ARNs come again and again. */
export function sizeEstimatorIn(
  scope: IConstruct, resolvedParts: ResolvedParts = resolvedPartsIn(scope),
): SizeEstimator {
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

/** The characters of a statement in a document, with the comma after it. */
export function statementSize({ actions, resources, conditions }: Statement, sizeOf: SizeEstimator): number {
  const list = (values: string[]) => (
    values.reduce((size, value) => size + sizeOf(value), 0)
    + (values.length === 1 ? 0 : '[]'.length + values.length - 1));
  return '{"Action":,"Effect":"Allow","Resource":},'.length + list(actions) + list(resources)
    + (conditions ? ',"Condition":'.length + sizeOf(conditions) : 0);
}

/** The characters of a document. */
export function documentSize(statements: Statement[], sizeOf: SizeEstimator): number {
  const size = statements.reduce((sum, statement) => sum + statementSize(statement, sizeOf), DOCUMENT_SIZE);
  return size - Math.min(1, statements.length);
}

/** The value with text of the longest possible length in place of what CloudFormation fills in. */
function longestPossible(value: any): unknown {
  if (Array.isArray(value)) { return value.map(longestPossible); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (typeof value.Ref === 'string') { return 'x'.repeat(PSEUDO_PARAMETERS[value.Ref] ?? LONGEST_NAME); }
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'];
    return longestPossibleText(parts, separator);
  }
  if (Object.keys(value).some((key) => key.startsWith('Fn::'))) { return 'x'.repeat(LONGEST_ARN); }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, longestPossible(inner)]));
}

function longestPossibleText(parts: unknown[], separator: string): string {
  return parts.map((part, index) => (
    isBucketArn(part, parts[index + 1]) ? 'x'.repeat(LONGEST_BUCKET_ARN) : longestPossible(part))).join(separator);
}

/** An attribute that the key of an object follows is a bucket's ARN, which is shorter than other ARNs may be. */
function isBucketArn(part: unknown, next: unknown): boolean {
  return typeof part === 'object' && part !== null && !('Ref' in part) && String(next).startsWith('/');
}
