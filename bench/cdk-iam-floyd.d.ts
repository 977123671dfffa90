/** The used part of cdk-iam-floyd, which only the benchmark installs because it has 44 MB. */
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
