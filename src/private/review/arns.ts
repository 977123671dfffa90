/**
 * The resources of a statement: which types of ElastiCache an ARN, or a pattern of ARNs, may match.
 *
 * IAM compares text and reports nothing, so an ARN of a form that AWS doesn't have matches nothing. Each part of the
 * ARN is compared with the forms that AWS documents. What only the deployment knows may hold anything, and so may a
 * placeholder such as `<account>`, which something else replaces.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { mayShareText, parsePattern } from '../util/patterns';
import { matchesPattern, toReadableJson } from '../util/text';

/** One resource of a statement. */
export interface ReviewedResource {
  /** The resource as somebody would write it by hand. */
  readonly shown: string;

  /** The types that it may be of; undefined where it may be of any. */
  readonly types?: string[];

  /** Why it matches no resource of ElastiCache, where it is meant to. */
  readonly problem?: string;

  /** With a problem: the types that it was meant to be of; undefined where that isn't clear. */
  readonly meant?: string[];

  /** Whether it is of another service, or of none. */
  readonly isForeign?: boolean;

  /** Region, account and name, where the ARN has them. */
  readonly parts?: { readonly region: string; readonly account: string; readonly name: string };
}

/** The resource type in the template that a `Ref` or an attribute is of; undefined where it isn't known. */
export type TypeOfReference = (logicalId: string) => string | undefined;

/** Stands for what only the deployment knows. */
const UNKNOWN = '${Unknown}';

/** Values that are always of the right form. */
const PSEUDO_PARAMETERS = ['AWS::Partition', 'AWS::Region', 'AWS::AccountId'];

/** Our types by the names that templates have for them, such as `cachecluster`. */
const TYPES_IN_TEMPLATES = new Map(
  Object.entries(RESOURCE_TYPES).map(([type, { name }]) => [name.toLowerCase(), type]));
const ELASTICACHE = 'AWS::ElastiCache::';

/** The types whose `Ref` is an ARN: AWS documents the ARN as their primary identifier. */
const REF_IS_ARN = ['serverlesscachesnapshot', 'snapshot'];

/** The types whose names AWS's pages show in capitals, or don't describe. */
const MIXED_CASE = ['globalreplicationgroup', 'reserved-instance', 'securitygroup'];

/** The resource that a value of `Resource` stands for. */
export function readArn(value: unknown, typeOfReference: TypeOfReference): ReviewedResource {
  const readable = toReadableJson(value);
  const shown = typeof readable === 'string' ? readable : JSON.stringify(readable);
  const reference = readReference(value);
  return { shown, ...(reference ? ofReference(reference, typeOfReference) : ofText(textOf(value))) };
}

interface ReferenceTo {
  readonly logicalId: string;

  /** The attribute; undefined for a `Ref`. */
  readonly attribute?: string;
}

function readReference(value: any): ReferenceTo | undefined {
  if (typeof value?.Ref === 'string') { return { logicalId: value.Ref }; }
  const given: unknown = value?.['Fn::GetAtt'];
  const [logicalId, ...attribute] = typeof given === 'string' ? given.split('.') : Array.isArray(given) ? given : [];
  return typeof logicalId === 'string' ? { logicalId, attribute: attribute.join('.') } : undefined;
}

function ofReference(
  { logicalId, attribute }: ReferenceTo, typeOfReference: TypeOfReference,
): Partial<ReviewedResource> {
  const template = typeOfReference(logicalId);
  if (template === undefined || (attribute !== undefined && !/^arn$/i.test(attribute))) { return {}; }
  if (!template.startsWith(ELASTICACHE)) {
    return /^AWS::(?!CloudFormation::)/.test(template) && attribute !== undefined ? { isForeign: true, types: [] } : {};
  }
  const type = TYPES_IN_TEMPLATES.get(template.slice(ELASTICACHE.length).toLowerCase());
  if (type === undefined) { return {}; }
  return attribute === undefined && !REF_IS_ARN.includes(type)
    ? wrong(`the Ref of an ${template} is its name, and a policy needs its ARN`, [type])
    : { types: [type] };
}

/** The text of a value, with a placeholder for each part that isn't known. */
function textOf(value: any): string {
  if (typeof value === 'string') { return value; }
  const join = value?.['Fn::Join'];
  if (Array.isArray(join?.[1])) { return join[1].map(textOf).join(join[0]); }
  // A reference is a part of a template of `Fn::Sub`, too.
  const [template] = [value?.['Fn::Sub'] ?? `\${${value?.Ref}}`].flat();
  return String(template)
    .replace(/\$\{([^}!]+)\}/g, (whole, name) => (PSEUDO_PARAMETERS.includes(name) ? whole : UNKNOWN));
}

function ofText(text: string): Partial<ReviewedResource> {
  const segments = splitOutsideVariables(text);
  const [scheme, partition, service] = segments;
  if (isUnknown(scheme) || /[*?]/.test(scheme) || (segments.length < 3 && /[*?]/.test(text))) { return {}; }
  if (scheme !== 'arn' || service === undefined) { return wrong('it is not an ARN'); }
  if (isUnknown(partition) || isUnknown(service)) { return {}; }
  return matchesPattern('elasticache', service) ? ofElastiCacheArn(segments) : { types: [], isForeign: true };
}

function ofElastiCacheArn(segments: string[]): Partial<ReviewedResource> {
  const [, , , region, account, type, ...names] = segments;
  if (segments.slice(3, 6).some(isUnknown)) {
    // A value that isn't known is taken for one part, where the others are all there.
    return names.length > 0 && Object.hasOwn(RESOURCE_TYPES, type) ? { types: [type] } : {};
  }
  const meant = typesNamedIn(segments);
  if (segments.some((part) => literal(part).includes('/'))) {
    return wrong('it has a slash, and ElastiCache\'s ARNs separate type and name by a colon', meant);
  }
  const endsOpen = segments[segments.length - 1].endsWith('*');
  if (type === undefined && endsOpen) { return {}; }
  const candidates = Object.keys(RESOURCE_TYPES)
    .filter((one) => (names.length > 0 ? matchesPattern(one, type) : matchesWithName(one, type)));
  if (candidates.length === 0 && names.length === 0 && !endsOpen) {
    return wrong('it lacks a part: expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME', meant);
  }
  if (candidates.length === 0) {
    const known = Object.keys(RESOURCE_TYPES).join(', ');
    return wrong(`${JSON.stringify(type)} is not one of ElastiCache's resource types: ${known}`);
  }
  const inPlace = candidates.filter((one) => isRegionOf(region, RESOURCE_TYPES[one].global));
  if (inPlace.length === 0) {
    return wrong(`the ARN of a ${RESOURCE_TYPES[candidates[0]].name} has ${region === '' ? 'a' : 'no'} Region`, meant);
  }
  // An account with letters is a placeholder: nobody takes it for an account.
  if (!/[*?a-z]/i.test(account) && !/^\d{12}$/.test(account)) {
    return wrong(`its account is ${JSON.stringify(account)}: expected 12 digits`, meant);
  }
  const name = names.join(':');
  const named = inPlace.filter((one) => MIXED_CASE.includes(one) || !/[A-Z]/.test(literal(name)));
  return named.length === 0
    ? wrong('its name has capitals, and ElastiCache keeps names in lower case', meant)
    : { types: named, parts: { region, account, name } };
}

function wrong(problem: string, meant?: string[]): Partial<ReviewedResource> {
  return { types: [], problem, meant };
}

/** Whether a pattern without a colon matches the type with some name: a wildcard stands for the colon, too. */
function matchesWithName(type: string, pattern = ''): boolean {
  const [typeAndName, parsed] = [`${type}:?*`, pattern]
    .map((text) => parsePattern(text, { wildcards: true, ignoresCase: true }));
  return parsed !== undefined && mayShareText(typeAndName!, parsed);
}

/** The types that an ARN names somewhere, whatever it separates them by. */
function typesNamedIn(segments: string[]): string[] | undefined {
  const words = segments.flatMap((segment) => segment.split('/')).map((word) => word.toLowerCase());
  const named = words.find((word) => Object.hasOwn(RESOURCE_TYPES, word));
  return named === undefined ? undefined : [named];
}

function isRegionOf(region: string, isGlobal: boolean | undefined): boolean {
  return isGlobal ? /^\**$/.test(region) : region !== '';
}

/** Whether a part holds what only the deployment knows, or a variable of something that writes policies. */
function isUnknown(part: string): boolean {
  return /\$\{(?!AWS::)/.test(part);
}

/** The text without variables, and without placeholders such as `<name>` or `MY_CACHE`. */
function literal(text: string): string {
  return text.replace(/\$?\{[^}]*\}|<[^>]*>/g, '').replace(/^[A-Z0-9]+(_[A-Z0-9]+)+/, '');
}

/** The segments of an ARN; the colon of a policy variable, such as `${aws:username}`, separates nothing. */
function splitOutsideVariables(text: string): string[] {
  return text.split(/:(?![^{]*\})/);
}
