import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TESTER } from './environment';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../src';

/** The grant of the example's restore, with one of its two objects left out. */
class LeftOutStack extends Stack {
  constructor(scope: App, bucketName: string) {
    super(scope, 'LeftOut');
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ArnPrincipal(TESTER) });
    new ElastiCacheAccessGrant(this, 'Access', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
      snapshots: [SnapshotSource.fromBucketName(bucketName, ['nightly/0001.rdb'])],
    }).toRole(role);
    new CfnOutput(this, 'RoleArn', { value: role.roleArn });
  }
}

new LeftOutStack(new App(), process.argv[2]);
