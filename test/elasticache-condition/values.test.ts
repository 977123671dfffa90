import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import { ElastiCacheCondition, ElastiCacheOperation } from '../../src';
import { granted, newStack, warningsOf } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const { TEST_FAILOVER, CREATE_REPLICATION_GROUP } = ElastiCacheOperation;
const of = (values: any, operator = 'StringEquals', key = 'aws:ResourceTag/team') => (
  ElastiCacheCondition.of(operator, key, values));
const refused = (condition: ElastiCacheCondition, ...problems: string[]): ErrorCase => [
  () => grantOf({ operations: [TEST_FAILOVER], conditions: [condition] }), grantError(...problems),
];
const SUBJECT = 'condition StringEquals on aws:ResourceTag/team';
const SET = 'expected text, so set it, or drop it from the list';
const nothing = Lazy.string({ produce: () => undefined as any });

// Red if a value that is missing, or isn't text, reaches a policy, or if the error doesn't say which one it is.
test.each(titled([
  refused(of([process.env.UNSET]), `${SUBJECT}: values[0] is undefined: ${SET}`),
  refused(of(['a', null]), `${SUBJECT}: values[1] is null: ${SET}`),
  refused(of([3]), `${SUBJECT}: values[0] is 3: expected text, such as "3"`),
  refused(of([NaN]), `${SUBJECT}: values[0] is NaN: expected text, such as "NaN"`),
  refused(of([true]), `${SUBJECT}: values[0] is true: expected text, such as "true"`),
  refused(of([{ a: 1 }]), `${SUBJECT}: values[0] is {"a":1}: ${SET}`),
  refused(of([newStack()]), `${SUBJECT}: values[0] is an object of class Stack: ${SET}`),
  refused(of([['a']]), `${SUBJECT}: values[0] is ["a"]: ${SET}`),
  refused(of([() => 'a']), `${SUBJECT}: values[0] is a function: ${SET}`),
  refused(of([undefined, null]), `${SUBJECT}: values[0] is undefined: ${SET}`, `${SUBJECT}: values[1] is null: ${SET}`),
  // A list with holes.
  // eslint-disable-next-line no-sparse-arrays
  refused(of(['a', , 'b']), `${SUBJECT}: values[1] is undefined: ${SET}`),
  refused(of(undefined), `${SUBJECT}: values is undefined: expected a list of texts, such as ["a"]`),
  refused(of('a'), `${SUBJECT}: values is "a": expected a list of texts, such as ["a"]`),
  refused(of({ a: 1 }), `${SUBJECT}: values is {"a":1}: expected a list of texts, such as ["a"]`),
  refused(of([]), `${SUBJECT}: values is empty, which no request meets: list at least one`),
  refused(of([Aws.NO_VALUE]), `${SUBJECT}: values[0] is a token that resolves to AWS::NoValue: ${SET}`),
  refused(
    of([Token.asString(Fn.conditionIf('C', 'a', Aws.NO_VALUE))]),
    `${SUBJECT}: values[0] is a token that resolves to AWS::NoValue: ${SET}`,
  ),
  refused(of([nothing]), `${SUBJECT}: values[0] is a token that resolves to nothing: ${SET}`),
  refused(of([`a-${nothing}`]), `${SUBJECT}: values[0] is a token that resolves to nothing: ${SET}`),
  refused(
    of([Lazy.string({ produce: () => '' })]), `${SUBJECT}: values[0] is a token that resolves to nothing: ${SET}`,
  ),
  refused(of([Token.asString({ resolve: () => 5 })]), `${SUBJECT}: values[0] is a token that resolves to 5: ${SET}`),
  refused(
    of([Token.asString({ resolve: () => ['a'] })]), `${SUBJECT}: values[0] is a token that resolves to a list: ${SET}`,
  ),
  refused(
    of([Token.asString({ resolve: () => ({ a: 1 }) })]),
    `${SUBJECT}: values[0] is a token that resolves to an object: ${SET}`,
  ),
  refused(
    of(['a', ...Fn.split(',', Aws.REGION)]),
    `${SUBJECT}: values[1] is a list that is only known at deployment: pass its values one by one, such as with `
    + 'Fn.select',
  ),
  refused(
    of([Token.asNumber({ resolve: () => 5 })]),
    `${SUBJECT}: values[0] is a number that is only known at deployment: expected text, so pass it through `
    + 'Tokenization.stringifyNumber',
  ),
  refused(
    of([String(Token.asNumber({ resolve: () => 5 }))]),
    `${SUBJECT}: values[0] is a number that is only known at deployment: expected text, so pass it through `
    + 'Tokenization.stringifyNumber',
  ),
  refused(
    ElastiCacheCondition.cacheNodeTypes([undefined as any]),
    `condition StringEqualsIgnoreCase on elasticache:CacheNodeType: values[0] is undefined: ${SET}`,
  ),
  refused(
    ElastiCacheCondition.requestedRegions(undefined as any),
    'condition StringEquals on aws:RequestedRegion: values is undefined: expected a list of texts, such as ["a"]',
  ),
  refused(
    ElastiCacheCondition.resourceTag(process.env.UNSET!, ['a']),
    'ElastiCacheCondition.resourceTag: key is undefined: expected the key of a tag, 1 to 128 characters',
  ),
  refused(
    ElastiCacheCondition.requestTag('', ['a']),
    'ElastiCacheCondition.requestTag: key is "": expected the key of a tag, 1 to 128 characters',
  ),
  refused(
    ElastiCacheCondition.of(undefined as any, 'aws:userid', ['a']),
    'a condition\'s operator is undefined: expected text, such as "StringEquals"',
  ),
  refused(
    ElastiCacheCondition.of('Null', '', ['true']),
    'a condition\'s key is "": expected text, such as "aws:ResourceTag/team"',
  ),
]))('a missing value throws: %s', (_, action, message) => {
  expect(action).toThrow(new Error(message));
});

// Red if IAM's limits of text are no longer checked in keys and values.
test.each(titled([
  refused(
    of(['a\u0100']),
    `${SUBJECT}: value "a\u0100" has the character U+0100, which a policy can't hold: expected U+0020 to U+00FF, tab, `
    + 'line feed or carriage return',
  ),
  refused(
    of(['${}']),
    `${SUBJECT}: value "\${}" has an empty policy variable: expected a key, as in "\${aws:PrincipalTag/team}", or `
    + 'write '
    + '"${$}" for a literal "$"',
  ),
  refused(
    of([Lazy.string({ produce: () => '${a' })]),
    `${SUBJECT}: value "\${Token}" has a policy variable that is not closed: add "}", or write "\${$}" for a `
    + 'literal "$"',
  ),
  refused(
    ElastiCacheCondition.resourceTag('t\u2028', ['a']),
    'condition StringEquals on aws:ResourceTag/t\u2028: the tag\'s key has the character U+2028, which a policy can\'t '
    + 'hold: expected U+0020 to U+00FF, tab, line feed or carriage return',
  ),
  refused(
    of(['a'.repeat(257)]),
    `${SUBJECT}: value "${'a'.repeat(99)}…" (257 characters) has 257 characters, and a tag's value has 256 at most: `
    + 'shorten it',
  ),
  refused(
    ElastiCacheCondition.resourceTag('k'.repeat(129), ['a']),
    `condition StringEquals on aws:ResourceTag/${'k'.repeat(129)}: the tag's key has 129 characters, and may have 128: `
    + 'shorten it',
  ),
  refused(
    of(['a*']),
    `${SUBJECT}: value "a*" has a wildcard, which StringEquals takes literally: use StringLike, or write "\${*}" or `
    + '"${?}" for the character itself',
  ),
  refused(
    of(['a?'], 'StringNotEqualsIgnoreCaseIfExists'),
    'condition StringNotEqualsIgnoreCaseIfExists on aws:ResourceTag/team: value "a?" has a wildcard, which '
    + 'StringNotEqualsIgnoreCase takes literally: use StringNotLikeIfExists, or write "${*}" or "${?}" for the '
    + 'character itself',
  ),
]))('text that IAM refuses, or takes literally, throws: %s', (_, action, message) => {
  expect(action).toThrow(new Error(message));
});

// Red if what may be a value is refused, or written otherwise.
test.each<[string[]]>([
  [['']], [['${*}']], [['a'.repeat(256)]], [['${aws:username}']], [["${aws:PrincipalTag/a, '*'}"]],
  [['\t\n\r\u00ff']],
])('text %# is a value', (values) => {
  const [statement] = granted({ operations: [TEST_FAILOVER], conditions: [of(values)] });
  expect(statement.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/team': values[0] } });
});

test('a token that resolves to text is a value, and an escaped wildcard is no pattern', () => {
  const values = [Lazy.string({ produce: () => 'a' }), `\${*}-${Aws.REGION}`];
  const [statement] = granted({
    operations: [TEST_FAILOVER], conditions: [ElastiCacheCondition.resourceTag('team', values)],
  });
  expect(statement.Condition).toEqual({
    StringEquals: { 'aws:ResourceTag/team': [{ 'Fn::Join': ['', ['${*}-', { Ref: 'AWS::Region' }]] }, 'a'] },
  });
});

test('values are those that the list had when the condition was made', () => {
  const values = ['a'];
  const condition = of(values);
  values[0] = 'b';
  const [statement] = granted({ operations: [TEST_FAILOVER], conditions: [condition] });
  expect(statement.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/team': 'a' } });
});

test('node types ignore case, but for patterns, which make all of them patterns', () => {
  const conditionOf = (values: string[]) => granted({
    operations: [ElastiCacheOperation.MODIFY_GLOBAL_REPLICATION_GROUP],
    conditions: [ElastiCacheCondition.cacheNodeTypes(values)],
  })[0].Condition;
  expect(conditionOf(['cache.t4g.micro']))
    .toEqual({ StringEqualsIgnoreCase: { 'elasticache:CacheNodeType': 'cache.t4g.micro' } });
  expect(conditionOf(['cache.t4g.*', 'cache.r7g.large']))
    .toEqual({ StringLike: { 'elasticache:CacheNodeType': ['cache.r7g.large', 'cache.t4g.*'] } });
});

// Red if a negated operator that regards case is let through in silence, or another one is warned of.
test('a negated operator that regards case has a warning on keys that ignore it', () => {
  const warnings = (operator: string, values: string[]) => {
    const stack = newStack();
    granted({
      operations: [ElastiCacheOperation.MODIFY_GLOBAL_REPLICATION_GROUP],
      conditions: [of(values, operator, 'elasticache:CacheNodeType')],
    }, stack);
    return warningsOf(stack);
  };
  expect(warnings('StringNotLikeIfExists', ['cache.r*'])).toEqual([
    'condition StringNotLikeIfExists on elasticache:CacheNodeType: AWS takes the value in any case, so what '
    + 'StringNotLike excludes passes in other letters: use StringNotEqualsIgnoreCaseIfExists, with whole values, or '
    + 'list '
    + 'what is allowed [ack: cdk-elasticache-grants:caseSensitiveCondition]',
  ]);
  expect(warnings('StringNotEquals', ['cache.r7g.large'])).toHaveLength(1);
  expect(warnings('StringNotEqualsIgnoreCase', ['cache.r7g.large'])).toEqual([]);
  expect(warnings('StringLike', ['cache.r7g.*'])).toEqual([]);
});

test('a wildcard under ArnEquals works, and has a warning that names ArnLike', () => {
  const stack = newStack();
  const values = ['arn:aws:iam::*:role/a'];
  const [statement] = granted({
    operations: [TEST_FAILOVER], conditions: [of(values, 'ArnEquals', 'aws:PrincipalArn')],
  }, stack);
  expect(statement.Condition).toEqual({ ArnEquals: { 'aws:PrincipalArn': values[0] } });
  expect(warningsOf(stack)).toEqual([
    'condition ArnEquals on aws:PrincipalArn: value "arn:aws:iam::*:role/a" has a wildcard, which IAM takes as one, '
    + 'since ArnEquals is the same as ArnLike: use that, which says so '
    + '[ack: cdk-elasticache-grants:wildcardInArnEquals]',
  ]);
});

test('creation with a tag needs the permission to tag', () => {
  const conditions = [ElastiCacheCondition.requestTag('team', ['a'])];
  expect(() => grantOf({
    operations: [CREATE_REPLICATION_GROUP, ElastiCacheOperation.CREATE_USER], conditions,
  })).toThrow(new Error(grantError(
    'the condition on aws:RequestTag/team makes CREATE_REPLICATION_GROUP, CREATE_USER set tags, for which AWS also '
    + 'authorizes AddTagsToResource, so every call would be denied: set tagOnCreate',
  )));
  expect(() => grantOf({ operations: [CREATE_REPLICATION_GROUP], conditions, tagOnCreate: true })).not.toThrow();
  expect(() => grantOf({
    operations: [CREATE_REPLICATION_GROUP, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE], conditions,
  })).not.toThrow();
  expect(() => grantOf({
    operations: [CREATE_REPLICATION_GROUP], conditions: [of(['a'], 'StringEqualsIfExists', 'aws:RequestTag/team')],
  })).not.toThrow();
});
