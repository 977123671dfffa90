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
   * The operations that may be called: at least one.
   *
   * Each operation includes every permission that its call needs, including permissions of other services. Listing an
   * operation twice is the same as listing it once.
   */
  readonly operations: ElastiCacheOperation[];

  /**
   * The snapshots in S3 that a cache may be seeded from, with the `SnapshotArns` parameter.
   *
   * `CREATE_CACHE_CLUSTER` and `CREATE_REPLICATION_GROUP` have this parameter, so one of them must be listed. The
   * caller gets `s3:GetObject` on each object.
   *
   * The ElastiCache service also needs access to the bucket. The bucket's policy gives it that access, not the policy
   * of the caller: use `SnapshotBucketGrants.fromBucket(bucket).importSource(source)`. Give the cache the
   * `snapshotArns` of the same source.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
   *
   * @default - no access to S3 objects: caches are created empty, or from snapshots that are kept in ElastiCache.
   */
  readonly snapshots?: SnapshotSource[];

  /**
   * The ElastiCache resources that the operations are limited to: at least one.
   *
   * Each operation is allowed on the listed resources of the types that AWS authorizes it on. AWS authorizes a call on
   * every resource that it names, so list all of them. For example, creating a replication group needs its parameter
   * group. It also needs the subnet group, user group or snapshot if the request names one.
   *
   * It is an error to leave out a type that every call needs, or to list a type that no operation uses. An operation
   * that AWS authorizes on no resource, such as `DESCRIBE_EVENTS`, stays allowed on `*`. This property doesn't limit
   * actions of other services.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   *
   * @default - every operation is allowed on `*`.
   */
  readonly resources?: ElastiCacheResource[];

  /**
   * The conditions that a request must meet. It must meet all of them.
   *
   * A condition is added only where AWS supplies its key. An operation that never has the key is an error.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
   *
   * @default - none.
   */
  readonly conditions?: ElastiCacheCondition[];

  /**
   * Whether create, copy and purchase operations may set tags, with their `Tags` parameter.
   *
   * AWS authorizes this as `elasticache:AddTagsToResource` on the resource that is created. The conditions of the grant
   * also apply to it. AWS's sources disagree on `CREATE_GLOBAL_REPLICATION_GROUP`: its request has `Tags`, but a guide
   * says that global datastores can't be tagged. The permission is included.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
   *
   * @default false
   */
  readonly tagOnCreate?: boolean;

  /**
   * Whether delete operations may take a final snapshot, with `FinalSnapshotIdentifier` or `FinalSnapshotName`.
   *
   * If you set `resources`, they must include the snapshot.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html
   *
   * @default false
   */
  readonly finalSnapshot?: boolean;

  /**
   * Whether create and modify operations may set up log delivery to CloudWatch Logs, with `LogDeliveryConfigurations`.
   *
   * The caller gets the permissions to manage deliveries. It also gets the permissions to give the delivery service
   * access to the log group, which the first delivery to a group needs. One of these, `logs:PutResourcePolicy`, can
   * only be allowed on `*`, so it can open other log groups, too. A warning says so
   * (`cdk-elasticache-grants:logResourcePolicy`).
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
   * The caller gets the permissions to manage deliveries, and `firehose:TagDeliveryStream` on each stream. It also gets
   * `iam:CreateServiceLinkedRole` for the role of the log delivery service, which the first delivery to Firehose in an
   * account creates. If there are also deliveries to CloudWatch Logs, set `logDelivery` as well.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-Firehose.html
   *
   * @default - no delivery to Firehose.
   */
  readonly logDeliveryStreams?: aws_kinesisfirehose.IDeliveryStreamRef[];

  /**
   * Whether the operations may create ElastiCache's service-linked role if the account doesn't have it.
   *
   * AWS's sources disagree on which calls create the role. Every operation that one of them names gets the permission.
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
   * and Region. It also gets `ec2:CreateTags` for the tag that ElastiCache gives the endpoint.
   *
   * AWS's sources disagree on whether the caller needs these permissions: AWS's managed policy and CloudFormation have
   * them, and AWS's sample policies don't. Set this option unless you know that your calls work without them, or all
   * your caches have public endpoints (`ConnectionType` `public`).
   *
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonElastiCacheFullAccess.html
   *
   * @default false
   */
  readonly vpcEndpoint?: boolean;

  /**
   * The customer managed key that create and copy operations encrypt with, by `KmsKeyId`.
   *
   * An alias is an error, because IAM matches a key only by its own ARN. The caller gets `kms:DescribeKey` on the key,
   * and `kms:CreateGrant` for grants that an AWS service asks for. The second permission is inferred: ElastiCache
   * creates grants on the key, and no page of AWS says whose permission it uses. The key's own policy must also allow
   * both. A key of another account causes a warning (`cdk-elasticache-grants:otherAccountKey`).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
   *
   * @default - no permission on a key: caches are encrypted with a key that AWS owns.
   */
  readonly encryptionKey?: aws_kms.IKeyRef;

  /**
   * The buckets that `COPY_SNAPSHOT` and `EXPORT_SERVERLESS_CACHE_SNAPSHOT` may export to.
   *
   * `EXPORT_SERVERLESS_CACHE_SNAPSHOT` needs this option. An empty list means that copies stay in ElastiCache, and the
   * caller gets no permissions for S3. If both operations are listed with an empty list,
   * `EXPORT_SERVERLESS_CACHE_SNAPSHOT` needs permissions for S3 from elsewhere. If it is listed without
   * `COPY_SNAPSHOT`, an empty list is an error.
   *
   * The reference page lists S3 actions on `*`. Instead, the caller gets the minimum of AWS's newest guide, only on
   * these buckets. `s3:ListAllMyBuckets` stays on `*`, because it has no narrower resource. Whoever may export a
   * snapshot can read its data from the bucket.
   *
   * An export also needs the ElastiCache service to have access to the bucket: use
   * `SnapshotBucketGrants.fromBucket(bucket).exportSnapshots()`.
   *
   * A bucket that encrypts with a KMS key causes a warning (`cdk-elasticache-grants:kmsEncryptedBucket`). So does a
   * grant that also has `encryptionKey`, because exports are not encrypted with that key
   * (`cdk-elasticache-grants:exportWithoutKey`).
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
   *
   * @default - what the reference page lists: `s3:GetBucketLocation` and `s3:ListAllMyBuckets` on `*`.
   */
  readonly exportBuckets?: aws_s3.IBucketRef[];

  /**
   * The text that the keys of exported objects begin with.
   *
   * Exports to other keys of `exportBuckets` are denied. The key of an object that `COPY_SNAPSHOT` exports begins
   * with the request's `TargetSnapshotName`, which ElastiCache keeps in lowercase. A prefix with capitals has a warning
   * (`cdk-elasticache-grants:capitalsInPrefix`). Pass the same prefix to `SnapshotBucketGrants.exportSnapshots`, which
   * limits the service.
   *
   * The prefix is taken literally, without a `*` after it. It has up to 1,024 bytes of printable characters up to
   * U+00FF, without a comma.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
   *
   * @default - every key.
   */
  readonly exportPrefix?: string;
}
