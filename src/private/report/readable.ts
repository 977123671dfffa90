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

/** Gives the text that a person would write. */
export type Readable = (text: string) => string;

/** Reads values as a construct's stack would resolve them. */
export function readableIn(scope: IConstruct): Readable {
  const known = new Map<string, string>();
  return (text) => {
    const readable = known.get(text)
      ?? toText(Tokenization.resolve(text, { scope, resolver: new PathResolver(JOINED_TEXT), preparing: false }));
    known.set(text, readable);
    return readable;
  };
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
  const { scope } = target.node;
  // The resource of an L2 construct is its default child, of which only the L2's path means something to its user.
  const named = CfnElement.isCfnElement(target) && scope?.node.defaultChild === target ? scope : target;
  return `\${${named.node.path}${displayName === 'Ref' ? '' : `.${displayName}`}}`;
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
