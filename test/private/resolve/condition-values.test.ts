import { Aws, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import { checkTagKey, checkValues, hasWildcard, textValues } from '../../../src/private/resolve/condition-values';
import { parseOperator } from '../../../src/private/resolve/operators';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { tokensIn } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const stack = newStack();
const { resolvedParts } = tokensIn(stack);
const SET = 'expected text, so set it, or drop it from the list';
const LATE = 'a number that is only known at deployment: expected text, so pass it through '
  + 'Tokenization.stringifyNumber';

/** What is wrong with a list of values. */
function problemsOf(values: unknown): string[] {
  const diagnostics = new Diagnostics();
  const found = textValues('It', values, resolvedParts, diagnostics);
  expect(found).toBe(diagnostics.errorTexts.length === 0 ? values : undefined);
  return diagnostics.errorTexts.map((text) => text.replace('It: ', ''));
}
const late = (value: unknown) => Token.asString({ resolve: () => value });

test.each<[string, unknown, string[]]>([
  ['text', ['a', '', 'b'], []],
  ['a number', [5], ['values[0] is 5: expected text, such as "5"']],
  ['a number too long for JavaScript', [BigInt(5)], ['values[0] is 5: expected text, such as "5"']],
  ['a truth', ['a', false], ['values[1] is false: expected text, such as "false"']],
  ['a late number', [Token.asNumber({ resolve: () => 5 })], [`values[0] is ${LATE}`]],
  ['a late number as text', [String(Token.asNumber({ resolve: () => 5 }))], [`values[0] is ${LATE}`]],
  ['null', [null], [`values[0] is null: ${SET}`]],
  ['no list', 'a', ['values is "a": expected a list of texts, such as ["a"]']],
  ['a late list', Fn.split(',', Aws.REGION), [
    'values[0] is a list that is only known at deployment: pass its values one by one, such as with Fn.select',
  ]],
  ['a late text', [late('a'), `a-${Aws.REGION}`, Fn.importValue('A')], []],
  ['a parameter', [new CfnParameter(stack, 'Name').valueAsString], []],
  ['a late text that is empty', [late('')], [`values[0] is a token that resolves to nothing: ${SET}`]],
  ['late texts of which one is empty', [`${late('')}${late('a')}`], []],
  ['a late list', [late(['a'])], [`values[0] is a token that resolves to a list: ${SET}`]],
  ['nothing', [late(undefined)], [`values[0] is a token that resolves to nothing: ${SET}`]],
  ['nothing after a text', [`a-${late(undefined)}`], [`values[0] is a token that resolves to nothing: ${SET}`]],
  ['a late null', [late(null)], [`values[0] is a token that resolves to nothing: ${SET}`]],
  ['a late truth', [late(true)], [`values[0] is a token that resolves to true: ${SET}`]],
  ['a late object', [late({ a: 1 })], [`values[0] is a token that resolves to an object: ${SET}`]],
  ['a late object that is empty', [late({})], [`values[0] is a token that resolves to an object: ${SET}`]],
  ['a late function of two names', [late({ 'Fn::If': [], 'Fn::Sub': '' })],
    [`values[0] is a token that resolves to an object: ${SET}`]],
  ['a late object like a reference', [late({ Reference: 'A' })],
    [`values[0] is a token that resolves to an object: ${SET}`]],
  ['a late object like a function', [late({ 'My-Fn::If': [] })],
    [`values[0] is a token that resolves to an object: ${SET}`]],
  ['no value', [Aws.NO_VALUE], [`values[0] is a token that resolves to AWS::NoValue: ${SET}`]],
])('values may be texts alone: %s', (_, values, problems) => {
  expect(problemsOf(values)).toEqual(problems);
});

test.each<[string, boolean]>([
  ['a*', true], ['?', true], ['a', false], ['${*}', false], ['${aws:username}', false], ['${a}*', true],
  ["${aws:PrincipalTag/team, '*'}", false],
])('%s has a wildcard: %s', (text, has) => {
  expect(hasWildcard(text)).toBe(has);
});

function valueProblems(operator: string, value: string, key = 'aws:ResourceTag/${TagKey}'): string[] {
  const diagnostics = new Diagnostics();
  const problems: string[] = [];
  diagnostics.warning = (id, text) => { problems.push(`${id}: ${text}`); };
  checkValues('It', key, parseOperator(operator), operator, [value], resolvedParts, diagnostics);
  return [...diagnostics.errorTexts, ...problems];
}
const literally = (base: string, like: string) => (
  `It: value "a*" has a wildcard, which ${base} takes literally: use ${like}, or write "\${*}" or "\${?}" for the `
  + 'character itself');

test.each<[string, string[]]>([
  ['StringEquals', [literally('StringEquals', 'StringLike')]],
  ['ForAnyValue:StringEqualsIfExists', [literally('StringEquals', 'ForAnyValue:StringLikeIfExists')]],
  ['StringEqualsIgnoreCase', [literally('StringEqualsIgnoreCase', 'StringLike')]],
  ['StringNotEquals', [literally('StringNotEquals', 'StringNotLike')]],
  ['StringLike', []],
  ['StringNotLike', []],
  ['ArnEquals', ['wildcardInArnEquals: It: value "a*" has a wildcard, which IAM takes as one, since ArnEquals is the '
    + 'same as ArnLike: use that, which says so']],
  ['ArnNotEquals', ['wildcardInArnEquals: It: value "a*" has a wildcard, which IAM takes as one, since ArnNotEquals is '
    + 'the same as ArnNotLike: use that, which says so']],
  ['ArnLike', []],
])('%s has a wildcard', (operator, problems) => {
  expect(valueProblems(operator, 'a*')).toEqual(problems);
});

test('a value is text that a policy can hold', () => {
  expect(valueProblems('StringLike', 'a${}')).toEqual([
    'It: value "a${}" has an empty policy variable: expected a key, as in "${aws:PrincipalTag/team}", or write "${$}" '
    + 'for a literal "$"',
  ]);
  expect(valueProblems('StringLike', `a\${${Aws.REGION}}`)).toEqual([]);
});

test('a value that only the deployment knows has no wildcard', () => {
  expect(valueProblems('StringEquals', `a-${Aws.REGION}`)).toEqual([]);
  expect(valueProblems('StringEquals', `a*-${Aws.REGION}`)).toHaveLength(1);
  expect(valueProblems('StringEquals', Lazy.string({ produce: () => 'a*' }))).toHaveLength(1);
});

const tooLong = (value: string, of: string, most: number) => [
  `It: value ${JSON.stringify(value).slice(0, 100)}…" (${value.length} characters) has ${most + 1} characters, and a `
  + `tag's ${of} has ${most} at most: shorten it`,
];

// Red if a value that a tag can have is refused, or one that no tag can have is let through.
test.each<[string, string, string, string[]]>([
  ['StringEquals', 'aws:ResourceTag/${TagKey}', 'a'.repeat(256), []],
  ['StringEquals', 'aws:ResourceTag/${TagKey}', 'a'.repeat(257), tooLong('a'.repeat(257), 'value', 256)],
  ['StringEquals', 'aws:RequestTag/${TagKey}', 'a'.repeat(257), tooLong('a'.repeat(257), 'value', 256)],
  ['StringEquals', 'aws:TagKeys', 'a'.repeat(128), []],
  ['StringEquals', 'aws:TagKeys', 'a'.repeat(129), tooLong('a'.repeat(129), 'key', 128)],
  ['StringEquals', 'aws:userid', 'a'.repeat(257), []],
  ['Null', 'aws:ResourceTag/${TagKey}', 'a'.repeat(257), []],
  ['StringLike', 'aws:TagKeys', `${'a'.repeat(128)}*`, []],
  ['StringLike', 'aws:TagKeys', `${'a'.repeat(128)}?`, tooLong(`${'a'.repeat(128)}?`, 'key', 128)],
  ['StringEquals', 'aws:TagKeys', `${'a'.repeat(128)}\${aws:username}`, []],
  ['StringEquals', 'aws:TagKeys', `${'a'.repeat(128)}\${*}`, tooLong(`${'a'.repeat(128)}\${*}`, 'key', 128)],
])('%s on %s compares with a tag: %#', (operator, key, value, problems) => {
  expect(valueProblems(operator, value, key)).toEqual(problems);
});

test('of a value with a token, what is known may be too long', () => {
  const value = (length: number) => `${'a'.repeat(length)}${Aws.REGION}${'b'.repeat(28)}`;
  expect(valueProblems('StringEquals', value(100), 'aws:TagKeys')).toEqual([]);
  expect(valueProblems('StringEquals', value(101), 'aws:TagKeys')).toEqual([
    expect.stringContaining(' has 129 characters, and a tag\'s key has 128 at most: shorten it'),
  ]);
});

test.each<[string, string[]]>([
  ['k'.repeat(128), []],
  ['k'.repeat(129), ["It: the tag's key has 129 characters, and may have 128: shorten it"]],
  ['t\u2028', ["It: the tag's key has the character U+2028, which a policy can't hold: expected U+0020 to U+00FF, tab, "
    + 'line feed or carriage return']],
])('a tag may have a key: %#', (key, problems) => {
  const diagnostics = new Diagnostics();
  checkTagKey('It', key, diagnostics);
  expect(diagnostics.errorTexts).toEqual(problems);
});
