import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource, SnapshotSource } from '../../src';
import { messageOf, newStack } from '../harness';

const names = (count: number) => Array.from({ length: count }, (_, index) => `application-with-a-long-name-${index}`);

test('a grant without snapshots that is too large is not told to allow a prefix of them', () => {
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.MODIFY_USER],
    resources: names(100).map((name) => ElastiCacheResource.user(name)),
  });
  expect(messageOf(() => grant.toPolicyDocument()).replace(/has [\d,]+/, 'has N')).toBe(
    'Stack/Grant: the policy has N characters, white space not counted, and may have 6,144: use toManagedPolicies(), '
    + 'pass the limit that applies, or make a grant for each set of operations or resources, to a principal of its '
    + 'own');
});

test('a grant with snapshots that is too large is', () => {
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
    snapshots: [SnapshotSource.fromBucketName('my-snapshots', names(150))],
  });
  expect(messageOf(() => grant.toPolicyDocument()).replace(/has [\d,]+/, 'has N')).toBe(
    'Stack/Grant: the policy has N characters, white space not counted, and may have 6,144: use toManagedPolicies(), '
    + 'pass the limit that applies, or allow a prefix of the snapshots, with SnapshotSource.fromPrefix');
});
