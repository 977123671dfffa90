// Runs every measurement, and prints docs/performance.md; with --write, writes it.
import { spawnSync } from 'child_process';
import { readdirSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ofOperations, ofOperationsOnResources } from './characters';
import { Contestant } from './contestants';
import { report, Runs } from './report';

/** The programs, which load the oldest AWS CDK that the package supports, and their copies, which load the newest. */
const PROGRAMS = join(__dirname, 'programs');
const NEWEST = join(__dirname, '..', 'newest', 'lib', 'programs');

/** Runs a program in a process of its own for each contestant in turn, so that a slow machine slows all of them. */
function measure(program: string, rounds: number, contestants: Contestant[], programs = PROGRAMS): Runs {
  const runs: Record<Contestant, Record<string, number>[]> = {
    'hand-written': [], 'again': [], 'ours': [], 'floyd': [], 'least': [],
  };
  for (let round = 0; round < rounds; round++) {
    // Each contestant runs first as often as last.
    for (const contestant of round % 2 === 0 ? contestants : [...contestants].reverse()) {
      const start = performance.now();
      const output = run(join(programs, program), contestant === 'again' ? 'hand-written' : contestant);
      runs[contestant].push({ process: performance.now() - start, ...JSON.parse(output) });
      process.stderr.write('.');
    }
  }
  return runs;
}

function run(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${program}.js`, ...args], {
    encoding: 'utf8', maxBuffer: 2 ** 30,
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`);
  }
  return stdout;
}

/** Throws where the contestants' policies are not the same. */
function checkSamePolicies(contestants: Contestant[]): void {
  const [first, ...rest] = contestants.map((contestant) => run(join(PROGRAMS, 'synth'), contestant, 'policies'));
  rest.forEach((policies, index) => {
    if (policies !== first) {
      throw new Error(`the policies of ${contestants[index + 1]} and ${contestants[0]} differ`);
    }
  });
}

/** Files of aws-cdk-lib that one grant loads, and hand-written statements don't. */
function modules(): string[] {
  const [ours, handWritten]: string[][] = ['ours', 'hand-written'].map((contestant) => (
    JSON.parse(run(join(PROGRAMS, 'load'), contestant, 'modules'))));
  return ours.filter((file) => !handWritten.includes(file));
}

const all: Contestant[] = ['hand-written', 'ours', 'floyd'];
checkSamePolicies([...all, 'least']);
const [tarball] = readdirSync('dist/js').filter((file) => file.endsWith('.tgz'));
const text = report({
  // Those that are compared run one after the other, since the machine may become slower or faster meanwhile.
  synth: measure('synth', 12, ['floyd', 'ours', 'least', 'hand-written', 'again']),
  newest: measure('synth', 6, ['ours', 'least', 'hand-written'], NEWEST),
  checks: measure('checks', 8, ['hand-written', 'ours']),
  grants: measure('grants', 3, ['hand-written', 'ours', 'least']),
  objects: measure('objects', 3, all),
  load: measure('load', 15, all),
  modules: modules(),
  operations: ofOperations(300),
  onResources: ofOperationsOnResources(300),
  tarball: statSync(join('dist/js', tarball)).size,
});
process.stderr.write('\n');
console.log(text);
if (process.argv.includes('--write')) {
  writeFileSync('docs/performance.md', text);
}
