import { fileURLToPath } from 'node:url';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** All tests are in one file, which loads the AWS CDK once: a mutant then takes two seconds, and not a minute. */
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/tmp',
  ignorePatterns: ['.bench', '.consumer', '.e2e', '.languages', '.stryker', 'coverage', 'dist', 'lib'],
  mutate: ['src/**/*.ts', '!src/index.ts', '!src/private/catalog/catalog.generated.ts'],
  // On a busy machine, a slow test must not count as a mutant that never ends.
  timeoutFactor: 3,
  timeoutMS: 20000,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: '.stryker/report.json' },
  jest: {
    projectType: 'custom',
    // All tests are related to nearly all files, which takes longer to find out than to take for granted.
    enableFindRelatedTests: false,
    config: {
      collectCoverage: false,
      globalSetup: here('../support/temporary-folder.ts'),
      testMatch: ['<rootDir>/test/mutation/together.ts'],
      testEnvironment: here('environment.cjs'),
      transform: {
        'node_modules/(aws-cdk-lib|constructs)/.*\\.js$': here('load-once.cjs'),
        '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }],
      },
      transformIgnorePatterns: ['/node_modules/(?!(aws-cdk-lib|constructs)/)'],
    },
  },
};
