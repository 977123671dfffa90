/**
 * The resources of a suggested grant: those of the statement, mended, and those that it lacks.
 *
 * An ARN that is right becomes the static of its type. One with a slash or with capitals is mended. A name that only
 * the deployment knows, or that is missing, is one to fill in.
 */
import { readArn, ReviewedResource } from './arns';
import { Finding } from './findings';
import { ElastiCacheResource, ElastiCacheResourceOptions } from '../../elasticache-resource';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { entryOf, parametersOf, typesOf } from '../catalog/lookup';
import { missingTypes } from '../resolve/authorized-resources';

/** A resource, and the code that makes it. */
export interface SuggestedResource {
  readonly type: string;
  readonly options: ElastiCacheResourceOptions;
  readonly value: ElastiCacheResource;
  readonly code: string;
}

/** The resources; undefined where the statement is about all. */
export function suggestedResources(
  { statement, option }: Finding, operations: string[],
): SuggestedResource[] | undefined {
  const given = statement.resources;
  if (!given || given.some(({ types }) => types === undefined)) { return undefined; }
  const used = new Set(operations.flatMap((operation) => typesOf(entryOf(operation))));
  const patterns = statement.actions.some(({ isExact }) => !isExact);
  const right = given.flatMap(mended);
  const kept = right.filter(({ type }) => patterns || used.has(type));
  const types = new Set(kept.map(({ type }) => type));
  const missing = new Set([
    ...operations.filter((operation) => entryOf(operation)!.types)
      .flatMap((operation) => missingTypes(operation, types).map(([type]) => type)),
    ...option === 'finalSnapshot' ? finalSnapshotTypes(operations) : [],
  ].filter((type) => !types.has(type)));
  const place = commonPlace(right);
  const all = [...kept, ...[...missing].map((type) => suggested(type, placeholderName(type), place(type)))];
  return all.length === 0 ? undefined : all;
}

/** The Region and the account that all of these resources have: what is named with them is there, too. */
function commonPlace(given: readonly SuggestedResource[]): (type: string) => ElastiCacheResourceOptions {
  const common = (values: (string | undefined)[]) => (new Set(values).size === 1 ? values[0] : undefined);
  const region = common(given.filter(({ type }) => !RESOURCE_TYPES[type].global).map(({ options }) => options.region));
  const account = common(given.map(({ options }) => options.account));
  return (type) => ({
    ...(!RESOURCE_TYPES[type].global && region !== undefined && { region }),
    ...(account !== undefined && { account }),
  });
}

function finalSnapshotTypes(operations: string[]): string[] {
  return operations.flatMap((operation) => (
    parametersOf(operation, ['finalSnapshot']).flatMap((row) => row.operations[operation])));
}

/** A name to fill in, or AWS's own where that is what most have. */
export function placeholderName(type: string): string {
  const { suggestedName, name } = RESOURCE_TYPES[type];
  return suggestedName ?? `my-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function mended(resource: ReviewedResource): SuggestedResource[] {
  const right = resource.problem === undefined ? resource : mendedText(resource.shown);
  const { types = [], parts } = right;
  if (types.length !== 1) { return []; }
  const [type] = types;
  if (!parts) { return [suggested(type, placeholderName(type), {})]; }
  const name = /[^a-z0-9._:*?-]/.test(parts.name.replace(/\$\{aws:[^}]*\}/g, '')) ? placeholderName(type) : parts.name;
  const options = {
    ...(!RESOURCE_TYPES[type].global && isKnown(parts.region) && { region: parts.region }),
    ...(isKnown(parts.account) && { account: parts.account }),
  };
  return [suggested(type, name, options)];
}

function mendedText(shown: string): ReviewedResource {
  const segments = shown.split(':');
  const name = segments.splice(5).join(':').replace('/', ':').toLowerCase();
  return readArn([...segments, name].join(':'), () => undefined);
}

/** Whether a part is not the stack's own. */
function isKnown(part: string): boolean {
  return !/[^a-z0-9*?-]/.test(part);
}

function suggested(type: string, name: string, options: ElastiCacheResourceOptions): SuggestedResource {
  const entries = Object.entries(options).map(([key, value]) => `${key}: '${value}'`);
  return {
    type,
    options,
    value: ElastiCacheResource._named(type, name, options),
    code: `ElastiCacheResource.${RESOURCE_TYPES[type].name}('${name}'`
      + `${entries.length > 0 ? `, { ${entries.join(', ')} }` : ''})`,
  };
}
