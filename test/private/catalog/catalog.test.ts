import { readFileSync } from 'fs';
import { renderMembers } from '../../../projenrc/catalog/members';
import { OUTPUTS } from '../../../projenrc/catalog/outputs';
import { buildModel, IamAction, readSources, Sources } from '../../../projenrc/catalog/sources';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

test.each(
  OUTPUTS.map(({ path, render }) => [path, render] as const),
)('%s is the output of the catalog task', async (path, render) => {
  const committed = readFileSync(path, 'utf8');
  expect(render(await buildModel(sources), committed)).toBe(committed);
});

test('a new operation only takes new data', async () => {
  const added: IamAction = {
    name: 'ThawCluster', accessLevel: 'Write', conditionKeys: [], dependentActions: [], resourceTypes: [],
  };
  const model = await buildModel({ ...sources, iam: { ...sources.iam, actions: [...sources.iam.actions, added] } });
  const texts = OUTPUTS.map(({ path, render }) => render(model, readFileSync(path, 'utf8')));
  expect(texts[0]).toContain('\n  ThawCluster: { accessLevel: AccessLevel.WRITE },\n');
  expect(texts[1]).toContain("public static readonly THAW_CLUSTER = ElastiCacheOperation.define('ThawCluster');");
  expect(texts[2]).toContain('| `THAW_CLUSTER` | `elasticache:ThawCluster` | `*` |  | Write |');
});

test('a file without the markers of generated members is refused', async () => {
  const model = await buildModel(sources);
  expect(() => renderMembers(model, 'class ElastiCacheOperation {}')).toThrow(
    'src/elasticache-operation.ts lacks the markers "// <generated>" and "// </generated>"',
  );
});

describe('the catalog task refuses a source', () => {
  const [action] = [
    { name: 'ThawCluster', accessLevel: 'Write', conditionKeys: [], dependentActions: [], resourceTypes: [] },
  ] as IamAction[];
  const withAction = (change: object) => () => (
    { ...sources, iam: { ...sources.iam, actions: [...sources.iam.actions, { ...action, ...change }] } });
  const withRow = (row: object) => () => (
    {
      ...sources,
      page: {
        ...sources.page,
        rows: [...sources.page.rows.filter(({ operation }) => operation !== 'TestFailover'), row as any],
      },
    });
  const own = { action: 'elasticache:TestFailover', resource: '*' };
  const testFailover = (...permissions: object[]) => withRow({ operation: 'TestFailover', line: 55, permissions });
  const withParameter = (change: object) => () => ({
    ...sources,
    parameters: {
      rows: [
        ...sources.parameters.rows,
        { option: 'heat', parameter: 'Heat', reason: '', source: '', operations: {}, permissions: [], ...change },
      ],
    },
  });
  const namesBut = (type: string) => (
    Object.fromEntries(Object.entries(sources.resourceTypes.names).filter(([name]) => name !== type))
  );
  const withLevel = (level: string | undefined) => () => ({
    ...sources,
    iam: {
      ...sources.iam,
      accessLevelOf: (name: string) => (
        name === 's3:GetObject' ? Promise.resolve(level) : sources.iam.accessLevelOf(name)),
    },
  });
  const version = '0.21.202609261';

  test.each<[string, () => Sources, string]>([
    ['an access level', withAction({ accessLevel: 'Admin' }), 'ThawCluster has the unknown access level "Admin"'],
    ['two access levels', withAction({ accessLevel: 'Read, Write' }), 'ThawCluster has several access levels, "Read, '
      + 'Write": expected one of them to be Tagging or Permissions management'],
    [
      'two narrower access levels', withAction({ accessLevel: 'Permissions management, Tagging' }),
      'ThawCluster has several access levels, "Permissions management, Tagging": expected one of them to be Tagging or '
      + 'Permissions management',
    ],
    ['an access level of another service', withLevel('Admin'), 's3:GetObject has the unknown access level "Admin"'],
    ['an action of another service', withLevel(undefined), [
      ...Array.from({ length: 2 }, () => 'spec/request-parameters.json: exportBuckets needs'),
      'row CreateCacheCluster needs', 'row CreateReplicationGroup needs',
    ].map((where) => `${where} s3:GetObject, which is no action in iam-data`).join('\n- ')],
    [
      'a resource type',
      withAction({ resourceTypes: [{ name: 'iceberg', required: true, conditionKeys: [], dependentActions: [] }] }),
      'ThawCluster is authorized on iceberg, which is no resource type in iam-data',
    ],
    ['a dependent action', withAction({ dependentActions: ['s3:GetObject'] }), 'ThawCluster has dependent actions in '
      + 'iam-data: curate them under spec/'],
    [
      'a row of no operation', withRow({ operation: 'GetCluster', line: 1, permissions: [] }),
      `spec/api-permissions-reference.json names GetCluster, which is no action of elasticache in iam-data ${version}`,
    ],
    [
      'a row twice',
      () => ({ ...sources, page: { ...sources.page, rows: [...sources.page.rows, sources.page.rows[0]] } }),
      'spec/api-permissions-reference.json has an operation twice',
    ],
    ['a row without its own action', testFailover({ action: 's3:GetObject', resource: '*' }), 'row TestFailover does '
      + 'not begin with its own action on *'],
    ['a row without permissions', testFailover(), 'row TestFailover does not begin with its own action on *'],
    ['an action', testFailover(own, { action: 's3:Fetch', resource: '*' }), 'row TestFailover needs s3:Fetch, which is '
      + 'no action in iam-data'],
    [
      'a resource', testFailover(own, { action: 's3:GetObject', resource: 'arn:aws:s3:::a' }),
      'row TestFailover needs s3:GetObject on "arn:aws:s3:::a": only "*" or eachMemberOf is understood',
    ],
    [
      'a parameter', testFailover(own, { action: 's3:GetObject', resource: { eachMemberOf: 'Buckets' } }),
      'row TestFailover needs s3:GetObject on each member of Buckets, a parameter that is not understood',
    ],
    [
      'a retired name',
      () => (
        { ...sources, operations: { ...sources.operations, retired: { reason: '', source: '', operations: ['Gone'] } } }
      ),
      `spec/operations.json: retired names Gone, which is no action of elasticache in iam-data ${version}`,
    ],
    [
      'an either-or name',
      () => ({
        ...sources, operations: { ...sources.operations, oneOf: { Gone: { types: [], reason: '', source: '' } } },
      }),
      `spec/operations.json: oneOf names Gone, which is no action of elasticache in iam-data ${version}`,
    ],
    [
      'a resource type without a name',
      () => ({ ...sources, resourceTypes: { ...sources.resourceTypes, names: namesBut('user') } }),
      'the resource type user has no name in spec/resource-types.json: give it one, and ElastiCacheResource a static '
      + 'of that name',
    ],
    [
      'an ARN', () => ({
        ...sources,
        iam: {
          ...sources.iam,
          resourceTypes: sources.iam.resourceTypes.map((type) => (
            type.key === 'user'
              ? { ...type, arn: 'arn:${Partition}:elasticache:${Region}:${Account}:user/${UserId}' }
              : type)),
        },
      }),
      'the resource type user has the ARN arn:${Partition}:elasticache:${Region}:${Account}:user/${UserId}, of a form '
      + 'that is not understood',
    ],
    ['a condition key', withAction({ conditionKeys: ['elasticache:Heat'] }), 'ThawCluster carries the condition key '
      + 'elasticache:Heat, which is none of elasticache in iam-data'],
    [
      'a type of condition key',
      () => ({
        ...sources,
        iam: {
          ...sources.iam, conditionKeys: [...sources.iam.conditionKeys, { key: 'elasticache:Heat', type: 'Float' }],
        },
      }),
      'the condition key elasticache:Heat has the type "Float", which is not understood',
    ],
    ['an operation of a parameter', withParameter({ operations: { Gone: [] } }), 'spec/request-parameters.json: heat '
      + `names Gone, which is no action of elasticache in iam-data ${version}`],
    [
      'a type of a parameter', withParameter({ operations: { TestFailover: ['user'] } }),
      'spec/request-parameters.json: heat names the type user, which TestFailover is not authorized on',
    ],
    [
      'an action of a parameter', withParameter({ permissions: [{ action: 's3:Fetch', resource: '*' }] }),
      'spec/request-parameters.json: heat needs s3:Fetch, which is no action in iam-data',
    ],
    [
      'a resource of a parameter', withParameter({ permissions: [{ action: 's3:GetObject', resource: 'heatBucket' }] }),
      'spec/request-parameters.json: heat needs s3:GetObject on "heatBucket", which is not understood',
    ],
  ])('with an invalid item: %s', async (_, changed, problem) => {
    await expect(buildModel(changed())).rejects.toThrow(new Error('the catalog\'s sources can\'t be joined:\n- '
      + `${problem}`));
  });
});
