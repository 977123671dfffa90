import { spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { resolve } from 'path';

/**
 * Builds the package for each language, installs what was built into the language's example, runs the example's tests, and
 * compares its template with that of TypeScript's example.
 */
const WORK = resolve('.languages');
const BUILT = `${WORK}/built`;
const MAVEN = `${WORK}/cache/m2`;
const NUGET = `${WORK}/cache/nuget`;
const STACK = 'CacheAccess';

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));
const { name: NAME, version: VERSION, jsii: { targets } } = PACKAGE;
const GO_MODULE = `${targets.go.moduleName}/${targets.go.packageName}`;
const MVN = ['mvn', '--batch-mode', '--no-transfer-progress', `--settings=${WORK}/settings.xml`, `-D${NAME}.version=${VERSION}`];
const NODE_PROXY_AGENT = 'github.com/cdklabs/awscdk-asset-node-proxy-agent-go/nodeproxyagentv6/v2';
const DOTNET = [
  `-p:${targets.dotnet.packageId}Version=${VERSION}`,
  `-p:RestoreAdditionalProjectSources=${BUILT}/dotnet`,
  `-p:RestorePackagesPath=${NUGET}`,
];

// What jsii says of a Node.js that is too old or too new for it isn't for the user of an example.
const [NODE] = process.versions.node.split('.');
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = NODE;
process.env.JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION = NODE;

interface Language {
  readonly name: string;
  /** The commands that it takes. Without an optional one, the language isn't run, which the summary says. */
  readonly tools: string[];
  readonly optional?: boolean;
  /** Installs what was built, and runs the example's tests. */
  readonly test: (run: Run) => void;
  readonly synth: string[];
}

/** Runs a command in the copy of the example; throws where it fails. */
type Run = (...command: string[]) => void;

const LANGUAGES: Language[] = [
  {
    name: 'typescript',
    tools: ['npm'],
    test: (run) => {
      run('npm', 'install', '--no-audit', '--no-fund', only(`${BUILT}/js`, '.tgz'));
      run('npm', 'test');
    },
    synth: ['npx', 'tsx', 'app.ts'],
  },
  {
    name: 'python',
    tools: ['python3'],
    test: (run) => {
      const wheel = only(`${BUILT}/python`, '.whl');
      run('python3', '-m', 'venv', '.venv');
      run('.venv/bin/pip', 'install', '--quiet', '-r', 'requirements-dev.txt', wheel);
      run('.venv/bin/python', '-m', 'pytest');
    },
    synth: ['.venv/bin/python', 'app.py'],
  },
  {
    name: 'java',
    tools: ['java', 'mvn'],
    test: (run) => {
      rmSync(`${MAVEN}/${targets.java.maven.groupId.replaceAll('.', '/')}`, { recursive: true, force: true });
      writeFileSync(`${WORK}/settings.xml`, `<settings>
  <localRepository>${MAVEN}</localRepository>
  <profiles><profile><id>built</id><repositories><repository><id>built</id><url>file://${BUILT}/java</url></repository></repositories></profile></profiles>
  <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
</settings>`);
      run(...MVN, 'test');
    },
    synth: [...MVN, '--quiet', 'exec:java'],
  },
  {
    name: 'go',
    tools: ['go'],
    test: (run) => {
      run('go', 'mod', 'edit', `-replace=${GO_MODULE}=${BUILT}/go/${targets.go.packageName}`);
      // Our module asks for the version that the build machine's aws-cdk-lib came with; the example's comes with an older one.
      run('go', 'mod', 'edit', `-replace=${NODE_PROXY_AGENT}=${NODE_PROXY_AGENT}@v2.1.0`);
      run('go', 'mod', 'tidy');
      run('go', 'vet', './...');
      run('go', 'test', './...');
    },
    synth: ['go', 'run', '.'],
  },
  {
    name: 'csharp',
    tools: ['dotnet'],
    optional: true,
    test: (run) => {
      rmSync(`${NUGET}/${targets.dotnet.packageId.toLowerCase()}`, { recursive: true, force: true });
      run('dotnet', 'test', 'test/CacheAccess.Tests', ...DOTNET);
    },
    synth: ['dotnet', 'run', '--project', 'src/CacheAccess', ...DOTNET],
  },
];

main();

function main() {
  const there = LANGUAGES.filter(({ tools }) => tools.every(found));
  const missing = LANGUAGES.filter((language) => !language.optional && !there.includes(language));
  if (missing.length > 0) {
    missing.forEach(({ name, tools }) => console.error(`${name}: needs ${tools.filter((tool) => !found(tool)).join(' and ')}, which isn't in PATH`));
    process.exit(1);
  }
  const translated = translate();
  build(there.map(({ name }) => name));

  const results = [
    { name: 'examples in the docs', outcomes: [translated], note: translated ? 'translated to every language' : 'NOT TRANSLATED' },
    ...LANGUAGES.map((language) => there.includes(language) ? { name: language.name, ...check(language) }
      : { name: language.name, outcomes: [], note: `not run (no ${language.tools.join(', ')} SDK)` }),
  ];
  const outcomes = results.flatMap((result) => result.outcomes);
  const passed = outcomes.filter((outcome) => outcome).length;
  const failed = outcomes.length - passed;
  console.log('\n=== summary');
  results.forEach(({ name, note }) => console.log(`${name}: ${note}`));
  console.log(`\nTests: ${failed > 0 ? `${failed} failed, ` : ''}${passed} passed, ${outcomes.length} total`);
  process.exit(failed > 0 ? 1 : 0);
}

/** Translates the examples of README.md and of the API, which go into the packages, and those of docs/. */
function translate(): boolean {
  const docs = `${WORK}/docs`;
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs, { recursive: true });
  // The package once more, with what is in docs/ as its README.md. Its examples may use what the package itself doesn't.
  const exampleDependencies = { 'cdk-nag': PACKAGE.devDependencies['cdk-nag'] };
  writeFileSync(`${docs}/package.json`, JSON.stringify({ ...PACKAGE, jsiiRosetta: { exampleDependencies } }));
  ['lib', 'rosetta', 'node_modules'].forEach((path) => symlinkSync(resolve(path), `${docs}/${path}`));
  const markdown = readdirSync('docs').filter((file) => file.endsWith('.md')).map((file) => readFileSync(`docs/${file}`, 'utf8')).join('\n');
  writeFileSync(`${docs}/.jsii`, JSON.stringify({ ...JSON.parse(readFileSync('.jsii', 'utf8')), types: {}, readme: { markdown } }));

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

/** Builds the packages. A Go module is its sources, which the example compiles; C# needs its SDK for more than that. */
function build(names: string[]) {
  rmSync(BUILT, { recursive: true, force: true });
  const pacmak = ['npx', 'jsii-pacmak', '--outdir', BUILT, '--force', '--rosetta-unknown-snippets=fail'];
  const packed = names.includes('csharp') ? ['dotnet'] : [];
  const generated = names.includes('csharp') ? ['go'] : ['go', 'dotnet'];
  runIn('.', [...pacmak, '--targets', ...generated, '--code-only']);
  runIn('.', [...pacmak, `--maven-local-repository=${MAVEN}`, '--targets', 'js', 'python', 'java', ...packed]);
}

/** Whether the example's tests passed and, but for TypeScript, whether its template is the same. */
function check({ name, test, synth }: Language): { outcomes: boolean[]; note: string } {
  const example = `${WORK}/examples/${name}`;
  rmSync(example, { recursive: true, force: true });
  mkdirSync(example, { recursive: true });
  const ours = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '.'], { cwd: `examples/${name}`, encoding: 'utf8' });
  ours.stdout.split('\0').filter((path) => path).forEach((path) => cpSync(`examples/${name}/${path}`, `${example}/${path}`));

  const run = (...command: string[]) => runIn(example, command);
  const tested = attempt(() => test(run));
  const reference = name === 'typescript';
  const same = attempt(() => {
    run('env', `CDK_OUTDIR=${example}/cdk.out`, ...synth);
    const [mine, typescript] = [name, 'typescript'].map((language) => {
      const directory = `${WORK}/examples/${language}`;
      const template = JSON.parse(readFileSync(`${directory}/cdk.out/${STACK}.template.json`, 'utf8'));
      writeFileSync(`${directory}/template.json`, `${JSON.stringify(template, sorted, 2)}\n`);
      return `${directory}/template.json`;
    });
    run('diff', '-u', typescript, mine);
  });
  return {
    outcomes: reference ? [tested && same] : [tested, same],
    note: [`tests ${tested ? 'passed' : 'FAILED'}`, same ? (reference ? 'template synthesized' : 'same template') : 'template DIFFERS or is missing'].join(', '),
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

/** The runtime alone has the same command. */
function hasSdk(): boolean {
  return spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' }).stdout.trim() !== '';
}

function only(directory: string, ending: string): string {
  const files = readdirSync(directory).filter((file) => file.endsWith(ending));
  if (files.length !== 1) {
    throw new Error(`${directory} has ${files.length} files that end with ${ending}, not one`);
  }
  return `${directory}/${files[0]}`;
}

/** For `JSON.stringify`: the keys of every object in order. */
function sorted(_: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
