import { mkdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ACCOUNT, REGION, ROOT, SCRATCH } from './environment';
import { ended, start } from './processes';

const BIN = join(ROOT, 'node_modules', '.bin');

/** Prepares the account for deployments, as in any account that CDK deploys to. */
export async function bootstrap(): Promise<void> {
  await cdk(['bootstrap', `aws://${ACCOUNT}/${REGION}`], ROOT, 'bootstrap');
}

/**
 * Deploys a stack of an app with the AWS CDK's command line.
 *
 * @param directory where the app is run, and where its cdk.json may be
 * @returns the stack's outputs
 */
export async function deploy(directory: string, app: string, stack: string, context: Record<string, string> = {}): Promise<Record<string, string>> {
  const outputs = join(SCRATCH, `${stack}.outputs.json`);
  await cdk([
    'deploy', stack,
    '--app', `"${join(BIN, 'tsx')}" --tsconfig "${join(ROOT, 'tsconfig.dev.json')}" ${app}`,
    ...Object.entries(context).flatMap(([key, value]) => ['--context', `${key}=${value}`]),
    '--require-approval', 'never',
    // Moto gives no outputs to a stack that is made by a change set.
    '--method', 'direct',
    '--outputs-file', outputs,
  ], directory, stack);
  return JSON.parse(readFileSync(outputs, 'utf8'))[stack];
}

async function cdk(args: string[], directory: string, name: string) {
  const home = join(SCRATCH, 'home');
  mkdirSync(home, { recursive: true });
  const child = start(join(BIN, 'cdk'), [...args, '--output', join(SCRATCH, `${name}.out`), '--no-notices', '--no-version-reporting'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CI: 'true',
      // Without the settings and the cache of whoever runs this.
      HOME: home,
      CDK_HOME: join(home, '.cdk'),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: 'true',
      // CloudFormation reads templates from S3 by address, and moto finds the bucket in the path only where the host is this.
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: process.env.AWS_ENDPOINT_URL!.replace('127.0.0.1', 'localhost'),
    },
  });
  let printed = '';
  child.stdout!.on('data', (text) => { printed += text; });
  child.stderr!.on('data', (text) => { printed += text; });
  const code = await ended(child);
  if (code !== 0) { throw new Error(`cdk ${args.join(' ')} ended with ${code}:\n${printed}`); }
}
