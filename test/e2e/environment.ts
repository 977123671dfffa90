import { devNull } from 'os';
import { join } from 'path';

export const ROOT = join(__dirname, '..', '..');
export const SCRATCH = join(ROOT, '.e2e');
export const LOG = join(SCRATCH, 'moto.log');

export const ACCOUNT = '123456789012'; // moto's own
export const REGION = 'eu-west-1';

/** The user that deploys, and that the roles trust. */
export const TESTER_NAME = 'tester';
export const TESTER = `arn:aws:iam::${ACCOUNT}:user/${TESTER_NAME}`;

/** Rids this process, and all that it starts, of whatever leads to AWS or to credentials for it. */
export function isolate(): void {
  Object.keys(process.env)
    .filter((name) => /^(aws|cdk|moto)_|_proxy$/i.test(name))
    .forEach((name) => delete process.env[name]);
  Object.assign(process.env, {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/** What run.ts has set for the tests. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) { throw new Error(`${name} isn't set: run the tests with npm run test:e2e`); }
  return value;
}
