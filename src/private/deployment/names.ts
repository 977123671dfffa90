/**
 * Resources of a template in, the ARNs that a policy names them by out.
 *
 * Only literal names and patterns leave the stack that is deployed: a token of it would make the role's stack depend on
 * that stack, which depends on the role. A name that CloudFormation makes is any name of the type, since no page of AWS
 * says which form it has (`generatedNames` in `spec/cloudformation-types.json`).
 */
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { partitionOf, shownValue, Target, TemplateResource, templateResourceOf } from './template';
import { Part, partsOf, soleTarget, valuesAt } from './values';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { TypedArn } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { listedInWords } from '../util/text';
import { literalParts, lowerCase } from '../util/tokens';

/** The ARN of a resource. */
export interface ResourceArn extends TypedArn {
  readonly name: string;

  /** Whether it stands for all resources of the type, since CloudFormation makes the name. */
  readonly isGenerated?: boolean;
}

/** The ARNs that a resource of the app may have: more than one where its name depends on a condition. */
export function arnsOf(resource: TemplateResource, diagnostics: Diagnostics): ResourceArn[] {
  const { entry: { type, name: property, namePrefix = '' }, stack } = resource;
  const values = property === undefined ? [] : valuesAt(property, resource);
  if (values.length === 0) {
    warnOfAnyName(resource, diagnostics);
    return [generatedArn(type, stack)];
  }
  return values.flatMap((value) => {
    const name = nameOf(value, type, property!, resource, diagnostics);
    return name === undefined ? [] : [arnOf(type, `${namePrefix}${name}`, stack)];
  });
}

/** What is needed for a resource without a name is allowed on all of its type, which may be more than was meant. */
function warnOfAnyName({ construct, entry }: TemplateResource, diagnostics: Diagnostics): void {
  const { type, name: property, nodes = [] } = entry;
  const patterns = [`${type}:*`, ...nodes.map((suffix) => `cluster:*${suffix}`)];
  const shown = listedInWords(patterns);
  const remedy = property === undefined ? '' : `set ${property}, or `;
  const otherGroup = ', or give the name of one that exists, and deploy none';
  diagnostics.warningAbout(`anyName.${RESOURCE_TYPES[type].name}`, construct.node.path, (paths, several) => (
    `${paths} ${several ? 'have' : 'has'} no ${property ?? 'name that a template could set'}, so what is needed for `
    + `${several ? 'them' : 'it'} is allowed on ${shown} of the Region and the account: ${remedy}acknowledge this `
    + `warning${type === 'parametergroup' ? otherGroup : ''}`));
}

/** The ARN for all resources of a type, in the Region and the account of a stack. */
export function generatedArn(type: string, stack: Stack): ResourceArn {
  return { ...arnOf(type, '*', stack), isGenerated: true };
}

/** The ARN of a name or a pattern, in the Region and the account of a stack. */
export function arnOf(type: string, name: string, stack: Stack, region: string = stack.region): ResourceArn {
  const at = RESOURCE_TYPES[type].global ? '' : region;
  return { type, name, arn: `arn:${partitionOf(stack)}:elasticache:${at}:${stack.account}:${type}:${name}` };
}

/** The resource of the app, of one of the types of ARNs, that a value is the `Ref` or an attribute of. */
export function resourceAt(target: Target | undefined, types: readonly string[]): TemplateResource | undefined {
  const found = target && CfnResource.isCfnResource(target.element) ? templateResourceOf(target.element) : undefined;
  return found && types.includes(found.entry.type) ? found : undefined;
}

/**
 * A name of a template, or a pattern where its end is only known at deployment; undefined where it is neither.
 *
 * @param property what errors name.
 */
export function nameOf(
  value: unknown, type: string, property: string, resource: TemplateResource, diagnostics: Diagnostics,
): string | undefined {
  const parts = partsOf(value, resource);
  const subject = `${resource.construct.node.path}: ${property} ${formatValue(shownValue(value))}`;
  const typeName = RESOURCE_TYPES[type].name;
  if (!hasKnownBeginning(parts)) {
    diagnostics.error(soleTarget(parts) && !isParameter(parts)
      ? `${subject} leads to no ${typeName} of the app: give its name as text, or the Ref of a resource of that type`
      : `${subject} is only known at deployment, and could be any name: give the name of the ${typeName} as text, or `
        + 'text that it begins with');
    return undefined;
  }
  // ElastiCache keeps names in lower case.
  const known = lowerCase(toPattern(parts));
  if (!isName(parts)) {
    diagnostics.error(`${subject} is no name of a ${typeName}: expected letters, digits, ".", "_" and "-"`);
    return undefined;
  }
  return known;
}

/** Whether the text begins with what is known before deployment. */
export function hasKnownBeginning([first]: Part[]): boolean {
  return typeof first === 'string' && first !== '';
}

/** A `Ref` to a parameter of the template leads to a construct, but to no resource. */
function isParameter(parts: Part[]): boolean {
  const target = soleTarget(parts);
  return target !== undefined && !CfnResource.isCfnResource(target.element);
}

/** The text, with `*` in place of what only the deployment knows. */
export function toPattern(parts: Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : '*')).join('').replace(/\*+/g, '*');
}

/** Names have no wildcard, and nothing that IAM reads as a variable. Tokens of Regions and accounts may be in them. */
export function isName(parts: Part[]): boolean {
  const texts = parts.filter((part) => typeof part === 'string').flatMap(literalParts);
  return texts.every((text) => /^[A-Za-z0-9._-]*$/.test(text));
}
