/**
 * What a caller passed as object keys, prefixes or lists of them, and what is wrong with it.
 *
 * S3 allows any key of up to 1,024 bytes. A policy and the parameter `SnapshotArns` can't hold all of them, and a
 * policy reads `*`, `?` and `$` in its own way. Every key is checked here, whether it goes into the caller's
 * permissions, the bucket policy for the ElastiCache service, or the cache's `snapshotArns`.
 */
import { Token } from 'aws-cdk-lib/core';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { codePoint } from '../util/policy-text';
import { checkTextList } from '../util/shape';
import { literalParts } from '../util/tokens';

/** The public method that an error is about, and the methods that it suggests. */
export interface ErrorContext {
  readonly method: string;

  /** The method that allows every object under a prefix. */
  readonly prefixMethod: string;

  /** The method that takes ARNs. */
  readonly arnsMethod?: string;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const MAX_KEY_BYTES = 1024;

/** Whether the list is one of text, whose length is known; reports it otherwise, and an empty one. */
export function isKnownList(list: string[], name: string, context: ErrorContext, diagnostics: Diagnostics): boolean {
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

/** Reports what no key or prefix may have, and warns of what may mean something else than it seems to. */
export function checkKey(key: string, kind: string, context: ErrorContext, diagnostics: Diagnostics): void {
  const { method, prefixMethod, arnsMethod } = context;
  const subject = `${method}: ${kind}`;
  const literal = literalParts(key).join('');
  if (literal !== key) {
    warnOfUnknownText(key, subject, diagnostics);
  }
  const shown = () => `${subject} ${formatValue(key)}`;
  const bytes = Buffer.byteLength(literal);
  if (bytes > MAX_KEY_BYTES) {
    diagnostics.error(
      `${shown()} has ${formatNumber(bytes)} bytes in UTF-8: S3 allows at most ${formatNumber(MAX_KEY_BYTES)}`,
    );
  }
  if (/^(arn:|s3:\/\/)/.test(literal)) {
    const orArns = arnsMethod ? `, or the ARNs to ${arnsMethod}` : '';
    diagnostics.error(`${shown()} is an address: pass the key alone${orArns}`);
  }
  if (literal.includes(',')) {
    diagnostics.error(
      `${shown()} has a comma, and SnapshotArns separates ARNs by commas: copy the object to a key without one`,
    );
  }
  // The characters that IAM accepts: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
  // eslint-disable-next-line no-control-regex
  const forbidden = /[\u0000-\u001f\u007f-\u009f]|[^\u0000-\u00ff]/u.exec(literal)?.[0];
  if (forbidden !== undefined) {
    diagnostics.error(
      `${shown()} has the character ${codePoint(forbidden.codePointAt(0)!)}, which a policy can't have: `
      + 'expected printable characters up to U+00FF; '
      + `copy the object to such a key, or use ${prefixMethod} with the part before it`,
    );
  }
  if (/[*?]/.test(literal)) {
    diagnostics.warning(
      'literalWildcard',
      `${shown()} has "*" or "?", which is taken literally and matches nothing else: `
      + `for every object under a prefix, use ${prefixMethod} with the text before it`,
    );
  }
}

/** Warns of text of which only the tokens are known. */
export function warnOfUnknownText(text: string, subject: string, diagnostics: Diagnostics): void {
  diagnostics.warning(
    'unknownObject',
    `${subject} ${formatValue(text)} is only known at deployment, so a "*" or "?" in it can't be escaped and would `
    + 'allow more objects: make sure that it has none',
  );
}
