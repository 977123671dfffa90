import { Aws, Fn } from 'aws-cdk-lib';
import { granted, messageOf, newStack, warningsOf } from './harness';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource } from '../src';

const { CREATE_REPLICATION_GROUP, CREATE_CACHE_SUBNET_GROUP, COPY_SNAPSHOT, DESCRIBE_EVENTS, TEST_FAILOVER } = ElastiCacheOperation;
const arn = (type: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:${type === 'globalreplicationgroup' ? '' : '*'}:*:${type}:*`]],
});
const allowed = (action: string | string[], resource: unknown, condition?: object) => (
  { Effect: 'Allow', Action: action, Resource: resource, ...(condition && { Condition: condition }) });

describe('where conditions stand', () => {
  test('a global key is on every statement, those of other services included', () => {
    const condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } };
    expect(granted({ operations: [COPY_SNAPSHOT, DESCRIBE_EVENTS], conditions: [ElastiCacheCondition.requestedRegions(['eu-west-1'])] })).toEqual([
      allowed(['elasticache:CopySnapshot', 'elasticache:DescribeEvents', 's3:GetBucketLocation', 's3:ListAllMyBuckets'], '*', condition),
    ]);
  });

  test('a bound key splits the operation\'s types', () => {
    const condition = { StringLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' } };
    expect(granted({ operations: [CREATE_REPLICATION_GROUP], conditions: [ElastiCacheCondition.cacheNodeTypes(['cache.t4g.*'])] })).toEqual([
      allowed('elasticache:CreateReplicationGroup', [
        arn('cluster'), arn('parametergroup'), arn('securitygroup'), arn('snapshot'), arn('subnetgroup'), arn('usergroup'),
      ]),
      allowed('elasticache:CreateReplicationGroup', [arn('replicationgroup'), arn('globalreplicationgroup')], condition),
    ]);
  });

  test('a key that all types of the operation carry stays on *', () => {
    expect(granted({ operations: [TEST_FAILOVER], conditions: [ElastiCacheCondition.resourceTag('team', ['b', 'a', 'b'])] })).toEqual([
      allowed('elasticache:TestFailover', '*', { StringEquals: { 'aws:ResourceTag/team': ['a', 'b'] } }),
    ]);
  });

  test('several conditions are met together, each where its key is', () => {
    const resources = [ElastiCacheResource.replicationGroup('a', { region: '*', account: '*' }), ElastiCacheResource.parameterGroup('b', { region: '*', account: '*' })];
    const named = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:*:*:${name}`]] });
    expect(granted({
      operations: [CREATE_REPLICATION_GROUP],
      resources,
      conditions: [
        ElastiCacheCondition.encryptedInTransit(),
        ElastiCacheCondition.encryptedAtRest(),
        ElastiCacheCondition.of('ArnLike', 'aws:principalarn', ['arn:aws:iam::*:role/platform-*']),
      ],
    })).toEqual([
      allowed('elasticache:CreateReplicationGroup', named('parametergroup:b'), { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform-*' } }),
      allowed('elasticache:CreateReplicationGroup', named('replicationgroup:a'), {
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform-*' },
        Bool: { 'elasticache:AtRestEncryptionEnabled': 'true', 'elasticache:TransitEncryptionEnabled': 'true' },
      }),
    ]);
  });

  test('a tag gate on creation holds for the tagging that goes with it, and for tagging afterwards', () => {
    const condition = { StringEquals: { 'aws:RequestTag/team': 'a' } };
    expect(granted({
      operations: [CREATE_CACHE_SUBNET_GROUP, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE],
      conditions: [ElastiCacheCondition.requestTag('team', ['a'])],
      tagOnCreate: true,
    })).toEqual([allowed(['elasticache:AddTagsToResource', 'elasticache:CreateCacheSubnetGroup'], '*', condition)]);
  });

  test('values may be tokens', () => {
    expect(granted({ operations: [DESCRIBE_EVENTS], conditions: [ElastiCacheCondition.of('StringEquals', 'aws:PrincipalAccount', [Aws.ACCOUNT_ID])] })).toEqual([
      allowed('elasticache:DescribeEvents', '*', { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }),
    ]);
  });
});

describe('statics', () => {
  test.each<[string, ElastiCacheCondition, ElastiCacheOperation, object]>([
    ['cacheNodeTypes', ElastiCacheCondition.cacheNodeTypes(['cache.t4g.micro']), ElastiCacheOperation.MODIFY_GLOBAL_REPLICATION_GROUP,
      { StringEquals: { 'elasticache:CacheNodeType': 'cache.t4g.micro' } }],
    ['requestTag with a pattern', ElastiCacheCondition.requestTag('Team', ['a*']), CREATE_CACHE_SUBNET_GROUP, { StringLike: { 'aws:RequestTag/Team': 'a*' } }],
    ['resourceTag', ElastiCacheCondition.resourceTag('Team', ['a']), TEST_FAILOVER, { StringEquals: { 'aws:ResourceTag/Team': 'a' } }],
    ['of, IfExists', ElastiCacheCondition.of('StringEqualsIfExists', 'aws:SourceVpc', ['vpc-1']), DESCRIBE_EVENTS, { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }],
    ['of, ForAllValues', ElastiCacheCondition.of('ForAllValues:StringEquals', 'aws:TagKeys', ['a']), CREATE_CACHE_SUBNET_GROUP,
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }],
    ['of, Null', ElastiCacheCondition.of('Null', 'aws:RequestTag/team', ['false']), CREATE_CACHE_SUBNET_GROUP, { Null: { 'aws:RequestTag/team': 'false' } }],
    ['of, Numeric', ElastiCacheCondition.of('NumericLessThanEquals', 'elasticache:NumNodeGroups', ['3']),
      ElastiCacheOperation.MODIFY_REPLICATION_GROUP_SHARD_CONFIGURATION, { NumericLessThanEquals: { 'elasticache:NumNodeGroups': '3' } }],
    ['of, Date', ElastiCacheCondition.of('DateLessThan', 'aws:CurrentTime', ['2026-12-31T00:00:00Z']), DESCRIBE_EVENTS, { DateLessThan: { 'aws:CurrentTime': '2026-12-31T00:00:00Z' } }],
    ['of, IpAddress', ElastiCacheCondition.of('IpAddress', 'aws:SourceIp', ['203.0.113.0/24']), DESCRIBE_EVENTS, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['of, Bool', ElastiCacheCondition.of('Bool', 'aws:MultiFactorAuthPresent', ['true']), DESCRIBE_EVENTS, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['of, PrincipalTag', ElastiCacheCondition.of('StringEquals', 'aws:PrincipalTag/team', ['a']), DESCRIBE_EVENTS, { StringEquals: { 'aws:PrincipalTag/team': 'a' } }],
  ])('%s', (_, condition, operation, block) => {
    expect(granted({ operations: [operation], conditions: [condition] })).toEqual([allowed(operation.action, '*', block)]);
  });
});

describe('refused', () => {
  const { of } = ElastiCacheCondition;

  test.each<[string, ElastiCacheOperation, ElastiCacheCondition, string]>([
    ['an operation that never carries the key', DESCRIBE_EVENTS, ElastiCacheCondition.resourceTag('team', ['a']),
      'DESCRIBE_EVENTS never carries aws:ResourceTag/team, so that the condition would deny every call: give it a grant of its own'],
    ['a key that does not exist', TEST_FAILOVER, of('StringEquals', 'elasticache:NodeType', ['a']),
      '"elasticache:NodeType" is not a condition key of ElastiCache or of all AWS services: did you mean "elasticache:EngineType"?'],
    ['a key that does not exist, under IfExists', TEST_FAILOVER, of('StringEqualsIfExists', 'elasticache:CacheNodeTypes', ['a']),
      '"elasticache:CacheNodeTypes" is not a condition key of ElastiCache or of all AWS services: did you mean "elasticache:CacheNodeType"?'],
    ['a tag key without the tag', TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag', ['a']),
      '"aws:ResourceTag" is not a condition key of ElastiCache or of all AWS services: did you mean "aws:ResourceOrgID"?'],
    ['an operator that does not exist', TEST_FAILOVER, of('StringEqual', 'aws:userid', ['a']),
      '"StringEqual" is not a condition operator: did you mean "StringEquals"?'],
    ['Null with IfExists', TEST_FAILOVER, of('NullIfExists', 'aws:userid', ['true']), '"NullIfExists" is not a condition operator: did you mean "Null"?'],
    ['a Bool that is neither', CREATE_REPLICATION_GROUP, of('Bool', 'elasticache:MultiAZEnabled', ['yes']),
      'condition Bool on elasticache:MultiAZEnabled: value "yes" is not of the key\'s type: expected "true" or "false"'],
    ['a number that is none', CREATE_REPLICATION_GROUP, of('NumericEquals', 'elasticache:NumNodeGroups', ['three']),
      'condition NumericEquals on elasticache:NumNodeGroups: value "three" is not of the key\'s type: expected a number, such as "3"'],
    ['an ARN that is none', TEST_FAILOVER, of('ArnEquals', 'aws:PrincipalArn', ['admin']),
      'condition ArnEquals on aws:PrincipalArn: value "admin" is not of the key\'s type: expected an ARN, or a pattern of ARNs'],
    ['an address that is none', TEST_FAILOVER, of('IpAddress', 'aws:SourceIp', ['home']),
      'condition IpAddress on aws:SourceIp: value "home" is not of the key\'s type: expected an address or a range, such as "203.0.113.0/24"'],
    ['a date that is none', TEST_FAILOVER, of('DateLessThan', 'aws:CurrentTime', ['soon']),
      'condition DateLessThan on aws:CurrentTime: value "soon" is not of the key\'s type: expected a date, such as "2026-01-31T00:00:00Z"'],
    ['an operator of another type', CREATE_REPLICATION_GROUP, of('StringEquals', 'elasticache:NumNodeGroups', ['3']),
      'condition StringEquals on elasticache:NumNodeGroups: the key is a Numeric: expected NumericEquals, NumericNotEquals, NumericLessThan, '
      + 'NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals or Null'],
    ['many values without a quantifier', CREATE_CACHE_SUBNET_GROUP, of('StringEquals', 'aws:TagKeys', ['a']),
      'condition StringEquals on aws:TagKeys: the key has many values: put ForAnyValue: or ForAllValues: before the operator'],
    ['one value with a quantifier', TEST_FAILOVER, of('ForAllValues:StringEquals', 'aws:ResourceTag/team', ['a']),
      'condition ForAllValues:StringEquals on aws:ResourceTag/team: the key has one value: drop ForAllValues:'],
    ['no value', TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', []),
      'condition StringEquals on aws:ResourceTag/team: values is empty, which no request meets: list at least one'],
    ['a list of tokens', TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', Fn.split(',', Fn.importValue('Teams'))),
      "a condition's operator, key or list of values is only known at deployment: pass literal ones; a single value may be a token"],
    ['a custom operation under a bound key', ElastiCacheOperation.custom('ThawCluster'), ElastiCacheCondition.resourceTag('team', ['a']),
      'ThawCluster is a custom operation, and whether it carries aws:ResourceTag/team is not known: give it a grant of its own, without that condition'],
  ])('%s', (_, operation, condition, message) => {
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [operation], conditions: [condition] })))
      .toBe(`Stack/Grant: ${message}`);
  });

  test('a condition that none of the listed resources carries', () => {
    const props = {
      operations: [CREATE_REPLICATION_GROUP],
      resources: [ElastiCacheResource.parameterGroup('a')],
      conditions: [ElastiCacheCondition.of('StringEquals', 'elasticache:Durability', ['sync'])],
    };
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', props))).toBe(
      'Stack/Grant: CREATE_REPLICATION_GROUP carries elasticache:Durability with none of the listed resources, '
      + "only with a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
    );
  });

  test('one condition twice, which a statement can\'t say', () => {
    const conditions = [ElastiCacheCondition.resourceTag('team', ['a']), ElastiCacheCondition.resourceTag('team', ['b'])];
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [TEST_FAILOVER], conditions }))).toBe(
      'Stack/Grant: condition StringEquals on aws:ResourceTag/team is listed twice: give one all the values that are allowed, or make a grant for each',
    );
  });
});

describe('an operator that a missing key meets', () => {
  const lenient = (operator: string, operation: ElastiCacheOperation) => {
    const stack = newStack();
    granted({ operations: [operation], conditions: [ElastiCacheCondition.of(operator, 'elasticache:KmsKeyId', ['a'])] }, stack);
    return warningsOf(stack);
  };

  test.each(['StringNotEquals', 'StringNotLike', 'StringEqualsIfExists'])('%s warns where a type lacks the key', (operator) => {
    expect(lenient(operator, ElastiCacheOperation.CREATE_SERVERLESS_CACHE_SNAPSHOT)).toEqual([
      `condition ${operator} on elasticache:KmsKeyId is met by requests that lack the key, and CREATE_SERVERLESS_CACHE_SNAPSHOT lacks it with `
      + 'serverlesscache: make sure that what it guards is not among these, or use an operator that the key must meet '
      + '[ack: cdk-elasticache-grants:lenientCondition]',
    ]);
  });

  test('does not warn where all types carry it, nor does a strict one', () => {
    expect(lenient('StringNotEquals', COPY_SNAPSHOT)).toEqual([]);
    expect(lenient('StringEquals', ElastiCacheOperation.CREATE_SERVERLESS_CACHE_SNAPSHOT)).toEqual([]);
  });
});
