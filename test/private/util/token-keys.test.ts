import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import { resolvedPartsIn } from '../../../src/private/util/tokens';
import { compareByKey, tokenKeys } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const stack = newStack();
const identify = tokenKeys(resolvedPartsIn(stack));

test('a literal is its own identity', () => {
  expect(identify('arn:aws:s3:::a/b')).toBe('arn:aws:s3:::a/b');
});

test('the same text has the same identity, whichever tokens it is made of', () => {
  const bucket = Lazy.string({ produce: () => `arn:${Aws.PARTITION}:s3:::a` });
  const object = Token.asString(Fn.join('', ['arn:', Aws.PARTITION, ':s3:::a/b']));
  expect(identify(`${bucket}/b`)).toBe(identify(`arn:${Aws.PARTITION}:s3:::a/b`));
  expect(identify(object)).toBe(identify(`arn:${Aws.PARTITION}:s3:::a/b`));
  expect(identify(`arn:aws:s3:::${Lazy.string({ produce: () => 'a' })}/b`)).toBe('arn:aws:s3:::a/b');
});

test('what is joined by anything but nothing is no text', () => {
  expect(identify(Fn.join('-', ['a', Aws.REGION]))).toBe('\uffff{"Fn::Join":["-",["a",{"Ref":"AWS::Region"}]]}');
});

test('a literal that reads like a reference is not one', () => {
  expect(identify(`arn:aws:s3:::a/${Aws.REGION}`)).toBe('arn:aws:s3:::a/\uffff{"Ref":"AWS::Region"}');
  expect(identify(`arn:aws:s3:::a/${Aws.REGION}`)).not.toBe(identify('arn:aws:s3:::a/{"Ref":"AWS::Region"}'));
});

test('keys are ordered by their code units', () => {
  expect(Object.entries({ b: 1, é: 2, B: 3, a: 4 }).sort(compareByKey).map(([key]) => key)).toEqual(['B', 'a', 'b', 'é']);
});
