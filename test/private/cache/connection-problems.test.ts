import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { Cache, cacheOf } from '../../../src/private/cache/cache';
import { connectionProblems, GivenUser, userResourcesIn } from '../../../src/private/cache/connection-problems';
import { newStack } from '../../harness';
import { ENV, replicationGroup, serverlessCache } from '../../support/caches';

const late = (text: string) => Lazy.string({ produce: () => text });

function newUser(stack: Stack, props: Record<string, unknown> = {}, id = 'User') {
  return new elasticache.CfnUser(stack, id, {
    engine: 'valkey', userId: 'app', userName: 'app', authenticationMode: { Type: 'iam' }, accessString: 'on', ...props,
  } as elasticache.CfnUserProps);
}
const newGroup = (stack: Stack, userIds: unknown, userGroupId = 'apps', id = 'Group') => new CfnResource(stack, id, {
  type: 'AWS::ElastiCache::UserGroup', properties: { Engine: 'valkey', UserGroupId: userGroupId, UserIds: userIds },
});
const problems = (cache: Cache, user: GivenUser) => (
  connectionProblems(cache, user, userResourcesIn(cache.construct.node.root)));

/** What is wrong with a user, whose cache has nothing wrong. */
function ofUser(props: Record<string, unknown>): string[] {
  const stack = newStack({ env: ENV });
  const user = newUser(stack, props);
  newGroup(stack, [user.ref]);
  const cache = cacheOf('replicationgroup', replicationGroup(stack, { userGroupIds: ['apps'] }));
  return problems(cache, user).map(({ id, text }) => `${id}: ${text}`);
}
const other = (found: string) => [
  `connect.authenticationMode: the user Stack/User has ${found}, so it can't authenticate with IAM: set its `
  + "AuthenticationMode to { Type: 'iam' }, or acknowledge this warning",
];
const off = (text: string, why: string, remedy = '') => [
  `connect.accessString: the user Stack/User has the AccessString "${text}", which ${why}, and nobody connects as a `
  + `user that is off: begin it with "on"${remedy}, or acknowledge this warning`,
];

// Red if a user that can connect has a warning, or one that can't has none.
test.each<[string, Record<string, unknown>, string[]]>([
  ['all that it needs', {}, []],
  ['IAM in capitals', { authenticationMode: { Type: 'IAM' } }, []],
  ['IAM in lower case', { authenticationMode: { type: 'iam' } }, []],
  ['another authentication', { authenticationMode: { Type: 'password' } }, other('AuthenticationMode "password"')],
  ['an authentication that is not known', { authenticationMode: { Type: late('password') } }, []],
  ['an authentication without a type', { authenticationMode: {} }, []],
  ['passwords', { authenticationMode: undefined, passwords: ['a'] }, other('Passwords')],
  ['no password', { authenticationMode: undefined, noPasswordRequired: true }, other('NoPasswordRequired')],
  ['a password that is required', { authenticationMode: undefined, noPasswordRequired: false }, []],
  ['no authentication', { authenticationMode: undefined }, []],
  ['passwords besides IAM', { passwords: ['a'] }, []],
  ['another name', { userName: 'other' }, [
    'connect.userName: the user Stack/User has the ID "app" and the name "other", and IAM authentication needs both to '
    + 'be the same: name it "app", or acknowledge this warning',
  ]],
  ['a name that is not known', { userName: late('other') }, []],
  ['an ID that is not known', { userId: late('app'), userName: 'other' }, []],
  ['capitals in its ID', { userId: 'App' }, [
    'capitalsInName: ReplicationGroupGrants.connect: the resource is named "App", but ElastiCache keeps names in lower '
    + 'case, and IAM regards case: name it "app", or acknowledge this warning if its Ref gives that',
  ]],
  ['rules that turn it on', { accessString: 'on  ~* +@all' }, []],
  ['rules in capitals', { accessString: 'ON ~*' }, []],
  ['rules in lines', { accessString: '~*\non' }, []],
  ['rules that turn it off', { accessString: 'on ~* off' }, off('on ~* off', 'turns it off', ' and drop "off"')],
  ['rules without a turn', { accessString: '~on* +@all' }, off('~on* +@all', 'has no "on", so the user is off')],
  ['rules that are not known', { accessString: late('off') }, []],
  ['rules of a secret', { accessString: '{{resolve:ssm:rules}}' }, []],
])('a user has %s', (_, props, expected) => {
  expect(ofUser(props)).toEqual(expected);
});

/** What is wrong with a cache, whose user is nowhere in the app. */
function ofCache(type: string, props: Record<string, unknown>): string[] {
  const stack = newStack({ env: ENV });
  const construct = new CfnResource(stack, 'Resource', {
    type: type === 'cluster' ? 'AWS::ElastiCache::CacheCluster' : 'AWS::ElastiCache::ReplicationGroup',
    properties: { TransitEncryptionEnabled: true, Engine: 'valkey', UserGroupIds: ['apps'], ...props },
  });
  const cache: Cache = { ...cacheOf('replicationgroup', replicationGroup(stack)), construct, template: construct };
  return problems(cache, 'app').map(({ id, text }) => `${id}: ${text}`);
}
const noTls = (value: string) => [
  `connect.tls: TransitEncryptionEnabled is ${value}, and IAM authentication needs TLS: set TransitEncryptionEnabled `
  + 'to '
  + 'true, or acknowledge this warning',
];
const old = (version: string, since: string, property = 'EngineVersion') => [
  `connect.engineVersion: ${property} is "${version}", which has no IAM authentication: use ${since}, or a later `
  + 'version, or acknowledge this warning',
];
const noGroup = [
  'connect.userGroup: UserGroupIds is not set, and without a user group nobody authenticates with IAM: set it to a '
  + 'user '
  + 'group that has the user "app", or acknowledge this warning',
];

test.each<[string, Record<string, unknown>, string[]]>([
  ['all that it needs', {}, []],
  ['no TLS', { TransitEncryptionEnabled: false }, noTls('false')],
  ['no TLS by default', { TransitEncryptionEnabled: undefined }, noTls('not set, and false by default')],
  ['TLS that is not known', { TransitEncryptionEnabled: late('false') }, []],
  ['an old version', { EngineVersion: '7.1' }, old('7.1', 'valkey 7.2')],
  ['the first version', { EngineVersion: '7.2' }, []],
  ['a later version', { EngineVersion: '8.0' }, []],
  ['a much later version', { EngineVersion: '10.0' }, []],
  ['the newest of a version', { EngineVersion: '7' }, []],
  ['the newest of a version, as x', { EngineVersion: '7.x' }, []],
  ['an old version of Redis OSS', { Engine: 'Redis', EngineVersion: '6.2' }, old('6.2', 'redis 7.0')],
  ['the first version of Redis OSS', { Engine: 'redis', EngineVersion: '7.0' }, []],
  ['a version that is old for each engine', { Engine: late('redis'), EngineVersion: '6.2' },
    old('6.2', 'redis 7.0 or valkey 7.2')],
  ['a version that is old for some engine', { Engine: undefined, EngineVersion: '7.0' }, []],
  ['an old major version', { MajorEngineVersion: '6' }, old('6', 'valkey 7.2', 'MajorEngineVersion')],
  ['a version that is not known', { EngineVersion: late('6.0') }, []],
  ['a version that is none', { EngineVersion: 'v6.0' }, []],
  ['no user group', { UserGroupIds: undefined }, noGroup],
  ['an empty list of user groups', { UserGroupIds: [] }, noGroup],
  ['no TLS, as a member of a global datastore',
    { GlobalReplicationGroupId: 'world', TransitEncryptionEnabled: false, UserGroupIds: [] }, []],
])('a replication group has %s', (_, props, expected) => {
  expect(ofCache('replicationgroup', props)).toEqual(expected);
});

test('a cluster has no TLS by default, of which AWS documents nothing', () => {
  expect(ofCache('cluster', { TransitEncryptionEnabled: undefined })).toEqual([]);
});

/** Whether a connection has a warning that no user group of the cache has the user. */
function lacksUser(
  userIds: (user: CfnResource, stack: Stack) => unknown, given?: (user: CfnResource) => GivenUser, props = {},
): string[] {
  const stack = newStack({ env: ENV });
  const user = newUser(stack, props);
  newGroup(stack, userIds(user, stack));
  const cache = cacheOf('serverlesscache', serverlessCache(stack, { userGroupId: 'Apps' }));
  return problems(cache, given?.(user) ?? user).map(({ text }) => text);
}
const lacking = (shown: string) => [
  `no user group of the cache has the user ${shown}: add it to the UserIds of Stack/Group, or acknowledge this warning`,
];

test.each<[string, Parameters<typeof lacksUser>, string[]]>([
  ['the ID', [() => ['other', 'APP']], []],
  ['the Ref', [(user) => [user.ref]], []],
  ['the Ref of a user whose ID is not known', [(user) => [user.ref], undefined, { userId: late('app') }], []],
  ['another ID', [() => ['other']], lacking('Stack/User')],
  ['the Ref of another user', [(_, stack) => [newUser(stack, { userId: 'b', userName: 'b' }, 'Other').ref]],
    lacking('Stack/User')],
  ['the Ref of another user, whose ID is not known',
    [(_, stack) => [newUser(stack, { userId: late('b'), userName: 'b' }, 'Other').ref]], []],
  ['nobody', [() => []], lacking('Stack/User')],
  ['nothing set', [() => undefined], lacking('Stack/User')],
  ['a list that is not known', [() => ({ 'Fn::Split': [',', 'a,b'] })], []],
  ['a member that is not known', [() => ['other', { 'Fn::ImportValue': 'User' }]], []],
  ['the ID that is given', [() => ['app'], () => 'app'], []],
  ['the Ref of the ID that is given', [(user) => [user.ref], () => 'APP'], []],
  ['another ID than is given', [() => ['app'], () => 'nobody'], lacking('"nobody"')],
  ['the user whose Ref is given', [() => ['app'], (user) => user.ref], []],
  ['none that fits a pattern', [() => ['other'], () => 'a*'], []],
])('a user group of the app has %s', (_, args, expected) => {
  expect(lacksUser(...args)).toEqual(expected);
});

test('of several users with one ID, that of the stack of the cache is meant, and of others none', () => {
  const stack = newStack({ env: ENV });
  const stackOf = (id: string, env = ENV) => new Stack(stack.node.root as any, id, { env });
  const [one, two] = [stackOf('One'), stackOf('Two')];
  const withoutIam = { authenticationMode: { Type: 'password' } };
  const cache = cacheOf('replicationgroup', replicationGroup(stack, { userGroupIds: ['apps'] }));
  const ids = () => problems(cache, 'app').map(({ text }) => /^the user (\S+)/.exec(text)![1]);
  expect(ids()).toEqual([]);
  newUser(one, withoutIam);
  expect(ids()).toEqual(['One/User']);
  newUser(two, withoutIam);
  expect(ids()).toEqual([]);
  newUser(stack, withoutIam);
  expect(ids()).toEqual(['Stack/User']);
  newUser(stack, { ...withoutIam, userId: late('app') }, 'Late');
  expect(ids()).toEqual(['Stack/User']);
});

test('a user of another account or Region is none of the cache', () => {
  const stack = newStack({ env: ENV });
  [{ ...ENV, region: 'us-east-1' }, { ...ENV, account: '444455556666' }].forEach((env, index) => (
    newUser(new Stack(stack.node.root as any, `Other${index}`, { env }), {
      authenticationMode: { Type: 'password' },
    })));
  const cache = cacheOf('replicationgroup', replicationGroup(stack, { userGroupIds: ['apps'] }));
  expect(problems(cache, 'app')).toEqual([]);
});
