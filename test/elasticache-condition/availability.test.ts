import SPEC from '../../spec/global-condition-keys.json';
import {
  ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
} from '../../src';
import { granted, newStack, warningsOf } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const { TEST_FAILOVER, CONNECT, CREATE_REPLICATION_GROUP, DELETE_REPLICATION_GROUP } = ElastiCacheOperation;
const { of } = ElastiCacheCondition;
const TYPES: Record<string, [operator: string, negated: string, value: string]> = {
  ARN: ['ArnLike', 'ArnNotLike', 'arn:aws:iam::111122223333:role/a'],
  Bool: ['Bool', 'BoolIfExists', 'false'],
  Date: ['DateLessThan', 'DateNotEquals', '2026-01-31T00:00:00Z'],
  IPAddress: ['IpAddress', 'NotIpAddress', '203.0.113.0/24'],
  Numeric: ['NumericLessThan', 'NumericNotEquals', '3'],
  String: ['StringEquals', 'StringNotEquals', 'a'],
  ArrayOfString: ['ForAnyValue:StringEquals', 'ForAllValues:StringEquals', 'a'],
};
const OWN = /^aws:(ResourceTag|RequestTag|TagKeys)/;

/** A condition of an operator that suits the key: the first that the library takes. */
function conditionOn(key: string, negated: boolean): ElastiCacheCondition {
  const full = key.replace('${TagKey}', 'team');
  const fitting = Object.values(TYPES)
    .map(([positive, other, value]) => of(negated ? other : positive, full, [value]))
    .find((condition) => {
      try {
        grantOf({ operations: [TEST_FAILOVER], conditions: [condition] });
        return true;
      } catch {
        return false;
      }
    });
  return fitting ?? of('Null', full, [String(negated)]);
}

function warningsFor(props: ElastiCacheAccessGrantProps): string[] {
  const stack = newStack();
  granted(props, stack);
  return warningsOf(stack);
}

// Red if a class of availability is treated as another one.
describe.each(SPEC.keys.filter(({ key }) => !OWN.test(key)))('$key, $availability', ({ key, availability, when }) => {
  const subject = key.replace('${TagKey}', 'team');
  if (['service-principal-only', 'never', 'unknown'].includes(availability)) {
    test('is refused, whatever the operator', () => {
      const error = (operator: string, effect: string) => grantError(
        `condition ${operator} on ${subject}: AWS supplies the key only ${when}, so the condition would ${effect}: `
        + 'drop it',
      );
      expect(() => grantOf({ operations: [TEST_FAILOVER], conditions: [of('Null', subject, ['false'])] }))
        .toThrow(new Error(error('Null', 'deny every call')));
      expect(() => grantOf({ operations: [TEST_FAILOVER], conditions: [of('Null', subject, ['true'])] }))
        .toThrow(new Error(error('Null', 'guard nothing')));
      const custom = [ElastiCacheOperation.custom('ThawCluster')];
      expect(() => grantOf({ operations: custom, conditions: [of('Null', subject, ['false'])] }))
        .toThrow(new Error(error('Null', 'deny every call')));
    });
  } else if (availability === 'always') {
    test('is allowed, and a request without it needs no warning', () => {
      for (const negated of [false, true]) {
        expect(warningsFor({ operations: [TEST_FAILOVER], conditions: [conditionOn(key, negated)] })).toEqual([]);
      }
      expect(() => grantOf({ operations: [TEST_FAILOVER], conditions: [of('Null', subject, ['true'])] }))
        .toThrow(new Error(grantError(
          `condition Null on ${subject} is never met, since every request has the key: drop it`)));
      expect(warningsFor({ operations: [TEST_FAILOVER], conditions: [of('Null', subject, ['false'])] })).toEqual([
        `condition Null on ${subject} has no effect, since every request has the key: drop it `
        + '[ack: cdk-elasticache-grants:conditionWithoutEffect]',
      ]);
    });
  } else {
    test('is allowed, and a request that meets a condition without it has a warning', () => {
      expect(warningsFor({ operations: [TEST_FAILOVER], conditions: [conditionOn(key, false)] })).toEqual([]);
      const lenient = (operator: string) => (
        `a request without ${subject} meets the condition ${operator} on it, and AWS supplies the key only ${when}: `
        + 'make sure that all other requests may pass, or use an operator that requires the key '
        + '[ack: cdk-elasticache-grants:lenientCondition]');
      expect(warningsFor({ operations: [TEST_FAILOVER], conditions: [of('Null', subject, ['true'])] }))
        .toEqual([lenient('Null')]);
      const negated = conditionOn(key, true);
      expect(warningsFor({ operations: [TEST_FAILOVER], conditions: [negated] }))
        .toEqual([expect.stringContaining(`AWS supplies the key only ${when}: `)]);
      expect(warningsFor({
        operations: [TEST_FAILOVER], conditions: [negated, of('Null', subject, ['false'])],
      }).filter((warning) => warning.includes('lenientCondition')).length).toBe(0);
    });
  }
});

const KEYS = 'aws:ResourceTag/…, aws:SourceIp with a replicationGroup';
const SERVERLESS = ['CurrentTime', 'EpochTime', 'SourceVpc', 'SourceVpce', 'VpcSourceIp']
  .map((key) => `aws:${key} with a serverlessCache`).join(', ');
const [group, cache, user] = [
  ElastiCacheResource.replicationGroup('a'), ElastiCacheResource.serverlessCache('b'), ElastiCacheResource.user('u'),
];
const connect = (
  condition: ElastiCacheCondition, resources: ElastiCacheResource[] | undefined, message: string,
): ErrorCase => (
  [() => grantOf({ operations: [CONNECT], resources, conditions: [condition] }), grantError(message)]);

// Red if a key that no request to connect has is let through, or if the keys that work aren't named.
test.each(titled([
  connect(
    ElastiCacheCondition.requestedRegions(['eu-west-1']), undefined,
    'AWS never supplies aws:RequestedRegion to CONNECT, so the condition would deny every call: use a separate grant '
    + `for the operation, or one of the keys that AWS supplies: ${KEYS}, ${SERVERLESS}`,
  ),
  connect(
    of('ArnNotLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/a']), [group, user],
    'AWS never supplies aws:PrincipalArn to CONNECT, so the condition would guard nothing: use a separate grant for '
    + 'the '
    + `operation, or one of the keys that AWS supplies: ${KEYS}`,
  ),
  connect(
    of('IpAddress', 'aws:SourceIp', ['203.0.113.0/24']), [cache, user],
    'AWS supplies aws:SourceIp to CONNECT with none of the listed resources, only with a replicationGroup: add '
    + 'ElastiCacheResource.replicationGroup(\'…\'), or one of the keys that AWS supplies: aws:ResourceTag/…, '
    + `${SERVERLESS}`,
  ),
]))('a request to connect has few keys: %s', (_, action, message) => {
  expect(action).toThrow(new Error(message));
});

test('a key of one type of cache stands with that type alone, and the other one has a warning', () => {
  const stack = newStack();
  const statements = granted({
    operations: [CONNECT],
    resources: ['arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:a',
      'arn:aws:elasticache:eu-west-1:111122223333:serverlesscache:b',
      'arn:aws:elasticache:eu-west-1:111122223333:user:u']
      .map((arn) => ElastiCacheResource.fromArn(arn)),
    conditions: [of('IpAddress', 'aws:SourceIp', ['203.0.113.0/24'])],
  }, stack);
  expect(statements).toEqual([
    {
      Effect: 'Allow',
      Action: 'elasticache:Connect',
      Resource: 'arn:aws:elasticache:eu-west-1:111122223333:replicationgroup:a',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    },
    {
      Effect: 'Allow',
      Action: 'elasticache:Connect',
      Resource: [
        'arn:aws:elasticache:eu-west-1:111122223333:serverlesscache:b',
        'arn:aws:elasticache:eu-west-1:111122223333:user:u',
      ],
    },
  ]);
  expect(warningsOf(stack)).toEqual([
    'AWS doesn\'t supply aws:SourceIp to CONNECT with a serverlessCache, so the condition doesn\'t limit which one '
    + 'a call '
    + 'names: list the resources of that type that calls may name, each with a condition of its own where it needs one '
    + '[ack: cdk-elasticache-grants:openType.Connect]',
  ]);
});

test('a key of the only type of cache that is listed has no warning', () => {
  expect(warningsFor({
    operations: [CONNECT], resources: [cache, user], conditions: [of('StringEquals', 'aws:SourceVpc', ['vpc-1'])],
  })).toEqual([]);
});

// Red if either name is enough, or if other services are taken for ElastiCache.
test('aws:CalledVia has both names of ElastiCache, or a warning', () => {
  const warnings = (operator: string, values: string[], key = 'aws:CalledVia') => warningsFor({
    operations: [TEST_FAILOVER], conditions: [of(operator, key, values)],
  }).filter((warning) => warning.includes('oneServiceName'));
  expect(warnings('ForAnyValue:StringEquals', ['elasticache.amazonaws.com'])).toEqual([
    'condition ForAnyValue:StringEquals on aws:CalledVia has "elasticache.amazonaws.com", but ElastiCache calls on as '
    + '"ec.amazonaws.com" or "elasticache.amazonaws.com": list both [ack: cdk-elasticache-grants:oneServiceName]',
  ]);
  expect(warnings('StringNotEquals', ['ec.amazonaws.com'], 'aws:CalledViaLast')).toHaveLength(1);
  expect(warnings('ForAnyValue:StringEquals', ['ec.amazonaws.com', 'elasticache.amazonaws.com'])).toEqual([]);
  expect(warnings('ForAnyValue:StringEquals', ['cloudformation.amazonaws.com'])).toEqual([]);
  expect(warnings('ForAnyValue:StringLike', ['*'])).toEqual([]);
});

const together = (message: string, ...conditions: ElastiCacheCondition[]): ErrorCase => (
  [() => grantOf({ operations: [TEST_FAILOVER], conditions }), grantError(message)]);

// Red if conditions that no request meets together are let through.
test.each(titled([
  together(
    'conditions StringEquals and StringNotEquals on aws:ResourceTag/team exclude each other, so no request meets them: '
    + 'drop one, or make a grant for each',
    ElastiCacheCondition.resourceTag('team', ['a']), of('StringNotEquals', 'aws:ResourceTag/team', ['a']),
  ),
  together(
    'conditions StringEquals and StringLike on aws:ResourceTag/team exclude each other, so no request meets them: '
    + 'drop one, or make a grant for each',
    ElastiCacheCondition.resourceTag('team', ['a']), ElastiCacheCondition.resourceTag('TEAM', ['b*']),
  ),
  together(
    'condition StringEquals is on aws:ResourceTag/team and on aws:ResourceTag/Team, which are the same key to IAM: use '
    + 'one of them',
    ElastiCacheCondition.resourceTag('team', ['a']), ElastiCacheCondition.resourceTag('Team', ['a']),
  ),
  together(
    'condition Bool on aws:PrincipalIsAWSService is never met, since the key is "false" for every user and role: '
    + 'drop it',
    of('Bool', 'aws:PrincipalIsAWSService', ['true']),
  ),
  together(
    'condition StringNotLike on aws:userid is never met, since it excludes every value, and every request has the key: '
    + 'drop it',
    of('StringNotLike', 'aws:userid', ['*']),
  ),
]))('what no request meets throws: %s', (_, action, message) => {
  expect(action).toThrow(new Error(message));
});

test('a Region that IAM is never called in excludes the service-linked role', () => {
  const grant = (region: string | undefined, values: string[]) => () => granted({
    operations: [CREATE_REPLICATION_GROUP],
    serviceLinkedRole: true,
    conditions: [ElastiCacheCondition.requestedRegions(values)],
  }, newStack({ env: { region } }));
  const error = (regions: string) => new Error(grantError(
    'condition StringEquals on aws:RequestedRegion would deny iam:CreateServiceLinkedRole, whose requests carry '
    + `${regions}, wherever they come from: allow that Region, or use a separate grant, without the condition, for `
    + 'what '
    + 'CREATE_REPLICATION_GROUP needs of iam',
  ));
  expect(grant(undefined, ['eu-west-1'])).toThrow(error('us-east-1 or cn-north-1 or us-gov-west-1'));
  expect(grant('eu-west-1', ['eu-west-1', 'cn-north-1'])).toThrow(error('us-east-1'));
  expect(grant('cn-north-1', ['us-east-1'])).toThrow(error('cn-north-1'));
  expect(grant('eu-west-1', ['eu-west-1', 'us-east-1'])).not.toThrow();
  expect(grant(undefined, ['cn-north-1'])).not.toThrow();
  expect(grant('eu-west-1', ['eu-*', 'us-*'])).not.toThrow();
});

test('a condition on tags that leaves a type open has a warning where that type is not listed', () => {
  const warnings = (resources?: ElastiCacheResource[]) => warningsFor({
    operations: [DELETE_REPLICATION_GROUP], resources, conditions: [ElastiCacheCondition.resourceTag('team', ['a'])],
  });
  const open = [
    'AWS doesn\'t supply aws:ResourceTag/team to DELETE_REPLICATION_GROUP with a snapshot, so the condition doesn\'t '
    + 'limit which one a call names: list the resources of that type that calls may name, each with a condition of its '
    + 'own where it needs one [ack: cdk-elasticache-grants:openType.DeleteReplicationGroup]',
  ];
  expect(warnings()).toEqual(open);
  expect(warnings([group, ElastiCacheResource.snapshot('*')])).toEqual(open);
  expect(warnings([group, ElastiCacheResource.snapshot('a-*')])).toEqual([]);
  expect(warnings([group])).toEqual([]);
});
