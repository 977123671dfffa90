import { AccessLevel } from '../../../src/access-level';
import { CheckedCondition, Scope } from '../../../src/private/model';
import {
  authorizedResources, missingTypes, requiredTypesMissing, resourcesOfTypes,
} from '../../../src/private/resolve/authorized-resources';
import { checkCondition } from '../../../src/private/resolve/conditions';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack } from '../../harness';

const condition = (key: string): CheckedCondition => (
  { operator: 'StringEquals', key, catalogKey: key, values: ['a'], global: false, matchesWhenKeyIsMissing: false });
const [a, b] = [condition('elasticache:A'), condition('elasticache:B')];
const entry = {
  accessLevel: AccessLevel.WRITE, types: { cluster: { keys: ['elasticache:A'] }, user: { keys: ['elasticache:B'] } },
};
const keysOf = (types: string[], conditions: CheckedCondition[]) => resourcesOfTypes(entry, types, { conditions })
  .map((one) => (
    [one.type ?? one.resource, ...one.conditions.map(({ key }) => key)]));

test('types with different conditions stay separate', () => {
  expect(keysOf(['cluster', 'user'], [a, b])).toEqual([['cluster', 'elasticache:A'], ['user', 'elasticache:B']]);
});

test('a condition whose key AWS supplies for some types only is never on *', () => {
  expect(keysOf(['cluster'], [a])).toEqual([['cluster', 'elasticache:A']]);
});

test('a grant without a condition that applies stays on *', () => {
  expect(keysOf(['cluster', 'user'], [])).toEqual([['*']]);
  expect(keysOf(['cluster', 'user'], [condition('elasticache:C')])).toEqual([['*']]);
});

/** A condition as a grant has checked it. */
const checked = (operator: string, key: string, value: string) => (
  checkCondition(operator, key, [value], (text) => text, new Diagnostics())!);

/** What is wrong with an operation in a scope. The id of a warning begins it. */
function problemsOf(operation: string, scope: Partial<Scope>) {
  const diagnostics = new Diagnostics();
  const warnings: string[] = [];
  diagnostics.warning = (id, text) => { warnings.push(`${id}: ${text}`); };
  authorizedResources(operation, { conditions: [], ...scope }, diagnostics);
  return [...diagnostics.errorTexts, ...warnings];
}

const listed = (type: string, name = 'a', conditions: CheckedCondition[] = []) => (
  { type, arn: `arn:aws:elasticache:eu-west-1:111122223333:${type}:${name}`, conditions });
const tag = checked('StringEquals', 'aws:ResourceTag/team', 'a');
const durability = checked('StringEquals', 'elasticache:Durability', 'sync');
const address = checked('IpAddress', 'aws:SourceIp', '203.0.113.0/24');

// Red if a condition that holds nowhere, or not where it seems to, is let through, or if one that holds is refused.
test.each<[string, string, Partial<Scope>, string[]]>([
  ['nothing is limited', 'TestFailover', {}, []],
  ['the resource that it needs', 'TestFailover', { resources: [listed('replicationgroup')] }, []],
  ['another resource', 'TestFailover', { resources: [listed('user')] }, [
    "TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
  ]],
  ['another resource, and one that is not known', 'TestFailover',
    { resources: [listed('user')], hasUnknownResource: true }, []],
  ['neither of two resources', 'CreateSnapshot', { resources: [listed('snapshot')] }, [
    'CREATE_SNAPSHOT also needs a cacheCluster or a replicationGroup: add '
    + "ElastiCacheResource.cacheCluster('…') or ElastiCacheResource.replicationGroup('…')",
  ]],
  ['one of two resources', 'CreateSnapshot', { resources: [listed('snapshot'), listed('cluster')] }, []],
  ['not the resource that it creates', 'CreateReplicationGroup', { resources: [listed('parametergroup')] }, [
    'createdResource.CreateReplicationGroup: AWS also authorizes CREATE_REPLICATION_GROUP on the resource that it '
    + "creates, so its calls will be denied without a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
  ]],
  ['the resource that it creates', 'CreateReplicationGroup',
    { resources: [listed('parametergroup'), listed('replicationgroup')] }, []],
  ['a key that it never has', 'TestFailover', { conditions: [durability] }, [
    'AWS never supplies elasticache:Durability to TEST_FAILOVER, so the condition would deny every call: use a '
    + 'separate grant for the operation',
  ]],
  ['a key that it never has, and a resource that is not known', 'TestFailover',
    { conditions: [durability], resources: [listed('replicationgroup')], hasUnknownResource: true }, [
      'AWS never supplies elasticache:Durability to TEST_FAILOVER, so the condition would deny every call: use a '
      + 'separate grant for the operation',
    ]],
  ['a key of a resource that is not listed', 'CreateReplicationGroup',
    { conditions: [durability], resources: [listed('parametergroup')] }, [
      'AWS supplies elasticache:Durability to CREATE_REPLICATION_GROUP with none of the listed resources, only with a '
      + "replicationGroup: add ElastiCacheResource.replicationGroup('…')",
      'createdResource.CreateReplicationGroup: AWS also authorizes CREATE_REPLICATION_GROUP on the resource that it '
      + 'creates, so its calls will be denied without a replicationGroup: add '
      + "ElastiCacheResource.replicationGroup('…')",
    ]],
  ['a key of a resource that may be the one that is not known', 'CreateReplicationGroup',
    { conditions: [durability], resources: [listed('parametergroup')], hasUnknownResource: true }, []],
  ['a negated condition on a key that some of its resources lack', 'CreateReplicationGroup',
    { conditions: [checked('StringNotEquals', 'elasticache:Durability', 'async')] }, [
      'lenientCondition: a request without elasticache:Durability meets the condition StringNotEquals on it, and AWS '
      + "doesn't supply the key to CREATE_REPLICATION_GROUP with cluster, globalreplicationgroup, parametergroup, "
      + 'securitygroup, snapshot, subnetgroup, usergroup: make sure that what the condition guards is not among '
      + 'these, or use an operator that requires the key',
    ]],
  ['another resource, and a condition', 'TestFailover', { conditions: [tag], resources: [listed('user')] }, [
    "TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
  ]],
  ['a key of one of its resources', 'CreateReplicationGroup', { conditions: [durability] }, []],
  ['a negated condition on a key that it always has', 'TestFailover',
    { conditions: [checked('StringNotEquals', 'aws:ResourceTag/team', 'a')] }, []],
  ['a condition on its tags', 'TestFailover', { conditions: [tag] }, []],
  ['a condition on tags that a type without them leaves open', 'DeleteReplicationGroup', { conditions: [tag] }, [
    "openType.DeleteReplicationGroup: AWS doesn't supply aws:ResourceTag/team to DELETE_REPLICATION_GROUP with a "
    + "snapshot, so the condition doesn't limit which one a call names: list the resources of that type that calls "
    + 'may name, each with a condition of its own where it needs one',
  ]],
  ['a condition on tags, and any snapshot, with a condition of its own', 'DeleteReplicationGroup', {
    conditions: [tag],
    resources: [listed('replicationgroup'), listed('snapshot', '*', [address])],
  }, []],
  ['a condition on tags, and a snapshot by its name', 'DeleteReplicationGroup',
    { conditions: [tag], resources: [listed('replicationgroup'), listed('snapshot', 'a*')] }, []],
  ['a key of one of two caches', 'Connect',
    { conditions: [address], resources: [listed('replicationgroup'), listed('serverlesscache'), listed('user')] }, [
      "openType.Connect: AWS doesn't supply aws:SourceIp to CONNECT with a serverlessCache, so the condition doesn't "
      + 'limit which one a call names: list the resources of that type that calls may name, each with a condition of '
      + 'its own where it needs one',
    ]],
  ['a key of one of two caches, and a condition on the other one', 'Connect', {
    conditions: [address],
    resources: [
      listed('replicationgroup'),
      listed('serverlesscache', 'a', [checked('StringEquals', 'aws:SourceVpc', 'vpc-1')]),
      listed('user'),
    ],
  }, []],
  ['a resource with a condition whose key it never has', 'TestFailover',
    { resources: [listed('replicationgroup', 'a', [durability])] }, [
      'AWS never supplies elasticache:Durability to TEST_FAILOVER with a replicationGroup, so the condition of '
      + '"arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:a" would deny every call: use a separate grant '
      + 'for the operation',
    ]],
  ['a resource with a condition, which is for another operation', 'TestFailover',
    { resources: [listed('replicationgroup'), listed('user', 'u', [durability])] }, []],
  ['a custom operation with resources', 'ThawCluster', { resources: [listed('cluster')] }, [
    "ThawCluster is a custom operation, whose resource types are not known, so resources can't limit it: use a "
    + 'separate grant for it, without resources',
  ]],
  ['a custom operation with a condition of ElastiCache', 'ThawCluster', { conditions: [durability, address] }, [
    'ThawCluster is a custom operation, and it is not known whether AWS supplies elasticache:Durability with it: use a '
    + 'separate grant for it, without that condition',
  ]],
  ['a custom operation with a condition of all services', 'ThawCluster', { conditions: [address] }, []],
])('an operation with %s', (_, operation, scope, problems) => {
  expect(problemsOf(operation, scope)).toEqual(problems);
});

test('a key that no request to connect has is refused with the keys that work', () => {
  const region = checked('StringEquals', 'aws:RequestedRegion', 'eu-west-1');
  const keys = (resources?: Scope['resources']) => (
    /supplies: (.*)$/.exec(problemsOf('Connect', { conditions: [region], resources })[0])![1]);
  expect(keys()).toBe('aws:ResourceTag/…, aws:SourceIp with a replicationGroup, '
    + ['CurrentTime', 'EpochTime', 'SourceVpc', 'SourceVpce', 'VpcSourceIp']
      .map((key) => `aws:${key} with a serverlessCache`).join(', '));
  expect(keys([listed('replicationgroup'), listed('replicationgroup', 'b'), listed('user')])).toBe(
    'aws:ResourceTag/…, aws:SourceIp with a replicationGroup');
});

test('why a resource is listed depends on whether every call names it', () => {
  const whys = (operation: string, ...types: string[]) => (
    authorizedResources(operation, { conditions: [], resources: types.map((type) => listed(type)) }, new Diagnostics())
      .map(({ type, why }) => [type, why]));
  expect(whys('CreateReplicationGroup', 'parametergroup', 'replicationgroup', 'user')).toEqual([
    ['parametergroup', 'a type that every call is authorized on'], ['replicationgroup', 'where a call names it'],
  ]);
  expect(whys('DescribeEvents', 'user')).toEqual([
    [undefined, 'which AWS authorizes on no resource: only * allows it'],
  ]);
  expect(authorizedResources('TestFailover', { conditions: [] }, new Diagnostics())).toEqual([
    { resource: '*', conditions: [] },
  ]);
});

test('a custom operation is on everything, under the conditions', () => {
  expect(authorizedResources('ThawCluster', { conditions: [address] }, new Diagnostics())).toEqual([
    { resource: '*', why: 'a custom operation of which nothing else is known', conditions: [address] },
  ]);
});

test('a condition on a key of some types has an ARN for each of them', () => {
  const region = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache:*:*:replicationgroup:*']] };
  const global = {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':elasticache::*:globalreplicationgroup:*']],
  };
  const keys = checked('StringEquals', 'aws:RequestTag/team', 'a');
  const found = authorizedResources('CreateGlobalReplicationGroup', { conditions: [keys] }, new Diagnostics());
  expect(newStack().resolve(found.map(({ resource, conditions }) => [resource, conditions.length]))).toEqual([
    [global, 1], [region, 0],
  ]);
});

// Red if an operation is said to lack a type that it has, or the other way round.
test.each<[string, string[], string[][], string[][]]>([
  ['TestFailover', [], [['replicationgroup']], [['replicationgroup']]],
  ['TestFailover', ['replicationgroup'], [], []],
  ['CreateReplicationGroup', ['parametergroup'], [], [['replicationgroup']]],
  ['CreateReplicationGroup', [], [['parametergroup']], [['parametergroup'], ['replicationgroup']]],
  ['CreateSnapshot', ['snapshot'], [['cluster', 'replicationgroup']], [['cluster', 'replicationgroup']]],
  ['CreateSnapshot', ['cluster'], [['snapshot']], [['snapshot']]],
  ['DescribeEvents', [], [[]], [[]]],
])('%s with %j lacks %j', (operation, types, required, all) => {
  expect(requiredTypesMissing(operation, new Set(types))).toEqual(required);
  expect(missingTypes(operation, new Set(types))).toEqual(all);
});
