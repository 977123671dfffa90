import { Component, typescript } from 'projen';
import { zones } from './stages';

/** Names of registries, written so that this file doesn't match. */
const REGISTRIES = [
  'registry[.]npmjs', 'pypi[.]org', 'pythonh[o]sted', 'maven[.]org/maven2', 'maven[.]apache[.]org/maven2', 's[o]natype',
  'nuget[.]org', 'proxy[.]golang', 'sum[.]golang',
].join('|');

/** `import/no-cycle` doesn't follow these forms, so files of the project import each other without `type`. */
const TYPE_IMPORTS = [
  'ImportDeclaration[importKind="type"][source.value=/^[.]/]',
  'ImportDeclaration[source.value=/^[.]/] > ImportSpecifier[importKind="type"]',
  'ExportNamedDeclaration[exportKind="type"][source]',
  'ExportNamedDeclaration[source] > ExportSpecifier[exportKind="type"]',
  'ExportAllDeclaration[exportKind="type"]',
  'TSImportType[source.value=/^[.]/]',
];

/** Types and style, and the direction of imports. */
export class Lint extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);

    const lint = project.addTask('lint', { description: 'Check types and style, with no warning allowed' });
    lint.exec('tsc --noEmit -p tsconfig.dev.json');
    lint.spawn(project.eslint!.eslintTask, { args: ['--max-warnings=0'] });
    // Where packages come from and go to is for the settings of whoever runs a command.
    lint.exec(`! git grep -nE '${REGISTRIES}'`, { name: 'no registry is named' });

    project.eslint!.addRules({
      '@stylistic/max-len': ['error', { code: 120, ignoreUrls: true }],
      // disableScc: the shortcut reads files from the disk, and so passes over what an editor hasn't saved.
      'import/no-cycle': ['error', { ignoreExternal: true, disableScc: true }],
      'import/no-restricted-paths': ['error', { zones: zones() }],
      'no-restricted-syntax': ['error', ...TYPE_IMPORTS.map((selector) => ({
        selector,
        message: 'Import without `type`, since import/no-cycle does not follow type imports. '
          + 'TypeScript drops an import that is used for types only.',
      }))],
    });
    // Only `export type` can list types by name. That hides no cycle, because no file of src/ may import the index.
    project.eslint!.addOverride({ files: ['src/index.ts'], rules: { 'no-restricted-syntax': 'off' } });
    // Files of src/ itself are mostly documentation, and have one public class each.
    project.eslint!.addOverride({
      files: ['src/private/**/*.ts', 'projenrc/**/*.ts', 'bench/**/*.ts'],
      rules: { 'max-lines': ['error', { max: 250 }] },
    });
    project.eslint!.addOverride({
      files: ['examples/**/*.test.ts'],
      rules: { '@typescript-eslint/no-floating-promises': 'off' },
    });
  }
}
