import { Aws, Fn, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { newStack } from '../harness';

/** The static of each type, the type in its ARN, and an operation that AWS authorizes on it alone. */
const TYPES = [
  ['cacheCluster', 'cluster', ElastiCacheOperation.REBOOT_CACHE_CLUSTER],
  ['globalReplicationGroup', 'globalreplicationgroup', ElastiCacheOperation.FAILOVER_GLOBAL_REPLICATION_GROUP],
  ['parameterGroup', 'parametergroup', ElastiCacheOperation.DESCRIBE_CACHE_PARAMETERS],
  ['replicationGroup', 'replicationgroup', ElastiCacheOperation.TEST_FAILOVER],
  ['reservedCacheNode', 'reserved-instance', ElastiCacheOperation.DESCRIBE_RESERVED_CACHE_NODES],
  ['securityGroup', 'securitygroup', ElastiCacheOperation.DELETE_CACHE_SECURITY_GROUP],
  ['serverlessCache', 'serverlesscache', ElastiCacheOperation.MODIFY_SERVERLESS_CACHE],
  ['serverlessCacheSnapshot', 'serverlesscachesnapshot', ElastiCacheOperation.DELETE_SERVERLESS_CACHE_SNAPSHOT],
  ['snapshot', 'snapshot', ElastiCacheOperation.DELETE_SNAPSHOT],
  ['subnetGroup', 'subnetgroup', ElastiCacheOperation.MODIFY_CACHE_SUBNET_GROUP],
  ['user', 'user', ElastiCacheOperation.MODIFY_USER],
  ['userGroup', 'usergroup', ElastiCacheOperation.DELETE_USER_GROUP],
] as const;

const PARTITION = { Ref: 'AWS::Partition' };
const pinned = () => newStack({ env: { region: 'eu-west-1', account: '111122223333' } });

/** The ARN of the resource in a grant of one operation. */
function arnOf(operation: ElastiCacheOperation, resource: ElastiCacheResource, stack: Stack): unknown {
  const { permissions } = new ElastiCacheAccessGrant(stack, `Grant${stack.node.children.length}`, {
    operations: [operation], resources: [resource],
  });
  expect(permissions).toHaveLength(1);
  return stack.resolve(permissions[0].resource);
}

describe('a static that accepts a name', () => {
  test.each(TYPES)('%s makes an ARN of type %s', (name, type, operation) => {
    const region = type === 'globalreplicationgroup' ? '' : 'eu-west-1';
    expect(arnOf(operation, ElastiCacheResource[name]('prod-*'), pinned())).toEqual(
      { 'Fn::Join': ['', ['arn:', PARTITION, `:elasticache:${region}:111122223333:${type}:prod-*`]] },
    );
  });

  test('uses the Region and account of the stack, the named ones, or any', () => {
    const arn = (options: object, stack = pinned()) => (
      arnOf(ElastiCacheOperation.TEST_FAILOVER, ElastiCacheResource.replicationGroup('a', options), stack)
    );
    const join = (...rest: unknown[]) => ({ 'Fn::Join': ['', ['arn:', PARTITION, ...rest]] });
    expect(arn({ region: 'us-east-1', account: '444455556666' })).toEqual(
      join(':elasticache:us-east-1:444455556666:replicationgroup:a'),
    );
    expect(arn({ region: '*', account: '*' })).toEqual(join(':elasticache:*:*:replicationgroup:a'));
    expect(arn({}, newStack())).toEqual(
      join(':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':replicationgroup:a'),
    );
  });

  test.each([
    ['"*"', '*'],
    ['"prod-?"', 'prod-?'],
    ['"default.valkey8"', 'default.valkey8'],
    ['"automatic.prod-2026-01-31-03-00"', 'automatic.prod-2026-01-31-03-00'],
    ['"${aws:PrincipalTag/team}-*"', '${aws:PrincipalTag/team}-*'],
    ['with a token', `prod-${Aws.REGION}`],
  ])('accepts the name %s', (_, name) => {
    expect(arnOf(ElastiCacheOperation.TEST_FAILOVER, ElastiCacheResource.replicationGroup(name), pinned()))
      .toBeDefined();
  });
});

describe('a static that accepts a construct', () => {
  const stack = newStack({ env: { region: 'eu-west-1', account: '111122223333' } });
  const constructs: [string, string, string, ElastiCacheOperation, ElastiCacheResource][] = [
    [
      'cacheCluster',
      'cluster',
      'Cluster',
      ElastiCacheOperation.REBOOT_CACHE_CLUSTER,
      ElastiCacheResource.fromCacheCluster(
        new elasticache.CfnCacheCluster(stack, 'Cluster', {
          engine: 'memcached', cacheNodeType: 'cache.t4g.micro', numCacheNodes: 1,
        })),
    ],
    [
      'globalReplicationGroup',
      'globalreplicationgroup',
      'Global',
      ElastiCacheOperation.FAILOVER_GLOBAL_REPLICATION_GROUP,
      ElastiCacheResource.fromGlobalReplicationGroup(
        new elasticache.CfnGlobalReplicationGroup(stack, 'Global', { members: [] }),
      ),
    ],
    [
      'parameterGroup',
      'parametergroup',
      'Parameters',
      ElastiCacheOperation.DESCRIBE_CACHE_PARAMETERS,
      ElastiCacheResource.fromParameterGroup(
        new elasticache.CfnParameterGroup(stack, 'Parameters', {
          cacheParameterGroupFamily: 'valkey8', description: 'p',
        })),
    ],
    [
      'replicationGroup',
      'replicationgroup',
      'Group',
      ElastiCacheOperation.TEST_FAILOVER,
      ElastiCacheResource.fromReplicationGroup(
        new elasticache.CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: 'g' })),
    ],
    [
      'securityGroup',
      'securitygroup',
      'Security',
      ElastiCacheOperation.DELETE_CACHE_SECURITY_GROUP,
      ElastiCacheResource.fromSecurityGroup(
        new elasticache.CfnSecurityGroup(stack, 'Security', { description: 's' })),
    ],
    [
      'serverlessCache',
      'serverlesscache',
      'Serverless',
      ElastiCacheOperation.MODIFY_SERVERLESS_CACHE,
      ElastiCacheResource.fromServerlessCache(
        new elasticache.CfnServerlessCache(stack, 'Serverless', {
          engine: 'valkey', serverlessCacheName: 'serverless',
        })),
    ],
    [
      'subnetGroup',
      'subnetgroup',
      'Subnets',
      ElastiCacheOperation.MODIFY_CACHE_SUBNET_GROUP,
      ElastiCacheResource.fromSubnetGroup(
        new elasticache.CfnSubnetGroup(stack, 'Subnets', { description: 's', subnetIds: ['subnet-1'] })),
    ],
    ['userGroup', 'usergroup', 'Users', ElastiCacheOperation.DELETE_USER_GROUP, ElastiCacheResource.fromUserGroup(
      new elasticache.CfnUserGroup(stack, 'Users', { engine: 'valkey', userGroupId: 'g', userIds: ['u'] }))],
  ];

  /** The attributes with the ARN, where this version of CDK has them in its references. */
  const attributes: Record<string, string | undefined> = {
    globalreplicationgroup: 'globalReplicationGroupArn' in (stack.node.findChild('Global') as any)
      .globalReplicationGroupRef ? 'Arn' : undefined,
    serverlesscache: 'serverlessCacheArn' in (stack.node.findChild('Serverless') as any)
      .serverlessCacheRef ? 'ARN' : undefined,
    usergroup: 'Arn',
  };

  test.each(constructs)('%s makes an ARN of type %s', (_, type, logicalId, operation, resource) => {
    const region = type === 'globalreplicationgroup' ? '' : 'eu-west-1';
    const join = ['arn:', PARTITION, `:elasticache:${region}:111122223333:${type}:`, { Ref: logicalId }];
    expect(arnOf(operation, resource, stack)).toEqual(
      attributes[type] ? { 'Fn::GetAtt': [logicalId, attributes[type]] } : { 'Fn::Join': ['', join] },
    );
  });

  test('fromUser uses the ARN of the user', () => {
    const user = new elasticache.CfnUser(stack, 'User', { engine: 'valkey', userId: 'u', userName: 'u' });
    expect(arnOf(ElastiCacheOperation.MODIFY_USER, ElastiCacheResource.fromUser(user), stack))
      .toEqual({ 'Fn::GetAtt': ['User', 'Arn'] });
  });

  test('keeps the Region of a construct in another stack', () => {
    const app = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
    const other = new Stack(app.node.root as any, 'Other', { env: { region: 'eu-west-1', account: '111122223333' } });
    const group = new elasticache.CfnReplicationGroup(other, 'Group', {
      replicationGroupDescription: 'g', replicationGroupId: 'g',
    });
    expect(
      JSON.stringify(arnOf(ElastiCacheOperation.TEST_FAILOVER, ElastiCacheResource.fromReplicationGroup(group), app)),
    )
      .toContain(':elasticache:eu-west-1:111122223333:replicationgroup:');
  });
});

describe('fromArn', () => {
  test.each([
    ['with a pattern of names', 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:prod-*'],
    ['with any name, in any Region and account', 'arn:aws-cn:elasticache:*:*:replicationgroup:*'],
    [
      'with tokens before its type',
      `arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:replicationgroup:a`,
    ],
    [
      'with a token as its name',
      `arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:${Fn.importValue('Name')}`,
    ],
  ])('does not change an ARN %s', (_, arn) => {
    const stack = newStack();
    expect(arnOf(ElastiCacheOperation.TEST_FAILOVER, ElastiCacheResource.fromArn(arn), stack))
      .toEqual(stack.resolve(arn));
  });

  test('accepts the ARN of a global datastore, without Region', () => {
    const arn = 'arn:aws:elasticache::111122223333:globalreplicationgroup:a';
    expect(arnOf(ElastiCacheOperation.FAILOVER_GLOBAL_REPLICATION_GROUP, ElastiCacheResource.fromArn(arn), newStack()))
      .toBe(arn);
  });
});
