import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ServerlessCacheGrants } from '../../src';
import { newRole, newStack, warningsOf } from '../harness';
import { ENV, iamUser, serverlessCache } from '../support/caches';

function connected(props: Partial<elasticache.CfnServerlessCacheProps>): string[] {
  const stack = newStack({ env: ENV });
  const user = iamUser(stack);
  new elasticache.CfnUserGroup(stack, 'Team', { engine: 'valkey', userGroupId: 'team', userIds: [user.ref] });
  new elasticache.CfnUserGroup(stack, 'Others', { engine: 'valkey', userGroupId: 'others', userIds: ['x'] });
  const cache = serverlessCache(stack, { userGroupId: 'team', ...props });
  ServerlessCacheGrants.fromServerlessCache(cache).connect(newRole(stack), user);
  return warningsOf(stack);
}
const ACK = (id: string) => `or acknowledge this warning [ack: cdk-elasticache-grants:connect.${id}]`;

test.each<[string, Partial<elasticache.CfnServerlessCacheProps>]>([
  ['its defaults', {}],
  ['version 7 of Redis OSS', { engine: 'redis', majorEngineVersion: '7' }],
  ['version 7 of Valkey', { majorEngineVersion: '7' }],
])('a serverless cache with %s has no warning, and always TLS', (_, props) => {
  expect(connected(props)).toEqual([]);
});

test.each<[Partial<elasticache.CfnServerlessCacheProps>, string]>([
  [{ userGroupId: undefined }, 'UserGroupId is not set, and without a user group nobody authenticates with IAM: set it '
    + `to a user group that has the user Stack/User, ${ACK('userGroup')}`],
  [{ userGroupId: 'others' }, 'no user group of the cache has the user Stack/User: add it to the UserIds of '
    + `Stack/Others, ${ACK('userGroup')}`],
  [{ engine: 'redis', majorEngineVersion: '6' }, 'MajorEngineVersion is "6", which has no IAM authentication: use '
    + `redis 7.0, or a later version, ${ACK('engineVersion')}`],
  [{ serverlessCacheName: 'Orders' }, 'ServerlessCacheGrants: the resource is named "Orders", but ElastiCache keeps '
    + 'names in lower case, and IAM regards case: name it "orders", or acknowledge this warning if its Ref gives that '
    + '[ack: cdk-elasticache-grants:capitalsInName]'],
])('%p has a warning', (props, warning) => {
  expect(connected(props)).toEqual([warning]);
});
