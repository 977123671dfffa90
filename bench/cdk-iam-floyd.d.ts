/** What is used of cdk-iam-floyd, which is 44 MB and so installed by the benchmark alone. */
declare module 'cdk-iam-floyd' {
  import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

  class Statement extends PolicyStatement {
    allow(): this;
    onAllResources(): this;
  }

  export class Elasticache extends Statement {
    toCreateReplicationGroup(): this;
    toDescribeReplicationGroups(): this;
  }

  export class S3 extends Statement {
    toGetObject(): this;
    onObject(bucketName: string, objectName: string): this;
  }
}
