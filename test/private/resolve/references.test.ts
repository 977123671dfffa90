import { CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { capitalsIn, isOfOtherService, referencedArn, referencedName } from '../../../src/private/resolve/references';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack } from '../../harness';

const ENV = { region: 'eu-west-1', account: '111122223333' };
const stack = newStack({ env: ENV });
const ARN = 'arn:aws:elasticache:us-east-1:444455556666:user:ann';
const OWN = {
  'Fn::Join': ['', [
    'arn:', { Ref: 'AWS::Partition' }, ':elasticache:eu-west-1:111122223333:user:ann',
  ]],
};

/** The ARN that is taken for a construct's, and what is said of it. */
function read(type: string, construct: unknown) {
  const diagnostics = new Diagnostics();
  const said: string[] = [];
  diagnostics.warning = (id, text) => { said.push(`${id}: ${text}`); };
  const found = referencedArn(type, construct, stack, diagnostics);
  return { arn: stack.resolve(found?.arn), said: [...diagnostics.errorTexts, ...said] };
}

test.each<[string, object, unknown]>([
  ['an ARN of the type', { userRef: { userArn: ARN, userId: 'ann' } }, ARN],
  ['an ARN alone', { userRef: { userArn: ARN } }, ARN],
  ['an ARN that only the deployment knows', { userRef: { userArn: Fn.importValue('User') } },
    { 'Fn::ImportValue': 'User' }],
  ['an ARN with a slash, and an ID', { userRef: { userArn: ARN.replace('user:', 'user/'), userId: 'ann' } }, OWN],
  ['an ARN of another type, and an ID', { userRef: { userArn: ARN.replace('user:', 'usergroup:'), userId: 'ann' } },
    OWN],
  ['an ARN without a name, and an ID', { userRef: { userArn: ARN.replace(':ann', ''), userId: 'ann' } }, OWN],
  ['no ARN but text, and an ID', { userRef: { userArn: 'ann', userId: 'ann' } }, OWN],
  ['an ARN that is no text, and an ID', { userRef: { userArn: 5, userId: 'ann' } }, OWN],
  ['an ID', { userRef: { userId: 'ann' } }, OWN],
  ['a name', { userRef: { userName: 'ann' } }, OWN],
  ['an ID, without a reference', { userId: 'ann' }, OWN],
])('a user has %s', (_, construct, arn) => {
  expect(read('user', { env: ENV, ...construct })).toEqual({ arn, said: [] });
});

test('a resource is in the Region and account of its construct, or else of the stack', () => {
  const env = { region: 'us-east-1', account: '444455556666' };
  const place = (given: object) => read('user', { userId: 'ann', ...given }).arn['Fn::Join'][1][2];
  expect(place({ env })).toBe(':elasticache:us-east-1:444455556666:user:ann');
  expect(place({})).toBe(':elasticache:eu-west-1:111122223333:user:ann');
  expect(read('globalreplicationgroup', { globalReplicationGroupRef: { globalReplicationGroupId: 'a' }, env })
    .arn['Fn::Join'][1][2]).toBe(':elasticache::444455556666:globalreplicationgroup:a');
});

test.each<[unknown]>([
  [undefined], [null], ['ann'], [{}], [{ userRef: {} }], [{ userRef: { userId: 5 } }],
  [{ userArn: 'arn:aws:iam::111122223333:user/ann', userName: 'ann' }],
])('%j is no user', (construct) => {
  expect(read('user', construct)).toEqual({
    arn: undefined,
    said: [expect.stringMatching(
      /^ElastiCacheResource\.fromUser: expected a construct with userRef, .*: use ElastiCacheResource\.user with /)],
  });
});

test('the name in an ARN is checked', () => {
  expect(read('user', { userRef: { userArn: `${ARN}/a` } }).said).toEqual([
    expect.stringContaining('name "ann/a" is not valid'),
  ]);
});

test('a user of IAM is no user of ElastiCache, though it has the same members', () => {
  const user = new iam.User(stack, 'User');
  expect(read('user', user).arn).toBeUndefined();
  expect(referencedName('user', user)).toBeUndefined();
});

test.each<[string, () => unknown, boolean]>([
  ['an ARN of ElastiCache', () => ARN, false],
  ['an ARN of ElastiCache in capitals', () => ARN.replace('elasticache', 'ElastiCache'), false],
  ['an ARN of IAM', () => 'arn:aws:iam::111122223333:user/ann', true],
  ['text', () => 'ann', false],
  ['a number', () => 5, false],
  ['an import', () => Fn.importValue('User'), false],
  ['an attribute of a resource of ElastiCache', () => new elasticache.CfnUser(stack, 'Own', {
    engine: 'valkey', userId: 'own', userName: 'own',
  }).attrArn, false],
  ['an attribute of another resource', () => new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' })
    .getAtt('TopicArn').toString(), true],
  ['an ARN whose service is not known', () => `arn:aws:${Fn.importValue('Service')}:eu-west-1:111122223333:a`, false],
])('%s is of another service: %#', (_, arn, other) => {
  expect(isOfOtherService(arn())).toBe(other);
});

// Red if a name that may be another one to ElastiCache has no warning, or if a right one has.
test.each<[string, string, boolean]>([
  ['capitals', 'Orders', true], ['none', 'orders', false],
  ['none that are known', Lazy.string({ produce: () => 'orders' }), false],
])('a group of the app whose name has %s', (_, replicationGroupId, warned) => {
  const group = new elasticache.CfnReplicationGroup(newStack(), 'Group', {
    replicationGroupDescription: 'a', replicationGroupId,
  });
  expect(capitalsIn(group, 'replicationgroup', 'It')).toBe(warned
    ? 'It: the resource is named "Orders", but ElastiCache keeps names in lower case, and IAM regards case: name it '
      + '"orders", or acknowledge this warning if its Ref gives that'
    : undefined);
  expect(read('replicationgroup', group).said).toEqual(warned ? [expect.stringMatching(/^capitalsInName: /)] : []);
});

test('what is no resource of the app has no capitals that anybody knows', () => {
  expect(capitalsIn({ replicationGroupId: 'Orders' } as any, 'replicationgroup', 'It')).toBeUndefined();
});

// Red if a construct of some version of CDK no longer tells its name.
test.each([
  ['cluster', 'cacheClusterId'], ['cluster', 'clusterName'], ['globalreplicationgroup', 'globalReplicationGroupId'],
  ['parametergroup', 'cacheParameterGroupName'], ['replicationgroup', 'replicationGroupId'],
  ['securitygroup', 'securityGroupId'], ['serverlesscache', 'serverlessCacheName'],
  ['subnetgroup', 'cacheSubnetGroupName'], ['user', 'userId'], ['user', 'userName'], ['usergroup', 'userGroupId'],
  ['usergroup', 'userGroupName'],
])('a construct of a %s tells its name as %s', (type, member) => {
  expect(referencedName(type, { [member]: 'a' })).toBe('a');
});
