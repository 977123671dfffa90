/**
 * The cells of a report's tables: values in and Markdown out, and the same values read back from it.
 *
 * Writing and reading are in one place, since what approval compares is what was read. Values are code, so that nothing
 * in them is read as Markdown.
 */

/** Between the values of a cell. */
export const BREAK = '<br>';

export function table(columns: string[], rows: string[][], alignment: string[] = []): string {
  return [columns, columns.map((_, index) => `---${alignment[index] ?? ''}`), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Text as code in a table. A code span may hold backticks if its fence has more of them. */
export function code(text: string): string {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const padding = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${padding}${oneLine(text).replaceAll('|', '\\|')}${padding}${fence}`;
}

/** Text that isn't read as Markdown. */
export function escape(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~]/g, '\\$&');
}

/** A line feed would end the row. IAM allows it in a value, and nobody writes it. */
function oneLine(text: string): string {
  return text.replace(/[\n\r\t]/g, (character) => JSON.stringify(character).slice(1, -1));
}

/** The cells of a line; undefined where it is no row with so many. */
export function cellsOf(line: string, count: number): string[] | undefined {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
  return line.startsWith('|') && cells.length === count ? cells : undefined;
}

/** Whether a line is the names of the columns, or what is below them. */
export function isHeader(line: string, columns: string[]): boolean {
  return /^\|[\s:|-]+\|$/.test(line) || cellsOf(line, columns.length)?.join('\0') === columns.join('\0');
}

/** The texts that are code in a cell. */
export function codesIn(cell: string): string[] {
  return [...cell.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, , text]) => (
    (/^ `|` $/.test(text) ? text.slice(1, -1) : text).replaceAll('\\|', '|')));
}

/** The text of a cell that is not code. */
export function textIn(cell: string): string {
  return cell.replace(/\\([\\`*_[\]<>|~])/g, '$1');
}
