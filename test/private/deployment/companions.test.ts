import { CfnResource, Stack } from 'aws-cdk-lib';
import { companionsOf } from '../../../src/private/deployment/companions';
import { templateResourceOf } from '../../../src/private/deployment/template';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { elastiCacheArn, ENV, newDeployment } from '../../support/deployments';

const resourceIn = (stack: Stack, type: string, properties: object, id: string = type) => templateResourceOf(
  new CfnResource(stack, id, { type: `AWS::ElastiCache::${type}`, properties: { ...properties } }))!;

/** What calls for the first resource name besides it, or the errors. */
function namedBy(...resources: ReturnType<typeof resourceIn>[]) {
  const diagnostics = new Diagnostics();
  const companions = companionsOf(resources[0], resources, diagnostics);
  return diagnostics.errorTexts.length > 0
    ? diagnostics.errorTexts
    : companions.map(({ arn, origin, handlers }) => [arn.arn, origin, ...handlers ?? []]);
}

test('an update may name a user group of the same Region and account, and no other one', () => {
  const { app, service } = newDeployment();
  const other = new Stack(app, 'Other', { env: { ...ENV, region: 'us-east-1' } });
  const foreign = new Stack(app, 'Foreign', { env: { ...ENV, account: '999999999999' } });
  const cache = resourceIn(service, 'ServerlessCache', { ServerlessCacheName: 'orders' });
  const [near, ...far] = [service, other, foreign].map((stack) => resourceIn(stack, 'UserGroup', {
    UserGroupId: `of-${stack.node.id.toLowerCase()}`,
  }));
  expect(namedBy(cache, near, ...far)).toEqual([
    [elastiCacheArn('usergroup:of-service'), 'UserGroupId of a later version', 'update'],
  ]);
});

test('a user group is named by its users, and by the replication groups that use it', () => {
  const { service } = newDeployment();
  const group = resourceIn(service, 'UserGroup', { UserGroupId: 'apps', UserIds: ['app', 'admin'] });
  const cache = resourceIn(service, 'ReplicationGroup', { ReplicationGroupId: 'orders', UserGroupIds: ['a', 'apps'] });
  const other = resourceIn(service, 'ReplicationGroup', { ReplicationGroupId: 'carts', UserGroupIds: ['a'] }, 'Carts');
  expect(namedBy(group, cache, other)).toEqual([
    [elastiCacheArn('user:app'), 'UserIds'],
    [elastiCacheArn('user:admin'), 'UserIds'],
    [elastiCacheArn('replicationgroup:orders'), 'UserGroupIds of Service/ReplicationGroup', 'delete'],
  ]);
});

const restoring = (value: unknown) => namedBy(resourceIn(newDeployment().service, 'ServerlessCache', {
  ServerlessCacheName: 'orders', SnapshotArnsToRestore: [value],
}));

// Red if an ARN is taken for that of a snapshot that isn't one, or the other way round.
test.each([
  ['arn:aws:elasticache:eu-west-1:111122223333:snapshot:nightly'],
  ['arn:aws:elasticache:us-east-1:999999999999:serverlesscachesnapshot:nightly'],
  ['arn:aws:elasticache:eu-west-1:111122223333:snapshot:automatic:nightly'],
])('a cache may be restored from %s', (arn) => {
  expect(restoring(arn)).toEqual([[arn, 'SnapshotArnsToRestore']]);
});

test('a cache may be restored from an ARN whose end is not known', () => {
  const prefix = 'arn:aws:elasticache:eu-west-1:111122223333:snapshot:nightly-';
  expect(restoring({ 'Fn::Sub': `${prefix}\${Date}` })).toEqual([[`${prefix}*`, 'SnapshotArnsToRestore']]);
});

test.each([
  ['my-arn:aws:elasticache:eu-west-1:111122223333:snapshot:nightly'],
  ['arn:aws:elasticache:eu-west-1:111122223333:user:nightly'],
  ['arn:aws:elasticache:eu-west-1:111122223333:snapshot:'],
  ['arn:aws:elasticache:eu-west-1:111122223333:snapshot'],
  ['arn:aws:elasticache:eu-west-1:111122223333:snapshot:*'],
  ['nightly'],
])('a cache may not be restored from %s', (value) => {
  expect(restoring(value)).toEqual([
    `Service/ServerlessCache: SnapshotArnsToRestore ${JSON.stringify(value)} leads to no serverlesscachesnapshot or `
    + 'snapshot of the app: give its ARN as text, or the Ref or the ARN of a resource of that type',
  ]);
});

const member = (properties: object) => namedBy(resourceIn(newDeployment().service, 'GlobalReplicationGroup', {
  GlobalReplicationGroupIdSuffix: 'world', Members: [properties],
}));

test.each<[string, object, string]>([
  ['of the stack\'s Region', { ReplicationGroupId: 'orders' }, elastiCacheArn('replicationgroup:orders')],
  ['of another Region', { ReplicationGroupId: 'orders', ReplicationGroupRegion: 'us-east-1' },
    'arn:aws:elasticache:us-east-1:111122223333:replicationgroup:orders'],
  ['of a Region that is not known', { ReplicationGroupId: 'orders', ReplicationGroupRegion: { Ref: 'Where' } },
    'arn:aws:elasticache:*:111122223333:replicationgroup:orders'],
])('a member of a global datastore is %s', (_, properties, arn) => {
  expect(member(properties)).toEqual([[arn, 'Members.ReplicationGroupId']]);
});

test('a member of a global datastore may be a group of the app, in its own Region', () => {
  const { app, service } = newDeployment();
  const other = new Stack(app, 'Other', { env: { ...ENV, region: 'us-east-1' } });
  const group = resourceIn(other, 'ReplicationGroup', { ReplicationGroupId: 'orders' });
  const datastore = resourceIn(service, 'GlobalReplicationGroup', {
    GlobalReplicationGroupIdSuffix: 'world', Members: [{ ReplicationGroupId: group.construct.ref }],
  });
  expect(namedBy(datastore)).toEqual(
    [['arn:aws:elasticache:us-east-1:111122223333:replicationgroup:orders', 'Members.ReplicationGroupId']]);
});

test('a member of a global datastore whose name is not known is an error', () => {
  expect(member({ ReplicationGroupId: { Ref: 'Group' } })).toEqual([
    'Service/GlobalReplicationGroup: Members.ReplicationGroupId "${Group}" is only known at deployment, and could be '
    + 'any name: give the name of the replicationGroup as text, or text that it begins with',
  ]);
});
