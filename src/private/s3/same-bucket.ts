/**
 * The objects of a source in, and out come those of one bucket, named as that bucket is. Others are reported.
 *
 * S3 refuses a bucket policy that names objects of another bucket, and says so at deployment only. A bucket may be
 * known as a construct, by its name or by its ARN, and the source may know it in another way than the grants do. What
 * can't be told before deployment is left as it is, so that S3 has the last word.
 */
import { Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { SnapshotObjects } from '../model';
import { isCfnBucket } from '../util/buckets';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { textParts, TextToken } from '../util/tokens';

/** What is known of a bucket from an ARN of it, or of an object in it. */
interface KnownBucket {
  /** The resource, where it is part of the app. */
  readonly construct?: IConstruct;
  readonly bucketName?: string;
  readonly partition?: string;
}

/**
 * The objects with the bucket's own ARN, so that the bucket's policy is the same whichever way the source knows the
 * bucket. Reports those that are certainly in another bucket.
 */
export function objectsInBucket(
  objects: SnapshotObjects[], bucket: aws_s3.IBucketRef, method: string, diagnostics: Diagnostics,
): SnapshotObjects[] {
  const { bucketArn } = bucket.bucketRef;
  const own = knownBucket(bucketArn);
  return objects.map((each) => {
    const arn = 'objectArn' in each ? each.objectArn : each.bucketArn;
    const other = knownBucket(arn);
    const same = isSame(own, other);
    if (same === false) {
      diagnostics.errorAbout(describe(other, arn), (buckets, several) => (
        `${method}: source has objects of ${several ? 'other buckets' : 'another bucket'}, ${buckets}: make a source `
        + 'for each bucket, and pass it to SnapshotBucketGrants.fromBucket of that bucket'));
    }
    return same && !('objectArn' in each) ? { ...each, bucketArn } : each;
  });
}

/** Whether both are the same bucket; undefined where only the deployment tells. */
function isSame(one: KnownBucket, other: KnownBucket): boolean | undefined {
  if (one.construct && one.construct === other.construct) { return true; }
  if (one.bucketName !== undefined && other.bucketName !== undefined) {
    const partitions = new Set([one.partition, other.partition].filter((partition) => partition !== undefined));
    return one.bucketName === other.bucketName && partitions.size < 2;
  }
  return one.construct && other.construct ? false : undefined;
}

function knownBucket(arn: string): KnownBucket {
  const parts = textParts(arn);
  if (typeof parts[0] !== 'string') { return bucketOf(parts[0], 'Arn') ?? {}; }
  // The partition may be a token, and nothing else before the bucket's name.
  const [, partition] = /^arn:([a-z-]+):s3:::/.exec(parts[0]) ?? [];
  const [rest, ...later] = parts[0] === 'arn:' ? parts.slice(2) : parts;
  if (typeof rest !== 'string') { return {}; }
  const name = rest.replace(/^(arn:[a-z-]+)?:s3:::/, '');
  if (name === rest) { return {}; }
  if (name === '') { return bucketOf(later[0], 'Ref') ?? {}; }
  // Where a token comes next, the name may go on.
  return later.length === 0 || name.includes('/') ? { bucketName: name.replace(/\/.*/s, ''), partition } : {};
}

/** The bucket whose attribute a token is. */
function bucketOf(part: string | TextToken | undefined, attribute: string): KnownBucket | undefined {
  const reference = typeof part === 'object' ? Tokenization.reverse(part.token) : undefined;
  if (!Reference.isReference(reference) || reference.displayName !== attribute || !isCfnBucket(reference.target)) {
    return undefined;
  }
  const { bucketName } = reference.target;
  return {
    construct: reference.target,
    bucketName: bucketName !== undefined && !Token.isUnresolved(bucketName) ? bucketName : undefined,
  };
}

/** A construct by the path that its author knows, which of an L2 bucket is that of its parent. */
function describe({ construct }: KnownBucket, arn: string): string {
  if (!construct) { return formatValue(arn); }
  const { scope } = construct.node;
  return (scope?.node.defaultChild === construct ? scope : construct).node.path;
}
