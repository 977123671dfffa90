import { ChildProcess, spawn, SpawnOptions } from 'child_process';

const running = new Set<ChildProcess>();

/** Starts a process in a group of its own, so that it is stopped together with what it started. */
export function start(command: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  running.add(child);
  child.once('error', () => running.delete(child));
  child.once('close', () => running.delete(child));
  return child;
}

/** The exit code of a process; null where a signal ended it. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

/** Ends all that was started and still runs: first by asking, then by force. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(async (child) => {
    const end = ended(child);
    signal(child, 'SIGTERM');
    const force = setTimeout(() => signal(child, 'SIGKILL'), 5_000);
    await end;
    clearTimeout(force);
  }));
}

function signal(child: ChildProcess, name: NodeJS.Signals) {
  try {
    process.kill(-child.pid!, name);
  } catch {
    // It has ended by itself.
  }
}
