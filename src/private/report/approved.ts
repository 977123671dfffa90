/**
 * An approved report in, and what it grants and denies out: the tables of the Markdown, read back.
 *
 * What somebody signed is the tables, so they are what is compared, and not a copy of the data somewhere else in the
 * file. Only what is granted or denied is read. Reasons, sources and the rest of the text may change without a new
 * approval.
 */
import { DeniedAction, GuardrailPolicy, GuardrailReader } from './approved-guardrails';
import { cellsOf, codesIn, isHeader, textIn } from './cells';
import { POWERS } from './contents';
import { GUARDRAILS } from './guardrail-tables';
import { COLUMNS, TITLE } from './markdown';

/** One action that a principal may call on one resource. */
export interface GrantedAction {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;

  /** In words; empty where there is none. */
  readonly conditions: string;
}

/** What an approved report has, or what is wrong with the file. */
export interface Approved {
  readonly granted: GrantedAction[];

  /** The policies that guardrails were written as, and what each denies. */
  readonly policies: GuardrailPolicy[];
  readonly denied: DeniedAction[];

  /** The lines that can't be read, each with its number, or the tables that are missing. */
  readonly problems: string[];
}

/** Reads a report. The ends of lines, spaces around cells and a byte order mark, which is a space, don't matter. */
export function readReport(text: string): Approved {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  if (!lines.includes(TITLE)) {
    return {
      granted: [], policies: [], denied: [], problems: [`there is no line "${TITLE}", so it is not an access report`],
    };
  }
  const granted: GrantedAction[] = [];
  const problems: string[] = [];
  const guardrails = new GuardrailReader();
  let section: string | undefined;
  lines.forEach((line, index) => {
    if (line.startsWith('#') && !(section === GUARDRAILS && line.startsWith('###'))) { section = line; }
    const isRead = section === GUARDRAILS ? guardrails.read(line) : !isPermissions(section) || readRow(line, granted);
    if (!isRead) { problems.push(`line ${index + 1} is not a row of an access report`); }
  });
  const { policies, denied } = guardrails;
  return { granted, policies, denied, problems: problems.length > 0 ? problems : guardrails.incomplete() };
}

function isPermissions(section: string | undefined): boolean {
  return POWERS.some((power) => section === `## ${power}`);
}

/** Whether the line may be where it is. What it grants is added. */
function readRow(line: string, granted: GrantedAction[]): boolean {
  if (line === '' || line.startsWith('#') || isHeader(line, COLUMNS)) { return true; }
  const cells = cellsOf(line, COLUMNS.length);
  if (!cells) { return false; }
  const [[principal], [action], resources] = cells.map(codesIn);
  if (principal === undefined || action === undefined || resources.length === 0) { return false; }
  const conditions = textIn(cells[3]);
  granted.push(...resources.map((resource) => ({ principal, action, resource, conditions })));
  return true;
}
