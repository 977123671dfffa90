import { Component, javascript, typescript } from 'projen';

const CONSUMER = '.consumer';

/**
 * A file is loaded when one of its exports is first used, and only then. `import` sees the same names as `require`,
 * though it reads them from the text of the index.
 */
const LOADING_CHECK = [
  "import { strictEqual } from 'node:assert'",
  "import { createRequire } from 'node:module'",
  "const require = createRequire(process.cwd() + '/')",
  "const required = require('cdk-elasticache-grants')",
  'const loaded = Object.keys(require.cache).filter((path) => /cdk-elasticache-grants.lib/.test(path))',
  "strictEqual(loaded.length, 1, 'the index loads more than itself')",
  'const { ElastiCacheAccessGrant: Grant, ElastiCacheOperation: Operation } = required',
  "const { App, Stack } = require('aws-cdk-lib')",
  "new Grant(new Stack(new App(), 'Stack'), 'Access', { operations: [Operation.DESCRIBE_EVENTS] })",
  "const compares = Object.keys(require.cache).filter((path) => path.endsWith('contradictions.js'))",
  "strictEqual(compares.join(), '', 'a grant without conditions loads what compares conditions')",
  "const imported = await import('cdk-elasticache-grants')",
  "const names = Object.keys(imported).filter((name) => !['default', 'module.exports', '__esModule'].includes(name))",
  "strictEqual(names.sort().join(), Object.keys(required).sort().join(), 'import and require give different names')",
  'const looked = names.filter((name) => Object.getOwnPropertyDescriptor(required, name).get)',
  "strictEqual(looked.join(), '', 'exports are looked up again at each use')",
].join('; ');

/** The versions of Node.js that the tests run on. */
const NODES = ['20', '22', '24'];

/** What must hold besides the tests: examples compile, nothing is stale, and other versions of Node.js and CDK work. */
export class Checks extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);

    // The test command is for tests alone, and never changes a file.
    project.testTask.reset('jest --ci', { receiveArgs: true });

    project.compileTask.exec('tsx projenrc/lazy-loading.ts');

    // jsii's tools no longer support Node 20, but work with it. The AWS CDK supports it, so this package does too.
    for (const name of ['compile', 'post-compile', 'docgen', 'compat', 'package:js']) {
      project.tasks.tryFind(name)!.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
    }
    project.postCompileTask.exec('tsx projenrc/api-listing.ts');
    project.annotateGenerated('/API.txt');
    // The public API may not break what the last release had, except for what .compatignore lists. Before the first
    // release, there is nothing to compare.
    project.packageTask.prependSpawn(project.tasks.tryFind('compat')!);
    project.postCompileTask.exec('jsii-rosetta extract --strict', {
      name: 'compile the examples of README.md and of the API',
    });

    project.addTask('drift', {
      description: 'Regenerate everything that is generated, and fail where that changes a file',
      steps: [
        { spawn: 'default' },
        { spawn: 'catalog' },
        { spawn: 'compile' },
        { spawn: 'post-compile' },
        { exec: 'git diff --exit-code && ! git status --porcelain | grep .' },
      ],
    });

    project.addTask('test:nodes', {
      description: 'Run the tests with other versions of Node.js, with the recommended feature flags off and on',
      steps: NODES.flatMap((version) => ['', 'FEATURE_FLAGS=recommended '].map((flags) => ({
        exec: `${flags}npx --yes --package node@${version} node node_modules/jest/bin/jest.js --ci --coverage=false`,
        receiveArgs: true,
      }))),
    });

    this.testPackage(project);
    [CONSUMER, '.jsii.tabl.json', 'tsconfig.tsbuildinfo'].forEach((path) => {
      project.gitignore.exclude(path);
      project.npmignore!.exclude(path);
    });
    // The pages in docs/, and OPERATIONS.md, are in the package, so that each version has its own.
    ['.ci', 'spec', 'examples', 'rosetta', 'CONTRIBUTING.md', 'API.md', 'API.txt', '.npmrc']
      .forEach((path) => project.npmignore!.exclude(`/${path}`));
  }

  /**
   * `npm test` runs the tests on the sources, with the oldest AWS CDK that the peer range allows. This task runs the
   * same tests on the package as it is published, installed in an app of its own, with the newest AWS CDK.
   */
  private testPackage(project: javascript.NodeProject) {
    const modules = `${CONSUMER}/node_modules`;
    const mapper = {
      '^(aws-cdk-lib|constructs|cdk-elasticache-grants)(/.*)?$': `<rootDir>/${modules}/$1$2`,
      '^(\\.\\./)+src$': `<rootDir>/${modules}/cdk-elasticache-grants`,
    };
    const tsconfig = {
      extends: '../tsconfig.dev.json',
      compilerOptions: {
        paths: Object.fromEntries(
          ['aws-cdk-lib', 'aws-cdk-lib/*', 'constructs', 'cdk-elasticache-grants'].map((name) => (
            [name, [`./node_modules/${name}`]]))),
      },
      include: ['../src/**/*.ts', '../test/**/*.ts', '../examples/**/*.ts'],
    };
    project.addTask('test:package', {
      description: 'Run the tests of the package as it is published, with the newest aws-cdk-lib and constructs, '
        + 'and the recommended feature flags',
      steps: [
        { exec: 'rm -rf dist/js' },
        { spawn: 'compile' },
        { spawn: 'package:js' },
        { exec: `rm -rf ${CONSUMER} && mkdir ${CONSUMER} && echo '{ "private": true }' > ${CONSUMER}/package.json` },
        { exec: `npm install --prefix ${CONSUMER} --no-package-lock aws-cdk-lib@^2 constructs@^10 dist/js/*.tgz` },
        { exec: `echo '${JSON.stringify(tsconfig)}' > ${CONSUMER}/tsconfig.json && tsc --noEmit -p ${CONSUMER}` },
        { exec: `cd ${CONSUMER} && node --input-type=module --eval "${LOADING_CHECK}"` },
        {
          // `npm test` runs with the flags off.
          exec: `FEATURE_FLAGS=recommended jest --ci --coverage=false --moduleNameMapper='${JSON.stringify(mapper)}'`,
          receiveArgs: true,
        },
      ],
    });
  }
}
