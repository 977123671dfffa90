import fc from 'fast-check';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { granted, newStack, runs, warningsOf } from '../harness';
import { grantError, grantOf } from '../support/errors';
import { allows } from '../support/evaluator';

const { CREATE_SERVERLESS_CACHE, CREATE_REPLICATION_GROUP, DESCRIBE_REPLICATION_GROUPS } = ElastiCacheOperation;
const { resourceTag, of } = ElastiCacheCondition;
const ARN = 'arn:aws:elasticache:eu-west-1:111122223333';
const arn = (rest: string) => ElastiCacheResource.fromArn(`${ARN}:${rest}`);
const allowed = (action: string, resource: string | string[], condition?: object) => (
  { Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) });

// Red if the condition stands with another resource, or not with its own.
test('a condition of a resource holds for it alone, beside those of the grant', () => {
  const group = arn('usergroup:*');
  const conditioned = group.withCondition(resourceTag('managed_by', ['x']));
  const grantWide = of('ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/a']);
  const global = { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' };
  expect(granted({
    operations: [CREATE_SERVERLESS_CACHE], resources: [arn('serverlesscache:a'), conditioned], conditions: [grantWide],
  })).toEqual([
    allowed('elasticache:CreateServerlessCache', `${ARN}:serverlesscache:a`, { ArnLike: global }),
    allowed('elasticache:CreateServerlessCache', `${ARN}:usergroup:*`, {
      ArnLike: global, StringEquals: { 'aws:ResourceTag/managed_by': 'x' },
    }),
  ]);
  expect(granted({ operations: [CREATE_SERVERLESS_CACHE], resources: [arn('serverlesscache:a'), group] })).toEqual([
    allowed('elasticache:CreateServerlessCache', [`${ARN}:serverlesscache:a`, `${ARN}:usergroup:*`]),
  ]);
});

test('several conditions add up, and the same resource again is an alternative', () => {
  const cache = arn('serverlesscache:a');
  expect(granted({
    operations: [CREATE_SERVERLESS_CACHE],
    resources: [
      cache.withCondition(resourceTag('team', ['a'])).withCondition(resourceTag('stage', ['b'])),
      cache.withCondition(of('StringLike', 'aws:PrincipalTag/team', ['c*'])),
    ],
  })).toEqual([
    allowed('elasticache:CreateServerlessCache', `${ARN}:serverlesscache:a`, {
      StringEquals: { 'aws:ResourceTag/stage': 'b', 'aws:ResourceTag/team': 'a' },
    }),
    allowed('elasticache:CreateServerlessCache', `${ARN}:serverlesscache:a`, {
      StringLike: { 'aws:PrincipalTag/team': 'c*' },
    }),
  ]);
});

test('tagging at creation has the condition, too, where AWS supplies its key', () => {
  const tag = { StringEquals: { 'aws:RequestTag/team': 'a' } };
  expect(granted({
    operations: [CREATE_REPLICATION_GROUP],
    resources: [
      arn('replicationgroup:a').withCondition(ElastiCacheCondition.requestTag('team', ['a'])), arn('parametergroup:b'),
    ],
    tagOnCreate: true,
  })).toEqual([
    allowed('elasticache:CreateReplicationGroup', `${ARN}:parametergroup:b`),
    {
      Effect: 'Allow',
      Action: ['elasticache:AddTagsToResource', 'elasticache:CreateReplicationGroup'],
      Resource: `${ARN}:replicationgroup:a`,
      Condition: tag,
    },
  ]);
});

test.each<[string, () => unknown, string[]]>([
  [
    'a key that AWS does not supply to one of the operations',
    () => grantOf({
      operations: [CREATE_REPLICATION_GROUP, DESCRIBE_REPLICATION_GROUPS],
      resources: [
        arn('replicationgroup:a').withCondition(ElastiCacheCondition.encryptedInTransit()), arn('parametergroup:b'),
      ],
    }),
    ['AWS never supplies elasticache:TransitEncryptionEnabled to DESCRIBE_REPLICATION_GROUPS with a '
    + 'replicationGroup, so '
      + `the condition of "${ARN}:replicationgroup:a" would deny every call: use a separate grant for the operation`],
  ],
  [
    'a missing value',
    () => grantOf({
      operations: [DESCRIBE_REPLICATION_GROUPS],
      resources: [arn('replicationgroup:a').withCondition(resourceTag('team', [undefined as any]))],
    }),
    ['condition StringEquals on aws:ResourceTag/team: values[0] is undefined: expected text, so set it, or drop it '
    + 'from '
      + 'the list'],
  ],
  [
    'no condition at all',
    () => grantOf({
      operations: [DESCRIBE_REPLICATION_GROUPS], resources: [arn('replicationgroup:a').withCondition(undefined as any)],
    }),
    ['withCondition was given undefined: expected an ElastiCacheCondition, such as '
      + "ElastiCacheCondition.resourceTag('team', ['cache'])"],
  ],
  [
    'a condition that one of the grant excludes',
    () => grantOf({
      operations: [DESCRIBE_REPLICATION_GROUPS],
      resources: [arn('replicationgroup:a').withCondition(resourceTag('team', ['a']))],
      conditions: [of('StringNotEquals', 'aws:ResourceTag/team', ['a'])],
    }),
    ['conditions StringNotEquals and StringEquals on aws:ResourceTag/team exclude each other, so no request meets '
    + 'them: '
      + 'drop one, or make a grant for each'],
  ],
  [
    'creation with a tag that may not be set',
    () => grantOf({
      operations: [CREATE_REPLICATION_GROUP],
      resources: [
        arn('replicationgroup:a').withCondition(ElastiCacheCondition.requestTag('team', ['a'])),
        arn('parametergroup:b'),
      ],
    }),
    ['the condition on aws:RequestTag/team makes CREATE_REPLICATION_GROUP set tags, for which AWS also authorizes '
      + 'AddTagsToResource, so every call would be denied: set tagOnCreate'],
  ],
])('a resource is refused with %s', (_, action, problems) => {
  expect(action).toThrow(new Error(grantError(...problems)));
});

test('an open type with a condition of its own has no warning', () => {
  const stack = newStack();
  granted({
    operations: [ElastiCacheOperation.DELETE_REPLICATION_GROUP],
    resources: [
      arn('replicationgroup:a').withCondition(resourceTag('team', ['a'])),
      arn('snapshot:*').withCondition(of('StringEquals', 'aws:PrincipalTag/team', ['a'])),
    ],
    conditions: [of('ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/a'])],
  }, stack);
  expect(warningsOf(stack)).toEqual([]);
});

describe('properties', () => {
  const tags = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
  const own = fc.option(tags, { nil: undefined });
  const stack = newStack();
  let grants = 0;

  // Red if a resource's condition is lost, or holds for another one, in whichever order resources are listed.
  test('a request is allowed exactly where it meets the conditions of the grant and of one listing', () => {
    const listing = fc.record({ name: fc.constantFrom('x', 'y'), own });
    const some = fc.array(listing, { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(some, fc.option(tags, { nil: undefined }), (listed, users) => {
      const resources = listed.map(({ name, own: values }) => {
        const resource = arn(`replicationgroup:${name}`);
        return values ? resource.withCondition(resourceTag('team', values)) : resource;
      });
      const conditions = users ? [of('StringEquals', 'aws:PrincipalTag/user', users)] : [];
      const document = (list: ElastiCacheResource[]) => stack.resolve(new ElastiCacheAccessGrant(
        stack, `G${grants++}`, { operations: [DESCRIBE_REPLICATION_GROUPS], resources: list, conditions },
      ).toPolicyDocument());
      const policy = document(resources);
      expect(document([...resources].reverse())).toEqual(policy);
      for (const name of ['x', 'y', 'z']) {
        for (const team of ['a', 'b', 'c', 'd', undefined]) {
          for (const user of ['a', 'd', undefined]) {
            const expected = (!users || users.includes(user ?? '')) && listed.some((one) => (
              one.name === name && (!one.own || one.own.includes(team ?? ''))));
            expect(allows([policy], {
              action: 'elasticache:DescribeReplicationGroups',
              resource: `${ARN}:replicationgroup:${name}`,
              context: {
                ...(team && { 'aws:ResourceTag/team': team }), ...(user && { 'aws:PrincipalTag/user': user }),
              },
            })).toBe(expected);
          }
        }
      }
    }), runs(200));
  });

  // Red if a missing value is left out of a condition in place of an error.
  test('no list with a missing value becomes a policy', () => {
    const missing = fc.constantFrom<any>(undefined, null, NaN, 0, true, {}, [], ['a'], Symbol.iterator);
    const values = fc.tuple(fc.array(fc.constantFrom('a', 'b*')), missing, fc.array(fc.constantFrom('a', 'b*')));
    const make = fc.constantFrom<(list: any) => ElastiCacheCondition>(
      (list) => resourceTag('team', list),
    (list) => of('StringNotLike', 'aws:ResourceTag/team', list),
    (list) => ElastiCacheCondition.cacheNodeTypes(list),
    (list) => ElastiCacheCondition.requestedRegions(list),
    );
    fc.assert(fc.property(values, make, fc.boolean(), ([before, gap, after], condition, ownCondition) => {
      const list = [...before, gap, ...after];
      const group = arn('replicationgroup:a');
      expect(() => new ElastiCacheAccessGrant(stack, `G${grants++}`, {
        operations: [ElastiCacheOperation.MODIFY_REPLICATION_GROUP],
        resources: [ownCondition ? group.withCondition(condition(list)) : group],
        conditions: ownCondition ? [] : [condition(list)],
      })).toThrow(`values[${before.length}] is `);
    }), runs(200));
  });
});
