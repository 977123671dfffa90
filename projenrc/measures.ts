import { awscdk, Component, JsonFile } from 'projen';

const BENCH = '.bench';
const MUTATION = '.stryker';

/** What is measured on demand, not in each build: how fast the constructs are, and how many mutants the tests kill. */
export class Measures extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary, constructsVersion: string) {
    super(project);
    this.bench(project, constructsVersion);
    this.mutation(project);
    project.gitignore.exclude(BENCH, MUTATION);
    project.npmignore!.exclude(BENCH, MUTATION, '/bench');
  }

  /**
   * Installs the package as it is published, and what it is compared with, in an app of its own. The AWS CDK is the
   * oldest that the peer range allows: newer ones validate what they synthesize, which takes most of the time and hides
   * the rest.
   */
  private bench(project: awscdk.AwsCdkConstructLibrary, constructsVersion: string) {
    new JsonFile(project, 'bench/tsconfig.json', {
      obj: {
        extends: '../tsconfig.dev.json',
        compilerOptions: {
          noEmit: false,
          rootDir: '.',
          outDir: `../${BENCH}/lib`,
          paths: { 'cdk-elasticache-grants': ['../lib'] },
        },
        include: ['**/*.ts'],
      },
    });
    project.addTask('bench', {
      description: 'Compare with hand-written statements and with cdk-iam-floyd; with --write, in docs/performance.md',
      steps: [
        { exec: 'rm -rf dist/js' },
        { spawn: 'compile' },
        { spawn: 'package:js' },
        { exec: `rm -rf ${BENCH} && mkdir ${BENCH} && echo '{ "private": true }' > ${BENCH}/package.json` },
        {
          exec: `npm install --prefix ${BENCH} --no-package-lock aws-cdk-lib@${project.cdkDeps.cdkMinimumVersion}`
            + ` constructs@${constructsVersion} cdk-iam-floyd@0.507.0 dist/js/*.tgz`,
        },
        { exec: 'tsc -p bench' },
        // The same programs with the newest AWS CDK.
        { exec: `mkdir ${BENCH}/newest && echo '{ "private": true }' > ${BENCH}/newest/package.json` },
        {
          exec: `npm install --prefix ${BENCH}/newest --no-package-lock aws-cdk-lib@latest constructs@latest`
            + ' dist/js/*.tgz',
        },
        { exec: `cp -r ${BENCH}/lib ${BENCH}/newest/lib` },
        { exec: `node ${BENCH}/lib/main.js`, receiveArgs: true },
      ],
    });
  }

  /** Stryker has 168 packages, so it is installed in a folder of its own. Version 10 requires Node 22. */
  private mutation(project: awscdk.AwsCdkConstructLibrary) {
    project.addTask('mutation', {
      description: 'Change the sources in many small ways, and list the changes that no test notices',
      env: { MAX_RUNS: '5' },
      steps: [
        { exec: `mkdir -p ${MUTATION} && echo '{ "private": true }' > ${MUTATION}/package.json` },
        {
          exec: `npm install --prefix ${MUTATION} --no-package-lock --no-audit --no-fund`
            + ' @stryker-mutator/core@9.6.1',
        },
        { exec: `${MUTATION}/node_modules/.bin/stryker run test/mutation/stryker.config.mjs`, receiveArgs: true },
      ],
    });
  }
}
