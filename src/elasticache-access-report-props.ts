/** What an access report is called, and what it must agree with. */
export interface ElastiCacheAccessReportProps {
  /**
   * The name of the files in the cloud assembly, without `.md` and `.json`: up to 100 letters, digits, `.`, `_` and
   * `-`.
   *
   * Two reports in one assembly need two names.
   *
   * @default 'elasticache-access'
   */
  readonly fileName?: string;

  /**
   * The path of the report that somebody has approved, a Markdown file that is kept with the code. Synthesis fails when
   * what is granted differs from it.
   *
   * A relative path begins at the working directory of the app: with the CDK CLI, where `cdk.json` is. Tests may have
   * another one, as those of .NET do: give an absolute path there. Copy the report to this path to approve it. The end
   * of lines doesn't matter.
   *
   * @default - nothing is compared.
   */
  readonly approved?: string;
}
