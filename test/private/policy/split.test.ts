import { CfnParameter } from 'aws-cdk-lib';
import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { conditionsOf, messageOf, MINIMIZE, newStack, runs, warningsOf } from '../../harness';
import { managedDocuments, objectsIn, sizeOf, withLongestNames } from '../../support/policies';
import { BUCKETS, restoreGrant, shardKeys, shards } from '../../support/snapshots';

describe.each(BUCKETS)('toManagedPolicies of a grant on %s', (_, bucket, bucketName) => {
  test.each([false, true])('divides 500 objects among as few policies as possible, minimizePolicies %s', (minimize) => {
    const stack = newStack({ context: { [MINIMIZE]: minimize } });
    const keys = shardKeys(500);
    const policies = restoreGrant(stack, bucket(stack, keys)).toManagedPolicies();
    const documents = managedDocuments(stack, bucketName);
    const objects = objectsIn(documents);
    expect(objects.sort()).toEqual(keys.map((key) => `arn:aws-us-gov:s3:::${bucketName}/${key}`));

    const [others] = documents[0].Statement;
    expect(others).toEqual({
      Effect: 'Allow',
      Action: ['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'],
      Resource: '*',
    });
    expect(Math.max(...documents.map(sizeOf))).toBeLessThanOrEqual(6144);
    const asOne = sizeOf({
      Version: '2012-10-17', Statement: [others, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects }],
    });
    const lowerBound = Math.ceil(asOne / 6144);
    expect(documents.length).toBeLessThanOrEqual(lowerBound <= 10 ? Math.min(lowerBound + 1, 10) : lowerBound + 1);
    expect(policies).toHaveLength(documents.length);
  });
});

describe('an added object', () => {
  const documentsOf = (keys: string[]) => {
    const stack = newStack();
    restoreGrant(stack, SnapshotSource.fromBucketName('my-snapshots', keys)).toManagedPolicies();
    return managedDocuments(stack);
  };

  test('changes the last managed policy alone, if its key is the last', () => {
    const before = documentsOf(shardKeys(300));
    const after = documentsOf(shardKeys(301));
    expect(before.length).toBeGreaterThan(2);
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });
});

test('a policy that takes more than 25 managed policies is refused', () => {
  const stack = newStack();
  const source = shards(2500);
  expect(messageOf(() => restoreGrant(stack, source).toManagedPolicies())).toMatch(new RegExp(
    '^Stack/Grant: the policy has [\\d,]+ characters, white space not counted, and needs \\d\\d managed policies, '
    + 'and no principal may have more than 25: allow a prefix of the snapshots, with SnapshotSource.fromPrefix, '
    + 'or make '
    + 'a grant for each set of shards, to a principal of its own$',
  ));
});

test('conditions that are too long for any policy are refused', () => {
  const values = Array.from({ length: 200 }, (_, index) => `arn:aws:iam::111122223333:role/role-${index}`);
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.TEST_FAILOVER],
    conditions: [ElastiCacheCondition.of('ArnLike', 'aws:PrincipalArn', values)],
  });
  expect(messageOf(() => grant.toManagedPolicies())).toBe(
    'Stack/Grant: the policy has 8,445 characters, white space not counted, and its actions on one resource, with '
    + 'their conditions, have more than the 6,144 of a managed policy: make several grants, each with some of the '
    + 'operations or of the values of conditions',
  );
});

test('conditions that are too long for some of the policies are refused', () => {
  const values = Array.from({ length: 200 }, (_, index) => `a-value-of-many-that-are-allowed-${index}`);
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
    conditions: [ElastiCacheCondition.of('StringEquals', 'elasticache:Durability', values)],
  });
  expect(messageOf(() => grant.toManagedPolicies())).toContain(
    'and its actions on one resource, with their conditions, have more than the 6,144',
  );
});

test('a policy that takes more than 10 managed policies has a warning about the quota', () => {
  const stack = newStack();
  restoreGrant(stack, shards(900)).toManagedPolicies();
  expect(warningsOf(stack)).toEqual([expect.stringMatching(
    new RegExp('needs 1\\d managed policies: unless AWS raised its quota, a role may have 20 \\(25 at most\\) and a '
    + 'user 10 '
      + '\\(20 at most\\); a group may have 10 \\[ack: cdk-elasticache-grants:managedPolicyQuota\\]$'),
  )]);
});

test('the managed policies of any grant keep to their limit, and allow exactly the permissions', () => {
  fc.assert(fc.property(
    // A request to connect has no aws:PrincipalArn.
    fc.subarray(ElastiCacheOperation.all().filter((one) => one.operationName !== 'Connect'), { minLength: 1 }),
    fc.integer({ min: 0, max: 200 }),
    fc.boolean(),
    fc.boolean(),
    (operations, count, token, conditioned) => {
      const stack = newStack();
      const bucket = token ? new CfnParameter(stack, 'Name').valueAsString : 'my-snapshots';
      const grant = new ElastiCacheAccessGrant(stack, 'Grant', {
        operations: [...operations, ElastiCacheOperation.CREATE_CACHE_CLUSTER],
        snapshots: count > 0 ? [SnapshotSource.fromBucketName(bucket, shardKeys(count))] : [],
        conditions: conditioned
          ? [ElastiCacheCondition.of('StringLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*'])]
          : [],
      });
      const documents = grant.toManagedPolicies().map(({ document }) => stack.resolve(document));
      const pairs = documents.flatMap(({ Statement }) => Statement).flatMap(({ Action, Resource, ...rest }: any) => (
        [Action].flat().flatMap((action) => (
          [Resource].flat().map((resource) => JSON.stringify([action, resource, conditionsOf(rest)]))
        ))));
      expect(Math.max(...documents.map((document) => sizeOf(withLongestNames(document, 'b'.repeat(63))))))
        .toBeLessThanOrEqual(6144);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(new Set(pairs))
        .toEqual(new Set(stack.resolve(grant.permissions).map(({ action, resource, conditions }: any) => (
          JSON.stringify([action, resource, conditions])))));
    }), runs(100));
});
