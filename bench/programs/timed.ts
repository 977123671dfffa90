/** Code to time, and code to run before and after each iteration that isn't timed. */
export interface Timed {
  readonly iterations: number;
  prepare(): void;
  run(): void;
  tidy?(): void;
}

/** The median, in milliseconds. */
export async function median({ iterations, prepare, run, tidy }: Timed): Promise<number> {
  const { Bench } = await import('tinybench');
  const bench = new Bench({
    iterations, time: 0, warmupIterations: Math.ceil(iterations / 4), warmupTime: 0, throws: true,
  });
  bench.add('timed', run, { beforeEach: prepare, afterEach: tidy });
  const [{ result }] = await bench.run();
  if (result.state !== 'completed') {
    throw new Error(`the measurement ended as ${result.state}`);
  }
  return result.latency.p50;
}
