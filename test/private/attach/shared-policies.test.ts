import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { newRole, newStack, runs } from '../../harness';
import { objectsIn, policiesIn, sizeOf, withLongestNames } from '../../support/policies';
import { shardKeys } from '../../support/snapshots';

const grantOf = (stack: Stack, id: string, bucketName: string, count: number) => new ElastiCacheAccessGrant(stack, id, {
  operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
  snapshots: [SnapshotSource.fromBucketName(bucketName, shardKeys(count))],
});

const fullUser = (stack: Stack) => {
  const user = new iam.User(stack, 'User');
  user.addToPolicy(
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::b/${'k'.repeat(1900)}`] }));
  return user;
};

const managedIn = (stack: Stack) => [...policiesIn(stack)].filter(([, { type }]) => type === 'AWS::IAM::ManagedPolicy');

test('twenty small grants on a full user share a managed policy, each statement once', () => {
  const stack = newStack();
  const user = fullUser(stack);
  Array.from({ length: 20 }, (_, index) => grantOf(stack, `Grant${index}`, `bucket-${index}`, 1).toUser(user));
  const managed = managedIn(stack);
  expect(managed.map(([id]) => id)).toEqual(['UserElastiCacheAccess117327251']);
  const { Statement } = managed[0][1].document;
  expect(Statement.filter(({ Action }: any) => Action === 'elasticache:CreateReplicationGroup')).toHaveLength(1);
  expect(Statement).toHaveLength(21);
});

test('the grants of a full user fill one managed policy before the next', () => {
  const stack = newStack();
  const user = fullUser(stack);
  Array.from({ length: 12 }, (_, index) => grantOf(stack, `Grant${index}`, `bucket-${index}`, 10).toUser(user));
  const sizes = managedIn(stack).map(([, { document }]) => sizeOf(withLongestNames(document, 'b')));
  expect(sizes.length).toBe(3);
  expect(Math.min(sizes[0], sizes[1])).toBeGreaterThan(6144 - 200);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
});

test('a grant waits for each policy that has a part of it, one that another grant made included', () => {
  const stack = newStack();
  const user = fullUser(stack);
  Array.from({ length: 5 }, (_, index) => grantOf(stack, `Grant${index}`, `bucket-${index}`, 10).toUser(user));
  const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
  grantOf(stack, 'Last', 'bucket-last', 10).toUser(user).applyBefore(cache);
  const dependsOn: string[] = Template.fromStack(stack).toJSON().Resources.Cache.DependsOn;
  const holding = managedIn(stack).filter(([, { document }]) => (
    /bucket-last|CreateReplicationGroup/.test(JSON.stringify(document)))).map(([id]) => id);
  expect(dependsOn).toEqual(expect.arrayContaining(holding));
  expect(holding.length).toBe(2);
});

test('a grant without anything new waits for what another grant added', () => {
  const stack = newStack();
  const role = newRole(stack);
  const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
  grantOf(stack, 'One', 'my-snapshots', 2).toRole(role);
  grantOf(stack, 'Two', 'my-snapshots', 2).toRole(role).applyBefore(cache);
  expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual(['RoleDefaultPolicy5FFB7DAB']);
});

test('the logical IDs of managed policies stay the same where the first grant is removed', () => {
  const idsOf = (grants: string[]) => {
    const stack = newStack();
    const user = fullUser(stack);
    grants.forEach((id) => grantOf(stack, id, `bucket-${id.toLowerCase()}`, 10).toUser(user));
    return managedIn(stack).map(([id]) => id);
  };
  expect(idsOf(['B', 'C'])).toEqual(idsOf(['A', 'B', 'C']));
});

test('a managed policy of somebody else is not filled, whatever its ID', () => {
  const stack = newStack();
  const user = fullUser(stack);
  const document = iam.PolicyDocument.fromJson({ Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: '*' }] });
  const theirs = new iam.ManagedPolicy(user, 'ElastiCacheAccess1', { document });
  grantOf(stack, 'Grant', 'my-snapshots', 10).toUser(user);
  expect(theirs.document.statementCount).toBe(1);
  expect(user.node.tryFindChild('ElastiCacheAccess2')).toBeDefined();
});

test('any grants on one principal: no document is over its limit, and every object is there once', () => {
  const principals: ((stack: Stack) => iam.IGrantable)[] = [
    fullUser, newRole, (stack) => new iam.Group(stack, 'Group'), (stack) => iam.Role.fromRoleName(stack, 'Role', 'r'),
  ];
  fc.assert(fc.property(
    fc.constantFrom(...principals), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
    (principalIn, counts) => {
      const stack = newStack();
      const principal = principalIn(stack);
      counts.forEach((count, index) => grantOf(stack, `Grant${index}`, `bucket-${index}`, count).to(principal));
      const documents = [...policiesIn(stack).values()].map(({ type, document }) => (
        { type, document: withLongestNames(document, 'b') }));
      documents.forEach(({ type, document }) => (
        expect(sizeOf(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? 10240 : 6144)));
      const objects = objectsIn(documents.map(({ document }) => document))
        .filter((arn: string) => /:bucket-\d/.test(arn));
      const expected = counts.flatMap((count, index) =>
        shardKeys(count).map((key) => `arn:aws-us-gov:s3:::bucket-${index}/${key}`));
      expect(objects.sort()).toEqual(expected.sort());
    }), runs(30));
});
