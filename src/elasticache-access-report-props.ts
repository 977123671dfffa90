/** The name of an access report's files, and the approved report to compare it with. */
export interface ElastiCacheAccessReportProps {
  /**
   * The name of the files in the cloud assembly, without `.md` and `.json`.
   *
   * It has up to 100 letters, digits, `.`, `_` and `-`. Two reports in one assembly need two names.
   *
   * @default 'elasticache-access'
   */
  readonly fileName?: string;

  /**
   * The path of the approved report, a Markdown file that is kept with the code.
   *
   * Synthesis fails if what is granted, or what guardrails deny, differs from the approved report. To approve a report,
   * copy it to this path. Line endings don't matter.
   *
   * A relative path starts at the working directory of the app. With the CDK CLI, this is the directory of `cdk.json`.
   * Tests may run in another directory, as .NET tests do: use an absolute path there.
   *
   * @default - nothing is compared.
   */
  readonly approved?: string;
}
