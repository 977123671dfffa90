import { Stack } from 'aws-cdk-lib';
import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../src';
import { messageOf, newStack } from '../harness';
import { restoreGrant, shards } from '../support/snapshots';

describe('toPolicyDocument', () => {
  const grantOf = (stack: Stack, count: number) => restoreGrant(stack, shards(count));

  test('refuses a policy that is too large, with its size and the limit', () => {
    expect(messageOf(() => grantOf(newStack(), 100).toPolicyDocument())).toBe(
      'Stack/Grant: the policy has 12,260 characters, white space not counted, and may have 6,144: use '
      + 'toManagedPolicies(), pass the limit that applies, or allow a prefix of the snapshots, with '
      + 'SnapshotSource.fromPrefix',
    );
  });

  test('accepts another limit, and puts all objects in one statement if they only fit that way', () => {
    const stack = newStack();
    const statements = (count: number, limit?: number) => stack.resolve(
      new ElastiCacheAccessGrant(stack, `Grant${count}`, {
        operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [shards(count)],
      }).toPolicyDocument(limit)).Statement;
    expect(statements(10)).toHaveLength(11);
    expect(statements(60)).toHaveLength(2);
    expect(statements(100, 32768)).toHaveLength(101);
  });
});
