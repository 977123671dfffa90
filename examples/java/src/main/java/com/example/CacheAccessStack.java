package com.example;

import io.github.cdkelasticachegrants.ElastiCacheAccessGrant;
import io.github.cdkelasticachegrants.ElastiCacheCondition;
import io.github.cdkelasticachegrants.ElastiCacheGuardrail;
import io.github.cdkelasticachegrants.ElastiCacheGuardrailRule;
import io.github.cdkelasticachegrants.ElastiCacheOperation;
import io.github.cdkelasticachegrants.ElastiCacheResource;
import io.github.cdkelasticachegrants.ReplicationGroupGrants;
import io.github.cdkelasticachegrants.SnapshotBucketGrants;
import io.github.cdkelasticachegrants.SnapshotSource;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.elasticache.CfnReplicationGroup;
import software.amazon.awscdk.services.elasticache.CfnUser;
import software.amazon.awscdk.services.elasticache.CfnUserGroup;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.PermissionsBoundary;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/** A replication group that is restored from two snapshots in S3, and seven roles, each with the permissions of one task. */
public class CacheAccessStack extends Stack {
    private final ElastiCacheAccessGrant restoreAccess;

    public CacheAccessStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        Bucket bucket = new Bucket(this, "Snapshots");
        SnapshotBucketGrants service = SnapshotBucketGrants.fromBucket(bucket);
        SnapshotSource snapshots = SnapshotSource.fromBucket(bucket, List.of("nightly/0001.rdb", "nightly/0002.rdb"));

        // The application connects as this user, which authenticates with IAM.
        CfnUser user = CfnUser.Builder.create(this, "Application")
                .engine("valkey")
                .userId("application")
                .userName("application")
                .authenticationMode(Map.of("Type", "iam"))
                .accessString("on ~* +@all -@dangerous")
                .build();
        CfnUserGroup users = CfnUserGroup.Builder.create(this, "SessionsUsers")
                .engine("valkey")
                .userGroupId("sessions-users")
                .userIds(List.of(user.getRef()))
                .build();

        // Restore: a function creates a replication group from these two snapshots. The service reads them from the bucket.
        Role restoreRole = Role.Builder.create(this, "RestoreRole")
                .description("Restores the sessions cache from its snapshots")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        this.restoreAccess = ElastiCacheAccessGrant.Builder.create(this, "RestoreAccess")
                .operations(List.of(
                        ElastiCacheOperation.CREATE_REPLICATION_GROUP,
                        ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS))
                .snapshots(List.of(snapshots))
                .build();
        this.restoreAccess.toRole(restoreRole);
        CfnReplicationGroup cache = CfnReplicationGroup.Builder.create(this, "Sessions")
                .replicationGroupId("sessions-main")
                .replicationGroupDescription("Sessions, restored from the nightly snapshots")
                .engine("valkey")
                .cacheNodeType("cache.t4g.small")
                .numNodeGroups(2)
                .replicasPerNodeGroup(1)
                .automaticFailoverEnabled(true)
                .transitEncryptionEnabled(true)
                .atRestEncryptionEnabled(true)
                .userGroupIds(List.of(users.getRef()))
                .snapshotArns(snapshots.getSnapshotArns())
                .build();
        // The cache is created once the service has access to the bucket.
        service.importSource(snapshots).applyBefore(cache);

        // Export: copy snapshots to the bucket, which the service writes.
        Role exportRole = Role.Builder.create(this, "ExportRole")
                .description("Copies snapshots of the sessions cache to S3")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        ElastiCacheAccessGrant.Builder.create(this, "ExportAccess")
                .operations(List.of(ElastiCacheOperation.COPY_SNAPSHOT, ElastiCacheOperation.DESCRIBE_SNAPSHOTS))
                .exportBuckets(List.of(bucket))
                .build()
                .toRole(exportRole);
        service.exportSnapshots();

        // Administration: of the sessions caches and their nodes that have the tag, by somebody who signed in with MFA.
        Role adminRole = Role.Builder.create(this, "AdminRole")
                .description("Operates the sessions caches")
                .assumedBy(new AccountRootPrincipal()
                        .withConditions(Map.of("Bool", Map.of("aws:MultiFactorAuthPresent", "true"))))
                .build();
        ElastiCacheAccessGrant.Builder.create(this, "AdminAccess")
                .operations(List.of(
                        ElastiCacheOperation.MODIFY_REPLICATION_GROUP,
                        ElastiCacheOperation.INCREASE_REPLICA_COUNT,
                        ElastiCacheOperation.DECREASE_REPLICA_COUNT,
                        ElastiCacheOperation.TEST_FAILOVER,
                        ElastiCacheOperation.REBOOT_CACHE_CLUSTER))
                .resources(List.of(
                        ElastiCacheResource.replicationGroup("sessions-*"),
                        ElastiCacheResource.cacheCluster("sessions-*")))
                .conditions(List.of(ElastiCacheCondition.resourceTag("team", List.of("sessions"))))
                .build()
                .toRole(adminRole);

        // Read only: whatever lists or describes, and changes nothing.
        Role readerRole = Role.Builder.create(this, "ReaderRole")
                .description("Looks at caches, and changes nothing")
                .assumedBy(new AccountRootPrincipal())
                .build();
        ElastiCacheAccessGrant.Builder.create(this, "ReaderAccess")
                .operations(ElastiCacheOperation.readOnly())
                .build()
                .toRole(readerRole);

        // The other roles have one task with this one cache: the grants start from it, and know what its calls name.
        ReplicationGroupGrants grants = ReplicationGroupGrants.fromReplicationGroup(cache);

        // Operation: modify and scale the cache, fail it over, and reboot its nodes.
        Role operatorRole = Role.Builder.create(this, "OperatorRole")
                .description("Runs the sessions cache")
                .assumedBy(new AccountRootPrincipal())
                .build();
        grants.operate(operatorRole);

        // Guardrail: whatever else the operator is granted, node types and TLS stay as decided, and so does the team's tag.
        ElastiCacheGuardrail guardrail = ElastiCacheGuardrail.Builder.create(this, "Baseline")
                .rules(List.of(
                        ElastiCacheGuardrailRule.onlyNodeTypes(List.of("cache.t4g.*")),
                        ElastiCacheGuardrailRule.encryptedInTransit(),
                        ElastiCacheGuardrailRule.keepTags(List.of("team"))))
                .build();
        PermissionsBoundary.of(operatorRole).apply(guardrail.toPermissionsBoundary());

        // Snapshots: take them, under names that begin with the name of the cache, and look at them.
        Role backupRole = Role.Builder.create(this, "BackupRole")
                .description("Takes snapshots of the sessions cache")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        grants.snapshot(backupRole);

        // Connect: open connections to the cache, authenticated by IAM as the user.
        Role applicationRole = Role.Builder.create(this, "ApplicationRole")
                .description("Connects to the sessions cache")
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                .build();
        grants.connect(applicationRole, user);

        CfnOutput.Builder.create(this, "SnapshotsBucketName").value(bucket.getBucketName()).build();
        CfnOutput.Builder.create(this, "RestoreRoleArn").value(restoreRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "ExportRoleArn").value(exportRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "AdminRoleArn").value(adminRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "ReaderRoleArn").value(readerRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "OperatorRoleArn").value(operatorRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "BackupRoleArn").value(backupRole.getRoleArn()).build();
        CfnOutput.Builder.create(this, "ApplicationRoleArn").value(applicationRole.getRoleArn()).build();
    }

    public ElastiCacheAccessGrant getRestoreAccess() {
        return this.restoreAccess;
    }
}
