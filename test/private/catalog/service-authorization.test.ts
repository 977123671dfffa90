import operationsSpec from '../../../spec/operations.json';
import table from '../../../spec/service-authorization-operations.json';
import { OPERATIONS, REQUEST_PARAMETERS } from '../../../src/private/catalog/catalog.generated';

const ROWS: Record<string, string[]> = table.operations;

/** The actions of ElastiCache that the catalog gives an operation, with every option. */
function actionsOf(operation: string): string[] {
  const ofParameters = REQUEST_PARAMETERS
    .filter(({ operations }) => Object.hasOwn(operations, operation))
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  const ofThePage = (OPERATIONS[operation].otherPermissions ?? []).map(({ action }) => action);
  return [...new Set([`elasticache:${operation}`, ...ofParameters, ...ofThePage])]
    .filter((action) => action.startsWith('elasticache:'));
}

// Red when AWS adds an operation that the catalog lacks, or the other way round.
test('AWS\'s table has the operations of the catalog, but for the actions without an API operation', () => {
  const { operations: withoutOperation } = operationsSpec.permissionOnly;
  expect(Object.keys(ROWS).sort()).toEqual(
    Object.keys(OPERATIONS).filter((name) => !withoutOperation.includes(name)).sort(),
  );
});

// Red when a row of spec/request-parameters.json is missing, or names an action that AWS doesn't.
test.each(Object.keys(ROWS))('%s is authorized as the actions of AWS\'s table, and as no others', (operation) => {
  expect(actionsOf(operation).sort()).toEqual([...ROWS[operation]].sort());
});

test('AWS\'s table names 14 operations that tag what they create', () => {
  const tagging = Object.keys(ROWS).filter((name) => (
    ROWS[name].includes('elasticache:AddTagsToResource') && name !== 'AddTagsToResource'));
  expect(tagging).toHaveLength(14);
  expect(tagging).toContain('CreateGlobalReplicationGroup');
});
