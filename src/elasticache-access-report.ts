import { writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis, Stage } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { ElastiCacheAccessReportJson } from './elasticache-access-report-json';
import { ElastiCacheAccessReportProps } from './elasticache-access-report-props';
import { approvalProblem } from './private/report/approval';
import { contentsBelow } from './private/report/contents';
import { toMarkdown } from './private/report/markdown';
import { checkProps } from './private/report/names';
import { throwErrors } from './private/util/diagnostics';

/**
 * A report on everything that this library grants: what a security reviewer reads and signs.
 *
 * Synthesis writes `elasticache-access.md` and `elasticache-access.json` to the cloud assembly, with each permission
 * that a grant gave anywhere below the report's scope: to whom, for which operation, on what, under which conditions,
 * why, and which page says so. The most powerful come first. A grant is below the scope if it is itself, or if the
 * principal is that got its permissions. What was not delivered, and the warnings that were acknowledged, are listed
 * at the end.
 *
 * The report depends on what is granted alone: not on the order of constructs, the machine, the day or the language. So
 * it can be kept with the code, reviewed as a difference, and compared at each synthesis: see `approved`. It doesn't
 * matter whether the report or the grants are made first.
 *
 * The files of a report in a `Stage` are in the stage's own assembly, a folder of the app's. Only what this library
 * granted is reported: for policies that others wrote there is `ElastiCachePolicyChecks`.
 *
 * @example
 * declare const app: App;
 *
 * new ElastiCacheAccessReport(app, 'ElastiCacheAccess');
 */
export class ElastiCacheAccessReport extends Construct {
  private readonly fileName: string;
  private readonly reported: IConstruct;

  /**
   * @param scope the app, stage or stack, or any other construct: what is granted below it is reported.
   * @param id the id of the report.
   * @param props what the files are called, and what the report must agree with.
   * @throws when the name is not valid or is taken, and when the report is not in an app or a stage.
   */
  constructor(scope: Construct, id: string, props: ElastiCacheAccessReportProps = {}) {
    super(scope, id);
    const stage = Stage.of(this);
    if (!stage) {
      throwErrors(['the report is not in an app, whose cloud assembly it could be written to: pass an App, or a '
        + 'construct in one'], this);
    }
    const { fileName, approved } = checkProps(props, this, stage);
    this.fileName = fileName;
    this.reported = scope;
    attachCustomSynthesis(this, { onSynthesize: ({ outdir }) => this.write(outdir) });
    if (approved !== undefined) {
      this.node.addValidation({ validate: () => this.compare(approved, stage.outdir) });
    }
  }

  /** The report as Markdown: what has been granted up to now, as the `.md` file has it in the end. */
  public toMarkdown(): string {
    return toMarkdown(this.toJson());
  }

  /**
   * The report as data: what has been granted up to now, as the `.json` file has it in the end.
   *
   * @see https://github.com/cdk-elasticache-grants/cdk-elasticache-grants/blob/main/docs/access-report.schema.json
   */
  public toJson(): ElastiCacheAccessReportJson {
    return contentsBelow(this.reported);
  }

  /** The file that is to be reviewed must be there when synthesis fails, which is before CDK writes anything. */
  private compare(approved: string, outdir: string): string[] {
    this.write(outdir);
    const problem = approvalProblem(approved, this.toMarkdown(), join(outdir, `${this.fileName}.md`));
    return problem === undefined ? [] : [problem];
  }

  private write(outdir: string): void {
    writeFileSync(join(outdir, `${this.fileName}.md`), this.toMarkdown());
    writeFileSync(join(outdir, `${this.fileName}.json`), `${JSON.stringify(this.toJson(), undefined, 2)}\n`);
  }
}
