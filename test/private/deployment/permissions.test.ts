import { CfnResource, Stack } from 'aws-cdk-lib';
import { permissionsFor } from '../../../src/private/deployment/permissions';
import { templateResourceOf } from '../../../src/private/deployment/template';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { elastiCacheArn, newDeployment } from '../../support/deployments';

/** The permissions for a resource, each as action, resource and reason, and the warnings. */
function read(
  type: string, properties: object, attributes: Record<string, unknown> = {}, deployment = newDeployment(),
) {
  const { service, platform } = deployment;
  const construct = new CfnResource(service, 'It', {
    type: `AWS::ElastiCache::${type}`, properties: { ...properties },
  });
  Object.entries(attributes).forEach(([name, value]) => construct.addOverride(name, value));
  const resource = templateResourceOf(construct)!;
  const diagnostics = new Diagnostics();
  const permissions = permissionsFor(resource, { scope: platform, resources: [resource] }, diagnostics);
  diagnostics.throwIfAny();
  diagnostics.report(service);
  return {
    warnings: service.node.metadata.filter((one) => one.type === 'aws:cdk:warning').map(({ data }) => data),
    permissions: permissions.map(({ action, resource: arn, reason }) => [
      action.replace('elasticache:', ''), Stack.of(platform).resolve(arn), reason.replace('Service/It, ', ''),
    ]),
  };
}

test('a resource that names nothing is all that its handlers\' calls are allowed on', () => {
  const user = elastiCacheArn('user:app');
  expect(read('User', { UserId: 'app' })).toEqual({
    warnings: [],
    permissions: [
      ['AddTagsToResource', user, 'create, update: allows AddTagsToResource on this user'],
      ['CreateUser', user, 'create: allows CreateUser on this user'],
      ['DescribeUsers', user, 'create, read, update, delete: allows DescribeUsers on this user'],
      ['ListTagsForResource', user, 'create, read, update: allows ListTagsForResource on this user'],
      ['ModifyUser', user, 'update: allows ModifyUser on this user'],
      ['RemoveTagsFromResource', user, 'update: allows RemoveTagsFromResource on this user'],
      ['DeleteUser', user, 'delete: allows DeleteUser on this user'],
    ],
  });
});

test('an operation that AWS authorizes on no resource is allowed on everything', () => {
  const { permissions } = read('ParameterGroup', {});
  expect(permissions.filter(([, arn]) => arn === '*')).toEqual([
    ['DescribeEngineDefaultParameters', '*', 'update: allows DescribeEngineDefaultParameters, which AWS authorizes on '
      + 'no resource: only * allows it'],
  ]);
});

test('a resource without a name is any of its type, with a warning that says how to name it', () => {
  const made = 'CloudFormation makes the name, and no page of AWS says which form it has for this type';
  const { permissions, warnings } = read('User', {});
  expect(permissions[1]).toEqual(['CreateUser', elastiCacheArn('user:*'), 'create: allows CreateUser on any user of '
    + 'the '
    + `Region and the account, since ${made}`]);
  expect(warnings).toEqual([
    'Service/It has no UserId, so what is needed for it is allowed on user:* of the Region and the account: set '
    + 'UserId, '
    + 'or acknowledge this warning [ack: cdk-elasticache-grants:anyName.user]',
  ]);
  expect(read('ParameterGroup', {}).warnings).toEqual([
    'Service/It has no name that a template could set, so what is needed for it is allowed on parametergroup:* of the '
    + 'Region and the account: acknowledge this warning, or give the name of one that exists, and deploy none '
    + '[ack: cdk-elasticache-grants:anyName.parameterGroup]',
  ]);
  expect(read('ReservedCacheNode', {}).warnings).toEqual([
    expect.stringMatching(/on reserved-instance:\* of the Region and the account: acknowledge this warning \[ack: /),
  ]);
  expect(read('ReplicationGroup', {}).warnings[0]).toMatch(
    /is allowed on replicationgroup:\*, cluster:\*-\?\?\? and cluster:\*-\?\?\?\?-\?\?\? of the Region/);
  expect(read('SubnetGroup', {}).warnings[0]).toContain('is allowed on subnetgroup:* of');
});

test('several resources without a name have one warning', () => {
  const { service, platform } = newDeployment();
  const resources = ['One', 'Two'].map((id) => (
    templateResourceOf(new CfnResource(service, id, { type: 'AWS::ElastiCache::User' }))!));
  const diagnostics = new Diagnostics();
  resources.forEach((one) => permissionsFor(one, { scope: platform, resources }, diagnostics));
  diagnostics.report(service);
  expect(service.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data)).toEqual([
    'Service/One and Service/Two have no UserId, so what is needed for them is allowed on user:* of the Region and the '
    + 'account: set UserId, or acknowledge this warning [ack: cdk-elasticache-grants:anyName.user]',
  ]);
});

const group = (properties = {}, attributes = {}, deployment = newDeployment()) => read(
  'ReplicationGroup', { ReplicationGroupId: 'orders', ...properties }, attributes, deployment).permissions;
const on = (permissions: any[][], action: string) => permissions.filter(([one]) => one === action)
  .map(([, arn, reason]) => [String(arn).replace(elastiCacheArn(''), ''), reason.replace(/allows \w+ on /, '')]);

test('what a group names is allowed for the operations that name it', () => {
  const permissions = group({
    CacheParameterGroupName: 'custom', SnapshotName: 'nightly', PrimaryClusterId: 'first', UserGroupIds: ['apps'],
  });
  expect(on(permissions, 'CreateReplicationGroup')).toEqual([
    ['replicationgroup:orders', 'create: this replicationgroup'],
    ['parametergroup:custom', 'create: this parametergroup: CacheParameterGroupName'],
    ['cluster:first', 'create: this cluster: PrimaryClusterId'],
    ['snapshot:nightly', 'create: this snapshot: SnapshotName'],
    ['usergroup:apps', 'create: this usergroup: UserGroupIds'],
  ]);
  expect(on(permissions, 'ModifyReplicationGroup').map(([arn]) => arn)).toEqual([
    'replicationgroup:orders', 'parametergroup:custom', 'usergroup:apps',
  ]);
  expect(on(permissions, 'DeleteCacheCluster')).toEqual([
    ['cluster:orders-???', 'update: this cluster: a node of it'],
    ['cluster:orders-????-???', 'update: this cluster: a node of it'],
  ]);
});

test('a snapshot before deletion is allowed only where something asks for one', () => {
  expect(on(group(), 'CreateSnapshot')).toEqual([]);
  expect(on(group({}, { DeletionPolicy: 'Snapshot' }), 'CreateSnapshot')).toEqual([
    ['replicationgroup:orders', expect.stringMatching(/^delete: takes a last snapshot before /)],
    ['snapshot:*', expect.stringMatching(/^delete: takes a last snapshot before /)],
  ]);
  expect(on(group({}, { DeletionPolicy: 'Snapshot' }), 'DeleteReplicationGroup').map(([arn]) => arn)).toEqual([
    'replicationgroup:orders', 'snapshot:*',
  ]);
  expect(on(group(), 'DeleteReplicationGroup').map(([arn]) => arn)).toEqual(['replicationgroup:orders']);
  expect(on(read('Snapshot', { SnapshotName: 'a', CacheClusterId: 'b' }).permissions, 'CreateSnapshot').length).toBe(2);
});

test('the service-linked role, and the objects that are read, are allowed to what creates', () => {
  const permissions = group({ SnapshotArns: ['arn:aws:s3:::seeds/a.rdb'] });
  const others = permissions.filter(([action]) => /:/.test(action));
  expect(others.filter(([action]) => action === 's3:GetObject')).toEqual([
    ['s3:GetObject', 'arn:aws:s3:::seeds/a.rdb', 'create: reads this member of SnapshotArns'],
  ]);
  expect(others.find(([action]) => action === 'iam:CreateServiceLinkedRole')).toEqual([
    'iam:CreateServiceLinkedRole',
    'arn:aws:iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache*',
    expect.stringMatching(/^create: /),
  ]);
});

test('an ARN has the partition of the stack where that is known, and its token where it is not', () => {
  const role = (permissions: any[][]) => permissions.find(([action]) => action === 'iam:CreateServiceLinkedRole')![1];
  const account = '111122223333';
  expect(role(group({}, {}, newDeployment({ account, region: 'cn-north-1' })))).toMatch(/^arn:aws-cn:iam::/);
  expect(role(group({}, {}, newDeployment({ account })))['Fn::Join'][1][1]).toEqual({ Ref: 'AWS::Partition' });
});
