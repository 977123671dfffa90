/**
 * What a cache names besides itself: its nodes, its parameter group, its user groups and so on.
 *
 * AWS authorizes a call on every resource that it names, so a grant on a cache alone would deny most calls. The names
 * are read from the cache's own properties in the app. `spec/cloudformation-types.json` says which property names a
 * resource of which type. What can't be read is reported only where an operation needs it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 */
import { Token } from 'aws-cdk-lib/core';
import { Cache, propertyOf, referencedResource } from './cache';
import { ElastiCacheResource } from '../../elasticache-resource';
import { CACHES, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { lowerCase } from '../util/tokens';

/** A resource that a cache names. */
export interface Companion {
  /** The types that it may have: one, unless it is unknown. */
  readonly types: string[];

  /** The property that names it, or why it belongs to the cache, as a permission's reason says it. */
  readonly origin: string;

  /** The resource; undefined where the name is only known at deployment, and not by its text. */
  readonly resource?: ElastiCacheResource;
}

/** The resources that the cache names, as far as the app tells. */
export function companionsOf(cache: Cache): Companion[] {
  return [...nodesOf(cache), ...namedBy(cache)];
}

/** The nodes of a replication group. `ID-*` would match those of another group whose name begins with `ID-`, too. */
function nodesOf({ type, name, env, facade }: Cache): Companion[] {
  return (CACHES[type].nodes ?? []).map((suffix) => ({
    types: ['cluster'],
    origin: 'a node of the replication group',
    resource: ElastiCacheResource._named('cluster', lowerCase(`${name}${suffix}`), env, facade),
  }));
}

function namedBy(cache: Cache): Companion[] {
  const { type, template } = cache;
  if (!template) { return []; }
  return Object.entries(CACHES[type].companions).flatMap(([property, { type: ofType, arnsOf, omitted }]) => {
    const value = propertyOf(template, property) ?? omitted;
    const origin = `${property} of the cache`;
    if (value === undefined) { return []; }
    const values: unknown[] = Array.isArray(value) ? value : [value];
    // A list that is a token as a whole has one item, which is no name.
    const isKnown = Token.isUnresolved(value) ? !Array.isArray(value) : true;
    return values.map((one): Companion => {
      const found = isKnown && typeof one === 'string' ? companion(cache, ofType, arnsOf, one) : undefined;
      return { types: found ? [found.type] : arnsOf ?? [ofType!], origin, resource: found?.resource };
    });
  });
}

interface Found {
  readonly type: string;
  readonly resource: ElastiCacheResource;
}

function companion(
  { env, facade }: Cache, type: string | undefined, arnsOf: string[] | undefined, value: string,
): Found | undefined {
  if (type !== undefined) {
    const { account } = env;
    const arnScope = RESOURCE_TYPES[type].global ? { account } : env;
    return { type, resource: ElastiCacheResource._named(type, lowerCase(value), arnScope, facade) };
  }
  const typeOfArn = arnsOf!.find((one) => value.split(':')[5] === one);
  if (typeOfArn !== undefined) {
    return { type: typeOfArn, resource: ElastiCacheResource.fromArn(value) };
  }
  // The ARN of a snapshot of the app is its attribute, of which only the deployment knows the text.
  const template = referencedResource(value);
  const typeOfTemplate = arnsOf!.find((one) => template?.cfnResourceType.toLowerCase() === `aws::elasticache::${one}`);
  return typeOfTemplate === undefined
    ? undefined
    : { type: typeOfTemplate, resource: ElastiCacheResource._located(typeOfTemplate, value) };
}
