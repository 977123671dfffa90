import {
  ElastiCacheGuardrailRule as Rule, ElastiCacheOperation as Operation, ElastiCacheResource as Resource,
} from '../../src';
import { newStack } from '../harness';
import { denies } from '../support/deny-evaluator';
import { NOBODY, PLACES, suppliedAt } from '../support/guardrail-requests';
import { RULE_CASES } from '../support/guardrail-rules';
import { guardrailOf } from '../support/guardrails';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';
const API = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_';
const coverageOf = (...rules: Rule[]) => guardrailOf(rules).coverage;

test('a rule has the operations that it reaches with their types, and those that it can not reach', () => {
  expect(coverageOf(Rule.encryptedInTransit())).toEqual([
    {
      rule: 'encryptedInTransit',
      operation: 'CreateCacheCluster',
      resourceTypes: [],
      reached: false,
      reason: 'it has the parameter TransitEncryptionEnabled, and no key for it',
      source: `${API}CreateCacheCluster.html`,
    },
    {
      rule: 'encryptedInTransit',
      operation: 'CreateReplicationGroup',
      resourceTypes: ['globalreplicationgroup', 'replicationgroup'],
      reached: true,
      reason: 'AWS supplies elasticache:TransitEncryptionEnabled; a request that leaves the parameter out has "false"',
      source: REFERENCE,
    },
    {
      rule: 'encryptedInTransit',
      operation: 'ModifyReplicationGroup',
      resourceTypes: ['replicationgroup'],
      reached: true,
      reason: 'AWS supplies elasticache:TransitEncryptionEnabled; a request without it passes',
      source: REFERENCE,
    },
  ]);
});

test('what happens to a request without the key is told for each operation', () => {
  expect(coverageOf(Rule.onlyIamUsers()).map(({ operation, reason }) => [operation, reason])).toEqual([
    ['CreateUser', 'AWS supplies elasticache:UserAuthenticationMode; a request without it is denied'],
    ['ModifyUser', 'AWS supplies elasticache:UserAuthenticationMode; a request without it passes'],
  ]);
});

test.each<[string, Rule, string[]]>([
  ['limits', Rule.limitSize({ shards: 1, replicasPerShard: 1 }), [
    'CreateCacheCluster', 'DecreaseNodeGroupsInGlobalReplicationGroup', 'DecreaseReplicaCount',
  ]],
  ['engines', Rule.onlyEngines(['valkey']), [
    'ModifyCacheCluster', 'ModifyGlobalReplicationGroup', 'ModifyReplicationGroup', 'ModifyServerlessCache',
  ]],
  ['Regions', Rule.onlyRegions(['eu-west-1']), ['Connect']],
  ['encryption at rest', Rule.encryptedAtRest(), ['CreateCacheCluster']],
  ['node types', Rule.onlyNodeTypes(['cache.t4g.micro']), ['PurchaseReservedCacheNodesOffering']],
  ['parameter groups', Rule.onlyParameterGroups(['a']), ['ModifyGlobalReplicationGroup']],
  ['tags', Rule.requireTags(['team']), []],
])('a rule about %s can not reach these operations', (_, rule, operations) => {
  expect(coverageOf(rule).filter(({ reached }) => !reached).map(({ operation }) => operation)).toEqual(operations);
});

test('a pattern has the operations that it matches today', () => {
  expect(coverageOf(Rule.denyMatching('*Serverless*Snapshot', [Resource.serverlessCacheSnapshot('*')]))
    .map(({ operation, resourceTypes, reason }) => [operation, resourceTypes, reason])).toEqual([
    'CopyServerlessCacheSnapshot', 'CreateServerlessCacheSnapshot', 'DeleteServerlessCacheSnapshot',
    'ExportServerlessCacheSnapshot',
  ].map((name) => [name, ['serverlesscachesnapshot'], 'the operation matches "*Serverless*Snapshot"']));
});

test('an operation without types, and one that is not known, have none', () => {
  expect(coverageOf(Rule.denyOperations([Operation.DESCRIBE_EVENTS, Operation.custom('ThawCluster')])).map((row) => (
    [row.operation, row.resourceTypes, row.reached]
  ))).toEqual([['DescribeEvents', [], true], ['ThawCluster', [], true]]);
});

test('exports are told apart from what may be one', () => {
  expect(coverageOf(Rule.noExports()).map(({ operation, reason }) => [operation, reason])).toEqual([
    ['CopySnapshot', 'the operation may export a snapshot'],
    ['ExportServerlessCacheSnapshot', 'the operation exports a snapshot'],
  ]);
});

test('rows are ordered, and are new at each call', () => {
  const guardrail = guardrailOf([Rule.noExports(), Rule.encryptedAtRest()]);
  guardrail.coverage.pop();
  expect(guardrail.coverage.map(({ rule, operation }) => `${rule} ${operation}`)).toEqual([
    'encryptedAtRest CreateCacheCluster', 'encryptedAtRest CreateReplicationGroup', 'noExports CopySnapshot',
    'noExports ExportServerlessCacheSnapshot',
  ]);
});

test.each(Object.entries(RULE_CASES))('%s reaches what its policy denies, and nothing else', (_, one) => {
  const stack = newStack();
  const guardrail = guardrailOf([one.rule], undefined, stack);
  const document = stack.resolve(guardrail.toPolicyDocument());
  const isDenied = (context: Record<string, string | string[]>) => PLACES.filter((place) => (
    denies(document, `elasticache:${place.operation}`, [suppliedAt(place, context, NOBODY)])));
  const denied = Object.values(one.requests).flatMap(isDenied)
    .map(({ operation, type }) => `${operation} ${type ?? ''}`);
  const reached = guardrail.coverage.filter((row) => row.reached).flatMap(({ operation, resourceTypes }) => (
    resourceTypes.length > 0 ? resourceTypes.map((type) => `${operation} ${type}`) : [`${operation} `]));
  const unreached = guardrail.coverage.filter((row) => !row.reached).map(({ operation }) => operation);
  // One request of a limit on storage is about one of its two keys, and both are with the same operations and types.
  expect([...new Set(reached)].sort()).toEqual([...new Set(denied)].sort());
  expect(unreached.filter((operation) => reached.some((row) => row.startsWith(`${operation} `)))).toEqual([]);
});
