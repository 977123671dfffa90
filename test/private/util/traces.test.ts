import { App, Aspects, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ElastiCacheAccessGrant, ElastiCacheOperation, ReplicationGroupGrants, SnapshotBucketGrants,
} from '../../../src';
import { newApp, newRole, newStack } from '../../harness';
import { shards } from '../../support/snapshots';

const KEY = 'cdk-elasticache-grants:grants';
const grant = (stack: Stack, id = 'Look') => (
  new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.DESCRIBE_EVENTS] }));
const restore = (stack: Stack, count: number, id = 'Restore') => new ElastiCacheAccessGrant(stack, id, {
  operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [shards(count)],
});

/** The traces of each policy, by the beginning of its logical ID. */
function traces(stack: Stack): Record<string, unknown> {
  const resources: [string, any][] = Object.entries(Template.fromStack(stack).toJSON().Resources ?? {});
  return Object.fromEntries(resources
    .filter(([, { Type }]) => /Policy$/.test(Type))
    .map(([id, { Metadata }]) => [id.replace(/[A-F0-9]{8}$/, ''), Metadata?.[KEY]]));
}

test.each<[string, (stack: Stack) => iam.IGrantable, string]>([
  ['a role', (stack) => newRole(stack), 'RoleDefaultPolicy'],
  ['a user', (stack) => new iam.User(stack, 'User'), 'UserDefaultPolicy'],
  ['a group', (stack) => new iam.Group(stack, 'Group'), 'GroupDefaultPolicy'],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'role'), 'RolePolicy'],
  ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'user'), 'UserPolicy'],
  ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Managed'), 'Managed'],
  [
    'an inline policy', (stack) => {
      const policy = new iam.Policy(stack, 'Inline');
      policy.attachToRole(newRole(stack));
      return policy;
    }, 'Inline',
  ],
  [
    'a lazy role', (stack) => new iam.LazyRole(stack, 'Lazy', { assumedBy: new iam.AccountRootPrincipal() }),
    'LazyDefaultPolicy',
  ],
])('the policy of %s has the path of its grant', (_, principalIn, id) => {
  const stack = newStack();
  const principal = principalIn(stack);
  grant(stack).to(principal);
  if (principal instanceof iam.LazyRole) { expect(principal.roleArn).toBeDefined(); }
  const [[found, paths], ...others] = Object.entries(traces(stack));
  // With CDK's recommended flags, the policy of an imported role has a longer name.
  expect([found.slice(0, id.length), paths, others]).toEqual([id, ['Stack/Look'], []]);
});

test('a policy of several grants has the paths of all, also of one whose statements were there already', () => {
  const stack = newStack();
  const role = newRole(stack);
  ['Zebra', 'Ant'].forEach((id) => grant(stack, id).toRole(role));
  ReplicationGroupGrants
    .fromReplicationGroup(new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'x' }))
    .connectAs(role, 'application');
  expect(traces(stack)).toEqual({ RoleDefaultPolicy: ['Stack/Ant', 'Stack/Cache', 'Stack/Zebra'] });
});

test('a policy that a grant did not write to has no trace of it', () => {
  const stack = newStack();
  const user = new iam.User(stack, 'User');
  user.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  restore(stack, 60).toUser(user);
  expect(traces(stack)).toEqual({ UserDefaultPolicy: undefined, UserElastiCacheAccess1: ['Stack/Restore'] });
});

test('a statement that CDK moves to a policy of its own has the trace there', () => {
  const stack = newStack();
  const role = newRole(stack);
  grant(stack).toRole(role);
  for (let index = 0; index < 60; index++) {
    role.addToPolicy(new iam.PolicyStatement({
      actions: [`s3:Get${'x'.repeat(100)}${index}`], resources: [`arn:aws:s3:::${'y'.repeat(50)}${index}`],
    }));
  }
  const resources: any[] = Object.values(Template.fromStack(stack).toJSON().Resources);
  const policies = resources.filter(({ Type }) => /Policy$/.test(Type));
  const has = policies.map(({ Properties }) => JSON.stringify(Properties).includes('elasticache:DescribeEvents'));
  expect(policies.length).toBeGreaterThan(1);
  expect(has.filter((one) => one)).toHaveLength(1);
  expect(policies.map(({ Metadata }) => Metadata?.[KEY])).toEqual(has.map((one) => (one ? ['Stack/Look'] : undefined)));
});

test('the managed policies of a grant have its path', () => {
  const stack = newStack();
  restore(stack, 150).toManagedPolicies();
  expect(traces(stack)).toEqual({
    RestoreManagedPolicy1: ['Stack/Restore'], RestoreManagedPolicy2: ['Stack/Restore'],
  });
});

test('the policy of a bucket has the path of the bucket', () => {
  const stack = newStack();
  const grants = SnapshotBucketGrants.fromBucket(new s3.CfnBucket(stack, 'Bucket'));
  grants.importSnapshots(['a.rdb']);
  grants.exportSnapshots();
  expect(Object.values(traces(stack))).toEqual([['Stack/Bucket']]);
});

test('stages have the traces of what is in them, also of a grant that an aspect makes', () => {
  const app = newApp();
  const stack = new Stack(new Stage(app, 'Prod'), 'Stack');
  const role = newRole(stack);
  let done = false;
  Aspects.of(stack).add({ visit: () => { if (!done) { done = true; grant(stack).toRole(role); } } });
  expect(traces(stack)).toEqual({ RoleDefaultPolicy: ['Prod/Stack/Look'] });
});

test.each([[false, undefined], ['false', undefined], [true, ['Stack/Look']], ['x', ['Stack/Look']]])(
  'the context %s decides on traces', (value, expected) => {
    const stack = newStack({ context: { 'cdk-elasticache-grants:traces': value } });
    grant(stack).toRole(newRole(stack));
    expect(traces(stack)).toEqual({ RoleDefaultPolicy: expected });
  });

// Red if a trace changes anything else: what a policy says, how it is split, what depends on what.
test('nothing but the metadata is different without traces', () => {
  const template = (on: boolean) => {
    const app: App = newApp({ 'cdk-elasticache-grants:traces': on });
    const stack = new Stack(app, 'Stack');
    const role = newRole(stack);
    restore(stack, 300).toRole(role);
    grant(stack).toRole(role).applyBefore(new s3.CfnBucket(stack, 'Bucket'));
    return Template.fromStack(stack).toJSON();
  };
  const traced = template(true);
  Object.values<any>(traced.Resources).filter(({ Metadata }) => Metadata).forEach((resource) => {
    expect(Object.keys(resource.Metadata)).toEqual([KEY]);
    delete resource.Metadata;
  });
  expect(traced).toEqual(template(false));
});
