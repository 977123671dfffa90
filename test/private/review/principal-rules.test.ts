import { findingsTogether } from '../../../src/private/review/principal-rules';
import { allow, arn, deny, reviewed } from '../../support/reviewed-statements';

/** What is said of the statements of one principal: the rule, the number of the statement, and the text. */
const found = (...statements: object[]) => (
  findingsTogether(reviewed(statements)).map(({ rule, statement, text }) => `${rule} ${statement.number}: ${text}`));
const options = (...statements: object[]) => findingsTogether(reviewed(statements)).map(({ option }) => option);

const CACHE = arn('serverlesscache:app');
const GROUP = arn('replicationgroup:app');
const CLUSTER = arn('cluster:app');
const USER = arn('user:app');
const REDIS = { StringEquals: { 'elasticache:EngineType': 'redis' } };
const NO_USER = 'missingResource 1: no statement allows Connect on a user, so its calls are denied';
const NO_EVENTS = 'missingResource 1: no statement allows DescribeEvents on "*", since AWS authorizes no such call on '
  + 'a type of resource, so its calls are denied';

describe('types that every call names, and that no statement has, are missing', () => {
  test.each<[string, object[], string[]]>([
    ['of one operation', [allow('Connect', CACHE)], [NO_USER]],
    ['with their alternatives', [allow('Connect', USER)],
      ['missingResource 1: no statement allows Connect on a replicationGroup or a serverlessCache, so its calls are '
        + 'denied']],
    ['all of them', [allow('Connect', CLUSTER)],
      ['missingResource 1: no statement allows Connect on a user and a replicationGroup or a serverlessCache, so its '
        + 'calls are denied']],
    ['of several operations, in one finding for what they have in common',
      [allow('ModifyUser DeleteUser Connect', CACHE)],
      ['missingResource 1: no statement allows ModifyUser, DeleteUser, Connect on a user, so their calls are denied']],
    ['of several operations, in a finding for each text', [allow('ModifyUser ModifyUserGroup', CACHE)], [
      'missingResource 1: no statement allows ModifyUser on a user, so its calls are denied',
      'missingResource 1: no statement allows ModifyUserGroup on a user and a userGroup, so its calls are denied',
    ]],
    ['in the first statement that names the operation', [
      allow('DescribeUsers', '*'), allow('Connect', CACHE), allow('Connect', GROUP),
    ], [NO_USER.replace('1', '2')]],
    ['in each statement', [allow('Connect', CACHE), allow('ModifyUserGroup', CACHE)], [
      NO_USER,
      'missingResource 2: no statement allows ModifyUserGroup on a user and a userGroup, so its calls are denied',
    ]],
    ['beside a Deny that has them', [allow('Connect', CACHE), deny('Connect', USER)], [NO_USER]],
    ['beside another operation that has them', [allow('Connect', CACHE), allow('ModifyUser', USER)], [NO_USER]],
    ['of an operation on no type', [allow('DescribeEvents', USER)], [NO_EVENTS]],
    ['of an operation on no type, with a condition', [allow('DescribeEvents', USER, REDIS)], [NO_EVENTS]],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });

  test.each<[string, object[]]>([
    ['with both types in one statement', [allow('Connect', [CACHE, USER])]],
    ['with a statement for each type', [allow('Connect', CACHE), allow('Connect', USER)]],
    ['with the rest allowed by a pattern', [allow('Connect', CACHE), allow('Con*', USER)]],
    ['with all but something allowed', [
      allow('Connect', CACHE), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    ]],
    ['on every resource', [allow('Connect', '*')]],
    ['on every resource, where there is no type', [allow('DescribeEvents', '*')]],
    ['on every resource but some', [{ Effect: 'Allow', Action: 'elasticache:DescribeEvents', NotResource: USER }]],
    ['on every resource, with a condition where there is no type', [allow('DescribeEvents', '*', REDIS)]],
    ['by a pattern, which is meant for what it fits', [allow('Conn*', CACHE)]],
    ['in a Deny', [deny('Connect', CACHE)]],
    ['with a wrong ARN of the type', [allow('Connect', [CACHE, arn('user/app')])]],
    ['with a wrong ARN whose type is not clear', [allow('Connect', [CACHE, 'app'])]],
  ])('nothing is missing %s', (_, statements) => {
    expect(found(...statements)).toEqual([]);
  });
});

describe('a condition on a key that AWS does not supply with a type leaves that type out', () => {
  const lacking = 'missingResource 1: no statement allows CreateCacheCluster on a parameterGroup';
  const absent = `${lacking} (AWS doesn't supply elasticache:EngineType with it, so the condition is never met there), `
    + 'so its calls are denied';

  test.each<[string, object[], string[]]>([
    ['on every resource', [allow('CreateCacheCluster', '*', REDIS)], [absent]],
    ['on the types themselves', [
      allow('CreateCacheCluster', [CLUSTER, arn('parametergroup:app')], REDIS),
    ], [absent]],
    ['on all but some resources', [
      { ...allow('CreateCacheCluster', '', REDIS), Resource: undefined, NotResource: USER },
    ], [absent]],
    ['beside a condition whose key AWS supplies with each type', [
      allow('CreateCacheCluster', '*', {
        StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'elasticache:EngineType': 'redis' },
      }),
    ], [absent]],
    ['in the second statement of two', [
      allow('CreateCacheCluster', CLUSTER), allow('CreateCacheCluster', '*', REDIS),
    ], [absent]],
    ['in another statement of other types only', [
      allow('CreateCacheCluster', CLUSTER), allow('CreateCacheCluster', CLUSTER, REDIS),
    ], [`${lacking}, so its calls are denied`]],
    ['in a statement of another operation only', [
      allow('CreateCacheCluster', CLUSTER), allow('CreateReplicationGroup', '*', REDIS),
      allow('CreateReplicationGroup', '*'),
    ], [`${lacking}, so its calls are denied`]],
    ['which requests without the key meet', [
      allow('CreateCacheCluster', '*', { StringEqualsIfExists: REDIS.StringEquals }),
    ], []],
    ['which another statement has without a condition', [
      allow('CreateCacheCluster', '*', REDIS), allow('CreateCacheCluster', arn('parametergroup:app')),
    ], []],
    ['which the operation never meets', [allow('RebootCacheCluster', '*', REDIS)], []],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });
});

describe('tags that a condition requires need AddTagsToResource', () => {
  const text = 'missingCompanion 1: the condition requires tags, and AWS denies CreateUser with tags unless '
    + 'elasticache:AddTagsToResource is allowed, too';
  const tagged = { StringEquals: { 'aws:RequestTag/team': 'a' } };

  test.each<[string, object[], string[]]>([
    ['with a value of a tag', [allow('CreateUser', '*', tagged)], [text]],
    ['with the keys of tags', [allow('CreateUser', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } })],
      [text]],
    ['in one statement of two', [allow('CreateUser', '*'), allow('CreateUser', '*', tagged)], [text.replace('1', '2')]],
    ['beside a Deny of it', [allow('CreateUser', '*', tagged), deny('AddTagsToResource', '*')], [text]],
    ['unless it is allowed', [allow('CreateUser', '*', tagged), allow('AddTagsToResource', '*')], []],
    ['unless a pattern allows it', [allow('CreateUser', '*', tagged), allow('Add*', '*')], []],
    ['unless all but something is allowed', [
      allow('CreateUser', '*', tagged), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    ], []],
    ['unless a request without tags meets the condition', [
      allow('CreateUser', '*', { StringNotEquals: tagged.StringEquals }),
    ], []],
    ['unless the condition is about the tags of a resource', [
      allow('CreateUser', '*', { StringEquals: { 'aws:ResourceTag/team': 'a' } }),
    ], []],
    ['unless the operation creates nothing', [allow('RemoveTagsFromResource', '*', tagged)], []],
    ['unless another operation has the condition', [allow('CreateUser', '*'), allow('CreateUserGroup', '*')], []],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });

  test('which an option of a grant brings', () => {
    expect(options(allow('CreateUser', '*', tagged))).toEqual(['tagOnCreate']);
  });
});

describe('a final snapshot needs the operation that takes it', () => {
  const final = (name = 'app-final') => arn(`snapshot:${name}`);
  const text = (operation: string, other = 'CreateSnapshot') => (
    `missingCompanion 1: ${operation} with a final snapshot also needs elasticache:${other}, which no statement `
    + 'allows');

  test.each<[string, object[], string[]]>([
    ['of a cluster', [allow('DeleteCacheCluster', [CLUSTER, final()])], [text('DeleteCacheCluster')]],
    ['of a replication group', [allow('DeleteReplicationGroup', [GROUP, final()])], [text('DeleteReplicationGroup')]],
    ['of a serverless cache', [
      allow('DeleteServerlessCache', [CACHE, arn('serverlesscachesnapshot:final-*')]),
    ], [text('DeleteServerlessCache', 'CreateServerlessCacheSnapshot')]],
    ['which the name of the statement says', [
      allow('DeleteCacheCluster', [CLUSTER, final('app')], undefined, 'DeleteWithFinalSnapshot'),
    ], [text('DeleteCacheCluster')]],
    ['of two deletes', [allow('DeleteCacheCluster DeleteReplicationGroup', [CLUSTER, GROUP, final()])],
      [text('DeleteCacheCluster'), text('DeleteReplicationGroup')]],
    ['beside an operation that has no use for a snapshot', [
      allow('DeleteCacheCluster RebootCacheCluster', [CLUSTER, final()]),
    ], [text('DeleteCacheCluster')]],
    ['unless only a wrong ARN says so', [
      allow('DeleteCacheCluster', [CLUSTER, final('app'), arn('user/final')]),
    ], []],
    ['unless it is allowed', [
      allow('DeleteCacheCluster', [CLUSTER, final()]), allow('CreateSnapshot', '*'),
    ], []],
    ['unless no name says that it is final', [allow('DeleteCacheCluster', [CLUSTER, final('app')])], []],
    ['unless the statement has no snapshot', [allow('DeleteCacheCluster', arn('cluster:final'))], []],
    ['unless the statement is on everything', [allow('DeleteCacheCluster', '*', undefined, 'Final')], []],
    ['unless another operation of the statement has a use for the snapshot', [
      allow('DeleteCacheCluster DeleteSnapshot', [CLUSTER, final()]),
    ], []],
    ['unless the operation takes none', [allow('ModifyCacheCluster', [CLUSTER, final()])], []],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });

  test('which an option of a grant brings', () => {
    expect(options(allow('DeleteCacheCluster', [CLUSTER, final()]))).toEqual(['finalSnapshot']);
  });
});

describe('an export needs the actions for its bucket', () => {
  const text = (operation: string, ...actions: string[]) => (
    `missingCompanion 1: ${operation} to a bucket also needs ${actions.map((one) => `s3:${one}`).join(', ')}, which no `
    + 'statement allows');
  const all = ['DeleteObject', 'GetBucketLocation', 'GetObject', 'ListAllMyBuckets', 'ListBucket', 'PutObject'];
  const rest = all.filter((one) => one !== 'PutObject');

  test.each<[string, object[], string[]]>([
    ['of a serverless cache', [allow('ExportServerlessCacheSnapshot', '*')],
      [text('ExportServerlessCacheSnapshot', ...all)]],
    ['by the name of the statement', [allow('CopySnapshot', '*', undefined, 'ExportToS3')],
      [text('CopySnapshot', ...all)]],
    ['by an action that writes to S3 in the same statement', [allow('CopySnapshot s3:PutObject', '*')],
      [text('CopySnapshot', ...rest)]],
    ['by a pattern that writes to S3, in any case', [allow('CopySnapshot S3:Put*', '*')],
      [text('CopySnapshot', ...rest)]],
    ['of both kinds in one statement', [
      allow('CopySnapshot ExportServerlessCacheSnapshot', '*', undefined, 'Export'),
    ], [text('CopySnapshot', ...all)]],
    ['beside actions that other statements have', [
      allow('ExportServerlessCacheSnapshot', '*'), allow('s3:GetObject s3:List*Bucket', '*'),
    ], [text('ExportServerlessCacheSnapshot', ...all.filter((one) => !['GetObject', 'ListBucket'].includes(one)))]],
    ['unless all buckets may be listed, whatever else is missing', [
      allow('ExportServerlessCacheSnapshot', '*'), allow('s3:ListAllMyBuckets', '*'),
    ], []],
    ['unless everything is allowed', [allow('ExportServerlessCacheSnapshot', '*'), allow('s3:*', '*')], []],
    ['unless a copy stays in ElastiCache', [allow('CopySnapshot', '*', undefined, 'CopySnapshots')], []],
    ['unless the statement has no name', [allow('CopySnapshot', '*')], []],
    ['unless the statement reads from S3 only', [allow('CopySnapshot s3:GetObject', '*')], []],
    ['unless the statement is about other services, too', [allow('CopySnapshot s3:PutObject ec2:DescribeVpcs', '*')],
      []],
    ['unless the statement is of another operation', [allow('DescribeSnapshots', '*', undefined, 'Export')], []],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });

  test('which an option of a grant brings', () => {
    expect(options(allow('ExportServerlessCacheSnapshot', '*'))).toEqual(['exportBuckets']);
  });
});

describe('a restore from S3 needs to read the objects', () => {
  const text = 'missingCompanion 1: CREATE_CACHE_CLUSTER from snapshots in S3 needs s3:GetObject on each, which no '
    + 'statement allows';
  const objects = 'arn:aws:s3:::backups/app.rdb';

  test.each<[string, object[], string[]]>([
    ['where another action is allowed on a snapshot', [
      allow('CreateCacheCluster', '*'), allow('s3:GetObjectAcl', ['arn:aws:s3:::backups', objects]),
    ], [text]],
    ['where an action of any case is one of several', [
      allow('CreateCacheCluster', '*'), allow('ec2:DescribeVpcs S3:GetObjectAcl', objects),
    ], [text]],
    ['unless it is allowed', [allow('CreateCacheCluster', '*'), allow('s3:Get*', objects)], []],
    ['unless the objects are no snapshots', [
      allow('CreateCacheCluster', '*'), allow('s3:GetObjectAcl', 'arn:aws:s3:::backups/app.rdb/log'),
    ], []],
    ['unless a statement has no resources', [
      allow('CreateCacheCluster', '*'), { Effect: 'Allow', Action: 's3:GetObjectAcl', NotResource: objects },
    ], []],
    ['unless no action is of S3', [allow('CreateCacheCluster', '*'), allow('kms:Decrypt', objects)], []],
    ['unless the operation takes none', [allow('ModifyCacheCluster', '*'), allow('s3:GetObjectAcl', objects)], []],
  ])('%s', (_, statements, expected) => {
    expect(found(...statements)).toEqual(expected);
  });

  test('which an option of a grant brings', () => {
    expect(options(allow('CreateCacheCluster', '*'), allow('s3:GetObjectAcl', objects))).toEqual(['snapshots']);
  });
});
