import { readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { resolve } from 'path';

export const WORK = resolve('.languages');
export const BUILT = `${WORK}/built`;
export const MAVEN = `${WORK}/cache/m2`;
const NUGET = `${WORK}/cache/nuget`;

export const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));
const { name: NAME, version: VERSION, jsii: { targets } } = PACKAGE;
const GO_MODULE = `${targets.go.moduleName}/${targets.go.packageName}`;
const MVN = [
  'mvn', '--batch-mode', '--no-transfer-progress', `--settings=${WORK}/settings.xml`, `-D${NAME}.version=${VERSION}`,
];
const NODE_PROXY_AGENT = 'github.com/cdklabs/awscdk-asset-node-proxy-agent-go/nodeproxyagentv6/v2';
const DOTNET = [
  `-p:${targets.dotnet.packageId}Version=${VERSION}`,
  `-p:RestoreAdditionalProjectSources=${BUILT}/dotnet`,
  `-p:RestorePackagesPath=${NUGET}`,
];

export interface Language {
  readonly name: string;
  /** The commands that the language requires. */
  readonly tools: string[];
  /** Whether the language is left out, and the summary notes it, where a command is missing. */
  readonly optional?: boolean;
  /** Installs the built package, and runs the example's tests. */
  readonly test: (run: Run) => void;
  readonly synth: string[];
}

/** Runs a command in the copy of the example; throws where it fails. */
type Run = (...command: string[]) => void;

export const LANGUAGES: Language[] = [
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
  <profiles>
    <profile>
      <id>built</id>
      <repositories><repository><id>built</id><url>file://${BUILT}/java</url></repository></repositories>
    </profile>
  </profiles>
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
      // The module requires the version of the build machine's aws-cdk-lib. The example's aws-cdk-lib has an older one.
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

function only(directory: string, ending: string): string {
  const files = readdirSync(directory).filter((file) => file.endsWith(ending));
  if (files.length !== 1) {
    throw new Error(`${directory} has ${files.length} files that end with ${ending}, not one`);
  }
  return `${directory}/${files[0]}`;
}
