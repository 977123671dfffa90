import { readDocument } from '../../../src/private/review/statement';
import { findingsOf } from '../../../src/private/review/statement-rules';

const found = (actions: string[], Resource: string | string[], more: object = {}) => {
  const Action = actions.map((action) => (/[:]|^\*$|cache$/.test(action) ? action : `elasticache:${action}`));
  const { statements } = readDocument({ Statement: { Effect: 'Allow', Action, Resource, ...more } }, () => undefined);
  return statements.flatMap(findingsOf).map(({ rule, text }) => `${rule}: ${text}`);
};
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
const PAGE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';

test.each([
  ['elasticache:TagResource', 'is not an action of ElastiCache: did you mean "AddTagsToResource"?'],
  ['elasticache:Frobnicate', `is not an action of ElastiCache: AWS lists them on ${PAGE}`],
  ['elasticache:Get*', 'matches no action of ElastiCache'],
  ['elasticache:Conect?', 'matches no action of ElastiCache'],
  ['elasticcache:Connect', 'is of no service: did you mean "elasticache"?'],
  ['elasticach:Connect', 'is of no service: did you mean "elasticache"?'],
  ['elasticacha:Connect', 'is of no service: did you mean "elasticache"?'],
  ['elastiCcache:*', 'is of no service: did you mean "elasticache"?'],
])('%s %s', (action, text) => {
  expect(found([action, 's3:GetObject'], '*')).toEqual([`unknownAction: "${action}" ${text}`]);
});

test.each([
  'elasticache:Connect', 'elasticache:*Tags*', 'elasticache:*', '*', 's3:GetObject', 'elasticbeanstalk:Check',
  'cloudwatch:GetMetricData', 'iotanalytics:RunPipelineActivity',
  // Patterns of services are meant for whatever they fit.
  'elasti*:Get*', 'elasticach?:Frobnicate', 'elasticahe*:Connect', 'elasticah?e:Connect', '*:Get*',
  // No service at all.
  'elasticcache',
])('%s may be an action', (action) => {
  expect(found([action], '*')).toEqual([]);
});

test('each action that doesn\'t exist is found, also where none of them is wanted', () => {
  const text = 'unknownAction: "elasticache:TagResource" is not an action of ElastiCache: did you mean '
    + '"AddTagsToResource"?';
  expect(found(['TagResource', 'Connect', 'TagResource'], '*')).toEqual([text, text]);
  expect(found([], '*', { NotAction: 'elasticache:TagResource', Action: undefined })).toEqual([text]);
});

describe('a resource', () => {
  const noUse = (names: string, shown: string) => (
    `unusedResource: AWS authorizes no action of the statement on a ${names}, so with "${shown}" it allows nothing `
    + 'there');

  test.each<[string, string[], string[], string[]]>([
    ['is wrong', ['ModifyUser'], [arn('user/app'), arn('user:app')], [
      `invalidArn: "${arn('user/app')}" matches nothing: it has a slash, and ElastiCache's ARNs separate type and name `
      + 'by a colon',
    ]],
    ['is of another type', ['ModifyUser'], [arn('user:app'), arn('cluster:app')], [
      noUse('cacheCluster', arn('cluster:app')),
    ]],
    ['is of other types', ['RebootCacheCluster'], [arn('user*')], [noUse('user or userGroup', arn('user*'))]],
    ['is of the type of any action', ['ModifyUser', 'RebootCacheCluster'], [arn('cluster:app')], []],
    ['may be of the right type', ['ModifyUserGroup'], [arn('us*:app')], []],
    ['may be of any type', ['ModifyUser'], ['*'], []],
    ['is a pattern of names of any type', ['ModifyUser'], [arn('*blue*')], []],
    ['is for an action without types', ['DescribeEvents'], [arn('user:app')], [noUse('user', arn('user:app'))]],
    ['is of another service', ['ModifyUser'], ['arn:aws:s3:::app'], [
      'unusedResource: "arn:aws:s3:::app" is not of ElastiCache, and all actions of the statement are, so it allows '
      + 'nothing there',
    ]],
    ['is of another service, for an action of it', ['ModifyUser', 's3:GetObject'], ['arn:aws:s3:::app'], []],
    ['is of no type that the actions have, beside another service', ['ModifyUser', 's3:GetObject'], [
      arn('cluster:app'),
    ], [noUse('cacheCluster', arn('cluster:app'))]],
    ['is wrong, for another service', ['s3:GetObject'], [arn('user/app')], []],
    ['is of another service, and the action is of none', ['elasticbeanstalk:Check'], ['app', 'arn:aws:s3:::app'], []],
  ])('%s', (_, actions, resources, expected) => {
    expect(found(actions, resources)).toEqual(expected);
  });

  test('is not judged by actions that the statement is not about', () => {
    expect(found([], 'app', { Action: undefined, NotAction: 'elasticache:Connect' })).toEqual([]);
  });

  test('is denied nothing, where the statement denies', () => {
    expect(found(['ModifyUser'], [arn('cluster:app'), 'arn:aws:s3:::app'], { Effect: 'Deny' })).toEqual([
      noUse('cacheCluster', arn('cluster:app')).replace('allows', 'denies'),
      'unusedResource: "arn:aws:s3:::app" is not of ElastiCache, and all actions of the statement are, so it denies '
        + 'nothing there',
    ]);
  });

  test('may be left out', () => {
    expect(found(['ModifyUser'], '*', { Resource: undefined })).toEqual([]);
  });
});

test('what is wrong with the actions comes first, then the resources, then the conditions', () => {
  const rules = found(['TagResource', 'ModifyUser'], 'app', { Condition: { StringEquals: { 'aws:Nonsense': 'a' } } })
    .map((text) => text.replace(/:.*/s, ''));
  expect(rules).toEqual(['unknownAction', 'invalidArn', 'unknownConditionKey']);
});
