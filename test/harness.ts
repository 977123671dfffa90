import { App, Environment, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import RECOMMENDED from 'aws-cdk-lib/recommended-feature-flags.json';
import { ElastiCacheAccessGrant, ElastiCacheAccessGrantProps } from '../src';

export const MINIMIZE = '@aws-cdk/aws-iam:minimizePolicies';
export const VALIDATE = '@aws-cdk/core:validateAgainstDefaultRules';

/** For templates that the newest versions of CDK refuse, such as empty ones. */
export const UNCHECKED = { [VALIDATE]: false };

/** All off, unless FEATURE_FLAGS=recommended: then as `cdk init` sets them. Tests set MINIMIZE themselves. */
const FLAGS = process.env.FEATURE_FLAGS === 'recommended' ? RECOMMENDED : {};

/** An app whose synthesis CDK checks by its own rules, where this version of CDK has them. */
export function newApp(context: Record<string, unknown> = {}): App {
  return new App({ context: { ...FLAGS, [VALIDATE]: true, [MINIMIZE]: false, ...context } });
}

export function newStack(
  options: { readonly env?: Environment; readonly context?: Record<string, unknown> } = {},
): Stack {
  return new Stack(newApp(options.context), 'Stack', { env: options.env });
}

export function newRole(stack: Stack, id = 'Role'): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com') });
}

/** How many cases a property is tested with: `MAX_RUNS` lowers it where the tests are repeated for every mutant. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: Math.min(count, Number(process.env.MAX_RUNS ?? count)) };
}

/** The statements of every policy of the stack, as synthesized. */
export function policyStatements(stack: Stack): any[] {
  const resources: any[] = Object.values(Template.fromStack(stack).toJSON().Resources ?? {});
  return resources
    .filter(({ Type }) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy')
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** The statements that a role has after a grant of these props. */
export function granted(props: ElastiCacheAccessGrantProps, stack = newStack()): any[] {
  new ElastiCacheAccessGrant(stack, 'Grant', props).toRole(newRole(stack));
  return policyStatements(stack);
}

export function allow(action: string | string[], resource: unknown) {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

/** An ARN as CDK writes it if the partition is only known at deployment. */
export function inPartition(rest: string) {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] };
}

/** The pseudo parameters of a deployment to eu-west-1. */
export const IN_EUROPE: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The longest value that AWS has for each pseudo parameter. */
export const AT_LONGEST: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'us-isof-south-1',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};

/**
 * A value of a template as CloudFormation deploys it. Whatever else the value refers to is a bucket, unless told.
 *
 * @param nameOf the name of the resource that has this logical ID
 * @param arnOf its ARN
 */
export function deployed(
  value: unknown,
  pseudoParameters: Record<string, string>,
  nameOf: (logicalId: string) => string,
  arnOf = (logicalId: string) => `arn:${pseudoParameters['AWS::Partition']}:s3:::${nameOf(logicalId)}`,
): any {
  return JSON.parse(JSON.stringify(value), (_, inner) => {
    if (inner?.['Fn::Join']) { return inner['Fn::Join'][1].join(inner['Fn::Join'][0]); }
    if (inner?.['Fn::GetAtt']) { return arnOf(inner['Fn::GetAtt'][0]); }
    return inner?.Ref ? pseudoParameters[inner.Ref as string] ?? nameOf(inner.Ref) : inner;
  });
}

/** The conditions of a statement in the form that a permission has: a list of values for every key. */
export function conditionsOf({ Condition }: any) {
  return Condition && JSON.parse(JSON.stringify(Condition), (key, value) => (
    /:/.test(key) && typeof value === 'string' ? [value] : value
  ));
}

export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

export function warningsOf(stack: Stack): string[] {
  return allWarningsOf(stack).filter((text) => !UNUSED.test(text));
}

/** Those of unused grants and guardrails included: most tests look at a grant without a principal. */
export function allWarningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

const UNUSED = /\[ack: cdk-elasticache-grants:unused(Grant|Guardrail)\]$/;
