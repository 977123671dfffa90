package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticache"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/interfaces/interfacesawss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	grants "github.com/cdk-elasticache-grants/cdk-elasticache-grants-go/cdkelasticachegrants"
)

type CacheAccessStack struct {
	awscdk.Stack
	RestoreAccess grants.ElastiCacheAccessGrant
}

func NewCacheAccessStack(scope constructs.Construct, id string, props *awscdk.StackProps) *CacheAccessStack {
	stack := awscdk.NewStack(scope, &id, props)

	bucket := awss3.NewBucket(stack, jsii.String("Snapshots"), nil)
	service := grants.SnapshotBucketGrants_FromBucket(bucket, nil)
	snapshots := grants.SnapshotSource_FromBucket(bucket, jsii.Strings("nightly/0001.rdb", "nightly/0002.rdb"))

	// The application connects as this user, which authenticates with IAM.
	user := awselasticache.NewCfnUser(stack, jsii.String("Application"), &awselasticache.CfnUserProps{
		Engine:             jsii.String("valkey"),
		UserId:             jsii.String("application"),
		UserName:           jsii.String("application"),
		AuthenticationMode: map[string]interface{}{"Type": "iam"},
		AccessString:       jsii.String("on ~* +@all -@dangerous"),
	})
	users := awselasticache.NewCfnUserGroup(stack, jsii.String("SessionsUsers"), &awselasticache.CfnUserGroupProps{
		Engine:      jsii.String("valkey"),
		UserGroupId: jsii.String("sessions-users"),
		UserIds:     &[]*string{user.Ref()},
	})

	// Restore: a function creates a replication group from these two snapshots. The service reads them from the bucket.
	restoreRole := awsiam.NewRole(stack, jsii.String("RestoreRole"), &awsiam.RoleProps{
		Description: jsii.String("Restores the sessions cache from its snapshots"),
		AssumedBy:   awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	restoreAccess := grants.NewElastiCacheAccessGrant(stack, jsii.String("RestoreAccess"), &grants.ElastiCacheAccessGrantProps{
		Operations: &[]grants.ElastiCacheOperation{
			grants.ElastiCacheOperation_CREATE_REPLICATION_GROUP(),
			grants.ElastiCacheOperation_DESCRIBE_REPLICATION_GROUPS(),
		},
		Snapshots: &[]grants.SnapshotSource{snapshots},
	})
	restoreAccess.ToRole(restoreRole)
	cache := awselasticache.NewCfnReplicationGroup(stack, jsii.String("Sessions"), &awselasticache.CfnReplicationGroupProps{
		ReplicationGroupId:          jsii.String("sessions-main"),
		ReplicationGroupDescription: jsii.String("Sessions, restored from the nightly snapshots"),
		Engine:                      jsii.String("valkey"),
		CacheNodeType:               jsii.String("cache.t4g.small"),
		NumNodeGroups:               jsii.Number(2),
		ReplicasPerNodeGroup:        jsii.Number(1),
		AutomaticFailoverEnabled:    jsii.Bool(true),
		TransitEncryptionEnabled:    jsii.Bool(true),
		AtRestEncryptionEnabled:     jsii.Bool(true),
		UserGroupIds:                &[]*string{users.Ref()},
		SnapshotArns:                snapshots.SnapshotArns(),
	})
	// The cache is created once the service has access to the bucket.
	service.ImportSource(snapshots).ApplyBefore(cache)

	// Export: copy snapshots to the bucket, which the service writes.
	exportRole := awsiam.NewRole(stack, jsii.String("ExportRole"), &awsiam.RoleProps{
		Description: jsii.String("Copies snapshots of the sessions cache to S3"),
		AssumedBy:   awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	grants.NewElastiCacheAccessGrant(stack, jsii.String("ExportAccess"), &grants.ElastiCacheAccessGrantProps{
		Operations: &[]grants.ElastiCacheOperation{
			grants.ElastiCacheOperation_COPY_SNAPSHOT(),
			grants.ElastiCacheOperation_DESCRIBE_SNAPSHOTS(),
		},
		ExportBuckets: &[]interfacesawss3.IBucketRef{bucket},
	}).ToRole(exportRole)
	service.ExportSnapshots(nil)

	// Administration: of the sessions caches and their nodes that have the tag, by somebody who signed in with MFA.
	adminRole := awsiam.NewRole(stack, jsii.String("AdminRole"), &awsiam.RoleProps{
		Description: jsii.String("Operates the sessions caches"),
		AssumedBy: awsiam.NewAccountRootPrincipal().WithConditions(&map[string]any{
			"Bool": map[string]string{"aws:MultiFactorAuthPresent": "true"},
		}),
	})
	grants.NewElastiCacheAccessGrant(stack, jsii.String("AdminAccess"), &grants.ElastiCacheAccessGrantProps{
		Operations: &[]grants.ElastiCacheOperation{
			grants.ElastiCacheOperation_MODIFY_REPLICATION_GROUP(),
			grants.ElastiCacheOperation_INCREASE_REPLICA_COUNT(),
			grants.ElastiCacheOperation_DECREASE_REPLICA_COUNT(),
			grants.ElastiCacheOperation_TEST_FAILOVER(),
			grants.ElastiCacheOperation_REBOOT_CACHE_CLUSTER(),
		},
		Resources: &[]grants.ElastiCacheResource{
			grants.ElastiCacheResource_ReplicationGroup(jsii.String("sessions-*"), nil),
			grants.ElastiCacheResource_CacheCluster(jsii.String("sessions-*"), nil),
		},
		Conditions: &[]grants.ElastiCacheCondition{
			grants.ElastiCacheCondition_ResourceTag(jsii.String("team"), jsii.Strings("sessions")),
		},
	}).ToRole(adminRole)

	// Read only: whatever lists or describes, and changes nothing.
	readerRole := awsiam.NewRole(stack, jsii.String("ReaderRole"), &awsiam.RoleProps{
		Description: jsii.String("Looks at caches, and changes nothing"),
		AssumedBy:   awsiam.NewAccountRootPrincipal(),
	})
	grants.NewElastiCacheAccessGrant(stack, jsii.String("ReaderAccess"), &grants.ElastiCacheAccessGrantProps{
		Operations: grants.ElastiCacheOperation_ReadOnly(),
	}).ToRole(readerRole)

	// The other roles have one task with this one cache: the grants start from it, and know what its calls name.
	cacheGrants := grants.ReplicationGroupGrants_FromReplicationGroup(cache)

	// Operation: modify and scale the cache, fail it over, and reboot its nodes.
	operatorRole := awsiam.NewRole(stack, jsii.String("OperatorRole"), &awsiam.RoleProps{
		Description: jsii.String("Runs the sessions cache"),
		AssumedBy:   awsiam.NewAccountRootPrincipal(),
	})
	cacheGrants.Operate(operatorRole)

	// Guardrail: whatever else the operator is granted, node types and TLS stay as decided, and so does the team's tag.
	guardrail := grants.NewElastiCacheGuardrail(stack, jsii.String("Baseline"), &grants.ElastiCacheGuardrailProps{
		Rules: &[]grants.ElastiCacheGuardrailRule{
			grants.ElastiCacheGuardrailRule_OnlyNodeTypes(jsii.Strings("cache.t4g.*")),
			grants.ElastiCacheGuardrailRule_EncryptedInTransit(),
			grants.ElastiCacheGuardrailRule_KeepTags(jsii.Strings("team")),
		},
	})
	awsiam.PermissionsBoundary_Of(operatorRole).Apply(guardrail.ToPermissionsBoundary())

	// Snapshots: take them, under names that begin with the name of the cache, and look at them.
	backupRole := awsiam.NewRole(stack, jsii.String("BackupRole"), &awsiam.RoleProps{
		Description: jsii.String("Takes snapshots of the sessions cache"),
		AssumedBy:   awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
	})
	cacheGrants.Snapshot(backupRole, nil)

	// Connect: open connections to the cache, authenticated by IAM as the user.
	applicationRole := awsiam.NewRole(stack, jsii.String("ApplicationRole"), &awsiam.RoleProps{
		Description: jsii.String("Connects to the sessions cache"),
		AssumedBy:   awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil),
	})
	cacheGrants.Connect(applicationRole, user)

	awscdk.NewCfnOutput(stack, jsii.String("SnapshotsBucketName"), &awscdk.CfnOutputProps{Value: bucket.BucketName()})
	awscdk.NewCfnOutput(stack, jsii.String("RestoreRoleArn"), &awscdk.CfnOutputProps{Value: restoreRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("ExportRoleArn"), &awscdk.CfnOutputProps{Value: exportRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("AdminRoleArn"), &awscdk.CfnOutputProps{Value: adminRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("ReaderRoleArn"), &awscdk.CfnOutputProps{Value: readerRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("OperatorRoleArn"), &awscdk.CfnOutputProps{Value: operatorRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("BackupRoleArn"), &awscdk.CfnOutputProps{Value: backupRole.RoleArn()})
	awscdk.NewCfnOutput(stack, jsii.String("ApplicationRoleArn"), &awscdk.CfnOutputProps{Value: applicationRole.RoleArn()})

	return &CacheAccessStack{Stack: stack, RestoreAccess: restoreAccess}
}
