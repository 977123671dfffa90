from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from cdk_elasticache_grants import (
    ElastiCacheAccessGrant,
    ElastiCacheCondition,
    ElastiCacheGuardrail,
    ElastiCacheGuardrailRule,
    ElastiCacheOperation,
    ElastiCacheResource,
    ReplicationGroupGrants,
    SnapshotBucketGrants,
    SnapshotSource,
)
from constructs import Construct


class CacheAccessStack(Stack):
    """A replication group that is restored from two snapshots in S3, and seven roles, each with the permissions of one task."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        bucket = s3.Bucket(self, "Snapshots")
        service = SnapshotBucketGrants.from_bucket(bucket)
        snapshots = SnapshotSource.from_bucket(bucket, ["nightly/0001.rdb", "nightly/0002.rdb"])

        # The application connects as this user, which authenticates with IAM.
        user = elasticache.CfnUser(
            self,
            "Application",
            engine="valkey",
            user_id="application",
            user_name="application",
            authentication_mode={"Type": "iam"},
            access_string="on ~* +@all -@dangerous",
        )
        users = elasticache.CfnUserGroup(
            self,
            "SessionsUsers",
            engine="valkey",
            user_group_id="sessions-users",
            user_ids=[user.ref],
        )

        # Restore: a function creates a replication group from these two snapshots. The service reads them from the bucket.
        restore_role = iam.Role(
            self,
            "RestoreRole",
            description="Restores the sessions cache from its snapshots",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        self.restore_access = ElastiCacheAccessGrant(
            self,
            "RestoreAccess",
            operations=[
                ElastiCacheOperation.CREATE_REPLICATION_GROUP,
                ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS,
            ],
            snapshots=[snapshots],
        )
        self.restore_access.to_role(restore_role)
        cache = elasticache.CfnReplicationGroup(
            self,
            "Sessions",
            replication_group_id="sessions-main",
            replication_group_description="Sessions, restored from the nightly snapshots",
            engine="valkey",
            cache_node_type="cache.t4g.small",
            num_node_groups=2,
            replicas_per_node_group=1,
            automatic_failover_enabled=True,
            transit_encryption_enabled=True,
            at_rest_encryption_enabled=True,
            user_group_ids=[users.ref],
            snapshot_arns=snapshots.snapshot_arns,
        )
        # The cache is created once the service has access to the bucket.
        service.import_source(snapshots).apply_before(cache)

        # Export: copy snapshots to the bucket, which the service writes.
        export_role = iam.Role(
            self,
            "ExportRole",
            description="Copies snapshots of the sessions cache to S3",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        ElastiCacheAccessGrant(
            self,
            "ExportAccess",
            operations=[ElastiCacheOperation.COPY_SNAPSHOT, ElastiCacheOperation.DESCRIBE_SNAPSHOTS],
            export_buckets=[bucket],
        ).to_role(export_role)
        service.export_snapshots()

        # Administration: of the sessions caches and their nodes that have the tag, by somebody who signed in with MFA.
        admin_role = iam.Role(
            self,
            "AdminRole",
            description="Operates the sessions caches",
            assumed_by=iam.AccountRootPrincipal().with_conditions({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        )
        ElastiCacheAccessGrant(
            self,
            "AdminAccess",
            operations=[
                ElastiCacheOperation.MODIFY_REPLICATION_GROUP,
                ElastiCacheOperation.INCREASE_REPLICA_COUNT,
                ElastiCacheOperation.DECREASE_REPLICA_COUNT,
                ElastiCacheOperation.TEST_FAILOVER,
                ElastiCacheOperation.REBOOT_CACHE_CLUSTER,
            ],
            resources=[
                ElastiCacheResource.replication_group("sessions-*"),
                ElastiCacheResource.cache_cluster("sessions-*"),
            ],
            conditions=[ElastiCacheCondition.resource_tag("team", ["sessions"])],
        ).to_role(admin_role)

        # Read only: whatever lists or describes, and changes nothing.
        reader_role = iam.Role(
            self,
            "ReaderRole",
            description="Looks at caches, and changes nothing",
            assumed_by=iam.AccountRootPrincipal(),
        )
        ElastiCacheAccessGrant(
            self,
            "ReaderAccess",
            operations=ElastiCacheOperation.read_only(),
        ).to_role(reader_role)

        # The other roles have one task with this one cache: the grants start from it, and know what its calls name.
        grants = ReplicationGroupGrants.from_replication_group(cache)

        # Operation: modify and scale the cache, fail it over, and reboot its nodes.
        operator_role = iam.Role(
            self,
            "OperatorRole",
            description="Runs the sessions cache",
            assumed_by=iam.AccountRootPrincipal(),
        )
        grants.operate(operator_role)

        # Guardrail: whatever else the operator is granted, node types and TLS stay as decided, and so does the team's tag.
        guardrail = ElastiCacheGuardrail(
            self,
            "Baseline",
            rules=[
                ElastiCacheGuardrailRule.only_node_types(["cache.t4g.*"]),
                ElastiCacheGuardrailRule.encrypted_in_transit(),
                ElastiCacheGuardrailRule.keep_tags(["team"]),
            ],
        )
        iam.PermissionsBoundary.of(operator_role).apply(guardrail.to_permissions_boundary())

        # Snapshots: take them, under names that begin with the name of the cache, and look at them.
        backup_role = iam.Role(
            self,
            "BackupRole",
            description="Takes snapshots of the sessions cache",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        grants.snapshot(backup_role)

        # Connect: open connections to the cache, authenticated by IAM as the user.
        application_role = iam.Role(
            self,
            "ApplicationRole",
            description="Connects to the sessions cache",
            assumed_by=iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
        )
        grants.connect(application_role, user)

        CfnOutput(self, "SnapshotsBucketName", value=bucket.bucket_name)
        CfnOutput(self, "RestoreRoleArn", value=restore_role.role_arn)
        CfnOutput(self, "ExportRoleArn", value=export_role.role_arn)
        CfnOutput(self, "AdminRoleArn", value=admin_role.role_arn)
        CfnOutput(self, "ReaderRoleArn", value=reader_role.role_arn)
        CfnOutput(self, "OperatorRoleArn", value=operator_role.role_arn)
        CfnOutput(self, "BackupRoleArn", value=backup_role.role_arn)
        CfnOutput(self, "ApplicationRoleArn", value=application_role.role_arn)
