import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { newRole, newStack, warningsOf } from '../harness';
import {
  arnOf, conditionOn, keyTypes, loadReferences, permissionsOf, references, supplied, typeOf, typesWith, withTagging,
} from '../support/service-authorization';

beforeAll(loadReferences);

describe('an operation', () => {
  test('is allowed on the listed resources of each of its types, and on no other', () => {
    for (const reference of references) {
      for (const { name } of reference.types) {
        const types = typesWith(reference, name);
        const permissions = permissionsOf({
          operations: [ElastiCacheOperation.of(reference.name)],
          resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))),
        }).filter(({ action }) => action === `elasticache:${reference.name}`);
        expect(permissions.map(({ resource }) => resource)).toEqual(types.map(arnOf).sort());
        expect(permissions.map(({ conditions }) => conditions)).toEqual(types.map(() => undefined));
      }
    }
  });

  test('has a condition on the types for which AWS supplies the key, and only on these', () => {
    let cases = 0;
    for (const reference of references) {
      for (const { name } of reference.types) {
        for (const key of [...keyTypes.keys()].filter((candidate) => supplied(reference, name, candidate))) {
          const types = typesWith(reference, name);
          const { condition, block } = conditionOn(key);
          const permissions = permissionsOf({
            operations: withTagging([ElastiCacheOperation.of(reference.name)], key),
            resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))),
            conditions: [condition],
          }).filter(({ action }) => action === `elasticache:${reference.name}`);
          expect(Object.fromEntries(permissions.map(({ resource, conditions }) => [typeOf(resource), conditions])))
            .toEqual(
              Object.fromEntries(types.map((type) => [type, supplied(reference, type, key) ? block : undefined])),
            );
          cases++;
        }
      }
    }
    expect(cases).toBeGreaterThan(300);
  });

  test('has a condition on * if AWS supplies the key for all its types, and separate statements otherwise', () => {
    for (const reference of references) {
      for (const key of [...keyTypes.keys()].filter((candidate) => (
        reference.types.some(({ name }) => supplied(reference, name, candidate))
      ))) {
        const { condition, block } = conditionOn(key);
        const permissions = permissionsOf({
          operations: withTagging([ElastiCacheOperation.of(reference.name)], key), conditions: [condition],
        })
          .filter(({ action }) => action === `elasticache:${reference.name}`);
        if (reference.types.every(({ name }) => supplied(reference, name, key))) {
          expect(permissions.map(({ resource, conditions }) => ({ resource, conditions })))
            .toEqual([{ resource: '*', conditions: block }]);
        } else {
          const anyOf = (type: string) => ({
            'Fn::Join': ['', [
              'arn:',
              { Ref: 'AWS::Partition' },
              `:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`,
            ]],
          });
          const text = (permission: object) => JSON.stringify(permission);
          expect(permissions.map(({ resource, conditions }) => text({ resource, conditions })).sort())
            .toEqual(reference.types
              .map(({ name }) => (
                text({ resource: anyOf(name), conditions: supplied(reference, name, key) ? block : undefined })
              )).sort());
        }
      }
    }
  });

  test('that accepts only * is allowed on *, with a reason', () => {
    const stars = references.filter(({ types }) => types.length === 0).map(({ name }) => name).sort();
    expect(stars).toEqual(expect.arrayContaining([
      'DescribeCacheEngineVersions',
      'DescribeEngineDefaultParameters',
      'DescribeEvents',
      'DescribeReservedCacheNodesOfferings',
      'DescribeServiceUpdates',
    ]));
    const permissions = permissionsOf({
      operations: [...stars.map((name) => ElastiCacheOperation.of(name)), ElastiCacheOperation.TEST_FAILOVER],
      resources: [ElastiCacheResource.replicationGroup('a')],
    });
    expect(permissions.filter(({ resource }) => resource === '*').map(({ operation, reason }) => [operation, reason]))
      .toEqual(
        stars.map((name) => [name, `allows ${name}, which AWS authorizes on no resource: only * allows it`]),
      );
  });

  test('has the source of its permission', () => {
    const [onGroup] = permissionsOf({
      operations: [ElastiCacheOperation.TEST_FAILOVER],
      resources: [ElastiCacheResource.fromArn(arnOf('replicationgroup'))],
    });
    expect(onGroup).toEqual({
      operation: 'TestFailover',
      action: 'elasticache:TestFailover',
      accessLevel: 'Write',
      resource: arnOf('replicationgroup'),
      reason: 'allows TestFailover on this replicationgroup, a type that every call is authorized on',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
    });
  });
});

test('an operation with a resource of each of its types has no warning', () => {
  const own = newStack();
  new iam.User(own, 'User');
  for (const { name, types } of references.filter((reference) => reference.types.length > 0)) {
    const resources = types.map((type) => ElastiCacheResource.fromArn(arnOf(type.name)));
    permissionsOf({ operations: [ElastiCacheOperation.of(name)], resources }, own);
  }
  expect(warningsOf(own).filter((warning) => !warning.includes('retiredOperation'))).toEqual([]);
});

test('a resource of an optional type is allowed if it is listed', () => {
  expect(permissionsOf({
    operations: [ElastiCacheOperation.CREATE_SNAPSHOT],
    resources: ['cluster', 'snapshot'].map((type) => ElastiCacheResource.fromArn(arnOf(type))),
  }).map(({ resource, reason }) => [resource, reason])).toEqual([
    [arnOf('cluster'), 'allows CreateSnapshot on this cluster, where a call names it'],
    [arnOf('snapshot'), 'allows CreateSnapshot on this snapshot, a type that every call is authorized on'],
  ]);
});

test('a custom operation accepts conditions on the keys that AWS supplies with every request', () => {
  expect(permissionsOf({
    operations: [ElastiCacheOperation.custom('ThawCluster')],
    conditions: [ElastiCacheCondition.of('StringEquals', 'aws:PrincipalOrgID', ['o-1'])],
  }).map(({ action, resource, conditions }) => ({ action, resource, conditions }))).toEqual([
    {
      action: 'elasticache:ThawCluster', resource: '*', conditions: { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } },
    },
  ]);
});

test('a create operation without a resource to create has a warning', () => {
  const own = newStack();
  new ElastiCacheAccessGrant(own, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], resources: [ElastiCacheResource.parameterGroup('a')],
  }).toRole(newRole(own));
  expect(warningsOf(own)).toEqual([
    'AWS also authorizes CREATE_REPLICATION_GROUP on the resource that it creates, so its calls will be denied without '
    + "a replicationGroup: add ElastiCacheResource.replicationGroup('…') [ack: "
    + 'cdk-elasticache-grants:createdResource.CreateReplicationGroup]',
  ]);
});
