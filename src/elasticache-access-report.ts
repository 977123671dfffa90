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
 * Reports everything that this library grants and denies, for a security reviewer to read and sign.
 *
 * Synthesis writes `elasticache-access.md` and `elasticache-access.json` to the cloud assembly. They list each
 * permission that a grant gave anywhere below the report's scope: to whom, for which operation, on what, under which
 * conditions, why, and which page says so. The most powerful permissions come first. A grant counts as below the scope
 * if the grant itself is below it, or if the principal that got its permissions is. The end of the report lists what
 * was not delivered, and the warnings that were acknowledged.
 *
 * The report also lists what each `ElastiCacheGuardrail` denies, who is exempt, and what it applies to: the roles and
 * users that carry a permissions boundary, or the targets of a service control policy. Removing a guardrail from an app
 * is a difference from the approved report.
 *
 * The report depends only on what is granted. The order of constructs, the machine, the day and the language make no
 * difference. You can therefore keep the report with the code, review its changes, and compare it at each synthesis:
 * see `approved`. It doesn't matter whether you create the report or the grants first.
 *
 * If the report is in a `Stage`, its files are in the stage's own assembly, a folder of the app's assembly. The report
 * covers only what this library granted. To check policies that others wrote, use `ElastiCachePolicyChecks`.
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
   * @param scope the app, a stage, a stack or any other construct. The report covers what is granted below it.
   * @param id the id of the report.
   * @param props the name of the files, and the approved report to compare with.
   * @throws if the name is not valid or is already taken, or if the report is not in an app or a stage.
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

  /** Returns the report as Markdown: what has been granted so far, in the form of the final `.md` file. */
  public toMarkdown(): string {
    return toMarkdown(this.toJson());
  }

  /**
   * Returns the report as data: what has been granted so far, in the form of the final `.json` file.
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
