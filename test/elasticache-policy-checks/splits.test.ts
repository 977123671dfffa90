import fc from 'fast-check';
import { OPERATIONS } from '../../src/private/catalog/catalog.generated';
import { typesOf } from '../../src/private/catalog/lookup';
import { runs } from '../harness';
import { findings } from '../support/checked-policies';

/** A permission for one operation on one type; without a type, on `*`. */
type Pair = readonly [operation: string, type?: string];

/** An export shows by itself that it needs S3, and an optional snapshot that a deletion needs another action. */
const NAMES = Object.keys(OPERATIONS).filter((name) => !/^Export/.test(name));
const isOptionalSnapshot = (name: string, type: string) =>
  /^Delete/.test(name) && /snapshot$/.test(type) && !OPERATIONS[name].types![type].required;
const pairsOf = (name: string): Pair[] => {
  const types = typesOf(OPERATIONS[name]).filter((type) => !isOptionalSnapshot(name, type));
  return types.length === 0 ? [[name]] : types.map((type): Pair => [name, type]);
};
const arnOf = (type?: string) =>
  type === undefined
    ? '*'
    : `arn:aws:elasticache:${type.startsWith('global') ? '' : 'eu-west-1'}:111122223333:${type}:a`;

/** The pairs in statements of one action or of one type, as the numbers say, in as many policies. */
function documentsOf(pairs: readonly Pair[], numbers: readonly number[]): object[][] {
  const statements = new Map<string, { documents: number; actions: Set<string>; resources: Set<string> }>();
  pairs.forEach(([operation, type], index) => {
    const number = numbers[index % numbers.length];
    const key = number % 2 === 0 ? `${number} ${operation}` : `${number} ${type}`;
    const known = statements.get(key) ?? { documents: number, actions: new Set(), resources: new Set() };
    known.actions.add(`elasticache:${operation}`);
    known.resources.add(arnOf(type));
    statements.set(key, known);
  });
  const documents = new Map<number, object[]>();
  statements.forEach(({ documents: number, actions, resources }) => {
    documents.set(number, [
      ...(documents.get(number) ?? []),
      { Effect: 'Allow', Action: [...actions], Resource: [...resources] },
    ]);
  });
  return [...documents.values()];
}

const operations = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 });
const numbers = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 7, maxLength: 7 });

test('a right policy is right however it is split over statements and policies', () => {
  fc.assert(
    fc.property(operations, numbers, (names, order) => {
      expect(findings(...documentsOf(names.flatMap(pairsOf), order))).toEqual([]);
    }),
    runs(150),
  );
});

test('without what every call of an operation needs, it is reported, however the rest is split', () => {
  fc.assert(
    fc.property(operations, numbers, fc.nat(), (names, order, choice) => {
      const lost = names.flatMap((name) => {
        const { types = {}, oneOf } = OPERATIONS[name];
        const single = Object.keys(types)
          .filter((type) => types[type].required)
          .map((type) => [type]);
        return [...single, ...(oneOf ? [oneOf] : [])]
          .filter((some) => pairsOf(name).length > some.length)
          .map((some) => ({ name, types: some }));
      });
      if (lost.length === 0) {
        return;
      }
      const { name, types } = lost[choice % lost.length];
      const pairs = names
        .flatMap(pairsOf)
        .filter(([operation, type]) => operation !== name || !types.includes(type!));
      const found = findings(...documentsOf(pairs, order));
      expect(found).toEqual([
        expect.stringMatching(new RegExp(`^missingResource: .*no statement allows ${name} on a `)),
      ]);
    }),
    runs(150),
  );
});

test('an operation that is allowed on * too lacks nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), (name) => {
      const [first] = pairsOf(name);
      expect(findings(...documentsOf([first], [1]), ...documentsOf([[name]], [1]))).toEqual([]);
    }),
    runs(40),
  );
});
