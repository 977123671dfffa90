import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative } from 'path';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';
import { CALLERS, INDEX, PRIVATE, STAGES } from '../projenrc/stages';

// The first test loads the linter and its plugins, which takes some seconds.
jest.setTimeout(60_000);

/** The linter with the project's rules, except those that need types: planted text is in no TypeScript program. */
const eslint = new LegacyESLint({
  overrideConfig: {
    parserOptions: { project: null } as object,
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/return-await': 'off',
    },
  },
});

/** The numbers of the lines where the linter reports the rule. */
async function reported(filePath: string, lines: string[], rule: string): Promise<number[]> {
  const [{ messages }] = await eslint.lintText(`${lines.join('\n')}\n`, { filePath });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return [...new Set(messages.filter(({ ruleId }) => ruleId === rule).map(({ line }) => line))].sort((a, b) => a - b);
}

const NO_TYPE_IMPORT = 'no-restricted-syntax';
const ZONES = 'import/no-restricted-paths';
const CYCLE = 'import/no-cycle';
const MAX_LEN = '@stylistic/max-len';
const MAX_LINES = 'max-lines';

/** All hand-written files of a file or folder. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) { return []; }
  return statSync(path).isDirectory()
    ? readdirSync(path).flatMap((name) => filesIn(join(path, name)))
    : [path].filter((file) => !file.endsWith('.generated.ts'));
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.ts$/, '');
  return path.startsWith('.') ? path : `./${path}`;
}

test('every file of src/private belongs to a stage', () => {
  const stages = STAGES.flatMap(({ path }) => filesIn(join(PRIVATE, path)));
  expect(filesIn(PRIVATE).filter((file) => !stages.includes(file))).toEqual([]);
});

describe.each(STAGES)('$path', ({ path, mayImport }) => {
  // Text is planted in the first file of a folder. A stage that is a file itself may be missing.
  const [file] = path.endsWith('.ts') ? [join(PRIVATE, path)] : filesIn(join(PRIVATE, path));
  const allowed = [path, ...mayImport].flatMap((part) => filesIn(join(PRIVATE, part)));
  const others = filesIn(PRIVATE).filter((other) => !allowed.includes(other));
  const typeImports = (paths: string[]) => paths.map((to) => `import type { A } from '${specifier(file, to)}';`);
  const imports = (paths: string[]) => paths.map((to) => `import { A } from '${specifier(file, to)}';`);

  test('may not import values or types of other stages', async () => {
    expect(others.length).toBeGreaterThan(0);
    const every = others.map((_, index) => index + 1);
    expect(await reported(file, imports(others), ZONES)).toEqual(every);
    expect(await reported(file, typeImports(others), ZONES)).toEqual(every);
  });

  test('may not import what runs the pipeline, or the index', async () => {
    const every = [...CALLERS, INDEX].map((_, index) => index + 1);
    expect(await reported(file, imports([...CALLERS, INDEX]), ZONES)).toEqual(every);
    expect(await reported(file, typeImports([...CALLERS, INDEX]), ZONES)).toEqual(every);
  });

  test('may import itself and the stages that it lists', async () => {
    expect(await reported(file, imports(allowed), ZONES)).toEqual([]);
  });
});

describe('a cycle', () => {
  // Two files of one folder. The first imports the second, so an import of the first by the second makes a cycle.
  const [importer, imported] = filesIn(PRIVATE).flatMap((file) => {
    const match = /^import \{.*\} from '(\.\/[\w-]+)';/m.exec(readFileSync(file, 'utf8'));
    const path = match && `${join(dirname(file), match[1])}.ts`;
    return path && filesIn(path).length > 0 ? [[file, path]] : [];
  })[0];
  const path = specifier(imported, importer);

  test('is an error', async () => {
    expect(await reported(imported, [`import { A } from '${path}';`], CYCLE)).toEqual([1]);
    expect(await reported(imported, ["import { Stack } from 'aws-cdk-lib/core';"], CYCLE)).toEqual([]);
  });

  test('is an error where the import is for a type only', async () => {
    const lines = [`import { A } from '${path}';`, 'export const a = (b: A) => b;'];
    expect(await reported(imported, lines, CYCLE)).toEqual([1]);
  });

  test.each([
    ['import type { A } from', ';'],
    ['import { type A } from', ';'],
    ['import { B, type A } from', ';'],
    ['export type { A } from', ';'],
    ['export { type A } from', ';'],
    ['export type * from', ';'],
    ['export type B = import(', ').A;'],
  ])('can not hide behind "%s", which the rule does not follow', async (before, after) => {
    expect(await reported(imported, [`${before}'${path}'${after}`], NO_TYPE_IMPORT)).toEqual([1]);
  });
});

test('a public file may not import the index, which lists types with "export type"', async () => {
  const [file] = CALLERS;
  expect(await reported(file, [`import { A } from '${specifier(file, INDEX)}';`], ZONES)).toEqual([1]);
  expect(await reported(INDEX, [`export type { A } from '${specifier(INDEX, file)}';`], NO_TYPE_IMPORT)).toEqual([]);
});

describe('length', () => {
  const line = (length: number, start: string, end: string) => (
    `${start}${'a'.repeat(length - start.length - end.length)}${end}`);

  test.each([
    'src/index.ts', 'src/private/util/text.ts', 'test/lint.test.ts', 'projenrc/lint.ts', 'bench/main.ts',
    'examples/demo.ts', '.projenrc.ts',
  ])('lines of %s have 120 characters at most', async (file) => {
    const lines = (length: number) => [
      line(length, 'const a', ' = 1;'), line(length, '// ', ''), line(length, "const a = '", "';"),
      line(length, 'const a = `', '`;'), line(length, 'const a = /', '/;'),
    ];
    expect(await reported(file, lines(120), MAX_LEN)).toEqual([]);
    expect(await reported(file, lines(121), MAX_LEN)).toEqual([1, 2, 3, 4, 5]);
    expect(await reported(file, [line(121, '// https://example.com/', '')], MAX_LEN)).toEqual([]);
  });

  test.each([
    'src/private/model.ts', 'src/private/policy/split.ts', 'projenrc/lint.ts', 'projenrc/catalog/render.ts',
    'bench/main.ts', 'bench/programs/app.ts',
  ])('%s has 250 lines at most', async (file) => {
    expect(await reported(file, Array(250).fill('// a'), MAX_LINES)).toEqual([]);
    expect(await reported(file, Array(251).fill('// a'), MAX_LINES)).toEqual([251]);
  });

  test.each(['src/elasticache-operation.ts', 'test/lint.test.ts'])('%s may have more lines', async (file) => {
    expect(await reported(file, Array(251).fill('// a'), MAX_LINES)).toEqual([]);
  });
});
