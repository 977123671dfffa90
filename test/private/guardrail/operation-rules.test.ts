import { Aws } from 'aws-cdk-lib';
import { ElastiCacheCondition } from '../../../src/elasticache-condition';
import { ElastiCacheOperation as Operation } from '../../../src/elasticache-operation';
import { ElastiCacheResource as Resource } from '../../../src/elasticache-resource';
import {
  checkOperations, deniedExports, deniedMatching, deniedOperations,
} from '../../../src/private/guardrail/operation-rules';
import { newStack } from '../../harness';
import { denialsOf, inRule } from '../../support/rules';

const stack = newStack();
const NOTHING = { denials: [], unreached: {} };
const arnOf = (type: string, name: string) => `arn:*:elasticache:*:*:${type}:${name}`;
const denied = (operations: unknown, resources?: unknown) => (
  inRule((context) => deniedOperations(operations, resources, context), stack));
const matching = (pattern: unknown, resources?: unknown) => (
  inRule((context) => deniedMatching(pattern, resources, context), stack));

describe('operations', () => {
  test('are denied on all resources', () => {
    const { result, errors } = denied([Operation.DELETE_USER, Operation.custom('Thaw'), Operation.DELETE_USER]);
    expect(errors).toEqual([]);
    expect(result.unreached).toEqual({});
    expect(denialsOf(result, 'DeleteUser')).toEqual([{
      actions: ['elasticache:DeleteUser', 'elasticache:Thaw'],
      resources: ['*'],
      keys: [],
      reason: 'the operation is denied',
    }]);
  });

  test('are denied on listed resources, in order, each once', () => {
    const { result, errors } = denied([Operation.DELETE_USER_GROUP, Operation.DELETE_USER], [
      Resource.userGroup('b'), Resource.user('c'), Resource.userGroup('a'), Resource.user('c'),
    ]);
    expect(errors).toEqual([]);
    expect(denialsOf(result, 'DeleteUser')).toEqual([{
      actions: ['elasticache:DeleteUser', 'elasticache:DeleteUserGroup'],
      resources: [arnOf('user', 'c'), arnOf('usergroup', 'a'), arnOf('usergroup', 'b')],
      types: ['user', 'usergroup'],
      keys: [],
      reason: 'the operation is denied',
    }]);
  });

  test.each<[string, unknown, unknown, string[]]>([
    ['no list', 'DeleteUser', undefined, ['rule: operations is "DeleteUser": expected a list']],
    ['none, on resources', [], [Resource.user('a')], [
      'rule: operations is empty: list at least one, such as ElastiCacheOperation.DELETE_USER',
    ]],
    ['none, on all', [], undefined, [
      'rule: operations is empty: list at least one, such as ElastiCacheOperation.DELETE_USER',
    ]],
    ['what is none', ['DeleteUser', Object.create(Operation.prototype)], undefined, [
      'rule: operations[0] is "DeleteUser": expected an ElastiCacheOperation, such as ElastiCacheOperation.DELETE_USER',
      'rule: operations[1] is an object of class ElastiCacheOperation: expected an ElastiCacheOperation, such as '
        + 'ElastiCacheOperation.DELETE_USER',
    ]],
    ['no list of resources', [Operation.DELETE_USER], 'a', ['rule: resources is "a": expected a list']],
    ['an empty list of resources', [Operation.DELETE_USER], [], [
      'rule: resources is empty: list at least one, or drop resources to deny the operations on all',
    ]],
    ['what is no resource', [Operation.DELETE_USER], [Resource.user('a'), 'b'], [
      'rule: resources[1] is "b": expected an ElastiCacheResource, such as '
        + "ElastiCacheResource.replicationGroup('prod-*')",
    ]],
    ['resources of which one is wrong', [Operation.DELETE_USER], [Resource.user('a'), Resource.fromArn('b')], [
      expect.stringMatching(/^ElastiCacheResource.fromArn: /),
    ]],
  ])('that are %s deny nothing', (_, operations, resources, errors) => {
    expect(denied(operations, resources)).toEqual({ result: NOTHING, errors });
  });

  test.each<[string, Operation[], Resource[], string[]]>([
    ['custom ones', [Operation.custom('Thaw'), Operation.DELETE_USER], [Resource.user('a')], [
      'rule: Thaw is a custom operation, whose resource types are not known: deny it by a rule of its own, without '
        + 'resources',
    ]],
    ['one without types', [Operation.DESCRIBE_EVENTS, Operation.DELETE_USER], [Resource.user('a')], [
      'rule: AWS authorizes DESCRIBE_EVENTS on none of the listed resources, so it would not be denied: drop '
        + 'resources, or deny it by a rule of its own',
    ]],
    ['one on other types', [Operation.CONNECT, Operation.DELETE_SNAPSHOT], [Resource.snapshot('a')], [
      'rule: AWS authorizes CONNECT on none of the listed resources, so it would not be denied: list a resource of a '
        + 'type that it is authorized on (replicationGroup, serverlessCache, user), or drop it',
    ]],
    ['several on other types', [Operation.DELETE_SNAPSHOT, Operation.COPY_SNAPSHOT, Operation.DELETE_USER],
      [Resource.user('a')], [
        'rule: AWS authorizes COPY_SNAPSHOT and DELETE_SNAPSHOT on none of the listed resources, so they would not be '
          + 'denied: list a resource of a type that it is authorized on (snapshot), or drop it',
      ]],
    ['resources of other types, in the order of their ARNs', [Operation.DELETE_USER], [
      Resource.user('a'), Resource.snapshot('a'), Resource.cacheCluster('b'), Resource.snapshot('b'),
    ], [
      'rule: AWS authorizes none of the operations on a cacheCluster: drop that resource',
      'rule: AWS authorizes none of the operations on a snapshot: drop that resource',
    ]],
    ['a resource with a condition', [Operation.DELETE_USER], [
      Resource.user('a').withCondition(ElastiCacheCondition.resourceTag('team', ['a'])),
    ], [
      'rule: resources[0] has a condition, and what a guardrail denies has none: use protectTagged, or leave '
        + 'withCondition out',
    ]],
  ])('are refused with %s', (_, operations, resources, errors) => {
    expect(denied(operations, resources).errors).toEqual(errors);
  });

  test('are known by their names, each once, in order', () => {
    expect(inRule((context) => (
      checkOperations([Operation.MODIFY_USER, Operation.DELETE_USER, Operation.MODIFY_USER, 5], context)
    ), stack).result).toEqual(['DeleteUser', 'ModifyUser']);
  });
});

describe('a pattern', () => {
  test.each(['Delete*', 'elasticache:Delete*', 'ELASTICACHE:Delete*'])('%s stays as it is', (pattern) => {
    const { result, errors } = matching(pattern);
    expect(errors).toEqual([]);
    expect(result.unreached).toEqual({});
    expect(denialsOf(result, 'DeleteUser')).toEqual([
      { actions: ['elasticache:Delete*'], resources: ['*'], keys: [], reason: 'the operation matches "Delete*"' },
    ]);
  });

  test.each(['DeleteUser', 'delete?ser', '*', '*User*'])('may be %s', (pattern) => {
    expect(matching(pattern).errors).toEqual([]);
  });

  test('may match operations on other types, too', () => {
    expect(matching('*', [Resource.user('a')]).errors).toEqual([]);
  });

  test('is denied on listed resources', () => {
    const { result, errors } = matching('*User', [Resource.user('a')]);
    expect(errors).toEqual([]);
    expect(denialsOf(result, 'DeleteUser')).toEqual([{
      actions: ['elasticache:*User'],
      resources: [arnOf('user', 'a')],
      types: ['user'],
      keys: [],
      reason: 'the operation matches "*User"',
    }]);
  });

  const NO_PATTERN = 'is not a pattern of ElastiCache operations: expected letters, digits, "*" and "?", such as '
    + '"Delete*" or "elasticache:Delete*"';
  test.each<[string, unknown, unknown]>([
    ['rule: pattern is undefined: expected text, such as "Delete*"', undefined, undefined],
    ['rule: pattern is only known at deployment, and what it reaches must be known before: pass a literal pattern',
      Aws.REGION, undefined],
    ...['', 's3:*', 'elasticache:', 'Delete *', '!Delete*', 'xelasticache:Delete*'].map(
      (pattern): [string, unknown, unknown] => [`rule: "${pattern}" ${NO_PATTERN}`, pattern, undefined]),
    ['rule: "Thaw*" matches no ElastiCache operation: expected a pattern of operation names, such as "Delete*"',
      'Thaw*', undefined],
    ['rule: "DeleteUse" matches no ElastiCache operation: did you mean "DeleteUser"?', 'DeleteUse', undefined],
    ['rule: "Delete?" matches no ElastiCache operation: expected a pattern of operation names, such as "Delete*"',
      'Delete?', undefined],
    ['rule: "Xyzzy" matches no ElastiCache operation: expected a pattern of operation names, such as "Delete*"',
      'Xyzzy', undefined],
    ['rule: resources is empty: list at least one, or drop resources to deny the operations on all', 'Delete*', []],
  ])('that denies nothing: %s', (error, pattern, resources) => {
    expect(matching(pattern, resources)).toEqual({ result: NOTHING, errors: [error] });
  });

  test.each<[string, string, Resource[]]>([
    ['rule: AWS authorizes no operation that matches "*User" on the listed resources, so nothing would be denied: list '
      + 'resources of another type, or drop resources', '*User', [Resource.snapshot('a')]],
    ['rule: AWS authorizes none of the operations on a snapshot: drop that resource', '*User', [
      Resource.user('a'), Resource.snapshot('a'),
    ]],
  ])('on resources of other types: %s', (error, pattern, resources) => {
    expect(matching(pattern, resources).errors).toEqual([error]);
  });
});

test('exports are denied by name, and copies, which may be exports', () => {
  const rule = deniedExports();
  expect(rule.unreached).toEqual({});
  expect(denialsOf(rule, 'CopySnapshot')).toEqual([{
    actions: ['elasticache:CopySnapshot', 'elasticache:Export*'],
    resources: ['*'],
    keys: [],
    reason: 'the operation may export a snapshot',
  }]);
  expect(rule.denials[0].reason('ExportServerlessCacheSnapshot')).toBe('the operation exports a snapshot');
});
