import { closeSync, existsSync, openSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { REGION, TESTER_NAME } from './environment';
import { start } from './processes';

const STARTED = /Running on (http:\/\/127\.0\.0\.1:\d+)/;
const PATIENCE = 60_000;

/** The calls that moto answers before it enforces anything: those that make the tester. */
const UNCHECKED_CALLS = 3;

/** Starts moto's server, with IAM enforced for all but the first calls. */
export async function startMoto(python: string, log: string): Promise<string> {
  const file = openSync(log, 'w');
  const server = start(python, [join(__dirname, 'server.py')], {
    // The pipe is never written to: its end tells the server that this process has ended.
    stdio: ['pipe', file, file],
    env: {
      ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: String(UNCHECKED_CALLS), PYTHONUNBUFFERED: '1', NO_COLOR: '1',
    },
  });
  closeSync(file);

  for (const end = Date.now() + PATIENCE; Date.now() < end && server.exitCode === null && server.signalCode === null;) {
    const endpoint = STARTED.exec(readFileSync(log, 'utf8'))?.[1];
    if (endpoint) { return endpoint; }
    await sleep(50);
  }
  throw new Error(server.exitCode === null
    ? `moto's server didn't start within ${PATIENCE / 1000} s`
    : `moto's server ended with ${server.exitCode}`);
}

/** Makes the user that all else is done by, and that may do anything. */
export async function createTester(endpoint: string): Promise<{
  readonly accessKeyId: string; readonly secretAccessKey: string;
}> {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unchecked' };
  const iam = new IAMClient({ endpoint, region: REGION, credentials, maxAttempts: 1 });
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

  await iam.send(new CreateUserCommand({ UserName: TESTER_NAME }));
  await iam.send(new PutUserPolicyCommand({
    UserName: TESTER_NAME, PolicyName: 'Everything', PolicyDocument: JSON.stringify(everything),
  }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: TESTER_NAME }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** The end of what the server printed, if it was started, but for the calls that it answered or denied. */
export function logged(log: string): string {
  if (!existsSync(log)) { return ''; }
  const lines = readFileSync(log, 'utf8').split('\n').filter((line) => !/" (200|403) -$/.test(line));
  return `\nThe end of ${log}, without answers 200 and 403:\n${lines.slice(-100).join('\n')}`;
}
