import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const PAGES = [
  'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'OPERATIONS.md',
  ...readdirSync('docs').filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
];

const REPOSITORY = 'https://github.com/cdk-elasticache-grants/cdk-elasticache-grants/blob/main/';

/** The anchors of a page, as a code host makes them of its headings. */
function anchorsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/```.*?```/gs, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => (
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));
}

/** The links to files of the repository, relative ones and those that a package's page needs whole. */
function ownLinks(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/```.*?```/gs, '');
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  const listed = [...text.matchAll(/^\[[^\]]+\]: (\S+)/gm)].map(([, target]) => target);
  return [...inline, ...listed]
    .map((target) => target.replace(REPOSITORY, dirname(path) === '.' ? '' : '../'))
    .filter((target) => !/^[a-z]+:/.test(target));
}

test.each(PAGES)('%s has no link to the repository that leads nowhere', (path) => {
  const broken = ownLinks(path).filter((target) => {
    const [file, anchor] = target.split('#');
    const page = file === '' ? path : join(dirname(path), file);
    return !existsSync(page) || (anchor !== undefined && page.endsWith('.md') && !anchorsOf(page).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(PAGES)('%s names no list of references that it does not have', (path) => {
  const text = readFileSync(path, 'utf8').replace(/```.*?```/gs, '').replace(/`[^`]*`/g, '');
  const known = [...text.matchAll(/^\[([^\]]+)\]: /gm)].map(([, name]) => name.toLowerCase());
  const used = [...text.matchAll(/\][[]([^\]]+)\]/g)].map(([, name]) => name.toLowerCase());
  expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([]);
});

test('every page of docs/ is linked from another page', () => {
  const linked = PAGES.flatMap((path) => ownLinks(path).map((target) => (
    join(dirname(path), target.split('#')[0]))));
  expect(PAGES.filter((path) => path.startsWith('docs/') && !linked.includes(path))).toEqual([]);
});
