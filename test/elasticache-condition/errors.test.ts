import { Fn } from 'aws-cdk-lib';
import { ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { messageOf } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const {
  CREATE_CACHE_SUBNET_GROUP, CREATE_REPLICATION_GROUP, DESCRIBE_CACHE_CLUSTERS, DESCRIBE_EVENTS, TEST_FAILOVER,
} = ElastiCacheOperation;

function conditions(): ErrorCase[] {
  const { of } = ElastiCacheCondition;
  const alone: [ElastiCacheOperation, ElastiCacheCondition, string][] = [
    [DESCRIBE_EVENTS, ElastiCacheCondition.resourceTag('team', ['a']),
      'AWS never supplies aws:ResourceTag/team to DESCRIBE_EVENTS, so the condition would deny every call: use a '
      + 'separate grant for the operation'],
    [TEST_FAILOVER, of('StringEquals', 'elasticache:NodeType', ['a']),
      '"elasticache:NodeType" is not a condition key of ElastiCache or of all AWS services: did you mean '
      + '"elasticache:CacheNodeType"?'],
    [TEST_FAILOVER, of('StringEqualsIfExists', 'elasticache:CacheNodeTypes', ['a']),
      '"elasticache:CacheNodeTypes" is not a condition key of ElastiCache or of all AWS services: did you mean '
      + '"elasticache:CacheNodeType"?'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag', ['a']),
      '"aws:ResourceTag" is not a condition key of ElastiCache or of all AWS services: did you mean '
      + '"aws:ResourceTag/…"?'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/${TagKey}', ['a']),
      '"aws:ResourceTag/${TagKey}" is not a condition key of ElastiCache or of all AWS services: did you mean '
      + '"aws:ResourceTag/…"?'],
    [TEST_FAILOVER, of('StringEquals', 'my-aws:ResourceTag/team', ['a']),
      '"my-aws:ResourceTag/team" is not a condition key of ElastiCache or of all AWS services: did you mean '
      + '"aws:ResourceTag/team"?'],
    [TEST_FAILOVER, of('StringEqual', 'aws:userid', ['a']),
      '"StringEqual" is not a condition operator: did you mean "StringEquals"?'],
    [
      TEST_FAILOVER,
      of('NullIfExists', 'aws:userid', ['true']),
      '"NullIfExists" is not a condition operator: did you mean "Null"?',
    ],
    [CREATE_REPLICATION_GROUP, of('Bool', 'elasticache:MultiAZEnabled', ['yes']),
      'condition Bool on elasticache:MultiAZEnabled: value "yes" '
      + 'doesn\'t suit the operator: expected "true" or "false"'],
    [CREATE_REPLICATION_GROUP, of('StringEquals', 'elasticache:MultiAZEnabled', ['yes']),
      'condition StringEquals on elasticache:MultiAZEnabled: value "yes" doesn\'t suit the operator: expected "true" '
      + 'or '
      + '"false"'],
    [CREATE_CACHE_SUBNET_GROUP, of('Null', 'aws:RequestTag/team', ['yes']),
      'condition Null on aws:RequestTag/team: value "yes" doesn\'t suit the operator: expected "true" or "false"'],
    [CREATE_REPLICATION_GROUP, of('NumericEquals', 'elasticache:NumNodeGroups', ['three']),
      'condition NumericEquals on elasticache:NumNodeGroups: value "three" '
      + 'doesn\'t suit the operator: expected a number, '
      + 'such as "3"'],
    [TEST_FAILOVER, of('ArnEquals', 'aws:PrincipalArn', ['admin']),
      'condition ArnEquals on aws:PrincipalArn: value "admin" doesn\'t suit the operator: expected an ARN, or a '
      + 'pattern '
      + 'of ARNs'],
    [TEST_FAILOVER, of('IpAddress', 'aws:SourceIp', ['home']),
      'condition IpAddress on aws:SourceIp: value "home" '
      + 'doesn\'t suit the operator: expected an address or a range, such '
      + 'as "203.0.113.0/24"'],
    [TEST_FAILOVER, of('DateLessThan', 'aws:CurrentTime', ['soon']),
      'condition DateLessThan on aws:CurrentTime: value "soon" doesn\'t suit the operator: expected a date, such as '
      + '"2026-01-31T00:00:00Z"'],
    [CREATE_REPLICATION_GROUP, of('StringEquals', 'elasticache:NumNodeGroups', ['3']),
      'condition StringEquals on elasticache:NumNodeGroups: the key is a Numeric: expected NumericEquals, '
      + 'NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals or '
      + 'Null'],
    [CREATE_CACHE_SUBNET_GROUP, of('StringEquals', 'aws:TagKeys', ['a']),
      'condition StringEquals on aws:TagKeys: the key has many values: put ForAnyValue: or ForAllValues: before the '
      + 'operator'],
    [TEST_FAILOVER, of('ForAllValues:StringEquals', 'aws:ResourceTag/team', ['a']),
      'condition ForAllValues:StringEquals on aws:ResourceTag/team: the key has one value: drop ForAllValues:'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', []),
      'condition StringEquals on aws:ResourceTag/team: values is empty, which no request meets: list at least one'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', Fn.split(',', Fn.importValue('Teams'))),
      "a condition's operator, key or list of values is only known at deployment: pass literal ones; a single value "
      + 'may be a token'],
    [ElastiCacheOperation.custom('ThawCluster'), ElastiCacheCondition.resourceTag('team', ['a']),
      'ThawCluster is a custom operation, and it is not known whether AWS supplies aws:ResourceTag/team with it: use a '
      + 'separate grant for it, without that condition'],
  ];
  return [
    ...alone.map(([operation, condition, message]): ErrorCase => (
      [() => grantOf({ operations: [operation], conditions: [condition] }), grantError(message)]
    )),
    // A key that AWS supplies for none of the listed resources.
    [
      () => grantOf({
        operations: [CREATE_REPLICATION_GROUP],
        resources: [ElastiCacheResource.parameterGroup('a')],
        conditions: [of('StringEquals', 'elasticache:Durability', ['sync'])],
      }),
      grantError(
        'AWS supplies elasticache:Durability to CREATE_REPLICATION_GROUP with none of the listed resources, '
        + "only with a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
      ),
    ],
    // A key that AWS never supplies for the operation, whatever is listed.
    [
      () => grantOf({
        operations: [TEST_FAILOVER],
        resources: [ElastiCacheResource.replicationGroup('a')],
        conditions: [of('StringEquals', 'elasticache:Durability', ['sync'])],
      }),
      grantError('AWS never supplies elasticache:Durability to TEST_FAILOVER, so the condition would deny every call: '
        + 'use a separate grant for the operation'),
    ],
    // A missing resource, which explains the missing key.
    [
      () => grantOf({
        operations: [TEST_FAILOVER, DESCRIBE_CACHE_CLUSTERS],
        resources: [ElastiCacheResource.cacheCluster('a')],
        conditions: [ElastiCacheCondition.resourceTag('team', ['a'])],
      }),
      grantError("TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')"),
    ],
    // Two conditions that one statement can't have.
    [
      () => grantOf({
        operations: [TEST_FAILOVER],
        conditions: [ElastiCacheCondition.resourceTag('team', ['a']), ElastiCacheCondition.resourceTag('team', ['b'])],
      }),
      grantError('condition StringEquals on aws:ResourceTag/team is listed twice: give one all the values that are '
        + 'allowed, or make a grant for each'),
    ],
  ];
}

test.each(titled(conditions()))('an invalid condition throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});
