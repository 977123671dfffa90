import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ElastiCacheAccessGrant,
  ElastiCacheCondition,
  ElastiCacheGuardrail,
  ElastiCacheGuardrailRule,
  ElastiCacheOperation,
  ElastiCacheResource,
  ReplicationGroupGrants,
  SnapshotBucketGrants,
  SnapshotSource,
} from 'cdk-elasticache-grants';
import { Construct } from 'constructs';

/**
 * A replication group that is restored from two snapshots in S3, and seven roles, each with the permissions of one
 * task. A guardrail bounds one of them.
 */
export class CacheAccessStack extends Stack {
  public readonly restoreAccess: ElastiCacheAccessGrant;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const bucket = new s3.Bucket(this, 'Snapshots');
    const service = SnapshotBucketGrants.fromBucket(bucket);
    const snapshots = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);

    // The application connects as this user, which authenticates with IAM.
    const user = new elasticache.CfnUser(this, 'Application', {
      engine: 'valkey',
      userId: 'application',
      userName: 'application',
      authenticationMode: { Type: 'iam' },
      accessString: 'on ~* +@all -@dangerous',
    });
    const users = new elasticache.CfnUserGroup(this, 'SessionsUsers', {
      engine: 'valkey',
      userGroupId: 'sessions-users',
      userIds: [user.ref],
    });

    // Restore: a function creates a replication group from these two snapshots. The service reads them from the bucket.
    const restoreRole = new iam.Role(this, 'RestoreRole', {
      description: 'Restores the sessions cache from its snapshots',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.restoreAccess = new ElastiCacheAccessGrant(this, 'RestoreAccess', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
      snapshots: [snapshots],
    });
    this.restoreAccess.toRole(restoreRole);
    const cache = new elasticache.CfnReplicationGroup(this, 'Sessions', {
      replicationGroupId: 'sessions-main',
      replicationGroupDescription: 'Sessions, restored from the nightly snapshots',
      engine: 'valkey',
      cacheNodeType: 'cache.t4g.small',
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      userGroupIds: [users.ref],
      snapshotArns: snapshots.snapshotArns,
    });
    // The cache is created once the service has access to the bucket.
    service.importSource(snapshots).applyBefore(cache);

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

    // Administration: of the sessions caches and their nodes that have the tag, by somebody who signed in with MFA.
    const adminRole = new iam.Role(this, 'AdminRole', {
      description: 'Operates the sessions caches',
      assumedBy: new iam.AccountRootPrincipal().withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
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
      conditions: [ElastiCacheCondition.resourceTag('team', ['sessions'])],
    }).toRole(adminRole);

    // Read only: whatever lists or describes, and changes nothing.
    const readerRole = new iam.Role(this, 'ReaderRole', {
      description: 'Looks at caches, and changes nothing',
      assumedBy: new iam.AccountRootPrincipal(),
    });
    new ElastiCacheAccessGrant(this, 'ReaderAccess', {
      operations: ElastiCacheOperation.readOnly(),
    }).toRole(readerRole);

    // The other roles have one task with this one cache: the grants start from it, and know what its calls name.
    const grants = ReplicationGroupGrants.fromReplicationGroup(cache);

    // Operation: modify and scale the cache, fail it over, and reboot its nodes.
    const operatorRole = new iam.Role(this, 'OperatorRole', {
      description: 'Runs the sessions cache',
      assumedBy: new iam.AccountRootPrincipal(),
    });
    grants.operate(operatorRole);

    // Guardrail: whatever else the operator is granted, node types and TLS stay as decided, and so does the team's tag.
    const guardrail = new ElastiCacheGuardrail(this, 'Baseline', {
      rules: [
        ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*']),
        ElastiCacheGuardrailRule.encryptedInTransit(),
        ElastiCacheGuardrailRule.keepTags(['team']),
      ],
    });
    iam.PermissionsBoundary.of(operatorRole).apply(guardrail.toPermissionsBoundary());

    // Snapshots: take them, under names that begin with the name of the cache, and look at them.
    const backupRole = new iam.Role(this, 'BackupRole', {
      description: 'Takes snapshots of the sessions cache',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    grants.snapshot(backupRole);

    // Connect: open connections to the cache, authenticated by IAM as the user.
    const applicationRole = new iam.Role(this, 'ApplicationRole', {
      description: 'Connects to the sessions cache',
      assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    grants.connect(applicationRole, user);

    new CfnOutput(this, 'SnapshotsBucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'RestoreRoleArn', { value: restoreRole.roleArn });
    new CfnOutput(this, 'ExportRoleArn', { value: exportRole.roleArn });
    new CfnOutput(this, 'AdminRoleArn', { value: adminRole.roleArn });
    new CfnOutput(this, 'ReaderRoleArn', { value: readerRole.roleArn });
    new CfnOutput(this, 'OperatorRoleArn', { value: operatorRole.roleArn });
    new CfnOutput(this, 'BackupRoleArn', { value: backupRole.roleArn });
    new CfnOutput(this, 'ApplicationRoleArn', { value: applicationRole.roleArn });
  }
}
