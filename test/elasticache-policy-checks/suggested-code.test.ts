import { Annotations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { newStack, VALIDATE } from '../harness';
import { check, documentOf, foundFor, foundIn, roleWith } from '../support/checked-policies';

const connect = (...resources: unknown[]) => (
  { Effect: 'Allow', Action: ['elasticache:Connect'], Resource: resources });
const cache = (region: string, account: string, name = 'app') => (
  `arn:aws:elasticache:${region}:${account}:serverlesscache:${name}`);

/** The resources of the code that is offered for a statement. */
function offeredFor(statement: object): string[] {
  const [{ code = '' }] = foundFor((stack) => roleWith(stack, 'Role', [[statement]]));
  return code.match(/ElastiCacheResource\..*(?=,$)/gm) ?? [];
}

const USER = 'ElastiCacheResource.user';

test.each<[string, object, string]>([
  ['the Region and the account', connect(cache('eu-west-1', '111122223333')),
    `${USER}('my-user', { region: 'eu-west-1', account: '111122223333' })`],
  ['the Region and the account of several',
    connect(cache('eu-west-1', '111122223333'), cache('eu-west-1', '111122223333', 'carts')),
    `${USER}('my-user', { region: 'eu-west-1', account: '111122223333' })`],
  ['the account alone, of two Regions', connect(cache('eu-west-1', '111122223333'), cache('us-east-1', '111122223333')),
    `${USER}('my-user', { account: '111122223333' })`],
  ['the Region alone, of two accounts', connect(cache('eu-west-1', '111122223333'), cache('eu-west-1', '444455556666')),
    `${USER}('my-user', { region: 'eu-west-1' })`],
  ['wildcards', connect(cache('*', '*')), `${USER}('my-user', { region: '*', account: '*' })`],
  ['what is the stack\'s own', connect(
    { 'Fn::Sub': 'arn:aws:elasticache:${AWS::Region}:${AWS::AccountId}:serverlesscache:app' }), `${USER}('my-user')`],
])('a resource to fill in has %s of those that are given', (_, statement, expected) => {
  const offered = offeredFor(statement);
  expect(offered[offered.length - 1]).toBe(expected);
});

test('a global datastore to fill in has the account alone, and one that is given decides no Region', () => {
  const statement = (type: string, action: string) => offeredFor({
    Effect: 'Allow', Action: [`elasticache:${action}`], Resource: [`arn:aws:elasticache:${type}`],
  });
  expect(statement('eu-west-1:111122223333:replicationgroup:app', 'DisassociateGlobalReplicationGroup')).toEqual([
    "ElastiCacheResource.globalReplicationGroup('my-global-replication-group', { account: '111122223333' })",
  ]);
  expect(statement(':111122223333:globalreplicationgroup:app', 'CreateReplicationGroup')).toEqual([
    "ElastiCacheResource.globalReplicationGroup('app', { account: '111122223333' })",
    "ElastiCacheResource.parameterGroup('default.*', { account: '111122223333' })",
    "ElastiCacheResource.replicationGroup('my-replication-group', { account: '111122223333' })",
  ]);
});

/** A statement with two findings, for which the same grant is offered. */
const TWICE = {
  Effect: 'Allow',
  Action: ['elasticache:Connect', 'elasticache:ConnectAs'],
  Resource: cache('eu-west-1', '111122223333'),
};

test('code that two findings of one statement offer is printed with the first', () => {
  const found = foundFor((stack) => roleWith(stack, 'Role', [[TWICE]]));
  expect(found.map(({ rule, code }) => [rule, code !== undefined])).toEqual([
    ['unknownAction', true], ['missingResource', false],
  ]);
});

test('code is printed for each of two statements', () => {
  const found = foundFor((stack) => roleWith(stack, 'Role', [[TWICE, { ...TWICE, Sid: 'Second' }]]));
  expect(found.map(({ rule, code }) => [rule, code !== undefined])).toEqual([
    ['unknownAction', true], ['unknownAction', true], ['missingResource', false],
  ]);
});

test('code is printed with the second finding where the first is acknowledged', () => {
  const stack = newStack({ context: { [VALIDATE]: false } });
  const role = new iam.CfnRole(stack, 'Role', { assumeRolePolicyDocument: documentOf() });
  new iam.CfnPolicy(stack, 'Policy', {
    policyName: 'policy', policyDocument: documentOf(TWICE), roles: [role.ref],
  });
  Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:policy.unknownAction');
  check(stack.node.root);
  expect(foundIn(stack).map(({ rule, code }) => [rule, code !== undefined])).toEqual([['missingResource', true]]);
});
