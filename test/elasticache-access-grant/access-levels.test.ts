import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessLevel, ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../src';
import { OTHER_ACTIONS } from '../../src/private/catalog/catalog.generated';
import { newStack } from '../harness';

/** A grant of operations with every option there is. */
function grantOfAll(operations: ElastiCacheOperation[]): ElastiCacheAccessGrant {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots');
  return new ElastiCacheAccessGrant(stack, 'Grant', {
    operations,
    snapshots: [SnapshotSource.fromBucket(bucket, ['a.rdb'])],
    exportBuckets: [bucket],
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a'),
    logDeliveryStreams: [new firehose.CfnDeliveryStream(stack, 'Stream')],
    tagOnCreate: true,
    finalSnapshot: true,
    logDelivery: true,
    serviceLinkedRole: true,
    vpcEndpoint: true,
  });
}

const levelsOf = ({ permissions }: ElastiCacheAccessGrant) => (
  Object.fromEntries(permissions.map(({ action, accessLevel }) => [action, accessLevel])));

/** What only the ElastiCache service does with a bucket, and no grant has. */
const OF_SERVICE = {
  's3:GetBucketAcl': undefined,
  's3:ListBucketMultipartUploads': undefined,
  's3:ListMultipartUploadParts': undefined,
};

// Red if an action that a grant can have is not in the catalog, or has the level of the operation that needs it.
test('each permission has the access level of its action, whatever operation needs it', () => {
  const grant = grantOfAll(ElastiCacheOperation.all());
  expect(levelsOf(grant)).toEqual({
    ...Object.fromEntries(ElastiCacheOperation.all().map(({ action, accessLevel }) => [action, accessLevel])),
    ...OTHER_ACTIONS,
    ...OF_SERVICE,
  });
  expect(new Set(grant.permissions.map((permission) => Object.keys(permission).slice(0, 4).join()))).toEqual(
    new Set(['operation,action,accessLevel,resource']));
});

test('what a creation needs besides its own action has levels of its own', () => {
  expect(levelsOf(grantOfAll([ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.COPY_SNAPSHOT,
    ElastiCacheOperation.CREATE_SERVERLESS_CACHE, ElastiCacheOperation.DELETE_REPLICATION_GROUP]))).toEqual({
    'elasticache:AddTagsToResource': AccessLevel.TAGGING,
    'elasticache:CopySnapshot': AccessLevel.WRITE,
    'elasticache:CreateReplicationGroup': AccessLevel.WRITE,
    'elasticache:CreateServerlessCache': AccessLevel.WRITE,
    'elasticache:CreateSnapshot': AccessLevel.WRITE,
    'elasticache:DeleteReplicationGroup': AccessLevel.WRITE,
    'ec2:CreateTags': AccessLevel.TAGGING,
    'ec2:CreateVpcEndpoint': AccessLevel.WRITE,
    'firehose:TagDeliveryStream': AccessLevel.TAGGING,
    'iam:CreateServiceLinkedRole': AccessLevel.WRITE,
    'kms:CreateGrant': AccessLevel.PERMISSIONS_MANAGEMENT,
    'kms:DescribeKey': AccessLevel.READ,
    'logs:CreateLogDelivery': AccessLevel.WRITE,
    'logs:DeleteLogDelivery': AccessLevel.WRITE,
    'logs:DescribeLogGroups': AccessLevel.LIST,
    'logs:DescribeResourcePolicies': AccessLevel.LIST,
    'logs:GetLogDelivery': AccessLevel.READ,
    'logs:ListLogDeliveries': AccessLevel.LIST,
    'logs:PutResourcePolicy': AccessLevel.PERMISSIONS_MANAGEMENT,
    'logs:UpdateLogDelivery': AccessLevel.WRITE,
    's3:DeleteObject': AccessLevel.WRITE,
    's3:GetBucketLocation': AccessLevel.READ,
    's3:GetObject': AccessLevel.READ,
    's3:ListAllMyBuckets': AccessLevel.LIST,
    's3:ListBucket': AccessLevel.LIST,
    's3:PutObject': AccessLevel.WRITE,
  });
});

test('the level of a custom operation is not known, as the operation\'s own', () => {
  const operation = ElastiCacheOperation.custom('ThawCluster');
  const { permissions } = new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [operation] });
  expect(operation.accessLevel).toBeUndefined();
  expect(permissions.map((permission) => 'accessLevel' in permission)).toEqual([false]);
});
