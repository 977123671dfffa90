import { key, literal } from './literals';

/** `spec/caches.json`: what AWS's three kinds of caches name, and what somebody who runs one calls. */
export interface CachesSpec {
  readonly source: string;
  readonly caches: Record<string, CacheSpec>;
  /** Why a parameter group that is omitted has a name of its own. */
  readonly omitted: Fact;
  /** How the nodes of a replication group are named. */
  readonly nodes: Fact;
  /** What a cache needs for IAM authentication, and the first version of each engine that has it. */
  readonly iamAuthentication: Fact & { readonly since: Record<string, number[]> };
}

interface CacheSpec {
  /** Its resource type in a template. */
  readonly resource: string;
  /** The properties that name other resources: a type, or ARNs of some types. */
  readonly companions: Record<string, {
    readonly type?: string; readonly arnsOf?: string[]; readonly omitted?: string;
  }>;
  /** What the names of its nodes add to its own. */
  readonly nodes?: string[];
  /** The operations that change it, without those that create or delete. */
  readonly operate: string[];
  /** The operations that take and describe its snapshots. */
  readonly takeSnapshots: string[];
}

interface Fact {
  readonly reason: string;
  readonly source: string;
}

/** What the spec names and the other sources don't have. */
export function cacheProblems({ caches, iamAuthentication }: CachesSpec, types: string[], actions: string[]): string[] {
  const where = 'spec/caches.json';
  const all = Object.values(caches);
  const namedTypes = all.flatMap(({ companions }) => (
    Object.values(companions).flatMap(({ type, arnsOf }) => type ?? arnsOf ?? 'no type')));
  const namedActions = all.flatMap(({ operate, takeSnapshots }) => [...operate, ...takeSnapshots]);
  return [
    ...[...Object.keys(caches), ...namedTypes]
      .filter((name) => !types.includes(name))
      .map((name) => `${where} names ${name}, which is no resource type in iam-data`),
    ...namedActions
      .filter((name) => !actions.includes(name))
      .map((name) => `${where} names ${name}, which is no action of elasticache in iam-data`),
    ...Object.entries(iamAuthentication.since)
      .filter(([, version]) => version.length !== 2)
      .map(([engine]) => `${where} has a version of ${engine} that is not two numbers`),
  ];
}

/** The spec as the library reads it. */
export function renderCaches({ caches, iamAuthentication }: CachesSpec): string[] {
  return [
    '/** What caches name, and what somebody who runs one calls. */',
    'export const CACHES: Readonly<Record<string, CacheEntry>> = {',
    ...Object.entries(caches).map(([type, cache]) => `  ${key(type)}: ${literal(cache)},`),
    '};',
    '',
    '/** The first version of each engine that has IAM authentication. */',
    'export const IAM_AUTHENTICATION_SINCE: Readonly<Record<string, readonly number[]>> = '
      + `${literal(iamAuthentication.since)};`,
    '',
  ];
}
