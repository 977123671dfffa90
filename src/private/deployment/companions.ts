/**
 * What a resource of a template names besides itself, and what names it.
 *
 * AWS authorizes a call on every resource that it names. `spec/cloudformation-types.json` says which property names a
 * resource of which type. A name that can't be read is an error, since the alternative is all resources of the type.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 */
import { arnOf, arnsOf, nameOf, ResourceArn, resourceAt } from './names';
import { shownValue, TemplateResource } from './template';
import { knownText, partsOf, soleTarget, valuesAt, within } from './values';
import { CompanionEntry } from '../catalog/entries';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { splitLiterals } from '../util/tokens';

/** A resource that another one names, or is named by. */
export interface Companion {
  readonly arn: ResourceArn;

  /** The property, as a permission's reason says it. */
  readonly origin: string;

  /** The only handlers whose calls name it; undefined where calls of all may. */
  readonly handlers?: readonly string[];

  /** Whether only an operation that always names one of the type, or creates one, names it. */
  readonly isImplied?: boolean;

  /** Whether only the operation that creates the resource names it. */
  readonly atCreation?: boolean;

  /** The option whose operations alone name it. */
  readonly option?: string;
}

/** All that calls for a resource may name besides it. */
export function companionsOf(
  resource: TemplateResource, deployed: readonly TemplateResource[], diagnostics: Diagnostics,
): Companion[] {
  const { entry } = resource;
  const named = Object.entries(entry.companions).flatMap(([property, companion]): Companion[] => {
    const { atCreation } = companion;
    return namedBy(property, companion, resource, diagnostics).map((arn) => ({ arn, origin: property, atCreation }));
  });
  return [
    ...nodesOf(resource, diagnostics),
    ...named,
    ...alternativesOf(resource, deployed, diagnostics),
    ...usersOf(resource, deployed, diagnostics),
  ];
}

/** The nodes of a replication group. `ID-*` would match those of another group whose name begins with `ID-`, too. */
function nodesOf(resource: TemplateResource, diagnostics: Diagnostics): Companion[] {
  const { entry: { nodes = [] }, stack } = resource;
  return nodes.flatMap((suffix) => arnsOf(resource, diagnostics).map(({ name }) => ({
    arn: arnOf('cluster', `${name}${suffix}`, stack), origin: 'a node of it', isImplied: true,
  })));
}

/** What an update may name in place of what the property names now: another resource that is deployed beside it. */
function alternativesOf(
  resource: TemplateResource, deployed: readonly TemplateResource[], diagnostics: Diagnostics,
): Companion[] {
  return Object.entries(resource.entry.companions)
    .filter(([, { updatable }]) => updatable)
    .flatMap(([property, { type }]) => deployed
      .filter(({ entry, stack }) => entry.type === type && isBeside(stack, resource))
      .flatMap((one) => arnsOf(one, diagnostics))
      .map((arn) => ({ arn, origin: `${property} of a later version`, handlers: ['update'] })));
}

function isBeside({ region, account }: TemplateResource['stack'], { stack }: TemplateResource): boolean {
  return region === stack.region && account === stack.account;
}

/** The resources that name this one, and from which it is removed before it is deleted. */
function usersOf(
  resource: TemplateResource, deployed: readonly TemplateResource[], diagnostics: Diagnostics,
): Companion[] {
  const own = arnsOf(resource, diagnostics).map(({ arn }) => arn);
  return Object.entries(resource.entry.usedBy ?? {}).flatMap(([type, property]) => deployed
    .filter(({ construct }) => construct.cfnResourceType === type)
    .filter((user) => namedBy(property, user.entry.companions[property], user, diagnostics)
      .some(({ arn }) => own.includes(arn)))
    .flatMap((user) => arnsOf(user, diagnostics).map((arn) => ({
      arn, origin: `${property} of ${user.construct.node.path}`, handlers: ['delete'],
    }))));
}

/** The ARNs of what a property names. */
function namedBy(
  property: string, companion: CompanionEntry, resource: TemplateResource, diagnostics: Diagnostics,
): ResourceArn[] {
  const { type, arnsOf: types, omitted, region } = companion;
  const { stack } = resource;
  if (region !== undefined) {
    return inRegions(property, companion, resource, diagnostics);
  }
  const values = valuesAt(property, resource);
  return (values.length === 0 ? [omitted ?? []].flat() : values).flatMap((value) => {
    const found = resourceAt(soleTarget(partsOf(value, resource)), type === undefined ? types! : [type]);
    if (found) { return arnsOf(found, diagnostics); }
    if (value === omitted) { return [arnOf(type!, omitted!, stack)]; }
    if (type === undefined) { return arnIn(value, types!, property, resource, diagnostics); }
    const name = nameOf(value, type, property, resource, diagnostics);
    return name === undefined ? [] : [arnOf(type, name, stack)];
  });
}

/** What objects of a list name, each with a Region of its own: the members of a global datastore. */
function inRegions(
  property: string, { type, region }: CompanionEntry, resource: TemplateResource, diagnostics: Diagnostics,
): ResourceArn[] {
  const [list, member] = property.split('.');
  return valuesAt(list, resource).flatMap((item) => {
    const [given] = within(item, region!.split('.')[1]);
    // Where the Region is only known at deployment, the name is allowed in each.
    const itsRegion = given === undefined ? resource.stack.region : knownText(partsOf(given, resource)) ?? '*';
    return within(item, member).flatMap((value) => {
      const found = resourceAt(soleTarget(partsOf(value, resource)), [type!]);
      if (found) { return arnsOf(found, diagnostics); }
      const name = nameOf(value, type!, property, resource, diagnostics);
      return name === undefined ? [] : [arnOf(type!, name, resource.stack, itsRegion)];
    });
  });
}

/** An ARN that the template gives, of which at least the type and the beginning of the name are known. */
function arnIn(
  value: unknown, types: readonly string[], property: string, resource: TemplateResource, diagnostics: Diagnostics,
): ResourceArn[] {
  const parts = partsOf(value, resource);
  const text = parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const [, , , , , type, name = ''] = splitLiterals(text, ':');
  const isKnown = text.startsWith('arn:') && types.includes(type) && /^[^*]/.test(name);
  if (!isKnown) {
    diagnostics.error(
      `${resource.construct.node.path}: ${property} ${formatValue(shownValue(value))} leads to no `
      + `${types.join(' or ')} of the app: give its ARN as text, or the Ref or the ARN of a resource of that type`,
    );
    return [];
  }
  return [{ type, name, arn: text }];
}
