import { Aws, CfnParameter, Fn, Lazy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { readableIn } from '../../../src/private/report/readable';
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
  ['a value that is an object', Token.asString({ 'Fn::Any': { a: [1] } }), '${Fn::Any({"a":[1]})}'],
])('%s is written as a person would', (_, text, expected) => {
  expect(readableIn(stack)(text)).toBe(expected);
});

test('a parameter of Systems Manager is named by the construct that CDK makes for it', () => {
  const value = ssm.StringParameter.valueForStringParameter(stack, '/cache/name');
  expect(readableIn(stack)(value)).toMatch(/^\$\{Stack\/SsmParameterValue:--cache--name:[A-F0-9-]+\.Parameter\}$/);
});
