import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotBucketGrants, SnapshotSource } from '../../src';
import { allow, MINIMIZE, newRole, newStack, policyStatements, warningsOf } from '../harness';
import { bucketStatements, importing, inBucket, l2Bucket } from '../support/bucket-policies';

describe.each([false, true])('both policies of a restore, with minimizePolicies %s', (minimize) => {
  test('the bucket policy and the caller\'s permissions are deployed before the cache', () => {
    const stack = newStack({ context: { [MINIMIZE]: minimize } });
    const bucket = l2Bucket(stack);
    const keys = ['nightly/0001.rdb', 'nightly/0002.rdb'];
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', {
      replicationGroupDescription: 'restored', snapshotArns: keys.map((key) => bucket.arnForObjects(key)),
    });
    new ElastiCacheAccessGrant(stack, 'Restore', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromBucket(bucket, keys)],
    }).toRole(newRole(stack)).applyBefore(cache);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keys).applyBefore(cache);

    const objects = keys.map(inBucket);
    expect(bucketStatements(stack)).toEqual(importing(objects));
    expect(policyStatements(stack)).toEqual([
      allow('elasticache:CreateReplicationGroup', '*'),
      ...minimize ? [allow('s3:GetObject', objects)] : objects.map((object) => allow('s3:GetObject', object)),
    ]);
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual([
      'L2PolicyB2D547E3', 'RoleDefaultPolicy5FFB7DAB',
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });
});
