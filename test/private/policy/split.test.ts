import { CfnParameter } from 'aws-cdk-lib';
import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { Document } from '../../../src/private/model';
import { documentSize } from '../../../src/private/policy/size';
import { fitInOneDocument, splitIntoDocuments } from '../../../src/private/policy/split';
import { mergeResources } from '../../../src/private/policy/statements';
import { conditionsOf, messageOf, MINIMIZE, newStack, runs, warningsOf } from '../../harness';
import { PLAIN_OPERATIONS } from '../../support/operations';
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
    fc.subarray(PLAIN_OPERATIONS.filter((one) => one.operationName !== 'Connect'), { minLength: 1 }),
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

describe('splitIntoDocuments', () => {
  // The size that IAM counts, of text without anything that the deployment fills in.
  const ofText = Object.assign((value: unknown) => JSON.stringify(value).length, { unboundedIn: () => [] });
  const statement: fc.Arbitrary<Document[number]> = fc.record({
    actions: fc.uniqueArray(fc.constantFrom('s3:GetObject', 's3:PutObject', 'elasticache:Connect'), { minLength: 1 }),
    resources: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', 'b', 'c') }), {
      minLength: 1, maxLength: 12,
    }),
    conditions: fc.constantFrom(undefined, { Bool: { 'aws:SecureTransport': 'true' } }),
  });
  const statements = fc.array(statement, { minLength: 1, maxLength: 8 });
  const limits = fc.integer({ min: 100, max: 900 });
  const sizeOfAll = (document: Document) => documentSize(document, ofText);
  const pairsOf = (document: Document) => document.flatMap(({ actions, resources, conditions }) => (
    resources.map((resource) => JSON.stringify([actions, resource, conditions])))).sort();

  test('measures documents as JSON does', () => {
    fc.assert(fc.property(statements, (all) => {
      const one = <T>(list: T[]) => (list.length === 1 ? list[0] : list);
      expect(sizeOfAll(all)).toBe(JSON.stringify({
        Version: '2012-10-17',
        Statement: all.map(({ actions, resources, conditions }) => ({
          Effect: 'Allow', Action: one(actions), Resource: one(resources), Condition: conditions,
        })),
      }).length);
    }), runs(100));
  });

  // Red if a document is over the limit, if something is lost, or if a document ends before it is full.
  test('fills each document up to its limit, in order, and never divides the actions on a resource', () => {
    fc.assert(fc.property(statements, limits, fc.option(limits, { nil: undefined }), (all, limit, firstLimit) => {
      const documents = splitIntoDocuments(all, limit, ofText, firstLimit);
      const limitOf = (index: number) => (index === 0 ? firstLimit ?? limit : limit);
      const whole = sizeOfAll(all) <= limitOf(0);
      const merged = whole ? all : mergeResources(all);
      expect(pairsOf(documents.flat())).toEqual(pairsOf(merged));
      documents.forEach((document, index) => {
        const isOnePair = pairsOf(document).length === 1;
        expect(sizeOfAll(document) <= limitOf(index) || (isOnePair && (index > 0 || firstLimit === undefined)))
          .toBe(true);
        const next = documents[index + 1]?.[0];
        if (!next) { return; }
        const first = { ...next, resources: next.resources.slice(0, 1) };
        const last = document[document.length - 1];
        const isSame = last && JSON.stringify([last.actions, last.conditions])
          === JSON.stringify([first.actions, first.conditions]);
        const more = isSame
          ? [...document.slice(0, -1), { ...last, resources: [...last.resources, ...first.resources] }]
          : [...document, first];
        expect(sizeOfAll(more)).toBeGreaterThan(limitOf(index));
      });
    }), runs(300));
  });

  test('fits one document exactly at its limit, and not below', () => {
    fc.assert(fc.property(statements, (all) => {
      const size = sizeOfAll(all);
      expect(fitInOneDocument(all, size, ofText)).toEqual(all);
      const smaller = fitInOneDocument(all, size - 1, ofText);
      expect(smaller === undefined || sizeOfAll(smaller) < size).toBe(true);
    }), runs(100));
  });
});
