/**
 * Errors and warnings of all stages.
 *
 * A stage adds what it finds to `Diagnostics`; the construct then gets one error with everything that is wrong, or its
 * warnings. The form of an error is decided here alone: the construct's path, the problems, the values as JSON.
 */
import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { readableTokens } from './text';

const PACKAGE = 'cdk-elasticache-grants';
const LONGEST_VALUE = 120;

/** Collects all errors and warnings of one call, so that they are reported at once. */
export class Diagnostics {
  private readonly errors: string[] = [];
  private readonly warnings: { readonly id: string; readonly text: string }[] = [];

  public error(text: string): void {
    this.errors.push(text);
  }

  /** @param id the kind of warning, for `Annotations.of(scope).acknowledgeWarning()`. */
  public warning(id: string, text: string): void {
    this.warnings.push({ id: `${PACKAGE}:${id}`, text });
  }

  /** Throws where there is an error. Otherwise adds the warnings to the construct. */
  public report(scope: IConstruct): void {
    if (this.errors.length > 0) {
      throwErrors(this.errors, scope);
    }
    this.warnings.forEach(({ id, text }) => Annotations.of(scope).addWarningV2(id, text));
  }
}

/** Throws one error for everything that is wrong with one call. */
export function throwErrors(errors: string[], scope?: IConstruct): never {
  const path = scope?.node.path ? `${scope.node.path}: ` : '';
  const distinct = [...new Set(errors)];
  throw new Error(distinct.length === 1
    ? `${path}${distinct[0]}`
    : `${path}${distinct.length} problems:\n${distinct.map((error) => `- ${error}`).join('\n')}`);
}

/** A value as an error shows it: as JSON, shortened where it is long, with readable names in place of tokens. */
export function formatValue(value: unknown): string {
  const json = readableTokens(JSON.stringify(value) ?? String(value));
  return json.length > LONGEST_VALUE ? `${json.slice(0, 100)}…" (${json.length - 2} characters)` : json;
}

/** A number as an error shows it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}
