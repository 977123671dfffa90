import { awscdk, Component, JsonFile } from 'projen';

const BENCH = '.bench';

/** What is measured now and then, and fails nothing: how fast the constructs are. */
export class Measures extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary, constructsVersion: string) {
    super(project);
    this.bench(project, constructsVersion);
    project.gitignore.exclude(BENCH);
    project.npmignore!.exclude(BENCH, '/bench');
  }

  /**
   * The package as it is published, in an app of its own, beside what it is compared with. All of them have the oldest AWS CDK that the
   * peer range allows: newer ones validate what they synthesize, which takes most of the time and hides the rest.
   */
  private bench(project: awscdk.AwsCdkConstructLibrary, constructsVersion: string) {
    new JsonFile(project, 'bench/tsconfig.json', {
      obj: {
        extends: '../tsconfig.dev.json',
        compilerOptions: { noEmit: false, rootDir: '.', outDir: `../${BENCH}/lib`, paths: { 'cdk-elasticache-grants': ['../lib'] } },
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
          exec: `npm install --prefix ${BENCH} --no-package-lock aws-cdk-lib@${project.cdkDeps.cdkMinimumVersion} constructs@${constructsVersion}`
            + ' cdk-iam-floyd@0.507.0 dist/js/*.tgz',
        },
        { exec: 'tsc -p bench' },
        { exec: `node ${BENCH}/lib/main.js`, receiveArgs: true },
      ],
    });
  }
}
