import { Aws, CfnParameter, Fn, Token } from 'aws-cdk-lib';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { newStack } from '../../harness';

const stack = newStack();
const sizeOf = (...statements: Parameters<typeof documentSize>[0]) => documentSize(statements, sizeEstimatorIn(stack));

test('the size of a document is the length of its JSON without white space', () => {
  const statements = [
    { actions: ['a:B'], resources: ['*'] },
    {
      actions: ['a:B', 'a:"C"'],
      resources: ['arn:aws:s3:::a/ü', 'arn:aws:s3:::b'],
      conditions: { StringEquals: { 'aws:userid': ['a', 'b'] } },
    },
  ];
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'a:B', Effect: 'Allow', Resource: '*' },
      {
        Action: ['a:B', 'a:"C"'],
        Effect: 'Allow',
        Resource: ['arn:aws:s3:::a/ü', 'arn:aws:s3:::b'],
        Condition: { StringEquals: { 'aws:userid': ['a', 'b'] } },
      },
    ],
  };
  expect(sizeOf(...statements)).toBe(JSON.stringify(document).length);
  expect(sizeOf(statements[0])).toBe(JSON.stringify({ ...document, Statement: [document.Statement[0]] }).length);
  expect(sizeOf()).toBe(JSON.stringify({ ...document, Statement: [] }).length);
});

test.each([
  [`${Aws.PARTITION}`, 'aws-us-gov'],
  [`${Aws.REGION}`, 'ap-southeast-1'],
  [`${Aws.ACCOUNT_ID}`, '111122223333'],
  [`${Aws.URL_SUFFIX}`, 'amazonaws.com.cn'],
  [new CfnParameter(stack, 'Name').valueAsString, 'b'.repeat(63)],
  [`${Fn.getAtt('Bucket', 'Arn')}/key`, `arn:aws-us-gov:s3:::${'b'.repeat(63)}/key`],
  [
    `${Fn.getAtt('Key', 'Arn')}`,
    'arn:aws-us-gov:kms:ap-southeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
  ],
])('the token %# counts with its longest possible value', (token, longest) => {
  expect(sizeEstimatorIn(stack)(token)).toBe(JSON.stringify(longest).length);
});

test.each([[{}], [{ a: null }], [{ a: ['b', 1, true] }]])('%j counts with the length of its JSON', (value) => {
  expect(sizeEstimatorIn(stack)(value)).toBe(JSON.stringify(value).length);
});

test('a token in a text that resolves to null counts as empty', () => {
  expect(sizeEstimatorIn(stack)(`a${Token.asString({ resolve: () => null })}/b`)).toBe('"a/b"'.length);
});
