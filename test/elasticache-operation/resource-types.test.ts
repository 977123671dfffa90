import { Fn, Token } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource, ElastiCacheResourceType as Type,
} from '../../src';
import { OPERATIONS, RESOURCE_TYPES } from '../../src/private/catalog/catalog.generated';
import { createdTypes } from '../../src/private/catalog/lookup';
import { constantCase } from '../../src/private/util/text';
import { messageOf, newStack, runs, UNCHECKED, warningsOf } from '../harness';
import { ErrorCase, titled, tokenList } from '../support/errors';

const ALL = Object.values(Type);
const namesFor = (...types: Type[]) => ElastiCacheOperation.forResourceTypes(types).map(String);

describe('ElastiCacheResourceType', () => {
  test('has each type of the catalog, named as the static of ElastiCacheResource', () => {
    expect(Object.fromEntries(Object.entries(Type))).toEqual(Object.fromEntries(
      Object.entries(RESOURCE_TYPES).map(([type, { name }]) => [constantCase(name), type])));
    expect(ALL).toHaveLength(12);
    for (const { name } of Object.values(RESOURCE_TYPES)) {
      expect(ElastiCacheResource[name as 'user']('x')).toBeInstanceOf(ElastiCacheResource);
    }
  });
});

describe('resourceTypes', () => {
  test.each<[ElastiCacheOperation, Type[]]>([
    [ElastiCacheOperation.CONNECT, [Type.REPLICATION_GROUP, Type.SERVERLESS_CACHE, Type.USER]],
    [ElastiCacheOperation.CREATE_SNAPSHOT, [Type.CACHE_CLUSTER, Type.REPLICATION_GROUP, Type.SNAPSHOT]],
    [ElastiCacheOperation.DELETE_CACHE_CLUSTER, [Type.CACHE_CLUSTER, Type.SNAPSHOT]],
    [ElastiCacheOperation.PURCHASE_RESERVED_CACHE_NODES_OFFERING, [Type.RESERVED_CACHE_NODE]],
    [ElastiCacheOperation.ADD_TAGS_TO_RESOURCE, ALL],
    [ElastiCacheOperation.DESCRIBE_EVENTS, []],
    [ElastiCacheOperation.custom('ThawCluster'), []],
    [ElastiCacheOperation.custom('constructor'), []],
  ])('of %s are those that AWS authorizes it on', (operation, types) => {
    expect([...operation.resourceTypes].sort()).toEqual([...types].sort());
  });

  test('are a new list at each call', () => {
    ElastiCacheOperation.TEST_FAILOVER.resourceTypes.pop();
    expect(ElastiCacheOperation.TEST_FAILOVER.resourceTypes).toEqual([Type.REPLICATION_GROUP]);
    expect(namesFor(Type.REPLICATION_GROUP)).toContain('TestFailover');
  });
});

describe('forResourceTypes', () => {
  const TAGS = ['AddTagsToResource', 'ListTagsForResource', 'RemoveTagsFromResource'];

  test.each<[Type[], string[]]>([
    [[Type.USER], ['CreateUser', 'DeleteUser', 'DescribeUsers', 'ModifyUser']],
    [[Type.USER_GROUP], ['DeleteUserGroup', 'DescribeUserGroups']],
    [[Type.USER, Type.USER_GROUP], [
      'CreateUser', 'CreateUserGroup', 'DeleteUser', 'DeleteUserGroup', 'DescribeUserGroups', 'DescribeUsers',
      'ModifyUser', 'ModifyUserGroup',
    ]],
    [[Type.SNAPSHOT], ['CopySnapshot', 'DeleteSnapshot', 'DescribeSnapshots']],
    [[Type.SERVERLESS_CACHE], [
      'CreateServerlessCache', 'DeleteServerlessCache', 'DescribeServerlessCaches', 'ModifyServerlessCache',
    ]],
    [[Type.SUBNET_GROUP], [
      'CreateCacheSubnetGroup', 'DeleteCacheSubnetGroup', 'DescribeCacheSubnetGroups', 'ModifyCacheSubnetGroup',
    ]],
    [[Type.RESERVED_CACHE_NODE], ['DescribeReservedCacheNodes', 'PurchaseReservedCacheNodesOffering']],
    [[Type.SECURITY_GROUP], []],
  ])('gives, of %s, the operations on the types alone, and those on tags', (types, names) => {
    expect(namesFor(...types)).toEqual([...names, ...TAGS].sort());
  });

  test('leaves out what needs a type that is not listed', () => {
    expect(namesFor(Type.SNAPSHOT)).not.toContain('CreateSnapshot');
    expect(namesFor(Type.CACHE_CLUSTER)).not.toContain('CreateSnapshot');
    expect(namesFor(Type.SNAPSHOT, Type.CACHE_CLUSTER)).toContain('CreateSnapshot');
    expect(namesFor(Type.SNAPSHOT, Type.REPLICATION_GROUP)).toContain('CreateSnapshot');
    expect(namesFor(Type.USER)).not.toContain('Connect');
    expect(namesFor(Type.REPLICATION_GROUP, Type.SERVERLESS_CACHE)).not.toContain('Connect');
    expect(namesFor(Type.USER, Type.SERVERLESS_CACHE)).toContain('Connect');
    expect(namesFor(Type.REPLICATION_GROUP)).not.toContain('CreateReplicationGroup');
    expect(namesFor(Type.REPLICATION_GROUP, Type.PARAMETER_GROUP)).toContain('CreateReplicationGroup');
  });

  // AWS marks what these two create as optional, and the parameter group as required.
  test('leaves out what creates a type that is not listed', () => {
    expect(namesFor(Type.PARAMETER_GROUP)).toEqual([
      'CreateCacheParameterGroup', 'DeleteCacheParameterGroup',
      'DescribeCacheParameterGroups', 'DescribeCacheParameters', 'ModifyCacheParameterGroup',
      'ResetCacheParameterGroup', ...TAGS,
    ].sort());
  });

  test('of all types gives every operation but those that accept * alone', () => {
    expect(ElastiCacheOperation.forResourceTypes(ALL))
      .toEqual(ElastiCacheOperation.all().filter(({ resourceTypes }) => resourceTypes.length > 0));
    expect(ElastiCacheOperation.all().map(String).filter((name) => !namesFor(...ALL).includes(name))).toEqual([
      'DescribeCacheEngineVersions', 'DescribeEngineDefaultParameters', 'DescribeEvents',
      'DescribeReservedCacheNodesOfferings', 'DescribeServiceUpdates',
    ]);
  });

  // Red if the rule is not the one that the catalog's rows say, for any set of types, in any order.
  test('gives exactly the operations that can be limited to the types', () => {
    fc.assert(fc.property(fc.shuffledSubarray(ALL, { minLength: 1 }), (types) => {
      const listed = new Set<string>(types);
      expect(namesFor(...types, ...types)).toEqual(Object.entries(OPERATIONS)
        .filter(([name, { retired, types: authorized = {}, oneOf }]) => {
          const missing = Object.entries(authorized).filter(([type, { required }]) => required && !listed.has(type));
          const accepted = Object.keys(authorized).filter((type) => listed.has(type));
          const created = createdTypes(name);
          return !retired && missing.length === 0 && accepted.length > 0
            && created.every((type) => listed.has(type))
            && (oneOf ?? accepted).filter((type) => listed.has(type)).length > 0;
        })
        .map(([name]) => name));
    }), runs(200));
  });

  // Red if an operation is given that the grant then refuses, or lists a resource that nothing needs.
  test('gives what a grant accepts with a resource of each type', () => {
    fc.assert(fc.property(fc.subarray(ALL, { minLength: 1 }), (types) => {
      const stack = newStack({ context: UNCHECKED });
      const operations = ElastiCacheOperation.forResourceTypes(types)
        .filter((operation) => operation !== ElastiCacheOperation.EXPORT_SERVERLESS_CACHE_SNAPSHOT);
      const grant = new ElastiCacheAccessGrant(stack, 'Grant', {
        operations,
        resources: types.map((type) => ElastiCacheResource[RESOURCE_TYPES[type].name as 'user']('a-*')),
      });
      expect(new Set(grant.permissions.filter(({ action }) => action.startsWith('elasticache:'))
        .map(({ operation, resource }) => [operation, resource === '*'].join()))).toEqual(
        new Set(operations.map((operation) => [operation, false].join())));
      expect(warningsOf(stack)).toEqual([]);
    }), runs(60));
  });

  function wrongTypes(): ErrorCase[] {
    const of = (value: unknown) => () => ElastiCacheOperation.forResourceTypes(value as Type[]);
    const types = 'ElastiCacheOperation.forResourceTypes: types';
    const example = 'ElastiCacheResourceType.REPLICATION_GROUP';
    const meant = (name: string, member: string): ErrorCase => (
      [of([name]), `${types}[0] is ${JSON.stringify(name)}: did you mean ElastiCacheResourceType.${member}?`]);
    return [
      [of(undefined), `${types} is undefined: expected a list, such as [${example}]`],
      [of('snapshot'), `${types} is "snapshot": expected a list, such as [${example}]`],
      [of([]), `${types} is empty: list at least one, such as ${example}`],
      [of([Type.USER, undefined]), `${types}[1] is undefined: expected an ElastiCacheResourceType, such as ${example}`],
      // eslint-disable-next-line no-sparse-arrays
      [of([, Type.USER]), `${types}[0] is undefined: expected an ElastiCacheResourceType, such as ${example}`],
      [of(['constructor']), `${types}[0] is "constructor": expected an ElastiCacheResourceType, such as ${example}`],
      [of(['global-datastore']),
        `${types}[0] is "global-datastore": expected an ElastiCacheResourceType, such as ${example}`],
      [of(['Users', 7]), [
        '2 problems:',
        `- ${types}[0] is "Users": did you mean ElastiCacheResourceType.USER?`,
        `- ${types}[1] is 7: expected an ElastiCacheResourceType, such as ${example}`,
      ].join('\n')],
      meant('replicationGroup', 'REPLICATION_GROUP'),
      meant('REPLICATION_GROUP', 'REPLICATION_GROUP'),
      meant('replication-groups', 'REPLICATION_GROUP'),
      meant('AWS::ElastiCache::ReplicationGroup', 'REPLICATION_GROUP'),
      meant('cacheCluster', 'CACHE_CLUSTER'),
      meant('CacheSubnetGroup', 'SUBNET_GROUP'),
      meant('users', 'USER'),
      meant('UserGroup', 'USER_GROUP'),
      meant('reservedCacheNode', 'RESERVED_CACHE_NODE'),
      meant('ReservedInstance', 'RESERVED_CACHE_NODE'),
      meant('serverlessSnapshot', 'SERVERLESS_CACHE_SNAPSHOT'),
      meant('backup', 'SNAPSHOT'),
      ...([
        [[Fn.importValue('Type')], `${types}[0]`],
        [[Type.USER, Token.asNumber(Fn.importValue('Type'))], `${types}[1]`],
        [tokenList(), types],
      ] as const).map(([value, subject]): ErrorCase => [
        of(value),
        `${subject} is only known at deployment, and what it needs must be known before: pass members of the enum, `
        + `such as ${example}`,
      ]),
    ];
  }

  test.each(titled(wrongTypes()))('refuses: %s', (_, action, message) => {
    expect(messageOf(action)).toBe(message);
  });
});
