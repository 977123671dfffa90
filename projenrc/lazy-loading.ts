import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const LIB = 'lib';
const INDEX = join(LIB, 'index.js');

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
 * A file as TypeScript compiles it loads every file that it imports at once. This rewrites all of them to load a file
 * when it is first used, as `aws-cdk-lib` does, so that an app pays only for what it uses: a grant without conditions
 * doesn't load what compares conditions.
 */
function lazyFile(source: string): string {
  const imports = source.matchAll(/^const (\w+_\d+) = (require\("[^"]+"\));$/gm);
  return [...imports].reduce((text, [line, variable, loaded]) => text
    .replace(line, `let ${variable};`)
    .replace(new RegExp(`\\b${variable}\\.`, 'g'), `(${variable} ??= ${loaded}).`), source);
}

/**
 * The same for the index. An export is a plain value once it is used: `require` takes longer than most of what is done
 * with it.
 *
 * `import` finds the names of the exports by reading the text: those that are assigned, which the compiler does first.
 */
function lazyIndex(source: string): string {
  const imports = source.matchAll(/^var (\w+) = (require\("\.\/[\w-]+"\));\n/gm);
  const exported = /^Object\.defineProperty\(exports, ("\w+"), \{ .* return (\w+)\.(\w+); \} \}\);$/gm;
  const loaded = new Map([...imports].map(([, variable, load]) => [variable, load]));
  return source
    .replace(/^var \w+ = require.*\n/gm, '')
    .replace(exported, (_, name, variable, member) => `lazily(${name}, () => ${loaded.get(variable)}.${member});`)
    .replace(/^exports\./m, `${LAZILY}exports.`);
}

/** Anything that loads a file as soon as this one is loaded, but for what a lazy import can't be: a whole namespace. */
const EAGER = /^(?!const \w+ = __importStar).*(?<!\?\?=|=>) \(?require\(|^Object\.defineProperty\(exports, .*get:/m;

for (const path of readdirSync(LIB, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))) {
  const file = join(LIB, path);
  const source = readFileSync(file, 'utf8');
  const lazy = file === INDEX ? lazyIndex(source) : lazyFile(source);
  if (EAGER.test(lazy)) {
    throw new Error(`${file} has a form that projenrc/lazy-loading.ts does not know`);
  }
  writeFileSync(file, lazy);
}
