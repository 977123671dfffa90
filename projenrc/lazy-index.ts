import { readFileSync, writeFileSync } from 'fs';

const INDEX = 'lib/index.js';
const EAGER = /^var (\w+) = require\(("\.\/[\w-]+")\);\n/gm;
const GETTER = /^Object\.defineProperty\(exports, ("\w+"), \{ .* return (\w+)\.(\w+); \} \}\);$/gm;

const LAZILY = `function lazily(name, load) {
    const get = () => {
        const value = load();
        Object.defineProperty(exports, name, { enumerable: true, value });
        return value;
    };
    Object.defineProperty(exports, name, { configurable: true, enumerable: true, get });
}
`;

/**
 * An index as TypeScript compiles it loads every file at once. This rewrites it to load each file when one of its
 * exports is first used, as `aws-cdk-lib` does, so that an app pays only for what it uses. The export is then a plain
 * value: `require` takes longer than most of what is done with it.
 *
 * `import` finds the names of the exports by reading the text: those that are assigned, which the compiler does first.
 */
function lazy(source: string): string {
  const paths = new Map([...source.matchAll(EAGER)].map(([, variable, path]) => [variable, path]));
  const result = source.replace(EAGER, '')
    .replace(GETTER, (_, name, variable, member) => `lazily(${name}, () => require(${paths.get(variable)}).${member});`)
    .replace(/^exports\./m, `${LAZILY}exports.`);
  if (!result.includes('=> require("./') || /require\(undefined\)|^(var|const) |^Object.*get:/m.test(result)) {
    throw new Error(`${INDEX} has a form that projenrc/lazy-index.ts does not know`);
  }
  return result;
}

writeFileSync(INDEX, lazy(readFileSync(INDEX, 'utf8')));
