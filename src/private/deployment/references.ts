/**
 * Keys, buckets and delivery streams that a template names, as a policy of another stack can name them.
 *
 * A resource with a name of its own is named by that. The ARN of any other one is a token, which may come from every
 * stack but those that are deployed: a token of these would make the role's stack depend on them, and nothing can be
 * deployed then.
 */
import { CfnResource, Stack, Stage, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { hasKnownBeginning, isName, toPattern } from './names';
import { definitionOf, partitionOf, shownValue, Target, TemplateResource } from './template';
import { knownText, partsOf, soleTarget, within } from './values';
import { Diagnostics, formatValue } from '../util/diagnostics';

/** What decides whether a token may be in the policy. */
export interface Deployment {
  /** The grant. */
  readonly scope: IConstruct;

  /** The resources that are deployed. */
  readonly resources: readonly TemplateResource[];
}

/** A kind of resource of another service. */
export interface Kind {
  readonly name: string;

  /** Its types in a template. */
  readonly types: readonly string[];

  /** The property with its name; a resource without one has no name that is known before it is made. */
  readonly property?: string;

  /** Its ARN, from its name. */
  readonly arn: (name: string, stack: Stack) => string;
}

export const KEY: Kind = {
  name: 'key',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  arn: (id, stack) => `arn:${partitionOf(stack)}:kms:${stack.region}:${stack.account}:key/${id}`,
};

export const BUCKET: Kind = {
  name: 'bucket',
  types: ['AWS::S3::Bucket'],
  property: 'BucketName',
  arn: (name, stack) => `arn:${partitionOf(stack)}:s3:::${name}`,
};

export const STREAM: Kind = {
  name: 'delivery stream',
  types: ['AWS::KinesisFirehose::DeliveryStream'],
  property: 'DeliveryStreamName',
  arn: (name, stack) => (
    `arn:${partitionOf(stack)}:firehose:${stack.region}:${stack.account}:deliverystream/${name}`),
};

/** The ARN of what a `Ref` or an attribute leads to; undefined where it is another kind, or can't be named. */
export function referencedArn(
  { element }: Target, kind: Kind, subject: string, deployment: Deployment, diagnostics: Diagnostics,
): string | undefined {
  if (!CfnResource.isCfnResource(element) || !kind.types.includes(element.cfnResourceType)) {
    diagnostics.error(`${subject} leads to no ${kind.name} of the app: give a ${kind.name} of the app, or text`);
    return undefined;
  }
  const literal = literalNameOf(element, kind);
  if (literal !== undefined) { return kind.arn(literal, Stack.of(element)); }
  const problem = tokenProblem(element, kind, deployment);
  if (problem === undefined) { return Token.asString(element.getAtt('Arn')); }
  diagnostics.error(`${subject} is the ${kind.name} ${element.node.path}, ${problem}`);
  return undefined;
}

/**
 * Why no token of the resource may be in a policy beside the grant, and what to do; undefined where one may. That the
 * grant is in the same stack changes nothing: its policy is deployed by the role that needs it for the stack.
 */
function tokenProblem(
  element: CfnResource, { property }: Kind, { scope, resources }: Deployment,
): string | undefined {
  const deployed = new Set(resources.map(({ stack }) => rootStackOf(stack)));
  const isDeployed = deployed.has(rootStackOf(Stack.of(element)));
  const isNear = Stage.of(element) === Stage.of(scope);
  if (isNear && !isDeployed) { return undefined; }
  const remedies = [
    ...property === undefined ? [] : [`set its ${property}`],
    ...isDeployed ? [] : ['make the grant in the same stage'],
    ...isDeployed && isNear ? ['make it in a stack of its own'] : [],
    ...isDeployed && isNear && !deployed.has(rootStackOf(Stack.of(scope))) ? ['in that of the grant'] : [],
    ...property === undefined ? ['give the ARN of one that exists'] : [],
  ];
  const reason = isDeployed
    ? `whose ${property === undefined ? 'ARN' : 'name'} is only known once it is deployed, by the role that needs the `
      + 'permission'
    : 'which is in another stage than the grant, and CDK imports nothing from there';
  return `${reason}: ${remedies.join(', or ')}`;
}

/** The name, or a pattern where its end is only known at deployment. */
function literalNameOf(element: CfnResource, { property }: Kind): string | undefined {
  const definition = property === undefined ? undefined : definitionOf(element);
  const resource = { construct: element, stack: Stack.of(element), definition } as unknown as TemplateResource;
  const [value, ...others] = within(definition, property ?? '');
  const parts = partsOf(value, resource);
  return others.length === 0 && hasKnownBeginning(parts) && isName(parts) ? toPattern(parts) : undefined;
}

/** The stack that is deployed, which has its nested stacks deployed with it. */
function rootStackOf(stack: Stack): Stack {
  return stack.nestedStackParent ? rootStackOf(stack.nestedStackParent) : stack;
}

/** A value whose only part is a reference, or the text that it is; undefined where it is neither. */
export function arnOrTextOf(
  value: unknown, kind: Kind, property: string, resource: TemplateResource, deployment: Deployment,
  diagnostics: Diagnostics,
): { readonly arn?: string; readonly text?: string } | undefined {
  const parts = partsOf(value, resource);
  const subject = subjectOf(value, property, resource);
  const target = soleTarget(parts);
  if (target) {
    const arn = referencedArn(target, kind, subject, deployment, diagnostics);
    return arn === undefined ? undefined : { arn };
  }
  const text = knownText(parts);
  if (text !== undefined) { return { text }; }
  diagnostics.error(
    `${subject} is only known at deployment, and could be any ${kind.name}: give a ${kind.name} of the app, or text`,
  );
  return undefined;
}

/** What an error about a property names. */
export function subjectOf(value: unknown, property: string, { construct }: TemplateResource): string {
  return `${construct.node.path}: ${property} ${formatValue(shownValue(value))}`;
}
