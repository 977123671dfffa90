import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

const PACKAGE = 'cdk-elasticache-grants';

/** Gathers all that is wrong or worth a warning with one call, so that it can be told at once. */
export class Diagnostics {
  private readonly problems: string[] = [];
  private readonly warnings: { readonly id: string; readonly text: string }[] = [];

  public error(text: string): void {
    this.problems.push(text);
  }

  /** @param id names the kind of warning, for `Annotations.of(scope).acknowledgeWarning()`. */
  public warning(id: string, text: string): void {
    this.warnings.push({ id: `${PACKAGE}:${id}`, text });
  }

  /** Throws where there is a problem; else puts the warnings on the construct. */
  public report(scope: IConstruct): void {
    if (this.problems.length > 0) {
      throwErrors(this.problems, scope);
    }
    this.warnings.forEach(({ id, text }) => Annotations.of(scope).addWarningV2(id, text));
  }
}

/** Throws one error for everything that is wrong with one call. */
export function throwErrors(problems: string[], scope?: IConstruct): never {
  const path = scope?.node.path ? `${scope.node.path}: ` : '';
  const distinct = [...new Set(problems)];
  throw new Error(distinct.length === 1
    ? `${path}${distinct[0]}`
    : `${path}${distinct.length} problems:\n${distinct.map((problem) => `- ${problem}`).join('\n')}`);
}

/** A value as an error shows it: as JSON, cut where it is long, and without the numbers of tokens, which change from run to run. */
export function formatValue(value: unknown): string {
  const json = (JSON.stringify(value) ?? String(value)).replace(/\$\{Token\[([^\]]*)\.\d+\]\}/g, '${Token[$1]}');
  return json.length > 120 ? `${json.slice(0, 100)}…" (${json.length - 2} characters)` : json;
}

/** A number as an error shows it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en');
}
