/**
 * The path of an approved report and the contents of the present one in, and what is wrong out, for synthesis to fail.
 *
 * All that keeps somebody from knowing what was approved is an error, too: a file that is missing, can't be read, was
 * edited, or is the one that each synthesis writes.
 */
import { readFileSync } from 'fs';
import { dirname, relative, resolve, sep } from 'path';
import { readReport } from './approved';
import { differenceBetween } from './difference';
import { formatValue } from '../util/diagnostics';

/** How many lines that can't be read an error names. */
const MOST_LINES = 5;

/**
 * What is wrong; undefined where the approved report grants and denies the same.
 *
 * @param approved the path, as it was given.
 * @param markdown the present report.
 * @param written where the present report is written.
 */
export function approvalProblem(approved: string, markdown: string, written: string): string | undefined {
  const path = resolve(approved);
  const name = formatValue(approved);
  const approve = `to approve what is granted now, review ${slashes(relative('', written))}, and copy it: `
    + `cp ${[relative('', written), approved].map((one) => shellText(slashes(one))).join(' ')}`;
  if (`${path}${sep}`.startsWith(`${resolve(dirname(written))}${sep}`)) {
    return `approved: ${name} is in the cloud assembly, which each synthesis overwrites: `
      + 'expected a path outside of it, which is kept with the code';
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT'
      ? `approved: there is no file ${name} in the working directory, ${formatValue(resolve(''))}: ${approve}`
      : `approved: ${name} can't be read (${code}): expected a file that an access report was copied to`;
  }
  const report = readReport(text);
  const { problems } = report;
  if (problems.length > 0) {
    const more = problems.length - MOST_LINES;
    return `approved: ${name} was edited, or is something else: ${problems.slice(0, MOST_LINES).join(', ')}`
      + `${more > 0 ? ` and ${more} more` : ''}; ${approve}`;
  }
  const difference = differenceBetween(report, readReport(markdown));
  return difference.length === 0
    ? undefined
    : `what is granted is not what ${name} approves\n${difference.join('\n')}\n${approve}`;
}

/** A path as all of the shells take it. */
function slashes(path: string): string {
  return path.split(sep).join('/');
}

function shellText(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text);
}
