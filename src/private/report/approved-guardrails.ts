/**
 * The guardrails of an approved report, read back: lines of the section in, policies and denials out.
 *
 * The text before a table may change. Within a table, each line must be a row, since a row that nobody can read would
 * be a denial that nobody misses.
 */
import { cellsOf, codesIn, isHeader, textIn } from './cells';
import { DENIAL_COLUMNS, POLICY_COLUMNS } from './guardrail-tables';
import { GUARDRAIL_KINDS, GuardrailKind } from '../record';
import { formatValue } from '../util/diagnostics';

/** A policy that a guardrail was written as. */
export interface GuardrailPolicy {
  readonly guardrail: string;
  readonly kind: GuardrailKind;

  /** The targets, or who carries it; empty where there is none, or where that is not known. */
  readonly appliesTo: string[];
  readonly exceptPrincipals: string[];
}

/** One action that a guardrail denies on one resource. */
export interface DeniedAction {
  readonly guardrail: string;

  /** An action, or a pattern of actions. */
  readonly action: string;
  readonly resource: string;

  /** In words; empty where there is none. */
  readonly conditions: string;
}

/** Reads the section, line by line. */
export class GuardrailReader {
  public readonly policies: GuardrailPolicy[] = [];
  public readonly denied: DeniedAction[] = [];

  /** The guardrail whose table is read; undefined above the tables of denials. */
  private guardrail?: string;
  private isInTable?: boolean;

  /** Whether the line may be where it is. What it has is added. */
  public read(line: string): boolean {
    if (line.startsWith('#')) {
      [this.guardrail] = codesIn(line);
      this.isInTable = false;
      return true;
    }
    this.isInTable ||= line.startsWith('|');
    if (line === '' || !this.isInTable) { return true; }
    return this.guardrail === undefined ? this.readPolicy(line) : this.readDenial(line, this.guardrail);
  }

  /** A guardrail that has one of its tables only: what it denies, or where, can't be told. */
  public incomplete(): string[] {
    const [inPolicies, inDenials] = [this.policies, this.denied].map((rows) => (
      new Set(rows.map(({ guardrail }) => guardrail))));
    return [
      ...[...inPolicies].filter((one) => !inDenials.has(one)).map((one) => (
        `the guardrail ${formatValue(one)} has no table of what it denies`)),
      ...[...inDenials].filter((one) => !inPolicies.has(one)).map((one) => (
        `the guardrail ${formatValue(one)} has no row that says what it was written as`)),
    ];
  }

  private readPolicy(line: string): boolean {
    if (isHeader(line, POLICY_COLUMNS)) { return true; }
    const cells = cellsOf(line, POLICY_COLUMNS.length);
    if (!cells) { return false; }
    const kind = GUARDRAIL_KINDS.find((one) => one === cells[1]);
    const [[guardrail], , appliesTo, exceptPrincipals] = cells.map(codesIn);
    if (guardrail === undefined || kind === undefined) { return false; }
    this.policies.push({ guardrail, kind, appliesTo, exceptPrincipals });
    return true;
  }

  private readDenial(line: string, guardrail: string): boolean {
    if (isHeader(line, DENIAL_COLUMNS)) { return true; }
    const cells = cellsOf(line, DENIAL_COLUMNS.length);
    if (!cells) { return false; }
    const [[action], resources] = cells.map(codesIn);
    if (action === undefined || resources.length === 0) { return false; }
    this.denied.push(...resources.map((resource) => ({ guardrail, action, resource, conditions: textIn(cells[2]) })));
    return true;
  }
}
