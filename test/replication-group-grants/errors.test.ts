import { Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  CacheClusterGrants, ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants, ServerlessCacheGrants,
} from '../../src';
import { messageOf, newRole, newStack, policyStatements, warningsOf } from '../harness';
import {
  Around, cacheCluster, ENV, iamUser, importedUser, replicationGroup, serverlessCache,
} from '../support/caches';

const { TEST_FAILOVER } = ElastiCacheOperation;

describe('what is no replication group', () => {
  const message = (shown: string, remedy: string, path = '') => (
    `${path}ReplicationGroupGrants.fromReplicationGroup: expected a construct with replicationGroupRef that tells a `
    + `name, as those of aws-cdk-lib/aws-elasticache have it, and got ${shown}: ${remedy}`);
  const pass = 'pass the cache, or use ElastiCacheAccessGrant with ElastiCacheResource.replicationGroup and the name';

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['undefined', () => undefined, message('undefined', pass)],
    ['null', () => null, message('null', pass)],
    ['a name', () => 'orders', message('"orders"', pass)],
    ['a reference that is no construct', () => ({ replicationGroupRef: { replicationGroupId: 'x' } }),
      message('{"replicationGroupRef":{"replicationGroupId":"x"}}', pass)],
    ['a cache cluster', (stack) => cacheCluster(stack), message(
      'an object of class CfnCacheCluster', 'use CacheClusterGrants.fromCacheCluster', 'Stack/Cache: ')],
    ['a serverless cache', (stack) => serverlessCache(stack), message(
      'an object of class CfnServerlessCache', 'use ServerlessCacheGrants.fromServerlessCache', 'Stack/Cache: ')],
    ['a user', (stack) => iamUser(stack), message('an object of class CfnUser', pass, 'Stack/User: ')],
    ['a reference without a name', (stack) => new Around(stack, 'Any', () => ({ replicationGroupRef: {} })), message(
      'an object of class Resource', pass, 'Stack/Any: ')],
    ['a reference with an empty name', (stack) => (
      new Around(stack, 'Any', () => ({ replicationGroupRef: { replicationGroupId: '' } }))
    ), message('an object of class Resource', pass, 'Stack/Any: ')],
    ['a construct that only has the name', (stack) => (
      new Around(stack, 'Any', () => ({ replicationGroupId: 'orders' }))
    ), message('an object of class Resource', pass, 'Stack/Any: ')],
  ])('is refused: %s', (_, make, expected) => {
    expect(messageOf(() => ReplicationGroupGrants.fromReplicationGroup(make(newStack()) as any))).toBe(expected);
  });

  test('is refused by the classes of the other caches', () => {
    const stack = newStack();
    const group: any = replicationGroup(stack);
    expect(messageOf(() => CacheClusterGrants.fromCacheCluster(group))).toBe(
      'Stack/Cache: CacheClusterGrants.fromCacheCluster: expected a construct with cacheClusterRef that tells a name, '
      + 'as those of aws-cdk-lib/aws-elasticache have it, and got an object of class CfnReplicationGroup: use '
      + 'ReplicationGroupGrants.fromReplicationGroup',
    );
    expect(() => ServerlessCacheGrants.fromServerlessCache(group)).toThrow(
      ': use ReplicationGroupGrants.fromReplicationGroup');
    expect(() => CacheClusterGrants.fromCacheCluster(new ecs.Cluster(stack, 'Ecs') as any)).toThrow(
      'Stack/Ecs: CacheClusterGrants.fromCacheCluster: expected a construct with cacheClusterRef');
  });
});

/** The error of a call, which must not have added anything. */
function errorOf(call: (grants: ReplicationGroupGrants, stack: Stack) => unknown, stack = newStack({ env: ENV })) {
  const grants = ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack));
  const message = messageOf(() => call(grants, stack));
  expect(policyStatements(stack)).toEqual([]);
  return message;
}

describe('a user', () => {
  const noUser = (shown: string) => (
    'Stack/Cache: ReplicationGroupGrants.connect: expected a construct with userRef, as those of '
    + `aws-cdk-lib/aws-elasticache have it, and got ${shown}: use connectAs with the user ID`);

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['is undefined', () => undefined, noUser('undefined')],
    ['is an ID', () => 'app', noUser('"app"')],
    ['is a role', (stack) => newRole(stack), noUser('an object of class Role')],
    ['is a user of IAM', (stack) => new iam.User(stack, 'Person'), noUser('an object of class User')],
    ['is an L1 user of IAM', (stack) => new iam.CfnUser(stack, 'Person'), noUser('an object of class CfnUser')],
    ['is an imported user of IAM', (stack) => iam.User.fromUserName(stack, 'Person', 'ann'), noUser(
      'an object of class Resource')],
    ['is of another account', (stack) => importedUser(stack, 'app', '444455556666'),
      'Stack/Cache: the user is of the account "444455556666", and the cache of "111122223333": pass a user of the '
      + "cache's own account"],
    ['is of another account and Region', (stack) => new Around(
      stack, 'Person', () => ({ userRef: { userId: 'app' } }), { account: '444455556666', region: 'eu-west-2' }),
    'Stack/Cache: 2 problems:\n- the user is of the account "444455556666", and the cache of "111122223333": pass a '
      + 'user of the cache\'s own account\n- the user is of the Region "eu-west-2", and the cache of "eu-west-1": pass '
      + 'a user of the cache\'s own Region'],
  ])('that %s is refused', (_, makeUser, expected) => {
    expect(errorOf((grants, stack) => grants.connect(newRole(stack, 'Grantee'), makeUser(stack) as any)))
      .toBe(expected);
  });

  test('of a stack in another Region is refused', () => {
    const stack = newStack({ env: ENV });
    const other = new Stack(stack.node.root as any, 'Other', { env: { ...ENV, region: 'eu-west-2' } });
    expect(errorOf((grants) => grants.connect(newRole(stack), iamUser(other)), stack)).toBe(
      'Stack/Cache: the user is of the Region "eu-west-2", and the cache of "eu-west-1": pass a user of the cache\'s '
      + 'own Region',
    );
  });

  test.each([
    [undefined, 'is undefined: expected text, such as "prod-*"'],
    ['App', '"App" has capitals, and ElastiCache keeps names in lower case: pass "app"'],
    ['', '"" is not valid: expected lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards'],
    ['arn:aws:elasticache:eu-west-1:111122223333:user:app', '"arn:aws:elasticache:eu-west-1:111122223333:user:app" is '
      + 'an ARN: pass the name alone, or use ElastiCacheResource.fromArn'],
  ])('with the ID %p is refused', (userId, problem) => {
    expect(errorOf((grants, stack) => grants.connectAs(newRole(stack), userId as any))).toBe(
      `Stack/Cache: ReplicationGroupGrants.connectAs: name ${problem}`);
  });
});

describe('a grantee', () => {
  const METHODS: [string, (grants: ReplicationGroupGrants, grantee: any, stack: Stack) => iam.Grant][] = [
    ['connect', (grants, grantee, stack) => grants.connect(grantee, iamUser(stack))],
    ['connectAs', (grants, grantee) => grants.connectAs(grantee, 'app')],
    ['read', (grants, grantee) => grants.read(grantee)],
    ['operate', (grants, grantee) => grants.operate(grantee)],
    ['snapshot', (grants, grantee) => grants.snapshot(grantee)],
    ['operations', (grants, grantee) => grants.operations(grantee, [TEST_FAILOVER])],
  ];

  test.each(METHODS)('of %s that is undefined is refused', (_, call) => {
    expect(errorOf((grants, stack) => call(grants, undefined, stack))).toBe(
      'Stack/Cache: grantee is undefined: pass a role, a user, a group, or a construct that has a principal');
  });

  test.each(METHODS)('of %s that is a service is refused', (_, call) => {
    expect(errorOf((grants, stack) => call(grants, new iam.ServicePrincipal('lambda.amazonaws.com'), stack))).toBe(
      'Stack/Cache: the principal {"Service":["lambda.amazonaws.com"]} can\'t have an identity policy, so it would '
      + 'never get the permissions: grant to a role, a user or a group, or add toPolicyDocument() where the '
      + 'principal\'s policies are kept',
    );
  });

  test.each(METHODS)('of %s that CDK doesn\'t change has a warning on the cache', (_, call) => {
    const stack = newStack({ env: ENV });
    const cache = replicationGroup(stack, { userGroupIds: ['team'] });
    const role = iam.Role.fromRoleArn(stack, 'Fixed', 'arn:aws:iam::111122223333:role/fixed', { mutable: false });
    call(ReplicationGroupGrants.fromReplicationGroup(cache), role, stack);
    expect(warningsOf(stack)).toEqual([expect.stringContaining('[ack: cdk-elasticache-grants:notDelivered]')]);
    expect(cache.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')).toHaveLength(1);
    expect(policyStatements(stack)).toEqual([]);
  });
});

describe('connect to a cache that runs Memcached', () => {
  test.each(['memcached', 'Memcached'])('has no IAM authentication: %s', (engine) => {
    const stack = newStack({ env: ENV });
    const grants = ServerlessCacheGrants.fromServerlessCache(serverlessCache(stack, { engine }));
    const message = `Stack/Cache: Engine is "${engine}", and Memcached has no IAM authentication: use Valkey or Redis `
      + 'OSS, or control access to the cache by its security groups';
    expect(messageOf(() => grants.connect(newRole(stack), iamUser(stack)))).toBe(message);
    expect(messageOf(() => grants.connectAs(newRole(stack, 'Other'), 'app'))).toBe(message);
    expect(policyStatements(stack)).toEqual([]);
  });

  test('is reported with all else that is wrong', () => {
    const stack = newStack({ env: ENV });
    const grants = ServerlessCacheGrants.fromServerlessCache(serverlessCache(stack, { engine: 'memcached' }));
    expect(messageOf(() => grants.connectAs(newRole(stack), 'App'))).toMatch(
      /^Stack\/Cache: 2 problems:\n- Engine is "memcached", and .*\n- ServerlessCacheGrants\.connectAs: name "App" /);
  });
});

test.each<[string, (grants: ReplicationGroupGrants, role: iam.Role) => unknown, string]>([
  ['no operation', (grants, role) => grants.operations(role, []), 'operations is empty: list at least one, such as '
    + 'ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS'],
  ['a resource that no operation uses', (grants, role) => grants.operations(
    role, [TEST_FAILOVER], [ElastiCacheResource.user('app')],
  ), 'resources has the user "arn:${AWS::Partition}:elasticache:eu-west-1:111122223333:user:app", but AWS authorizes '
    + 'no listed operation on that type: drop it, or add an operation that uses it, such as CREATE_USER'],
  ['a custom operation', (grants, role) => grants.operations(role, [ElastiCacheOperation.custom('Thaw')]), 'Thaw is a '
    + "custom operation, whose resource types are not known, so resources can't limit it: use a separate grant for it, "
    + 'without resources'],
  ['a snapshot name that is none', (grants, role) => grants.snapshot(role, 'Weekly'), 'ReplicationGroupGrants'
    + '.snapshot: name "Weekly" has capitals, and ElastiCache keeps names in lower case: pass "weekly"'],
])('%s is refused', (_, call, problem) => {
  expect(errorOf((grants, stack) => call(grants, newRole(stack)))).toBe(`Stack/Cache: ${problem}`);
});

test('an imported cache whose name has capitals is refused', () => {
  const stack = newStack({ env: ENV });
  const grants = ReplicationGroupGrants.fromReplicationGroup(
    elasticache.CfnReplicationGroup.fromReplicationGroupId(stack, 'Imported', 'Orders'));
  expect(messageOf(() => grants.operate(newRole(stack)))).toBe(
    'Stack/Imported: ReplicationGroupGrants: name "Orders" has capitals, and ElastiCache keeps names in lower case: '
    + 'pass "orders"',
  );
});

test('making grants for a cache changes nothing of it', () => {
  const stack = newStack({ env: ENV });
  const cache = replicationGroup(stack);
  Tags.of(cache).add('team', 'a');
  ReplicationGroupGrants.fromReplicationGroup(cache);
  expect(Template.fromStack(stack).toJSON().Resources.Cache.Properties).toEqual({
    Engine: 'valkey',
    ReplicationGroupDescription: 'orders',
    Tags: [{ Key: 'team', Value: 'a' }],
    TransitEncryptionEnabled: true,
  });
});
