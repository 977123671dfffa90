const { TestEnvironment } = require('jest-environment-node');

/** Gives the tests the modules that Node.js itself has loaded, and keeps from one run to the next. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.loadOnce = require;
  }
};
