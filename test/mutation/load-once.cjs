/** In place of a module, what Node.js has loaded: jest loads all of the AWS CDK again in each run, which takes longer than most tests. */
module.exports = {
  process: (_source, path) => ({ code: `module.exports = loadOnce(${JSON.stringify(path)});` }),
};
