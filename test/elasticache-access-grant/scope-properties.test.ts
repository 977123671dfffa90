import fc from 'fast-check';
import { ElastiCacheCondition, ElastiCacheOperation, ElastiCachePermission, ElastiCacheResource } from '../../src';
import { conditionsOf, newStack, runs } from '../harness';
import {
  arnOf, conditionOn, keyTypes, loadReferences, newGrant, permissionsOf, references, supplied, typeOf,
  withTagging,
} from '../support/service-authorization';

beforeAll(loadReferences);

describe('the scope of any grant', () => {
  const stack = newStack();
  const options = runs(1000);
  const someOperations = fc.subarray(ElastiCacheOperation.all(), { minLength: 1, maxLength: 8 });
  const someKeys = fc.integer({ min: 0, max: 30 });
  const referenceOf = (operation: string) => references.find(({ name }) => name === operation)!;
  const typesOf = (operations: ElastiCacheOperation[]) => (
    [...new Set(operations.flatMap(({ operationName }) => referenceOf(operationName).types.map(({ name }) => name)))]);

  test('allows each operation on exactly the listed types that AWS authorizes it on', () => {
    fc.assert(fc.property(someOperations, (operations) => {
      const types = typesOf(operations);
      fc.pre(types.length > 0);
      const permissions = permissionsOf({
        operations, resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))),
      });
      const own = permissions.filter(({ action }) => action.startsWith('elasticache:'))
        .map(({ operation, resource }) => `${operation} ${resource}`);
      const expected = operations.flatMap(({ operationName }) => {
        const authorized = referenceOf(operationName).types.map(({ name }) => `${operationName} ${arnOf(name)}`);
        return authorized.length > 0 ? authorized : [`${operationName} *`];
      });
      expect(own.sort()).toEqual(expected.sort());
    }), options);
  });

  test('has a condition exactly where AWS supplies its key', () => {
    fc.assert(fc.property(someOperations, someKeys, fc.boolean(), (operations, index, withResources) => {
      const key = [...keyTypes.keys()][index % keyTypes.size];
      const supported = withTagging(operations.filter(({ operationName }) => (
        referenceOf(operationName).types.some(({ name }) => supplied(referenceOf(operationName), name, key)))), key);
      fc.pre(supported.length > 0);
      const { condition, block } = conditionOn(key);
      const resources = withResources
        ? { resources: typesOf(supported).map((type) => ElastiCacheResource.fromArn(arnOf(type))) }
        : {};
      for (const { operation, action, resource, conditions } of permissionsOf({
        operations: supported, conditions: [condition], ...resources,
      })) {
        const text = typeof resource === 'string' ? resource : (resource as any)['Fn::Join'][1].at(-1);
        const on = text === '*' ? referenceOf(operation).types[0].name : typeOf(text);
        const expected = action.startsWith('elasticache:') && supplied(referenceOf(operation), on, key);
        expect(conditions).toEqual(expected ? block : undefined);
      }
    }), options);
  });

  test('has exactly the permissions in its statements, in any order of the input', () => {
    const allowedBy = (statements: any[]) => statements.flatMap(({ Action, Resource, ...rest }) => [Action].flat()
      .flatMap((action) => (
        [Resource].flat().map((resource) => JSON.stringify([action, resource, conditionsOf(rest)])))));
    const listed = (permissions: ElastiCachePermission[]) => (
      new Set(permissions.map(({ action, resource, conditions }) => JSON.stringify([action, resource, conditions]))));
    fc.assert(fc.property(someOperations, someKeys, fc.boolean(), (operations, index, withResources) => {
      const key = [...keyTypes.keys()][index % keyTypes.size];
      // A request to connect has no Region.
      const supported = withTagging(operations.filter(({ operationName }) => (
        operationName !== 'Connect'
        && referenceOf(operationName).types.some(({ name }) => supplied(referenceOf(operationName), name, key)))), key);
      fc.pre(supported.length > 0);
      const conditions = [
        conditionOn(key).condition, ElastiCacheCondition.requestedRegions(['eu-west-1', 'eu-north-1']),
      ];
      const resources = typesOf(supported).flatMap((type) => (
        [ElastiCacheResource.fromArn(arnOf(type)), ElastiCacheResource.fromArn(`${arnOf(type)}b`)]
      ));
      const make = (reverse: boolean) => newGrant({
        operations: reverse ? [...supported].reverse() : supported,
        conditions: reverse ? [...conditions].reverse() : conditions,
        ...(withResources && { resources: reverse ? [...resources, ...resources].reverse() : resources }),
      }, stack);
      const grant = make(false);
      const statements = stack.resolve(grant.statements.map((statement) => statement.toJSON()));
      expect(allowedBy(statements)).toHaveLength(new Set(allowedBy(statements)).size);
      expect(new Set(allowedBy(statements))).toEqual(listed(stack.resolve(grant.permissions)));
      expect(stack.resolve(make(true).toPolicyDocument())).toEqual(stack.resolve(grant.toPolicyDocument()));
    }), options);
  });

  test('is the same for two grants and for one grant of all their operations', () => {
    const pairs = (operations: ElastiCacheOperation[], types: string[]) => permissionsOf({
      operations, ...(types.length > 0 && { resources: types.map((type) => ElastiCacheResource.fromArn(arnOf(type))) }),
    }).map(({ action, resource }) => `${action} ${JSON.stringify(resource)}`);
    fc.assert(fc.property(someOperations, someOperations, fc.boolean(), (a, b, withResources) => {
      const on = (operations: ElastiCacheOperation[]) => (withResources ? typesOf(operations) : []);
      fc.pre(!withResources || (typesOf(a).length > 0 && typesOf(b).length > 0));
      const merged = new Set(pairs([...a, ...b], on([...a, ...b])));
      const separate = new Set([
        ...pairs(a, on([...a, ...b]).filter((type) => on(a).includes(type))), ...pairs(b, on(b)),
      ]);
      expect([...merged].filter((pair) => !separate.has(pair))).toEqual([]);
      expect([...separate].filter((pair) => !merged.has(pair))).toEqual([]);
    }), options);
  });
});
