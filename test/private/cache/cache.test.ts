import { CfnParameter, CfnResource, Fn, Lazy, Resource } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { cacheOf, literalOf } from '../../../src/private/cache/cache';
import { companionsOf } from '../../../src/private/cache/companions';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { propertyOf } from '../../../src/private/util/properties';
import { newStack } from '../../harness';
import { Around, ENV, replicationGroup, serverlessCache } from '../../support/caches';

describe('a cache', () => {
  test('that is in the app has its own account and Region, and its template', () => {
    const stack = newStack({ env: ENV });
    const construct = replicationGroup(stack);
    expect(cacheOf('replicationgroup', construct)).toEqual({
      type: 'replicationgroup',
      facade: 'ReplicationGroupGrants',
      construct,
      name: construct.ref,
      env: ENV,
      template: construct,
    });
  });

  test('that is imported has no template', () => {
    const stack = newStack({ env: ENV });
    const construct = new Around(stack, 'Imported', () => ({ serverlessCacheRef: { serverlessCacheName: 'orders' } }), {
      account: '444455556666', region: 'eu-west-2',
    });
    expect(cacheOf('serverlesscache', construct)).toMatchObject({
      name: 'orders', env: { account: '444455556666', region: 'eu-west-2' }, template: undefined,
    });
  });

  test('around a resource of another type has no template', () => {
    const stack = newStack();
    const construct = new Around(stack, 'L2', (self) => {
      new CfnResource(self as Resource, 'Resource', { type: 'AWS::ElastiCache::User' });
      return { replicationGroupRef: { replicationGroupId: 'orders' } };
    });
    expect(cacheOf('replicationgroup', construct).template).toBeUndefined();
  });
});

describe('a property', () => {
  const user = () => new elasticache.CfnUser(newStack(), 'User', {
    engine: 'valkey', userId: 'app', userName: 'app', authenticationMode: { Type: 'password', Passwords: ['x'] },
  });

  test('is that of the construct', () => {
    expect(propertyOf(user(), 'UserId')).toBe('app');
    expect(propertyOf(user(), 'Nothing')).toBeUndefined();
    const properties = { UserId: 'x' };
    const untyped = new CfnResource(newStack(), 'User', { type: 'AWS::ElastiCache::User', properties });
    expect(propertyOf(untyped, 'UserId')).toBe('x');
    untyped.addPropertyDeletionOverride('UserId');
    expect(propertyOf(untyped, 'UserId')).toBeUndefined();
  });

  test('is what an override has set, added to an object', () => {
    const one = user();
    one.addPropertyOverride('UserId', 'other');
    one.addPropertyOverride('AuthenticationMode.Type', 'iam');
    one.addPropertyDeletionOverride('UserName');
    expect(propertyOf(one, 'UserId')).toBe('other');
    expect(propertyOf(one, 'AuthenticationMode')).toEqual({ Type: 'iam', Passwords: ['x'] });
    expect(propertyOf(one, 'UserName')).toBeUndefined();
  });

  test('has a text unless that is known at deployment', () => {
    expect([literalOf('x'), literalOf(''), literalOf(Fn.importValue('x')), literalOf(5), literalOf(undefined)])
      .toEqual(['x', '', undefined, undefined, undefined]);
  });
});

test('what a cache names has its origin, and its resource where that is known', () => {
  const stack = newStack({ env: ENV });
  const parameter = new CfnParameter(stack, 'Groups', { type: 'CommaDelimitedList' });
  const cache = cacheOf('replicationgroup', replicationGroup(stack, {
    cacheParameterGroupName: 'params',
    userGroupIds: parameter.valueAsList,
    snapshotName: Lazy.string({ produce: () => 'start' }),
  }));
  const found = companionsOf(cache).map(({ types, origin, resource }) => (
    [types, origin, stack.resolve(resource?._locate(stack, new Diagnostics())?.arn)]));
  const arn = (...rest: unknown[]) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...rest]],
  });
  expect(found).toEqual([
    [['cluster'], 'a node of the replication group', arn(
      ':elasticache:eu-west-1:111122223333:cluster:', { Ref: 'Cache' }, '-???')],
    [['cluster'], 'a node of the replication group', arn(
      ':elasticache:eu-west-1:111122223333:cluster:', { Ref: 'Cache' }, '-????-???')],
    [['parametergroup'], 'CacheParameterGroupName of the cache', arn(
      ':elasticache:eu-west-1:111122223333:parametergroup:params')],
    [['snapshot'], 'SnapshotName of the cache', arn(':elasticache:eu-west-1:111122223333:snapshot:start')],
    [['usergroup'], 'UserGroupIds of the cache', undefined],
  ]);
});

test('a snapshot of the app is known by its attribute', () => {
  const stack = newStack({ env: ENV });
  const snapshot = new CfnResource(stack, 'Start', { type: 'AWS::ElastiCache::ServerlessCacheSnapshot' });
  const [companion] = companionsOf(cacheOf('serverlesscache', serverlessCache(stack, {
    snapshotArnsToRestore: [snapshot.getAtt('Arn').toString()],
  })));
  expect(companion.types).toEqual(['serverlesscachesnapshot']);
  expect(stack.resolve(companion.resource!._locate(stack, new Diagnostics())!.arn)).toEqual({
    'Fn::GetAtt': ['Start', 'Arn'],
  });
});
