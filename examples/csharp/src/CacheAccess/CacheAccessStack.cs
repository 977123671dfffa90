using Amazon.CDK;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using CdkElastiCacheGrants;
using Constructs;
using CfnUser = Amazon.CDK.AWS.ElastiCache.CfnUser; // AWS.IAM has one, too

namespace CacheAccess;

/// <summary>
/// A replication group that is restored from two snapshots in S3, and seven roles, each with the permissions of one task.
/// </summary>
public class CacheAccessStack : Stack
{
    public ElastiCacheAccessGrant RestoreAccess { get; }

    public CacheAccessStack(Construct scope, string id, IStackProps? props = null) : base(scope, id, props)
    {
        var bucket = new Bucket(this, "Snapshots");
        var service = SnapshotBucketGrants.FromBucket(bucket);
        var snapshots = SnapshotSource.FromBucket(bucket, ["nightly/0001.rdb", "nightly/0002.rdb"]);

        // The application connects as this user, which authenticates with IAM.
        var user = new CfnUser(this, "Application", new CfnUserProps
        {
            Engine = "valkey",
            UserId = "application",
            UserName = "application",
            AuthenticationMode = new Dictionary<string, object> { ["Type"] = "iam" },
            AccessString = "on ~* +@all -@dangerous",
        });
        var users = new CfnUserGroup(this, "SessionsUsers", new CfnUserGroupProps
        {
            Engine = "valkey",
            UserGroupId = "sessions-users",
            UserIds = [user.Ref],
        });

        // Restore: a function creates a replication group from these two snapshots. The service reads them from the bucket.
        var restoreRole = new Role(this, "RestoreRole", new RoleProps
        {
            Description = "Restores the sessions cache from its snapshots",
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        });
        RestoreAccess = new ElastiCacheAccessGrant(this, "RestoreAccess", new ElastiCacheAccessGrantProps
        {
            Operations = [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
            Snapshots = [snapshots],
        });
        RestoreAccess.ToRole(restoreRole);
        var cache = new CfnReplicationGroup(this, "Sessions", new CfnReplicationGroupProps
        {
            ReplicationGroupId = "sessions-main",
            ReplicationGroupDescription = "Sessions, restored from the nightly snapshots",
            Engine = "valkey",
            CacheNodeType = "cache.t4g.small",
            NumNodeGroups = 2,
            ReplicasPerNodeGroup = 1,
            AutomaticFailoverEnabled = true,
            TransitEncryptionEnabled = true,
            AtRestEncryptionEnabled = true,
            UserGroupIds = [users.Ref],
            SnapshotArns = snapshots.SnapshotArns,
        });
        // The cache is created once the service has access to the bucket.
        service.ImportSource(snapshots).ApplyBefore(cache);

        // Export: copy snapshots to the bucket, which the service writes.
        var exportRole = new Role(this, "ExportRole", new RoleProps
        {
            Description = "Copies snapshots of the sessions cache to S3",
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        });
        new ElastiCacheAccessGrant(this, "ExportAccess", new ElastiCacheAccessGrantProps
        {
            Operations = [ElastiCacheOperation.COPY_SNAPSHOT, ElastiCacheOperation.DESCRIBE_SNAPSHOTS],
            ExportBuckets = [bucket],
        }).ToRole(exportRole);
        service.ExportSnapshots();

        // Administration: of the sessions caches and their nodes that have the tag, by somebody who signed in with MFA.
        var adminRole = new Role(this, "AdminRole", new RoleProps
        {
            Description = "Operates the sessions caches",
            AssumedBy = new AccountRootPrincipal().WithConditions(new Dictionary<string, object>
            {
                ["Bool"] = new Dictionary<string, object> { ["aws:MultiFactorAuthPresent"] = "true" },
            }),
        });
        new ElastiCacheAccessGrant(this, "AdminAccess", new ElastiCacheAccessGrantProps
        {
            Operations =
            [
                ElastiCacheOperation.MODIFY_REPLICATION_GROUP,
                ElastiCacheOperation.INCREASE_REPLICA_COUNT,
                ElastiCacheOperation.DECREASE_REPLICA_COUNT,
                ElastiCacheOperation.TEST_FAILOVER,
                ElastiCacheOperation.REBOOT_CACHE_CLUSTER,
            ],
            Resources = [ElastiCacheResource.ReplicationGroup("sessions-*"), ElastiCacheResource.CacheCluster("sessions-*")],
            Conditions = [ElastiCacheCondition.ResourceTag("team", ["sessions"])],
        }).ToRole(adminRole);

        // Read only: whatever lists or describes, and changes nothing.
        var readerRole = new Role(this, "ReaderRole", new RoleProps
        {
            Description = "Looks at caches, and changes nothing",
            AssumedBy = new AccountRootPrincipal(),
        });
        new ElastiCacheAccessGrant(this, "ReaderAccess", new ElastiCacheAccessGrantProps
        {
            Operations = ElastiCacheOperation.ReadOnly(),
        }).ToRole(readerRole);

        // The other roles have one task with this one cache: the grants start from it, and know what its calls name.
        var grants = ReplicationGroupGrants.FromReplicationGroup(cache);

        // Operation: modify and scale the cache, fail it over, and reboot its nodes.
        var operatorRole = new Role(this, "OperatorRole", new RoleProps
        {
            Description = "Runs the sessions cache",
            AssumedBy = new AccountRootPrincipal(),
        });
        grants.Operate(operatorRole);

        // Guardrail: whatever else the operator is granted, node types and TLS stay as decided, and so does the team's tag.
        var guardrail = new ElastiCacheGuardrail(this, "Baseline", new ElastiCacheGuardrailProps
        {
            Rules =
            [
                ElastiCacheGuardrailRule.OnlyNodeTypes(["cache.t4g.*"]),
                ElastiCacheGuardrailRule.EncryptedInTransit(),
                ElastiCacheGuardrailRule.KeepTags(["team"]),
            ],
        });
        PermissionsBoundary.Of(operatorRole).Apply(guardrail.ToPermissionsBoundary());

        // Snapshots: take them, under names that begin with the name of the cache, and look at them.
        var backupRole = new Role(this, "BackupRole", new RoleProps
        {
            Description = "Takes snapshots of the sessions cache",
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
        });
        grants.Snapshot(backupRole);

        // Connect: open connections to the cache, authenticated by IAM as the user.
        var applicationRole = new Role(this, "ApplicationRole", new RoleProps
        {
            Description = "Connects to the sessions cache",
            AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com"),
        });
        grants.Connect(applicationRole, user);

        new CfnOutput(this, "SnapshotsBucketName", new CfnOutputProps { Value = bucket.BucketName });
        new CfnOutput(this, "RestoreRoleArn", new CfnOutputProps { Value = restoreRole.RoleArn });
        new CfnOutput(this, "ExportRoleArn", new CfnOutputProps { Value = exportRole.RoleArn });
        new CfnOutput(this, "AdminRoleArn", new CfnOutputProps { Value = adminRole.RoleArn });
        new CfnOutput(this, "ReaderRoleArn", new CfnOutputProps { Value = readerRole.RoleArn });
        new CfnOutput(this, "OperatorRoleArn", new CfnOutputProps { Value = operatorRole.RoleArn });
        new CfnOutput(this, "BackupRoleArn", new CfnOutputProps { Value = backupRole.RoleArn });
        new CfnOutput(this, "ApplicationRoleArn", new CfnOutputProps { Value = applicationRole.RoleArn });
    }
}
