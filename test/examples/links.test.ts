import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';

const PAGES = [
  'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'OPERATIONS.md',
  ...readdirSync('docs').filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
];

/** The anchors of a page, as a code host makes them of its headings. */
function anchorsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/```.*?```/gs, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => (
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')));
}

function relativeLinks(path: string): string[] {
  const text = readFileSync(path, 'utf8').replace(/```.*?```/gs, '');
  const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  const listed = [...text.matchAll(/^\[[^\]]+\]: (\S+)/gm)].map(([, target]) => target);
  return [...inline, ...listed].filter((target) => !/^[a-z]+:/.test(target));
}

test.each(PAGES)('%s has no relative link that leads nowhere', (path) => {
  const broken = relativeLinks(path).filter((target) => {
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
  const linked = PAGES.flatMap((path) => relativeLinks(path).map((target) => (
    join(dirname(path), target.split('#')[0]))));
  expect(PAGES.filter((path) => path.startsWith('docs/') && !linked.includes(path))).toEqual([]);
});
