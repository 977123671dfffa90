import { Component, cdk } from 'projen';

const WORK = '.languages';

/** The package in languages other than TypeScript. */
export class Languages extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);

    project.addTask('test:languages', {
      description: 'Build the package for each language, and compare the templates of the examples',
      steps: [
        { spawn: 'compile' },
        { exec: 'tsx projenrc/test-languages.ts' },
      ],
      env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
    });

    for (const language of ['python', 'java', 'dotnet', 'go']) {
      const task = project.tasks.tryFind(`package:${language}`)!;
      task.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
      // The release workflow makes these packages from the npm package, which has no translations of the examples.
      task.prependExec('jsii-rosetta extract --strict');
    }

    project.gitignore.exclude(WORK);
    project.npmignore!.exclude(WORK);
    // What the examples write when somebody runs them in place.
    ['.venv', '__pycache__', '.pytest_cache', 'cdk.out', 'target', 'bin', 'obj', 'node_modules'].forEach((path) => (
      project.gitignore.exclude(`/examples/*/**/${path}/`)));
    project.gitignore.exclude('/examples/*/package-lock.json', '/examples/go/go.sum');
  }
}
