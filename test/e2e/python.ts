import { spawnSync } from 'child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ended, start } from './processes';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const OLDEST = [3, 11];

/**
 * A virtual environment with what requirements.txt lists. It is made anew when the list or Python's version has
 * changed, or when it wasn't made to the end.
 *
 * @returns its folder of programs
 */
export async function installPython(directory: string): Promise<string> {
  const python = process.env.PYTHON ?? 'python3';
  const version = versionOf(python);
  const stamp = join(directory, 'stamp');
  const wanted = `${version}\n${readFileSync(REQUIREMENTS, 'utf8')}`;
  const programs = join(directory, 'bin');

  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    rmSync(directory, { recursive: true, force: true });
    await run(python, ['-m', 'venv', directory], "install Python's venv module (python3-venv on Debian)");
    const options = ['--quiet', '--no-input', '--disable-pip-version-check'];
    const install = ['-m', 'pip', 'install', ...options, '-r', REQUIREMENTS];
    await run(join(programs, 'python'), install, 'see what pip printed');
    writeFileSync(stamp, wanted);
  }
  return programs;
}

function versionOf(python: string): string {
  const program = 'import sys; print("%d.%d.%d" % sys.version_info[:3])';
  const { stdout, error } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
  const remedy = `install Python ${OLDEST.join('.')} or later, or name it in the variable PYTHON`;
  if (error || !stdout.trim()) {
    throw new Error(`${JSON.stringify(python)} doesn't run: ${remedy}`);
  }
  const [major, minor] = stdout.split('.').map(Number);
  if (major !== OLDEST[0] || minor < OLDEST[1]) {
    throw new Error(`${JSON.stringify(python)} is Python ${stdout.trim()}: ${remedy}`);
  }
  return stdout.trim();
}

async function run(command: string, args: string[], remedy: string) {
  const code = await ended(start(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }));
  if (code !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${code}: ${remedy}`);
  }
}
