import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** With a runner of its own, which keeps the AWS CDK loaded, a mutant takes less than a second, and not a minute. */
export default {
  packageManager: 'npm',
  plugins: [here('runner.mjs')],
  testRunner: 'in-process',
  // Stryker has checked nothing that the compiler would, so types are only removed.
  buildCommand: 'npx tsc -p tsconfig.dev.json --noEmit false --noCheck --outDir .',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // The AWS CDK keeps every token of a process, so that its memory grows.
  maxTestRunnerReuse: 200,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/tmp',
  ignorePatterns: ['.bench', '.consumer', '.e2e', '.languages', '.stryker', 'coverage', 'dist', 'lib'],
  mutate: ['src/**/*.ts', '!src/index.ts', '!src/private/catalog/catalog.generated.ts'],
  // A slow test must not count as a mutant that never ends. The runner itself stops after 4 seconds.
  timeoutFactor: 0.2,
  timeoutMS: 20000,
  dryRunTimeoutMinutes: 30,
  thresholds: { high: 95, low: 91, break: 91 },
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker/report.json' },
};
