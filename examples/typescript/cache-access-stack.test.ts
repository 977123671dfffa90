import * as assert from 'node:assert';
import { test } from 'node:test';
import { App, Stack } from 'aws-cdk-lib';
import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource } from 'cdk-elasticache-grants';
import { CacheAccessStack } from './cache-access-stack';

test('permissions say what is needed, and why', () => {
  const { permissions } = new CacheAccessStack(new App(), 'CacheAccess').restoreAccess;

  assert.deepStrictEqual(permissions.map(({ action }) => action), [
    'elasticache:CreateReplicationGroup',
    's3:GetObject',
    's3:GetObject',
    'elasticache:DescribeReplicationGroups',
  ]);
  assert.strictEqual(permissions[1].reason, 'reads this member of SnapshotArns');
});

test('mistakes are errors', () => {
  const stack = new Stack(new App(), 'Stack');

  assert.throws(() => new ElastiCacheAccessGrant(stack, 'Connect', {
    operations: [ElastiCacheOperation.CONNECT],
    resources: [ElastiCacheResource.user('application')],
  }), {
    message: 'Stack/Connect: CONNECT also needs a replicationGroup or a serverlessCache: '
      + "add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')",
  });
});
