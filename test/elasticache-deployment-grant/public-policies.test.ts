import { CfnResource } from 'aws-cdk-lib';
import { deploymentGrant, documentOf, newDeployment } from '../support/deployments';

/**
 * The actions of policies that people have written for roles that deploy caches, read in public repositories, and those
 * of AWS's managed policy that are not patterns.
 */
const PUBLIC: Record<string, string[]> = {
  'a role of Terraform for clusters, groups and subnets': [
    'elasticache:CreateCacheCluster', 'elasticache:DeleteCacheCluster', 'elasticache:DescribeCacheClusters',
    'elasticache:ModifyCacheCluster', 'elasticache:CreateReplicationGroup', 'elasticache:DeleteReplicationGroup',
    'elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup',
    'elasticache:CreateCacheSubnetGroup', 'elasticache:DeleteCacheSubnetGroup',
    'elasticache:DescribeCacheSubnetGroups', 'elasticache:ModifyCacheSubnetGroup', 'elasticache:AddTagsToResource',
    'elasticache:RemoveTagsFromResource', 'elasticache:ListTagsForResource',
  ],
  'a role that creates groups with users and parameters': [
    'elasticache:CreateReplicationGroup', 'elasticache:CreateCacheSubnetGroup',
    'elasticache:CreateCacheParameterGroup', 'elasticache:ModifyCacheParameterGroup', 'elasticache:CreateUser',
    'elasticache:CreateUserGroup', 'elasticache:AddTagsToResource', 'elasticache:ListTagsForResource',
    'elasticache:DescribeReplicationGroups', 'elasticache:DescribeCacheClusters',
    'elasticache:DescribeCacheParameterGroups', 'elasticache:DescribeUsers', 'iam:CreateServiceLinkedRole',
  ],
  'AmazonElastiCacheFullAccess, without elasticache:*': [
    'iam:CreateServiceLinkedRole', 'ec2:CreateVpcEndpoint', 'ec2:CreateTags', 'ec2:DescribeVpcs',
    'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'kms:DescribeKey', 'kms:ListAliases', 'kms:ListKeys',
    's3:ListAllMyBuckets', 'sns:ListTopics', 'outposts:ListOutposts',
  ],
  'a companion policy that provisions networks, too': [
    'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces', 'cloudwatch:PutMetricAlarm', 'elasticache:TestFailover',
    'elasticache:CopySnapshot', 'elasticache:PurchaseReservedCacheNodesOffering', 'elasticache:DescribeEvents',
  ],
};

const SERVICE_LINKED_ROLE = 'no handler lists it: the service-linked role has it';
const CONSOLE = 'no handler lists it: it fills a list of the console';
const NO_HANDLER = 'no handler calls it: it is for those who run caches';
const EXPLAINED: Record<string, string> = {
  'cloudwatch:PutMetricAlarm': 'it is for another resource',
  'ec2:CreateNetworkInterface': SERVICE_LINKED_ROLE,
  'ec2:DeleteNetworkInterface': SERVICE_LINKED_ROLE,
  'ec2:DescribeNetworkInterfaces': SERVICE_LINKED_ROLE,
  'ec2:DescribeSecurityGroups': SERVICE_LINKED_ROLE,
  'ec2:DescribeSubnets': SERVICE_LINKED_ROLE,
  'ec2:DescribeVpcs': SERVICE_LINKED_ROLE,
  'elasticache:CopySnapshot': NO_HANDLER,
  'elasticache:DescribeEvents': NO_HANDLER,
  'elasticache:PurchaseReservedCacheNodesOffering': NO_HANDLER,
  'elasticache:TestFailover': NO_HANDLER,
  'kms:ListAliases': CONSOLE,
  'kms:ListKeys': CONSOLE,
  'outposts:ListOutposts': CONSOLE,
  's3:ListAllMyBuckets': 'only an export needs it',
  'sns:ListTopics': CONSOLE,
};

const deployment = newDeployment();
const add = (type: string, properties: Record<string, unknown> = {}) => (
  new CfnResource(deployment.service, type, { type: `AWS::ElastiCache::${type}`, properties }));
add('CacheCluster', { ClusterName: 'carts' });
add('ReplicationGroup', { ReplicationGroupId: 'orders', KmsKeyId: 'abcd' });
add('ServerlessCache', { ServerlessCacheName: 'sessions' });
add('SubnetGroup', { CacheSubnetGroupName: 'private' });
add('ParameterGroup');
add('User', { UserId: 'app' });
add('UserGroup', { UserGroupId: 'apps', UserIds: ['app'] });
const statements: any[] = documentOf(deploymentGrant(deployment)).Statement;
const allowed = new Set(statements.flatMap(({ Action }) => Action));

test.each(Object.entries(PUBLIC))('%s: what the grant lacks is explained', (_, actions) => {
  expect(actions.filter((action) => !allowed.has(action) && !Object.hasOwn(EXPLAINED, action))).toEqual([]);
});

test('nothing is explained that the grant has, or that no policy has', () => {
  const all = Object.values(PUBLIC).flat();
  expect(Object.keys(EXPLAINED).filter((action) => allowed.has(action) || !all.includes(action))).toEqual([]);
});

test('the grant changes nothing on *, as the policies do', () => {
  const onAll = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
  expect(onAll).toEqual(['elasticache:DescribeEngineDefaultParameters']);
});
