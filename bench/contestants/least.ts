import { Aws } from 'aws-cdk-lib';
import { Grant, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export function restore(scope: Construct, id: string, role: Role, bucketName: string, keys: string[]): Grant {
  new Construct(scope, id);
  const allow = (actions: string[], resource: string) => (
    Grant.addToPrincipal({ grantee: role, actions, resourceArns: [resource] }));
  return [
    allow(['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'], '*'),
    ...keys.map((key) => allow(['s3:GetObject'], `arn:${Aws.PARTITION}:s3:::${bucketName}/${key}`)),
  ].reduce((all, grant) => all.combine(grant));
}
