/** An action, and a resource that it is allowed on. */
export type Pair = readonly [action: string, resource: string];

/**
 * The characters of the smallest statements that allow these pairs and no other, without a wildcard in an action.
 *
 * Every choice of statements is tried: a statement has some actions and some resources of which every pair is to be allowed, and
 * together they have every pair. Actions that are allowed on the same resources go together, and so do resources that the same
 * actions are allowed on, since dividing them makes nothing smaller.
 */
export function smallest(pairs: Pair[]): number {
  const columns = together(pairs.map(([action, resource]) => [resource, action]));
  const rows = together(columns.flatMap(({ others }, column) => others.map((action): Pair => [action, String(column)])));
  const cells = rows.flatMap(({ others }, row) => others.map((column) => ({ row, column: Number(column) })));
  const statements = subsets(rows.map((_, row) => row)).flatMap((some) => (
    subsets(columns.map((_, column) => column).filter((column) => some.every((row) => rows[row].others.includes(String(column)))))
      .map((these) => ({
        covers: cells.map(({ row, column }) => some.includes(row) && these.includes(column)),
        size: characters(some.flatMap((row) => rows[row].alike), these.flatMap((column) => columns[column].alike)),
      }))));

  const known = new Map<string, number>();
  const rest = (covered: boolean[]): number => {
    const first = covered.indexOf(false);
    if (first < 0) { return 0; }
    const key = covered.join();
    const size = known.get(key) ?? Math.min(...statements.filter(({ covers }) => covers[first])
      .map((statement) => statement.size + rest(covered.map((done, cell) => done || statement.covers[cell]))));
    known.set(key, size);
    return size;
  };
  return rest(cells.map(() => false));
}

/** What a statement takes, but for the comma behind it. */
export function characters(actions: string[], resources: string[]): number {
  const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
  return JSON.stringify({ Action: oneOrMore(actions), Effect: 'Allow', Resource: oneOrMore(resources) }).length;
}

/** Those that have the same others, together. */
function together(pairs: Pair[]): { readonly alike: string[]; readonly others: string[] }[] {
  const othersOf = new Map<string, string[]>();
  pairs.forEach(([one, other]) => othersOf.set(one, [...othersOf.get(one) ?? [], other].sort()));
  const found = new Map<string, { readonly alike: string[]; readonly others: string[] }>();
  othersOf.forEach((others, one) => {
    const group = found.get(others.join(' ')) ?? { alike: [], others };
    group.alike.push(one);
    found.set(others.join(' '), group);
  });
  return [...found.values()];
}

/** All that can be picked, but for nothing. */
function subsets<T>(items: T[]): T[][] {
  return items.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]]).filter(({ length }) => length > 0);
}
