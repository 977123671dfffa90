import { OPERATIONS } from '../../../src/private/catalog/catalog.generated';
import {
  allOperations, exactOperations, isAboutElastiCache, isOwnOnly, readDocument, ReviewedStatement, typesCovered,
  typesMeant,
} from '../../../src/private/review/statement';

const read = (document: unknown) => readDocument(document, (logicalId) => (
  logicalId === 'User' ? 'AWS::ElastiCache::User' : undefined));
const CONNECT = { Effect: 'Allow', Action: 'elasticache:Connect', Resource: '*' };
const statementOf = (part: object): ReviewedStatement => read({ Statement: { ...CONNECT, ...part } }).statements[0];
const withActions = (...Action: string[]) => statementOf({ Action });
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;

test('a statement is read with its place, its actions, its resources and its conditions', () => {
  expect(read({
    Statement: [CONNECT, {
      Sid: 'Users',
      Effect: 'Deny',
      Action: ['elasticache:ModifyUser', 'iam:*'],
      Resource: { 'Fn::GetAtt': ['User', 'Arn'] },
      Condition: { StringEqualsIfExists: { 's3:prefix': 'a' } },
    }],
  })).toEqual({
    isComplete: true,
    statements: [
      {
        deny: false,
        number: 1,
        actions: [{ text: 'elasticache:Connect', name: 'Connect', operations: ['Connect'], isExact: true }],
        notActions: false,
        resources: [{ shown: '*' }],
        conditions: { conditions: [], otherKeys: [], problems: [] },
      },
      {
        deny: true,
        sid: 'Users',
        number: 2,
        actions: [
          { text: 'elasticache:ModifyUser', name: 'ModifyUser', operations: ['ModifyUser'], isExact: true },
          { text: 'iam:*', operations: [], isExact: false },
        ],
        notActions: false,
        resources: [{ shown: '${User.Arn}', types: ['user'] }],
        conditions: { conditions: [], otherKeys: [{ key: 's3:prefix', lenient: true }], problems: [] },
      },
    ],
  });
});

test('what a statement is not about, and not on, is read as such', () => {
  const { actions, notActions, resources, sid } = statementOf({
    Sid: { Ref: 'Sid' }, Action: undefined, NotAction: ['iam:*'], Resource: undefined, NotResource: '*',
  });
  expect({ actions, notActions, resources, sid }).toEqual({
    actions: [{ text: 'iam:*', operations: [], isExact: false }], notActions: true,
  });
});

test('a statement may lack actions', () => {
  expect(statementOf({ Action: undefined })).toEqual({
    deny: false,
    number: 1,
    actions: [],
    notActions: false,
    resources: [{ shown: '*' }],
    conditions: { conditions: [], otherKeys: [], problems: [] },
  });
});

describe('a document', () => {
  const SOME = { 'Fn::If': ['Some', CONNECT, { Ref: 'AWS::NoValue' }] };

  test.each<[unknown, number, boolean]>([
    // There is none, so nothing is missing.
    [undefined, 0, true],
    [null, 0, false],
    ['text', 0, false],
    [{ 'Fn::ImportValue': 'Document' }, 0, false],
    [{ Statement: [] }, 0, false],
    [{ Statement: null }, 0, false],
    [{ Statement: SOME }, 0, false],
    [{ Statement: CONNECT }, 1, true],
    [{ Statement: [CONNECT] }, 1, true],
    [{ Statement: [CONNECT, CONNECT] }, 2, true],
    [{ Statement: [CONNECT, SOME] }, 1, false],
    [{ Statement: [CONNECT, null, 5, 'text'] }, 1, false],
  ])('%j has %i statements that are sure, and these are all: %s', (document, count, isComplete) => {
    const found = read(document);
    expect([found.statements.length, found.isComplete]).toEqual([count, isComplete]);
  });

  test('keeps the numbers of statements beside what is not sure', () => {
    expect(read({ Statement: [SOME, CONNECT] }).statements.map(({ number }) => number)).toEqual([2]);
  });
});

describe('a statement is left to the deployment', () => {
  const IF = { 'Fn::If': ['Some', 'a', 'b'] };

  test.each<[object]>([
    [{ Effect: undefined }], [{ Effect: IF }], [{ Effect: 'allow' }],
    [{ Action: IF }], [{ Action: ['elasticache:Connect', IF] }], [{ Action: [5] }],
    [{ Action: undefined, NotAction: IF }], [{ Action: undefined, NotAction: ['iam:*', IF] }],
    [{ NotAction: [IF] }],
    [{ Condition: IF }], [{ Condition: { Ref: 'Condition' } }], [{ Condition: null }], [{ Condition: 'text' }],
    [{ Condition: [{ Bool: { 'aws:SecureTransport': 'true' } }] }],
    [{ Condition: { 'Bool': { 'aws:SecureTransport': 'true' }, 'Fn::Transform': {} } }],
  ])('with %j', (part) => {
    expect(read({ Statement: { ...CONNECT, ...part } })).toEqual({ statements: [], isComplete: false });
  });

  test.each<[object]>([
    [{ Effect: 'Deny' }], [{ Action: [] }], [{ Condition: {} }], [{ Condition: undefined }],
    [{ Condition: { 'My::Fn::If': {}, 'MyRef': {}, 'RefMy': {} } }],
    [{ Action: undefined, NotAction: 'iam:*' }], [{ Resource: IF }],
  ])('but not with %j', (part) => {
    expect(read({ Statement: { ...CONNECT, ...part } }).isComplete).toBe(true);
  });
});

describe('an action', () => {
  const ALL = Object.keys(OPERATIONS);
  const reboots = ['RebootCacheCluster'];

  test.each<[string, string | undefined, string[], boolean]>([
    ['elasticache:RebootCacheCluster', 'RebootCacheCluster', reboots, true],
    ['ElastiCache:rebootcachecluster', 'rebootcachecluster', reboots, true],
    ['elasticache:Reboot*', 'Reboot*', reboots, false],
    ['elasticache:Reboot?acheCluster', 'Reboot?acheCluster', reboots, false],
    ['elasti*:Reboot*', 'Reboot*', reboots, false],
    ['*:RebootCacheCluster', 'RebootCacheCluster', reboots, true],
    ['elasticache:*', '*', ALL, false],
    ['*', '*', ALL, false],
    ['elasticache:Frobnicate', 'Frobnicate', [], true],
    ['elasticache:a:b', 'a:b', [], true],
    ['elasticache:Reboot\n*', 'Reboot\n*', [], false],
    ['s3:GetObject', undefined, [], false],
    ['elasticache', undefined, [], false],
    ['RebootCacheCluster', undefined, [], false],
    ['my:elasticache:Connect', undefined, [], false],
  ])('%j has the name %j', (text, name, operations, isExact) => {
    expect(withActions(text).actions).toEqual([{ text, name, operations, isExact }]);
    // An app has the same actions again and again.
    expect(withActions(text).actions).toEqual([{ text, name, operations, isExact }]);
  });
});

const NOT_CONNECT = statementOf({ Action: undefined, NotAction: 'elasticache:Connect' });

test.each<[ReviewedStatement, boolean, boolean]>([
  [withActions('elasticache:Connect'), true, true],
  [withActions('ElastiCache:Connect'), true, true],
  [withActions('s3:GetObject', 'elasticache:Connect'), true, false],
  [withActions('elasti*:Connect'), true, false],
  [withActions('*:Connect'), false, false],
  [withActions('?lasticache:Connect'), false, false],
  [withActions('*'), false, false],
  [withActions('s3:GetObject'), false, false],
  [withActions('my-elasticache:Connect'), false, false],
  [NOT_CONNECT, false, true],
])('%j is about ElastiCache: %s, and lists nothing else: %s', (statement, isAbout, ownOnly) => {
  expect([isAboutElastiCache(statement), isOwnOnly(statement)]).toEqual([isAbout, ownOnly]);
});

test('the operations of a statement are those that are written out, and those that patterns match', () => {
  const statement = withActions('elasticache:Test*', 'elasticache:TestFailover', 's3:*', 'elasticache:ModifyUser');
  expect(exactOperations(statement)).toEqual(['TestFailover', 'ModifyUser']);
  expect(allOperations(statement)).toEqual(['TestFailover', 'TestMigration', 'ModifyUser']);
});

test('a statement has no operations that lists what it is not about', () => {
  expect([exactOperations(NOT_CONNECT), allOperations(NOT_CONNECT)]).toEqual([[], []]);
});

test.each<[unknown, string[] | undefined, string[] | undefined]>([
  [undefined, undefined, undefined],
  ['*', undefined, undefined],
  [[arn('user:a'), '*'], undefined, undefined],
  [[], [], []],
  [[arn('user:a'), arn('cluster:a'), arn('user:b')], ['user', 'cluster'], ['user', 'cluster']],
  [['arn:aws:s3:::a', arn('user:a')], ['user'], ['user']],
  // A wrong ARN is on nothing, and was meant to be on something.
  [[arn('user/a'), arn('cluster:a')], ['cluster'], ['user', 'cluster']],
  [[arn('cache/a'), arn('cluster:a')], ['cluster'], undefined],
])('on %j are resources of the types %j, and meant are %j', (Resource, covered, meant) => {
  const statement = statementOf({ Resource });
  expect(typesCovered(statement)).toEqual(covered);
  expect(typesMeant(statement)).toEqual(meant);
});
