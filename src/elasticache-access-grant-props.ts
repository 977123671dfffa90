import type { aws_kinesisfirehose, aws_kms, aws_s3 } from 'aws-cdk-lib/interfaces';
import { ElastiCacheCondition } from './elasticache-condition';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCacheResource } from './elasticache-resource';
import { SnapshotSource } from './snapshot-source';

/**
 * What an `ElastiCacheAccessGrant` allows.
 */
export interface ElastiCacheAccessGrantProps {
  /**
   * The operations that may be called: at least one. Listing one twice is the same as once.
   *
   * Each brings every permission that its call needs, those of other services included.
   */
  readonly operations: ElastiCacheOperation[];

  /**
   * The snapshots in S3 that a cache may be seeded from, with the `SnapshotArns` parameter of
   * `CREATE_CACHE_CLUSTER` or `CREATE_REPLICATION_GROUP`. One of these must be listed.
   *
   * The caller gets `s3:GetObject` on each object. A restore also needs the ElastiCache service to have access to the
   * bucket. That is the bucket's policy, not the caller's: use
   * `SnapshotBucketGrants.fromBucket(bucket).importSource(source)`. The cache takes `snapshotArns` of the same source.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
   *
   * @default - no access to S3 objects: caches are created empty, or from snapshots that ElastiCache keeps.
   */
  readonly snapshots?: SnapshotSource[];

  /**
   * The ElastiCache resources that the operations are limited to: at least one.
   *
   * Each operation is allowed on the listed resources of the types that AWS authorizes it on. AWS authorizes a call on
   * every resource that it names, so list all of them: creating a replication group needs its parameter group, and its
   * subnet group, user group or snapshot if the request has one. A missing type that every call needs is an error, and
   * so is a listed type that no operation uses. An operation that AWS authorizes on no resource, such as
   * `DESCRIBE_EVENTS`, stays allowed on `*`. Actions of other services are not limited by this.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   *
   * @default - every operation is allowed on `*`.
   */
  readonly resources?: ElastiCacheResource[];

  /**
   * The conditions that a request must meet, all of them.
   *
   * A condition is added only where AWS supplies its key. An operation that never has the key is an error.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
   *
   * @default - none.
   */
  readonly conditions?: ElastiCacheCondition[];

  /**
   * Whether the create, copy and purchase operations may set tags, with their `Tags` parameter.
   *
   * AWS authorizes that as `elasticache:AddTagsToResource` on the resource that is created. The conditions of the grant
   * apply to it, too. AWS's sources disagree on `CREATE_GLOBAL_REPLICATION_GROUP`: its request has `Tags`, and a guide
   * says that global datastores can't be tagged. The permission is included.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
   *
   * @default false
   */
  readonly tagOnCreate?: boolean;

  /**
   * Whether the delete operations may take a final snapshot, with `FinalSnapshotIdentifier` or `FinalSnapshotName`.
   *
   * With `resources`, the snapshot must be among them.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html
   *
   * @default false
   */
  readonly finalSnapshot?: boolean;

  /**
   * Whether create and modify operations may set up log delivery to CloudWatch Logs, with `LogDeliveryConfigurations`.
   *
   * The caller gets the permissions to manage deliveries, and those to give the delivery service access to the log
   * group, which the first delivery to a group needs. One of these, `logs:PutResourcePolicy`, has no resource but `*`,
   * so it can open other log groups, too. A warning says so (`cdk-elasticache-grants:logResourcePolicy`).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Logging-destinations.html
   *
   * @default false
   */
  readonly logDelivery?: boolean;

  /**
   * The Firehose delivery streams that create and modify operations may deliver logs to, with
   * `LogDeliveryConfigurations`: at least one.
   *
   * The caller gets the permissions to manage deliveries, `firehose:TagDeliveryStream` on each stream, and
   * `iam:CreateServiceLinkedRole` for the role of the log delivery service, which the first delivery to Firehose in an
   * account creates. Set `logDelivery` besides if there are deliveries to CloudWatch Logs, too.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html
   *
   * @default - no delivery to Firehose.
   */
  readonly logDeliveryStreams?: aws_kinesisfirehose.IDeliveryStreamRef[];

  /**
   * Whether the operations may create ElastiCache's service-linked role, where the account has none.
   *
   * AWS's sources disagree on which calls create it. Every operation that one of them names gets the permission.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html
   *
   * @default false
   */
  readonly serviceLinkedRole?: boolean;

  /**
   * Whether `CREATE_SERVERLESS_CACHE` may create the cache's endpoint in a VPC.
   *
   * The caller gets `ec2:CreateVpcEndpoint` for ElastiCache's own endpoint service, in any VPC of the stack's account
   * and Region, and `ec2:CreateTags` for the tag that ElastiCache gives the endpoint. AWS's sources disagree on whether
   * the caller needs them: its managed policy and CloudFormation have them, its sample policies don't. So set this
   * unless you know that your calls do without, or all caches have public endpoints (`ConnectionType` `public`).
   *
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonElastiCacheFullAccess.html
   *
   * @default false
   */
  readonly vpcEndpoint?: boolean;

  /**
   * The customer managed key that create and copy operations encrypt with, by `KmsKeyId`. An alias is an error, since
   * IAM matches a key by its own ARN only.
   *
   * The caller gets `kms:DescribeKey` on it, and `kms:CreateGrant` for grants that an AWS service asks for. The second
   * is inferred: ElastiCache creates grants on the key, and no page of AWS says with whose permission. The key's own
   * policy must allow both, too. A key of another account is a warning (`cdk-elasticache-grants:otherAccountKey`).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
   *
   * @default - no permission on a key: caches are encrypted with a key that AWS owns.
   */
  readonly encryptionKey?: aws_kms.IKeyRef;

  /**
   * The buckets that `COPY_SNAPSHOT` and `EXPORT_SERVERLESS_CACHE_SNAPSHOT` may export to. The second needs this
   * option. An empty list says that copies stay in ElastiCache: then the caller gets no permission for S3 at all. Where
   * both operations are listed, exports of the second then need permissions for S3 from elsewhere. With the second
   * alone, an empty list is an error.
   *
   * In place of the S3 actions on `*` that the reference page lists, the caller gets the minimum of AWS's newest guide,
   * on these buckets alone. Only `s3:ListAllMyBuckets` stays on `*`, since it has no narrower resource. An export also
   * needs the ElastiCache service to have access to the bucket: use
   * `SnapshotBucketGrants.fromBucket(bucket).exportSnapshots()`. Whoever may export a snapshot can read its data from
   * the bucket. A bucket that encrypts with a KMS key is a warning (`cdk-elasticache-grants:kmsEncryptedBucket`), and
   * so is a grant that also has `encryptionKey`, with which no export is encrypted
   * (`cdk-elasticache-grants:exportWithoutKey`).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
   *
   * @default - what the reference page lists: `s3:GetBucketLocation` and `s3:ListAllMyBuckets` on `*`.
   */
  readonly exportBuckets?: aws_s3.IBucketRef[];

  /**
   * The text that the keys of exported objects begin with: exports to other keys of `exportBuckets` are denied.
   *
   * The key of an object that `COPY_SNAPSHOT` exports begins with the request's `TargetSnapshotName`. Give
   * `SnapshotBucketGrants.exportSnapshots` the same prefix, which limits the service. It is taken literally and without
   * a `*` after it: up to 1,024 bytes of printable characters up to U+00FF, without a comma.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
   *
   * @default - every key.
   */
  readonly exportPrefix?: string;
}
