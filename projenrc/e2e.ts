import { Component, JsonFile, javascript } from 'projen';

const TESTS = 'test/e2e';
const SCRATCH = '.e2e';

/** The tests that deploy to an emulator of AWS, and the checks by linters of templates and policies. */
export class EndToEnd extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);

    project.addDevDeps(
      ...['elasticache', 'iam', 's3', 'sts'].map((client) => `@aws-sdk/client-${client}@^3`),
      'aws-cdk@^2.1148.1', // npm's `latest` is a stray 3.0.0
    );

    new JsonFile(project, `${TESTS}/jest.config.json`, {
      obj: {
        rootDir: '../..',
        modulePathIgnorePatterns: project.jest!.config.modulePathIgnorePatterns,
        globalSetup: `<rootDir>/${TESTS}/setup.ts`,
        testMatch: [`<rootDir>/${TESTS}/*.test.ts`],
        testTimeout: 60_000,
        moduleNameMapper: { '^cdk-elasticache-grants$': '<rootDir>/src' },
        transform: { '^.+\\.tsx?$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
      },
    });

    project.addTask('test:e2e', {
      description: 'Deploy the example to an emulator of AWS that enforces IAM, make each call, '
        + 'and lint all templates and policies',
      exec: `tsx --tsconfig tsconfig.dev.json ${TESTS}/run.ts`,
      receiveArgs: true,
    });

    project.gitignore.exclude(SCRATCH);
    project.npmignore!.exclude(SCRATCH);
  }
}
