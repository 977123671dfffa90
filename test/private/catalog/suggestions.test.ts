import fc from 'fast-check';
import { OPERATIONS, SUGGESTIONS } from '../../../src/private/catalog/catalog.generated';
import {
  nearestKey, nearestOperation, nearestOperator, nearestResourceType, suggestOperator,
} from '../../../src/private/catalog/suggestions';
import { OPERATORS } from '../../../src/private/resolve/operators';
import { runs } from '../../harness';

test.each([
  // Names of other services' APIs, from the rows of spec/suggestions.json.
  ['TagResource', 'AddTagsToResource'],
  ['UntagResource', 'RemoveTagsFromResource'],
  ['ListTags', 'ListTagsForResource'],
  ['FailoverReplicationGroup', 'TestFailover'],
  ['ExportSnapshot', 'CopySnapshot'],
  // Another spelling or style.
  ['DescribeReplicationGroup', 'DescribeReplicationGroups'],
  ['describecacheclusters', 'DescribeCacheClusters'],
  ['describe-cache-clusters', 'DescribeCacheClusters'],
  ['DESCRIBE_CACHE_CLUSTERS', 'DescribeCacheClusters'],
  ['elasticache:CopySnapshot', 'CopySnapshot'],
  ['ListTagsOfResource', 'ListTagsForResource'],
  ['AuthorizeCacheSecurityGroupEgress', 'AuthorizeCacheSecurityGroupIngress'],
  ['Conect', 'Connect'],
  // A word more or less, or one of the same meaning.
  ['CreateCluster', 'CreateCacheCluster'],
  ['DescribeSubnetGroups', 'DescribeCacheSubnetGroups'],
  ['UpdateReplicationGroup', 'ModifyReplicationGroup'],
  ['RemoveCacheCluster', 'DeleteCacheCluster'],
  ['ListCacheClusters', 'DescribeCacheClusters'],
  ['GetReplicationGroup', 'DescribeReplicationGroups'],
  ['CreateBackup', 'CreateSnapshot'],
  ['IncreaseReplicas', 'IncreaseReplicaCount'],
  ['PurchaseReservedCacheNodes', 'PurchaseReservedCacheNodesOffering'],
])('for the operation %s, %s is suggested', (name, expected) => {
  expect(nearestOperation(name)).toBe(expected);
});

test.each([
  '', 'xyz', 'constructor', '__proto__', '日本', '*', 'Describe', 'Describe*', 's3:GetObject', 'GetObject', 'CreateTable',
  'DescribeInstances', 'DescribeVpcs', 'DescribeLogs', 'CreateCache', 'RestoreSnapshot',
  // An operation with another verb would allow something else.
  'RebootReplicationGroup', 'ResizeReplicationGroup', 'resizereplicationgroup',
  // Meant is the operation of EC2. That of ElastiCache is retired.
  'DescribeSecurityGroups',
])('for the operation "%s", nothing is suggested', (name) => {
  expect(nearestOperation(name)).toBeUndefined();
});

test.each([
  // The names of types in ARNs and in ElastiCacheResource, in another style or number.
  ['CACHE_CLUSTER', 'cluster'],
  ['cache cluster', 'cluster'],
  ['replication-group', 'replicationgroup'],
  ['UserGroups', 'usergroup'],
  // Those of CloudFormation.
  ['AWS::ElastiCache::CacheCluster', 'cluster'],
  ['aws::elasticache::ServerlessCache', 'serverlesscache'],
  // A word more or less, in another order, or one of the same meaning.
  ['cacheUser', 'user'],
  ['parameterGroupCache', 'parametergroup'],
  ['groupOfUsers', 'usergroup'],
  ['serverless', 'serverlesscache'],
  ['globalReplication', 'globalreplicationgroup'],
  ['backup', 'snapshot'],
  ['serverless_backup', 'serverlesscachesnapshot'],
])('for the resource type %s, %s is suggested', (name, expected) => {
  expect(nearestResourceType(name)).toBe(expected);
});

test.each(['', 'cache', 'Group', 'subnet', 'Bucket', 'constructor', 'AWS::S3::Bucket', 'xAWS::ElastiCache::User'])(
  'for the resource type "%s", nothing is suggested', (name) => {
    expect(nearestResourceType(name)).toBeUndefined();
  });

test.each([
  ['elasticache:ResourceTag/team', 'aws:ResourceTag/team'],
  ['elasticache:RequestTag/Cost Center', 'aws:RequestTag/Cost Center'],
  ['ec2:ResourceTag/team', 'aws:ResourceTag/team'],
  ['aws:ResourceTag', 'aws:ResourceTag/…'],
  ['aws:ResourceTag/', 'aws:ResourceTag/…'],
  ['aws:PrincipalTags/a/b', 'aws:PrincipalTag/a/b'],
  ['aws:TagKey', 'aws:TagKeys'],
  ['elasticache:TagKeys', 'aws:TagKeys'],
  ['elasticache:NodeType', 'elasticache:CacheNodeType'],
  ['elasticache:InstanceType', 'elasticache:CacheNodeType'],
  ['elasticache:MultiAZ', 'elasticache:MultiAZEnabled'],
  ['elasticache:EncryptionAtRest', 'elasticache:AtRestEncryptionEnabled'],
  ['elasticache:TransitEncryption', 'elasticache:TransitEncryptionEnabled'],
  ['elasticache:ParameterGroupName', 'elasticache:CacheParameterGroupName'],
  ['aws:Region', 'aws:RequestedRegion'],
  ['aws:MultiFactorAuth', 'aws:MultiFactorAuthPresent'],
])('for the condition key %s, %s is suggested', (key, expected) => {
  expect(nearestKey(key)).toBe(expected);
});

test.each([
  '', 'Foo', 'elasticache:', 'elasticache:Foo', 'elasticache:Cache', 'elasticache:Enabled', 'a:b:c', 's3:prefix',
  'elasticache:CacheClusterId', 'elasticache:SubnetGroupName', 'aws:constructor',
])('for the condition key "%s", nothing is suggested', (key) => {
  expect(nearestKey(key)).toBeUndefined();
});

test.each([
  ['StringMatches', 'StringLike'],
  ['StringContains', 'StringLike'],
  ['stringequals', 'StringEquals'],
  ['StringEqual', 'StringEquals'],
  ['NotStringEquals', 'StringNotEquals'],
  ['NumericGreaterThanOrEquals', 'NumericGreaterThanEquals'],
  ['IpAddressEquals', 'IpAddress'],
  ['ArnMatches', 'ArnLike'],
  ['BoolEquals', 'Bool'],
])('for the condition operator %s, %s is suggested', (operator, expected) => {
  expect(nearestOperator(operator, OPERATORS)).toBe(expected);
});

test('where no operator is near, the error says where they are', () => {
  expect(suggestOperator('Exists', OPERATORS)).toBe('AWS lists them on '
    + 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html');
  expect(suggestOperator('Equals', OPERATORS)).toBe('did you mean "StringEquals"?');
});

test('each row of the operators has an operator that exists, in place of one that does not', () => {
  for (const [wrong, right] of Object.entries(SUGGESTIONS.conditionOperators)) {
    expect(OPERATORS).toContain(right);
    expect(OPERATORS.map((operator) => operator.toLowerCase())).not.toContain(wrong);
  }
});

test('a retired operation is suggested for its own name alone', () => {
  const retired = Object.keys(OPERATIONS).filter((name) => OPERATIONS[name].retired);
  retired.forEach((name) => expect(nearestOperation(name.toLowerCase())).toBe(name));
  expect(nearestOperation('UpdateCacheSecurityGroup')).toBeUndefined();
});

test('every operation is its own suggestion, and any text has one or none', () => {
  Object.keys(OPERATIONS).forEach((name) => expect(nearestOperation(name)).toBe(name));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
    expect([undefined, ...Object.keys(OPERATIONS)]).toContain(nearestOperation(name));
    expect(() => nearestKey(name)).not.toThrow();
    expect([undefined, ...OPERATORS]).toContain(nearestOperator(name, OPERATORS));
  }), runs(200));
});
