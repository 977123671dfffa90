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
import { Cache } from './cache';
import { ElastiCacheResource } from '../../elasticache-resource';
import { CACHES, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { isOfOtherService } from '../resolve/references';
import { propertyOf } from '../util/properties';
import { lowerCase, referencedResource, splitLiterals } from '../util/tokens';

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
    const value = propertyOf(template, property) ?? omitted ?? [];
    const origin = `${property} of the cache`;
    const unknown = { types: arnsOf ?? [ofType!], origin };
    // A list that is a token as a whole has one item, which is no name.
    if (Array.isArray(value) && Token.isUnresolved(value)) { return [unknown]; }
    return [value].flat().flatMap((one: unknown): Companion[] => {
      if (typeof one !== 'string') { return [unknown]; }
      if (ofType !== undefined) { return [{ types: [ofType], origin, resource: named(cache, ofType, one) }]; }
      // An object in S3: ElastiCache authorizes nothing on it.
      if (isOfOtherService(one)) { return []; }
      const typeOfArn = arnsOf!.find((each) => each === typeIn(one));
      return [typeOfArn === undefined ? unknown : { types: [typeOfArn], origin, resource: withArn(typeOfArn, one) }];
    });
  });
}

function named({ env, facade }: Cache, type: string, name: string): ElastiCacheResource {
  const { account } = env;
  return ElastiCacheResource._named(type, lowerCase(name), RESOURCE_TYPES[type].global ? { account } : env, facade);
}

/** The resource type in an ARN. Of the ARN of a resource of the app, only the deployment knows the text. */
function typeIn(arn: string): string | undefined {
  return referencedResource(arn)?.cfnResourceType.toLowerCase().replace('aws::elasticache::', '')
    ?? splitLiterals(arn, ':')[5];
}

function withArn(type: string, arn: string): ElastiCacheResource {
  return referencedResource(arn) ? ElastiCacheResource._located(type, arn) : ElastiCacheResource.fromArn(arn);
}
