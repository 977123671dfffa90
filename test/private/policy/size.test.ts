import { Aws, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { newStack } from '../../harness';

const stack = newStack();
const sizeOf = (...statements: Parameters<typeof documentSize>[0]) => documentSize(statements, sizeEstimatorIn(stack));

test('the size of a document is the length of its JSON without white space', () => {
  const statements = [
    { actions: ['a:B'], resources: ['*'] },
    {
      actions: ['a:B', 'a:C*'],
      resources: ['arn:aws:s3:::a/ü', 'arn:aws:s3:::b'],
      conditions: { StringEquals: { 'aws:userid': ['a', 'b'] } },
    },
  ];
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'a:B', Effect: 'Allow', Resource: '*' },
      {
        Action: ['a:B', 'a:C*'],
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
  [`${Aws.REGION}`, 'us-isof-south-1'],
  [`${Aws.ACCOUNT_ID}`, '111122223333'],
  [`${Aws.URL_SUFFIX}`, 'amazonaws.com.cn'],
  [new CfnParameter(stack, 'Name').valueAsString, 'b'.repeat(63)],
  [`${Fn.getAtt('Bucket', 'Arn')}/key`, `arn:aws-us-gov:s3:::${'b'.repeat(63)}/key`],
  [
    `${Fn.getAtt('Key', 'Arn')}`,
    'arn:aws-us-gov:kms:us-isof-south-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
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

const BUCKET_ARN = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
const REGION = { Ref: 'AWS::Region' };

describe('a value as the template has it counts as long as it can be:', () => {
  test.each<[string, unknown, unknown]>([
    ['a reference', REGION, 'us-isof-south-1'],
    ['a reference in an object', { a: { b: REGION } }, { a: { b: 'us-isof-south-1' } }],
    ['a list', ['a', REGION], ['a', 'us-isof-south-1']],
    ['an object with a name like a reference\'s, and another', { Ref: 'a', b: 'c' }, { Ref: 'a', b: 'c' }],
    ['an object with a name like a function\'s', { 'Fnord': 'a', 'Fn:': 'b' }, { 'Fnord': 'a', 'Fn:': 'b' }],
    ['an object with one name of its own', { RefX: 'a' }, { RefX: 'a' }],
    ['an object that makes its own JSON', { a: { toJSON: () => ({ b: REGION }) } }, { a: { b: 'us-isof-south-1' } }],
    ['a choice, the first of which is longer', { 'Fn::If': ['C', 'longer', 'short'] }, 'longer'],
    ['a choice, the second of which is longer', { 'Fn::If': ['C', 'short', REGION] }, 'us-isof-south-1'],
    ['a selection', { 'Fn::Select': [0, ['a', 'bbb', 'cc']] }, 'bbb'],
    ['a selection from what is not known', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'x'.repeat(128)],
    ['a join', { 'Fn::Join': ['--', ['a', 'b', REGION]] }, 'a--b--us-isof-south-1'],
    ['a join in a join', { 'Fn::Join': ['', ['a', { 'Fn::Join': ['-', ['b', 'c']] }, 'd']] }, 'ab-cd'],
    ['a join with numbers and nothing', { 'Fn::Join': ['', ['a', 1, null]] }, 'a1'],
    ['a substitution', { 'Fn::Sub': 'a-${AWS::Region}-b' }, 'a-us-isof-south-1-b'],
    ['a substitution by variables', { 'Fn::Sub': ['${A}-${A}-${!B}', { A: 'long' }] }, 'long-long-${B}'],
    ['a substitution that begins with an attribute', { 'Fn::Sub': '${Bucket.Arn}/key' }, `${BUCKET_ARN}/key`],
    ['text that looks like a substitution', 'a-${AWS::Region}', 'a-${AWS::Region}'],
    ['a dynamic reference', '{{resolve:ssm:a}}', 'x'.repeat(128)],
    ['a dynamic reference in text', { a: 'a{{resolve:ssm:b}}c{{resolve:ssm:d}}' }, { a: 'x'.repeat(2 + 2 * 128) }],
    ['an import', { 'Fn::ImportValue': 'Name' }, 'x'.repeat(128)],
    ['an attribute', { 'Fn::GetAtt': ['A', 'B'] },
      'arn:aws-us-gov:kms:us-isof-south-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab'],
    ['a value of a condition key', { 'aws:RequestedRegion': { 'Fn::ImportValue': 'Name' } },
      { 'aws:RequestedRegion': 'us-isof-south-1' }],
    ['values of a condition key', { 'aws:ResourceTag/a': [{ 'Fn::ImportValue': 'Name' }, 'b'] },
      { 'aws:ResourceTag/a': ['x'.repeat(256), 'b'] }],
  ])('%s', (_, value, longest) => {
    expect(sizeEstimatorIn(stack)(value)).toBe(JSON.stringify(longest).length);
  });

  test('what is made late', () => {
    const late = (value: unknown) => Lazy.any({ produce: () => value });
    const sizeEstimator = sizeEstimatorIn(stack);
    expect(sizeEstimator(late(['a', REGION]))).toBe(JSON.stringify(['a', 'us-isof-south-1']).length);
    expect(sizeEstimator({ a: late({ b: late('c') }) })).toBe(JSON.stringify({ a: { b: 'c' } }).length);
    expect(sizeEstimator([late('a'), late('b')])).toBe(JSON.stringify(['a', 'b']).length);
  });
});

test('values of which no limit is known are listed, each once, as an error shows them', () => {
  const { unboundedIn } = sizeEstimatorIn(stack);
  const imported = { 'Fn::ImportValue': 'Name' };
  expect(unboundedIn([imported, { a: [imported, '{{resolve:ssm:b}}', REGION, 'c'] }, { Ref: 'Parameter' }])).toEqual([
    '{"Fn::ImportValue":"Name"}', '{{resolve:ssm:b}}', '${Parameter}',
  ]);
  expect(unboundedIn({ 'aws:RequestedRegion': imported })).toEqual([]);
});

test('a text is measured once', () => {
  const resolve = jest.fn(() => 'abc');
  const text = `a/${Token.asString({ resolve, creationStack: [] })}`;
  const sizeEstimator = sizeEstimatorIn(newStack());
  expect(sizeEstimator(text)).toBe('"a/abc"'.length);
  const { length } = resolve.mock.calls;
  expect(sizeEstimator(text)).toBe('"a/abc"'.length);
  expect(resolve).toHaveBeenCalledTimes(length);
});
