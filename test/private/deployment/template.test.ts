import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { definitionOf, partitionOf, shownValue, templateResourceOf } from '../../../src/private/deployment/template';
import { partsOf, soleTarget } from '../../../src/private/deployment/values';
import { newApp, newStack } from '../../harness';
import { newUser } from '../../support/deployments';

const subnetsIn = (stack: Stack) => new elasticache.CfnSubnetGroup(stack, 'Subnets', {
  description: 'Private', subnetIds: ['subnet-1'], cacheSubnetGroupName: 'private',
});

/** The construct that the subnet group of a cache leads to. */
function subnetsOf(stack: Stack, cacheSubnetGroupName: string) {
  const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'Orders', cacheSubnetGroupName,
  });
  const resource = templateResourceOf(cache)!;
  return soleTarget(partsOf(resource.definition.CacheSubnetGroupName, resource))?.element;
}

test.each<[string, () => Stack]>([
  ['an app', () => newStack()],
  ['a stage of an app', () => new Stack(new Stage(newApp(), 'Production'), 'Stack')],
  ['a stage that is in no app', () => new Stack(new Stage(undefined as any, 'Production'), 'Stack')],
])('a reference leads to its construct, in %s', (_, make) => {
  const stack = make();
  const subnets = subnetsIn(stack);
  expect(subnetsOf(stack, subnets.ref)).toBe(subnets);
});

test('a reference to a construct of another app leads to none', () => {
  const other = new Stack(new App(), 'Elsewhere');
  expect(subnetsOf(newStack(), subnetsIn(other).ref)).toBeUndefined();
});

test('a resource has its properties and its two policies', () => {
  const user = newUser(newStack());
  user.addOverride('DeletionPolicy', 'Retain');
  user.addOverride('UpdateReplacePolicy', 'Delete');
  expect(definitionOf(user)).toEqual({
    Engine: 'valkey', UserName: 'app', UserId: 'app', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete',
  });
});

test('a resource of another service is none', () => {
  expect(templateResourceOf(new CfnResource(newStack(), 'Topic', { type: 'AWS::SNS::Topic' }))).toBeUndefined();
});

// Red if an error shows a value otherwise than the user wrote it.
test.each<[unknown, unknown]>([
  ['a', 'a'],
  [5, 5],
  [null, null],
  [undefined, undefined],
  [['a', { Ref: '/Stack/Topic' }], ['a', '${Stack/Topic}']],
  [{ Ref: '/Stack/Topic' }, '${Stack/Topic}'],
  [{ Ref: 'Topic' }, '${Topic}'],
  [{ Ref: 5 }, { Ref: 5 }],
  [{ 'Fn::GetAtt': ['/Stack/Topic', 'TopicArn'] }, '${Stack/Topic.TopicArn}'],
  [{ 'Fn::GetAtt': 'Topic.TopicArn' }, { 'Fn::GetAtt': 'Topic.TopicArn' }],
  [{ 'Fn::Join': ['', ['a-', { Ref: '/Stack/Topic' }, '-b']] }, 'a-${Stack/Topic}-b'],
  [{ 'Fn::Join': ['', ['a-', { 'Fn::Join': ['', ['b', 'c']] }]] }, 'a-bc'],
  [{ 'Fn::Join': ['', ['a', { 'Fn::ImportValue': 'B' }]] }, { 'Fn::Join': ['', ['a', { 'Fn::ImportValue': 'B' }]] }],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Topic' }]] }, { 'Fn::Join': ['-', ['a', '${Topic}']] }],
  [{ 'Fn::Join': ['', { Ref: 'List' }] }, { 'Fn::Join': ['', '${List}'] }],
  [{ 'Fn::Sub': 'a' }, { 'Fn::Sub': 'a' }],
])('an error shows %j as %j', (value, shown) => {
  expect(shownValue(value)).toEqual(shown);
});

test.each([
  ['eu-west-1', 'aws'], ['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov'],
])('a stack in %s is in the partition %s', (region, partition) => {
  expect(partitionOf(newStack({ env: { region } }))).toBe(partition);
});

test('a stack without a Region, or with one that is not known, has the partition that CDK gives it', () => {
  const [open, unknown] = [newStack(), newStack({ env: { region: 'moon-west-1' } })];
  expect(partitionOf(open)).toBe(open.partition);
  expect(partitionOf(unknown)).toBe(unknown.partition);
});
