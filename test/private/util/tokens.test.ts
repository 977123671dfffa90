import { Aws, CfnParameter, CfnResource, Fn, Lazy, Token } from 'aws-cdk-lib';
import {
  literalParts, referencedResource, splitLiterals, textParts, tokensIn,
} from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const [partition, region] = [`${Aws.PARTITION}`, `${Aws.REGION}`];

test('textParts divides a text at its tokens', () => {
  expect(textParts('arn:aws')).toEqual(['arn:aws']);
  expect(textParts(partition)).toEqual([{ token: partition }]);
  expect(textParts(`arn:${partition}:x:${region}`)).toEqual([
    'arn:', { token: partition }, ':x:', { token: region },
  ]);
  expect(literalParts(`arn:${partition}:x:${region}`)).toEqual(['arn:', ':x:']);
});

test('splitLiterals divides literals, never tokens', () => {
  expect(splitLiterals(`arn:${partition}:x:a${region}b:`, ':')).toEqual(['arn', partition, 'x', `a${region}b`, '']);
  expect(splitLiterals(`${partition}:x`, ':')).toEqual([partition, 'x']);
});

test('resolvedParts resolves tokens, and flattens joins', () => {
  const { resolvedParts } = tokensIn(newStack());
  expect(resolvedParts('arn:aws')).toEqual(['arn:aws']);
  expect(resolvedParts(`a${Fn.join('', ['b', Fn.join('', [partition, 'c'])])}d`)).toEqual([
    'a', 'b', { Ref: 'AWS::Partition' }, 'c', 'd',
  ]);
  expect(resolvedParts(`a${Lazy.string({ produce: () => undefined })}`)).toEqual(['a', undefined]);
});

test('a token that resolves to a reference stays one part', () => {
  const token = Token.asString({ resolve: () => ({ Ref: 'Bucket' }) });
  expect(textParts(`arn:${token}/a`)).toEqual(['arn:', { token }, '/a']);
  expect(tokensIn(newStack()).resolvedParts(`arn:${token}/a`)).toEqual(['arn:', { Ref: 'Bucket' }, '/a']);
});

test('a resource is known by its Ref, or by an attribute, and not by a text that holds one', () => {
  const stack = newStack();
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  const parameter = new CfnParameter(stack, 'Name');
  expect([topic.ref, topic.getAtt('TopicArn').toString()].map(referencedResource)).toEqual([topic, topic]);
  expect([`${topic.ref}-a`, `a-${topic.ref}`, 'a', '', 5, parameter.valueAsString, Aws.REGION].map(referencedResource))
    .toEqual([undefined, undefined, undefined, undefined, undefined, undefined, undefined]);
});
