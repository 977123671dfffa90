import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from 'cdk-elasticache-grants';
import { Construct } from 'constructs';

/**
 * A replication group that is restored from two snapshots in S3, by a role that may do that and no more.
 */
export class RestoreStack extends Stack {
  public readonly access: ElastiCacheAccessGrant;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bucket = new s3.Bucket(this, 'Snapshots');
    const keys = ['nightly/0001.rdb', 'nightly/0002.rdb'];

    const role = new iam.Role(this, 'RestoreRole', {
      description: 'Restores the sessions cache from its snapshots',
      assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    });

    this.access = new ElastiCacheAccessGrant(this, 'RestoreAccess', {
      operations: [
        ElastiCacheOperation.CREATE_REPLICATION_GROUP,
        ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS,
        ElastiCacheOperation.COPY_SNAPSHOT,
      ],
      snapshots: [
        SnapshotSource.fromBucket(bucket, keys),
        SnapshotSource.fromBucketName('my_bucket', ['snapshot1.rdb']),
      ],
    });

    const cache = new elasticache.CfnReplicationGroup(this, 'Sessions', {
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

    // Nothing of the cache is created before the role has all its permissions.
    this.access.toRole(role).applyBefore(cache);

    new CfnOutput(this, 'RestoreRoleArn', { value: role.roleArn });
  }
}
