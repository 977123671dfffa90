import { existsSync, readFileSync } from 'fs';
import { arch, cpus, platform, totalmem } from 'os';
import type { Contestant } from './contestants';

/** What each run of a program measured, by contestant, in the order of the runs. */
export type Runs = Readonly<Record<Contestant, Record<string, number>[]>>;

export interface Measured {
  readonly synth: Runs;
  readonly grants: Runs;
  readonly objects: Runs;
  readonly load: Runs;

  /** Files of aws-cdk-lib that a grant loads and hand-written statements don't. */
  readonly modules: string[];

  /** Our characters over the smallest policy's, in ascending order. */
  readonly operations: number[];
  readonly narrowed: number[];
  readonly tarball: number;
}

interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean | undefined;
  readonly least?: string;
  readonly floyd?: string;
}

/** The whole of docs/performance.md. */
export function report(measured: Measured): string {
  const { synth, grants, objects, load, modules, operations, narrowed, tarball } = measured;
  const each = (count: number, contestant: Contestant = 'ours') => median(grants[contestant].map((run) => run[count] / run[100]));
  const ready = median(load.ours.map((run) => run.ready));
  const required = median(load.ours.map((run) => run.require));
  const noise = ratios(synth, 'process', 'again');
  const rows: Row[] = [
    timed('synth of 1,000 roles with one grant each, whole process', 1.05, synth, 'process'),
    timed('the same, in processor time', undefined, synth, 'cpu'),
    {
      what: 'time of one grant of 10,000, over that of one of 100',
      target: '≤ 1.2',
      measured: two(each(10000)),
      met: each(10000) <= 1.2,
      least: two(each(10000, 'least')),
    },
    { what: 'the same of hand-written statements', target: '', measured: two(each(10000, 'hand-written')), met: undefined },
    { what: 'time of one grant of 10, and of one of 1,000, over that of one of 100', target: '', measured: `${two(each(10))}; ${two(each(1000))}`, met: undefined },
    timed('one grant of 1,000', undefined, grants, '1000'),
    timed('grant of 500 objects', 2, objects, 'grant'),
    timed('the same, with the synthesis of its stack', 2, objects, 'synth'),
    {
      what: '`require`, where `aws-cdk-lib/aws-iam` is loaded',
      target: '≤ 5 ms',
      measured: `${one(required)} ms`,
      met: required <= 5,
      floyd: `${one(median(load.floyd.map((run) => run.require)))} ms`,
    },
    {
      what: 'the same, with the classes that a grant uses',
      target: '',
      measured: `${one(ready)} ms`,
      met: undefined,
      floyd: `${one(median(load.floyd.map((run) => run.ready)))} ms`,
    },
    {
      what: 'files of `aws-cdk-lib` that one grant loads and hand-written statements don\'t',
      target: 'none unused',
      measured: modules.length === 0 ? 'none' : modules.map((file) => `\`${file}\``).join(', '),
      met: undefined,
    },
    timed('peak memory of the synth of 1,000 roles', 1.05, synth, 'memory'),
    characters(`characters of a policy, over those of the smallest: ${operations.length} random sets of operations, the largest ratio`, operations, '≤ 1'),
    characters(`the same, of ${narrowed.length} random sets narrowed to resources`, narrowed, ''),
    { what: 'packed tarball', target: '≤ 150 kB', measured: `${Math.round(tarball / 1000)} kB`, met: tarball <= 150_000 },
  ];

  const [{ model }] = cpus();
  return `# Performance

What a grant costs, compared in one run with \`iam.PolicyStatement\`s that are written by hand, and with
[cdk-iam-floyd](https://github.com/udondan/iam-floyd), which say the same: the templates' policies are compared first. Figures without a unit are
ratios to hand-written statements. \`npm run bench -- --write\` measures, and writes this file.

| What | Target | Measured | Met | CDK's least | cdk-iam-floyd |
|---|---|---|---|---|---|
${rows.map(({ what, target, measured: figure, met, least = '', floyd = '' }) => (
  `| ${what} | ${target} | ${figure} | ${metText(met)} | ${least} | ${floyd} |`)).join('\n')}

CDK's least is an empty \`Construct\`, and CDK's own \`Grant\` for each statement, combined into one: what no construct that returns a \`Grant\`
does without. What it leaves of a target is all that is ours to spend. The time of one grant of 10,000 grows because of the garbage collector,
which has all of CDK's constructs to go through; that of hand-written statements grows no less.

Without synthesis, 500 objects are compared with one statement, of a length that IAM refuses. Ours are cut to fit managed policies, and to make
these constructs alone takes longer than the target allows.

In brackets is the middle half of the pairs of runs. Hand-written statements compared with themselves, in the same runs, gave ${spread(noise)}${
  noisy(noise) ? ': this machine was noisy, and times that differ by less say little' : ''
}.

Measured with Node.js ${process.versions.node}, ${['aws-cdk-lib', 'constructs', 'cdk-iam-floyd', 'tinybench'].map((name) => `${name} ${versionOf(name)}`).join(', ')};
${platform()} ${arch()}, ${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory.

## How

- A grant, where nothing else is said, is for two operations on \`*\` and two snapshot objects. Roles are there before what is timed of a grant begins.
- Each figure is a median of processes that run one after the other, the contestants taking turns; a ratio is that of two runs of one turn. Within a
  process, tinybench takes the median of many.
- The package is the packed one. \`aws-cdk-lib\` is the oldest that it supports: newer ones validate what they synthesize, which takes
  longer than all the rest, and brings ratios nearer to 1.
- \`@aws-cdk/aws-iam:minimizePolicies\` is on, as in new apps.
- The smallest policy is found by trying every way to divide the permissions into statements, without a wildcard in an action.
`;
}

/** A row of the ratio to hand-written statements. */
function timed(what: string, target: number | undefined, runs: Runs, key: string): Row {
  const ours = ratios(runs, key, 'ours');
  return {
    what,
    target: target === undefined ? '' : `≤ ${target}`,
    measured: spread(ours),
    met: target === undefined ? undefined : median(ours) <= target,
    least: runs.least.length > 0 ? spread(ratios(runs, key, 'least')) : undefined,
    floyd: runs.floyd.length > 0 ? spread(ratios(runs, key, 'floyd')) : undefined,
  };
}

function characters(what: string, found: number[], target: string): Row {
  const worst = Math.max(...found);
  return { what, target, measured: `${three(worst)} (median ${three(median(found))})`, met: target === '' ? undefined : worst <= 1 };
}

function ratios(runs: Runs, key: string, contestant: Contestant): number[] {
  return runs[contestant].map((run, round) => run[key] / runs['hand-written'][round][key]);
}

function metText(met: boolean | undefined): string {
  if (met === undefined) { return ''; }
  return met ? 'yes' : '**missed**';
}

function spread(values: number[]): string {
  return `${two(median(values))} (${two(quantile(values, 0.25))} to ${two(quantile(values, 0.75))})`;
}

function noisy(values: number[]): boolean {
  return quantile(values, 0.75) - quantile(values, 0.25) > 0.05;
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place - Math.floor(place));
}

function versionOf(name: string): string {
  const path = [`.bench/node_modules/${name}/package.json`, `node_modules/${name}/package.json`].find((each) => existsSync(each));
  return JSON.parse(readFileSync(path!, 'utf8')).version;
}

const one = (value: number) => value.toFixed(1);
const two = (value: number) => value.toFixed(2);
const three = (value: number) => value.toFixed(3);
