import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from 'cdk-elasticache-grants';

export function restore(scope: Construct, id: string, role: Role, bucketName: string, keys: string[]): void {
  new ElastiCacheAccessGrant(scope, id, {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
    snapshots: [SnapshotSource.fromBucketName(bucketName, keys)],
  }).toRole(role);
}
