import { readFileSync, writeFileSync } from 'fs';

const INDEX = 'lib/index.js';
const EAGER = /^var (\w+) = require\(("\.\/[\w-]+")\);\n/gm;

/**
 * TypeScript loads all that an index exports as soon as the index is. This makes each file wait for the first use of what
 * it exports, as in `aws-cdk-lib`: an app that imports the package pays for what it uses.
 */
function lazy(source: string): string {
  const paths = new Map([...source.matchAll(EAGER)].map(([, variable, path]) => [variable, path]));
  const result = source.replace(EAGER, '').replace(/return (\w+)\./g, (_, variable) => `return require(${paths.get(variable)}).`);
  if (!result.includes('return require("./') || /require\(undefined\)|^(var|const) /m.test(result)) {
    throw new Error(`${INDEX} is not of the form that this understands`);
  }
  return result;
}

writeFileSync(INDEX, lazy(readFileSync(INDEX, 'utf8')));
