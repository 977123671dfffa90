// Makes what a release publishes in a clone of the last commit: the version, the changelog, the tag, the npm package,
// and the sources of the packages for the other languages. Publishing, and the tag on the server, need credentials.
import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

// Not below this folder: the tool that changes the version skips what a .gitignore above it excludes.
const WORK = mkdtempSync(join(tmpdir(), 'release-'));
const CLONE = `${WORK}/clone`;
const OUT = `${WORK}/packages`;
const LANGUAGES = ['python', 'java', 'dotnet', 'go'];

try {
  main();
} finally {
  rmSync(WORK, { recursive: true, force: true });
}

function main() {
  run(WORK, 'git', 'clone', '--quiet', '--no-hardlinks', resolve('.'), CLONE);
  symlinkSync(resolve('node_modules'), `${CLONE}/node_modules`);

  run(CLONE, 'npx', 'projen', 'bump');
  const version = readFileSync(`${CLONE}/dist/version.txt`, 'utf8').trim();
  const tag = readFileSync(`${CLONE}/dist/releasetag.txt`, 'utf8').trim();
  const changelog = readFileSync(`${CLONE}/dist/changelog.md`, 'utf8').trim();
  check(tag === `v${version}` && version !== '0.0.0', `the version is ${version} and the tag ${tag}`);
  check(/^\* /m.test(changelog), `the changelog lists no change: ${changelog}`);

  run(CLONE, 'npx', 'projen', 'compile');
  run(CLONE, 'npx', 'jsii-rosetta', 'extract', '--strict');
  const pacmak = ['jsii-pacmak', '--outdir', OUT, '--rosetta-unknown-snippets=fail'];
  run(CLONE, 'npx', ...pacmak, '--targets', 'js');
  run(CLONE, 'npx', ...pacmak, '--code-only', '--targets', ...LANGUAGES);
  const [tarball] = readdirSync(`${OUT}/js`).filter((file) => file.endsWith('.tgz'));
  const packed = JSON.parse(execFileSync('tar', ['-xOf', `${OUT}/js/${tarball}`, 'package/package.json'], {
    encoding: 'utf8',
  }));
  check(packed.version === version, `the npm package has the version ${packed.version}, not ${version}`);
  check(packed.stability === 'experimental', `the npm package is marked ${packed.stability}`);
  LANGUAGES.forEach((language) => check(existsSync(`${OUT}/${language}`), `there is no package for ${language}`));

  run(CLONE, 'npx', 'projen', 'unbump');
  run(CLONE, 'git', 'diff', '--ignore-space-at-eol', '--exit-code');
  console.log(`\n${tag}: ${tarball} and packages for ${LANGUAGES.join(', ')}, with this changelog:\n\n${changelog}`);
}

function check(holds: boolean, problem: string) {
  if (!holds) {
    throw new Error(`the release is not right: ${problem}`);
  }
}

function run(directory: string, command: string, ...args: string[]) {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  execFileSync(command, args, { cwd: directory, stdio: ['ignore', 'inherit', 'inherit'] });
}
