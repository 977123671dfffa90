/**
 * A construct in, its resource as the template will have it out: the first part of the stage that starts from a stack.
 *
 * The template alone has everything: the properties of L1s and L2s, those of `CfnInclude`, overrides, and what is
 * written by hand. References to constructs are kept as such, since CDK turns those to another stack into imports, from
 * which nothing could be told. Nothing of the app is changed.
 */
import {
  CfnElement, CfnResource, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext,
  Reference, Stack, Token, Tokenization,
} from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { TEMPLATE_TYPES } from '../catalog/catalog.generated';
import { TemplateTypeEntry } from '../catalog/entries';

/** A resource of a type that the catalog knows, as the template has it. */
export interface TemplateResource {
  readonly construct: CfnResource;
  readonly stack: Stack;
  readonly entry: TemplateTypeEntry;

  /** Its properties, and the two policies that say what becomes of it. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** The `Ref` or an attribute of a construct. */
export interface Target {
  readonly element: CfnElement;

  /** The name of the attribute, or `Ref`. */
  readonly attribute: string;
}

/** The resource of a construct; undefined where the catalog doesn't know its type, or where it is not synthesized. */
export function templateResourceOf(construct: CfnResource): TemplateResource | undefined {
  const type = construct.cfnResourceType;
  const definition = Object.hasOwn(TEMPLATE_TYPES, type) ? definitionOf(construct) : undefined;
  return definition && { construct, stack: Stack.of(construct), entry: TEMPLATE_TYPES[type], definition };
}

/** The properties of any resource as the template will have them; undefined where it will not be in the template. */
export function definitionOf(construct: CfnResource): Record<string, unknown> | undefined {
  const template = Tokenization.resolve((construct as any)._toCloudFormation(), {
    scope: construct, resolver: new ReferenceKeeper(), preparing: false,
  });
  const [resource] = Object.values<any>(template?.Resources ?? {});
  return resource && {
    ...resource.Properties, DeletionPolicy: resource.DeletionPolicy, UpdateReplacePolicy: resource.UpdateReplacePolicy,
  };
}

/** Begins what stands for a construct in place of a logical ID, which never has a slash. */
const PATH = '/';

/** Resolves everything but references to constructs. The form is a template's, as CDK's checks of types want. */
class ReferenceKeeper extends DefaultTokenResolver {
  constructor() {
    super(JOINED);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    // A pseudo parameter is a reference, too.
    if (!Reference.isReference(token) || !CfnElement.isCfnElement(token.target) || /^AWS::/.test(token.displayName)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const path = `${PATH}${token.target.node.path}`;
    return token.displayName === 'Ref' ? { Ref: path } : { 'Fn::GetAtt': [path, token.displayName] };
  }
}

/** Texts with tokens, as a template has them. */
const JOINED: IFragmentConcatenator = {
  join: (left: unknown, right: unknown) => (
    left === undefined ? right : right === undefined ? left : { 'Fn::Join': ['', [left, right]] }),
};

/** The construct that a `Ref` or an attribute is of; undefined where there is none, as with a pseudo parameter. */
export function targetOf(id: unknown, attribute: string, { construct, stack }: TemplateResource): Target | undefined {
  if (typeof id !== 'string') { return undefined; }
  const element = id.startsWith(PATH)
    ? constructAt(id.slice(PATH.length), construct.node.root)
    : stack.node.findAll().find((one) => isNamed(one, id, stack));
  return element !== undefined && CfnElement.isCfnElement(element) ? { element, attribute } : undefined;
}

function constructAt(path: string, root: IConstruct): IConstruct | undefined {
  const ids = path.split(PATH).slice(root.node.id === '' ? 0 : 1);
  return ids.reduce<IConstruct | undefined>((found, id) => found?.node.tryFindChild(id), root);
}

/** Whether a construct has the logical ID. A nested stack has IDs of its own. */
function isNamed(construct: unknown, logicalId: string, stack: Stack): boolean {
  return CfnElement.isCfnElement(construct) && construct.stack === stack
    && stack.resolve(construct.logicalId) === logicalId;
}

/** The partition that a stack is deployed to. CDK tells it with a feature flag alone, though the Region decides it. */
export function partitionOf({ partition, region }: Stack): string {
  const known = Token.isUnresolved(partition) && !Token.isUnresolved(region)
    ? RegionInfo.get(region).partition
    : undefined;
  return known ?? partition;
}

/** A value as errors show it: with the paths of constructs in place of their logical IDs. */
export function shownValue(value: any): unknown {
  if (Array.isArray(value)) { return value.map(shownValue); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (value['Fn::Join']?.[0] === '' && Array.isArray(value['Fn::Join'][1])) {
    const parts = value['Fn::Join'][1].map(shownValue);
    return parts.every((part: unknown) => typeof part === 'string')
      ? parts.join('')
      : { 'Fn::Join': ['', parts] };
  }
  if (typeof value.Ref === 'string') { return `\${${withoutSlash(value.Ref)}}`; }
  if (Array.isArray(value['Fn::GetAtt'])) { return `\${${withoutSlash(value['Fn::GetAtt'].join('.'))}}`; }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shownValue(part)]));
}

function withoutSlash(text: string): string {
  return text.startsWith(PATH) ? text.slice(PATH.length) : text;
}
