import { Component, javascript, typescript } from 'projen';

const NEWEST = '.newest-cdk';

/** What must hold besides the tests: types, lint, documented examples, nothing stale, and the newest AWS CDK. */
export class Checks extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);

    // The test command is for tests alone, and never changes a file.
    project.testTask.reset('jest', { receiveArgs: true });

    const lint = project.addTask('lint', { description: 'Check types and style, with no warning allowed' });
    lint.exec('tsc --noEmit -p tsconfig.dev.json');
    lint.spawn(project.eslint!.eslintTask, { args: ['--max-warnings=0'] });

    // jsii's tools don't support Node 20 any more, though they work; it is our floor until the AWS CDK leaves it.
    for (const task of [project.compileTask, project.postCompileTask]) {
      task.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
    }
    project.tasks.tryFind('docgen')!.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
    project.postCompileTask.exec('jsii-rosetta extract --strict', { name: 'compile the examples of README.md and of the API' });

    project.addTask('drift', {
      description: 'Regenerate everything that is generated, and fail where that changes a file',
      steps: [
        { spawn: 'default' },
        { spawn: 'catalogue' },
        { spawn: 'compile' },
        { spawn: 'post-compile' },
        { exec: 'git diff --exit-code && test -z "$(git status --porcelain)"' },
      ],
    });

    this.testNewestCdk(project);
    [NEWEST, '.jsii.tabl.json', 'tsconfig.tsbuildinfo'].forEach((path) => {
      project.gitignore.exclude(path);
      project.npmignore!.exclude(path);
    });
    ['.ci', 'spec', 'examples', 'rosetta', 'OPERATIONS.md', 'CONTRIBUTING.md', 'API.md', '.npmrc'].forEach((path) => {
      project.npmignore!.exclude(`/${path}`);
    });
  }

  /** Development is against the oldest AWS CDK that the peer range allows; this is its other end. */
  private testNewestCdk(project: javascript.NodeProject) {
    const modules = `${NEWEST}/node_modules`;
    const mapper = {
      '^(aws-cdk-lib|constructs)(/.*)?$': `<rootDir>/${modules}/$1$2`,
      '^cdk-elasticache-grants$': '<rootDir>/src',
    };
    const tsconfig = {
      extends: '../tsconfig.dev.json',
      compilerOptions: {
        paths: {
          'aws-cdk-lib': [`../${modules}/aws-cdk-lib`],
          'aws-cdk-lib/*': [`../${modules}/aws-cdk-lib/*`],
          'constructs': [`../${modules}/constructs`],
          'cdk-elasticache-grants': ['../src'],
        },
      },
      include: ['../src/**/*.ts', '../test/**/*.ts', '../examples/**/*.ts'],
    };
    project.addTask('test:newest-cdk', {
      description: 'Run the tests with the newest aws-cdk-lib and constructs',
      steps: [
        { exec: `rm -rf ${NEWEST} && mkdir ${NEWEST} && echo '{ "private": true }' > ${NEWEST}/package.json` },
        { exec: `npm install --prefix ${NEWEST} --no-package-lock aws-cdk-lib@^2 constructs@^10` },
        { exec: `echo '${JSON.stringify(tsconfig)}' > ${NEWEST}/tsconfig.json && tsc --noEmit -p ${NEWEST}` },
        { exec: `jest --coverage=false --moduleNameMapper='${JSON.stringify(mapper)}'`, receiveArgs: true },
      ],
    });
  }
}
