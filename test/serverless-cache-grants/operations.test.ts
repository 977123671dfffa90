import { Fn, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheOperation, ElastiCacheResource, ServerlessCacheGrants } from '../../src';
import { allow, messageOf, newRole, newStack, policyStatements } from '../harness';
import { arnOf, ENV, here, MISSING, outcomes, serverlessCache, UNLIMITED } from '../support/caches';

const { CREATE_SERVERLESS_CACHE, CREATE_SERVERLESS_CACHE_SNAPSHOT } = ElastiCacheOperation;

test('each operation is allowed on the cache and what it names, or an error says what is missing', () => {
  const { allowed, errors } = outcomes((stack) => ServerlessCacheGrants.fromServerlessCache(serverlessCache(stack, {
    userGroupId: 'team', snapshotArnsToRestore: [here('serverlesscachesnapshot', 'start')],
  })));
  expect(allowed).toEqual({
    ...UNLIMITED,
    AddTagsToResource: ['serverlesscache'],
    CreateServerlessCache: ['serverlesscache', 'serverlesscachesnapshot', 'usergroup'],
    DeleteServerlessCache: ['serverlesscache'],
    DeleteUserGroup: ['usergroup'],
    DescribeServerlessCacheSnapshots: ['serverlesscache', 'serverlesscachesnapshot'],
    DescribeServerlessCaches: ['serverlesscache'],
    DescribeUserGroups: ['usergroup'],
    ListTagsForResource: ['serverlesscache', 'serverlesscachesnapshot', 'usergroup'],
    ModifyServerlessCache: ['serverlesscache', 'usergroup'],
    RemoveTagsFromResource: ['serverlesscache'],
  });
  errors.forEach((error) => expect(error).toMatch(MISSING));
});

const own = arnOf('serverlesscache', { Ref: 'Cache' });

/** The statements of a grant to create a cache from snapshots. */
function created(snapshots: (stack: Stack) => string[], ...more: ElastiCacheResource[]) {
  const stack = newStack({ env: ENV });
  const cache = serverlessCache(stack, { snapshotArnsToRestore: snapshots(stack) });
  ServerlessCacheGrants.fromServerlessCache(cache).operations(newRole(stack), [CREATE_SERVERLESS_CACHE], more);
  return policyStatements(stack);
}

describe('the snapshots that the cache is created from', () => {
  test('are of serverless caches and of others', () => {
    expect(created(() => [here('serverlesscachesnapshot', 'first'), here('snapshot', 'second')])).toEqual([
      allow('elasticache:CreateServerlessCache', [
        here('serverlesscachesnapshot', 'first'), here('snapshot', 'second'), own,
      ]),
    ]);
  });

  test('have the Region and the account of the deployment', () => {
    expect(created((stack) => [`arn:aws:elasticache:${stack.region}:${new Stack().account}:snapshot:x`])).toEqual([
      allow('elasticache:CreateServerlessCache', [
        { 'Fn::Join': ['', ['arn:aws:elasticache:eu-west-1:', { Ref: 'AWS::AccountId' }, ':snapshot:x']] }, own,
      ]),
    ]);
  });

  test('in S3 are none of ElastiCache', () => {
    const fromBucket = (stack: Stack) => [
      'arn:aws:s3:::seeds/a.rdb', s3.Bucket.fromBucketName(stack, 'Imported', 'seeds').arnForObjects('b.rdb'),
      new s3.Bucket(stack, 'Bucket').arnForObjects('c.rdb'),
    ];
    expect(created(fromBucket)).toEqual([allow('elasticache:CreateServerlessCache', own)]);
  });

  test('are an error where only the deployment knows them', () => {
    const unknown = () => [Fn.importValue('Snapshot')];
    const message = 'Stack/Cache: SnapshotArnsToRestore of the cache is only known at deployment, so '
      + 'CREATE_SERVERLESS_CACHE also needs a serverlessCacheSnapshot or a snapshot: add '
      + "ElastiCacheResource.serverlessCacheSnapshot('…') or ElastiCacheResource.snapshot('…') to resources";
    expect(messageOf(() => created(unknown))).toBe(message);
    expect(created(unknown, ElastiCacheResource.snapshot('x'))).toEqual([
      allow('elasticache:CreateServerlessCache', [own, arnOf('snapshot', 'x')]),
    ]);
  });
});

test('a snapshot that is taken has a name of its own', () => {
  const stack = newStack({ env: ENV });
  const cache = serverlessCache(stack, { snapshotArnsToRestore: [here('serverlesscachesnapshot', 'start')] });
  ServerlessCacheGrants.fromServerlessCache(cache).operations(
    newRole(stack), [CREATE_SERVERLESS_CACHE_SNAPSHOT], [ElastiCacheResource.serverlessCacheSnapshot('weekly')]);
  expect(policyStatements(stack)).toEqual([
    allow('elasticache:CreateServerlessCacheSnapshot', [own, arnOf('serverlesscachesnapshot', 'weekly')]),
  ]);
});
