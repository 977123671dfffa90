import { Aws, CfnParameter, Fn, Lazy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  pathOfResource, readableConditions, readableIn, readableList,
} from '../../../src/private/report/readable';
import { newStack } from '../../harness';

const stack = newStack();
const bucket = new s3.Bucket(stack, 'Bucket');
const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'x' });
const parameter = new CfnParameter(stack, 'Name');
const other = new s3.Bucket(new Stack(stack.node.root as Stack, 'Other'), 'Bucket');

test.each<[string, string, string]>([
  ['text', 'arn:aws:s3:::a/${*}', 'arn:aws:s3:::a/${*}'],
  ['a pseudo parameter', `arn:${Aws.PARTITION}:x`, 'arn:${AWS::Partition}:x'],
  ['a pseudo parameter of a stack', `${stack.stackId}`, '${AWS::StackId}'],
  ['an L1, by its Ref', `a:${cache.ref}-*`, 'a:${Stack/Cache}-*'],
  ['an L1, by an attribute', cache.attrPrimaryEndPointAddress, '${Stack/Cache.PrimaryEndPoint.Address}'],
  ['an L2, by its own path', bucket.arnForObjects('a'), '${Stack/Bucket.Arn}/a'],
  ['an L2 of another stack', other.bucketName, '${Other/Bucket}'],
  ['a parameter', parameter.valueAsString, '${Stack/Name}'],
  ['a lazy value', Lazy.string({ produce: () => `x-${bucket.bucketName}` }), 'x-${Stack/Bucket}'],
  ['joined parts', Fn.join('/', ['a', bucket.bucketName]), 'a/${Stack/Bucket}'],
  ['an import', Fn.importValue(`a-${Aws.REGION}`), '${Fn::ImportValue(a-${AWS::Region})}'],
  [
    'a part of a value', Fn.select(0, Fn.split('-', cache.ref)),
    '${Fn::Select(0, ${Fn::Split(-, ${Stack/Cache})})}',
  ],
  ['a reference by logical ID', Fn.getAtt('Logical', 'Arn').toString(), '${Logical.Arn}'],
  ['a substitution', Fn.sub('a-${AWS::Region}'), 'a-${AWS::Region}'],
  ['a dynamic reference', SecretValue.ssmSecure('name').unsafeUnwrap(), '{{resolve:ssm-secure:name}}'],
  ['a substitution with values', Fn.sub('a-${Kind}', { Kind: 'b' }), 'a-${Kind}'],
  ['a value that is an object', Token.asString({ 'Fn::Any': { a: [1] } }), '${Fn::Any({"a":[1]})}'],
  ['an object that is no function', Token.asString({ a: [1] }), '{"a":[1]}'],
  ['an object that is empty', Token.asString({}), '{}'],
  ['a function without arguments', Token.asString({ 'Fn::Any': [] }), '${Fn::Any()}'],
  ['a function of several arguments', Token.asString({ 'Fn::Any': ['a', { Ref: 'B' }, 1] }), '${Fn::Any(a, ${B}, 1)}'],
  ['an attribute in one text', Token.asString({ 'Fn::GetAtt': 'Cache.Arn' }), '${Cache.Arn}'],
  ['a reference to a parameter', Token.asString({ Ref: 'Name' }), '${Name}'],
  ['joined parts that are a list of the deployment', Token.asString({ 'Fn::Join': [',', { Ref: 'Names' }] }),
    '${Fn::Join(,, ${Names})}'],
  ['joined parts of a template', Token.asString({ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }), 'a-${B}'],
  ['a part that is none', `a-${Lazy.string({ produce: () => undefined })}`, 'a-'],
  ['parts of which the first is none', `${Lazy.string({ produce: () => undefined })}-a`, '-a'],
  ['joined parts that are none', Token.asString({ 'Fn::Join': null }), '${Fn::Join(null)}'],
])('%s is written as a person would', (_, text, expected) => {
  expect(readableIn(stack)(text)).toBe(expected);
});

test('a parameter of Systems Manager is named by the construct that CDK makes for it', () => {
  const value = ssm.StringParameter.valueForStringParameter(stack, '/cache/name');
  expect(readableIn(stack)(value)).toMatch(/^\$\{Stack\/SsmParameterValue:--cache--name:[A-F0-9-]+\.Parameter\}$/);
});

test('a list is read value by value, and as a whole where only the deployment knows it', () => {
  const list = (value: unknown) => readableList(value, stack);
  expect(list(['a', bucket.bucketName])).toEqual(['a', '${Stack/Bucket}']);
  expect(list([])).toEqual([]);
  expect(list(undefined)).toEqual([]);
  expect(list('a')).toEqual(['a']);
  expect(list(Token.asList({ Ref: 'Names' }))).toEqual(['${Names}']);
});

test('conditions are read in an order of their own', () => {
  const conditions = {
    StringLike: { b: ['y'], a: [bucket.bucketName, '$', 'A'] }, Bool: { [bucket.bucketName]: ['true'] },
  };
  const read = readableConditions(conditions, readableIn(stack));
  expect(JSON.stringify(read)).toBe(JSON.stringify({
    Bool: { '${Stack/Bucket}': ['true'] }, StringLike: { a: ['$', '${Stack/Bucket}', 'A'], b: ['y'] },
  }));
});

test('a resource has the path of the construct that it is the default child of', () => {
  expect(pathOfResource(bucket.node.defaultChild!)).toBe('Stack/Bucket');
  expect(pathOfResource(cache)).toBe('Stack/Cache');
  expect(pathOfResource(stack.node.root)).toBe('');
});
