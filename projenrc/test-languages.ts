// Builds the package for each language, installs it into the language's example, runs the example's tests, and compares
// the example's template with that of the TypeScript example.
import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { BUILT, Language, LANGUAGES, MAVEN, PACKAGE, WORK } from './language-examples';

const STACK = 'CacheAccess';

// jsii's warnings about the version of Node.js are not about the examples.
const [NODE] = process.versions.node.split('.');
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = NODE;
process.env.JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION = NODE;

// jsii's runtime for Java leaves a folder behind at each start, in Java's own temporary folder.
const TEMPORARY = `${WORK}/tmp`;
process.env.TMPDIR = TEMPORARY;
process.env.JAVA_TOOL_OPTIONS = `-Djava.io.tmpdir=${TEMPORARY}`;

main();

function main() {
  rmSync(TEMPORARY, { recursive: true, force: true });
  mkdirSync(TEMPORARY, { recursive: true });
  const available = LANGUAGES.filter(({ tools }) => tools.every(found));
  const missing = LANGUAGES.filter((language) => !language.optional && !available.includes(language));
  if (missing.length > 0) {
    missing.forEach(({ name, tools }) => (
      console.error(`${name}: requires ${tools.filter((tool) => !found(tool)).join(' and ')}, not found in PATH`)));
    process.exit(1);
  }
  const translated = translate();
  build(available.map(({ name }) => name));

  const results = [
    {
      name: 'examples in the docs',
      outcomes: [translated],
      note: translated ? 'translated to every language' : 'NOT TRANSLATED',
    },
    ...LANGUAGES.map((language) => (available.includes(language)
      ? { name: language.name, ...check(language) }
      : { name: language.name, outcomes: [], note: `not run (no ${language.tools.join(', ')} SDK)` })),
  ];
  const outcomes = results.flatMap((result) => result.outcomes);
  const passed = outcomes.filter((outcome) => outcome).length;
  const failed = outcomes.length - passed;
  rmSync(TEMPORARY, { recursive: true });
  console.log('\n=== summary');
  results.forEach(({ name, note }) => console.log(`${name}: ${note}`));
  console.log(`\nTests: ${failed > 0 ? `${failed} failed, ` : ''}${passed} passed, ${outcomes.length} total`);
  process.exit(failed > 0 ? 1 : 0);
}

/** Translates the examples of README.md and of the API, which the packages contain, and those of docs/. */
function translate(): boolean {
  const docs = `${WORK}/docs`;
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs, { recursive: true });
  // A copy of the package that has docs/ as its README.md. Examples in docs/ may use packages that this one doesn't.
  const exampleDependencies = { 'cdk-nag': PACKAGE.devDependencies['cdk-nag'] };
  writeFileSync(`${docs}/package.json`, JSON.stringify({ ...PACKAGE, jsiiRosetta: { exampleDependencies } }));
  ['lib', 'rosetta', 'node_modules'].forEach((path) => symlinkSync(resolve(path), `${docs}/${path}`));
  const markdown = readdirSync('docs').filter((file) => file.endsWith('.md'))
    .map((file) => readFileSync(`docs/${file}`, 'utf8')).join('\n');
  const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
  writeFileSync(`${docs}/.jsii`, JSON.stringify({ ...assembly, types: {}, readme: { markdown } }));

  return attempt(() => ['.', docs].forEach((directory) => {
    runIn(directory, ['npx', 'jsii-rosetta', 'extract', '--strict']);
    const { snippets } = JSON.parse(readFileSync(`${directory}/.jsii.tabl.json`, 'utf8'));
    for (const { translations, location } of Object.values<any>(snippets)) {
      const left = ['python', 'java', 'csharp', 'go'].filter((language) => !translations[language]);
      if (left.length > 0) {
        throw new Error(`${JSON.stringify(location)} isn't translated to ${left.join(', ')}`);
      }
    }
    console.log(`${Object.keys(snippets).length} examples translated`);
  }));
}

/** Builds the packages. A Go module is source code, which the example compiles. Building for C# requires its SDK. */
function build(names: string[]) {
  rmSync(BUILT, { recursive: true, force: true });
  const pacmak = ['npx', 'jsii-pacmak', '--outdir', BUILT, '--force', '--rosetta-unknown-snippets=fail'];
  const packed = names.includes('csharp') ? ['dotnet'] : [];
  const generated = names.includes('csharp') ? ['go'] : ['go', 'dotnet'];
  runIn('.', [...pacmak, '--targets', ...generated, '--code-only']);
  runIn('.', [...pacmak, `--maven-local-repository=${MAVEN}`, '--targets', 'js', 'python', 'java', ...packed]);
}

/** Whether the example's tests passed and, except for TypeScript, whether its template is the same. */
function check({ name, test, synth }: Language): { outcomes: boolean[]; note: string } {
  const example = `${WORK}/examples/${name}`;
  rmSync(example, { recursive: true, force: true });
  mkdirSync(example, { recursive: true });
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '.'], {
    cwd: `examples/${name}`, encoding: 'utf8',
  });
  listed.stdout.split('\0').filter((path) => path)
    .forEach((path) => cpSync(`examples/${name}/${path}`, `${example}/${path}`));

  const run = (...command: string[]) => runIn(example, command);
  const tested = attempt(() => test(run));
  const reference = name === 'typescript';
  const same = attempt(() => {
    run('env', `CDK_OUTDIR=${example}/cdk.out`, ...synth);
    const [own, typescript] = [name, 'typescript'].map((language) => {
      const directory = `${WORK}/examples/${language}`;
      const template = JSON.parse(readFileSync(`${directory}/cdk.out/${STACK}.template.json`, 'utf8'));
      writeFileSync(`${directory}/template.json`, `${JSON.stringify(template, sorted, 2)}\n`);
      return `${directory}/template.json`;
    });
    run('diff', '-u', typescript, own);
  });
  const matches = reference ? 'template synthesized' : 'same template';
  return {
    outcomes: reference ? [tested && same] : [tested, same],
    note: `tests ${tested ? 'passed' : 'FAILED'}, ${same ? matches : 'template DIFFERS or is missing'}`,
  };
}

function runIn(directory: string, [command, ...args]: string[]) {
  console.log(`\n${directory === '.' ? '' : `${directory.slice(WORK.length + 1)}$ `}${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    throw new Error(`${command} failed: ${error?.message ?? `status ${status}`}`);
  }
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

function found(tool: string): boolean {
  const directories = (process.env.PATH ?? '').split(':');
  return directories.some((directory) => existsSync(`${directory}/${tool}`)) && (tool !== 'dotnet' || hasSdk());
}

/** The runtime without an SDK has the same command. */
function hasSdk(): boolean {
  return spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' }).stdout.trim() !== '';
}

/** For `JSON.stringify`: sorts the keys of every object. */
function sorted(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
