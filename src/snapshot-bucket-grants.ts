import { Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Aws, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { addToBucketPolicy, cfnBucketOf } from './private/s3/bucket-policy';
import { Diagnostics, formatValue } from './private/util/diagnostics';
import { resolvedPartsIn } from './private/util/tokens';
import { ErrorContext, checkBucketArn, objectsOf, objectsUnder, SnapshotObjects } from './private/s3/object-arns';
import { compareByKey, tokenKeys } from './private/util/token-keys';

const IMPORT = { bucket: ['s3:GetBucketAcl', 's3:ListBucket'], objects: ['s3:GetObject'] };
const EXPORT = {
  bucket: ['s3:GetBucketAcl', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
  objects: ['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
};

/**
 * How the ElastiCache service is let into a bucket.
 */
export interface SnapshotBucketGrantsOptions {
  /**
   * The Region of the bucket and of the caches: ElastiCache reads and writes buckets of its own Region alone.
   *
   * It is part of the service principal's name.
   *
   * @default - the Region of the bucket's environment, which is that of its stack, but for a bucket that is imported with another.
   */
  readonly region?: string;

  /**
   * The account, of 12 digits, for whose caches alone the service is let in: a condition on `aws:SourceAccount`.
   *
   * It guards against a confused deputy, that is, against snapshots that somebody else has ElastiCache copy to this bucket, or read
   * from it. No page of AWS says that ElastiCache sends the key, and this was not tested against AWS: where ElastiCache doesn't send it,
   * every import and export is denied. Try it before you rely on it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   *
   * @default - no condition, as on AWS's pages.
   */
  readonly sourceAccount?: string;
}

/**
 * What the policy of a bucket must allow the ElastiCache service: the bucket's half of a restore from S3, or of an export to it.
 *
 * The caller's half is `ElastiCacheAccessGrant` with `snapshots` or `exportBuckets`. Both are needed: the caller's permissions let the
 * request through, and the service's let it reach the objects.
 *
 * The service is the principal `REGION.elasticache-snapshot.SUFFIX`. AWS documents it with the suffix `amazonaws.com`. In other
 * partitions, such as China's, it is taken to end with the partition's own suffix, which no page confirms; S3 refuses a policy with a
 * principal that doesn't exist when it is deployed. For Regions that are enabled by default, AWS's pages let the service in by an ACL with
 * a canonical ID, which a bucket that enforces its owner's ownership (S3's default) refuses; they show the bucket policy for opt-in
 * Regions. Nothing here was tested against AWS.
 *
 * Where CDK can't change the bucket's policy, a warning (`cdk-elasticache-grants:bucketPolicyNotChanged`) has the statements to add by
 * hand. There are warnings, too, of a bucket that is encrypted with a KMS key (`cdk-elasticache-grants:kmsEncryptedBucket`) and of one in
 * another Region than its stack (`cdk-elasticache-grants:otherRegion`), and those that `SnapshotSource` gives of keys. They are on the
 * bucket: acknowledge them there after the call, or above it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
 *
 * @example
 * declare const bucket: s3.Bucket;
 * declare const cache: elasticache.CfnReplicationGroup;
 *
 * const grants = SnapshotBucketGrants.fromBucket(bucket);
 * grants.importSnapshots(['nightly/0001.rdb', 'nightly/0002.rdb']).applyBefore(cache);
 */
export class SnapshotBucketGrants {
  /**
   * Grants on a bucket that is a construct.
   *
   * @param bucket an L2 or L1 bucket, whose policy is made where it has none yet, or an imported one, whose policy CDK can't change.
   * @param options for which Region and account the service is let in.
   * @throws when the bucket's ARN, the Region or the account isn't one.
   */
  public static fromBucket(bucket: aws_s3.IBucketRef, options: SnapshotBucketGrantsOptions = {}): SnapshotBucketGrants {
    const { region, sourceAccount } = options;
    const method = 'SnapshotBucketGrants.fromBucket';
    const findings = new Diagnostics();
    checkBucketArn(bucket.bucketRef.bucketArn, method, findings);
    if (region !== undefined && !Token.isUnresolved(region) && !/^[a-z0-9-]+$/.test(region)) {
      findings.error(`${method}: region ${formatValue(region)} is not one: expected a Region, such as "eu-west-1"`);
    }
    if (sourceAccount !== undefined && !Token.isUnresolved(sourceAccount) && !/^\d{12}$/.test(sourceAccount)) {
      findings.error(`${method}: sourceAccount ${formatValue(sourceAccount)} is not one: expected 12 digits`);
    }
    findings.report(bucket);
    return new SnapshotBucketGrants(bucket, region ?? bucket.env.region, sourceAccount);
  }

  private constructor(
    private readonly bucket: aws_s3.IBucketRef,
    private readonly region: string,
    private readonly sourceAccount?: string,
  ) {}

  /**
   * Lets the service read snapshots, each by its own ARN, to seed a cache from them with `SnapshotArns`.
   *
   * It gets `s3:GetObject` on the objects, and `s3:ListBucket` and `s3:GetBucketAcl` on the bucket. The objects may be encrypted with
   * SSE-S3 alone.
   *
   * @param objectKeys the key of each object, at least one, taken literally: 1 to 1,024 bytes of printable characters up to U+00FF, without
   * a comma.
   * @throws when a key can't stand in a policy or in `SnapshotArns`; when the bucket's policy, with what CDK knows to be there already, has
   * more than the 20,480 bytes that S3 allows.
   * @returns a grant that stands for the bucket's policy: `applyBefore()` orders it before other constructs. Its `success` is false where
   * CDK can't change the policy.
   */
  public importSnapshots(objectKeys: string[]): Grant {
    return this.add(IMPORT, (bucketArn, findings) => objectsOf(bucketArn, objectKeys, caller('importSnapshots', 'importSnapshotsUnder'), findings));
  }

  /**
   * Lets the service read every object under a prefix, those that come later included, to seed a cache from them.
   *
   * Prefer the objects one by one. A prefix is for snapshots whose keys can't be known at synthesis, or that are too many for the
   * bucket's policy, as those of a replication group of several hundred shards may be.
   *
   * @param prefix the text that the keys begin with, taken literally and without a `*` after it: up to 1,024 bytes of printable
   * characters up to U+00FF, without a comma. An empty prefix allows the whole bucket.
   * @throws when the prefix can't stand in a policy; when the bucket's policy gets too large.
   * @returns a grant that stands for the bucket's policy, as that of `importSnapshots()`.
   */
  public importSnapshotsUnder(prefix: string): Grant {
    return this.add(IMPORT, (bucketArn, findings) => objectsUnder(bucketArn, prefix, caller('importSnapshotsUnder', 'importSnapshotsUnder'), findings));
  }

  /**
   * Lets the service write snapshots to the bucket, which `COPY_SNAPSHOT` and `EXPORT_SERVERLESS_CACHE_SNAPSHOT` have it do.
   *
   * It gets `s3:PutObject`, `s3:GetObject` and `s3:ListMultipartUploadParts` on the objects, and `s3:ListBucket`, `s3:GetBucketAcl` and
   * `s3:ListBucketMultipartUploads` on the bucket.
   *
   * @param prefix the text that the objects' keys begin with, taken literally and without a `*` after it, as in `importSnapshotsUnder()`.
   * The key of an exported object begins with the request's `TargetSnapshotName`. By default, every object of the bucket is allowed, as on
   * AWS's page.
   * @throws when the prefix can't stand in a policy; when the bucket's policy gets too large.
   * @returns a grant that stands for the bucket's policy, as that of `importSnapshots()`.
   */
  public exportSnapshots(prefix: string = ''): Grant {
    return this.add(EXPORT, (bucketArn, findings) => objectsUnder(bucketArn, prefix, caller('exportSnapshots', 'exportSnapshots'), findings));
  }

  private add(actions: typeof IMPORT, list: (bucketArn: string, findings: Diagnostics) => SnapshotObjects[]): Grant {
    const { bucketArn } = this.bucket.bucketRef;
    const findings = new Diagnostics();
    const identify = tokenKeys(resolvedPartsIn(this.bucket));
    const objects = new Map(list(bucketArn, findings).map(({ arn }) => [identify(arn), arn]));
    this.warnOfRegion(findings);
    if (actions === IMPORT) {
      this.warnOfEncryption(findings);
    }
    findings.report(this.bucket);

    const principal = new ServicePrincipal(`${this.region}.elasticache-snapshot.${urlSuffixOf(this.region)}`);
    const conditions = this.sourceAccount === undefined ? undefined : { StringEquals: { 'aws:SourceAccount': this.sourceAccount } };
    return addToBucketPolicy(this.bucket, principal, [
      new PolicyStatement({ principals: [principal], actions: actions.bucket, resources: [bucketArn], conditions }),
      new PolicyStatement({
        principals: [principal], actions: actions.objects, resources: [...objects.entries()].sort(compareByKey).map(([, arn]) => arn), conditions,
      }),
    ]);
  }

  private warnOfRegion(findings: Diagnostics): void {
    const { region } = Stack.of(this.bucket);
    if (Token.compareStrings(this.region, region) === TokenComparison.DIFFERENT) {
      findings.warning(
        'otherRegion',
        `this bucket is in ${this.region}, but its stack deploys to ${region}, and ElastiCache reads and writes buckets of its own Region alone: `
        + 'use a bucket there, or acknowledge this warning where the caches are in the bucket\'s Region',
      );
    }
  }

  private warnOfEncryption(findings: Diagnostics): void {
    const configuration: any = cfnBucketOf(this.bucket)?.bucketEncryption;
    const rules: any[] = [configuration?.serverSideEncryptionConfiguration ?? []].flat();
    const byKms = rules.some((rule) => /^aws:kms/.test(rule?.serverSideEncryptionByDefault?.sseAlgorithm));
    if (byKms || (this.bucket as { readonly encryptionKey?: unknown }).encryptionKey !== undefined) {
      findings.warning(
        'kmsEncryptedBucket',
        'this bucket encrypts its objects with a KMS key, and ElastiCache reads those that are encrypted with SSE-S3 alone: '
        + 'use a bucket with SSE-S3, or acknowledge this warning where the snapshots are uploaded with SSE-S3',
      );
    }
  }
}

/** What the principals of a Region end with, where the service's are named by the partition's suffix. */
function urlSuffixOf(region: string): string {
  return (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).domainSuffix) ?? Aws.URL_SUFFIX;
}

function caller(method: string, underPrefix: string): ErrorContext {
  return { name: `SnapshotBucketGrants.${method}`, underPrefix: `SnapshotBucketGrants.${underPrefix}` };
}
