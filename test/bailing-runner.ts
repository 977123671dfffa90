// eslint-disable-next-line import/no-extraneous-dependencies -- jest brings it
import TestRunner from 'jest-runner';

/**
 * Runs the test files that take least first, and for a mutant none after the first that fails: Stryker needs no more than that, and
 * can't make jest stop.
 */
export default class BailingRunner extends TestRunner {
  public async runTests(...[tests, watcher, options]: Parameters<TestRunner['runTests']>): Promise<void> {
    let failed = false;
    const unsubscribe = this.on('test-file-success', ([, result]) => {
      failed ||= result.numFailingTests > 0;
    });
    for (const test of [...tests].sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0))) {
      if (!failed || !process.env.__STRYKER_ACTIVE_MUTANT__) {
        await super.runTests([test], watcher, options);
      }
    }
    unsubscribe();
  }
}
