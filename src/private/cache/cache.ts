/**
 * A cache that grants start from: what its construct tells of it.
 *
 * A reference in, a `Cache` out. The construct may be an L1 of the app, an L2 around one, or an import. Only the first
 * two have the properties of the template, from which the other parts of this folder read what the cache names.
 */
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { ElastiCacheResource } from '../../elasticache-resource';
import { CACHES, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { referencedName } from '../resolve/references';
import { formatValue, throwErrors } from '../util/diagnostics';
import { partAt } from '../util/shape';

/** A cache, with what its construct tells of it. */
export interface Cache {
  /** Its resource type in ARNs. */
  readonly type: string;

  /** The class that grants access to it, as errors name it. */
  readonly facade: string;
  readonly construct: IConstruct;
  readonly name: string;

  /** Where it and what it names are. */
  readonly env: { readonly region?: string; readonly account?: string };

  /** Its resource in the template, where it is in the app. */
  readonly template?: CfnResource;
}

/** The classes that start from a cache, and their static methods, by the type. */
const FACADES: Record<string, readonly [string, string]> = {
  cluster: ['CacheClusterGrants', 'fromCacheCluster'],
  replicationgroup: ['ReplicationGroupGrants', 'fromReplicationGroup'],
  serverlesscache: ['ServerlessCacheGrants', 'fromServerlessCache'],
};

/** The cache that a construct stands for. Throws where it stands for none of the type. */
export function cacheOf(type: string, construct: unknown): Cache {
  const [facade, method] = FACADES[type];
  const name = hasReference(type, construct) ? referencedName(type, construct) : undefined;
  if (!Construct.isConstruct(construct) || name === undefined || name === '') {
    const typeName = RESOURCE_TYPES[type].name;
    const other = Object.keys(FACADES).find((one) => one !== type && hasReference(one, construct));
    throwErrors([
      `${facade}.${method}: expected a construct with ${typeName}Ref that tells a name, as those of `
      + `aws-cdk-lib/aws-elasticache have it, and got ${formatValue(construct)}: `
      + (other
        ? `use ${FACADES[other].join('.')}`
        : `pass the cache, or use ElastiCacheAccessGrant with ElastiCacheResource.${typeName} and the name`),
    ], Construct.isConstruct(construct) ? construct : undefined);
  }
  const { region, account } = (construct as Partial<IEnvironmentAware>).env ?? Stack.of(construct);
  const template = templateOf(CACHES[type].resource, construct);
  return { type, facade, construct, name, env: { region, account }, template };
}

/** Without it, an ECS cluster would be a cache cluster, since it has a `clusterName`, too. */
function hasReference(type: string, construct: unknown): boolean {
  return typeof partAt(construct, `${RESOURCE_TYPES[type].name}Ref`) === 'object';
}

/** The resource of a type that a construct is, or is around. */
export function templateOf(cfnResourceType: string, construct: IConstruct): CfnResource | undefined {
  return [construct, construct.node.defaultChild].find((one): one is CfnResource => (
    CfnResource.isCfnResource(one) && one.cfnResourceType === cfnResourceType));
}

/** The resource that a grant on the cache is for. */
export function resourceOf({ type, construct, facade }: Cache): ElastiCacheResource {
  return ElastiCacheResource._referenced(type, construct, {
    method: facade, remedy: `use ElastiCacheAccessGrant with ElastiCacheResource.${RESOURCE_TYPES[type].name}`,
  });
}

/** The text of a property; undefined where it has none, or none that is known. */
export function literalOf(value: unknown): string | undefined {
  return typeof value === 'string' && !Token.isUnresolved(value) ? value : undefined;
}
