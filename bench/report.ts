import { existsSync, readFileSync } from 'fs';
import { arch, cpus, platform, totalmem } from 'os';
import { Contestant } from './contestants';

/** The figures of each run of a program, by contestant, in the order of the runs. */
export type Runs = Readonly<Record<Contestant, Record<string, number>[]>>;

export interface Measured {
  readonly synth: Runs;

  /** The synthesis of grants: ours with the checks of policies, and hand-written without. */
  readonly checks: Runs;
  readonly grants: Runs;
  readonly objects: Runs;
  readonly load: Runs;

  /** Files of aws-cdk-lib that a grant loads and hand-written statements don't. */
  readonly modules: string[];

  /** The size of our policy over that of the smallest, in ascending order. */
  readonly operations: number[];
  readonly onResources: number[];
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
  const { synth, checks, grants, objects, load, modules, operations, onResources, tarball } = measured;
  const each = (count: number, contestant: Contestant = 'ours') => (
    median(grants[contestant].map((run) => run[count] / run[100])));
  const ready = median(load.ours.map((run) => run.ready));
  const required = median(load.ours.map((run) => run.require));
  const noise = ratios(synth, 'process', 'again');
  const rows: Row[] = [
    timed('synth of 1,000 roles with one grant each, whole process', 1.05, synth, 'process'),
    timed('the same, in processor time', undefined, synth, 'cpu'),
    timed('synthesis of 1,000 roles with `ElastiCachePolicyChecks`, over that without', 1.1, checks, 'synth'),
    {
      what: 'time of one grant of 10,000, over that of one of 100',
      target: '≤ 1.2',
      measured: two(each(10000)),
      met: each(10000) <= 1.2,
      least: two(each(10000, 'least')),
    },
    figure('the same of hand-written statements', two(each(10000, 'hand-written'))),
    figure(
      'time of one grant of 10, and of one of 1,000, over that of one of 100',
      `${two(each(10))}; ${two(each(1000))}`,
    ),
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
      what: "files of `aws-cdk-lib` that one grant loads and hand-written statements don't",
      target: 'none unused',
      measured: modules.length === 0 ? 'none' : modules.map((file) => `\`${file}\``).join(', '),
      met: undefined,
    },
    timed('peak memory of the synth of 1,000 roles', 1.05, synth, 'memory'),
    characters(
      `characters of a policy, over those of the smallest: ${operations.length} random sets of operations, `
        + 'largest ratio',
      operations,
      '≤ 1',
    ),
    characters(`the same, of ${onResources.length} random sets on resources`, onResources, ''),
    {
      what: 'packed tarball',
      target: '≤ 150 kB',
      measured: `${Math.round(tarball / 1000)} kB`,
      met: tarball <= 150_000,
    },
  ];

  const [{ model }] = cpus();
  const versions = ['aws-cdk-lib', 'constructs', 'cdk-iam-floyd', 'tinybench'].map((name) => (
    `${name} ${versionOf(name)}`));
  return `# Performance

What a grant costs, compared in one run with \`iam.PolicyStatement\`s that are written by hand, and with
[cdk-iam-floyd](https://github.com/udondan/iam-floyd). All make the same policies, which the benchmark checks first.
Figures without a unit are ratios to hand-written statements. \`npm run bench -- --write\` measures, and writes this
file.

| What | Target | Measured | Met | CDK's least | cdk-iam-floyd |
|---|---|---|---|---|---|
${rows.map(({ what, target, measured: found, met, least = '', floyd = '' }) => (
  `| ${what} | ${target} | ${found} | ${metText(met)} | ${least} | ${floyd} |`)).join('\n')}

CDK's least is an empty \`Construct\`, and CDK's own \`Grant\` for each statement, combined into one. Every construct
that returns a \`Grant\` does at least this. The time of one grant of 10,000 grows because the garbage collector visits
all of CDK's constructs. The time of hand-written statements grows no less.

Without synthesis, 500 objects are compared with one statement that is too long for IAM. A grant splits the statements
into managed policies, and to make these constructs already takes longer than the target allows.

In parentheses is the middle half of the pairs of runs. Hand-written statements compared with themselves, in the same
runs, gave ${spread(noise)}${noisy(noise) ? ': this machine was noisy, and smaller differences mean little' : ''}.

Measured with Node.js ${process.versions.node}, ${versions.join(', ')};
${platform()} ${arch()}, ${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory.

## How

- Unless the row has other numbers, a grant is for two operations on \`*\` and two snapshot objects. Roles are made
  before the timer starts.
- Each figure is a median of processes that run one after the other, in turns. A ratio is that of two runs of one turn.
  Within a process, tinybench takes the median of many iterations.
- The package is the packed one. \`aws-cdk-lib\` is the oldest that it supports: newer ones validate what they
  synthesize, which takes longer than all the rest, and brings ratios nearer to 1.
- \`@aws-cdk/aws-iam:minimizePolicies\` is on, as in new apps.
- The smallest policy is found by trying every way to divide the permissions into statements, without a wildcard in an
  action.
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

/** A row without a target. */
function figure(what: string, measured: string): Row {
  return { what, target: '', measured, met: undefined };
}

function characters(what: string, found: number[], target: string): Row {
  const worst = Math.max(...found);
  const measured = `${three(worst)} (median ${three(median(found))})`;
  return { what, target, measured, met: target === '' ? undefined : worst <= 1 };
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
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position - Math.floor(position));
}

function versionOf(name: string): string {
  const paths = ['.bench/node_modules', 'node_modules'].map((folder) => `${folder}/${name}/package.json`);
  return JSON.parse(readFileSync(paths.find((path) => existsSync(path))!, 'utf8')).version;
}

const one = (value: number) => value.toFixed(1);
const two = (value: number) => value.toFixed(2);
const three = (value: number) => value.toFixed(3);
