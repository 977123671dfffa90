/**
 * The grants that start from a cache: which operations and resources each one is, run through the pipeline.
 *
 * A cache, a grantee and what is asked for in, a grant out. All errors and warnings are about the cache's construct,
 * since there is no construct of a grant. The public classes document what each grant allows.
 */
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Cache, literalOf, resourceOf } from './cache';
import { Companion, companionsOf } from './companions';
import { AccessLevel } from '../../access-level';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCacheResource } from '../../elasticache-resource';
import { attach } from '../attach/attach';
import { CACHES, RESOURCE_TYPES } from '../catalog/catalog.generated';
import { createdTypes, entryOf, isForTypes, isReading, typesOf } from '../catalog/lookup';
import { WrittenPolicy } from '../policy/policy';
import { suggestAdding } from '../resolve/authorized-resources';
import { resolve } from '../resolve/resolve';
import { ImpliedResource } from '../resolve/scope';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { propertyOf } from '../util/properties';
import { constantCase } from '../util/text';
import { tokensIn } from '../util/tokens';

/** What can be described or listed of the cache, its nodes, and what it names. */
export function grantRead(cache: Cache, grantee: IGrantable): Grant {
  const known = knownCompanionsOf(cache);
  const types = [cache.type, ...known.flatMap((companion) => companion.types)];
  const operations = ElastiCacheOperation.all().filter(({ accessLevel, operationName }) => (
    isReading(accessLevel) && isForTypes(entryOf(operationName), types)));
  return run(cache, grantee, operations, known);
}

/** What changes the cache, but neither creates nor deletes one. */
export function grantOperate(cache: Cache, grantee: IGrantable): Grant {
  return run(cache, grantee, CACHES[cache.type].operate.map(ElastiCacheOperation.of), knownCompanionsOf(cache));
}

function knownCompanionsOf(cache: Cache): Companion[] {
  return companionsOf(cache).filter(({ resource }) => resource !== undefined);
}

/** What takes, lists and describes snapshots of the cache. */
export function grantSnapshot(cache: Cache, grantee: IGrantable, snapshotName: string = `${cache.name}-*`): Grant {
  const diagnostics = new Diagnostics();
  checkHasSnapshots(cache, diagnostics);
  const operations = CACHES[cache.type].takeSnapshots;
  const type = typesOf(entryOf(operations[0])).find((one) => /snapshot$/.test(one))!;
  const snapshots = ElastiCacheResource._named(type, snapshotName, cache.env, `${cache.facade}.snapshot`);
  return run(cache, grantee, operations.map(ElastiCacheOperation.of), [], [snapshots], diagnostics);
}

/** Any operations, on the cache, on what it names, and on further resources. */
export function grantOperations(
  cache: Cache, grantee: IGrantable, operations: ElastiCacheOperation[], resources: ElastiCacheResource[] = [],
): Grant {
  return run(cache, grantee, operations, companionsOf(cache), resources);
}

/** Connecting as a user. AWS authorizes it on the user and on the cache. */
export function grantConnect(cache: Cache, grantee: IGrantable, user: ElastiCacheResource, diagnostics: Diagnostics) {
  return run(cache, grantee, [ElastiCacheOperation.CONNECT], [], [user], diagnostics);
}

/** The grants of a cache make no managed policies that could be attached. */
const SIZE_REMEDIES = {
  managedPolicies: 'the toManagedPolicies() of an ElastiCacheAccessGrant', smaller: 'grant fewer operations',
};

/** The one pipeline: what is wrong anywhere is one error, and nothing has been added then. */
function run(
  cache: Cache, grantee: IGrantable, operations: ElastiCacheOperation[], companions: Companion[],
  resources: ElastiCacheResource[] = [], diagnostics: Diagnostics = new Diagnostics(),
): Grant {
  const { construct, type } = cache;
  const names = Array.isArray(operations) ? operations.map((operation) => operation?.operationName) : [];
  const implied: ImpliedResource[] = [{ resource: resourceOf(cache), origin: 'the cache' }];
  for (const companion of companions) {
    const used = names.filter((name) => isFor(companion, name, type));
    if (companion.resource) {
      implied.push({ resource: companion.resource, operations: used, origin: companion.origin });
    } else {
      reportUnknown(companion, used, resources, cache, diagnostics);
    }
  }
  const isEmpty = Array.isArray(resources) && resources.length === 0;
  const permissions = resolve(
    { operations, ...(!isEmpty && { resources }) }, construct, tokensIn(construct), implied, diagnostics,
  );
  return attach(new WrittenPolicy(permissions, SIZE_REMEDIES, construct), grantee, construct).grant;
}

/**
 * Whether an operation is for a resource that the cache names. Tags are for the cache alone. The snapshot that a cache
 * was created from is for calls that read it: one that takes a snapshot must not overwrite it.
 */
function isFor({ types }: Companion, operationName: string, cacheType: string): boolean {
  const entry = entryOf(operationName);
  if (!entry || entry.accessLevel === AccessLevel.TAGGING || !typesOf(entry).some((type) => types.includes(type))) {
    return false;
  }
  return !types.some((type) => /snapshot$/.test(type)) || isReading(entry.accessLevel)
    || createdTypes(operationName).includes(cacheType);
}

/** Reports what operations need of a resource that isn't known. Of a required type, `resolve` reports it. */
function reportUnknown(
  { types, origin }: Companion, operationNames: string[], resources: ElastiCacheResource[],
  { construct }: Cache, diagnostics: Diagnostics,
): void {
  const passed = (Array.isArray(resources) ? resources : []).map((resource) => (
    resource instanceof ElastiCacheResource ? resource._locate(construct, new Diagnostics())?.type : undefined));
  if (types.some((type) => passed.includes(type))) { return; }
  const isRequired = (name: string) => types.some((type) => entryOf(name)!.types![type]?.required);
  const others = operationNames.filter((name) => !isRequired(name));
  others.forEach((name) => diagnostics.errorAbout(constantCase(name), (subjects, several) => (
    `${origin} is only known at deployment, so ${subjects} also ${several ? 'need' : 'needs'} `
    + `${suggestAdding(types)} to resources`)));
}

/**
 * AWS takes no snapshots of clusters that run Memcached, though of serverless caches that do.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateSnapshot.html
 */
function checkHasSnapshots({ type, template }: Cache, diagnostics: Diagnostics): void {
  const engine = template && literalOf(propertyOf(template, 'Engine'));
  if (type === 'cluster' && engine?.toLowerCase() === 'memcached') {
    diagnostics.error(
      `Engine is ${formatValue(engine)}, and ElastiCache takes no snapshots of a ${RESOURCE_TYPES[type].name} that `
      + 'runs Memcached: drop the grant, or use Valkey or Redis OSS',
    );
  }
}
