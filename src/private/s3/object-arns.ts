import { Aws, Token } from 'aws-cdk-lib/core';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { literalParts, textParts } from '../util/tokens';

/** The S3 objects that one resource ARN of a policy stands for. */
export interface SnapshotObjects {
  readonly arn: string;

  /** Set where the ARN stands for every object whose key begins with this. */
  readonly prefix?: string;
}

/** Which method the objects come from, and what to use in its place: for every object under a prefix, and for ARNs. */
export interface ErrorContext {
  readonly name: string;
  readonly underPrefix: string;
  readonly atArns?: string;
}

const MAX_KEY_BYTES = 1024;
const BUCKET_NAME = /^[A-Za-z0-9._-]{3,255}$/;
const OBJECT_ARN_SHAPE = 'arn:PARTITION:s3:::BUCKET/KEY';

/** The ARN of a bucket in the partition that the stack is deployed to. */
export function bucketArnOf(bucketName: string, caller: ErrorContext, findings: Diagnostics): string {
  const valid = Token.isUnresolved(bucketName)
    ? literalParts(bucketName).every((part) => /^[A-Za-z0-9._-]*$/.test(part))
    : BUCKET_NAME.test(bucketName);
  if (!valid) {
    findings.error(
      `${caller.name}: bucket name ${formatValue(bucketName)} is not one: expected 3 to 63 lower-case letters, digits, dots and hyphens `
      + '(up to 255, with capitals and underscores, for buckets made before March 2018); '
      + 'pass the name alone, or use SnapshotSource.fromObjectArns',
    );
  }
  return `arn:${Aws.PARTITION}:s3:::${bucketName}`;
}

/** Reports a bucket ARN that can't be followed by an object key. */
export function checkBucketArn(bucketArn: string, caller: string, findings: Diagnostics): void {
  const valid = Token.isUnresolved(bucketArn)
    ? literalParts(bucketArn).every((part) => !/[*?/]/.test(part))
    : /^arn:aws[a-z-]*:s3:::[A-Za-z0-9._-]{3,255}$/.test(bucketArn);
  if (!valid) {
    findings.error(`${caller}: bucket ARN ${formatValue(bucketArn)} is not one: expected arn:PARTITION:s3:::BUCKET, without wildcards`);
  }
}

/** One ARN for each object key of a bucket. */
export function objectsOf(bucketArn: string, objectKeys: string[], caller: ErrorContext, findings: Diagnostics): SnapshotObjects[] {
  if (!isKnownList(objectKeys, 'objectKeys', caller, findings)) {
    return [];
  }
  return objectKeys.map((key) => {
    if (key === '') {
      findings.error(`${caller.name}: objectKeys has an empty key: expected 1 to ${formatNumber(MAX_KEY_BYTES)} bytes`);
    }
    checkKey(key, 'object key', caller, findings);
    return { arn: objectArn(bucketArn, escapeKey(key)) };
  });
}

/** The one ARN that stands for every object under a prefix. */
export function objectsUnder(bucketArn: string, prefix: string, caller: ErrorContext, findings: Diagnostics): SnapshotObjects[] {
  checkKey(prefix, 'prefix', caller, findings);
  return [{ arn: objectArn(bucketArn, `${escapeKey(prefix)}*`), prefix }];
}

/** One ARN for each object ARN, whose key is taken literally. */
export function objectsAt(objectArns: string[], caller: ErrorContext, findings: Diagnostics): SnapshotObjects[] {
  if (!isKnownList(objectArns, 'objectArns', caller, findings)) {
    return [];
  }
  const partitions = new Set<string>();
  const objects = objectArns.map((arn) => {
    if (Token.isUnresolved(arn)) {
      return { arn: unresolvedObjectArn(arn, caller, findings) };
    }
    const parsed = /^arn:(aws[a-z-]*):s3:::([^/]*)\/(.+)/s.exec(arn);
    if (!parsed || !BUCKET_NAME.test(parsed[2])) {
      findings.error(`${caller.name}: ${formatValue(arn)} is not the ARN of an S3 object: ${whatIsWrong(arn)}; expected ${OBJECT_ARN_SHAPE}`);
      return { arn };
    }
    const [, partition, bucketName, key] = parsed;
    partitions.add(partition);
    checkKey(key, 'object key', caller, findings);
    return { arn: objectArn(`arn:${partition}:s3:::${bucketName}`, escapeKey(key)) };
  });
  if (partitions.size > 1) {
    findings.error(
      `${caller.name}: objectArns has ARNs of the partitions ${[...partitions].sort().map(formatValue).join(' and ')}: `
      + 'a principal reaches objects of its own partition only; list those alone, '
      + 'or use SnapshotSource.fromBucketName, which follows the stack',
    );
  }
  return objects;
}

function whatIsWrong(arn: string): string {
  const [scheme, , service, region, account, ...resource] = arn.split(':');
  if (scheme !== 'arn' || resource.length === 0) { return 'it is no ARN'; }
  if (service !== 's3') { return `its service is ${formatValue(service)}, not "s3"`; }
  if (region !== '' || account !== '') { return 'it has a Region or an account, as access points have, which SnapshotArns does not take'; }
  const [bucketName, ...key] = resource.join(':').split('/');
  if (key.join('/') === '') { return 'it has no object key'; }
  return BUCKET_NAME.test(bucketName) ? 'its partition is none of AWS' : `${formatValue(bucketName)} is no bucket name`;
}

/** What is known of the ARN can't be told into bucket and key, so that its wildcards can't be escaped. */
function unresolvedObjectArn(arn: string, caller: ErrorContext, findings: Diagnostics): string {
  if (literalParts(arn).some((part) => /[*?$]/.test(part))) {
    findings.error(
      `${caller.name}: ${formatValue(arn)} is only known at deployment and holds "*", "?" or "$", which can't be escaped in it: `
      + 'use SnapshotSource.fromBucket or fromBucketName, which escape keys, or SnapshotSource.fromPrefix',
    );
  }
  warnOfUnknownText(arn, `${caller.name}: object ARN`, findings);
  return arn;
}

function isKnownList(list: string[], name: string, caller: ErrorContext, findings: Diagnostics): boolean {
  if (Token.isUnresolved(list)) {
    findings.error(
      `${caller.name}: ${name} is a list that is only known at deployment, so that no statement can name its objects one by one: `
      + `pass a list whose length is known, or use ${caller.underPrefix}`,
    );
    return false;
  }
  if (list.length === 0) {
    findings.error(`${caller.name}: ${name} is empty: list at least one object, or use ${caller.underPrefix}`);
  }
  return true;
}

function checkKey(key: string, kind: string, caller: ErrorContext, findings: Diagnostics): void {
  const what = `${caller.name}: ${kind}`;
  if (Token.isUnresolved(key)) {
    warnOfUnknownText(key, what, findings);
  }
  const literal = literalParts(key).join('');
  const bytes = Buffer.byteLength(literal);
  if (bytes > MAX_KEY_BYTES) {
    findings.error(
      `${what} ${formatValue(key)} has ${formatNumber(bytes)} bytes in UTF-8: S3 allows at most ${formatNumber(MAX_KEY_BYTES)}`,
    );
  }
  if (/^(arn:|s3:\/\/)/.test(literal)) {
    const orArns = caller.atArns ? `, or the ARNs to ${caller.atArns}` : '';
    findings.error(`${what} ${formatValue(key)} is an address: pass the key alone${orArns}`);
  }
  if (literal.includes(',')) {
    findings.error(`${what} ${formatValue(key)} has a comma, which SnapshotArns can't carry: copy the object to a key without one`);
  }
  // eslint-disable-next-line no-control-regex
  const forbidden = /[\u0000-\u001f\u007f-\u009f]|[^\u0000-\u00ff]/u.exec(literal)?.[0];
  if (forbidden !== undefined) {
    const codePoint = `U+${forbidden.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    findings.error(
      `${what} ${formatValue(key)} has the character ${codePoint}, which can't stand in the policy: expected printable characters `
      + `up to U+00FF; copy the object to such a key, or use ${caller.underPrefix} with the part before it`,
    );
  }
  if (/[*?]/.test(literal)) {
    findings.warning(
      'literalWildcard',
      `${what} ${formatValue(key)} has "*" or "?", which is taken literally and matches nothing else: `
      + `for every object under a prefix, use ${caller.underPrefix} with the text before it`,
    );
  }
}

function warnOfUnknownText(text: string, what: string, findings: Diagnostics): void {
  findings.warning(
    'unknownObject',
    `${what} ${formatValue(text)} is only known at deployment, so that a "*" or "?" in it can't be escaped and would allow more objects: `
    + 'make sure that it holds none',
  );
}

/** `*`, `?` and `$` as IAM takes them literally; in one pass, since each escape is made of `$`. */
function escapeKey(key: string): string {
  return textParts(key).map((part) => (Token.isUnresolved(part) ? part : part.replace(/[*?$]/g, '${$&}'))).join('');
}

function objectArn(bucketArn: string, escapedKey: string): string {
  const arn = `${bucketArn}/${escapedKey}`;
  // CDK's own template validation takes a literal ARN with an escape for an invalid one (rule E3510), but not a joined one.
  return !Token.isUnresolved(arn) && arn.includes('${')
    ? Token.asString({ 'Fn::Join': ['', [`${bucketArn}/`, escapedKey]] })
    : arn;
}
