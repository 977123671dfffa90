import { Role } from 'aws-cdk-lib/aws-iam';
// eslint-disable-next-line import/no-unresolved, import/no-extraneous-dependencies -- the benchmark installs it
import { Elasticache, S3 } from 'cdk-iam-floyd';
import { Construct } from 'constructs';

export function restore(_scope: Construct, _id: string, role: Role, bucketName: string, keys: string[]): void {
  role.addToPolicy(
    new Elasticache().allow().toCreateReplicationGroup().toDescribeReplicationGroups().onAllResources());
  role.addToPolicy(
    keys.reduce((statement, key) => statement.onObject(bucketName, key), new S3().allow().toGetObject()));
}
