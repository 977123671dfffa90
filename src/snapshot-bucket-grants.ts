import { Grant, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Aws, ResourceEnvironment, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { BUCKET_POLICY } from './private/catalog/catalog.generated';
import { BucketPolicyEntry } from './private/catalog/entries';
import { Permission, SnapshotObjects, Statement } from './private/model';
import { recordPermissions } from './private/record';
import { addToBucketPolicy } from './private/s3/bucket-policy';
import {
  bucketArnFrom, exportsUnderPrefix, objectsUnderPrefix, objectsWithKeys, policyArnOf,
} from './private/s3/object-arns';
import { ErrorContext } from './private/s3/object-keys';
import { objectsInBucket } from './private/s3/same-bucket';
import { isEncryptedWithKms } from './private/util/buckets';
import { Diagnostics, formatValue } from './private/util/diagnostics';
import { checkInstance, checkObject, isTextLike } from './private/util/shape';
import { distinctTexts, tokensIn } from './private/util/tokens';
import { SnapshotSource } from './snapshot-source';

/**
 * The Region and account for which the ElastiCache service gets access to a bucket.
 */
export interface SnapshotBucketGrantsOptions {
  /**
   * The Region of the bucket and of the caches. ElastiCache reads and writes only buckets in its own Region.
   *
   * The Region is part of the service principal's name.
   *
   * @default - the Region of the bucket's environment. This is the Region of its stack, unless the bucket was imported
   * with another one.
   */
  readonly region?: string;

  /**
   * The ID, 12 digits, of the only account for whose caches the service gets access.
   *
   * It becomes a condition on `aws:SourceAccount`, which prevents a confused deputy: somebody else who has
   * ElastiCache copy snapshots to this bucket, or read them from it. No page of AWS says that ElastiCache sends the
   * key, and this was not tested against AWS. If ElastiCache doesn't send it, every import and export is denied. Try
   * it before you rely on it.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   *
   * @default - no condition, as on AWS's pages.
   */
  readonly sourceAccount?: string;
}

/**
 * Adds the bucket policy that lets the ElastiCache service read snapshots from a bucket, or export them to it.
 *
 * The caller needs permissions, too: use `ElastiCacheAccessGrant` with `snapshots` or `exportBuckets`. Without the
 * caller's permissions, the request is denied. Without the bucket policy, the service can't access the objects.
 *
 * The service is the principal `REGION.elasticache-snapshot.SUFFIX`. AWS documents it with the suffix `amazonaws.com`.
 * In other partitions, such as China's, the partition's own suffix is used, which no page confirms. If the principal of
 * a policy doesn't exist, S3 refuses the policy at deployment.
 *
 * AWS's pages show the bucket policy for opt-in Regions. For Regions that are enabled by default, they give the service
 * access by an ACL with a canonical ID, which a bucket with the owner-enforced setting (S3's default) refuses. Nothing
 * here was tested against AWS.
 *
 * If CDK can't change the bucket's policy, a warning (`cdk-elasticache-grants:bucketPolicyNotChanged`) has the
 * statements to add by hand. There are also warnings about:
 *
 * - a bucket that is encrypted with a KMS key, on import and export (`cdk-elasticache-grants:kmsEncryptedBucket`);
 * - a bucket in another Region than its stack (`cdk-elasticache-grants:otherRegion`);
 * - a prefix of exports with capitals (`cdk-elasticache-grants:capitalsInPrefix`);
 * - object keys, as those of `SnapshotSource`.
 *
 * The warnings are on the bucket. Acknowledge them there after the call, or on a construct above it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
 *
 * @example
 * declare const bucket: s3.Bucket;
 * const nightly = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);
 * const cache = new elasticache.CfnReplicationGroup(this, 'Cache', {
 *   replicationGroupDescription: 'Restored from the nightly snapshots',
 *   snapshotArns: nightly.snapshotArns,
 * });
 *
 * SnapshotBucketGrants.fromBucket(bucket).importSource(nightly).applyBefore(cache);
 */
export class SnapshotBucketGrants {
  /**
   * Creates grants for a bucket that is a construct.
   *
   * @param bucket the bucket: an L2 or L1 bucket, which gets a policy if it has none yet, or an imported one, whose
   * policy CDK can't change.
   * @param options the Region and account for which the service gets access.
   * @throws if the bucket's ARN, the Region or the account is not valid.
   */
  public static fromBucket(bucket: aws_s3.IBucketRef, options: SnapshotBucketGrantsOptions = {}): SnapshotBucketGrants {
    const method = 'SnapshotBucketGrants.fromBucket';
    const diagnostics = new Diagnostics();
    const isConstruct = Construct.isConstruct(bucket);
    if (bucketArnFrom(bucket, method, diagnostics) !== undefined && !isConstruct) {
      diagnostics.error(`${method}: bucket is not a construct, so its policy can't be found: expected a bucket, such `
        + 'as an s3.Bucket');
    }
    const { region, sourceAccount } = checkOptions(options, method, diagnostics);
    diagnostics.throwIfAny(isConstruct ? bucket : undefined);
    return new SnapshotBucketGrants(bucket, region ?? regionOf(bucket), sourceAccount);
  }

  private constructor(
    private readonly bucket: aws_s3.IBucketRef,
    private readonly region: string,
    private readonly sourceAccount?: string,
  ) {}

  /**
   * Lets the service read the snapshots of a source.
   *
   * Use the same source for the cache, as `snapshotArns`, and for the caller, as `snapshots` of an
   * `ElastiCacheAccessGrant`. The service gets the access that `importSnapshots()` gives for the keys of the source.
   * For a source of `fromPrefix`, it gets the access that `importSnapshotsUnder()` gives.
   *
   * @param source the source, with snapshots of this bucket, in whichever way it names the bucket. Whether a name is
   * this bucket's can't always be told before deployment: S3 then refuses a policy that names another bucket.
   * @throws if the source has objects that are certainly in another bucket (make a source for each bucket); if
   * `importSnapshots()` would refuse its keys; or if the bucket's policy gets too large.
   * @returns a grant for the bucket's policy, as in `importSnapshots()`.
   */
  public importSource(source: SnapshotSource): Grant {
    const method = 'SnapshotBucketGrants.importSource';
    return this.add(BUCKET_POLICY.import, (_, diagnostics) => (
      checkInstance(
        source, SnapshotSource, 'SnapshotSource.fromBucket(bucket, objectKeys)', `${method}: source`, diagnostics,
      )
        ? objectsInBucket(source._objects(diagnostics), this.bucket, method, diagnostics)
        : []));
  }

  /**
   * Lets the service read snapshots, each by its own ARN, to seed a cache from them with `SnapshotArns`.
   *
   * If you already have a `SnapshotSource` for them, use `importSource()`. The service gets `s3:GetObject` on the
   * objects, and `s3:ListBucket` and `s3:GetBucketAcl` on the bucket. ElastiCache reads objects that are encrypted with
   * SSE-S3, but not objects that are encrypted with a KMS key.
   *
   * @param objectKeys the key of each object, at least one, taken literally: 1 to 1,024 bytes of printable characters
   * up to U+00FF, without a comma.
   * @throws if a policy or `SnapshotArns` can't contain a key; or if the bucket's policy, with what CDK knows to be
   * there already, has more than the 20,480 bytes that S3 allows.
   * @returns a grant for the bucket's policy. Its `applyBefore()` orders the policy before other constructs. Its
   * `success` is false if CDK can't change the policy.
   */
  public importSnapshots(objectKeys: string[]): Grant {
    const context = errorContext('importSnapshots', 'importSnapshotsUnder');
    return this.add(BUCKET_POLICY.import, (bucketArn, diagnostics) => (
      objectsWithKeys(bucketArn, objectKeys, context, diagnostics)));
  }

  /**
   * Lets the service read every object under a prefix, including objects that are added later, to seed a
   * cache from them.
   *
   * Prefer to list the objects. Use a prefix for snapshots whose keys can't be known at synthesis, or that are too many
   * for the bucket's policy. A replication group with several hundred shards may have that many.
   *
   * @param prefix the text that the keys begin with, taken literally and without a `*` after it: up to 1,024 bytes of
   * printable characters up to U+00FF, without a comma. An empty prefix allows the whole bucket.
   * @throws if a policy can't contain the prefix, or if the bucket's policy gets too large.
   * @returns a grant for the bucket's policy, as in `importSnapshots()`.
   */
  public importSnapshotsUnder(prefix: string): Grant {
    const context = errorContext('importSnapshotsUnder', 'importSnapshotsUnder');
    return this.add(BUCKET_POLICY.import, (bucketArn, diagnostics) => (
      objectsUnderPrefix(bucketArn, prefix, context, diagnostics)));
  }

  /**
   * Lets the service write snapshots to the bucket, as `COPY_SNAPSHOT` and `EXPORT_SERVERLESS_CACHE_SNAPSHOT` need.
   *
   * The service gets `s3:PutObject`, `s3:GetObject` and `s3:ListMultipartUploadParts` on the objects, and
   * `s3:ListBucket`, `s3:GetBucketAcl` and `s3:ListBucketMultipartUploads` on the bucket.
   *
   * @param prefix the text that the objects' keys begin with, taken literally and without a `*` after it, as in
   * `importSnapshotsUnder()`. The key of an exported object begins with the request's `TargetSnapshotName`, which
   * ElastiCache keeps in lowercase. By default, every object of the bucket is allowed, as on AWS's page.
   * @throws if a policy can't contain the prefix, or if the bucket's policy gets too large.
   * @returns a grant for the bucket's policy, as in `importSnapshots()`.
   */
  public exportSnapshots(prefix: string = ''): Grant {
    const context = errorContext('exportSnapshots', 'exportSnapshots');
    return this.add(BUCKET_POLICY.export, (bucketArn, diagnostics) => (
      exportsUnderPrefix(bucketArn, prefix, context, diagnostics)));
  }

  private add(
    use: BucketPolicyEntry, list: (bucketArn: string, diagnostics: Diagnostics) => SnapshotObjects[],
  ): Grant {
    const { bucketArn } = this.bucket.bucketRef;
    const diagnostics = new Diagnostics();
    const { tokenKey } = tokensIn(this.bucket);
    const arns = list(bucketArn, diagnostics).map((each) => policyArnOf(each));
    const objectArns = distinctTexts(arns, tokenKey);
    this.warnOfRegion(diagnostics);
    this.warnOfEncryption(use, diagnostics);
    diagnostics.report(this.bucket);

    const principal = new ServicePrincipal(`${this.region}.elasticache-snapshot.${urlSuffixOf(this.region)}`);
    const conditions = this.sourceAccount === undefined
      ? undefined
      : { StringEquals: { 'aws:SourceAccount': this.sourceAccount } };
    const allowed = [
      { actions: use.bucket, resources: [bucketArn], conditions },
      { actions: use.objects, resources: objectArns, conditions },
    ];
    const grant = addToBucketPolicy(this.bucket, principal, allowed.map((statement) => (
      new PolicyStatement({ principals: [principal], ...statement }))));
    recordPermissions({
      grant: this.bucket,
      recipient: principal.service,
      permissions: permissionsOf(use, allowed),
      isDelivered: grant.success,
      policy: grant,
    });
    return grant;
  }

  private warnOfRegion(diagnostics: Diagnostics): void {
    const { region } = Stack.of(this.bucket);
    if (Token.compareStrings(this.region, region) === TokenComparison.DIFFERENT) {
      diagnostics.warning(
        'otherRegion',
        `this bucket is in ${this.region}, but its stack deploys to ${region}, and ElastiCache reads and writes `
        + 'buckets of '
        + 'its own Region only: use a bucket there, or acknowledge this warning if the caches are in the bucket\'s '
        + 'Region',
      );
    }
  }

  private warnOfEncryption(use: BucketPolicyEntry, diagnostics: Diagnostics): void {
    if (isEncryptedWithKms(this.bucket)) {
      diagnostics.warning(
        'kmsEncryptedBucket',
        `this bucket encrypts its objects with a KMS key, and ${use === BUCKET_POLICY.import
          ? 'ElastiCache reads only those that are encrypted with SSE-S3: use a bucket with SSE-S3, or acknowledge '
          + 'this warning if the snapshots are uploaded with SSE-S3'
          : 'AWS names no permission with which ElastiCache could export to it: use a bucket with SSE-S3, and copy the '
          + 'objects from there, or acknowledge this warning'}`,
      );
    }
  }
}

/** What the statements allow, for each operation that needs it. */
function permissionsOf({ operations, reason, source }: BucketPolicyEntry, statements: Statement[]): Permission[] {
  return operations.flatMap((operation) => statements.flatMap(({ actions, resources, conditions }) => (
    actions.flatMap((action) => resources.map((resource) => (
      { operation, action, resource, conditions, reason, source }))))));
}

/** The Region of the bucket. A construct in plain JavaScript may have no environment of its own. */
function regionOf(bucket: aws_s3.IBucketRef): string {
  return (bucket.env as ResourceEnvironment | undefined)?.region ?? Stack.of(bucket).region;
}

/** The options, where they are valid. Reports those that are not. */
function checkOptions(
  options: SnapshotBucketGrantsOptions, method: string, diagnostics: Diagnostics,
): SnapshotBucketGrantsOptions {
  if (!checkObject(options, `${method}: options`, 'an object, such as { region: "eu-west-1" }', diagnostics)) {
    return {};
  }
  const { region, sourceAccount } = options;
  if (region !== undefined && !Token.isUnresolved(region) && !isTextLike(region, /^[a-z0-9-]+$/)) {
    diagnostics.error(`${method}: region ${formatValue(region)} is not a Region: expected one such as "eu-west-1"`);
  }
  if (sourceAccount !== undefined && !Token.isUnresolved(sourceAccount) && !isTextLike(sourceAccount, /^\d{12}$/)) {
    diagnostics.error(
      `${method}: sourceAccount ${formatValue(sourceAccount)} is not an account ID: expected 12 digits${
        typeof sourceAccount === 'string' ? '' : ', as text'}`,
    );
  }
  return options;
}

/** The suffix of service principals in a Region's partition. */
function urlSuffixOf(region: string): string {
  return (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).domainSuffix) ?? Aws.URL_SUFFIX;
}

function errorContext(method: string, prefixMethod: string): ErrorContext {
  return { method: `SnapshotBucketGrants.${method}`, prefixMethod: `SnapshotBucketGrants.${prefixMethod}` };
}
