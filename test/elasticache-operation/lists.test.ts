import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../src';
import { messageOf, newRole, newStack, warningsOf } from '../harness';

const RETIRED = [
  'AuthorizeCacheSecurityGroupIngress', 'CreateCacheSecurityGroup', 'DeleteCacheSecurityGroup',
  'DescribeCacheSecurityGroups', 'RevokeCacheSecurityGroupIngress',
];
const members = Object.values(ElastiCacheOperation).filter((value) => value instanceof ElastiCacheOperation);

test('all() gives every operation but the retired ones', () => {
  expect(ElastiCacheOperation.all()).toEqual(members.filter(({ operationName }) => !RETIRED.includes(operationName)));
  expect(members).toHaveLength(ElastiCacheOperation.all().length + RETIRED.length);
});

test('reference() keeps the retired operations of the page', () => {
  expect(ElastiCacheOperation.reference()).toHaveLength(39);
  expect(ElastiCacheOperation.reference().filter(({ retired }) => retired).map(String)).toEqual(RETIRED);
});

test.each([
  ['all()', () => ElastiCacheOperation.all()],
  ['readOnly()', () => ElastiCacheOperation.readOnly()],
  ['matching("*")', () => ElastiCacheOperation.matching('*')],
  ['matching("*Group*")', () => ElastiCacheOperation.matching('*Group*')],
])('%s has no warning of its own', (_, operations) => {
  const stack = newStack();
  // A list with an export must say which buckets it is to.
  const exportBuckets = operations().includes(ElastiCacheOperation.EXPORT_SERVERLESS_CACHE_SNAPSHOT) ? [] : undefined;
  new ElastiCacheAccessGrant(stack, 'Grant', { operations: operations(), exportBuckets }).toRole(newRole(stack));
  expect(warningsOf(stack)).toEqual([]);
});

test('matching() leaves out what is retired, and refuses a pattern that matches nothing else', () => {
  expect(ElastiCacheOperation.matching('CreateCache*Group').map(String))
    .toEqual(['CreateCacheParameterGroup', 'CreateCacheSubnetGroup']);
  expect(messageOf(() => ElastiCacheOperation.matching('AuthorizeCacheSecurityGroup*'))).toBe(
    'ElastiCacheOperation.matching: "AuthorizeCacheSecurityGroup*" matches retired operations only, '
    + 'AuthorizeCacheSecurityGroupIngress (cache security groups serve EC2-Classic only, which AWS has retired): to '
    + 'grant one all the same, use ElastiCacheOperation.of',
  );
  expect(messageOf(() => ElastiCacheOperation.matching('D*CacheSecurityGroup*'))).toBe(
    'ElastiCacheOperation.matching: "D*CacheSecurityGroup*" matches retired operations only, '
    + 'DeleteCacheSecurityGroup, DescribeCacheSecurityGroups (cache security groups serve EC2-Classic only, which AWS '
    + 'has retired): to grant one all the same, use ElastiCacheOperation.of',
  );
});

test.each(RETIRED)('of("%s") and its static still give the retired operation, which warns', (name) => {
  const stack = newStack();
  const operation = ElastiCacheOperation.of(name);
  new ElastiCacheAccessGrant(stack, 'Grant', { operations: [operation] }).toRole(newRole(stack));
  expect(members).toContain(operation);
  expect(warningsOf(stack)).toEqual([
    `${name} is retired (cache security groups serve EC2-Classic only, which AWS has retired): drop it, or acknowledge `
    + `this warning [ack: cdk-elasticache-grants:retiredOperation.${name}]`,
  ]);
});

describe('without()', () => {
  const { COPY_SNAPSHOT, CREATE_SNAPSHOT, DELETE_SNAPSHOT, TEST_FAILOVER } = ElastiCacheOperation;

  test('leaves operations out, and keeps the order of the others', () => {
    const all = [TEST_FAILOVER, COPY_SNAPSHOT, DELETE_SNAPSHOT, CREATE_SNAPSHOT];
    expect(ElastiCacheOperation.without(all, [DELETE_SNAPSHOT, TEST_FAILOVER, ElastiCacheOperation.CONNECT]))
      .toEqual([COPY_SNAPSHOT, CREATE_SNAPSHOT]);
    expect(ElastiCacheOperation.without(all, [])).toEqual(all);
    expect(all).toHaveLength(4);
  });

  test('compares names, as custom operations of one name are two objects', () => {
    expect(ElastiCacheOperation.without(
      [ElastiCacheOperation.custom('ThawCluster')], [ElastiCacheOperation.custom('ThawCluster')])).toEqual([]);
  });

  test('refuses what is not an operation, in either list', () => {
    expect(messageOf(() => ElastiCacheOperation.without(['CopySnapshot'] as any, COPY_SNAPSHOT as any))).toBe([
      '2 problems:',
      '- ElastiCacheOperation.without: operations[0] is "CopySnapshot": expected an ElastiCacheOperation, such as '
      + 'ElastiCacheOperation.COPY_SNAPSHOT',
      '- ElastiCacheOperation.without: excluded is an object of class ElastiCacheOperation: expected a '
      + 'list, such as [ElastiCacheOperation.COPY_SNAPSHOT]',
    ].join('\n'));
  });
});
