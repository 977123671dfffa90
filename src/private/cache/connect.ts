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
import { Aspects, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Cache, literalOf, propertyOf } from './cache';
import { grantConnect } from './cache-grants';
import { connectionProblems, namedUser, referencedUser, User } from './connection-problems';
import { ElastiCacheResource } from '../../elasticache-resource';
import { Diagnostics, formatValue } from '../util/diagnostics';

/** Lets the grantee connect as a user that is a construct. */
export function connect(cache: Cache, grantee: IGrantable, user: unknown): Grant {
  const diagnostics = new Diagnostics();
  checkEngine(cache, diagnostics);
  checkSameEnvironment(cache, user, diagnostics);
  const resource = ElastiCacheResource._referenced('user', user, {
    method: `${cache.facade}.connect`, remedy: 'use connectAs with the user ID',
  });
  const grant = grantConnect(cache, grantee, resource, diagnostics);
  warnAtSynthesis(cache, referencedUser(user as IConstruct));
  return grant;
}

/** Lets the grantee connect as a user that is known by its ID. */
export function connectAs(cache: Cache, grantee: IGrantable, userId: string): Grant {
  const diagnostics = new Diagnostics();
  checkEngine(cache, diagnostics);
  const resource = ElastiCacheResource._named('user', userId, cache.env, `${cache.facade}.connectAs`);
  const grant = grantConnect(cache, grantee, resource, diagnostics);
  warnAtSynthesis(cache, namedUser(userId));
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

/** The users of each cache, so that none is looked at twice. */
const CONNECTED = new WeakMap<IConstruct, User[]>();

function warnAtSynthesis(cache: Cache, user: User): void {
  const { construct } = cache;
  const connected = CONNECTED.get(construct);
  if (connected) {
    connected.push(user);
    return;
  }
  const users = [user];
  CONNECTED.set(construct, users);
  Aspects.of(construct).add({
    visit: (node) => {
      if (node !== construct) { return; }
      const diagnostics = new Diagnostics();
      users.splice(0).flatMap((one) => connectionProblems(cache, one)).forEach(({ id, text }) => (
        diagnostics.warning(`connect.${id}`, `${text}, or acknowledge this warning`)));
      diagnostics.report(construct);
    },
  });
}
