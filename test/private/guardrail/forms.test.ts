import { ENGINES, KEYS, NODE_TYPES, PARAMETER_GROUPS, REGIONS } from '../../../src/private/guardrail/forms';
import { ListRule, onlyValues } from '../../../src/private/guardrail/key-rules';
import { newStack } from '../../harness';
import { inRule } from '../../support/rules';

const stack = newStack();
const ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const errorsOf = (rule: ListRule, ...values: string[]) => (
  inRule((context) => onlyValues(values, rule, context), stack).errors);

describe.each<[string, ListRule, { name: string; example: string; expected: string }, string[], string[]]>([
  [
    'node types', NODE_TYPES, {
      name: 'nodeTypes',
      example: 'cache.t4g.micro',
      expected: 'a node type, such as "cache.t4g.micro", or a pattern, such as "cache.t4g.*"',
    },
    ['cache.t4g.micro', 'CACHE.M7G.LARGE', 'cache.*', '*.large', 'cache.r6gd.16xlarge'],
    ['cache.', 'cache.t4g', 'cache.t4g.micro_1', 'db.t4g.micro', ''],
  ],
  [
    'engines', ENGINES, {
      name: 'engines', example: 'valkey', expected: 'one of memcached, redis, valkey',
    },
    ['memcached', 'Redis', 'valkey', 'val*', '?edis'],
    ['valkey8', 'red', 'mysql', ''],
  ],
  [
    'parameter groups', PARAMETER_GROUPS, {
      name: 'names',
      example: 'default.valkey8',
      expected: 'the name of a parameter group, such as "default.valkey8", or a pattern, such as "default.*"',
    },
    ['default.valkey8', 'Own-Group', '*-group', 'a'.repeat(255)],
    ['own_group', 'own group', 'own/group', ''],
  ],
  [
    'KMS keys', KEYS, {
      name: 'keyIds',
      example: '1234abcd-12ab-34cd-56ef-1234567890ab',
      expected: 'the ID or the ARN of a KMS key, or a pattern, and no alias',
    },
    [
      ID, ID.toUpperCase(), 'mrk-*', 'mrk-1234abcd12ab34cd56ef1234567890ab',
      `arn:aws:kms:eu-west-1:111122223333:key/${ID}`, `arn:aws-cn:kms:cn-north-1:111122223333:key/${ID}`,
      'arn:*:kms:*:*:key/mrk-*', 'arn:aws:kms:eu-west-1:1111222?????:key/*',
    ],
    [
      'alias/a', 'a_b', 'a b', `key/${ID}`, `arn:aws1:kms:eu-west-1:111122223333:key/${ID}`,
      `arn:aws:s3:eu-west-1:111122223333:key/${ID}`, `arn:aws:kms:eu_west_1:111122223333:key/${ID}`,
      `arn:aws:kms:eu-west-1:me:key/${ID}`, `arn:aws:kms:eu-west-1:111122223333:key/${ID}/a`,
      `arn:aws:kms:eu-west-1:111122223333:alias/${ID}`, '',
    ],
  ],
  [
    'Regions', REGIONS, {
      name: 'regions',
      example: 'eu-west-1',
      expected: 'a Region, such as "eu-west-1", or a pattern, such as "eu-*"',
    },
    ['eu-west-1', 'us-gov-west-1', 'eu-*', '*-1', 'ap-southeast-?'],
    ['eu', 'eu-west', 'EU-WEST-1', 'eu_west-1-a', 'eu-west-1a!', ''],
  ],
])('%s', (_, rule, { name, example, expected }, accepted, refused) => {
  test.each(accepted)('may be %s', (value) => {
    expect(errorsOf(rule, value)).toEqual([]);
  });

  test.each(refused)('can not be "%s"', (value) => {
    expect(errorsOf(rule, value)).toEqual([`rule: ${name} has "${value}", which no request has: expected ${expected}`]);
  });

  test('have an example, which is one of them', () => {
    expect(errorsOf(rule)).toEqual([`rule: ${name} is empty: list at least one, such as "${example}"`]);
    expect(errorsOf(rule, example)).toEqual([]);
  });
});

test('the name of a parameter group has 255 characters at most', () => {
  expect(errorsOf(PARAMETER_GROUPS, 'a'.repeat(256))).toEqual([
    `rule: names has "${'a'.repeat(99)}…" (256 characters), which has 256 characters, and may have 255: shorten it`,
  ]);
});

test.each<[ListRule, string, string, string[]]>([
  [NODE_TYPES, 'cache.t4g.*', 'elasticache:CacheNodeType', ['cluster', 'globalreplicationgroup', 'replicationgroup']],
  [PARAMETER_GROUPS, 'tuned', 'elasticache:CacheParameterGroupName', [
    'cluster', 'globalreplicationgroup', 'replicationgroup',
  ]],
  [KEYS, ID, 'elasticache:KmsKeyId', [
    'globalreplicationgroup', 'replicationgroup', 'serverlesscache', 'serverlesscachesnapshot', 'snapshot',
  ]],
])('%#: denials are on the types that have the key', (rule, value, key, types) => {
  const { result: { denials } } = inRule((context) => onlyValues([value], rule, context), stack);
  expect(denials.map((denial) => [denial.keys, denial.types])).toEqual([[[key], types]]);
});
