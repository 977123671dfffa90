const { TestEnvironment } = require('jest-environment-node');

/** Gives the tests what Node.js itself has loaded, and keeps from one run to the next. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.loadOnce = require;
  }
};
