/**
 * Object keys, prefixes and ARNs in, the ARNs of a policy out.
 *
 * IAM reads `*` and `?` in a resource as wildcards and `${` as a variable, and S3 allows all of them in keys. Keys are
 * escaped here and nowhere else, so that a policy matches the objects that were named and no others. Both the caller's
 * permissions and the bucket policy for the ElastiCache service are made of these ARNs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { Aws, Token } from 'aws-cdk-lib/core';
import { aws_s3 } from 'aws-cdk-lib/interfaces';
import { SnapshotObjects } from '../model';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { codePoint } from '../util/policy-text';
import { checkReference, checkText, checkTextList } from '../util/shape';
import { literalParts, mapLiterals } from '../util/tokens';

/** The public method that an error is about, and the methods that it suggests. */
export interface ErrorContext {
  readonly method: string;

  /** The method that allows every object under a prefix. */
  readonly prefixMethod: string;

  /** The method that takes ARNs. */
  readonly arnsMethod?: string;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;

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

/** One ARN for each object key of a bucket. Where the bucket is not known, the keys are only checked. */
export function objectsWithKeys(
  bucketArn: string | undefined, objectKeys: string[], context: ErrorContext, diagnostics: Diagnostics,
): SnapshotObjects[] {
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
    return { arn: objectArn(bucketArn ?? '', escapeKey(key)) };
  });
}

/** The one ARN that matches every object under a prefix. */
export function objectsUnderPrefix(
  bucketArn: string | undefined, prefix: string, context: ErrorContext, diagnostics: Diagnostics,
): SnapshotObjects[] {
  if (!checkText(prefix, `${context.method}: prefix`, 'text, such as "nightly/"', diagnostics)) {
    return [];
  }
  checkKey(prefix, 'prefix', context, diagnostics);
  return [{ arn: objectArn(bucketArn ?? '', `${escapeKey(prefix)}*`), prefix }];
}

/** One ARN for each object ARN, whose key is taken literally. */
export function objectsWithArns(
  objectArns: string[], context: ErrorContext, diagnostics: Diagnostics,
): SnapshotObjects[] {
  if (!isKnownList(objectArns, 'objectArns', context, diagnostics)) {
    return [];
  }
  const partitions = new Set<string>();
  const objects = objectArns.map((arn) => {
    if (Token.isUnresolved(arn)) {
      return { arn: unresolvedObjectArn(arn, context, diagnostics) };
    }
    const parsed = /^arn:(aws[a-z-]*):s3:::([^/]*)\/(.+)/s.exec(arn);
    if (!parsed || !BUCKET_NAME.test(parsed[2])) {
      diagnostics.error(
        `${context.method}: ${formatValue(arn)} is not the ARN of an S3 object: ${whatIsWrong(arn)}; `
        + `expected ${OBJECT_ARN_SHAPE}`,
      );
      return { arn };
    }
    const [, partition, bucketName, key] = parsed;
    partitions.add(partition);
    checkKey(key, 'object key', context, diagnostics);
    return { arn: objectArn(`arn:${partition}:s3:::${bucketName}`, escapeKey(key)) };
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
function unresolvedObjectArn(arn: string, context: ErrorContext, diagnostics: Diagnostics): string {
  if (literalParts(arn).some((part) => /[*?$]/.test(part))) {
    diagnostics.error(
      `${context.method}: ${formatValue(arn)} is only known at deployment and has "*", "?" or "$", which can't be `
      + 'escaped '
      + 'in it: use SnapshotSource.fromBucket or fromBucketName, which escape keys, or SnapshotSource.fromPrefix',
    );
  }
  warnOfUnknownText(arn, `${context.method}: object ARN`, diagnostics);
  return arn;
}

function isKnownList(list: string[], name: string, context: ErrorContext, diagnostics: Diagnostics): boolean {
  const { method, prefixMethod } = context;
  if (Token.isUnresolved(list)) {
    diagnostics.error(
      `${method}: ${name} is a list that is only known at deployment, so no statement can name its objects one by one: `
      + `pass a list whose length is known, or use ${prefixMethod}`,
    );
    return false;
  }
  if (!checkTextList(list, `${method}: ${name}`, 'a list of text', diagnostics)) {
    return false;
  }
  if (list.length === 0) {
    diagnostics.error(`${method}: ${name} is empty: list at least one object, or use ${prefixMethod}`);
  }
  return true;
}

function checkKey(key: string, kind: string, context: ErrorContext, diagnostics: Diagnostics): void {
  const { method, prefixMethod, arnsMethod } = context;
  const subject = `${method}: ${kind}`;
  if (Token.isUnresolved(key)) {
    warnOfUnknownText(key, subject, diagnostics);
  }
  const shown = `${subject} ${formatValue(key)}`;
  const literal = literalParts(key).join('');
  const bytes = Buffer.byteLength(literal);
  if (bytes > MAX_KEY_BYTES) {
    diagnostics.error(
      `${shown} has ${formatNumber(bytes)} bytes in UTF-8: S3 allows at most ${formatNumber(MAX_KEY_BYTES)}`,
    );
  }
  if (/^(arn:|s3:\/\/)/.test(literal)) {
    const orArns = arnsMethod ? `, or the ARNs to ${arnsMethod}` : '';
    diagnostics.error(`${shown} is an address: pass the key alone${orArns}`);
  }
  if (literal.includes(',')) {
    diagnostics.error(
      `${shown} has a comma, and SnapshotArns separates ARNs by commas: copy the object to a key without one`,
    );
  }
  // The characters that IAM accepts: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
  // eslint-disable-next-line no-control-regex
  const forbidden = /[\u0000-\u001f\u007f-\u009f]|[^\u0000-\u00ff]/u.exec(literal)?.[0];
  if (forbidden !== undefined) {
    diagnostics.error(
      `${shown} has the character ${codePoint(forbidden.codePointAt(0)!)}, which a policy can't have: `
      + 'expected printable characters up to U+00FF; '
      + `copy the object to such a key, or use ${prefixMethod} with the part before it`,
    );
  }
  if (/[*?]/.test(literal)) {
    diagnostics.warning(
      'literalWildcard',
      `${shown} has "*" or "?", which is taken literally and matches nothing else: `
      + `for every object under a prefix, use ${prefixMethod} with the text before it`,
    );
  }
}

function warnOfUnknownText(text: string, subject: string, diagnostics: Diagnostics): void {
  diagnostics.warning(
    'unknownObject',
    `${subject} ${formatValue(text)} is only known at deployment, so a "*" or "?" in it can't be escaped and would `
    + 'allow more objects: make sure that it has none',
  );
}

/** `*`, `?` and `$` as IAM takes them literally. All at once, since the escapes themselves contain `$`. */
function escapeKey(key: string): string {
  return mapLiterals(key, (literal) => literal.replace(/[*?$]/g, '${$&}'));
}

function objectArn(bucketArn: string, escapedKey: string): string {
  const arn = `${bucketArn}/${escapedKey}`;
  // Newer versions of CDK validate templates, and take a literal ARN with an escape for an invalid one (rule E3510).
  return !Token.isUnresolved(arn) && arn.includes('${')
    ? Token.asString({ 'Fn::Join': ['', [`${bucketArn}/`, escapedKey]] })
    : arn;
}
