/**
 * Documents in, and a warning where one of them may be too long once it is deployed.
 *
 * Sizes are exact or at their longest, but for values whose length nothing bounds (token-lengths.ts). Those matter only
 * where a document is nearly full, so only then is there a warning.
 */
import { IConstruct } from 'constructs';
import { documentSize, SizeEstimator } from './size';
import { Document } from '../model';
import { Diagnostics, formatNumber } from '../util/diagnostics';

/** Of the limit: a document that has more is so full that a value longer than assumed may not fit. */
const NEARLY_FULL = 0.9;

/** Whether a document of this size fits the limit with space for values that are longer than assumed. */
export function isFarFromFull(size: number, limit: number): boolean {
  return size <= NEARLY_FULL * limit;
}

/** Warns where a nearly full document holds values whose length nothing bounds. */
export function warnOfUnknownLengths(
  documents: Document[], used: number, limit: number, sizeOf: SizeEstimator, scope: IConstruct,
): void {
  const full = documents.filter((document) => !isFarFromFull(used + documentSize(document, sizeOf), limit));
  const unknown = new Set(full.flatMap((document) => document.flatMap(({ resources, conditions }) => (
    sizeOf.unboundedIn([resources, conditions])))));
  if (unknown.size === 0) {
    return;
  }
  const [first, ...others] = [...unknown].sort();
  const diagnostics = new Diagnostics();
  diagnostics.warning(
    'unknownLength',
    `the policy nearly has the ${formatNumber(limit)} characters that it may have, and how long ${first}`
    + `${others.length > 0 ? ` and ${others.length} other ${others.length === 1 ? 'value' : 'values'}` : ''} will be `
    + 'is only known at deployment: IAM refuses it if that is longer than is counted here. Use values that are known, '
    + 'or parameters with a maximum length, or acknowledge this warning',
  );
  diagnostics.report(scope);
}
