import { CfnResource } from 'aws-cdk-lib';
import spec from '../../spec/cloudformation-types.json';
import { entryOf, typesOf } from '../../src/private/catalog/lookup';
import { deploymentGrant, documentOf, elastiCacheArn, ENV, newDeployment } from '../support/deployments';
import { allows } from '../support/evaluator';

/** A stack with a resource of each type, each with a name where it can have one, and all of them together. */
const PROPERTIES: Record<string, Record<string, unknown>> = {
  CacheCluster: {
    ClusterName: 'carts', CacheSubnetGroupName: { Ref: 'SubnetGroup' }, CacheParameterGroupName: 'custom',
  },
  GlobalReplicationGroup: { GlobalReplicationGroupIdSuffix: 'world', Members: [{ ReplicationGroupId: 'orders' }] },
  ParameterGroup: {},
  ReplicationGroup: {
    ReplicationGroupId: 'orders',
    UserGroupIds: [{ Ref: 'UserGroup' }],
    CacheSubnetGroupName: { Ref: 'SubnetGroup' },
    KmsKeyId: 'abcd',
    SnapshotArns: ['arn:aws:s3:::seeds/a.rdb'],
    LogDeliveryConfigurations: [
      { DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'slow' } } },
      { DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'engine' } } },
    ],
  },
  ReservedCacheNode: {},
  ServerlessCache: { ServerlessCacheName: 'sessions', UserGroupId: { Ref: 'UserGroup' } },
  ServerlessCacheSnapshot: { ServerlessCacheSnapshotName: 'hourly', ServerlessCacheName: { Ref: 'ServerlessCache' } },
  Snapshot: { SnapshotName: 'nightly', ReplicationGroupId: { Ref: 'ReplicationGroup' } },
  SubnetGroup: { CacheSubnetGroupName: 'private' },
  User: { UserId: 'app' },
  UserGroup: { UserGroupId: 'apps', UserIds: [{ Ref: 'User' }] },
};

/** What each type's resource is called in ARNs, or what it may be called where CloudFormation makes the name. */
const NAMES: Record<string, string> = {
  CacheCluster: 'carts',
  GlobalReplicationGroup: 'ldgnf-world',
  ParameterGroup: 'anything',
  ReplicationGroup: 'orders',
  ReservedCacheNode: 'anything',
  ServerlessCache: 'sessions',
  ServerlessCacheSnapshot: 'hourly',
  Snapshot: 'nightly',
  SubnetGroup: 'private',
  User: 'app',
  UserGroup: 'apps',
};

const deployment = newDeployment();
Object.entries(PROPERTIES).forEach(([name, properties]) => {
  new CfnResource(deployment.service, name, { type: `AWS::ElastiCache::${name}`, properties }).overrideLogicalId(name);
});
const document = documentOf(deploymentGrant(deployment));
const types = Object.entries(spec.types as Record<string, { type: string; handlers?: Record<string, string[]> }>)
  .map(([name, entry]) => [name.replace(/.*::/, ''), entry] as const)
  .filter(([, { handlers }]) => handlers !== undefined);

const arnOf = (type: string, name: string) => (
  type === 'globalreplicationgroup'
    ? `arn:aws:elasticache::${ENV.account}:${type}:${name}`
    : elastiCacheArn(`${type}:${name}`));

const may = (action: string, resource: string, context = {}) => allows([document], { action, resource, context });

/** Each action that a handler calls, with the type of the resource. */
const calls = types.flatMap(([name, { type, handlers }]) => (
  Object.entries(handlers!).flatMap(([handler, actions]) => actions
    .filter((action) => action.startsWith('elasticache:'))
    .map((action) => ({ name, type, handler, action })))));

const aboutItself = calls.filter(({ type, action }) => typesOf(entryOf(action.split(':')[1])).includes(type));

test('every type with handlers is deployed', () => {
  expect(types.map(([name]) => name).sort()).toEqual(Object.keys(PROPERTIES).sort());
});

test.each(aboutItself.filter(({ action, handler }) => (
  action !== 'elasticache:CreateSnapshot' || handler !== 'delete')))(
  '$action of the $handler handler is allowed on the $name', ({ name, type, action }) => {
    expect(may(action, arnOf(type, NAMES[name]))).toBe(true);
  });

const anyName = ['ParameterGroup', 'ReservedCacheNode'];

test.each(aboutItself.filter(({ name }) => !anyName.includes(name)))(
  '$action of the $handler handler of a $name is denied on its neighbors', ({ name, type, action }) => {
    const neighbors = [
      arnOf(type, 'other'),
      arnOf(type, `${NAMES[name]}-2`),
      arnOf(type, NAMES[name]).replace(ENV.account, '999999999999'),
      arnOf(type, NAMES[name]).replace(ENV.region, 'us-east-1').replace('elasticache::', 'elasticache:us-east-1:'),
    ];
    expect(neighbors.filter((arn) => may(action, arn))).toEqual([]);
  });

test('a snapshot before deletion is not allowed where nothing asks for one', () => {
  expect(may('elasticache:CreateSnapshot', arnOf('cluster', 'carts'))).toBe(false);
  expect(may('elasticache:CreateSnapshot', arnOf('snapshot', 'other'))).toBe(false);
});

test.each(['elasticache:CreateCacheCluster', 'elasticache:DeleteCacheCluster', 'elasticache:DescribeCacheClusters'])(
  '%s, with which a group is scaled, is allowed on its nodes, and not on those of a group with a longer name',
  (action) => {
    expect(['orders-001', 'orders-0001-001'].map((name) => may(action, arnOf('cluster', name)))).toEqual([true, true]);
    expect(['orders', 'orders-eu-0001-001', 'orders-main'].filter((name) => may(action, arnOf('cluster', name))))
      .toEqual([]);
  });

test.each([
  ['elasticache:CreateReplicationGroup', 'parametergroup:default.valkey8'],
  ['elasticache:CreateReplicationGroup', 'subnetgroup:private'],
  ['elasticache:CreateReplicationGroup', 'usergroup:apps'],
  ['elasticache:ModifyReplicationGroup', 'parametergroup:default.valkey9'],
  ['elasticache:ModifyReplicationGroup', 'usergroup:apps'],
  ['elasticache:CreateUserGroup', 'user:app'],
  ['elasticache:ModifyUserGroup', 'user:app'],
  ['elasticache:CreateSnapshot', 'replicationgroup:orders'],
  ['elasticache:CreateServerlessCacheSnapshot', 'serverlesscache:sessions'],
  ['elasticache:CreateGlobalReplicationGroup', 'replicationgroup:orders'],
  ['elasticache:ModifyServerlessCache', 'usergroup:apps'],
  ['elasticache:CreateCacheCluster', 'parametergroup:custom'],
])('%s is allowed on %s, which its calls name', (action, resource) => {
  expect(may(action, elastiCacheArn(resource))).toBe(true);
});

test('what a resource names can be named, and not be read or changed', () => {
  const alone = newDeployment();
  new CfnResource(alone.service, 'Cache', {
    type: 'AWS::ElastiCache::ReplicationGroup',
    properties: { ReplicationGroupId: 'orders', CacheSubnetGroupName: 'private', UserGroupIds: ['apps'] },
  });
  const documents = [documentOf(deploymentGrant(alone))];
  const allowedOn = (resource: string) => [...new Set(calls.map(({ action }) => action))]
    .filter((action) => allows(documents, { action, resource: elastiCacheArn(resource) })).sort();

  expect(allowedOn('subnetgroup:private')).toEqual([
    'elasticache:CreateCacheCluster', 'elasticache:CreateReplicationGroup',
  ]);
  expect(allowedOn('usergroup:apps')).toEqual([
    'elasticache:CreateReplicationGroup', 'elasticache:ModifyReplicationGroup',
  ]);
  expect(allowedOn('parametergroup:default.valkey8')).toEqual([
    'elasticache:CreateCacheCluster', 'elasticache:CreateReplicationGroup', 'elasticache:ModifyReplicationGroup',
  ]);
});

/** What handlers list, and this policy has not: exactly what the spec leaves out with a reason. */
test('of other services, everything is allowed that a handler lists, but for what is left out with a reason', () => {
  const leftOut = spec.leftOut.flatMap(({ actions }) => actions);
  const listed = [...new Set(types.flatMap(([, { handlers }]) => Object.values(handlers!).flat()))]
    .filter((action) => !action.startsWith('elasticache:'));
  const allowed = document.Statement.flatMap(({ Action }: any) => Action);

  expect(listed.filter((action) => !allowed.includes(action)).sort()).toEqual([...leftOut].sort());
  expect(allowed.filter((action: string) => !/^elasticache:/.test(action) && !listed.includes(action))).toEqual([]);
});
