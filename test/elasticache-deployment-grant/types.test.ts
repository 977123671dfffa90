import { elastiCacheArn as arn, inOrder, statementsFor } from '../support/deployments';

const allow = (Action: string | string[], Resource: string | string[], Condition?: object) => (
  { Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
const elasticache = (...names: string[]) => (
  names.length === 1 ? `elasticache:${names[0]}` : names.map((name) => `elasticache:${name}`));

const createServiceLinkedRole = allow(
  'iam:CreateServiceLinkedRole',
  'arn:aws:iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache*',
  { StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' } },
);

/** What the handlers need on the resource itself, with nothing that depends on a property. */
const CLUSTER = elasticache(
  'AddTagsToResource', 'CreateCacheCluster', 'DeleteCacheCluster', 'DescribeCacheClusters', 'ListTagsForResource',
  'ModifyCacheCluster', 'RebootCacheCluster', 'RemoveTagsFromResource',
);
const GROUP = elasticache(
  'AddTagsToResource', 'CreateCacheCluster', 'CreateReplicationGroup', 'DecreaseReplicaCount', 'DeleteReplicationGroup',
  'DescribeReplicationGroups', 'IncreaseReplicaCount', 'ListTagsForResource', 'ModifyReplicationGroup',
  'ModifyReplicationGroupShardConfiguration', 'RemoveTagsFromResource',
);
const SERVERLESS = elasticache(
  'AddTagsToResource', 'CreateServerlessCache', 'DeleteServerlessCache', 'DescribeServerlessCaches',
  'ListTagsForResource', 'ModifyServerlessCache', 'RemoveTagsFromResource',
);
const NODES = allow(
  elasticache('CreateCacheCluster', 'DeleteCacheCluster', 'DescribeCacheClusters'),
  [arn('cluster:orders-???'), arn('cluster:orders-????-???')],
);
const DEFAULT_PARAMETERS = arn('parametergroup:default.*');

const vpc = 'arn:aws:ec2:eu-west-1:111122223333';
const ENDPOINT = [
  allow('ec2:CreateVpcEndpoint', [`${vpc}:security-group/*`, `${vpc}:subnet/*`, `${vpc}:vpc/*`]),
  allow('ec2:CreateTags', `${vpc}:vpc-endpoint/*`, {
    StringEquals: { 'aws:RequestTag/AmazonElastiCacheManaged': 'true', 'ec2:CreateAction': 'CreateVpcEndpoint' },
  }),
  allow('ec2:CreateVpcEndpoint', `${vpc}:vpc-endpoint/*`, {
    StringLike: { 'ec2:VpceServiceName': 'com.amazonaws.elasticache.serverless.*' },
  }),
];

/** For each type, its name, and the whole list of statements without any other property. */
const BASE: Record<string, [properties: Record<string, unknown>, statements: any[]]> = {
  CacheCluster: [{ ClusterName: 'orders' }, [
    allow(CLUSTER, arn('cluster:orders')),
    allow(elasticache('CreateCacheCluster', 'ModifyCacheCluster'), DEFAULT_PARAMETERS),
    createServiceLinkedRole,
  ]],
  ReplicationGroup: [{ ReplicationGroupId: 'orders' }, [
    allow(GROUP, arn('replicationgroup:orders')),
    allow(
      elasticache('CreateCacheCluster', 'CreateReplicationGroup', 'ModifyReplicationGroup'), DEFAULT_PARAMETERS,
    ),
    NODES,
    createServiceLinkedRole,
  ]],
  ServerlessCache: [{ ServerlessCacheName: 'orders' }, [allow(SERVERLESS, arn('serverlesscache:orders')), ...ENDPOINT]],
  Snapshot: [{ SnapshotName: 'nightly', ReplicationGroupId: 'orders' }, [
    allow(elasticache(
      'AddTagsToResource', 'CreateSnapshot', 'DeleteSnapshot', 'DescribeSnapshots', 'ListTagsForResource',
      'RemoveTagsFromResource',
    ), arn('snapshot:nightly')),
    allow(elasticache('CreateSnapshot'), arn('replicationgroup:orders')),
  ]],
  ServerlessCacheSnapshot: [{ ServerlessCacheSnapshotName: 'nightly', ServerlessCacheName: 'orders' }, [
    allow(elasticache(
      'AddTagsToResource', 'CreateServerlessCacheSnapshot', 'DeleteServerlessCacheSnapshot',
      'DescribeServerlessCacheSnapshots', 'ListTagsForResource', 'RemoveTagsFromResource',
    ), arn('serverlesscachesnapshot:nightly')),
    allow(
      elasticache('CreateServerlessCacheSnapshot', 'DescribeServerlessCacheSnapshots'), arn('serverlesscache:orders'),
    ),
  ]],
  GlobalReplicationGroup: [
    {
      GlobalReplicationGroupIdSuffix: 'world',
      Members: [
        { ReplicationGroupId: 'orders', ReplicationGroupRegion: 'eu-west-1', Role: 'PRIMARY' },
        { ReplicationGroupId: 'orders-us', ReplicationGroupRegion: 'us-east-1', Role: 'SECONDARY' },
      ],
    },
    [
      allow(elasticache(
        'AddTagsToResource', 'CreateGlobalReplicationGroup', 'DecreaseNodeGroupsInGlobalReplicationGroup',
        'DeleteGlobalReplicationGroup', 'DescribeGlobalReplicationGroups', 'DisassociateGlobalReplicationGroup',
        'FailoverGlobalReplicationGroup', 'IncreaseNodeGroupsInGlobalReplicationGroup', 'ListTagsForResource',
        'ModifyGlobalReplicationGroup', 'RebalanceSlotsInGlobalReplicationGroup', 'RemoveTagsFromResource',
      ), 'arn:aws:elasticache::111122223333:globalreplicationgroup:*-world'),
      allow(elasticache('CreateGlobalReplicationGroup'), [
        arn('replicationgroup:orders'),
        'arn:aws:elasticache:us-east-1:111122223333:replicationgroup:orders-us',
      ]),
    ],
  ],
  ParameterGroup: [{}, [
    allow(elasticache(
      'AddTagsToResource', 'CreateCacheParameterGroup', 'DeleteCacheParameterGroup', 'DescribeCacheParameterGroups',
      'DescribeCacheParameters', 'ListTagsForResource', 'ModifyCacheParameterGroup', 'RemoveTagsFromResource',
    ), arn('parametergroup:*')),
    allow(elasticache('DescribeEngineDefaultParameters'), '*'),
    createServiceLinkedRole,
  ]],
  SubnetGroup: [{ CacheSubnetGroupName: 'private' }, [
    allow(elasticache(
      'AddTagsToResource', 'CreateCacheSubnetGroup', 'DeleteCacheSubnetGroup', 'DescribeCacheSubnetGroups',
      'ListTagsForResource', 'ModifyCacheSubnetGroup', 'RemoveTagsFromResource',
    ), arn('subnetgroup:private')),
  ]],
  User: [{ UserId: 'app' }, [
    allow(elasticache(
      'AddTagsToResource', 'CreateUser', 'DeleteUser', 'DescribeUsers', 'ListTagsForResource', 'ModifyUser',
      'RemoveTagsFromResource',
    ), arn('user:app')),
  ]],
  UserGroup: [{ UserGroupId: 'apps' }, [
    allow(elasticache(
      'AddTagsToResource', 'CreateUserGroup', 'DeleteUserGroup', 'DescribeUserGroups', 'ListTagsForResource',
      'ModifyUserGroup', 'RemoveTagsFromResource',
    ), arn('usergroup:apps')),
  ]],
  ReservedCacheNode: [{}, [
    allow(elasticache('DescribeReservedCacheNodes', 'ListTagsForResource'), arn('reserved-instance:*')),
  ]],
};

test.each(Object.entries(BASE))('%s by its name alone', (type, [properties, statements]) => {
  expect(statementsFor(type, properties)).toEqual(inOrder(statements));
});

const key = 'arn:aws:kms:eu-west-1:111122223333:key/abcd-1234';
const ENCRYPTION = [
  allow('kms:CreateGrant', key, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  allow('kms:DescribeKey', key),
];
const LOGS = ['CreateLogDelivery', 'DeleteLogDelivery', 'GetLogDelivery', 'ListLogDeliveries', 'UpdateLogDelivery'];
const logs = (names: string[]) => allow([...names].sort().map((name) => `logs:${name}`), '*');
const TO_LOG_GROUP = logs([...LOGS, 'DescribeLogGroups', 'DescribeResourcePolicies', 'PutResourcePolicy']);
const TO_STREAM = [
  logs(LOGS),
  allow('firehose:TagDeliveryStream', 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/logs'),
  allow(
    'iam:CreateServiceLinkedRole',
    'arn:aws:iam::111122223333:role/aws-service-role/delivery.logs.amazonaws.com/AWSServiceRoleForLogDelivery',
    { StringEquals: { 'iam:AWSServiceName': 'delivery.logs.amazonaws.com' } },
  ),
];
const logGroup = {
  DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'slow' } },
};
const stream = {
  DestinationType: 'kinesis-firehose', DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream: 'logs' } },
};

/** By type, a property, and what changes in the list of statements: what is replaced, and what is added. */
type Case = [type: string, property: string, value: unknown, replaced: (statement: any) => any, added: any[]];
const same = (statement: any) => statement;
const on = (resource: string, change: (statement: any) => any) => (statement: any) => (
  statement.Resource === resource ? change(statement) : statement);
const moved = (to: string) => on(DEFAULT_PARAMETERS, ({ Action }) => allow(Action, arn(to)));

const CASES: Case[] = [
  ['CacheCluster', 'CacheParameterGroupName', 'Custom', moved('parametergroup:custom'), []],
  ['CacheCluster', 'CacheSubnetGroupName', 'private', same, [
    allow(elasticache('CreateCacheCluster'), arn('subnetgroup:private')),
  ]],
  ['CacheCluster', 'SnapshotName', 'nightly', same, [
    allow(elasticache('CreateCacheCluster'), arn('snapshot:nightly')),
  ]],
  ['CacheCluster', 'SnapshotArns', ['arn:aws:s3:::seeds/a.rdb', 'arn:aws:s3:::seeds/b*.rdb'], same, [
    allow('s3:GetObject', 'arn:aws:s3:::seeds/a.rdb'),
    allow('s3:GetObject', { 'Fn::Join': ['', ['arn:aws:s3:::seeds/', 'b${*}.rdb']] } as any),
  ]],
  ['CacheCluster', 'LogDeliveryConfigurations', [logGroup], same, [TO_LOG_GROUP]],
  ['CacheCluster', 'LogDeliveryConfigurations', [stream], same, TO_STREAM],
  ['CacheCluster', 'LogDeliveryConfigurations', [logGroup, stream], same, [TO_LOG_GROUP, ...TO_STREAM.slice(1)]],
  ['ReplicationGroup', 'CacheParameterGroupName', 'custom', moved('parametergroup:custom'), []],
  ['ReplicationGroup', 'CacheSubnetGroupName', 'private', same, [
    allow(elasticache('CreateCacheCluster', 'CreateReplicationGroup'), arn('subnetgroup:private')),
  ]],
  ['ReplicationGroup', 'GlobalReplicationGroupId', 'ldgnf-world', same, [
    allow(
      elasticache('CreateReplicationGroup'), 'arn:aws:elasticache::111122223333:globalreplicationgroup:ldgnf-world',
    ),
  ]],
  ['ReplicationGroup', 'PrimaryClusterId', 'single', same, [
    allow(elasticache('CreateReplicationGroup'), arn('cluster:single')),
  ]],
  ['ReplicationGroup', 'SnapshotName', 'nightly', same, [
    allow(elasticache('CreateReplicationGroup'), arn('snapshot:nightly')),
  ]],
  ['ReplicationGroup', 'UserGroupIds', ['apps', 'Admins'], same, [
    allow(elasticache('CreateReplicationGroup', 'ModifyReplicationGroup'), [
      arn('usergroup:admins'), arn('usergroup:apps'),
    ]),
  ]],
  ['ReplicationGroup', 'KmsKeyId', key, same, ENCRYPTION],
  ['ReplicationGroup', 'KmsKeyId', 'abcd-1234', same, ENCRYPTION],
  ['ReplicationGroup', 'SnapshotArns', ['arn:aws:s3:::seeds/a.rdb'], same, [
    allow('s3:GetObject', 'arn:aws:s3:::seeds/a.rdb'),
  ]],
  ['ReplicationGroup', 'LogDeliveryConfigurations', [logGroup], same, [TO_LOG_GROUP]],
  ['ReplicationGroup', 'LogDeliveryConfigurations', [stream], same, TO_STREAM],
  ['ServerlessCache', 'UserGroupId', 'apps', same, [
    allow(elasticache('CreateServerlessCache', 'ModifyServerlessCache'), arn('usergroup:apps')),
  ]],
  ['ServerlessCache', 'SnapshotArnsToRestore', [arn('serverlesscachesnapshot:one'), arn('snapshot:two')], same, [
    allow(elasticache('CreateServerlessCache'), [arn('serverlesscachesnapshot:one'), arn('snapshot:two')]),
  ]],
  ['ServerlessCache', 'KmsKeyId', key, same, ENCRYPTION],
  ['ServerlessCache', 'FinalSnapshotName', 'Last', on(arn('serverlesscache:orders'), ({ Action, Resource }) => (
    allow([...Action, 'elasticache:CreateServerlessCacheSnapshot'].sort(), Resource)
  )), [
    allow(
      elasticache('CreateServerlessCacheSnapshot', 'DeleteServerlessCache'), arn('serverlesscachesnapshot:last'),
    ),
  ]],
  ['Snapshot', 'CacheClusterId', 'single', same, [allow(elasticache('CreateSnapshot'), arn('cluster:single'))]],
  ['Snapshot', 'KmsKeyId', key, same, ENCRYPTION],
  ['ServerlessCacheSnapshot', 'KmsKeyId', key, same, ENCRYPTION],
  ['UserGroup', 'UserIds', ['app', 'default'], same, [
    allow(elasticache('CreateUserGroup', 'ModifyUserGroup'), [arn('user:app'), arn('user:default')]),
  ]],
];

test.each(CASES)('%s with %s (%j)', (type, property, value, replaced, added) => {
  const [properties, statements] = BASE[type];
  expect(statementsFor(type, { ...properties, [property]: value })).toEqual(merged([
    ...statements.map(replaced), ...added,
  ]));
});

/** Statements of the same actions are one. */
function merged(statements: any[]): any[] {
  const byActions = new Map<string, any>();
  statements.forEach((statement) => {
    const { Action, Condition, Resource } = statement;
    const alone = Resource === '*' || Action === 's3:GetObject';
    const sameActions = JSON.stringify([Action, Condition, alone && Resource]);
    const earlier = byActions.get(sameActions);
    byActions.set(sameActions, earlier
      ? { ...earlier, Resource: [earlier.Resource, Resource].flat().sort() }
      : statement);
  });
  return inOrder([...byActions.values()]);
}

test.each([
  ['CacheCluster', CLUSTER, arn('cluster:orders')],
  ['ReplicationGroup', GROUP, arn('replicationgroup:orders')],
] as const)('%s whose deletion, or replacement, takes a snapshot', (type, actions, resource) => {
  const [properties, statements] = BASE[type];
  const deletes = `elasticache:Delete${type}`;
  const expected = inOrder([
    ...statements.map((statement) => (statement.Resource !== resource ? statement : (
      allow([...actions as string[], 'elasticache:CreateSnapshot'].sort(), resource)))),
    allow(['elasticache:CreateSnapshot', deletes], arn('snapshot:*')),
  ]);
  for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    expect(statementsFor(type, properties, { [policy]: 'Snapshot' })).toEqual(expected);
  }
  expect(statementsFor(type, properties, { DeletionPolicy: 'Retain' })).toEqual(inOrder(statements));
});

test('a serverless cache with a public endpoint needs nothing of EC2', () => {
  expect(statementsFor('ServerlessCache', { ServerlessCacheName: 'orders', ConnectionType: 'public' })).toEqual([
    allow(SERVERLESS, arn('serverlesscache:orders')),
  ]);
  expect(statementsFor('ServerlessCache', { ServerlessCacheName: 'orders', ConnectionType: 'vpc' })).toEqual(
    inOrder(BASE.ServerlessCache[1]));
});

test.each([
  'NotificationTopicArn', 'PreferredOutpostArn', 'SecurityGroupIds', 'SubnetIds', 'Tags', 'AuthToken', 'NodeType',
])('%s brings nothing', (property) => {
  expect(statementsFor('ReplicationGroup', { ReplicationGroupId: 'orders', [property]: 'text' })).toEqual(
    inOrder(BASE.ReplicationGroup[1]));
});
