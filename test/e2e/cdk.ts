import { spawn } from 'child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'fs';
import { join, relative } from 'path';
import { ACCOUNT, REGION, ROOT, SCRATCH, setting } from './environment';
import { ended } from './processes';

const BIN = join(ROOT, 'node_modules', '.bin');

/** Long enough for any deployment here. */
export const DEPLOYMENT = 120_000;

/** Prepares the account for deployments, as any that CDK deploys to. */
export async function bootstrap(): Promise<void> {
  await cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], ROOT, 'bootstrap');
}

/**
 * Deploys the only stack of an app with the AWS CDK's command line.
 *
 * @param directory where the app is, and where its cdk.json may be
 * @returns the stack's outputs
 */
export async function deploy(directory: string, app: string): Promise<Record<string, string>> {
  const name = nameOf(directory, app);
  const outputs = join(SCRATCH, `${name}.outputs.json`);
  await cdk([
    'deploy', '--all',
    '--app', runner(app),
    '--require-approval', 'never',
    // Moto gives no outputs to a stack that is made by a change set.
    '--method', 'direct',
    // Moto doesn't know the previous value of a parameter that has a default.
    '--no-previous-parameters',
    '--outputs-file', outputs,
  ], directory, name);
  return only(Object.values(JSON.parse(readFileSync(outputs, 'utf8'))));
}

/** Deletes the only stack of an app. */
export async function destroy(directory: string, app: string): Promise<void> {
  await cdk(['destroy', '--all', '--force', '--app', runner(app)], directory, nameOf(directory, app));
}

/** The template of the only stack of an app. */
export async function synthesize(directory: string, app: string): Promise<any> {
  const name = nameOf(directory, app);
  await cdk(['synth', '--quiet', '--app', runner(app)], directory, name);
  const out = join(SCRATCH, `${name}.out`);
  return JSON.parse(
    readFileSync(join(out, only(readdirSync(out).filter((file) => file.endsWith('.template.json')))), 'utf8'),
  );
}

function runner(app: string): string {
  return `"${join(BIN, 'tsx')}" --tsconfig "${join(ROOT, 'tsconfig.dev.json')}" ${app}`;
}

function nameOf(directory: string, app: string): string {
  return relative(ROOT, join(directory, app.split(' ')[0])).replace(/\W+/g, '-');
}

function only<T>(items: T[]): T {
  if (items.length !== 1) { throw new Error(`there is one stack in an app of these tests, not ${items.length}`); }
  return items[0];
}

async function cdk(args: string[], directory: string, name: string) {
  const out = join(SCRATCH, `${name}.out`);
  rmSync(out, { recursive: true, force: true });
  const home = join(SCRATCH, 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn(join(BIN, 'cdk'), [...args, '--output', out, '--no-notices', '--no-version-reporting'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEPLOYMENT,
    env: {
      ...process.env,
      CI: 'true',
      // Without the settings and the cache of whoever runs this.
      HOME: home,
      CDK_HOME: join(home, '.cdk'),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: 'true',
      // CloudFormation reads templates from S3 by address, and moto finds the bucket in the path only where the host is
      // this.
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: setting('AWS_ENDPOINT_URL').replace('127.0.0.1', 'localhost'),
    },
  });
  let printed = '';
  child.stdout!.on('data', (text) => { printed += text; });
  child.stderr!.on('data', (text) => { printed += text; });
  const code = await ended(child);
  if (code !== 0) { throw new Error(`cdk ${args.join(' ')} ended with ${code}:\n${printed}`); }
}
