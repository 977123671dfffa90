import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ElastiCacheAccessGrant,
  ElastiCacheCondition,
  ElastiCacheOperation,
  ElastiCacheResource,
  SnapshotBucketGrants,
  SnapshotSource,
} from 'cdk-elasticache-grants';
import { Construct } from 'constructs';

/**
 * A replication group that is restored from two snapshots in S3, and five roles, each with the permissions of one task.
 */
export class CacheAccessStack extends Stack {
  public readonly restoreAccess: ElastiCacheAccessGrant;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bucket = new s3.Bucket(this, 'Snapshots');
    const service = SnapshotBucketGrants.fromBucket(bucket);
    const keys = ['nightly/0001.rdb', 'nightly/0002.rdb'];

    // Restore: create a replication group from these two snapshots. The role calls ElastiCache; the service reads the
    // bucket.
    const restoreRole = new iam.Role(this, 'RestoreRole', {
      description: 'Restores the sessions cache from its snapshots',
      assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    });
    this.restoreAccess = new ElastiCacheAccessGrant(this, 'RestoreAccess', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
      snapshots: [SnapshotSource.fromBucket(bucket, keys)],
    });
    const cache = new elasticache.CfnReplicationGroup(this, 'Sessions', {
      replicationGroupId: 'sessions-main',
      replicationGroupDescription: 'Sessions, restored from the nightly snapshots',
      engine: 'valkey',
      cacheNodeType: 'cache.t4g.small',
      numNodeGroups: keys.length,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      snapshotArns: keys.map((key) => bucket.arnForObjects(key)),
    });
    // Nothing of the cache is created before both have their permissions.
    this.restoreAccess.toRole(restoreRole).applyBefore(cache);
    service.importSnapshots(keys).applyBefore(cache);

    // Export: copy snapshots to the bucket, which the service writes.
    const exportRole = new iam.Role(this, 'ExportRole', {
      description: 'Copies snapshots of the sessions cache to S3',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    new ElastiCacheAccessGrant(this, 'ExportAccess', {
      operations: [ElastiCacheOperation.COPY_SNAPSHOT, ElastiCacheOperation.DESCRIBE_SNAPSHOTS],
      exportBuckets: [bucket],
    }).toRole(exportRole);
    service.exportSnapshots();

    // Administration: of the sessions caches and their nodes alone, and by somebody who signed in with a second factor.
    const adminRole = new iam.Role(this, 'AdminRole', {
      description: 'Operates the sessions caches',
      assumedBy: new iam.AccountRootPrincipal(),
    });
    new ElastiCacheAccessGrant(this, 'AdminAccess', {
      operations: [
        ElastiCacheOperation.MODIFY_REPLICATION_GROUP,
        ElastiCacheOperation.INCREASE_REPLICA_COUNT,
        ElastiCacheOperation.DECREASE_REPLICA_COUNT,
        ElastiCacheOperation.TEST_FAILOVER,
        ElastiCacheOperation.REBOOT_CACHE_CLUSTER,
      ],
      resources: [ElastiCacheResource.replicationGroup('sessions-*'), ElastiCacheResource.cacheCluster('sessions-*')],
      conditions: [ElastiCacheCondition.of('Bool', 'aws:MultiFactorAuthPresent', ['true'])],
    }).toRole(adminRole);

    // Read only: whatever lists or describes, and changes nothing.
    const readerRole = new iam.Role(this, 'ReaderRole', {
      description: 'Looks at caches, and changes nothing',
      assumedBy: new iam.AccountRootPrincipal(),
    });
    new ElastiCacheAccessGrant(this, 'ReaderAccess', {
      operations: ElastiCacheOperation.readOnly(),
    }).toRole(readerRole);

    // Connect: open connections to the cache, authenticated by IAM as the ElastiCache user "application".
    const applicationRole = new iam.Role(this, 'ApplicationRole', {
      description: 'Connects to the sessions cache',
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    new ElastiCacheAccessGrant(this, 'ApplicationAccess', {
      operations: [ElastiCacheOperation.CONNECT],
      resources: [ElastiCacheResource.replicationGroup('sessions-main'), ElastiCacheResource.user('application')],
    }).toRole(applicationRole);

    new CfnOutput(this, 'SnapshotsBucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'RestoreRoleArn', { value: restoreRole.roleArn });
    new CfnOutput(this, 'ExportRoleArn', { value: exportRole.roleArn });
    new CfnOutput(this, 'AdminRoleArn', { value: adminRole.roleArn });
    new CfnOutput(this, 'ReaderRoleArn', { value: readerRole.roleArn });
    new CfnOutput(this, 'ApplicationRoleArn', { value: applicationRole.roleArn });
  }
}
