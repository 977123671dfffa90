/**
 * An approved report in, and what it grants out: the tables of the Markdown, read back.
 *
 * What somebody signed is the tables, so they are what is compared, and not a copy of the data somewhere else in the
 * file. Only what is granted is read. Reasons, sources and the rest of the text may change without a new approval.
 */
import { POWERS } from './contents';
import { COLUMNS, TITLE } from './markdown';

/** One action that a principal may call on one resource. */
export interface GrantedAction {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;

  /** In words; empty where there is none. */
  readonly conditions: string;
}

/** What an approved report grants, or what is wrong with the file. */
export interface Approved {
  readonly granted: GrantedAction[];

  /** The lines that can't be read, each with its number. */
  readonly problems: string[];
}

/** Reads a report. The ends of lines, a byte order mark and spaces around cells don't matter. */
export function readReport(text: string): Approved {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  if (!lines.some((line) => line.trim() === TITLE)) {
    return { granted: [], problems: [`there is no line "${TITLE}", so it is not an access report`] };
  }
  const granted: GrantedAction[] = [];
  const problems: string[] = [];
  let isPermissions = false;
  lines.map((line) => line.trim()).forEach((line, index) => {
    if (line.startsWith('#')) {
      isPermissions = POWERS.some((power) => line === `## ${power}`);
    } else if (isPermissions && line !== '' && !isHeader(line)) {
      const row = readRow(line);
      if (row) {
        granted.push(...row);
      } else {
        problems.push(`line ${index + 1} is not a row of an access report`);
      }
    }
  });
  return { granted, problems };
}

function isHeader(line: string): boolean {
  return /^\|[\s:|-]+\|$/.test(line) || cellsOf(line).join('\0') === COLUMNS.join('\0');
}

function cellsOf(line: string): string[] {
  return line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
}

function readRow(line: string): GrantedAction[] | undefined {
  const cells = cellsOf(line);
  if (!line.startsWith('|') || cells.length !== COLUMNS.length) { return undefined; }
  const [[principal], [action], resources] = cells.map(codesIn);
  if (principal === undefined || action === undefined || resources.length === 0) { return undefined; }
  const conditions = cells[3].replace(/\\([\\`*_[\]<>|~])/g, '$1');
  return resources.map((resource) => ({ principal, action, resource, conditions }));
}

/** The texts that are code in a cell. */
function codesIn(cell: string): string[] {
  return [...cell.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, fence, text]) => (
    (fence.length > 1 && /^ `|` $/.test(text) ? text.slice(1, -1) : text).replaceAll('\\|', '|')));
}
