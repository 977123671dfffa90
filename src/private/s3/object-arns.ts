/**
 * Object keys, prefixes and ARNs in, and out come the objects, with their ARNs in a policy and in `SnapshotArns`.
 *
 * IAM reads `*` and `?` in a resource as wildcards and `${` as a variable, and S3 allows all of them in keys. Keys are
 * escaped here and nowhere else, so that a policy matches the objects that were named and no others. Both the caller's
 * permissions and the bucket policy for the ElastiCache service are made of these ARNs; a cache's are not escaped.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { Aws, Token } from 'aws-cdk-lib/core';
import { aws_s3 } from 'aws-cdk-lib/interfaces';
import { checkKey, ErrorContext, isKnownList, MAX_KEY_BYTES, warnOfUnknownText } from './object-keys';
import { ObjectsUnderPrefix, ObjectWithArn, ObjectWithKey, SnapshotObjects } from '../model';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { checkReference, checkText } from '../util/shape';
import { literalParts, lowerCase, mapLiterals, Tokens } from '../util/tokens';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = /^[A-Za-z0-9._-]{3,255}$/;
const OBJECT_ARN_SHAPE = 'arn:PARTITION:s3:::BUCKET/KEY';

/** The ARN of what a caller passed as a bucket; undefined where it is none. Reports that, and an ARN that is wrong. */
export function bucketArnFrom(bucket: unknown, subject: string, diagnostics: Diagnostics): string | undefined {
  const expected = 'a bucket, such as an s3.Bucket';
  if (!checkReference(bucket, 'bucketRef.bucketArn', `${subject}: bucket`, expected, diagnostics)) {
    return undefined;
  }
  const { bucketArn } = (bucket as aws_s3.IBucketRef).bucketRef;
  checkBucketArn(bucketArn, subject, diagnostics);
  return bucketArn;
}

/** The ARN of a bucket in the partition that the stack is deployed to; undefined where the name is not text. */
export function bucketArnOf(
  bucketName: string, { method }: ErrorContext, diagnostics: Diagnostics,
): string | undefined {
  if (!checkText(bucketName, `${method}: bucketName`, 'text, such as "my-snapshots"', diagnostics)) {
    return undefined;
  }
  const valid = Token.isUnresolved(bucketName)
    ? literalParts(bucketName).every((part) => /^[A-Za-z0-9._-]*$/.test(part))
    : BUCKET_NAME.test(bucketName);
  if (!valid) {
    diagnostics.error(
      `${method}: bucket name ${formatValue(bucketName)} is not valid: expected 3 to 63 lower-case letters, digits, `
      + 'dots and hyphens (up to 255, with capitals and underscores, for buckets made before March 2018); '
      + 'pass the name alone, or use SnapshotSource.fromObjectArns',
    );
  }
  return `arn:${Aws.PARTITION}:s3:::${bucketName}`;
}

/** Reports a bucket ARN that can't be followed by an object key. */
export function checkBucketArn(bucketArn: string, subject: string, diagnostics: Diagnostics): void {
  const valid = Token.isUnresolved(bucketArn)
    ? literalParts(bucketArn).every((part) => !/[*?/]/.test(part))
    : /^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{3,255}$/.test(bucketArn);
  if (!valid) {
    diagnostics.error(
      `${subject}: bucket ARN ${formatValue(bucketArn)} is not valid: expected arn:PARTITION:s3:::BUCKET, without `
      + 'wildcards',
    );
  }
}

/** One object for each key in a bucket. Where the bucket is not known, the keys are only checked. */
export function objectsWithKeys(
  bucketArn: string | undefined, objectKeys: string[], context: ErrorContext, diagnostics: Diagnostics,
): ObjectWithKey[] {
  if (!isKnownList(objectKeys, 'objectKeys', context, diagnostics)) {
    return [];
  }
  return objectKeys.map((key) => {
    if (key === '') {
      diagnostics.error(
        `${context.method}: objectKeys has an empty key: expected 1 to ${formatNumber(MAX_KEY_BYTES)} bytes`,
      );
    }
    checkKey(key, 'object key', context, diagnostics);
    return { bucketArn: bucketArn ?? '', key };
  });
}

/** Every object under a prefix. Where the bucket is not known, the prefix is only checked. */
export function objectsUnderPrefix(
  bucketArn: string | undefined, prefix: string, context: ErrorContext, diagnostics: Diagnostics,
): ObjectsUnderPrefix[] {
  if (!checkText(prefix, `${context.method}: prefix`, 'text, such as "nightly/"', diagnostics)) {
    return [];
  }
  checkKey(prefix, 'prefix', context, diagnostics);
  return [{ bucketArn: bucketArn ?? '', prefix }];
}

/**
 * Every exported object under a prefix, with which the name of a copied snapshot begins. AWS says that the name is kept
 * in lower case, but not that the key is, too, so capitals may be right.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CopySnapshot.html
 */
export function exportsUnderPrefix(
  bucketArn: string, prefix: string, context: ErrorContext, diagnostics: Diagnostics,
): ObjectsUnderPrefix[] {
  const objects = objectsUnderPrefix(bucketArn, prefix, context, diagnostics);
  if (objects.length > 0 && /[A-Z]/.test(literalParts(prefix).join(''))) {
    diagnostics.warning(
      'capitalsInPrefix',
      `${context.method}: prefix ${formatValue(prefix)} has capitals, and ElastiCache keeps the names of snapshots, `
      + `with which exported keys begin, in lower case: pass ${formatValue(lowerCase(prefix))}, or acknowledge this `
      + 'warning if your exported objects have such keys',
    );
  }
  return objects;
}

/** One object for each ARN, whose key is taken literally. */
export function objectsWithArns(
  objectArns: string[], context: ErrorContext, diagnostics: Diagnostics,
): (ObjectWithKey | ObjectWithArn)[] {
  if (!isKnownList(objectArns, 'objectArns', context, diagnostics)) {
    return [];
  }
  const partitions = new Set<string>();
  const objects = objectArns.map((arn) => {
    if (Token.isUnresolved(arn)) {
      checkUnresolvedArn(arn, context, diagnostics);
      return { objectArn: arn };
    }
    const parsed = /^arn:(aws[a-z-]*):s3:::([^/]*)\/(.+)/s.exec(arn);
    if (!parsed || !BUCKET_NAME.test(parsed[2])) {
      diagnostics.error(
        `${context.method}: ${formatValue(arn)} is not the ARN of an S3 object: ${whatIsWrong(arn)}; `
        + `expected ${OBJECT_ARN_SHAPE}`,
      );
      return { objectArn: arn };
    }
    const [, partition, bucketName, key] = parsed;
    partitions.add(partition);
    checkKey(key, 'object key', context, diagnostics);
    return { bucketArn: `arn:${partition}:s3:::${bucketName}`, key };
  });
  if (partitions.size > 1) {
    diagnostics.error(
      `${context.method}: objectArns has ARNs of the partitions `
      + `${[...partitions].sort().map(formatValue).join(' and ')}: a principal has access to objects of its own `
      + 'partition only; list those alone, or use SnapshotSource.fromBucketName, which follows the stack',
    );
  }
  return objects;
}

/**
 * The ARN that matches the objects in a policy, and no others.
 *
 * @param join how two texts become one.
 */
export function policyArnOf(objects: SnapshotObjects, join: Tokens['join'] = concatenation): string {
  if ('objectArn' in objects) { return objects.objectArn; }
  return 'prefix' in objects
    ? inPolicy(objects.bucketArn, `${escapeKey(objects.prefix)}*`, join)
    : inPolicy(objects.bucketArn, escapeKey(objects.key), join);
}

function concatenation(head: string, tail: string): string {
  return head + tail;
}

/** The ARN of an object as `SnapshotArns` takes it: with its key as it is. */
export function snapshotArnOf(object: ObjectWithKey | ObjectWithArn): string {
  return 'objectArn' in object ? object.objectArn : `${object.bucketArn}/${object.key}`;
}

function whatIsWrong(arn: string): string {
  const [scheme, , service, region, account, ...resource] = arn.split(':');
  if (scheme !== 'arn' || resource.length === 0) { return 'it is not an ARN'; }
  if (service !== 's3') { return `its service is ${formatValue(service)}, not "s3"`; }
  if (region !== '' || account !== '') {
    return 'it has a Region or an account, as access points have, which SnapshotArns does not accept';
  }
  const [bucketName, ...key] = resource.join(':').split('/');
  if (key.join('/') === '') { return 'it has no object key'; }
  return BUCKET_NAME.test(bucketName)
    ? 'AWS has no such partition'
    : `${formatValue(bucketName)} is not a bucket name`;
}

/** In an ARN that is a token, bucket and key can't be told apart, so wildcards in its key can't be escaped. */
function checkUnresolvedArn(arn: string, context: ErrorContext, diagnostics: Diagnostics): void {
  if (literalParts(arn).some((part) => /[*?$]/.test(part))) {
    diagnostics.error(
      `${context.method}: ${formatValue(arn)} is only known at deployment and has "*", "?" or "$", which can't be `
      + 'escaped '
      + 'in it: use SnapshotSource.fromBucket or fromBucketName, which escape keys, or SnapshotSource.fromPrefix',
    );
  }
  warnOfUnknownText(arn, `${context.method}: object ARN`, diagnostics);
}

/** `*`, `?` and `$` as IAM takes them literally. All at once, since the escapes themselves contain `$`. */
function escapeKey(key: string): string {
  return mapLiterals(key, (literal) => literal.replace(/[*?$]/g, '${$&}'));
}

function inPolicy(bucketArn: string, escapedKey: string, join: Tokens['join']): string {
  const arn = join(bucketArn, `/${escapedKey}`);
  // Newer versions of CDK validate templates, and take a literal ARN with an escape for an invalid one (rule E3510).
  return escapedKey.includes('${') && !Token.isUnresolved(arn)
    ? Token.asString({ 'Fn::Join': ['', [`${bucketArn}/`, escapedKey]] })
    : arn;
}
