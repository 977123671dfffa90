import { documentOf, foundFor, roleWith } from '../support/checked-policies';

const SAR = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';
const KEYS = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html';
const OPERATORS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
const statement = (Effect: string) => (actions: string[], Resource: string | string[], Condition?: object) => (
  { Effect, Action: actions.map((name) => `elasticache:${name}`), Resource, ...(Condition && { Condition }) });
const allow = statement('Allow');
const deny = statement('Deny');

/** A statement, what is said of it, and its page; and the same without the mistake. */
type Case = [statement: object, text: string, page: string, right: object];

const CASES: Record<string, Case[]> = {
  unknownAction: [
    [
      allow(['TagResource'], '*'),
      '"elasticache:TagResource" is not an action of ElastiCache: did you mean "AddTagsToResource"?',
      SAR,
      allow(['AddTagsToResource'], '*'),
    ],
    [
      allow(['Frobnicate'], '*'),
      `"elasticache:Frobnicate" is not an action of ElastiCache: AWS lists them on ${SAR}`,
      SAR,
      allow(['rebootcachecluster'], '*'),
    ],
    [allow(['Get*'], '*'), '"elasticache:Get*" matches no action of ElastiCache', SAR, allow(['*Tags*'], '*')],
    [
      { Effect: 'Allow', Action: 'elasticcache:Connect', Resource: '*' },
      '"elasticcache:Connect" is of no service: did you mean "elasticache"?',
      SAR,
      { Effect: 'Allow', Action: 'elastic*:Describe*', Resource: '*' },
    ],
  ],
  invalidArn: [
    [
      allow(['ModifyUser'], arn('user/app')),
      `"${arn('user/app')}" matches nothing: it has a slash, and ElastiCache's ARNs separate type and name by a colon`,
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyUser'], arn('user:app')),
    ],
    [
      allow(['ModifyUser'], arn('user:App')),
      `"${arn('user:App')}" matches nothing: its name has capitals, and ElastiCache keeps names in lower case`,
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyUser'], arn('user:${aws:PrincipalTag/Team}')),
    ],
    [
      allow(['ModifyUser'], 'arn:aws:elasticache:eu-west-1::user:app'),
      '"arn:aws:elasticache:eu-west-1::user:app" matches nothing: its account is "": expected 12 digits',
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyUser'], 'arn:aws:elasticache:eu-west-1:*:user:app'),
    ],
    [
      allow(['ModifyUser'], 'arn:aws:elasticache::111122223333:user:app'),
      '"arn:aws:elasticache::111122223333:user:app" matches nothing: the ARN of a user has a Region',
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyGlobalReplicationGroup'], 'arn:aws:elasticache::111122223333:globalreplicationgroup:app'),
    ],
    [
      allow(['ModifyUser'], 'arn:aws:elasticache:eu-west-1:111122223333:app'),
      '"arn:aws:elasticache:eu-west-1:111122223333:app" matches nothing: it lacks a part: expected '
        + 'arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME',
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyUser'], 'arn:aws:elasticache:eu-west-1:111122223333:*'),
    ],
    [
      allow(['ModifyUser'], 'app'),
      '"app" matches nothing: it is not an ARN',
      `${SAR}#amazonelasticache-resources-for-iam-policies`,
      allow(['ModifyUser'], 'arn:aws:*'),
    ],
  ],
  unusedResource: [
    [
      allow(['ModifyUser'], [arn('user:app'), arn('cluster:app')]),
      `AWS authorizes no action of the statement on a cacheCluster, so with "${arn('cluster:app')}" it allows nothing `
        + 'there',
      SAR,
      allow(['ModifyUser', 'RebootCacheCluster'], [arn('user:app'), arn('cluster:app')]),
    ],
    [
      deny(['ModifyUser'], [arn('user:app'), 'arn:aws:s3:::app']),
      '"arn:aws:s3:::app" is not of ElastiCache, and all actions of the statement are, so it denies nothing there',
      SAR,
      {
        Effect: 'Deny',
        Action: ['elasticache:ModifyUser', 's3:PutObject'],
        Resource: [arn('user:app'), 'arn:aws:s3:::app'],
      },
    ],
  ],
  missingResource: [
    [
      allow(['Connect'], arn('serverlesscache:app')),
      'no statement allows Connect on a user, so its calls are denied',
      SAR,
      allow(['Connect'], [arn('serverlesscache:app'), arn('user:app')]),
    ],
    [
      allow(['DescribeEvents', 'DescribeServiceUpdates', 'DescribeUsers'], arn('user:app')),
      'no statement allows DescribeEvents, DescribeServiceUpdates on "*", since AWS authorizes no such call on a type '
        + 'of resource, so their calls are denied',
      SAR,
      allow(['DescribeEvents', 'DescribeServiceUpdates', 'DescribeUsers'], [arn('user:app'), '*']),
    ],
    [
      allow(['CreateCacheCluster'], '*', { StringEquals: { 'elasticache:EngineType': 'memcached' } }),
      'no statement allows CreateCacheCluster on a parameterGroup (AWS doesn\'t supply elasticache:EngineType with it, '
        + 'so the condition is never met there), so its calls are denied',
      SAR,
      allow(['CreateCacheCluster'], '*', { StringEqualsIfExists: { 'elasticache:EngineType': 'memcached' } }),
    ],
  ],
  unknownConditionKey: [
    [
      allow(['RebootCacheCluster'], '*', { StringEqualsIfExists: { 'elasticache:ResourceTag/team': 'a' } }),
      '"elasticache:ResourceTag/team" is not a condition key of ElastiCache or of all AWS services: did you mean '
        + '"aws:ResourceTag/team"?',
      `${SAR}#amazonelasticache-policy-keys`,
      allow(['RebootCacheCluster'], '*', { StringEqualsIfExists: { 'aws:resourcetag/team': 'a' } }),
    ],
  ],
  absentConditionKey: [
    [
      allow(['RebootCacheCluster'], '*', { StringEquals: { 'elasticache:EngineType': 'redis' } }),
      'AWS never supplies elasticache:EngineType to RebootCacheCluster, so the statement allows no call of '
        + 'RebootCacheCluster',
      KEYS,
      allow(['RebootCacheCluster'], '*', { StringEquals: { 'aws:ResourceTag/engine': 'redis' } }),
    ],
    [
      allow(['RebootCacheCluster'], '*', { StringEqualsIfExists: { 'elasticache:EngineType': 'redis' } }),
      'AWS never supplies elasticache:EngineType to RebootCacheCluster, so the condition guards nothing',
      KEYS,
      allow(['Reboot*', 'Create*'], '*', { StringEqualsIfExists: { 'elasticache:EngineType': 'redis' } }),
    ],
  ],
  conditionValue: [
    [
      allow(['ModifyUser'], '*', { StringEquals: { 'aws:MultiFactorAuthAge': '60' } }),
      'condition StringEquals on aws:MultiFactorAuthAge: the key is a Numeric: expected NumericEquals, '
        + 'NumericNotEquals, NumericLessThan, NumericLessThanEquals, NumericGreaterThan, '
        + 'NumericGreaterThanEquals or Null',
      OPERATORS,
      allow(['ModifyUser'], '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': 60 } }),
    ],
    [
      allow(['ModifyUser'], '*', {
        StringEquals: { 'aws:RequestedRegion': 'eu-west-1' }, StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' },
      }),
      'conditions StringEquals and StringNotEquals on aws:RequestedRegion exclude each other, so no request meets '
        + 'them: drop one, or make a grant for each',
      OPERATORS,
      allow(['ModifyUser'], '*', { Bool: { 'aws:MultiFactorAuthPresent': 'True' } }),
    ],
  ],
  emptyDeny: [
    [
      deny(['RebootCacheCluster'], '*', { StringEquals: { 'elasticache:EngineType': 'redis' } }),
      'AWS never supplies elasticache:EngineType to RebootCacheCluster, so the statement denies no call of '
        + 'RebootCacheCluster',
      KEYS,
      deny(['CreateReplicationGroup'], '*', { StringEquals: { 'elasticache:EngineType': 'redis' } }),
    ],
  ],
  denyWithoutKey: [
    [
      deny(['RebootCacheCluster'], '*', { StringNotEquals: { 'elasticache:EngineType': 'redis' } }),
      'AWS never supplies elasticache:EngineType to RebootCacheCluster, so the statement denies every call of '
        + 'RebootCacheCluster',
      `${OPERATORS}#Conditions_IfExists`,
      deny(['RebootCacheCluster'], '*', { StringNotEquals: { 'aws:ResourceTag/engine': 'redis' } }),
    ],
    [
      deny(['ModifyCacheCluster'], arn('cluster:*'), { StringNotLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' } }),
      'StringNotLike is met by a request without elasticache:CacheNodeType, so the statement denies each call of '
        + 'ModifyCacheCluster that doesn\'t set it',
      `${OPERATORS}#Conditions_IfExists`,
      deny(['ModifyCacheCluster'], arn('cluster:*'), {
        StringNotLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' }, Null: { 'elasticache:CacheNodeType': 'false' },
      }),
    ],
    [
      deny(['CreateCacheCluster'], '*', { StringNotLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' } }),
      'AWS authorizes CreateCacheCluster also on a parameterGroup, where it never supplies elasticache:CacheNodeType, '
        + 'so the statement denies every call of CreateCacheCluster',
      `${OPERATORS}#Conditions_IfExists`,
      deny(['CreateCacheCluster'], arn('cluster:*'), { StringNotLike: { 'elasticache:CacheNodeType': 'cache.t4g.*' } }),
    ],
  ],
  missingCompanion: [
    [
      allow(['CreateUser'], '*', { StringEquals: { 'aws:RequestTag/team': 'a' } }),
      'the condition requires tags, and AWS denies CreateUser with tags unless elasticache:AddTagsToResource is '
        + 'allowed, too',
      SAR,
      allow(['CreateUser', 'AddTagsToResource'], '*', { StringEquals: { 'aws:RequestTag/team': 'a' } }),
    ],
    [
      { ...allow(['CopySnapshot'], '*'), Sid: 'ExportSnapshots' },
      'CopySnapshot to a bucket also needs s3:DeleteObject, s3:GetBucketLocation, s3:GetObject, s3:ListAllMyBuckets, '
        + 's3:ListBucket, s3:PutObject, which no statement allows',
      SAR,
      { ...allow(['CopySnapshot'], '*'), Sid: 'CopySnapshots' },
    ],
  ],
};

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  test.each(cases)('%j is reported', (wrong, text, page) => {
    const { Sid = 1 } = wrong as any;
    const found = foundFor((stack) => roleWith(stack, 'Role', [[wrong]])).filter((one) => one.rule === rule);
    expect(found.map((one) => [one.text, one.page])).toEqual([[`statement ${Sid}: ${text}`, page]]);
  });

  test.each(cases.map(([, , , right]) => [right]))('%j is not', (right) => {
    expect(foundFor((stack) => roleWith(stack, 'Role', [[right]]))).toEqual([]);
  });
});

test('a warning ends with the page, and with the code of the grant that was meant', () => {
  const [{ code }] = foundFor((stack) => roleWith(stack, 'Role', [[allow(['Connect'], arn('serverlesscache:app'))]]));
  expect(code).toBe([
    'new ElastiCacheAccessGrant(this, \'Access\', {',
    '  operations: [',
    '    ElastiCacheOperation.CONNECT,',
    '  ],',
    '  resources: [',
    '    ElastiCacheResource.serverlessCache(\'app\', { region: \'eu-west-1\', account: \'111122223333\' }),',
    '    ElastiCacheResource.user(\'my-user\', { region: \'eu-west-1\', account: \'111122223333\' }),',
    '  ],',
    '}).to(grantee);',
  ].join('\n'));
});

test.each([
  [
    {
      StringNotEquals: { 'elasticache:CacheNodeType': ['cache.t4g.micro'] },
      ArnNotLike: { 'aws:PrincipalARN': 'arn:aws:iam::*:role/ops' },
    },
    ['onlyNodeTypes([\'cache.t4g.micro\'])'], ['  exceptPrincipals: [\'arn:aws:iam::*:role/ops\'],'],
  ],
  [{ Bool: { 'elasticache:AtRestEncryptionEnabled': 'false' } }, ['encryptedAtRest()'], []],
])('a warning of a Deny ends with the code of the guardrail that was meant: %j', (condition, [rule], exempt) => {
  const [{ code }] = foundFor((stack) => roleWith(stack, 'Role', [[
    deny(['CreateCacheCluster', 'CreateReplicationGroup'], '*', condition),
  ]]));
  expect(code).toBe([
    'new ElastiCacheGuardrail(this, \'Guardrail\', {',
    `  rules: [ElastiCacheGuardrailRule.${rule}],`,
    ...exempt,
    '}).toPolicyDocument();',
  ].join('\n'));
});

test.each([
  [null], ['text'], [5], [{}], [documentOf()], [{ Statement: null }], [{ Statement: 'text' }],
  [{ Statement: [null, 5, 'x'] }],
  [{ Statement: { Effect: 'Allow', Action: 5, Resource: {} } }],
  [{ Statement: { Effect: 'Allow', Action: 'elasticache:Connect', Resource: [null, 5, {}], Condition: null } }],
  [{ Statement: { Effect: 'Allow', Action: 'elasticache:Connect', Resource: '*', Condition: { StringEquals: 5 } } }],
  [{
    Statement: {
      Effect: 'Allow',
      Action: 'elasticache:Connect',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': null } },
    },
  }],
])('a document that is none, %j, makes no error', (document: any) => {
  expect(foundFor((stack) => roleWith(stack, 'Role', [[]])).concat(foundFor((stack) => {
    roleWith(stack, 'Role', [[]]);
    const policy = stack.node.findChild('RolePolicy0') as any;
    policy.addPropertyOverride('PolicyDocument', document);
  }))).toEqual([]);
});
