/**
 * The resources of a statement: which types of ElastiCache an ARN, or a pattern of ARNs, may match.
 *
 * IAM compares text and reports nothing, so an ARN of a form that AWS doesn't have matches nothing. Each part of the
 * ARN is compared with the forms that AWS documents. A value that only the deployment knows may hold anything.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { matchesPattern, toReadableJson } from '../util/text';

/** One resource of a statement. */
export interface ReviewedResource {
  /** The resource as somebody would write it by hand. */
  readonly shown: string;

  /** The types that it may be of; undefined where it may be of any. */
  readonly types?: string[];

  /** Why it matches no resource of ElastiCache, where it is meant to. */
  readonly problem?: string;

  /** Whether it is of another service, or of none. */
  readonly isForeign?: boolean;

  /** Region, account and name, where the ARN has them. */
  readonly parts?: { readonly region: string; readonly account: string; readonly name: string };
}

/** The resource type in the template that a `Ref` or an attribute is of; undefined where it isn't known. */
export type TypeOfReference = (logicalId: string) => string | undefined;

/** Stands for what only the deployment knows. */
const UNKNOWN = '\ue000';

/** Values that are always of the right form. */
const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::Partition': '${AWS::Partition}', 'AWS::Region': '${AWS::Region}', 'AWS::AccountId': '${AWS::AccountId}',
};
const ELASTICACHE = 'AWS::ElastiCache::';

/** The resource that a value of `Resource` stands for. */
export function readArn(value: unknown, typeOfReference: TypeOfReference): ReviewedResource {
  const readable = toReadableJson(value);
  const shown = typeof readable === 'string' ? readable : JSON.stringify(readable);
  const reference = readReference(value);
  if (reference) {
    return { shown, ...ofReference(reference, typeOfReference) };
  }
  const text = textOf(value);
  return text === undefined || text.startsWith(UNKNOWN) ? { shown } : { shown, ...ofText(text) };
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

/** The types whose `Ref` is an ARN: AWS documents the ARN as their primary identifier. */
const REF_IS_ARN = ['serverlesscachesnapshot', 'snapshot'];

function ofReference(
  { logicalId, attribute }: ReferenceTo, typeOfReference: TypeOfReference,
): Partial<ReviewedResource> {
  const template = typeOfReference(logicalId);
  if (template === undefined || (attribute !== undefined && !/^arn$/i.test(attribute))) { return {}; }
  if (!template.startsWith(ELASTICACHE)) {
    return /^AWS::(?!CloudFormation::)/.test(template) && attribute !== undefined ? { isForeign: true, types: [] } : {};
  }
  const type = template.slice(ELASTICACHE.length).toLowerCase();
  if (attribute === undefined && !REF_IS_ARN.includes(type)) {
    return { types: [], problem: `the Ref of an ${template} is its name, and a policy needs its ARN` };
  }
  return Object.hasOwn(RESOURCE_TYPES, type) ? { types: [type] } : {};
}

/** The text of a value, with a placeholder for each part that isn't known. */
function textOf(value: any): string | undefined {
  if (typeof value === 'string') { return value; }
  if (typeof value?.Ref === 'string') { return PSEUDO_PARAMETERS[value.Ref] ?? UNKNOWN; }
  const join = value?.['Fn::Join'];
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    return join[1].map((part) => textOf(part) ?? UNKNOWN).join(join[0]);
  }
  const [template] = [value?.['Fn::Sub']].flat();
  return typeof template === 'string'
    ? template.replace(/\$\{([^}!]+)\}/g, (whole, name) => (PSEUDO_PARAMETERS[name] ? whole : UNKNOWN))
    : undefined;
}

function ofText(text: string): Partial<ReviewedResource> {
  if (text === '*') { return {}; }
  const segments = splitOutsideVariables(text);
  const [scheme, partition, service] = segments;
  if (/[*?]/.test(scheme) || (segments.length < 3 && text.endsWith('*'))) { return {}; }
  if (scheme !== 'arn' || service === undefined) {
    return { types: [], problem: 'it is not an ARN' };
  }
  if (service.includes(UNKNOWN) || partition.includes(UNKNOWN)) { return {}; }
  if (!matchesPattern('elasticache', service)) { return { types: [], isForeign: true }; }
  return ofElastiCacheArn(segments);
}

function ofElastiCacheArn(segments: string[]): Partial<ReviewedResource> {
  const [, , , region, account, type, ...names] = segments;
  const early = [region, account, type].findIndex((part) => part?.includes(UNKNOWN));
  const isOpen = segments.length < 7 && segments[segments.length - 1].endsWith('*');
  if (early >= 0) { return {}; }
  const rest = segments.slice(3).join(':');
  if (literal(rest).includes('/')) {
    return { types: [], problem: 'it has a slash, and ElastiCache\'s ARNs separate type and name by a colon' };
  }
  if (isOpen && type === undefined) { return {}; }
  if (type === undefined || (names.length === 0 && !isOpen)) {
    return { types: [], problem: 'it lacks a part: expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME' };
  }
  const name = names.join(':');
  // A wildcard at the end of a type stands for the name, too.
  const forms = (one: string) => (names.length === 0 ? [`${one}:`, `${one}:x`] : [one]);
  const candidates = Object.keys(RESOURCE_TYPES).filter((one) => forms(one).some((form) => matchesPattern(form, type)));
  if (candidates.length === 0) {
    const known = Object.keys(RESOURCE_TYPES).join(', ');
    return { types: [], problem: `${JSON.stringify(type)} is not one of ElastiCache's resource types: ${known}` };
  }
  const inPlace = candidates.filter((one) => isRegionOf(region, RESOURCE_TYPES[one].global));
  if (inPlace.length === 0) {
    return {
      types: [],
      problem: `the ARN of a ${candidates[0]} has ${region === '' ? 'a' : 'no'} Region`,
    };
  }
  if (!/^\$\{|[*?]/.test(account) && !/^\d{12}$/.test(account)) {
    return { types: [], problem: `its account is ${JSON.stringify(account)}: expected 12 digits` };
  }
  const named = inPlace.filter((one) => MIXED_CASE.includes(one) || !/[A-Z]/.test(literal(name)));
  return named.length === 0
    ? { types: [], problem: 'its name has capitals, and ElastiCache keeps names in lower case' }
    : { types: named, parts: { region, account, name } };
}

/** The types whose names AWS's pages show in capitals, or don't describe. */
const MIXED_CASE = ['globalreplicationgroup', 'reserved-instance', 'securitygroup'];

function isRegionOf(region: string, isGlobal: boolean | undefined): boolean {
  return isGlobal ? /^\**$/.test(region) : region !== '';
}

/** The text without policy variables and without what isn't known. */
function literal(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, '').replaceAll(UNKNOWN, '');
}

/** The segments of an ARN; the colon of a policy variable, such as `${aws:username}`, separates nothing. */
function splitOutsideVariables(text: string): string[] {
  return text.split(/:(?![^{]*\})/);
}
