import { ElastiCacheOperation as Operation } from '../../../src/elasticache-operation';
import { createdTypesCarrying, groupPairs } from '../../../src/private/guardrail/creation';
import { keptTags, protectedByTag, requiredTags, requiredTagValues } from '../../../src/private/guardrail/tag-rules';
import { newStack } from '../../harness';
import { denialsOf, inRule } from '../../support/rules';

const stack = newStack();
const NOTHING = { denials: [], unreached: {} };
const REQUEST_TAG = 'aws:RequestTag/${TagKey}';
const RESOURCE_TAG = 'aws:ResourceTag/${TagKey}';
const TEAM = { Null: { 'aws:RequestTag/team': 'true' } };

/** Denials of creations, under these conditions about one tag. */
const onCreations = (tagKey: string, conditions: object) => (
  groupPairs(createdTypesCarrying(REQUEST_TAG)).map(({ patterns, types }) => ({
    actions: patterns.map((pattern) => `elasticache:${pattern}`),
    resources: types.map((type) => `arn:*:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`),
    types,
    conditions,
    keys: [REQUEST_TAG],
    reason: `AWS supplies aws:RequestTag/${tagKey} with what the call creates; a request without it is denied`,
  })));

describe('required tags', () => {
  test('are each denied on what is created, if they are missing', () => {
    const { result, errors } = inRule((context) => requiredTags(['team', 'cost'], context), stack);
    expect(errors).toEqual([]);
    expect(result.unreached).toEqual({});
    expect(denialsOf(result, 'CreateUser')).toEqual([
      ...onCreations('cost', { Null: { 'aws:RequestTag/cost': 'true' } }), ...onCreations('team', TEAM),
    ]);
  });

  test('with values are denied with any other value', () => {
    const { result } = inRule((context) => requiredTagValues('team', ['a', 'b*'], context), stack);
    expect(result.unreached).toEqual({});
    expect(denialsOf(result, 'CreateUser')).toEqual(onCreations('team', {
      StringNotEquals: { 'aws:RequestTag/team': ['a'] }, StringNotLike: { 'aws:RequestTag/team': ['b*'] },
    }));
  });

  test.each<[string, unknown, unknown, string[]]>([
    ['a key that is wrong', 'aws:team', ['a'], [
      'rule: key is "aws:team", and only AWS sets tags that begin with "aws:": name a tag that callers set',
    ]],
    ['values that are wrong', 'team', 'a', ['rule: values is "a": expected a list of texts, such as ["prod"]']],
    ['no values', 'team', [], ['rule: values is empty: list at least one, such as "prod"']],
    ['a value that is too long', 'team', ['x'.repeat(257)], [
      `rule: values has "${'x'.repeat(99)}…" (257 characters), which has 257 characters, and may have 256: shorten it`,
    ]],
  ])('deny nothing with %s', (_, key, values, errors) => {
    expect(inRule((context) => requiredTagValues(key, values, context), stack)).toEqual({ result: NOTHING, errors });
  });

  test('have values of up to 256 characters', () => {
    expect(inRule((context) => requiredTagValues('team', ['x'.repeat(256)], context), stack).errors).toEqual([]);
  });
});

test('kept tags are denied to what names tags of a resource that has them', () => {
  const { result, errors } = inRule((context) => keptTags(['team'], context), stack);
  expect(errors).toEqual([]);
  expect(result.unreached).toEqual({});
  expect(denialsOf(result, 'AddTagsToResource')).toEqual([{
    actions: ['elasticache:AddTagsToResource', 'elasticache:RemoveTagsFromResource'],
    resources: ['*'],
    conditions: {
      'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': 'team' },
      'Null': { 'aws:ResourceTag/team': 'false' },
      'StringNotEquals': { 'aws:RequestTag/team': '${aws:ResourceTag/team}' },
    },
    keys: ['aws:TagKeys', RESOURCE_TAG],
    reason: 'AWS supplies aws:TagKeys and aws:ResourceTag/team; a resource without the tag passes',
  }]);
});

describe('what a tag protects', () => {
  const protectedBy = (key: unknown, values: unknown, operations?: unknown) => (
    inRule((context) => protectedByTag(key, values, operations, context), stack));

  test.each<[string, string[], Operation[] | undefined, string[], object]>([
    ['from whatever deletes', ['prod'], undefined, ['Delete*'], {
      StringEquals: { 'aws:ResourceTag/stage': ['prod'] },
    }],
    ['by patterns, too', ['p*', 'live'], undefined, ['Delete*'], {
      StringLike: { 'aws:ResourceTag/stage': ['live', 'p*'] },
    }],
    [
      'from listed operations', ['prod'], [Operation.MODIFY_USER, Operation.CONNECT, Operation.CREATE_SERVERLESS_CACHE],
      ['Connect', 'CreateServerlessCache', 'ModifyUser'], { StringEquals: { 'aws:ResourceTag/stage': ['prod'] } },
    ],
  ])('%s', (_, values, operations, actions, conditions) => {
    const { result, errors } = protectedBy('stage', values, operations);
    expect(errors).toEqual([]);
    expect(result.unreached).toEqual({});
    const shown = JSON.stringify(Object.values(Object.values(conditions)[0])[0]);
    expect(denialsOf(result, 'DeleteUser')).toEqual([{
      actions: actions.map((action) => `elasticache:${action}`),
      resources: ['*'],
      conditions,
      keys: [RESOURCE_TAG],
      reason: `AWS supplies aws:ResourceTag/stage; a resource that isn't tagged ${shown} passes`,
    }]);
  });

  test('may be a tag that only AWS sets', () => {
    expect(protectedBy('aws:cloudformation:stack-name', ['a']).errors).toEqual([]);
  });

  test.each<[string, unknown, unknown, unknown, string[]]>([
    ['a key that is wrong', '', ['a'], undefined, [
      'rule: key is "": expected the key of a tag, 1 to 128 characters without *, ?, $, {, } and a comma, which a '
        + 'condition takes otherwise',
    ]],
    ['values that are wrong', 'stage', null, undefined, [
      'rule: values is null: expected a list of texts, such as ["prod"]',
    ]],
    ['all of these', 'stage', [], [Operation.custom('Thaw'), Operation.custom('Melt'), Operation.DESCRIBE_EVENTS], [
      'rule: values is empty: list at least one, such as "prod"',
      ...['Melt', 'Thaw'].map((name) => `rule: ${name} is a custom operation, and it is not known whether AWS supplies `
        + 'aws:ResourceTag to it: use denyOperations for it'),
      'rule: AWS never supplies aws:ResourceTag to DESCRIBE_EVENTS, so the tag would guard nothing: drop it, or use '
        + 'denyOperations',
    ]],
  ])('is nothing with %s', (_, key, values, operations, errors) => {
    expect(protectedBy(key, values, operations)).toEqual({ result: NOTHING, errors });
  });

  test('operations that are never told the tags of resources are one error', () => {
    expect(protectedBy('stage', ['a'], [
      Operation.DESCRIBE_EVENTS, Operation.DELETE_USER, Operation.DESCRIBE_SERVICE_UPDATES,
    ]).errors).toEqual([
      'rule: AWS never supplies aws:ResourceTag to DESCRIBE_EVENTS and DESCRIBE_SERVICE_UPDATES, so the tag would '
        + 'guard nothing: drop them, or use denyOperations',
    ]);
  });
});
