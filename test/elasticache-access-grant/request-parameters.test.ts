import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
} from '../../src';
import { allow, granted, inPartition, newStack } from '../harness';

const {
  COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, DELETE_REPLICATION_GROUP, DELETE_SERVERLESS_CACHE,
} = ElastiCacheOperation;
const anywhere = { region: '*', account: '*' };
const arn = (name: string) => inPartition(`elasticache:*:*:${name}`);

/** The operations with a Tags parameter, and what each creates, transcribed by hand. */
const TAGGED = [
  ['CopyServerlessCacheSnapshot', 'serverlesscachesnapshot'],
  ['CopySnapshot', 'snapshot'],
  ['CreateCacheCluster', 'cluster'],
  ['CreateCacheParameterGroup', 'parametergroup'],
  ['CreateCacheSecurityGroup', 'securitygroup'],
  ['CreateCacheSubnetGroup', 'subnetgroup'],
  ['CreateReplicationGroup', 'replicationgroup'],
  ['CreateServerlessCache', 'serverlesscache'],
  ['CreateServerlessCacheSnapshot', 'serverlesscachesnapshot'],
  ['CreateSnapshot', 'snapshot'],
  ['CreateUser', 'user'],
  ['CreateUserGroup', 'usergroup'],
  ['PurchaseReservedCacheNodesOffering', 'reserved-instance'],
];

/** Every type that can be created, so that each operation has its required types. */
const ALL = TAGGED.map(([, type]) => type).filter((type, index, all) => all.indexOf(type) === index);

describe('tagOnCreate', () => {
  test.each(TAGGED)('allows %s to tag everything, or with resources the %s that it creates', (name, created) => {
    const operation = ElastiCacheOperation.of(name);
    const tagging = (props: Partial<ElastiCacheAccessGrantProps>) => (
      new ElastiCacheAccessGrant(newStack(), 'Grant', {
        operations: [operation], tagOnCreate: true, ...props,
      }).permissions
        .filter(({ action }) => action === 'elasticache:AddTagsToResource')
        .map(({ operation: by, resource, reason }) => ({ operation: by, resource, reason })));
    const reason = 'tags what the call creates: Tags';
    expect(tagging({})).toEqual([{ operation: name, resource: '*', reason }]);

    const resources = ALL.map((type) => (
      ElastiCacheResource.fromArn(`arn:aws:elasticache:eu-west-1:111122223333:${type}:a`)
    ));
    expect(tagging({ operations: [operation, ElastiCacheOperation.LIST_TAGS_FOR_RESOURCE], resources })).toEqual(
      [{ operation: name, resource: `arn:aws:elasticache:eu-west-1:111122223333:${created}:a`, reason }],
    );
  });

  test('is the same as undefined if it is false', () => {
    expect(granted({ operations: [CREATE_REPLICATION_GROUP], tagOnCreate: false })).toEqual([
      allow('elasticache:CreateReplicationGroup', '*'),
    ]);
  });
});

describe('finalSnapshot', () => {
  test('allows a snapshot of any cache without resources', () => {
    const operations = [DELETE_REPLICATION_GROUP, ElastiCacheOperation.DELETE_CACHE_CLUSTER, DELETE_SERVERLESS_CACHE];
    expect(granted({ operations, finalSnapshot: true })).toEqual([
      allow([
        'elasticache:CreateServerlessCacheSnapshot', 'elasticache:CreateSnapshot', 'elasticache:DeleteCacheCluster',
        'elasticache:DeleteReplicationGroup', 'elasticache:DeleteServerlessCache',
      ], '*'),
    ]);
  });

  test('allows a snapshot of the listed cache with resources', () => {
    const resources = [
      ElastiCacheResource.replicationGroup('a', anywhere), ElastiCacheResource.snapshot('b', anywhere),
    ];
    expect(granted({ operations: [DELETE_REPLICATION_GROUP], finalSnapshot: true, resources })).toEqual([
      allow(
        ['elasticache:CreateSnapshot', 'elasticache:DeleteReplicationGroup'],
        [arn('replicationgroup:a'), arn('snapshot:b')],
      ),
    ]);
  });
});

const LOGS = [
  'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
];

test('logDelivery allows its actions on *, whatever the resources are', () => {
  expect(granted({
    operations: [ElastiCacheOperation.MODIFY_REPLICATION_GROUP],
    logDelivery: true,
    resources: [ElastiCacheResource.replicationGroup('a', anywhere)],
  })).toEqual([allow(LOGS, '*'), allow('elasticache:ModifyReplicationGroup', arn('replicationgroup:a'))]);
});

test('serviceLinkedRole allows only the role of ElastiCache, for ElastiCache', () => {
  expect(granted({ operations: [CREATE_REPLICATION_GROUP], serviceLinkedRole: true })).toEqual([
    allow('elasticache:CreateReplicationGroup', '*'),
    {
      ...allow(
        'iam:CreateServiceLinkedRole',
        inPartition('iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache*'),
      ),
      Condition: { StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' } },
    },
  ]);
});

test('a global condition is added to the condition of serviceLinkedRole', () => {
  const [, statement] = granted({
    operations: [CREATE_REPLICATION_GROUP],
    serviceLinkedRole: true,
    conditions: [ElastiCacheCondition.of('StringLike', 'aws:userid', ['a*'])],
  });
  expect(statement.Condition).toEqual({
    StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com', 'aws:userid': 'a*' },
  });
});

test('encryptionKey allows its actions on that key', () => {
  const stack = newStack();
  const encryptionKey = new kms.CfnKey(stack, 'Key');
  expect(granted({ operations: [CREATE_REPLICATION_GROUP], encryptionKey }, stack)).toEqual([
    allow('elasticache:CreateReplicationGroup', '*'),
    {
      ...allow('kms:CreateGrant', { 'Fn::GetAtt': ['Key', 'Arn'] }),
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    allow('kms:DescribeKey', { 'Fn::GetAtt': ['Key', 'Arn'] }),
  ]);
});

describe('exportBuckets', () => {
  test.each([
    COPY_SNAPSHOT, ElastiCacheOperation.EXPORT_SERVERLESS_CACHE_SNAPSHOT,
  ])('allow %s its minimum on the bucket, and only s3:ListAllMyBuckets on *', (operation) => {
    const stack = newStack();
    const exportBuckets = [s3.Bucket.fromBucketName(stack, 'Bucket', 'exports')];
    expect(granted({ operations: [operation], exportBuckets }, stack)).toEqual([
      allow([operation.action, 's3:ListAllMyBuckets'], '*'),
      allow(['s3:GetBucketLocation', 's3:ListBucket'], inPartition('s3:::exports')),
      allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], inPartition('s3:::exports/*')),
    ]);
  });

  test('have a reason that names the sources, which disagree', () => {
    const stack = newStack();
    const exportBuckets = [s3.Bucket.fromBucketName(stack, 'Bucket', 'exports')];
    const grant = new ElastiCacheAccessGrant(stack, 'Grant', { operations: [COPY_SNAPSHOT], exportBuckets });
    expect(grant.permissions.filter(({ action }) => action === 's3:ListBucket')
      .map(({ reason, source }) => ({ reason, source }))).toEqual([{
      reason: "exports to this bucket (the newest guide's minimum, in place of what the reference page lists): "
        + 'TargetBucket',
      source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html',
    }]);
  });
});
