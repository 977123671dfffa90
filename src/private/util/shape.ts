/**
 * Whether a value has the shape that the types promise: text, a list, an object with a certain part.
 *
 * Plain JavaScript, and languages where null is easy, pass anything. Each check reports what it got and what it
 * expects, so that nothing ends in a `TypeError` later. Every stage may use them before it reads a value.
 */
import { Token } from 'aws-cdk-lib/core';
import { classNameOf, Diagnostics, formatValue } from './diagnostics';

/** Whether the value is text, tokens included; reports it otherwise. */
export function checkText(
  value: unknown, subject: string, expected: string, diagnostics: Diagnostics,
): value is string {
  if (typeof value !== 'string') {
    const remedy = Token.isUnresolved(value) ? '; make text of a token with Token.asString' : '';
    diagnostics.error(`${subject} is ${formatValue(value)}: expected ${expected}${remedy}`);
    return false;
  }
  return true;
}

/** Whether the value is a list; reports it otherwise. Its items are not checked. */
export function checkList(
  value: unknown, subject: string, expected: string, diagnostics: Diagnostics,
): value is unknown[] {
  if (!Array.isArray(value)) {
    diagnostics.error(`${subject} is ${formatValue(value)}: expected ${expected}`);
    return false;
  }
  return true;
}

/** Whether the value is a list of text; reports each item that is not. */
export function checkTextList(
  value: unknown, subject: string, expected: string, diagnostics: Diagnostics,
): value is string[] {
  if (!checkList(value, subject, expected, diagnostics)) { return false; }
  let isValid = true;
  // Not `every`, which would stop at the first item, and skip the holes of a list.
  for (let index = 0; index < value.length; index++) {
    isValid = checkText(value[index], `${subject}[${index}]`, 'text', diagnostics) && isValid;
  }
  return isValid;
}

/** Whether the value is an object that can have options; reports it otherwise. */
export function checkObject(value: unknown, subject: string, expected: string, diagnostics: Diagnostics): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    diagnostics.error(`${subject} is ${formatValue(value)}: expected ${expected}`);
    return false;
  }
  return true;
}

/** Whether the value is an object of one of this package's classes; reports it otherwise. */
export function checkInstance<T>(
  value: unknown, own: Function & { readonly prototype: T }, example: string, subject: string, diagnostics: Diagnostics,
  isComplete?: (value: T) => boolean,
): value is T {
  const isOwn = value instanceof own;
  if (isOwn && (!isComplete || isComplete(value as T))) { return true; }
  // Another copy has a class of its own, and may be of another version.
  const ofAnotherCopy = !isOwn && typeof value === 'object' && value !== null && classNameOf(value) === own.name;
  diagnostics.error(ofAnotherCopy
    ? `${subject} is ${article(own.name)} of another copy of this package: install the package once, as "npm dedupe" `
      + 'does'
    : `${subject} is ${formatValue(value)}: expected ${article(own.name)}, such as ${example}`);
  return false;
}

function article(name: string): string {
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Whether the value is text of a form. */
export function isTextLike(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

/** The value at a path of properties, such as `bucketRef.bucketArn`; undefined where any part is missing. */
export function partAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (
    (typeof part === 'object' && part !== null) || typeof part === 'function'
      ? (part as Record<string, unknown>)[name]
      : undefined), value);
}

/** Whether the value has text at a path of properties, as the reference of a construct has; reports it otherwise. */
export function checkReference(
  value: unknown, path: string, subject: string, expected: string, diagnostics: Diagnostics,
): boolean {
  if (typeof partAt(value, path) !== 'string') {
    diagnostics.error(`${subject} is ${formatValue(value)}: expected ${expected}`);
    return false;
  }
  return true;
}
