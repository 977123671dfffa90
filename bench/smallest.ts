/** An action, and a resource that it is allowed on. */
export type Pair = readonly [action: string, resource: string];

/**
 * The characters of the smallest statements that allow these pairs and no other, without a wildcard in an action.
 *
 * A statement has some actions and some resources, and each pair of them must be allowed. Every choice of such
 * statements that covers all pairs is tried. Actions that are allowed on the same resources stay in one statement, and
 * so do resources that the same actions are allowed on, because to divide them makes no policy smaller.
 */
export function smallest(pairs: Pair[]): number {
  const columns = groupByOthers(pairs.map(([action, resource]) => [resource, action]));
  const rows = groupByOthers(columns.flatMap(({ others }, column) => (
    others.map((action): Pair => [action, String(column)]))));
  const cells = rows.flatMap(({ others }, row) => others.map((column) => ({ row, column: Number(column) })));
  const statements = subsets([...rows.keys()]).flatMap((someRows) => {
    const shared = [...columns.keys()].filter((column) => (
      someRows.every((row) => rows[row].others.includes(String(column)))));
    return subsets(shared).map((someColumns) => ({
      covers: cells.map(({ row, column }) => someRows.includes(row) && someColumns.includes(column)),
      size: characters(
        someRows.flatMap((row) => rows[row].members), someColumns.flatMap((column) => columns[column].members)),
    }));
  });

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

/** The size of a statement, without the comma that follows it. */
export function characters(actions: string[], resources: string[]): number {
  const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
  return JSON.stringify({ Action: oneOrMore(actions), Effect: 'Allow', Resource: oneOrMore(resources) }).length;
}

interface Group {
  readonly members: string[];
  readonly others: string[];
}

/** The first elements of the pairs, in groups that are paired with the same second elements. */
function groupByOthers(pairs: Pair[]): Group[] {
  const othersOf = new Map<string, string[]>();
  pairs.forEach(([one, other]) => othersOf.set(one, [...othersOf.get(one) ?? [], other].sort()));
  const groups = new Map<string, Group>();
  othersOf.forEach((others, one) => {
    const group = groups.get(others.join(' ')) ?? { members: [], others };
    group.members.push(one);
    groups.set(others.join(' '), group);
  });
  return [...groups.values()];
}

/** All subsets but the empty one. */
function subsets<T>(items: T[]): T[][] {
  return items.reduce<T[][]>((all, item) => [...all, ...all.map((some) => [...some, item])], [[]])
    .filter(({ length }) => length > 0);
}
