import { Aws, Fn } from 'aws-cdk-lib';
import { ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource } from '../../src';
import { granted, newStack, warningsOf } from '../harness';

const {
  CREATE_REPLICATION_GROUP, CREATE_CACHE_SUBNET_GROUP, COPY_SNAPSHOT, DESCRIBE_EVENTS, TEST_FAILOVER,
} = ElastiCacheOperation;
const arn = (type: string) => ({
  'Fn::Join': [
    '', ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`],
  ],
});
const allowed = (action: string | string[], resource: unknown, condition?: object) => (
  { Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) });

describe('the statements of a conditional grant', () => {
  test('have a condition on a global key everywhere, for other services, too', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    expect(granted({
      operations: [COPY_SNAPSHOT, DESCRIBE_EVENTS], conditions: [ElastiCacheCondition.requestedRegions(['eu-west-1'])],
    })).toEqual([
      allowed(
        ['elasticache:CopySnapshot', 'elasticache:DescribeEvents', 's3:GetBucketLocation', 's3:ListAllMyBuckets'],
        '*',
        condition,
      ),
    ]);
  });

  test('separate the types with and without a key', () => {
    const condition = { StringLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' } };
    expect(granted({
      operations: [CREATE_REPLICATION_GROUP], conditions: [ElastiCacheCondition.cacheNodeTypes(['cache.t4g.*'])],
    })).toEqual([
      allowed('elasticache:CreateReplicationGroup', [
        arn('cluster'),
        arn('parametergroup'),
        arn('securitygroup'),
        arn('snapshot'),
        arn('subnetgroup'),
        arn('usergroup'),
      ]),
      allowed(
        'elasticache:CreateReplicationGroup', [arn('replicationgroup'), arn('globalreplicationgroup')], condition,
      ),
    ]);
  });

  test('stay on * if AWS supplies the key for all types', () => {
    expect(
      granted({ operations: [TEST_FAILOVER], conditions: [ElastiCacheCondition.resourceTag('team', ['b', 'a', 'b'])] }),
    ).toEqual([
      allowed('elasticache:TestFailover', '*', { StringEquals: { 'aws:ResourceTag/team': ['a', 'b'] } }),
    ]);
  });

  test('have several conditions, each where AWS supplies its key', () => {
    const resources = [
      ElastiCacheResource.replicationGroup('a', { region: '*', account: '*' }),
      ElastiCacheResource.parameterGroup('b', { region: '*', account: '*' }),
    ];
    const named = (name: string) => (
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:*:*:${name}`]] }
    );
    expect(granted({
      operations: [CREATE_REPLICATION_GROUP],
      resources,
      conditions: [
        ElastiCacheCondition.encryptedInTransit(),
        ElastiCacheCondition.encryptedAtRest(),
        ElastiCacheCondition.of('ArnLike', 'aws:principalarn', ['arn:aws:iam::*:role/platform-*']),
      ],
    })).toEqual([
      allowed('elasticache:CreateReplicationGroup', named('parametergroup:b'), {
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform-*' },
      }),
      allowed('elasticache:CreateReplicationGroup', named('replicationgroup:a'), {
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform-*' },
        Bool: { 'elasticache:AtRestEncryptionEnabled': 'true', 'elasticache:TransitEncryptionEnabled': 'true' },
      }),
    ]);
  });

  test('have a condition on request tags for creation and for tagging', () => {
    const condition = { StringEquals: { 'aws:RequestTag/team': 'a' } };
    expect(granted({
      operations: [CREATE_CACHE_SUBNET_GROUP, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE],
      conditions: [ElastiCacheCondition.requestTag('team', ['a'])],
      tagOnCreate: true,
    })).toEqual([allowed(['elasticache:AddTagsToResource', 'elasticache:CreateCacheSubnetGroup'], '*', condition)]);
  });

  test('have tokens as values of conditions', () => {
    expect(granted({
      operations: [DESCRIBE_EVENTS],
      conditions: [ElastiCacheCondition.of('StringEquals', 'aws:PrincipalAccount', [Aws.ACCOUNT_ID])],
    })).toEqual([
      allowed('elasticache:DescribeEvents', '*', {
        StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
      }),
    ]);
  });
});

test('token values are in the order of what they resolve to', () => {
  const valuesOf = (names: string[]) => {
    const values = names.map((name) => Fn.importValue(name));
    const condition = ElastiCacheCondition.resourceTag(
      'team', ['ops', ...values, ...names.map((name) => Fn.importValue(name))],
    );
    return granted({
      operations: [TEST_FAILOVER], conditions: [condition],
    })[0].Condition.StringEquals['aws:ResourceTag/team'];
  };
  const expected = ['ops', ...['A', 'B', 'C'].map((name) => ({ 'Fn::ImportValue': name }))];
  expect(valuesOf(['C', 'A', 'B'])).toEqual(expected);
  expect(valuesOf(['B', 'C', 'A'])).toEqual(expected);
});

describe('a static', () => {
  test.each<[string, ElastiCacheCondition, ElastiCacheOperation, object]>([
    [
      'cacheNodeTypes',
      ElastiCacheCondition.cacheNodeTypes(['cache.t4g.micro']),
      ElastiCacheOperation.MODIFY_GLOBAL_REPLICATION_GROUP,
      { StringEqualsIgnoreCase: { 'elasticache:CacheNodeType': 'cache.t4g.micro' } },
    ],
    [
      'requestTag with a pattern',
      ElastiCacheCondition.requestTag('Team', ['a*']),
      ElastiCacheOperation.ADD_TAGS_TO_RESOURCE,
      { StringLike: { 'aws:RequestTag/Team': 'a*' } },
    ],
    [
      'resourceTag',
      ElastiCacheCondition.resourceTag('Team', ['a']),
      TEST_FAILOVER,
      { StringEquals: { 'aws:ResourceTag/Team': 'a' } },
    ],
    [
      'of, IfExists',
      ElastiCacheCondition.of('StringEqualsIfExists', 'aws:SourceVpc', ['vpc-1']),
      DESCRIBE_EVENTS,
      { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
    ],
    [
      'of, ForAllValues',
      ElastiCacheCondition.of('ForAllValues:StringEquals', 'aws:TagKeys', ['a']),
      CREATE_CACHE_SUBNET_GROUP,
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    ],
    [
      'of, Null',
      ElastiCacheCondition.of('Null', 'aws:RequestTag/team', ['false']),
      ElastiCacheOperation.ADD_TAGS_TO_RESOURCE,
      { Null: { 'aws:RequestTag/team': 'false' } },
    ],
    [
      'of, Numeric',
      ElastiCacheCondition.of('NumericLessThanEquals', 'elasticache:NumNodeGroups', ['3']),
      ElastiCacheOperation.MODIFY_REPLICATION_GROUP_SHARD_CONFIGURATION,
      { NumericLessThanEquals: { 'elasticache:NumNodeGroups': '3' } },
    ],
    [
      'of, Date',
      ElastiCacheCondition.of('DateLessThan', 'aws:CurrentTime', ['2026-12-31T00:00:00Z']),
      DESCRIBE_EVENTS,
      { DateLessThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } },
    ],
    [
      'of, IpAddress',
      ElastiCacheCondition.of('IpAddress', 'aws:SourceIp', ['203.0.113.0/24']),
      DESCRIBE_EVENTS,
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    ],
    [
      'of, Bool',
      ElastiCacheCondition.of('Bool', 'aws:MultiFactorAuthPresent', ['true']),
      DESCRIBE_EVENTS,
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    ],
    [
      'of, PrincipalTag',
      ElastiCacheCondition.of('StringEquals', 'aws:PrincipalTag/team', ['a']),
      DESCRIBE_EVENTS,
      { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
    ],
  ])('makes a condition: %s', (_, condition, operation, block) => {
    expect(granted({ operations: [operation], conditions: [condition] }))
      .toEqual([allowed(operation.action, '*', block)]);
  });
});

describe('an operator that matches when the key is missing', () => {
  const warningsWith = (operator: string, operation: ElastiCacheOperation) => {
    const stack = newStack();
    granted(
      { operations: [operation], conditions: [ElastiCacheCondition.of(operator, 'elasticache:KmsKeyId', ['a'])] },
      stack,
    );
    return warningsOf(stack);
  };

  test.each([
    'StringNotEquals', 'StringNotLike', 'StringEqualsIfExists',
  ])('%s has a warning if AWS supplies the key for only some types', (operator) => {
    expect(warningsWith(operator, ElastiCacheOperation.CREATE_SERVERLESS_CACHE_SNAPSHOT)).toEqual([
      `a request without elasticache:KmsKeyId meets the condition ${operator} on it, and AWS doesn't supply the key to `
      + 'CREATE_SERVERLESS_CACHE_SNAPSHOT with serverlesscache: make sure that what the condition guards is not among '
      + 'these, or use an operator that requires the key [ack: cdk-elasticache-grants:lenientCondition]',
    ]);
  });

  test('has no warning if AWS supplies the key for all types', () => {
    expect(warningsWith('StringNotEquals', COPY_SNAPSHOT)).toEqual([]);
    expect(warningsWith('StringEquals', ElastiCacheOperation.CREATE_SERVERLESS_CACHE_SNAPSHOT)).toEqual([]);
  });
});
