import { Aws, CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import { checkLimit, checkTag, checkTags, checkValues, ValueForm } from '../../../src/private/guardrail/values';
import { newStack } from '../../harness';
import { inRule } from '../../support/rules';

/** Any text of up to five characters. */
const FREE: ValueForm = { name: 'words', example: 'a', expected: 'a word', maxLength: 5 };

/** Names such as `cache.a`, with up to eight characters. */
const NAMES: ValueForm = {
  name: 'names',
  example: 'cache.a',
  expected: 'a name',
  characters: /^[a-z.]*$/i,
  patterns: ['b', 'cache.?*'],
  maxLength: 8,
};
const ANY_LETTERS: ValueForm = { name: 'letters', example: 'a', expected: 'letters', characters: /^[a-z]*$/ };
const late = (text: string) => Lazy.string({ produce: () => text });
const valuesOf = (values: unknown, form: ValueForm) => inRule((context) => checkValues(values, form, context));

describe('values', () => {
  test.each<[string, ValueForm, string[], string[], string[]]>([
    ['are ordered, each once', FREE, ['b', 'a', 'b'], ['a', 'b'], []],
    ['with a wildcard are patterns', FREE, ['b', 'B?', 'a*'], ['b'], ['B?', 'a*']],
    ['with an escaped wildcard are none', FREE, ['a${*}', 'a${?}', '${$}'], ['${$}', 'a${*}', 'a${?}'], []],
    ['may be empty where any text will do', FREE, [''], [''], []],
    ['may be of any length where the form has no longest', { ...FREE, maxLength: undefined }, ['abcdef'], ['abcdef'],
      []],
    ['have as many characters as their form allows', FREE, ['abcde'], ['abcde'], []],
    ['are counted without `*`, which may stand for nothing', FREE, ['*ab*cde*'], [], ['*ab*cde*']],
    ['are counted with an escaped character as one', FREE, ['abcd${*}'], ['abcd${*}'], []],
    ['are compared with their form regardless of case', NAMES, ['CACHE.A', 'B'], ['B', 'CACHE.A'], []],
    ['that are patterns may match a pattern of their form', NAMES, ['*.a', 'cache.*', 'c*', '?'], [],
      ['*.a', '?', 'c*', 'cache.*']],
    ['may have an escaped character in place of another', NAMES, ['cache.${*}'], ['cache.${*}'], []],
    ['may be of any form where the form has no patterns', ANY_LETTERS, ['a', 'b*'], ['a'], ['b*']],
    ['with a policy variable are of any form', NAMES, ['${aws:PrincipalTag/team}, or other text'],
      ['${aws:PrincipalTag/team}, or other text'], []],
    ['may be text of a token', NAMES, [late('cache.a')], [expect.stringContaining('Token')], []],
    ['may be a pattern of a token', NAMES, [late('cache.*')], [], [expect.stringContaining('Token')]],
    ['may be a pattern with a token', FREE, [`${Aws.REGION}*`], [], [`${Aws.REGION}*`]],
    ['that are only known at deployment are of any form', NAMES, [Fn.importValue('Name'), `${Aws.REGION}!`],
      [expect.stringContaining('Token'), expect.stringContaining('Token')], []],
  ])('%s', (_, form, values, exact, patterns) => {
    expect(valuesOf(values, form)).toEqual({ result: { exact, patterns }, errors: [] });
  });

  test.each<[string[], ValueForm, unknown]>([
    [['rule: words is "a": expected a list of texts, such as ["a"]'], FREE, 'a'],
    [['rule: words[1] is 1: expected text', 'rule: words[2] is null: expected text'], FREE, ['a', 1, null]],
    [['rule: words is empty: list at least one, such as "a"'], FREE, []],
    [['rule: values[0] is a token that resolves to nothing: expected text, so set it, or drop it from the list'], FREE,
      [Lazy.string({ produce: () => undefined })]],
    [[
      'rule: words has "abcdef", which has 6 characters, and may have 5: shorten it',
      'rule: words has "bcdef?", which has 6 characters, and may have 5: shorten it',
    ], FREE, ['abcdef', 'a', 'bcdef?']],
    [['rule: words has "abcde${*}", which has 6 characters, and may have 5: shorten it'], FREE, ['abcde${*}']],
    [['rule: names has "cache.${*}${?}${$}", which has 9 characters, and may have 8: shorten it'], NAMES,
      ['cache.${*}${?}${$}']],
    [['rule: names has "cache.abc", which has 9 characters, and may have 8: shorten it'], NAMES, ['cache.abc']],
    [['rule: words has "ő", which has the character U+0151, which a policy can\'t hold: expected U+0020 to U+00FF, '
      + 'tab, line feed or carriage return'], FREE, ['ő']],
    [['rule: names has "cache.A*", which has capitals, and IAM compares patterns with case: write "cache.a*"'], NAMES,
      ['cache.A*']],
    [['*', '**'].map((all) => `rule: letters has "${all}", which is every value, so that nothing would be denied: list `
      + 'those that are allowed'), ANY_LETTERS, ['*', '**']],
    [['', 'a b'].map((text) => `rule: letters has "${text}", which no request has: expected letters`), ANY_LETTERS,
      ['', 'a b']],
    [['cache.', 'cache.a-', 'ab', 'x*', '${Token}'].map((text) => (
      `rule: names has "${text}", which no request has: expected a name`)), NAMES,
    ['cache.', 'cache.a-', 'ab', 'x*', late('cache')]],
  ])('that are refused: %j', (errors, form, values) => {
    expect(valuesOf(values, form)).toEqual({ result: undefined, errors });
  });
});

describe('the key of a tag', () => {
  const tagOf = (key: unknown, mayBeReserved = false) => (
    inRule((context) => checkTag(key, 'key', mayBeReserved, context)));

  test.each([['team', false], ['x-aws:y', false], ['a b:c/d', false], ['aws:cloudformation:stack-name', true]])(
    '%s is accepted', (key, mayBeReserved) => {
      expect(tagOf(key, mayBeReserved)).toEqual({ result: true, errors: [] });
    });

  const FORBIDDEN = 'expected the key of a tag, 1 to 128 characters without *, ?, $, {, } and a comma, which a '
    + 'condition takes otherwise';
  test.each<[string, unknown]>([
    ['key is undefined: expected the key of a tag, 1 to 128 characters', undefined],
    ['key is "${AWS::Region}", which is only known at deployment: pass a literal key', Aws.REGION],
    ...['', 'a*', '?a', 'a$b', '{a', 'a}', 'a,b'].map((key): [string, string] => (
      [`key is "${key}": ${FORBIDDEN}`, key])),
    ...['aws:a', 'AWS:a'].map((key): [string, string] => (
      [`key is "${key}", and only AWS sets tags that begin with "aws:": name a tag that callers set`, key])),
  ])('that is refused: %s', (error, key) => {
    expect(tagOf(key)).toEqual({ result: false, errors: [error] });
  });

  test('is checked for its length and characters', () => {
    expect(tagOf(`ő${'a'.repeat(127)}`).errors).toEqual([
      'key: the tag\'s key has the character U+0151, which a policy can\'t hold: expected U+0020 to U+00FF, tab, line '
        + 'feed or carriage return',
    ]);
    expect(tagOf('a'.repeat(129)).errors).toEqual([
      'key: the tag\'s key has 129 characters, and may have 128: shorten it',
    ]);
  });
});

describe('the keys of tags', () => {
  test.each<[unknown, string[], string[]]>([
    [['b', 'a', 'B2', 'a'], ['B2', 'a', 'b'], []],
    ['a', [], ['rule: keys is "a": expected a list of texts, such as ["team"]']],
    [[], [], ['rule: keys is empty: list at least one, such as "team"']],
    [['a', '', 'aws:b', 'c'], ['a', 'c'], [
      expect.stringMatching(/^rule: keys\[1\] is "": /),
      expect.stringMatching(/^rule: keys\[2\] is "aws:b", and only /),
    ]],
    [['Team', 'team'], ['team'], [
      'rule: "Team" and "team" are one key to IAM, which disregards its case: list one of them',
    ]],
  ])('%j', (keys, result, errors) => {
    expect(inRule((context) => checkTags(keys, context))).toEqual({ result, errors });
  });
});

describe('a limit', () => {
  const limitOf = (value: unknown, least: number) => inRule((context) => checkLimit(value, 'shards', least, context));

  test.each([
    [1, 1, '1'], [0, 0, '0'], [500, 1, '500'],
  ])('of %d is text, where %d is the least', (value, least, text) => {
    expect(limitOf(value, least)).toEqual({ result: text, errors: [] });
  });

  test.each<[string, number, unknown]>([
    ['0: expected a whole number, 1 or more', 1, 0],
    ['-1: expected a whole number, 0 or more', 0, -1],
    ['1.5: expected a whole number, 1 or more', 1, 1.5],
    ['NaN: expected a whole number, 1 or more', 1, Number.NaN],
    ['9007199254740992: expected a whole number, 1 or more', 1, 2 ** 53],
    ['"5": expected a whole number, 1 or more', 1, '5'],
    ['"${AWS::Region}": expected a whole number, 1 or more', 1, Aws.REGION],
    ['null: expected a whole number, 1 or more', 1, null],
  ])('that is %s', (problem, least, value) => {
    expect(limitOf(value, least)).toEqual({ result: undefined, errors: [`rule: shards is ${problem}`] });
  });

  test('that is only known at deployment stays a token', () => {
    const stack = newStack();
    const { valueAsNumber } = new CfnParameter(stack, 'Shards', { type: 'Number' });
    const { result, errors } = limitOf(valueAsNumber, 1);
    expect([stack.resolve(result), errors]).toEqual([{ Ref: 'Shards' }, []]);
  });
});
