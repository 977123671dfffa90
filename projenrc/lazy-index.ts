import { readFileSync, writeFileSync } from 'fs';

const INDEX = 'lib/index.js';
const EAGER = /^var (\w+) = require\(("\.\/[\w-]+")\);\n/gm;

/**
 * An index as TypeScript compiles it loads every file at once. This rewrites it to load each file when one of its
 * exports is first used, as `aws-cdk-lib` does, so that an app pays only for what it uses.
 *
 * `import` finds the names of the exports by reading the text: those that are assigned, but not those that are also
 * defined with a getter of another form than the compiler's. So the name in each definition is hidden in an assignment.
 */
function lazy(source: string): string {
  const paths = new Map([...source.matchAll(EAGER)].map(([, variable, path]) => [variable, path]));
  const result = source.replace(EAGER, '')
    .replace(/return (\w+)\./g, (_, variable) => `return require(${paths.get(variable)}).`)
    .replace(/^Object\.defineProperty\(exports, "(?!__)/gm, 'Object.defineProperty(exports, name = "')
    .replace(/^exports\./m, 'let name;\nexports.');
  if (!result.includes('return require("./') || /require\(undefined\)|^(var|const) /m.test(result)) {
    throw new Error(`${INDEX} has a form that projenrc/lazy-index.ts does not know`);
  }
  return result;
}

writeFileSync(INDEX, lazy(readFileSync(INDEX, 'utf8')));
