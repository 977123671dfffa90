import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { newApp, newRole, newStack, warningsOf } from '../../harness';
import { policiesIn } from '../../support/policies';
import { restoreGrant, shardKeys, shards } from '../../support/snapshots';

test('a user gets managed policies alone if its inline policy is too small, unlike an imported role', () => {
  const types = ElastiCacheCondition.cacheNodeTypes(
    Array.from({ length: 360 }, (_, index) => `cache.x${1000 + index}.a`),
  );
  const typesOf = (principalIn: (stack: Stack) => iam.IGrantable) => {
    const stack = newStack();
    new ElastiCacheAccessGrant(stack, 'Grant', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], conditions: [types],
    }).to(principalIn(stack));
    return [...policiesIn(stack)].map(([id, { type }]) => `${type} ${id}`);
  };
  expect(typesOf((stack) => new iam.User(stack, 'User'))).toEqual([
    expect.stringMatching(/^AWS::IAM::ManagedPolicy UserStackGrant\w+Policy1/),
    expect.stringMatching(/^AWS::IAM::ManagedPolicy UserStackGrant\w+Policy2/),
  ]);
  expect(typesOf((stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer', { mutable: true }))).toEqual([
    expect.stringMatching(/^AWS::IAM::Policy /),
  ]);
});

test('two grants to one principal have separate managed policies', () => {
  const stack = newStack();
  const user = new iam.User(stack, 'User');
  ['one', 'two'].forEach((name) => {
    const grant = new ElastiCacheAccessGrant(stack, name, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
      snapshots: [SnapshotSource.fromBucketName(name, shardKeys(60))],
    });
    grant.toUser(user);
    grant.toUser(user);
  });
  expect([...policiesIn(stack).keys()]).toEqual([
    expect.stringMatching(/^UserStackone\w+Policy1[A-F0-9]{8}$/),
    expect.stringMatching(/^UserStacktwo\w+Policy1[A-F0-9]{8}$/),
  ]);
});

test('the managed policies are in the stack of the principal, the only one that depends on others', () => {
  const app = newApp();
  const [buckets, roles, grants] = ['Buckets', 'Roles', 'Grants'].map((id) => new Stack(app, id));
  const bucket = new s3.CfnBucket(buckets, 'Bucket');
  restoreGrant(grants, SnapshotSource.fromBucket(bucket, shardKeys(500))).toRole(newRole(roles));
  new s3.CfnBucket(grants, 'SomeResource');
  expect(policiesIn(roles).size).toBeGreaterThan(5);
  expect(policiesIn(grants).size).toBe(0);
  expect(grants.dependencies).toEqual([]);
  expect(roles.dependencies).toEqual([buckets]);
});

test('a precreated role has all its permissions in the report of CDK, and a warning', () => {
  const stack = newStack();
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'restorer' } });
  new s3.CfnBucket(stack, 'SomeResource');
  restoreGrant(stack, shards(500)).toRole(newRole(stack));
  expect(policiesIn(stack).size).toBe(0);
  expect(warningsOf(stack)).toContainEqual(
    expect.stringMatching(/^CDK doesn't change the role Stack\/Role .*\[ack: cdk-elasticache-grants:notDelivered\]$/),
  );
  const report = readFileSync(join((stack.node.root as App).synth().directory, 'iam-policy-report.json'), 'utf8');
  expect(new Set(report.match(/shard-\d{4}\.rdb/g)).size).toBe(500);
});

test('a role that CDK does not change has a warning, however large the policy', () => {
  const stack = newStack();
  new s3.CfnBucket(stack, 'SomeResource');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r', { mutable: false });
  restoreGrant(stack, shards(2000)).toRole(role);
  expect(policiesIn(stack).size).toBe(0);
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^CDK doesn't change the role Stack\/Role .*\[ack: cdk-elasticache-grants:notDelivered\]$/),
  ]);
});

test('toManagedPolicies makes policies that can be attached to an imported role, before a cache', () => {
  const stack = newStack();
  const grant = restoreGrant(stack, shards(100));
  const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
  grant.toManagedPolicies().forEach((policy) => policy.attachToRole(role));
  new elasticache.CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'restored',
  }).node.addDependency(grant);
  const { Resources } = Template.fromStack(stack).toJSON();
  const policies = Object.entries<any>(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy');
  expect(policies.map(([, { Properties }]) => Properties.Roles)).toEqual([['restorer'], ['restorer']]);
  expect(Resources.Cache.DependsOn).toEqual(policies.map(([logicalId]) => logicalId).sort());
});
