/**
 * What people write in policies for ElastiCache: the facts of public policies, as rows, with other names. Each was
 * judged by hand: by the action's types and keys in the Service Authorization Reference, and by the rules of IAM.
 */

/** A policy of one principal, and what the checks must find in it. */
export interface FieldPolicy {
  readonly title: string;

  /** The documents of the principal, each a list of statements. */
  readonly documents: object[][];

  /** The rule, the number of the statement, and a part of the text, of each finding in order. */
  readonly findings: [rule: string, statement: string | number, part: string][];
}

/** Actions of ElastiCache may be written without the service. */
const prefixed = (actions: string) =>
  actions.split(' ').map((action) => (action.includes(':') || action === '*' ? action : `elasticache:${action}`));
/** `a:b` is a resource of one account, `any a:b` one of any. */
const arns = (resources: string) =>
  resources
    .split(' ')
    .map((resource) =>
      resource === '*' || resource.startsWith('arn:')
        ? resource
        : `arn:aws:elasticache:${
          resource.startsWith('any/') ? `*:*:${resource.slice(4)}` : `eu-west-1:111122223333:${resource}`
        }`,
    );
const statement = (Effect: string, actions: string, resources: string, Condition?: object, Sid?: string) => ({
  Effect,
  Action: prefixed(actions),
  Resource: arns(resources),
  ...(Condition && { Condition }),
  ...(Sid && { Sid }),
});
const allow = (actions: string, resources: string, condition?: object, sid?: string) =>
  statement('Allow', actions, resources, condition, sid);
const deny = (actions: string, resources: string, condition?: object, sid?: string) =>
  statement('Deny', actions, resources, condition, sid);
const right = (title: string, ...statements: object[]): FieldPolicy => ({
  title,
  documents: [statements],
  findings: [],
});
const split = (title: string, ...documents: object[][]): FieldPolicy => ({ title, documents, findings: [] });
const wrong = (title: string, statements: object[], ...findings: FieldPolicy['findings']): FieldPolicy => ({
  title,
  documents: [statements],
  findings,
});

const NODE_TYPES = ['cache.t4g.micro', 'cache.t4g.small'];
const DEPENDENT = allow('CreateCacheCluster CreateReplicationGroup', 'any/parametergroup:* any/subnetgroup:*');
const CREATE_BOTH = 'CreateCacheCluster CreateReplicationGroup';
const BOTH = 'any/cluster:* any/replicationgroup:*';

export const RIGHT: FieldPolicy[] = [
  // To connect.
  right('connects as one user to a group', allow('Connect', 'replicationgroup:sessions user:app')),
  right('connects to a serverless cache', allow('Connect', 'serverlesscache:sessions user:app-01')),
  right('connects to everything of one account', allow('Connect', 'replicationgroup:* user:*')),
  right('connects on *', allow('Connect', '*')),
  right(
    'connects on *, beside other services',
    allow('kafka-cluster:Connect kafka-cluster:ReadData', '*'),
    allow('Connect', '*'),
  ),
  right('connects and rotates on *', allow('DescribeUsers Connect', '*'), allow('DescribeUsers ModifyUser', '*')),
  right(
    'connects to a cache in one statement, as a user in another',
    allow('Connect', 'replicationgroup:sessions'),
    allow('Connect', 'user:app'),
  ),
  split('connects by two policies', [allow('Connect', 'serverlesscache:sessions')], [allow('Connect', 'user:app')]),
  right(
    'connects from one address',
    allow('Connect', 'replicationgroup:sessions user:app', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
  ),
  right(
    'connects from one VPC',
    allow('Connect', 'serverlesscache:sessions user:app', { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } }),
  ),
  right(
    'connects to what is tagged',
    allow('Connect', 'replicationgroup:* user:*', { StringEquals: { 'aws:ResourceTag/app': 'shop' } }),
  ),
  right(
    'connects among actions of other services, on *',
    allow(
      'rds:Connect rds:DescribeDBClusters DescribeCacheClusters DescribeReplicationGroups Connect s3:GetObject',
      '*',
    ),
  ),

  // To read.
  right("is AWS's policy that reads", allow('Describe*', '*')),
  right('describes and lists', allow('Describe* List*', '*')),
  right('describes one group', allow('DescribeReplicationGroups', 'replicationgroup:sessions')),
  right('describes by a pattern on two types', allow('Describe*', 'cluster:shop-* replicationgroup:shop-*')),
  right(
    'describes among many services',
    allow('cloudwatch:GetMetricData DescribeCacheClusters tag:GetResources ec2:DescribeVpcs', '*'),
  ),
  right('reads reservations', allow('DescribeReserved* ListTagsForResource ec2:DescribeReservedInstances', '*')),
  right(
    'buys reservations',
    allow('PurchaseReservedCacheNodesOffering DescribeReservedCacheNodesOfferings DescribeReservedCacheNodes', '*'),
  ),
  right(
    "describes everything of other clouds' agents",
    allow('elasticache:Describe* elasticache:List* rds:Describe* es:List*', '*'),
  ),

  // To run caches.
  right(
    "is AWS's policy of full access",
    allow('*', '*'),
    allow('elasticache:*', '*'),
    allow(
      'iam:CreateServiceLinkedRole',
      'arn:aws:iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache',
      { StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' } },
    ),
    { Effect: 'Allow', Action: 'ec2:CreateVpcEndpoint', NotResource: 'arn:aws:ec2:*:*:vpc-endpoint/*' },
  ),
  right(
    "is AWS's policy of scaling",
    allow(
      'DescribeReplicationGroups ModifyReplicationGroupShardConfiguration IncreaseReplicaCount '
        + 'DecreaseReplicaCount DescribeCacheClusters DescribeCacheParameters '
        + 'cloudwatch:DescribeAlarms',
      '*',
    ),
    allow('cloudwatch:PutMetricAlarm', 'arn:aws:cloudwatch:*:*:alarm:TargetTracking*'),
  ),
  right(
    "is AWS's policy of administrators of databases",
    allow('dynamodb:* elasticache:* rds:* redshift:* sns:Get* iam:GetRole', '*'),
    allow('iam:PassRole', 'arn:aws:iam::*:role/rds-monitoring-role'),
  ),
  right('does everything on one type', allow('elasticache:*', 'cluster:*')),
  right(
    'does everything on names of one form',
    allow(
      'elasticache:*',
      'any/cluster:e????-* any/replicationgroup:e????-* any/parametergroup:e????-* any/subnetgroup:e????-*',
    ),
  ),
  right(
    'scales one group',
    allow(
      'Describe* IncreaseReplicaCount DecreaseReplicaCount ModifyReplicationGroupShardConfiguration',
      'cluster:sessions* replicationgroup:sessions',
    ),
  ),
  right('tests a failover', allow('TestFailover DescribeReplicationGroups', 'replicationgroup:sessions')),
  right(
    'interrupts an availability zone',
    allow('DescribeReplicationGroups InterruptClusterAzPower', 'any/replicationgroup:*'),
  ),
  right('changes a user', allow('ModifyUser DescribeUsers', 'user:app')),
  right('changes one group', allow('ModifyReplicationGroup', 'replicationgroup:sessions')),
  right(
    'creates on *, tags included',
    allow(
      'AddTagsToResource CreateCacheSubnetGroup CreateReplicationGroup DeleteReplicationGroup '
        + 'DescribeReplicationGroups ListTagsForResource',
      '*',
    ),
  ),
  right(
    'manages subnet groups',
    allow(
      'CreateCacheSubnetGroup AddTagsToResource RemoveTagsFromResource ListTagsForResource '
        + 'DescribeCacheSubnetGroups DeleteCacheSubnetGroup',
      'subnetgroup:shop-*',
    ),
  ),
  right(
    'manages all types of one app',
    allow(
      'AddTagsToResource CreateCacheSubnetGroup CreateReplicationGroup DeleteCacheSubnetGroup '
        + 'DeleteReplicationGroup ListTagsForResource ModifyCacheSubnetGroup ModifyReplicationGroup '
        + 'RemoveTagsFromResource',
      'cluster:shop-* parametergroup:shop-* replicationgroup:shop-* subnetgroup:shop-*',
    ),
  ),
  right(
    'creates a group, each type in a statement',
    allow('CreateReplicationGroup', 'replicationgroup:shop'),
    allow('CreateReplicationGroup', 'parametergroup:default.*'),
    allow('CreateReplicationGroup', 'subnetgroup:shop'),
  ),
  right(
    'creates where the Region is right',
    allow('CreateReplicationGroup', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
  ),
  right(
    'deletes with multi-factor authentication',
    allow('Delete*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  ),
  right(
    "writes what has the project's tag",
    allow(
      'DeleteReplicationGroup ModifyReplicationGroup DeleteCacheSubnetGroup',
      'replicationgroup:shop subnetgroup:shop',
      { StringEquals: { 'aws:ResourceTag/project': 'shop' } },
    ),
  ),
  right('manages snapshots on *', allow('CreateSnapshot DeleteSnapshot DescribeSnapshots CopySnapshot', '*')),
  right('exports, with all of S3', allow('CopySnapshot Describe* s3:*', '*', undefined, 'Export')),
  right(
    'exports, with S3 in other statements',
    allow('CopySnapshot', 'snapshot:*', undefined, 'ExportSnapshots'),
    allow('s3:GetBucketLocation s3:ListAllMyBuckets', '*'),
    allow('s3:PutObject s3:GetObject s3:DeleteObject s3:ListBucket', 'arn:aws:s3:::exports arn:aws:s3:::exports/*'),
  ),
  right(
    'manages serverless caches on *',
    allow(
      'CreateServerlessCache DeleteServerlessCache DescribeServerlessCaches '
        + 'ModifyServerlessCache ec2:CreateVpcEndpoint',
      '*',
    ),
  ),

  // AWS's own examples of conditions.
  right(
    "limits node types, after AWS's guide",
    DEPENDENT,
    allow(CREATE_BOTH, BOTH, { StringEquals: { 'elasticache:CacheNodeType': ['cache.r5.large'] } }),
  ),
  right(
    "limits storage, after AWS's guide",
    allow('CreateServerlessCache', 'any/serverlesscachesnapshot:* any/snapshot:* any/usergroup:*'),
    allow('CreateServerlessCache', 'any/serverlesscache:*', {
      NumericLessThanEquals: { 'elasticache:MaximumDataStorage': '30' },
      StringEquals: { 'elasticache:DataStorageUnit': 'GB' },
    }),
  ),
  right(
    'limits replicas from two sides',
    allow('CreateReplicationGroup', 'any/parametergroup:* any/subnetgroup:*'),
    allow('CreateReplicationGroup', 'any/replicationgroup:*', {
      NumericGreaterThanEquals: { 'elasticache:ReplicasPerNodeGroup': '5' },
      NumericLessThanEquals: { 'elasticache:ReplicasPerNodeGroup': '10' },
    }),
  ),
  right(
    "keeps TLS on, after AWS's guide",
    allow('ModifyReplicationGroup', 'any/replicationgroup:*', {
      BoolIfExists: { 'elasticache:TransitEncryptionEnabled': 'true' },
    }),
  ),
  right(
    "limits keys, after AWS's guide",
    allow('CreateServerlessCache', 'any/snapshot:*'),
    allow('CreateServerlessCache', 'any/serverlesscache:*', { StringEquals: { 'elasticache:KmsKeyId': 'my-key' } }),
  ),
  right(
    "requires a tag, after AWS's guide",
    allow('CreateCacheCluster', 'any/parametergroup:* any/subnetgroup:* any/securitygroup:* any/replicationgroup:*'),
    deny('CreateCacheCluster', 'any/cluster:*', { Null: { 'aws:RequestTag/Project': 'true' } }),
    allow('CreateCacheCluster AddTagsToResource', 'any/cluster:*', {
      StringEquals: { 'aws:RequestTag/Project': ['Dev', 'Prod'] },
    }),
  ),
  right(
    "tags what has a tag, after AWS's guide",
    allow('AddTagsToResource', 'any/cluster:*', {
      'ForAllValues:StringEquals': { 'aws:ResourceTag/Project': 'shop' },
    }),
  ),
  right(
    "removes other tags, after AWS's guide",
    allow('RemoveTagsFromResource', 'any/replicationgroup:*', {
      'ForAllValues:StringEquals': { 'aws:ResourceTag/Service': 'a', 'aws:ResourceTag/Project': 'b' },
      'ForAnyValue:StringNotEqualsIgnoreCase': { 'aws:TagKeys': ['Project', 'Service'] },
    }),
  ),
  right(
    "adds other tags, after AWS's guide",
    allow('AddTagsToResource', 'any/*:*', {
      'ForAllValues:StringNotEqualsIgnoreCase': { 'aws:TagKeys': ['Service', 'Project'] },
    }),
  ),
  right(
    "denies a tag, after AWS's guide",
    deny('CreateReplicationGroup', 'any/replicationgroup:*', {
      'ForAnyValue:StringEquals': { 'aws:RequestTag/Project': 'Foo' },
    }),
  ),
  right(
    "denies a copy, after AWS's guide",
    deny('CopySnapshot', 'any/snapshot:*', {
      'ForAllValues:StringEquals': { 'aws:ResourceTag/Project': 'a', 'aws:RequestTag/Service': 'b' },
    }),
  ),
  right(
    "passes calls on, after AWS's guide",
    allow('ec2:*', '*', {
      'ForAnyValue:StringLike': { 'aws:CalledVia': ['ec.amazonaws.com', 'elasticache.amazonaws.com'] },
    }),
  ),

  right(
    "denies single-zone groups, after AWS's guide",
    DEPENDENT,
    deny(CREATE_BOTH, BOTH, { Bool: { 'elasticache:MultiAZEnabled': 'false' } }),
  ),
  right(
    "creates one of two kinds, after AWS's guide",
    DEPENDENT,
    allow('CreateCacheCluster AddTagsToResource', 'any/cluster:*', {
      StringEquals: { 'aws:RequestTag/Project': 'a' },
    }),
  ),

  // To deny.
  right(
    'denies other node types, where a type has the key',
    deny(CREATE_BOTH, BOTH, { StringNotLike: { 'elasticache:CacheNodeType': NODE_TYPES } }),
  ),
  right(
    'denies other node types by a quantifier',
    deny(`${CREATE_BOTH} ModifyCacheCluster ModifyReplicationGroup`, '*', {
      'ForAnyValue:StringNotEqualsIgnoreCase': { 'elasticache:CacheNodeType': NODE_TYPES },
      'ArnNotLike': { 'aws:PrincipalARN': ['arn:aws:iam::*:role/admin'] },
    }),
  ),
  right(
    'denies large node types',
    deny(`${CREATE_BOTH} ModifyCacheCluster ModifyReplicationGroup`, '*', {
      'ForAnyValue:StringLike': { 'elasticache:CacheNodeType': ['cache.*.24xlarge'] },
    }),
  ),
  right(
    'denies plain text',
    deny('CreateReplicationGroup', '*', { Bool: { 'elasticache:TransitEncryptionEnabled': 'false' } }),
  ),
  right('denies other Regions', {
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*'],
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
  }),
  right(
    'denies ElastiCache in other Regions',
    deny('elasticache:*', '*', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } }),
  ),
  right(
    'denies without multi-factor authentication',
    deny('Delete* Modify*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
  ),
  right(
    'denies from elsewhere',
    deny('elasticache:*', '*', {
      NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] },
      Bool: { 'aws:ViaAWSService': 'false' },
    }),
  ),
  right(
    'denies commitments of many services',
    deny(
      'ec2:PurchaseReservedInstancesOffering PurchaseReservedCacheNodesOffering '
        + 'rds:PurchaseReservedDBInstancesOffering',
      '*',
    ),
  ),
  right(
    'denies creation of many services',
    deny('es:CreateDomain CreateCacheCluster CreateReplicationGroup memorydb:CreateCluster', '*'),
  ),
  right('denies copies', deny('rds:ModifyDBSnapshotAttribute CreateSnapshot CopySnapshot', '*')),
  right(
    'denies changes of protected tags',
    deny('ec2:CreateTags AddTagsToResource RemoveTagsFromResource', '*', {
      'StringEquals': { 'aws:ResourceTag/env': ['prod'] },
      'ForAnyValue:StringEquals': { 'aws:TagKeys': ['env'] },
    }),
  ),
  right(
    'denies deletion of what is in production',
    deny('DeleteReplicationGroup DeleteCacheCluster', '*', { StringEquals: { 'aws:ResourceTag/env': 'prod' } }),
  ),
  right(
    'denies all but a role',
    deny('Delete*', '*', { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cache-admin' } }),
  ),
  right('denies serverless caches with those of others', deny('rds:CreateDBCluster CreateServerlessCache', '*')),

  // What isn't sure.
  right(
    'has placeholders',
    allow(
      'Connect',
      'arn:aws:elasticache:region:account-id:serverlesscache:<cache> '
        + 'arn:aws:elasticache:<region>:<account>:user:YOUR_USER',
    ),
  ),
  right(
    'has names by variables',
    allow('elasticache:*', 'arn:aws:elasticache:*:*:replicationgroup:${aws:PrincipalTag/team}-*'),
  ),
  right('has what something else fills in', allow('Connect', '${cache_arn}')),
  right('is not about ElastiCache', allow('s3:GetObject', '*', { StringEquals: { 'aws:SomethingNew': 'a' } })),
];

export const WRONG: FieldPolicy[] = [
  // To connect.
  wrong(
    'connects to a group as nobody',
    [allow('Connect', 'replicationgroup:sessions')],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects to names of one form as nobody',
    [allow('Connect', 'any/replicationgroup:shop-*'), allow('logs:PutLogEvents', '*')],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects to a serverless cache as nobody, by a policy of another partition',
    [
      allow('DescribeServerlessCaches', '*'),
      allow('Connect', 'arn:aws-us-gov:elasticache:us-gov-east-1:111122223333:serverlesscache:a'),
    ],
    ['missingResource', 2, 'Connect on a user,'],
  ),
  wrong(
    'describes and connects as nobody',
    [allow('DescribeServerlessCaches Connect', 'serverlesscache:sessions')],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects as a user to nothing',
    [allow('Connect DescribeUsers', 'user:app')],
    ['missingResource', 1, 'Connect on a replicationGroup or a serverlessCache,'],
  ),
  wrong(
    'connects to a single node',
    [allow('Connect', 'cluster:sessions')],
    ['unusedResource', 1, 'on a cacheCluster,'],
    ['missingResource', 1, 'Connect on a user and a replicationGroup or a serverlessCache,'],
  ),
  wrong(
    'connects by an ARN with a slash, as nobody',
    [allow('Connect', 'replicationgroup/sessions-*')],
    ['invalidArn', 1, 'slash'],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects to a type that is none',
    [allow('Connect', 'serverlessv2:sessions')],
    ['invalidArn', 1, '"serverlessv2" is not one'],
  ),
  wrong(
    'connects beside other services, on what they use, too',
    [
      allow(
        'Connect secretsmanager:GetSecretValue',
        'replicationgroup:a arn:aws:secretsmanager:eu-west-1:111122223333:secret:a',
      ),
    ],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects with patterns that match nothing, by a slash',
    [allow('Connect Get* List*', 'serverlesscache/sessions')],
    ['unknownAction', 1, '"elasticache:Get*" matches no action'],
    ['invalidArn', 1, 'slash'],
    ['missingResource', 1, 'Connect on a user,'],
  ),
  wrong(
    'connects by a tag that ElastiCache has no key for',
    [
      allow('Connect', 'any/replicationgroup:* any/serverlesscache:*', {
        StringEquals: { 'elasticache:resourceTag/app': 'a' },
      }),
    ],
    ['unknownConditionKey', 1, '"elasticache:resourceTag/app"'],
    ['missingResource', 1, 'Connect on a user,'],
  ),

  // Actions.
  wrong(
    'tags as other services do',
    [allow('CreateCacheCluster DescribeCacheClusters ListTagsForResource TagResource UntagResource', '*')],
    ['unknownAction', 1, 'AddTagsToResource'],
    ['unknownAction', 1, 'RemoveTagsFromResource'],
  ),
  wrong(
    'updates as other services do',
    [allow('UpdateCacheCluster', '*')],
    ['unknownAction', 1, 'ModifyCacheCluster'],
  ),
  wrong(
    'describes one',
    [allow('DescribeReplicationGroups DescribeReplicationGroup DescribeEngineVersions', '*')],
    ['unknownAction', 1, '"elasticache:DescribeReplicationGroup" is not'],
    ['unknownAction', 1, '"elasticache:DescribeEngineVersions" is not'],
  ),
  wrong(
    'describes subnet groups as RDS does',
    [allow('DescribeSubnetGroups rds:DescribeDBSubnetGroups', '*')],
    ['unknownAction', 1, 'DescribeCacheSubnetGroups'],
  ),
  wrong(
    'has security groups of nobody',
    [allow('CreateSecurityGroup DescribeSecurityGroups AuthorizeCacheSecurityGroupEgress', '*')],
    ['unknownAction', 1, 'CreateSecurityGroup'],
    ['unknownAction', 1, 'DescribeSecurityGroups'],
    ['unknownAction', 1, 'AuthorizeCacheSecurityGroupEgress'],
  ),
  wrong(
    'reads as other services do',
    [allow('List* Get* Describe* View*', '*')],
    ['unknownAction', 1, '"elasticache:Get*"'],
    ['unknownAction', 1, '"elasticache:View*"'],
  ),
  wrong(
    'misspells the service',
    [allow('elasticcache:DescribeCacheClusters', '*')],
    ['unknownAction', 1, 'did you mean "elasticache"?'],
  ),

  // Types.
  wrong(
    'describes clusters on a group',
    [allow('DescribeReplicationGroups DescribeCacheClusters', 'replicationgroup:shop-*')],
    ['missingResource', 1, 'DescribeCacheClusters on a cacheCluster,'],
  ),
  wrong(
    'describes clusters alone, on a group',
    [allow('DescribeCacheClusters', 'replicationgroup:shop')],
    ['unusedResource', 1, 'replicationGroup'],
    ['missingResource', 1, 'DescribeCacheClusters on a cacheCluster,'],
  ),
  wrong(
    'changes a group on groups of users',
    [
      allow('DescribeUserGroups ModifyUserGroup', 'any/usergroup:*'),
      allow('ModifyReplicationGroup', 'any/usergroup:*'),
    ],
    ['missingResource', 1, 'ModifyUserGroup on a user,'],
    ['missingResource', 2, 'ModifyReplicationGroup on a replicationGroup,'],
  ),
  wrong(
    'creates a group on the group alone',
    [
      allow('CreateReplicationGroup DeleteReplicationGroup ModifyReplicationGroup', 'replicationgroup:shop'),
      allow('CreateCacheSubnetGroup DeleteCacheSubnetGroup', 'subnetgroup:shop'),
    ],
    ['missingResource', 1, 'CreateReplicationGroup on a parameterGroup,'],
  ),
  wrong(
    'creates a cluster on the cluster alone',
    [allow('CreateCacheCluster DeleteCacheCluster ModifyCacheCluster', 'cluster:shop')],
    ['missingResource', 1, 'CreateCacheCluster on a parameterGroup,'],
  ),
  wrong(
    'creates a cluster by ARNs with a slash',
    [
      allow('DescribeCacheClusters ListTagsForResource', 'cluster/shop'),
      allow('CreateCacheCluster', 'cluster/shop', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }),
    ],
    ['invalidArn', 1, 'slash'],
    ['invalidArn', 2, 'slash'],
    ['missingResource', 2, 'CreateCacheCluster on a parameterGroup,'],
  ),
  wrong(
    'takes a snapshot of nothing',
    [allow('CreateSnapshot DeleteSnapshot', 'snapshot:shop-*')],
    ['missingResource', 1, 'CreateSnapshot on a cacheCluster or a replicationGroup,'],
  ),
  wrong(
    'takes a snapshot into nothing',
    [allow('CreateSnapshot', 'replicationgroup:shop')],
    ['missingResource', 1, 'CreateSnapshot on a snapshot,'],
  ),
  wrong(
    'reads versions on ARNs',
    [allow('DescribeCacheEngineVersions DescribeEvents DescribeCacheClusters', 'cluster:*')],
    ['missingResource', 1, 'DescribeCacheEngineVersions, DescribeEvents on "*"'],
  ),
  wrong(
    'creates a group of users without users',
    [allow('CreateUserGroup', 'usergroup:*')],
    ['missingResource', 1, 'CreateUserGroup on a user,'],
  ),
  wrong(
    'has no account',
    [allow('DeleteSnapshot', 'arn:aws:elasticache:us-east-1::snapshot:manual-*')],
    ['invalidArn', 1, 'account'],
  ),
  wrong(
    'has no type',
    [allow('elasticache:*', 'arn:aws:elasticache:us-east-1:111122223333:shop')],
    ['invalidArn', 1, 'lacks a part'],
  ),
  wrong('has capitals', [allow('ModifyUser', 'user:AppUser')], ['invalidArn', 1, 'capitals']),
  wrong(
    'has an ARN of another service',
    [allow('DescribeCacheClusters', 'arn:aws:rds:eu-west-1:111122223333:cluster:a')],
    ['unusedResource', 1, 'not of ElastiCache'],
    ['missingResource', 1, 'DescribeCacheClusters on a cacheCluster,'],
  ),

  // Conditions.
  wrong(
    'limits node types on *',
    [
      allow('DescribeCacheClusters ModifyCacheCluster', '*'),
      allow('CreateCacheCluster', '*', { StringEquals: { 'elasticache:CacheNodeType': NODE_TYPES } }),
    ],
    [
      'missingResource',
      2,
      "CreateCacheCluster on a parameterGroup (AWS doesn't supply elasticache:CacheNodeType with it",
    ],
  ),
  wrong(
    'requires encryption of what has none',
    [deny(CREATE_BOTH, '*', { Bool: { 'elasticache:AtRestEncryptionEnabled': 'false' } })],
    ['absentConditionKey', 1, 'elasticache:AtRestEncryptionEnabled to CreateCacheCluster'],
  ),
  wrong(
    'requires TLS of what has no key',
    [deny(CREATE_BOTH, '*', { Bool: { 'elasticache:TransitEncryptionEnabled': 'false' } })],
    ['absentConditionKey', 1, 'elasticache:TransitEncryptionEnabled to CreateCacheCluster'],
  ),
  wrong(
    'denies other node types and many shards',
    [
      deny(CREATE_BOTH, BOTH, {
        StringNotLike: { 'elasticache:CacheNodeType': NODE_TYPES },
        NumericGreaterThan: { 'elasticache:NumNodeGroups': '1' },
      }),
    ],
    ['absentConditionKey', 1, 'elasticache:NumNodeGroups to CreateCacheCluster'],
  ),
  wrong(
    'denies other node types of changes',
    [
      deny(`${CREATE_BOTH} ModifyCacheCluster ModifyReplicationGroup`, BOTH, {
        StringNotLike: { 'elasticache:CacheNodeType': NODE_TYPES },
      }),
    ],
    ['denyWithoutKey', 1, "ModifyCacheCluster, ModifyReplicationGroup that doesn't set it"],
  ),
  wrong(
    'denies other node types on *',
    [deny(CREATE_BOTH, '*', { StringNotEquals: { 'elasticache:CacheNodeType': NODE_TYPES } })],
    ['denyWithoutKey', 1, 'on a parameterGroup, where it never supplies elasticache:CacheNodeType'],
  ),
  wrong(
    'asks for tags under keys of ElastiCache',
    [allow('CopySnapshot', '*', { 'ForAllValues:StringEquals': { 'elasticache:RequestTag/by': 'a' } })],
    ['unknownConditionKey', 1, 'elasticache:RequestTag/by'],
  ),
  wrong(
    'limits instance types as EC2 does',
    [
      allow('CreateReplicationGroup', '*', {
        StringEqualsIfExists: { 'elasticache:InstanceType': 'cache.t4g.micro' },
      }),
    ],
    ['unknownConditionKey', 1, 'elasticache:CacheNodeType'],
  ),
  wrong(
    'limits describes by node type',
    [allow('DescribeCacheClusters', '*', { StringEquals: { 'elasticache:CacheNodeType': 'cache.t4g.micro' } })],
    ['absentConditionKey', 1, 'allows no call of DescribeCacheClusters'],
  ),
  wrong(
    "trusts services as a bucket's policy does",
    [allow('DescribeCacheClusters', '*', { StringEquals: { 'aws:SourceAccount': '111122223333' } })],
    ['absentConditionKey', 1, 'aws:SourceAccount'],
  ),
  wrong(
    'limits a number by text',
    [
      deny('CreateReplicationGroup', 'any/replicationgroup:*', {
        StringEquals: { 'elasticache:NumNodeGroups': '3' },
      }),
    ],
    ['conditionValue', 1, 'the key is a Numeric'],
  ),
  wrong(
    "requires a tag without letting tag, after AWS's guide",
    [
      allow('CreateCacheCluster', 'any/parametergroup:* any/subnetgroup:*'),
      allow('CreateCacheCluster', 'any/cluster:*', {
        StringEqualsIfExists: { 'elasticache:CacheNodeType': NODE_TYPES },
        StringEquals: { 'aws:RequestTag/Project': 'a' },
      }),
    ],
    ['missingCompanion', 2, 'AddTagsToResource'],
  ),

  // Halves.
  wrong(
    'exports without S3, by its name',
    [allow('CopySnapshot DescribeSnapshots', '*', undefined, 'ExportToS3')],
    ['missingCompanion', 'ExportToS3', 'CopySnapshot to a bucket also needs'],
  ),
  wrong(
    'exports with some of S3',
    [allow('CopySnapshot s3:PutObject s3:GetObject s3:DeleteObject', '*')],
    ['missingCompanion', 1, 'also needs s3:GetBucketLocation, s3:ListAllMyBuckets, s3:ListBucket,'],
  ),
  wrong(
    'exports a serverless snapshot without S3',
    [allow('ExportServerlessCacheSnapshot', '*')],
    ['missingCompanion', 1, 'ExportServerlessCacheSnapshot to a bucket'],
  ),
  wrong(
    'deletes with a final snapshot that nobody may take',
    [allow('DeleteReplicationGroup', 'replicationgroup:shop snapshot:shop-final')],
    ['missingCompanion', 1, 'elasticache:CreateSnapshot'],
  ),
  wrong(
    'restores objects that nobody may read',
    [allow('CreateReplicationGroup', '*'), allow('s3:ListBucket', 'arn:aws:s3:::seed/a.rdb')],
    ['missingCompanion', 1, 's3:GetObject'],
  ),
];
