// Installs what the tests need, starts the emulator, and runs the tests against it.
import { mkdirSync, rmSync } from 'fs';
import { constants } from 'os';
import { join } from 'path';
import { isolate, LOG, ROOT, SCRATCH } from './environment';
import { createTester, logged, startMoto } from './moto';
import { ended, start, stopAll } from './processes';
import { installPython } from './python';

async function main(): Promise<number> {
  mkdirSync(SCRATCH, { recursive: true });
  rmSync(LOG, { force: true });
  const programs = await installPython(join(SCRATCH, 'venv'));
  isolate();

  const endpoint = await startMoto(join(programs, 'python'), LOG);
  const { accessKeyId, secretAccessKey } = await createTester(endpoint);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    E2E_PROGRAMS: programs,
  });

  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const config = join(__dirname, 'jest.config.json');
  const args = [jest, '--ci', '--runInBand', '--config', config, ...process.argv.slice(2)];
  const code = await ended(start(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] }));
  return code ?? 1;
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => void stopAll().then(() => process.exit(128 + constants.signals[name])));
}

void main()
  .catch((error: Error) => {
    console.error(`end-to-end tests: ${error.message}`);
    return 1;
  })
  .then(async (code) => {
    await stopAll();
    if (code !== 0) {
      console.error(logged(LOG));
    }
    process.exitCode = code;
  });
