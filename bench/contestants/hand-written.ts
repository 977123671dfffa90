import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export function restore(_scope: Construct, _id: string, role: Role, bucketName: string, keys: string[]): void {
  role.addToPolicy(new PolicyStatement({
    actions: ['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'],
    resources: ['*'],
  }));
  role.addToPolicy(new PolicyStatement({
    actions: ['s3:GetObject'],
    resources: keys.map((key) => `arn:${Aws.PARTITION}:s3:::${bucketName}/${key}`),
  }));
}
