/**
 * The names of the files of reports: whether a name is valid, and whether it is free in its cloud assembly.
 *
 * A report that overwrites another one, or a file that CDK itself writes, would leave something that nobody notices.
 */
import { IConstruct } from 'constructs';
import { ElastiCacheAccessReportProps } from '../../elasticache-access-report-props';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkObject, checkText, isTextLike } from '../util/shape';

const DEFAULT_NAME = 'elasticache-access';

/** What the CDK writes to a cloud assembly. */
const OF_CDK = /^(manifest|tree|cdk|(policy-)?validation-report|feature-flag-report)$|\.(template|assets|metadata)$/i;

const TAKEN = new WeakMap<IConstruct, Map<string, string>>();

/** The props, where they are valid; throws otherwise. */
export function checkProps(
  props: ElastiCacheAccessReportProps, report: IConstruct, stage: IConstruct,
): { readonly fileName: string; readonly approved?: string } {
  const diagnostics = new Diagnostics();
  const isObject = checkObject(props, 'props', 'an object, such as { approved: "access.approved.md" }', diagnostics);
  const { fileName = DEFAULT_NAME, approved } = isObject ? props : {};
  if (!isTextLike(fileName, /^[A-Za-z0-9][\w.-]{0,99}$/) || /\.(md|json)$/i.test(fileName) || OF_CDK.test(fileName)) {
    diagnostics.error(
      `fileName is ${formatValue(fileName)}: expected a name without .md and .json, of up to 100 letters, digits, ".", `
      + '"_" and "-", which no file of the CDK has, such as "elasticache-access"',
    );
  } else {
    const inAssembly = TAKEN.get(stage) ?? new Map<string, string>();
    TAKEN.set(stage, inAssembly);
    // Not every file system regards case.
    const other = inAssembly.get(fileName.toLowerCase());
    if (other !== undefined) {
      diagnostics.error(`fileName is ${formatValue(fileName)}, which ${other} has, too: give one of them another name`);
    } else {
      inAssembly.set(fileName.toLowerCase(), report.node.path);
    }
  }
  const expected = 'the path of a Markdown file, such as "access.approved.md"';
  if (approved !== undefined && checkText(approved, 'approved', expected, diagnostics)
    && (!/^[^\0]+$/s.test(approved) || /\$\{Token\[/.test(approved))) {
    diagnostics.error(`approved is ${formatValue(approved)}: expected ${expected}`);
  }
  diagnostics.throwIfAny(report);
  return { fileName, approved };
}
