import { entryOf } from '../../../src/private/catalog/lookup';
import { conditionFindings, maySupply } from '../../../src/private/review/condition-rules';
import { readDocument } from '../../../src/private/review/statement';

const found = (Effect: string, actions: string, Condition: object, types: string) => {
  const Action = actions.split(' ').map((action) => (/[:]|^\*$/.test(action) ? action : `elasticache:${action}`));
  const Resource = types.split(' ').map((type) => (
    type === '*' ? type : `arn:aws:elasticache:eu-west-1:111122223333:${type}:*`));
  const { statements } = readDocument({ Statement: { Effect, Action, Resource, Condition } }, () => undefined);
  return statements.flatMap(conditionFindings).map(({ rule, text }) => `${rule}: ${text}`);
};
const inAllow = (actions: string, condition: object, types = '*') => found('Allow', actions, condition, types);
const inDeny = (actions: string, condition: object, types = '*') => found('Deny', actions, condition, types);

const absent = (key: string, names: string, so: string) => (
  [`absentConditionKey: AWS never supplies ${key} to ${names}, so ${so}`]);
const allowsNone = (key: string, names: string) => absent(key, names, `the statement allows no call of ${names}`);
const guardsNothing = (key: string, names: string) => absent(key, names, 'the condition guards nothing');
const deniesNone = (key: string, names: string) => (
  [`emptyDeny: AWS never supplies ${key} to ${names}, so the statement denies no call of ${names}`]);
const deniesSome = (key: string, names: string) => absent(key, names, `the statement denies no call of ${names}`);
const deniesAll = (key: string, names: string) => (
  [`denyWithoutKey: AWS never supplies ${key} to ${names}, so the statement denies every call of ${names}`]);

const NODE_TYPE = 'elasticache:CacheNodeType';
const ENGINE = 'elasticache:EngineType';
const is = (key: string) => ({ StringEquals: { [key]: 'a' } });
const isIfExists = (key: string) => ({ StringEqualsIfExists: { [key]: 'a' } });
const isNot = (key: string) => ({ StringNotEquals: { [key]: 'a' } });

describe('an Allow', () => {
  test.each<[string, object, string, string[]]>([
    // A condition that needs the key.
    ['RebootCacheCluster', is(ENGINE), '*', allowsNone(ENGINE, 'RebootCacheCluster')],
    ['CreateCacheCluster', is(ENGINE), '*', []],
    ['CreateCacheCluster RebootCacheCluster', is(ENGINE), '*', allowsNone(ENGINE, 'RebootCacheCluster')],
    ['Reboot* Test*', is(ENGINE), '*', allowsNone(ENGINE, 'RebootCacheCluster, TestFailover, TestMigration')],
    ['Reboot* Create*', is(ENGINE), '*', []],
    ['RebootCacheCluster s3:GetObject', is(ENGINE), '*', allowsNone(ENGINE, 'RebootCacheCluster')],
    ['Reboot* s3:GetObject', is(ENGINE), '*', []],
    // One that a request without the key meets. Others of the actions may be meant.
    ['RebootCacheCluster', isIfExists(ENGINE), '*', guardsNothing(ENGINE, 'RebootCacheCluster')],
    ['RebootCacheCluster', isNot(ENGINE), '*', guardsNothing(ENGINE, 'RebootCacheCluster')],
    ['CreateCacheCluster RebootCacheCluster', isIfExists(ENGINE), '*', []],
    ['RebootCacheCluster s3:GetObject', isIfExists(ENGINE), '*', []],
    // It matters on which resources.
    ['CreateCacheCluster', is(NODE_TYPE), 'subnetgroup', allowsNone(NODE_TYPE, 'CreateCacheCluster')],
    ['CreateCacheCluster', is(NODE_TYPE), 'subnetgroup cluster', []],
    ['CreateCacheCluster', is(NODE_TYPE), 'user', []],
    // An action without resources.
    ['DescribeEvents', is(ENGINE), '*', allowsNone(ENGINE, 'DescribeEvents')],
    ['DescribeEvents', is('aws:userid'), '*', []],
    // AWS supplies few of the keys of all services to a connection, by the kind of cache.
    ['Connect', is('aws:SourceVpc'), '*', []],
    ['Connect', is('aws:SourceVpc'), 'user', []],
    ['Connect', is('aws:SourceVpc'), 'replicationgroup', allowsNone('aws:SourceVpc', 'Connect')],
    ['Connect', is('aws:userid'), '*', allowsNone('aws:userid', 'Connect')],
    // A service sends it for itself alone.
    ['DescribeUsers', { ArnLike: { 'aws:SourceArn': 'arn:aws:iam::*:*' } }, '*', allowsNone(
      'aws:SourceArn', 'DescribeUsers')],
    // Names of up to four actions.
    ['RebootCacheCluster TestFailover StartMigration DeleteUser', is(ENGINE), '*', allowsNone(
      ENGINE, 'RebootCacheCluster, TestFailover, StartMigration, DeleteUser')],
    ['RebootCacheCluster TestFailover StartMigration DeleteUser ModifyUser', is(ENGINE), '*', allowsNone(
      ENGINE, 'RebootCacheCluster, TestFailover, StartMigration and 2 more')],
  ])('of %s with %j on %s', (actions, condition, types, expected) => {
    expect(inAllow(actions, condition, types)).toEqual(expected);
  });
});

describe('a Deny', () => {
  test.each<[string, object, string, string[]]>([
    ['RebootCacheCluster', is(ENGINE), '*', deniesNone(ENGINE, 'RebootCacheCluster')],
    ['Reboot*', is(ENGINE), '*', deniesNone(ENGINE, 'RebootCacheCluster')],
    ['CreateCacheCluster RebootCacheCluster', is(ENGINE), '*', deniesSome(ENGINE, 'RebootCacheCluster')],
    ['Create* RebootCacheCluster', is(ENGINE), '*', deniesSome(ENGINE, 'RebootCacheCluster')],
    ['Create* Reboot*', is(ENGINE), '*', []],
    ['RebootCacheCluster s3:GetObject', is(ENGINE), '*', deniesSome(ENGINE, 'RebootCacheCluster')],
    // A request without the key meets these, so a pattern is denied for all that lack the key.
    ['RebootCacheCluster', isNot(ENGINE), '*', deniesAll(ENGINE, 'RebootCacheCluster')],
    ['CreateCache* Reboot*', isNot('elasticache:CacheParameterGroupName'), '*', deniesAll(
      'elasticache:CacheParameterGroupName', 'CreateCacheSecurityGroup, CreateCacheSubnetGroup, RebootCacheCluster')],
    ['CreateCache* Reboot* s3:*', isNot('elasticache:CacheParameterGroupName'), '*', []],
    // But a connection lacks most keys of all services.
    ['Con* Reboot*', isNot('aws:userid'), '*', []],
    ['Connect Reboot*', isNot('aws:userid'), '*', deniesAll('aws:userid', 'Connect')],
    ['Connect', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:*' } }, '*', deniesAll(
      'aws:PrincipalArn', 'Connect')],
  ])('of %s with %j on %s', (actions, condition, types, expected) => {
    expect(inDeny(actions, condition, types)).toEqual(expected);
  });
});

describe('a Deny that a request without the key meets reaches too far', () => {
  const onOtherTypes = (key: string, names: string, types: string) => [
    `denyWithoutKey: AWS authorizes ${names} also on a ${types}, where it never supplies ${key}, so the statement `
    + `denies every call of ${names}`,
  ];
  const optional = (operator: string, key: string, names: string) => [
    `denyWithoutKey: ${operator} is met by a request without ${key}, so the statement denies each call of ${names} `
    + 'that doesn\'t set it',
  ];
  const KMS_KEY = 'elasticache:KmsKeyId';

  test.each<[string, object, string, string[]]>([
    ['CreateCacheCluster CreateReplicationGroup', isNot(NODE_TYPE), '*', onOtherTypes(
      NODE_TYPE, 'CreateCacheCluster, CreateReplicationGroup', 'parameterGroup')],
    ['CreateReplicationGroup CreateServerlessCacheSnapshot', isNot(KMS_KEY), '*', onOtherTypes(
      KMS_KEY, 'CreateReplicationGroup, CreateServerlessCacheSnapshot', 'parameterGroup and a serverlessCache')],
    ['CreateCacheCluster', isNot(NODE_TYPE), 'cluster', []],
    ['CreateCacheCluster', isNot(NODE_TYPE), 'cluster parametergroup', onOtherTypes(
      NODE_TYPE, 'CreateCacheCluster', 'parameterGroup')],
    ['CreateCacheCluster', isNot('aws:RequestTag/team'), '*', []],
    ['CreateCacheCluster', is(NODE_TYPE), '*', []],
    ['CreateCache*', isNot(NODE_TYPE), 'cluster', []],
    ['ModifyCacheCluster', isNot(NODE_TYPE), '*', optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster')],
    ['ModifyCacheCluster CreateReplicationGroup', isNot(NODE_TYPE), '*', [
      ...onOtherTypes(NODE_TYPE, 'CreateReplicationGroup', 'parameterGroup'),
      ...optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster'),
    ]],
    ['ModifyCacheCluster', { Null: { [NODE_TYPE]: 'true' } }, '*', []],
    ['ModifyCacheCluster', isNot('aws:userid'), '*', []],
  ])('%s with %j on %s', (actions, condition, types, expected) => {
    expect(inDeny(actions, condition, types)).toEqual(expected);
  });

  const OTHER_KEY = { StringEquals: { 's3:prefix': 'a' } };
  const withTag = { StringNotEquals: { 'aws:RequestTag/team': 'a' } };
  test.each<[string, string, object, string[]]>([
    ['another condition requires the key', 'ModifyCacheCluster', {
      ...isNot(NODE_TYPE), Null: { [NODE_TYPE.toLowerCase()]: 'false' },
    }, []],
    ['another condition has the key, and doesn\'t require it', 'ModifyCacheCluster', {
      ...isNot(NODE_TYPE), StringNotLike: { [NODE_TYPE]: 'b' },
    }, [...optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster'),
      ...optional('StringNotLike', NODE_TYPE, 'ModifyCacheCluster')]],
    ['another condition is met by other requests', 'ModifyCacheCluster', {
      ...isNot(NODE_TYPE), ...is('aws:userid'),
    }, optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster')],
    ['another condition is never met', 'ModifyCacheCluster', {
      ...isNot(NODE_TYPE), Null: { 'elasticache:NumNodeGroups': 'false' },
    }, deniesNone('elasticache:NumNodeGroups', 'ModifyCacheCluster')],
    ['another condition is never met by some of them', 'ModifyCacheCluster ModifyReplicationGroup', {
      ...isNot(NODE_TYPE), Bool: { 'elasticache:TransitEncryptionEnabled': 'true' },
    }, [...optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster, ModifyReplicationGroup'),
      ...deniesSome('elasticache:TransitEncryptionEnabled', 'ModifyCacheCluster')]],
    ['a condition on a key of another service is never met', 'ModifyCacheCluster s3:GetObject', {
      ...isNot(NODE_TYPE), ...OTHER_KEY,
    }, []],
    ['one on a key of another service is met without it', 'ModifyCacheCluster s3:GetObject', {
      ...isNot(NODE_TYPE), StringEqualsIfExists: { 's3:prefix': 'a' },
    }, optional('StringNotEquals', NODE_TYPE, 'ModifyCacheCluster')],
    ['only requests with tags are meant', 'RemoveTagsFromResource', {
      ...withTag, Null: { 'aws:TagKeys': 'false' },
    }, []],
    ['no tags are required', 'RemoveTagsFromResource', withTag, deniesAll(
      'aws:RequestTag/team', 'RemoveTagsFromResource')],
    ['something else is required', 'RemoveTagsFromResource', { ...withTag, ...is('aws:userid') }, deniesAll(
      'aws:RequestTag/team', 'RemoveTagsFromResource')],
    ['tags are required for another key', 'ModifyCacheCluster', {
      ...isNot(NODE_TYPE), 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' },
    }, deniesNone('aws:TagKeys', 'ModifyCacheCluster')],
    ['tags are required, and the key is not one of a tag', 'RemoveTagsFromResource', {
      ...isNot(NODE_TYPE), 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' },
    }, deniesAll(NODE_TYPE, 'RemoveTagsFromResource')],
  ])('unless %s', (_, actions, condition, expected) => {
    expect(inDeny(actions, condition)).toEqual(expected);
  });
});

describe('a key of another service', () => {
  test.each(['dynamodb', 'ec2', 'es', 'iam', 'kms', 'lambda', 'logs', 'rds', 'redshift', 's3', 'sns', 'sqs', 'EC2'])(
    '%s is never supplied to an action of ElastiCache', (service) => {
      const said = `AWS never supplies ${service}:Vpc to an action of ElastiCache, so the`;
      expect(inAllow('ModifyUser', is(`${service}:Vpc`))).toEqual([
        `absentConditionKey: ${said} statement allows no call of the actions`,
      ]);
      expect(inAllow('ModifyUser', isIfExists(`${service}:Vpc`))).toEqual([
        `absentConditionKey: ${said} condition guards nothing`,
      ]);
      expect(inDeny('ModifyUser', is(`${service}:Vpc`))).toEqual([
        `emptyDeny: ${said} statement denies no call of the actions`,
      ]);
      expect(inDeny('ModifyUser', isNot(`${service}:Vpc`))).toEqual([
        `denyWithoutKey: ${said} statement denies every call of the actions`,
      ]);
    });

  test.each([
    ['is for the other service\'s actions in the statement', 'ModifyUser s3:GetObject', 's3:prefix'],
    ['may be one that a session has', 'ModifyUser', 'saml:aud'],
    ['may have such a name in it', 'ModifyUser', 'my-s3:prefix'],
  ])('%s', (_, actions, key) => {
    expect(inAllow(actions, is(key))).toEqual([]);
  });
});

describe('nothing is said of the conditions of a statement', () => {
  const WRONG = { StringEquals: { 'aws:Nonsense': 'a' } };

  test('but for one that is about ElastiCache', () => {
    expect(inAllow('ModifyUser', WRONG)).toEqual([
      expect.stringMatching(/^unknownConditionKey: "aws:Nonsense" is not/),
    ]);
  });

  test.each([
    ['that names no action of ElastiCache', 's3:GetObject', WRONG],
    ['on everything', '*', WRONG],
    ['whose actions don\'t exist', 'Frobnicate', WRONG],
    ['whose actions don\'t exist, with a key of another service', 'Frobnicate', is('s3:prefix')],
  ])('%s', (_, actions, condition) => {
    expect(inAllow(actions, condition)).toEqual([]);
  });
});

test.each<[string, string, string, boolean, boolean]>([
  // A type that AWS doesn't authorize the operation on says nothing.
  ['ModifyUser', 'cluster', NODE_TYPE, false, true],
  ['CreateCacheCluster', 'cluster', NODE_TYPE, false, true],
  ['CreateCacheCluster', 'subnetgroup', NODE_TYPE, false, false],
  // Of a connection, AWS lists the keys by the kind of cache, and the user may have them, too.
  ['Connect', 'serverlesscache', 'aws:SourceVpc', true, true],
  ['Connect', 'replicationgroup', 'aws:SourceVpc', true, false],
  ['Connect', 'user', 'aws:SourceVpc', true, true],
  ['Connect', 'user', 'aws:userid', true, false],
  ['CreateCacheCluster', 'parametergroup', 'aws:RequestTag/${TagKey}', false, false],
])('%s on a %s may have the key %s (of all services: %s): %s', (operation, type, catalogKey, global, expected) => {
  expect(entryOf(operation)).toBeDefined();
  expect(maySupply(operation, type, { catalogKey, global } as any)).toBe(expected);
});
