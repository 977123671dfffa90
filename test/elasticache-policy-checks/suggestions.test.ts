import { createRequire } from 'module';
import { join } from 'path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ts from 'typescript';
import * as library from '../../src';
import { OPERATIONS } from '../../src/private/catalog/catalog.generated';
import { matchesPattern } from '../../src/private/util/text';
import { deployed, IN_EUROPE, newRole, newStack } from '../harness';
import { Found, foundFor, roleWith } from '../support/checked-policies';
import { allows } from '../support/evaluator';
import { WRONG } from '../support/field-policies';

/** What is suggested, with the actions of the policy that it is for. */
interface Suggestion extends Found {
  readonly title: string;
  readonly code: string;
  readonly actions: string[];
}

const SUGGESTIONS = WRONG.flatMap(({ title, documents }) => {
  const statements: any[] = documents.flat();
  const actions = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  return foundFor((stack) => roleWith(stack, 'Role', documents))
    .filter((found): found is Found & { code: string } => found.code !== undefined)
    .map((found): Suggestion => ({ ...found, title, actions }));
});

/** The program that has every suggestion, each in a function of its own. */
const PROGRAM = [
  "import { Construct } from 'constructs';",
  "import * as iam from 'aws-cdk-lib/aws-iam';",
  "import * as s3 from 'aws-cdk-lib/aws-s3';",
  `import { ${[
    'ElastiCacheAccessGrant',
    'ElastiCacheCondition',
    'ElastiCacheGuardrail',
    'ElastiCacheGuardrailRule',
    'ElastiCacheOperation',
    'ElastiCacheResource',
    'SnapshotSource',
  ].join(', ')} } from '../../src';`,
  ...SUGGESTIONS.map(({ code }, index) => [
    `export function suggested${index}(this: Construct, grantee: iam.IGrantable) {`,
    `return ${code.replace(/^\/\/.*\n/, '')}`,
    '}',
  ].join('\n')),
  'export const used = [s3, ElastiCacheCondition, ElastiCacheGuardrail, ElastiCacheGuardrailRule, SnapshotSource];',
].join('\n');

test('findings of 30 policies and more have code', () => {
  expect(SUGGESTIONS.length).toBeGreaterThan(30);
});

test('all suggested code compiles', () => {
  const path = join(__dirname, 'suggested.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    target: ts.ScriptTarget.ES2022,
    esModuleInterop: true,
    ignoreDeprecations: '6.0',
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === path || fileExists(file);
  host.getSourceFile = (file, ...rest) =>
    file === path
      ? ts.createSourceFile(file, PROGRAM, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  const program = ts.createProgram([path], options, host);
  const source = program.getSourceFile(path)!;
  expect(
    [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, '\n'),
    ),
  ).toEqual([]);
});

describe('what is suggested', () => {
  const exported: Record<string, (this: unknown, grantee: unknown) => iam.PolicyDocument | void> = {};
  const { outputText } = ts.transpileModule(PROGRAM, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const load = createRequire(__filename);
  new Function('require', 'exports', outputText)(
    (name: string) => (name === '../../src' ? library : load(name)),
    exported,
  );

  /** The documents of a role that has the suggested grant. */
  const granted = (index: number) => {
    const stack = newStack();
    const role = newRole(stack);
    exported[`suggested${index}`].call(stack, role);
    const policies = stack.node.findAll().filter((one): one is iam.CfnPolicy => one instanceof iam.CfnPolicy);
    return policies.map(({ policyDocument }) =>
      deployed(stack.resolve(policyDocument), IN_EUROPE, (logicalId) => logicalId.toLowerCase()),
    );
  };

  const isGuardrail = ({ code }: Suggestion) => code.startsWith('new ElastiCacheGuardrail(');
  test.each(
    SUGGESTIONS.map((one, index) => [`${one.title} (${one.rule})`, one, index] as const).filter(
      ([, one]) => !isGuardrail(one),
    ),
  )(
    'where somebody %s, is right, allows the calls, and allows nothing else of ElastiCache',
    (_, { text, actions }, index) => {
      const documents = granted(index);
      const statements: any[] = documents.flatMap(({ Statement }) => Statement);
      expect(
        foundFor((stack) =>
          roleWith(
            stack,
            'Role',
            documents.map(({ Statement }) => Statement),
          ),
        ),
      ).toEqual([]);

      // What the finding says is denied.
      const [, names] = /no statement allows (.*?) on /.exec(text) ?? [];
      for (const name of names?.split(', ') ?? []) {
        const { types = {}, oneOf } = OPERATIONS[name];
        const resources = statements.flatMap(({ Resource }) => Resource);
        const exampleOf = (type: string) =>
          (resources.find((one) => one.includes(`:${type}:`)) ?? '*').replace(/\*/g, 'x');
        const isAllowed = (resource: string) =>
          allows(documents, {
            action: `elasticache:${name}`,
            resource,
            context: contextOf(statements),
          });
        expect(Object.keys(types).filter((type) => types[type].required && !isAllowed(exampleOf(type)))).toEqual([]);
        expect(oneOf?.some((type) => isAllowed(exampleOf(type))) ?? true).toBe(true);
      }

      // Names that don't exist stand for those that the finding or the catalog suggests.
      const meant = [
        ...actions,
        ...(text.match(/(?<=did you mean ")\w+/g)?.map((name) => `elasticache:${name}`) ?? []),
      ];
      const reads = actions.some((action) => /:(Get|View)\*$/.test(action));
      const others = statements
        .flatMap(({ Action }) => Action)
        .filter(
          (action: string) =>
            action.startsWith('elasticache:') &&
            !meant.some((pattern) => matchesPattern(action, pattern)) &&
            !(reads && /:(Describe|List)/.test(action)),
        );
      expect(others.filter((action) => !isExpected(action, text, actions))).toEqual([]);
    },
  );
  test.each(
    SUGGESTIONS.map((one, index) => [`${one.title} (${one.rule})`, one, index] as const).filter(([, one]) =>
      isGuardrail(one),
    ),
  )('where somebody %s, denies, and is right', (_, __, index) => {
    const stack = newStack();
    const document: any = stack.resolve(exported[`suggested${index}`].call(stack, newRole(stack)));
    expect(document.Statement.map(({ Effect }: any) => Effect)).toEqual(document.Statement.map(() => 'Deny'));
    expect(foundFor((own) => roleWith(own, 'Role', [document.Statement]))).toEqual([]);
  });
});

/** A context that meets the conditions of the statements. */
function contextOf(statements: any[]): Record<string, string> {
  return Object.fromEntries(
    statements
      .flatMap(({ Condition = {} }) => Object.values<any>(Condition))
      .flatMap((keys) => Object.entries<any>(keys))
      .map(([key, value]) => [key, [value].flat()[0]]),
  );
}

/** Whether the action is what a wrong name stands for, or the other half of a call. */
function isExpected(action: string, text: string, actions: string[]): boolean {
  const companion = text.includes(action.replace('elasticache:', ''));
  const replaced: Record<string, string> = {
    TagResource: 'AddTagsToResource',
    UntagResource: 'RemoveTagsFromResource',
    DescribeReplicationGroup: 'DescribeReplicationGroups',
    DescribeEngineVersions: 'DescribeCacheEngineVersions',
    CreateSecurityGroup: 'CreateCacheSecurityGroup',
    DescribeSecurityGroups: 'DescribeCacheSecurityGroups',
    UpdateCacheCluster: 'ModifyCacheCluster',
    DescribeSubnetGroups: 'DescribeCacheSubnetGroups',
    AuthorizeCacheSecurityGroupEgress: 'AuthorizeCacheSecurityGroupIngress',
  };
  return companion || actions.some((name) => action === `elasticache:${replaced[name.replace(/^.*:/, '')]}`);
}
