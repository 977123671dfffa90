import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import { distinctTexts, tokensIn, valuesByKey } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const stack = newStack();
const { tokenKey: keyOf } = tokensIn(stack);

test('a literal is its own key', () => {
  expect(keyOf('arn:aws:s3:::a/b')).toBe('arn:aws:s3:::a/b');
});

test('the key of a text does not depend on its tokens', () => {
  const bucket = Lazy.string({ produce: () => `arn:${Aws.PARTITION}:s3:::a` });
  const object = Token.asString(Fn.join('', ['arn:', Aws.PARTITION, ':s3:::a/b']));
  expect(keyOf(`${bucket}/b`)).toBe(keyOf(`arn:${Aws.PARTITION}:s3:::a/b`));
  expect(keyOf(object)).toBe(keyOf(`arn:${Aws.PARTITION}:s3:::a/b`));
  expect(keyOf(`arn:aws:s3:::${Lazy.string({ produce: () => 'a' })}/b`)).toBe('arn:aws:s3:::a/b');
});

test('a join with a separator is not treated as text', () => {
  expect(keyOf(Fn.join('-', ['a', Aws.REGION]))).toBe('\uffff{"Fn::Join":["-",["a",{"Ref":"AWS::Region"}]]}');
});

test('a literal that looks like a reference has another key', () => {
  expect(keyOf(`arn:aws:s3:::a/${Aws.REGION}`)).toBe('arn:aws:s3:::a/\uffff{"Ref":"AWS::Region"}');
  expect(keyOf(`arn:aws:s3:::a/${Aws.REGION}`)).not.toBe(keyOf('arn:aws:s3:::a/{"Ref":"AWS::Region"}'));
});

test('values are ordered by the code units of their keys', () => {
  expect(valuesByKey(new Map([['b', 1], ['é', 2], ['B', 3], ['a', 4], ['ab', 5]]))).toEqual([3, 4, 5, 1, 2]);
  expect(valuesByKey(new Map())).toEqual([]);
});

test('texts that are the same in the template are one, whichever tokens they are made of', () => {
  const [one, same] = [1, 2].map(() => Lazy.string({ produce: () => 'b' }));
  expect(distinctTexts(['c', one, 'a', same, 'c'], keyOf)).toEqual(['a', same, 'c']);
});
