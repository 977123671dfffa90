import { suggestedGrant } from '../../../src/private/review/suggestion';
import { allow, arn, reviewed } from '../../support/reviewed-statements';

/** The lines of the code of the grant that is offered for a statement, without the first and the last one. */
function offered(statement: object, option?: string): string[] | undefined {
  const code = suggestedGrant({ rule: 'missingResource', statement: reviewed([statement])[0], text: '', option });
  const lines = code?.split('\n');
  expect([lines?.[0], lines?.at(-1)]).toEqual(code === undefined ? [undefined, undefined] : [
    "new ElastiCacheAccessGrant(this, 'Access', {", '}).to(grantee);',
  ]);
  return lines?.slice(1, -1);
}

const USER = arn('user:app');
const PLACE = "{ region: 'eu-west-1', account: '111122223333' }";
const ON_USER = ['  resources: [', `    ElastiCacheResource.user('app', ${PLACE}),`, '  ],'];
const operations = (...items: string[]) => ['  operations: [', ...items.map((item) => `    ${item},`), '  ],'];
const named = (...names: string[]) => operations(...names.map((name) => `ElastiCacheOperation.${name}`));

describe('the operations of a grant that is offered', () => {
  test.each<[string, object, string[] | undefined]>([
    ['are those of the statement', allow('Connect DescribeUsers', '*'), named('CONNECT', 'DESCRIBE_USERS')],
    ['are each named once', allow('Connect connect', '*'), named('CONNECT')],
    ['are those that wrong names stand for', allow('TagResource Connect', '*'),
      named('ADD_TAGS_TO_RESOURCE', 'CONNECT')],
    ['lack names that stand for none', allow('Frobnicate Connect', '*'), named('CONNECT')],
    ['lack those of other services', allow('Connect s3:GetObject s3:Put*', '*'), named('CONNECT')],
    ['are what a pattern matches', allow('Connect Describe*', '*'),
      operations('ElastiCacheOperation.CONNECT', "...ElastiCacheOperation.matching('Describe*')")],
    ['are what a pattern with one unknown letter matches', allow('Connec?', '*'),
      operations("...ElastiCacheOperation.matching('Connec?')")],
    ['are what a pattern matches of those for the resources', allow('D*User*', USER),
      [...named('DELETE_USER', 'DESCRIBE_USERS'), ...ON_USER]],
    ['read, where a pattern of reads matches nothing', allow('Get*', '*'),
      operations('...ElastiCacheOperation.readOnly()')],
    ['read, whatever the case', allow('view*', '*'), operations('...ElastiCacheOperation.readOnly()')],
    ['do not read, where another service has the pattern', allow('Connect s3:Get*', '*'), named('CONNECT')],
    ['read, beside others', allow('Connect Read*', '*'),
      operations('ElastiCacheOperation.CONNECT', '...ElastiCacheOperation.readOnly()')],
    ['are not those of a pattern that matches nothing else', allow('Connect Frob* Target*', '*'), named('CONNECT')],
    ['lack those of a pattern that AWS has retired', allow('Connect AuthorizeCache*', '*'), named('CONNECT')],
  ])('%s', (_, statement, expected) => {
    expect(offered(statement)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['nothing is left', allow('Frob*', '*')],
    ['nothing is of ElastiCache', allow('s3:Get*', '*')],
    ['nothing is left but what AWS has retired', allow('AuthorizeCache*', arn('securitygroup:app'))],
    ['the statement says what it is not about', { Effect: 'Allow', NotAction: 'elasticache:Connect', Resource: '*' }],
  ])('are none, nor is there a grant, where %s', (_, statement) => {
    expect(offered(statement)).toBe(undefined);
  });
});

describe('the resources of a grant that is offered', () => {
  test.each<[string, object, string[]]>([
    ['are those of the statement', allow('ModifyUser', USER), [...named('MODIFY_USER'), ...ON_USER]],
    ['are each listed once', allow('ModifyUser', [USER, USER]), [...named('MODIFY_USER'), ...ON_USER]],
    ['are none on every resource', allow('ModifyUser', [USER, '*']), named('MODIFY_USER')],
  ])('%s', (_, statement, expected) => {
    expect(offered(statement)).toEqual(expected);
  });
});

describe('the conditions of a grant that is offered', () => {
  const conditions = (...items: string[]) => ['  conditions: [', ...items.map((item) => `    ${item},`), '  ],'];

  test.each<[string, object, string[]]>([
    ['are those of the statement', { StringEquals: { 'aws:ResourceTag/team': ['a', 'b'] } },
      conditions("ElastiCacheCondition.of('StringEquals', 'aws:ResourceTag/team', ['a', 'b'])")],
    ['are several', { StringLike: { 'aws:ResourceTag/team': 'a*' }, Bool: { 'aws:SecureTransport': true } }, conditions(
      "ElastiCacheCondition.of('StringLike', 'aws:ResourceTag/team', ['a*'])",
      "ElastiCacheCondition.of('Bool', 'aws:SecureTransport', ['true'])")],
    ['escape what ends a text', { StringEquals: { 'aws:ResourceTag/team': "it's \\ 'x'" } },
      conditions("ElastiCacheCondition.of('StringEquals', 'aws:ResourceTag/team', ['it\\'s \\\\ \\'x\\''])")],
    ['have the operator for as many values as the key has', {
      'ForAnyValue:StringEquals': { 'aws:RequestedRegion': 'a' },
    }, conditions("ElastiCacheCondition.of('StringEquals', 'aws:RequestedRegion', ['a'])")],
    ['lack keys that AWS never supplies', {
      ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:a' }, Bool: { 'aws:ViaAWSService': 'true' },
    }, conditions("ElastiCacheCondition.of('Bool', 'aws:ViaAWSService', ['true'])")],
    ['are none where there is none', {}, []],
  ])('%s', (_, condition, expected) => {
    expect(offered(allow('ModifyUser', USER, condition))).toEqual([...named('MODIFY_USER'), ...ON_USER, ...expected]);
  });

  test('are left out with a remark, where AWS does not supply their keys', () => {
    const [statement] = reviewed([allow('Connect', '*', { StringEquals: { 'elasticache:EngineType': 'redis' } })]);
    expect(suggestedGrant({ rule: 'absentConditionKey', statement, text: '' })).toBe([
      '// Without the conditions of the statement: AWS does not supply their keys to all of these operations.',
      "new ElastiCacheAccessGrant(this, 'Access', {",
      '  operations: [',
      '    ElastiCacheOperation.CONNECT,',
      '  ],',
      '}).to(grantee);',
    ].join('\n'));
  });
});

test.each<[string, string, string[], string]>([
  ['tagOnCreate', 'CreateUser', ['CREATE_USER'], 'tagOnCreate: true'],
  ['finalSnapshot', 'DeleteCacheCluster', ['DELETE_CACHE_CLUSTER'], 'finalSnapshot: true'],
  ['exportBuckets', 'CopySnapshot', ['COPY_SNAPSHOT'],
    "exportBuckets: [s3.Bucket.fromBucketName(this, 'Exports', 'my-bucket')]"],
  ['snapshots', 'CreateCacheCluster', ['CREATE_CACHE_CLUSTER'],
    "snapshots: [SnapshotSource.fromBucketName('my-bucket', ['my-snapshot.rdb'])]"],
])('a grant that is offered has the option %s', (option, action, names, code) => {
  expect(offered(allow(action, '*'), option)).toEqual([...named(...names), `  ${code},`]);
});

test('all operations are offered with the buckets that some of them need', () => {
  expect(offered(allow('*', '*'), 'exportBuckets')?.slice(0, 3)).toEqual(operations('...ElastiCacheOperation.all()'));
});

test.each(['tagOnCreate', 'finalSnapshot', 'exportBuckets', 'snapshots'])(
  'a grant that the library refuses is not offered, such as one with %s for an operation that has no use for it',
  (option) => { expect(offered(allow('Connect', '*'), option)).toBe(undefined); });
