import { buildModel, readSources, Sources } from '../../../projenrc/catalog/sources';
import { CACHES, TEMPLATE_TYPES } from '../../../src/private/catalog/catalog.generated';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

const TYPE = 'AWS::ElastiCache::SubnetGroup';

/** The error of the catalog task where the spec of a type, or another part of it, is changed. */
async function errorOf(change: object, rest: object = {}): Promise<string> {
  const { templateTypes } = sources;
  const types = { ...templateTypes.types, [TYPE]: { ...templateTypes.types[TYPE], ...change } };
  return buildModel({ ...sources, templateTypes: { ...templateTypes, types, ...rest } })
    .then(() => 'none', (error) => error.message);
}

const message = (...problems: string[]) => (
  `the catalog's sources can't be joined:${problems.map((problem) => `\n- spec/cloudformation-types.json${problem}`)
    .join('')}`);

test('a spec that fits has no problem', async () => {
  expect(await errorOf({})).toBe('none');
});

test('types, operations and actions must be known', async () => {
  expect(await errorOf({ type: 'subnets' })).toBe(message(' names subnets, which is no resource type in iam-data'));
  expect(await errorOf({ usedBy: { 'AWS::ElastiCache::Other': 'Name' } })).toBe(
    message(' names AWS::ElastiCache::Other, which is not among its types'));
  expect(await errorOf({ handlers: { create: ['elasticache:CreateSubnets'] } })).toBe(
    message(' names CreateSubnets, which is no action of elasticache in iam-data'));
});

test('an action of another service must be what an option has, or be left out with a reason', async () => {
  const handlers = { create: ['ec2:DescribeSubnets', 'kms:Decrypt', 'kms:DescribeKey'] };
  expect(await errorOf({ handlers })).toBe(message(
    `: a handler of ${TYPE} calls ec2:DescribeSubnets, which no option has, and leftOut doesn't explain`,
    `: a handler of ${TYPE} calls kms:DescribeKey, which no option has, and leftOut doesn't explain`));
  expect(await errorOf({ handlers, options: { KmsKeyId: 'encryptionKey' } }, {
    leftOut: [...sources.templateTypes.leftOut, { actions: ['ec2:DescribeSubnets'], reason: '', source: '' }],
  })).toBe('none');
});

test('the grants of caches and those of deployments know the same of a cache', () => {
  expect(Object.entries(CACHES).map(([type, { resource, companions, nodes }]) => [
    type, TEMPLATE_TYPES[resource].type, TEMPLATE_TYPES[resource].companions === companions,
    TEMPLATE_TYPES[resource].nodes === nodes,
  ])).toEqual([
    ['cluster', 'cluster', true, true], ['replicationgroup', 'replicationgroup', true, true],
    ['serverlesscache', 'serverlesscache', true, true],
  ]);
});

test('each type has a source for its handlers, and its tags are read, added and removed', () => {
  const tagged = Object.entries(TEMPLATE_TYPES).filter(([, { handlers }]) => handlers?.create);
  expect(tagged).toHaveLength(10);
  tagged.forEach(([name, { handlers, source }]) => {
    const operations = Object.values(handlers!).flat();
    expect([name, source?.startsWith('https://'), ...['AddTagsToResource', 'ListTagsForResource', 'RemoveTagsFromResource']
      .filter((operation) => !operations.includes(operation))]).toEqual([name, true]);
  });
});
