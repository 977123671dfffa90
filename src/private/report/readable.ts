/**
 * Values of a policy as a person would write them: text with tokens in, and text without placeholders out.
 *
 * A reference to a construct becomes the construct's path, `${Stack/Cache}`, since a logical ID says little and a
 * placeholder changes from run to run. What CloudFormation fills in keeps its name: `${AWS::Region}`.
 */
import {
  CfnElement, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference,
  Tokenization,
} from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { keepEach } from '../util/remember';

/** Gives the text that a person would write. */
export type Readable = (text: string) => string;

/** Reads values as a construct's stack would resolve them. */
export function readableIn(scope: IConstruct): Readable {
  return keepEach((text) => toText(resolved(text, scope)));
}

/** Reads the values of a list, which may be a token as a whole. */
export function readableList(list: unknown, scope: IConstruct): string[] {
  return [resolved(list, scope) ?? []].flat().map(toText);
}

type Conditions = { [operator: string]: { [key: string]: string[] } };

/** Reads conditions, in an order of their own. */
export function readableConditions(conditions: Conditions, readable: Readable): Conditions {
  return Object.fromEntries(Object.keys(conditions).sort().map((operator) => {
    const values = conditions[operator];
    return [operator, Object.fromEntries(Object.keys(values).sort().map((key) => (
      [readable(key), values[key].map(readable).sort()])))];
  }));
}

/** The path of what a user has made of a resource: that of its L2 construct, whose default child it is. */
export function pathOfResource(resource: IConstruct): string {
  const { scope } = resource.node;
  return (scope?.node.defaultChild === resource ? scope : resource).node.path;
}

function resolved(value: unknown, scope: IConstruct): any {
  return Tokenization.resolve(value, { scope, resolver: new PathResolver(JOINED_TEXT), preparing: false });
}

const JOINED_TEXT: IFragmentConcatenator = {
  join: (left, right) => [left, right].filter((part) => part !== undefined).map(toText).join(''),
};

class PathResolver extends DefaultTokenResolver {
  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    return Reference.isReference(token) ? pathOf(token) : super.resolveToken(token, context, postProcessor);
  }
}

function pathOf({ target, displayName }: Reference): string {
  if (displayName.startsWith('AWS::')) { return `\${${displayName}}`; }
  const path = CfnElement.isCfnElement(target) ? pathOfResource(target) : target.node.path;
  return `\${${path}${displayName === 'Ref' ? '' : `.${displayName}`}}`;
}

/** An intrinsic function as text: its parts joined, or its name and arguments. */
function toText(value: any): string {
  if (typeof value !== 'object' || value === null) { return String(value); }
  const [name, argument] = Object.entries<any>(value)[0] ?? [];
  if (name === 'Ref') { return `\${${argument}}`; }
  if (name === 'Fn::GetAtt') { return `\${${[argument].flat().join('.')}}`; }
  if (name === 'Fn::Join' && Array.isArray(argument?.[1])) { return argument[1].map(toText).join(argument[0]); }
  if (name === 'Fn::Sub') { return toText([argument].flat()[0]); }
  if (!name?.startsWith('Fn::')) { return JSON.stringify(value); }
  return `\${${name}(${[argument].flat().map(toText).join(', ')})}`;
}
