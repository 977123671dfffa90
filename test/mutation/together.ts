import { readdirSync } from 'fs';
import { basename, join } from 'path';

/** They test what isn't mutated, or repeat other tests at length: leaving them out can only lower the score. */
const LEFT_OUT_FILES = ['catalog', 'evaluator', 'examples', 'lint', 'nag', 'pipeline'].map((name) => `${name}.test.ts`);
const LEFT_OUT_TESTS = /as few .*policies as possible/;

let failed = false;

/** For a mutant, no test runs after the first that fails: jest goes on to the end of a file. */
function bailing(run: (...args: any[]) => unknown) {
  return async (...args: any[]) => {
    if (failed && process.env.__STRYKER_ACTIVE_MUTANT__) { return; }
    try {
      await run(...args);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
}

const { each } = test;
const plain = test;
const bailingTest: any = (name: string, run: () => unknown, timeout?: number) => plain(name, bailing(run), timeout);
bailingTest.each = (...table: any[]) => (name: string, run: (...args: any[]) => unknown, timeout?: number) => {
  if (!LEFT_OUT_TESTS.test(name)) {
    (each as any)(...table)(name, bailing(run), timeout);
  }
};
(globalThis as any).test = bailingTest;

const TESTS = join(__dirname, '..');
readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts') && !/^(e2e|mutation)\b/.test(file)
    && !LEFT_OUT_FILES.includes(basename(file)))
  .sort()
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- after `test` is replaced
  .forEach((file) => require(join(TESTS, file)));
