import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import { UNCHECKED, warningsOf } from '../harness';
import {
  Deployment, deploymentGrant, documentOf, elastiCacheArn, ENV, newDeployment, newUser,
} from '../support/deployments';

function add({ service }: Pick<Deployment, 'service'>, id: string, type: string, properties: object = {}) {
  return new CfnResource(service, id, { type: `AWS::ElastiCache::${type}`, properties: { ...properties } });
}

/** The warnings of a grant for a stack. */
function warningsFor(resources: (deployment: Deployment) => void): string[] {
  const deployment = newDeployment(ENV, UNCHECKED);
  resources(deployment);
  deploymentGrant(deployment);
  return warningsOf(deployment.platform);
}

test('resources without a name are one warning for each type, with the paths, what is allowed and the property', () => {
  expect(warningsFor((deployment) => {
    add(deployment, 'Orders', 'ReplicationGroup');
    add(deployment, 'Carts', 'ReplicationGroup');
    add(deployment, 'Subnets', 'SubnetGroup');
  })).toEqual([
    'Service/Orders and Service/Carts have no ReplicationGroupId, so what is needed for them is allowed on '
    + 'replicationgroup:*, cluster:*-??? and cluster:*-????-??? of the Region and the account: set ReplicationGroupId, '
    + 'or acknowledge this warning [ack: cdk-elasticache-grants:anyName.replicationGroup]',
    'Service/Subnets has no CacheSubnetGroupName, so what is needed for it is allowed on subnetgroup:* of the Region '
    + 'and the account: set CacheSubnetGroupName, or acknowledge this warning '
    + '[ack: cdk-elasticache-grants:anyName.subnetGroup]',
  ]);
});

test('a parameter group, which can not have a name, has another remedy', () => {
  expect(warningsFor((deployment) => add(deployment, 'Parameters', 'ParameterGroup'))).toEqual([
    'Service/Parameters has no name that a template could set, so what is needed for it is allowed on '
    + 'parametergroup:* of the Region and the account: acknowledge this warning, or give the name of one that exists, '
    + 'and deploy none [ack: cdk-elasticache-grants:anyName.parameterGroup]',
  ]);
});

test.each([
  ['CacheCluster', 'ClusterName', 'cacheCluster', 'cluster:*'],
  ['GlobalReplicationGroup', 'GlobalReplicationGroupIdSuffix', 'globalReplicationGroup', 'globalreplicationgroup:*'],
  ['ServerlessCache', 'ServerlessCacheName', 'serverlessCache', 'serverlesscache:*'],
])('a %s without a name is told to set %s', (type, property, id, pattern) => {
  expect(warningsFor((deployment) => add(deployment, 'Cache', type))).toEqual([
    `Service/Cache has no ${property}, so what is needed for it is allowed on ${pattern} of the Region and the `
    + `account: set ${property}, or acknowledge this warning [ack: cdk-elasticache-grants:anyName.${id}]`,
  ]);
});

test('a resource without a name that a deployed one names is in the warning, too', () => {
  const deployment = newDeployment(ENV, UNCHECKED);
  const shared = new Stack(deployment.app, 'Shared', { env: ENV });
  const subnets = add({ service: shared }, 'Subnets', 'SubnetGroup');
  add(deployment, 'Cache', 'ReplicationGroup', { ReplicationGroupId: 'orders', CacheSubnetGroupName: subnets.ref });
  const document = documentOf(deploymentGrant(deployment));
  expect(document.Statement.flatMap(({ Resource }: any) => Resource)).toContain(elastiCacheArn('subnetgroup:*'));
  expect(warningsOf(deployment.platform)).toEqual([
    'Shared/Subnets has no CacheSubnetGroupName, so what is needed for it is allowed on subnetgroup:* of the Region '
    + 'and the account: set CacheSubnetGroupName, or acknowledge this warning '
    + '[ack: cdk-elasticache-grants:anyName.subnetGroup]',
  ]);
});

test('resources with names, or patterns of names, have no warning', () => {
  expect(warningsFor((deployment) => {
    newUser(deployment.service);
    add(deployment, 'Cache', 'ReplicationGroup', { ReplicationGroupId: { 'Fn::Sub': 'orders-${AWS::StackId}' } });
    add(deployment, 'Global', 'GlobalReplicationGroup', { GlobalReplicationGroupIdSuffix: 'orders' });
  })).toEqual([]);
});

test('the snapshot before a deletion, whose name nobody can set, has no warning', () => {
  expect(warningsFor((deployment) => {
    add(deployment, 'Cache', 'ReplicationGroup', { ReplicationGroupId: 'orders' })
      .addOverride('DeletionPolicy', 'Snapshot');
  })).toEqual([]);
});

test('each type is acknowledged by itself', () => {
  const deployment = newDeployment(ENV, UNCHECKED);
  add(deployment, 'Parameters', 'ParameterGroup');
  add(deployment, 'Subnets', 'SubnetGroup');
  Annotations.of(deployment.platform).acknowledgeWarning('cdk-elasticache-grants:anyName.parameterGroup');
  deploymentGrant(deployment);
  expect(warningsOf(deployment.platform).map((text) => text.replace(/^.*\[/, '['))).toEqual([
    '[ack: cdk-elasticache-grants:anyName.subnetGroup]',
  ]);
});
