/**
 * Replaces a module by the one that Node.js has loaded. Jest would load the whole AWS CDK again in each run, which
 * takes longer than most tests.
 */
module.exports = {
  process: (_source, path) => ({ code: `module.exports = loadOnce(${JSON.stringify(path)});` }),
};
