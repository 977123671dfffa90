import { mkdirSync, mkdtempSync, rmSync } from 'fs';
import { constants, tmpdir } from 'os';
import { join } from 'path';

/** A later run in the same process has the same folder, since the AWS CDK remembers the path. */
let folder: string | undefined;

/**
 * What jest does before all tests: gives the run, with all processes that it starts, an empty folder for temporary
 * files, which is
 * removed when jest ends. The AWS CDK removes what it leaves there only at the end of a process, which the process that
 * jest shows
 * to a test never reaches.
 */
export default function useTemporaryFolder(): void {
  if (folder) {
    remove();
    mkdirSync(folder);
    return;
  }
  folder = mkdtempSync(join(tmpdir(), 'cdk-elasticache-grants-'));
  // The second and the third are those of Windows.
  ['TMPDIR', 'TEMP', 'TMP'].forEach((name) => { process.env[name] = folder; });
  process.once('exit', remove);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => process.exit(128 + constants.signals[name]));
  }
}

function remove() {
  rmSync(folder!, { recursive: true, force: true, maxRetries: 5 });
}
