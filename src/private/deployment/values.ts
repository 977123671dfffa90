/**
 * Values of a template in, their texts out, as far as the app tells them before deployment.
 *
 * A text has parts: what is known, references to constructs, and what only the deployment knows. Names of accounts,
 * Regions and stacks are known as far as the stack knows them. Both branches of an `Fn::If` may be deployed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import { Token } from 'aws-cdk-lib/core';
import { partitionOf, Target, targetOf, TemplateResource } from './template';

/** A part of a text: what is known, a reference to a construct, or `unknown`. */
export type Part = string | Target | typeof UNKNOWN;

/** What only the deployment knows. */
export const UNKNOWN = Symbol('unknown');

/** The values that a property may have: the items of a list, and both branches of an `Fn::If`. */
export function valuesAt(path: string, { definition }: TemplateResource): unknown[] {
  return within(definition, path);
}

/** The values at a path within a value. */
export function within(value: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((values, name) => values.flatMap((one) => (
    alternatives((one as Record<string, unknown> | undefined)?.[name]))), [value]);
}

function alternatives(value: unknown): unknown[] {
  if (Array.isArray(value)) { return value.flatMap(alternatives); }
  if (value === undefined || value === null) { return []; }
  const { Ref: ref, 'Fn::If': branches } = value as { readonly 'Ref'?: unknown; readonly 'Fn::If'?: unknown };
  if (Array.isArray(branches)) { return branches.slice(1).flatMap(alternatives); }
  return ref === 'AWS::NoValue' ? [] : [value];
}

/** The parts of a text. Neighboring texts that are known are one part. */
export function partsOf(value: unknown, resource: TemplateResource): Part[] {
  return allParts(value, resource).reduce<Part[]>((parts, part) => {
    const last = parts[parts.length - 1];
    return typeof last === 'string' && typeof part === 'string'
      ? [...parts.slice(0, -1), last + part]
      : [...parts, part];
  }, []);
}

function allParts(value: any, resource: TemplateResource): Part[] {
  if (typeof value === 'number' || typeof value === 'boolean') { return [String(value)]; }
  if (typeof value === 'string') {
    // A dynamic reference is text in the template, and is replaced at deployment.
    return [value.includes('{{resolve:') ? UNKNOWN : value];
  }
  if (typeof value !== 'object' || value === null) { return [UNKNOWN]; }
  if (typeof value.Ref === 'string') { return [referenced(value.Ref, 'Ref', resource)]; }
  const attribute = value['Fn::GetAtt'];
  if (attribute !== undefined) {
    const [id, ...name] = Array.isArray(attribute) ? attribute : String(attribute).split('.');
    return [referenced(id, name.join('.'), resource)];
  }
  const join = value['Fn::Join'];
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    return join[1].flatMap((item, index) => [...(index === 0 ? [] : [join[0]]), ...allParts(item, resource)]);
  }
  return value['Fn::Sub'] === undefined ? [UNKNOWN] : substituted(value['Fn::Sub'], resource);
}

/** The parts of an `Fn::Sub`: `${Name}` and `${Name.Attribute}` are references, and `${!Name}` is `${Name}`. */
function substituted(argument: unknown, resource: TemplateResource): Part[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return allParts(text, resource).flatMap((part) => (typeof part !== 'string' ? [part] : (
    part.split(/(\$\{[^}]*\})/).flatMap((piece): Part[] => {
      const name = /^\$\{([^}]*)\}$/.exec(piece)?.[1].trim();
      // CDK's own placeholders look alike.
      if (name === undefined || Token.isUnresolved(piece)) { return [piece]; }
      if (name.startsWith('!')) { return [`\${${name.slice(1)}}`]; }
      if (Object.hasOwn(variables ?? {}, name)) { return allParts(variables[name], resource); }
      const [id, ...attribute] = name.split('.');
      return [referenced(id, attribute.length === 0 ? 'Ref' : attribute.join('.'), resource)];
    }))));
}

function referenced(id: unknown, attribute: string, resource: TemplateResource): Part {
  const { region, account, stackName, urlSuffix } = resource.stack;
  const pseudoParameters: Record<string, string> = {
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': partitionOf(resource.stack),
    'AWS::URLSuffix': urlSuffix,
    // A nested stack has a name that CloudFormation makes.
    ...(!resource.stack.nestedStackParent && { 'AWS::StackName': stackName }),
  };
  return typeof id === 'string' && Object.hasOwn(pseudoParameters, id)
    ? pseudoParameters[id]
    : targetOf(id, attribute, resource) ?? UNKNOWN;
}

/** The construct that a value refers to, and nothing besides. */
export function soleTarget(parts: Part[]): Target | undefined {
  const [part, ...others] = parts;
  return others.length === 0 && typeof part === 'object' ? part : undefined;
}

/** The text; undefined where a part of it is not known. */
export function knownText(parts: Part[]): string | undefined {
  return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined;
}
