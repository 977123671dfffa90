import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';

/** They test what isn't mutated, or repeat other tests at length: leaving them out can only lower the score. */
const LEFT_OUT_FILES = /^(e2e|examples|mutation)\b|\b(catalog|(deny-)?evaluator|exactness|lint|members|pipeline)\.test/;
const LEFT_OUT_TESTS = /as few .*policies as possible|all suggested code compiles|for and whomever it is attached to/;

/**
 * The processor time after which a mutant counts as one that survives. The likeliest tests come first, so few of these
 * would be killed later, and the score can only be lower than it is.
 */
const LONGEST_MS = 4000;

/** Stryker's numbers for what became of a test. */
const SUCCEEDED = 0;
const FAILED = 1;

/** Written by the first run, in the folder in which the tests run. */
const DURATIONS = 'test-durations.json';

/** A suite that `describe` makes, with its hooks. */
class Suite {
  constructor(name, parent) {
    Object.assign(this, { name, parent, beforeAll: [], beforeEach: [] });
  }

  get path() {
    return this.parent ? [...this.parent.path, this] : [this];
  }
}

/**
 * Runs jest's tests in one process that keeps the AWS CDK, and loads only the sources, and the test files that cover a
 * mutant, for each mutant. Jest itself loads everything again each time, which takes longer than nearly all tests.
 * What a file does while it is loaded counts for each of its tests, so that it doesn't make a mutant a static one.
 */
class InProcessRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.root = process.cwd();
    this.require = createRequire(join(this.root, 'package.json'));
    this.cleanTemporaryFolder = this.require(join(this.root, 'test/support/temporary-folder.js')).default;
    this.cleanTemporaryFolder();
    // The same cases for each mutant, so that a later run has the same score.
    this.require('fast-check').configureGlobal({ seed: 1 });
    this.snapshots = this.require('jest-snapshot');
    this.defineGlobals();
    this.stryker = (globalThis.__stryker__ ??= {});
    const tests = join(this.root, 'test');
    this.files = readdirSync(tests, { recursive: true })
      .filter((file) => file.endsWith('.test.js') && !LEFT_OUT_FILES.test(file))
      .sort();
  }

  async dryRun() {
    this.stryker.mutantCoverage = { static: {}, perTest: {} };
    const tests = [];
    this.stryker.currentTestId = undefined;
    // What the sources do as they are loaded is not what any one test does.
    this.require(join(this.root, 'src/index.js'));
    for (const file of this.files) {
      // Each file loads what it shares with others, so that this counts for each.
      this.forget('test');
      const loading = `while ${file} is loaded`;
      const ids = [];
      await this.runFile(file, loading, undefined, (result) => {
        ids.push(result.id);
        tests.push(result);
      });
      this.countForAll(loading, ids);
    }
    this.stryker.currentTestId = undefined;
    this.rememberDurations(tests);
    return { status: 'complete', tests, mutantCoverage: this.stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    Object.assign(this.stryker, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit ? 0 : undefined });
    const filter = testFilter && new Set(testFilter);
    const covering = new Set(testFilter?.map((id) => id.slice(0, id.indexOf(' '))) ?? this.files);
    const files = this.likeliestFirst(this.files.filter((file) => covering.has(file)), activeMutant.fileName);
    const start = process.cpuUsage();
    let nrOfTests = 0;
    let killer;
    let isOver = false;
    this.forget('src');
    this.forget('test');
    this.stryker.currentTestId = undefined;
    try {
      for (const file of files) {
        await this.runFile(file, undefined, filter, (result) => {
          nrOfTests += 1;
          killer = result.status === FAILED ? result : undefined;
          const { user, system } = process.cpuUsage(start);
          isOver = killer !== undefined || (user + system) / 1000 > LONGEST_MS;
          return !isOver;
        });
        if (killer) { this.noteNoticed(activeMutant.fileName, file); }
        if (isOver) { break; }
      }
    } catch (error) {
      killer = { id: testFilter?.[0] ?? this.files[0], failureMessage: String(error) };
    } finally {
      this.stryker.activeMutant = undefined;
      this.cleanTemporaryFolder();
    }
    if (hitLimit && this.stryker.hitCount > hitLimit) {
      return { status: 'timeout', reason: `the mutant was reached more than ${hitLimit} times` };
    }
    return killer
      ? { status: 'killed', killedBy: [killer.id], failureMessage: killer.failureMessage, nrOfTests }
      : { status: 'survived', nrOfTests };
  }

  noteNoticed(mutated, file) {
    const times = (this.noticed ??= {})[mutated] ??= {};
    times[file] = (times[file] ?? 0) + 1;
  }

  /**
   * The tests that noticed most mutants of the file come first. Then come those that are named after it, those beside
   * them, and the fastest.
   */
  likeliestFirst(files, mutated) {
    const name = mutated.split(sep).join('/').replace(/^.*\/src\/|\.ts$/g, '');
    const durations = JSON.parse(readFileSync(DURATIONS, 'utf8'));
    const times = this.noticed?.[mutated] ?? {};
    const rank = (file) => {
      if (times[file]) { return -times[file]; }
      const isNamed = file.startsWith(`${name}.`) || file.startsWith(`${name}/`);
      return (isNamed ? 0 : 1e9) + (dirname(file) === dirname(name) ? 0 : 1e8) + (durations[file] ?? 0);
    };
    return files.map((file) => [rank(file), file]).sort(([a], [b]) => a - b).map(([, file]) => file);
  }

  /** The processes that try the mutants have not run all tests themselves. */
  rememberDurations(tests) {
    const durations = {};
    for (const { id, timeSpentMs } of tests) {
      const file = id.slice(0, id.indexOf(' '));
      durations[file] = (durations[file] ?? 0) + timeSpentMs;
    }
    writeFileSync(DURATIONS, JSON.stringify(durations));
  }

  forget(folder) {
    const prefix = join(this.root, folder, '/');
    Object.keys(this.require.cache).filter((path) => path.startsWith(prefix))
      .forEach((path) => { delete this.require.cache[path]; });
  }

  /** Loads a file, and runs its tests until `onResult` returns false. */
  async runFile(file, loading, filter, onResult) {
    const path = join(this.root, 'test', file);
    const tests = [];
    this.suite = new Suite(file);
    this.tests = tests;
    this.stryker.currentTestId = loading;
    let broken;
    try {
      this.require(path);
    } catch (error) {
      broken = error;
    }
    const seen = new Map();
    for (const { suite, name, run } of tests) {
      const title = [...suite.path.map((each) => each.name), name].join(' ');
      const count = (seen.get(title) ?? 0) + 1;
      seen.set(title, count);
      const id = count === 1 ? title : `${title} (${count})`;
      if (filter && !filter.has(id)) { continue; }
      const result = await this.runTest(path, id, suite, name, run, loading, broken);
      if (onResult(result) === false) { return; }
    }
    if (broken && !tests.length) {
      onResult({ id: `${file} `, name: file, status: FAILED, failureMessage: String(broken), timeSpentMs: 0 });
    }
  }

  async runTest(path, id, suite, name, run, loading, broken) {
    const start = Date.now();
    const fileName = path.replace(/\.js$/, '.ts');
    const finished = (rest) => ({ id, name: id, fileName, timeSpentMs: Date.now() - start, ...rest });
    try {
      if (broken) { throw broken; }
      this.stryker.currentTestId = loading;
      for (const one of suite.path) {
        for (const hook of one.beforeAll.splice(0)) { await hook(); }
      }
      this.stryker.currentTestId = loading && id;
      this.useSnapshots(path, suite, name);
      for (const one of suite.path) {
        for (const hook of one.beforeEach) { await hook(); }
      }
      await run();
      return finished({ status: SUCCEEDED });
    } catch (error) {
      return finished({ status: FAILED, failureMessage: String(error?.stack ?? error) });
    }
  }

  /** What happened while a file was loaded has to count for each of its tests. */
  countForAll(loading, ids) {
    const { perTest } = this.stryker.mutantCoverage;
    for (const [mutant, hits] of Object.entries(perTest[loading] ?? {})) {
      for (const id of ids) {
        perTest[id] ??= {};
        perTest[id][mutant] = (perTest[id][mutant] ?? 0) + hits;
      }
    }
    delete perTest[loading];
  }

  useSnapshots(path, suite, name) {
    const source = path.replace(/\.js$/, '.ts');
    const file = join(dirname(path), '__snapshots__', `${basename(source)}.snap`);
    if (!existsSync(file)) { return; }
    const title = [...suite.path.slice(1).map((each) => each.name), name].join(' ');
    const snapshotState = new this.snapshots.SnapshotState(file, {
      updateSnapshot: 'none', rootDir: this.root, snapshotFormat: { escapeString: false, printBasicPrototype: false },
    });
    globalThis.expect.setState({ snapshotState, currentTestName: title, testPath: source });
  }

  defineGlobals() {
    const { bind } = this.require('jest-each');
    const describe = (name, define) => {
      const outer = this.suite;
      this.suite = new Suite(name, outer);
      define();
      this.suite = outer;
    };
    const test = (name, run) => {
      if (!LEFT_OUT_TESTS.test(name)) { this.tests.push({ suite: this.suite, name, run }); }
    };
    const isolateModules = (load) => {
      const kept = { ...this.require.cache };
      this.forget('src');
      load();
      Object.assign(this.require.cache, kept);
    };
    Object.assign(globalThis, {
      describe: Object.assign(describe, { each: bind(describe, false) }),
      test: Object.assign(test, { each: bind(test, false) }),
      beforeAll: (hook) => this.suite.beforeAll.push(hook),
      beforeEach: (hook) => this.suite.beforeEach.push(hook),
      expect: this.require('@jest/expect').jestExpect,
      jest: { isolateModules },
    });
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner }];
