import { reviewConditions } from '../../../src/private/review/condition-block';

const TAG = 'aws:ResourceTag/team';
const conditionsOf = (block: object) => reviewConditions(block).conditions;
const problemsOf = (block: object) => reviewConditions(block).problems.map(({ rule, text }) => `${rule}: ${text}`);

test('a statement without conditions has none', () => {
  expect(reviewConditions()).toEqual({ conditions: [], otherKeys: [], problems: [] });
});

test('a condition is read with what the catalog has of its key', () => {
  expect(reviewConditions({
    StringEquals: { 'AWS:resourcetag/Team': ['b', 'a'] }, NumericLessThan: { 'aws:MultiFactorAuthAge': 60 },
  })).toEqual({
    conditions: [
      {
        operator: 'StringEquals',
        grantOperator: 'StringEquals',
        key: 'aws:ResourceTag/Team',
        catalogKey: 'aws:ResourceTag/${TagKey}',
        values: ['b', 'a'],
        global: false,
        matchesWhenKeyIsMissing: false,
        neverSupplied: false,
      },
      {
        operator: 'NumericLessThan',
        grantOperator: 'NumericLessThan',
        key: 'aws:MultiFactorAuthAge',
        catalogKey: 'aws:MultiFactorAuthAge',
        values: ['60'],
        global: true,
        matchesWhenKeyIsMissing: false,
        neverSupplied: false,
      },
    ],
    otherKeys: [],
    problems: [],
  });
});

test.each<[object, boolean]>([
  [{ StringEquals: { [TAG]: 'a' } }, false],
  [{ StringNotEquals: { [TAG]: 'a' } }, true],
  [{ StringEqualsIfExists: { [TAG]: 'a' } }, true],
  [{ Null: { [TAG]: 'true' } }, true],
  [{ Null: { [TAG]: true } }, true],
  [{ Null: { [TAG]: 'false' } }, false],
  [{ Null: { [TAG]: { Ref: 'Value' } } }, false],
])('a request without the key meets %j: %s', (block, expected) => {
  expect(conditionsOf(block).map(({ matchesWhenKeyIsMissing }) => matchesWhenKeyIsMissing)).toEqual([expected]);
});

test('the key of a tag may have characters that mean something in a replacement', () => {
  expect(conditionsOf({ StringEquals: { 'aws:ResourceTag/$&': 'a' } }).map(({ key }) => key))
    .toEqual(['aws:ResourceTag/$&']);
});

test.each<[string, boolean]>([['StringEquals', false], ['StringEqualsIfExists', true]])(
  'a key of another service is not judged, with %s', (operator, lenient) => {
    expect(reviewConditions({ [operator]: { 's3:prefix': 'a', 'my-aws:key': 'a' } })).toEqual({
      conditions: [], otherKeys: [{ key: 's3:prefix', lenient }, { key: 'my-aws:key', lenient }], problems: [],
    });
  });

test.each([
  ['elasticache:ResourceTag/team', 'did you mean "aws:ResourceTag/team"?'],
  ['AWS:TagKey', 'did you mean "aws:TagKeys"?'],
  ['aws:Frobnicate', 'AWS lists them on '
    + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html'],
])('the key %s doesn\'t exist', (key, remedy) => {
  expect(reviewConditions({ StringEquals: { [key]: 'a' } })).toEqual({
    conditions: [],
    otherKeys: [],
    problems: [{
      rule: 'unknownConditionKey',
      text: `"${key}" is not a condition key of ElastiCache or of all AWS services: ${remedy}`,
    }],
  });
});

test('a key of which AWS doesn\'t say when it is there may be there', () => {
  expect(reviewConditions({ StringEquals: { 'aws:ViaCustomerDomain': 'a' } }))
    .toEqual({ conditions: [], otherKeys: [], problems: [] });
});

test('a key that AWS never supplies is known, and its values don\'t matter', () => {
  const block = { ArnLike: { 'aws:SourceArn': 'nonsense' }, StringEquals: { 'aws:SourceAccount': '111122223333' } };
  expect(conditionsOf(block).map(({ key, neverSupplied }) => [key, neverSupplied]))
    .toEqual([['aws:SourceArn', true], ['aws:SourceAccount', true]]);
  expect(problemsOf(block)).toEqual([]);
});

/** The operator that a grant takes where IAM takes more. */
test.each([
  // One value.
  ['StringEquals', TAG, 'StringEquals'],
  ['StringEqualsIfExists', TAG, 'StringEqualsIfExists'],
  ['ForAnyValue:StringEquals', TAG, 'StringEquals'],
  ['ForAnyValue:StringEqualsIfExists', TAG, 'StringEqualsIfExists'],
  ['ForAllValues:StringEquals', TAG, 'StringEqualsIfExists'],
  ['ForAllValues:StringEqualsIfExists', TAG, 'StringEqualsIfExists'],
  ['Null', TAG, 'Null'],
  // Many.
  ['StringEquals', 'aws:TagKeys', 'ForAnyValue:StringEquals'],
  ['StringLikeIfExists', 'aws:TagKeys', 'ForAnyValue:StringLikeIfExists'],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', 'ForAnyValue:StringEquals'],
  ['ForAllValues:StringEquals', 'aws:TagKeys', 'ForAllValues:StringEquals'],
  ['Null', 'aws:TagKeys', 'Null'],
])('%s on %s is right, and is %s in a grant', (operator, key, expected) => {
  const block = { [operator]: { [key]: operator === 'Null' ? 'false' : 'a' } };
  expect(conditionsOf(block).map((one) => [one.operator, one.grantOperator])).toEqual([[operator, expected]]);
  expect(problemsOf(block)).toEqual([]);
});

const EQUALS = 'is not a condition operator: did you mean "StringEquals"?';
test.each<[object, string[]]>([
  // Operators.
  [{ StringEqual: { [TAG]: 'a' } }, [`"StringEqual" ${EQUALS}`]],
  [{ 'ForAnyValue:StringEqual': { [TAG]: 'a' } }, [`"ForAnyValue:StringEqual" ${EQUALS}`]],
  [{ StringEqual: { 'aws:TagKeys': 'a' } }, [`"StringEqual" ${EQUALS}`]],
  [{ Bool: { [TAG]: 'true' } }, [
    `condition Bool on ${TAG}: the key is a String: expected StringEquals, StringNotEquals, StringEqualsIgnoreCase, `
    + 'StringNotEqualsIgnoreCase, StringLike, StringNotLike or Null',
  ]],
  // Values.
  [{ Bool: { 'aws:SecureTransport': 'yes' } }, [
    'condition Bool on aws:SecureTransport: value "yes" doesn\'t suit the operator: expected "true" or "false"',
  ]],
  [{ NumericLessThan: { 'aws:MultiFactorAuthAge': ['a', 'b'] } }, ['a', 'b'].map((value) => (
    `condition NumericLessThan on aws:MultiFactorAuthAge: value "${value}" doesn't suit the operator: expected a `
    + 'number, such as "3"'))],
  [{ StringEquals: { [TAG]: [] } }, [
    `condition StringEquals on ${TAG}: values is empty, which no request meets: list at least one`,
  ]],
  // Conditions together, where each is right.
  [{ StringEquals: { [TAG]: 'a' }, StringNotEquals: { [TAG]: ['a', 'b'] } }, [
    `conditions StringEquals and StringNotEquals on ${TAG} exclude each other, so no request meets them: drop one, or `
    + 'make a grant for each',
  ]],
  [{ StringEquals: { [TAG]: 'a' }, StringNotEquals: { [TAG]: 'a' }, Bool: { 'aws:SecureTransport': 'yes' } }, [
    'condition Bool on aws:SecureTransport: value "yes" doesn\'t suit the operator: expected "true" or "false"',
  ]],
])('%j is wrong', (block, expected) => {
  expect(problemsOf(block)).toEqual(expected.map((text) => `conditionValue: ${text}`));
});

test.each<[object]>([
  // IAM takes these in any case, and compares texts as they are.
  [{ Bool: { 'aws:SecureTransport': 'True' } }],
  [{ Bool: { 'aws:SecureTransport': true } }],
  [{ StringEquals: { 'aws:SecureTransport': 'TRUE' } }],
  [{ StringEquals: { [TAG]: 'a' }, StringNotEquals: { [TAG]: 'A' } }],
  // What only the deployment knows may be right.
  [{ Bool: { 'aws:SecureTransport': { Ref: 'Value' } } }],
  [{ NumericLessThan: { 'aws:MultiFactorAuthAge': ['a', { Ref: 'Age' }] } }],
  [{ StringEquals: { [TAG]: ['a', { Ref: 'Team' }] }, StringNotEquals: { [TAG]: 'a' } }],
  [{ StringEquals: { [TAG]: null } }],
  // No condition at all.
  [{ StringEquals: null }],
  [{ StringEquals: undefined }],
])('%j is no mistake', (block) => {
  expect(problemsOf(block)).toEqual([]);
});

test('the values that are known are kept beside those that aren\'t', () => {
  const [{ values }] = conditionsOf({ StringEquals: { [TAG]: ['a', { Ref: 'Team' }] } });
  expect(values).toEqual(['a']);
});
