// Runs every measurement, and prints docs/performance.md; with --write, writes it.
import { execFile } from 'child_process';
import { readdirSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';
import { ofOperations, ofOperationsOnResources } from './characters';
import { Contestant } from './contestants';
import { Compared, report, Runs } from './report';

const execute = promisify(execFile);

/** The programs, which load the oldest AWS CDK that the package supports, and their copies, which load the newest. */
const PROGRAMS = join(__dirname, 'programs');
const NEWEST = join(__dirname, '..', 'newest', 'lib', 'programs');

/**
 * Runs a program in a process of its own for each contestant, in turns.
 *
 * @param groups the contestants of a group run at the same time. The host may become slower or faster within a second,
 * and then does so for all of them.
 */
async function measure(
  program: string, rounds: number, groups: Contestant[][], programs = PROGRAMS,
): Promise<Runs> {
  const runs: Record<Contestant, Record<string, number>[]> = {
    'hand-written': [], 'again': [], 'ours': [], 'floyd': [], 'least': [],
  };
  for (let round = 0; round < rounds; round++) {
    for (const group of inTurn(groups, round)) {
      await Promise.all(inTurn(group, round).map(async (contestant) => {
        const start = performance.now();
        const output = await run(join(programs, program), contestant === 'again' ? 'hand-written' : contestant);
        runs[contestant].push({ process: performance.now() - start, ...JSON.parse(output) });
        process.stderr.write('.');
      }));
    }
  }
  return runs;
}

/** Each is first as often as last. */
function inTurn<T>(all: T[], round: number): T[] {
  return round % 2 === 0 ? all : [...all].reverse();
}

async function run(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [`${program}.js`, ...args], { maxBuffer: 2 ** 30 });
  return stdout;
}

/** Throws where the contestants' policies are not the same. */
async function checkSamePolicies(contestants: Contestant[]): Promise<void> {
  let first: string | undefined;
  for (const contestant of contestants) {
    const policies = await run(join(PROGRAMS, 'synth'), contestant, 'policies');
    if (policies !== (first ??= policies)) {
      throw new Error(`the policies of ${contestant} and ${contestants[0]} differ`);
    }
  }
}

/** Files of aws-cdk-lib that one grant loads, and hand-written statements don't. */
async function modules(): Promise<string[]> {
  const load = async (contestant: Contestant): Promise<string[]> => (
    JSON.parse(await run(join(PROGRAMS, 'load'), contestant, 'modules')));
  const handWritten = await load('hand-written');
  return (await load('ours')).filter((file) => !handWritten.includes(file));
}

/** Runs a program for each contestant alone, for its milliseconds, and at the same time as others, for the ratios. */
async function compare(
  program: string, rounds: number, contestants: Contestant[], groups: Contestant[][], programs = PROGRAMS,
): Promise<Compared> {
  return {
    alone: await measure(program, Math.ceil(rounds / 3), contestants.map((contestant) => [contestant]), programs),
    together: await measure(program, rounds, groups, programs),
  };
}

async function main() {
  const all: Contestant[] = ['hand-written', 'ours', 'floyd'];
  const ofCdk: Contestant[] = ['hand-written', 'ours', 'least'];
  await checkSamePolicies([...all, 'least']);
  const [tarball] = readdirSync('dist/js').filter((file) => file.endsWith('.tgz'));
  const text = report({
    synth: await compare('synth', 24, [...all, 'least'], [['ours', 'least'], ['hand-written', 'again']]),
    newest: await compare('synth', 8, ofCdk, [['ours', 'least']], NEWEST),
    checks: await measure('checks', 10, [['hand-written', 'ours']]),
    grants: await compare('grants', 5, ofCdk, [['hand-written', 'ours']]),
    objects: await compare('objects', 6, all, [['hand-written', 'ours']]),
    load: await measure('load', 15, all.map((contestant) => [contestant])),
    modules: await modules(),
    operations: ofOperations(300),
    onResources: ofOperationsOnResources(300),
    tarball: statSync(join('dist/js', tarball)).size,
  });
  process.stderr.write('\n');
  console.log(text);
  if (process.argv.includes('--write')) {
    writeFileSync('docs/performance.md', text);
  }
}

void main();
