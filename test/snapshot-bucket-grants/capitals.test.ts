import { Fn } from 'aws-cdk-lib';
import { SnapshotBucketGrants } from '../../src';
import { newStack, warningsOf } from '../harness';
import { l2Bucket } from '../support/bucket-policies';

/** The warnings of a use of a bucket. */
function warningsFor(use: (grants: SnapshotBucketGrants) => void): string[] {
  const stack = newStack();
  use(SnapshotBucketGrants.fromBucket(l2Bucket(stack)));
  return warningsOf(stack);
}

test('exports under a prefix with capitals have a warning, with the prefix in lower case', () => {
  expect(warningsFor((grants) => grants.exportSnapshots('Sessions-'))).toEqual([
    'SnapshotBucketGrants.exportSnapshots: prefix "Sessions-" has capitals, and ElastiCache keeps the names of '
    + 'snapshots, with which exported keys begin, in lower case: pass "sessions-", or acknowledge this warning if your '
    + 'exported objects have such keys [ack: cdk-elasticache-grants:capitalsInPrefix]',
  ]);
});

test('the known part of a prefix is regarded, too', () => {
  expect(warningsFor((grants) => grants.exportSnapshots(`Sessions-${Fn.importValue('Team')}`))
    .filter((text) => text.includes('has capitals'))).toHaveLength(1);
});

test.each<[string, (grants: SnapshotBucketGrants) => void]>([
  ['exports under a prefix in lower case', (grants) => grants.exportSnapshots('sessions-')],
  ['exports under no prefix', (grants) => grants.exportSnapshots()],
  ['imports under a prefix with capitals', (grants) => grants.importSnapshotsUnder('Nightly/')],
  ['imports of keys with capitals', (grants) => grants.importSnapshots(['Nightly/A.rdb'])],
])('%s have no warning', (_, use) => {
  expect(warningsFor(use)).toEqual([]);
});
