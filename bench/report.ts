import { existsSync, readFileSync } from 'fs';
import { arch, cpus, platform, totalmem } from 'os';
import { Contestant } from './contestants';

/** The figures of each run of a program, by contestant, in the order of the runs. */
export type Runs = Readonly<Record<Contestant, Record<string, number>[]>>;

export interface Compared {
  /** One process at a time, as for a user. */
  readonly alone: Runs;

  /** What is compared runs at the same time. */
  readonly together: Runs;
}

export interface Measured {
  readonly synth: Compared;

  /** The same with the newest AWS CDK. */
  readonly newest: Compared;

  /** The synthesis of grants, at the same time: ours with the checks of policies, and hand-written without. */
  readonly checks: Runs;
  readonly grants: Compared;
  readonly objects: Compared;
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
}

/** The whole of docs/performance.md. */
export function report(measured: Measured): string {
  const { synth, newest, checks, grants, objects, load, modules, operations, onResources, tarball } = measured;
  const noise = ratios(synth.together, 'process', 'again', 'hand-written');
  const growth = (contestant: Contestant) => median(grants.together[contestant].map((run) => run[10000] / run[100]));
  const required = median(load.ours.map((run) => run.require));
  const felt = [
    ['one grant, in an app of 100', each(grants.alone, '100', 1000)],
    ['one grant, in an app of 10,000', each(grants.alone, '10000', 1000)],
    ['an app of 1,000 roles with one grant each, from start to end', each(synth.alone, 'process')],
    ['of that, for one role', each(synth.alone, 'process', 1000)],
    ['the same app with the newest AWS CDK', each(newest.alone, 'process')],
    ['a stack with one grant of 500 objects, synthesized', each(objects.alone, 'synth')],
    ['loading the package', { ours: `${one(required)} ms`, floyd: ms(median(load.floyd.map((run) => run.require))) }],
  ] as [string, Partial<Record<Contestant, string>>][];
  const rows: Row[] = [
    ratio('synthesis of 1,000 roles, oldest AWS CDK, over CDK\'s least', 1.10, synth.together, 'process', 'least'),
    ratio('the same, newest AWS CDK', 1.05, newest.together, 'process', 'least'),
    ratio('peak memory of the same, oldest AWS CDK, over CDK\'s least', 1.02, synth.together, 'memory', 'least'),
    {
      what: 'growth: one grant of 10,000 over one of 100, beside that of hand-written statements',
      target: `≤ ${two(growth('hand-written'))}`,
      measured: two(growth('ours')),
      met: growth('ours') <= growth('hand-written'),
    },
    ratio('500 objects with their synthesis, over one hand-written statement', 1.5, objects.together, 'synth',
      'hand-written'),
    ratio('synthesis of 1,000 roles with `ElastiCachePolicyChecks`, over that without', 1.1, checks, 'synth',
      'hand-written'),
    {
      what: '`require`, where `aws-cdk-lib/aws-iam` is loaded',
      target: '≤ 5 ms',
      measured: `${one(required)} ms`,
      met: required <= 5,
    },
    characters(
      `characters of a policy, over those of the smallest: ${operations.length} random sets of operations, `
        + 'largest ratio',
      operations,
      '≤ 1',
    ),
    characters(`the same, of ${onResources.length} random sets on resources`, onResources, ''),
    {
      what: 'packed tarball',
      target: '',
      measured: `${Math.round(tarball / 1000)} kB`,
      met: undefined,
    },
  ];

  const [{ model }] = cpus();
  const versions = ['aws-cdk-lib', 'newest/aws-cdk-lib', 'constructs', 'cdk-iam-floyd', 'tinybench'].map((name) => (
    `${name.replace('newest/', 'and ')} ${versionOf(name)}`));
  return `# Performance

What a grant costs at synthesis. It costs nothing at run time. \`npm run bench -- --write\` measures, and writes this
file.

| What | this library | by hand | CDK's least | cdk-iam-floyd |
|---|---|---|---|---|
${felt.map(([what, by]) => (
  `| ${what} | ${by.ours ?? ''} | ${by['hand-written'] ?? ''} | ${by.least ?? ''} | ${by.floyd ?? ''} |`)).join('\n')}

By hand means \`iam.PolicyStatement\`s. CDK's least is an empty \`Construct\`, and CDK's own \`Grant\` for each
statement, combined into one: every construct that returns a \`Grant\` does at least this. All make the same policies,
which the benchmark checks first. The time of one grant grows with the app, whoever makes it, because the garbage
collector visits all of CDK's constructs.

## Targets

| What | Target | Measured | Met |
|---|---|---|---|
${rows.map(({ what, target, measured: found, met }) => (
  `| ${what} | ${target} | ${found} | ${metText(met)} |`)).join('\n')}

Files of \`aws-cdk-lib\` that one grant loads and hand-written statements don't: ${
  modules.length === 0 ? 'none' : modules.map((file) => `\`${file}\``).join(', ')}.

In parentheses is the middle half of the pairs of runs. Hand-written statements compared with themselves, in the same
runs, gave ${spread(noise)}${noisy(noise) ? ': this machine was noisy, and smaller differences mean little' : ''}.

Measured with Node.js ${process.versions.node}, ${versions.join(', ')};
${platform()} ${arch()}, ${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB of memory.

## How

- Unless the row has other numbers, a grant is for two operations on \`*\` and two snapshot objects. Roles are made
  before the timer starts.
- Each figure is a median of processes. Those of the first table run one at a time, in turns. A ratio is that of two
  processes that run at the same time, so that a host that becomes slower slows both. Within a process, tinybench takes
  the median of many iterations.
- The package is the packed one. \`aws-cdk-lib\` is the oldest that it supports, unless the row says otherwise: newer
  ones validate what they synthesize, which takes longer than all the rest.
- \`@aws-cdk/aws-iam:minimizePolicies\` is on, as in new apps. The app has the context that the CDK CLI gives to each
  app: templates have the paths of constructs, and CDK's own metadata.
- The smallest policy is found by trying every way to divide the permissions into statements, without a wildcard in an
  action.
`;
}

/** The median of each contestant, in milliseconds. */
function each(runs: Runs, key: string, divisor = 1): Partial<Record<Contestant, string>> {
  const contestants: Contestant[] = ['ours', 'hand-written', 'least', 'floyd'];
  return Object.fromEntries(contestants
    .filter((contestant) => runs[contestant].length > 0)
    .map((contestant) => [contestant, ms(median(runs[contestant].map((run) => run[key])) / divisor)]));
}

function ms(value: number): string {
  return value >= 100 ? `${Math.round(value).toLocaleString('en')} ms` : `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

/** A row of the ratio to another contestant. */
function ratio(what: string, target: number, runs: Runs, key: string, other: Contestant): Row {
  const ours = ratios(runs, key, 'ours', other);
  return { what, target: `≤ ${two(target)}`, measured: spread(ours), met: median(ours) <= target };
}

function characters(what: string, found: number[], target: string): Row {
  const worst = Math.max(...found);
  const measured = `${three(worst)} (median ${three(median(found))})`;
  return { what, target, measured, met: target === '' ? undefined : worst <= 1 };
}

function ratios(runs: Runs, key: string, contestant: Contestant, other: Contestant): number[] {
  return runs[contestant].map((run, round) => run[key] / runs[other][round][key]);
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
  const [newest, bare] = /^newest\/(.*)$/.exec(name) ?? [];
  const folders = newest ? ['.bench/newest/node_modules'] : ['.bench/node_modules', 'node_modules'];
  const paths = folders.map((folder) => `${folder}/${bare ?? name}/package.json`);
  return JSON.parse(readFileSync(paths.find((path) => existsSync(path))!, 'utf8')).version;
}

const one = (value: number) => value.toFixed(1);
const two = (value: number) => value.toFixed(2);
const three = (value: number) => value.toFixed(3);
