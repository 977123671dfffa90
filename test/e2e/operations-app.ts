import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { TESTER } from './environment';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../src';

/**
 * A role for each operation of the reference page, which may call that alone; and for those that take snapshots, one
 * with a snapshot.
 */
class OperationsStack extends Stack {
  private readonly bucket = new s3.Bucket(this, 'Snapshots');

  constructor(scope: App) {
    super(scope, 'Operations');
    new CfnOutput(this, 'Bucket', { value: this.bucket.bucketName });

    ElastiCacheOperation.reference().forEach((operation) => this.roleFor(operation, operation.operationName));
    this.roleFor(ElastiCacheOperation.CREATE_CACHE_CLUSTER, 'CreateCacheClusterFromSnapshot', ['granted/0001.rdb']);
    this.roleFor(
      ElastiCacheOperation.CREATE_REPLICATION_GROUP,
      'CreateReplicationGroupFromSnapshots',
      ['granted/0001.rdb', 'granted/0002.rdb'],
    );
  }

  private roleFor(operation: ElastiCacheOperation, name: string, keys?: string[]) {
    const role = new iam.Role(this, `${name}Role`, { assumedBy: new iam.ArnPrincipal(TESTER) });
    const snapshots = keys && [SnapshotSource.fromBucket(this.bucket, keys)];
    new ElastiCacheAccessGrant(this, `${name}Access`, { operations: [operation], snapshots }).toRole(role);
    new CfnOutput(this, name, { value: role.roleArn });
  }
}

new OperationsStack(new App());
