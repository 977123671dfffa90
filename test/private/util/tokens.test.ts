import { Aws, CfnParameter, CfnResource, Fn, Lazy, Token, Tokenization } from 'aws-cdk-lib';
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

test.each<[string, string, string, unknown[]]>([
  ['literals', 'arn:', 'a/b', ['arn:a/b']],
  [
    'literals beside tokens', `a${partition}b`, `/c${region}`,
    ['a', { Ref: 'AWS::Partition' }, 'b/c', { Ref: 'AWS::Region' }],
  ],
  ['a token and a literal', partition, '/c', [{ Ref: 'AWS::Partition' }, '/c']],
  ['a literal and a token', 'a', region, ['a', { Ref: 'AWS::Region' }]],
  ['nothing and a literal', '', '/c', ['/c']],
  ['a token and nothing', partition, '', [{ Ref: 'AWS::Partition' }]],
  ['tokens', partition, region, [{ Ref: 'AWS::Partition' }, { Ref: 'AWS::Region' }]],
])('join makes one text of two, with the parts that it has as a whole: %s', (_, head, tail, parts) => {
  const { join, resolvedParts, tokenKey } = tokensIn(newStack());
  const whole = tokensIn(newStack());
  expect(join(head, tail)).toBe(head + tail);
  expect(resolvedParts(head + tail)).toEqual(parts);
  expect(whole.resolvedParts(head + tail)).toEqual(parts);
  expect(tokenKey(head + tail)).toBe(whole.tokenKey(head + tail));
});

test('the tokens of a text that was joined are not looked for in it', () => {
  const { join, resolvedParts } = tokensIn(newStack());
  const text = join(`arn:${partition}:s3:::bucket-of-this-test`, '/key-of-this-test');
  const reverse = jest.spyOn(Tokenization, 'reverseString');
  try {
    resolvedParts(text);
    expect(reverse.mock.calls).toEqual([[`arn:${partition}:s3:::bucket-of-this-test`]]);
  } finally {
    reverse.mockRestore();
  }
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
