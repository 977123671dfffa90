import { App, Aspects, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ElastiCachePolicyChecks } from '../../src';
import { newStack, VALIDATE } from '../harness';

/** A warning of the checks, in its parts. */
export interface Found {
  /** The construct that has it, below its stack. */
  readonly at: string;
  readonly rule: string;

  /** What it says, without the page and the suggestion. */
  readonly text: string;
  readonly page: string;
  readonly code?: string;
}

const WARNING = new RegExp([
  '^(?<text>.*?) \\((?<page>https:\\S*)\\)(?:\\nWhat was meant may be:\\n(?<code>.*))?',
  ' \\[ack: cdk-elasticache-grants:policy\\.(?<rule>\\w+)\\]$',
].join(''), 's');

/** The warnings of the checks in a synthesized stack, in the order of the tree. */
export function foundIn(stack: Stack): Found[] {
  const app = stack.node.root as App;
  return app.synth().getStackArtifact(stack.artifactId).messages
    .filter(({ entry }) => String(entry.data).includes('cdk-elasticache-grants:policy.'))
    .map(({ id, entry }) => {
      const { text, page, code, rule } = WARNING.exec(String(entry.data))!.groups!;
      return { at: id.replace(/^\/[^/]*\//, ''), rule, text, page, ...(code !== undefined && { code }) };
    });
}

/** Adds the checks to a construct. */
export function check<T extends IConstruct>(scope: T): T {
  Aspects.of(scope).add(new ElastiCachePolicyChecks());
  return scope;
}

/** What the checks find in a stack of what is built in it. */
export function foundFor(build: (stack: Stack) => void, context: Record<string, unknown> = {}): Found[] {
  // The newest CDK refuses policies that are as wrong as some of these.
  const stack = newStack({ context: { [VALIDATE]: false, ...context } });
  build(stack);
  check(stack.node.root);
  return foundIn(stack);
}

export const documentOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

/** A role of which the app has everything, with a policy for each document as it is written. */
export function roleWith(stack: Stack, id: string, documents: object[][]): void {
  const role = new iam.CfnRole(stack, id, { assumeRolePolicyDocument: documentOf() });
  documents.forEach((statements, index) => new iam.CfnPolicy(stack, `${id}Policy${index}`, {
    policyName: `${id}-${index}`, policyDocument: documentOf(...statements), roles: [role.ref],
  }));
}

/** The texts of what the checks find in the policies of one role, each after its rule. */
export const findings = (...documents: object[][]) => (
  foundFor((stack) => roleWith(stack, 'Role', documents)).map(({ rule, text }) => `${rule}: ${text}`));
