/**
 * Connecting to a cache with IAM: the grant, and whether the connection can work at all.
 *
 * A policy that is right doesn't help where the cache or the user refuses IAM authentication. What the app tells of
 * both is compared with what AWS documents, and a warning names each part that makes a connection fail. Properties may
 * still change, so they are read at synthesis. Nothing is said about what isn't known.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Cache, literalOf } from './cache';
import { grantConnect } from './cache-grants';
import { connectionProblems, GivenUser, userResourcesIn } from './connection-problems';
import { ElastiCacheResource } from '../../elasticache-resource';
import { AtSynthesis } from '../util/at-synthesis';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { propertyOf } from '../util/properties';

/** Lets the grantee connect as a user that is a construct. */
export function connect(cache: Cache, grantee: IGrantable, user: unknown): Grant {
  const diagnostics = new Diagnostics();
  checkEngine(cache, diagnostics);
  checkSameEnvironment(cache, user, diagnostics);
  const resource = ElastiCacheResource._referenced('user', user, {
    method: `${cache.facade}.connect`, remedy: 'use connectAs with the user ID',
  });
  const grant = grantConnect(cache, grantee, resource, diagnostics);
  CONNECTIONS.add(cache.construct, { cache, user: user as IConstruct });
  return grant;
}

/** Lets the grantee connect as a user that is known by its ID. */
export function connectAs(cache: Cache, grantee: IGrantable, userId: string): Grant {
  const diagnostics = new Diagnostics();
  checkEngine(cache, diagnostics);
  const resource = ElastiCacheResource._named('user', userId, cache.env, `${cache.facade}.connectAs`);
  const grant = grantConnect(cache, grantee, resource, diagnostics);
  CONNECTIONS.add(cache.construct, { cache, user: userId });
  return grant;
}

function checkEngine({ template }: Cache, diagnostics: Diagnostics): void {
  const engine = template && literalOf(propertyOf(template, 'Engine'));
  if (engine?.toLowerCase() === 'memcached') {
    diagnostics.error(`Engine is ${formatValue(engine)}, and Memcached has no IAM authentication: use Valkey or Redis `
      + 'OSS, or control access to the cache by its security groups');
  }
}

/** A user serves the caches of its own account and Region. */
function checkSameEnvironment({ env }: Cache, user: unknown, diagnostics: Diagnostics): void {
  const own = (user as Partial<{ readonly env: Cache['env'] }> | undefined)?.env;
  const parts = [['account', own?.account, env.account], ['Region', own?.region, env.region]] as const;
  for (const [part, ofUser, ofCache] of parts) {
    if (ofUser && ofCache && ![ofUser, ofCache].some(Token.isUnresolved) && ofUser !== ofCache) {
      diagnostics.error(`the user is of the ${part} ${formatValue(ofUser)}, and the cache of ${formatValue(ofCache)}: `
        + `pass a user of the cache's own ${part}`);
    }
  }
}

interface Connection {
  readonly cache: Cache;
  readonly user: GivenUser;
}

/** The connections that nobody has looked at yet. Aspects may still change what they are judged by. */
const CONNECTIONS = new AtSynthesis<Connection>(warn);

function warn(connections: Connection[], stage: IConstruct): void {
  if (connections.length === 0) { return; }
  const resources = userResourcesIn(stage);
  for (const { cache, user } of connections) {
    const diagnostics = new Diagnostics();
    connectionProblems(cache, user, resources).forEach(({ id, text }) => diagnostics.warning(id, text));
    diagnostics.report(cache.construct);
  }
}
