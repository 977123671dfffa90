import { Aws, CfnParameter, Fn, Lazy } from 'aws-cdk-lib';
import {
  ElastiCacheCondition, ElastiCacheGuardrail, ElastiCacheGuardrailRule as Rule, ElastiCacheOperation as Operation,
  ElastiCacheResource as Resource,
} from '../../src';
import { messageOf, newStack } from '../harness';
import { titled } from '../support/errors';
import { guardrailOf } from '../support/guardrails';

const error = (...rules: Rule[]) => () => guardrailOf(rules);
const of = (name: string, problem: string) => `Stack/Guardrail: ElastiCacheGuardrailRule.${name}: ${problem}`;
const NODE_TYPE = 'expected a node type, such as "cache.t4g.micro", or a pattern, such as "cache.t4g.*"';
const TAG_KEY = 'expected the key of a tag, 1 to 128 characters without *, ?, $, {, } and a comma, which a condition '
  + 'takes otherwise';

test.each(titled([
  [error(Rule.onlyNodeTypes([])), of('onlyNodeTypes', 'nodeTypes is empty: list at least one, such as '
    + '"cache.t4g.micro"')],
  [error(Rule.onlyNodeTypes(['t4g.micro'])), of('onlyNodeTypes', 'nodeTypes has "t4g.micro", which no request has: '
    + NODE_TYPE)],
  [error(Rule.onlyNodeTypes(['db.*'])), of('onlyNodeTypes', 'nodeTypes has "db.*", which no request has: '
    + NODE_TYPE)],
  [error(Rule.onlyNodeTypes(['cache.t4g.micro '])), of('onlyNodeTypes', 'nodeTypes has "cache.t4g.micro ", which no '
    + `request has: ${NODE_TYPE}`)],
  [error(Rule.onlyNodeTypes(['cache.T4g.*'])), of('onlyNodeTypes', 'nodeTypes has "cache.T4g.*", which has capitals, '
    + 'and IAM compares patterns with case: write "cache.t4g.*"')],
  [error(Rule.onlyNodeTypes(['**'])), of('onlyNodeTypes', 'nodeTypes has "**", which is every value, so that nothing '
    + 'would be denied: list those that are allowed')],
  [error(Rule.onlyNodeTypes(Fn.split(',', Fn.importValue('Types')))), of('onlyNodeTypes', 'values[0] is a list that is '
    + 'only known at deployment: pass its values one by one, such as with Fn.select')],
  [error(Rule.onlyNodeTypes([Lazy.string({ produce: () => 'small' })])), of('onlyNodeTypes', 'nodeTypes has '
    + `"\${Token}", which no request has: ${NODE_TYPE}`)],
  [error(Rule.onlyEngines(['mysql'])), of('onlyEngines', 'engines has "mysql", which no request has: expected one of '
    + 'memcached, redis, valkey')],
  [error(Rule.onlyParameterGroups(['arn:aws:elasticache:eu-west-1:111122223333:parametergroup:a'])),
    of('onlyParameterGroups', 'names has "arn:aws:elasticache:eu-west-1:111122223333:parametergroup:a", which no '
      + 'request has: expected the name of a parameter group, such as "default.valkey8", or a pattern, such as '
      + '"default.*"')],
  [error(Rule.onlyParameterGroups(['a'.repeat(256)])), of('onlyParameterGroups', `names has "${'a'.repeat(99)}…" (256 `
    + 'characters), which has 256 characters, and may have 255: shorten it')],
  ...['alias/a', 'arn:aws:kms:eu-west-1:111122223333:alias/a', 'arn:aws:s3:::a'].map((key): [() => unknown, string] => (
    [error(Rule.onlyKeys([key])), of('onlyKeys', `keyIds has "${key}", which no request has: expected the ID or the `
      + 'ARN of a KMS key, or a pattern, and no alias')])),
  ...['Europe', 'EU-WEST-1', 'eu'].map((region): [() => unknown, string] => (
    [error(Rule.onlyRegions([region])), of('onlyRegions', `regions has "${region}", which no request has: expected a `
      + 'Region, such as "eu-west-1", or a pattern, such as "eu-*"')])),
  [error(Rule.onlyRegions(['ő-a-1'])), of('onlyRegions', 'regions has "ő-a-1", which has the character U+0151, which a '
    + 'policy can\'t hold: expected U+0020 to U+00FF, tab, line feed or carriage return')],
]))('a value that no request has: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test.each(titled([
  [error(Rule.limitSize({})), of('limitSize', 'limits is empty: set at least one of shards, replicasPerShard, '
    + 'dataStorageGb, ecpuPerSecond, snapshotRetentionDays')],
  ...[null, 'text', [1]].map((limits): [() => unknown, string] => (
    [error(Rule.limitSize(limits as object)), of('limitSize', `limits is ${JSON.stringify(limits)}: expected an object `
      + 'with at least one limit, such as { shards: 5 }')])),
  [error(Rule.limitSize({ nodes: 3 } as object)), of('limitSize', '"nodes" can\'t be limited, since AWS has no '
    + 'condition key for it: set shards, replicasPerShard, dataStorageGb, ecpuPerSecond, snapshotRetentionDays')],
  [error(Rule.limitSize({ shards: 0 })), of('limitSize', 'shards is 0: expected a whole number, 1 or more')],
  [error(Rule.limitSize({ replicasPerShard: -1 })), of('limitSize', 'replicasPerShard is -1: expected a whole number, '
    + '0 or more')],
  [error(Rule.limitSize({ dataStorageGb: 0.5 })), of('limitSize', 'dataStorageGb is 0.5: expected a whole number, 1 or '
    + 'more')],
]))('a limit that can\'t be compared: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test.each(titled([
  [error(Rule.requireTags([])), of('requireTags', 'keys is empty: list at least one, such as "team"')],
  [error(Rule.requireTags([''])), of('requireTags', `keys[0] is "": ${TAG_KEY}`)],
  [error(Rule.requireTags(['te*'])), of('requireTags', `keys[0] is "te*": ${TAG_KEY}`)],
  [error(Rule.requireTags([Aws.REGION])), of('requireTags', 'keys[0] is "${AWS::Region}", which is only known at '
    + 'deployment: pass a literal key')],
  [error(Rule.requireTags(['aws:x'])), of('requireTags', 'keys[0] is "aws:x", and only AWS sets tags that begin with '
    + '"aws:": name a tag that callers set')],
  [error(Rule.requireTags(['Team', 'team'])), of('requireTags', '"Team" and "team" are one key to IAM, which '
    + 'disregards its case: list one of them')],
  [error(Rule.keepTags(['a,b'])), of('keepTags', `keys[0] is "a,b": ${TAG_KEY}`)],
  [error(Rule.requireTagValues('x'.repeat(129), ['a'])), of('requireTagValues', 'key: the tag\'s key has 129 '
    + 'characters, and may have 128: shorten it')],
  [error(Rule.requireTagValues('team', [])), of('requireTagValues', 'values is empty: list at least one, such as '
    + '"prod"')],
  [error(Rule.requireTagValues('team', ['x'.repeat(257)])), of('requireTagValues', `values has "${'x'.repeat(99)}…" `
    + '(257 characters), which has 257 characters, and may have 256: shorten it')],
  [error(Rule.protectTagged('team', ['a'], [])), of('protectTagged', 'operations is empty: list at least one, such as '
    + 'ElastiCacheOperation.DELETE_USER')],
  [error(Rule.protectTagged('team', ['a'], [Operation.DESCRIBE_EVENTS, Operation.DELETE_USER])), of('protectTagged',
    'AWS never supplies aws:ResourceTag to DESCRIBE_EVENTS, so the tag would guard nothing: drop it, or use '
    + 'denyOperations')],
  [error(Rule.protectTagged('team', ['a'], [Operation.custom('Thaw')])), of('protectTagged', 'Thaw is a custom '
    + 'operation, and it is not known whether AWS supplies aws:ResourceTag to it: use denyOperations for it')],
]))('a tag that nothing can carry, or that guards nothing: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test.each(titled([
  [error(Rule.denyOperations([])), of('denyOperations', 'operations is empty: list at least one, such as '
    + 'ElastiCacheOperation.DELETE_USER')],
  [error(Rule.denyOperations([Operation.DELETE_USER], [])), of('denyOperations', 'resources is empty: list at least '
    + 'one, or drop resources to deny the operations on all')],
  [error(Rule.denyOperations([Operation.DELETE_USER, Operation.DESCRIBE_EVENTS], [Resource.user('a')])),
    of('denyOperations', 'AWS authorizes DESCRIBE_EVENTS on none of the listed resources, so it would not be denied: '
      + 'drop resources, or deny it by a rule of its own')],
  [error(Rule.denyOperations([Operation.DELETE_USER, Operation.DELETE_SNAPSHOT], [Resource.user('a')])),
    of('denyOperations', 'AWS authorizes DELETE_SNAPSHOT on none of the listed resources, so it would not be denied: '
      + 'list a resource of a type that it is authorized on (snapshot), or drop it')],
  [error(Rule.denyOperations([Operation.DELETE_USER], [Resource.user('a'), Resource.snapshot('a')])),
    of('denyOperations', 'AWS authorizes none of the operations on a snapshot: drop that resource')],
  [error(Rule.denyOperations([Operation.custom('Thaw')], [Resource.user('a')])), `Stack/Guardrail: 2 problems:
- ElastiCacheGuardrailRule.denyOperations: Thaw is a custom operation, whose resource types are not known: deny it by \
a rule of its own, without resources
- ElastiCacheGuardrailRule.denyOperations: AWS authorizes none of the operations on a user: drop that resource`],
  [error(Rule.denyOperations([Operation.DELETE_USER], [Resource.user('A')])), 'Stack/Guardrail: '
    + 'ElastiCacheResource.user: name "A" has capitals, and ElastiCache keeps names in lower case: pass "a"'],
  [error(Rule.denyOperations([Operation.DELETE_USER], [
    Resource.user('a').withCondition(ElastiCacheCondition.resourceTag('team', ['a'])),
  ])), of('denyOperations', 'resources[0] has a condition, and what a guardrail denies has none: use protectTagged, or '
    + 'leave withCondition out')],
  [error(Rule.denyMatching('Get*')), of('denyMatching', '"Get*" matches no ElastiCache operation: expected a pattern '
    + 'of operation names, such as "Delete*"')],
  [error(Rule.denyMatching('TagResource')), of('denyMatching', '"TagResource" matches no ElastiCache operation: did '
    + 'you mean "AddTagsToResource"?')],
  [error(Rule.denyMatching('s3:*')), of('denyMatching', '"s3:*" is not a pattern of ElastiCache operations: expected '
    + 'letters, digits, "*" and "?", such as "Delete*" or "elasticache:Delete*"')],
  [error(Rule.denyMatching(Aws.REGION)), of('denyMatching', 'pattern is only known at deployment, and what it reaches '
    + 'must be known before: pass a literal pattern')],
  [error(Rule.denyMatching('Describe*Parameters', [Resource.snapshot('a')])), of('denyMatching', 'AWS authorizes no '
    + 'operation that matches "Describe*Parameters" on the listed resources, so nothing would be denied: list '
    + 'resources of another type, or drop resources')],
  [error(Rule.denyMatching('*User', [Resource.user('a'), Resource.snapshot('a')])), of('denyMatching', 'AWS authorizes '
    + 'none of the operations on a snapshot: drop that resource')],
]))('a rule that reaches nothing: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test('one error has all that is wrong with a guardrail, with its path', () => {
  const props = {
    rules: [Rule.onlyEngines([]), Rule.limitSize({ shards: 0 }), { rule: 'none' } as unknown as Rule],
    exceptPrincipals: ['admin'],
  };
  expect(messageOf(() => new ElastiCacheGuardrail(newStack(), 'Guardrail', props))).toBe(`Stack/Guardrail: 4 problems:
- rules[2] is {"rule":"none"}: expected an ElastiCacheGuardrailRule, such as \
ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*'])
- ElastiCacheGuardrailRule.onlyEngines: engines is empty: list at least one, such as "valkey"
- ElastiCacheGuardrailRule.limitSize: shards is 0: expected a whole number, 1 or more
- exceptPrincipals[0] "admin" is no ARN: expected the ARN of a role or user, or a pattern, such as \
"arn:aws:iam::*:role/platform-*"`);
});

test('values that are only known at deployment, and policy variables, are accepted', () => {
  const stack = newStack();
  const shards = new CfnParameter(stack, 'Shards', { type: 'Number' }).valueAsNumber;
  const guardrail = guardrailOf([
    Rule.onlyNodeTypes([Fn.importValue('Type'), 'cache.t4g.${aws:PrincipalTag/size}']), Rule.limitSize({ shards }),
  ], undefined, stack);
  expect(guardrail.statements.map(({ conditions }) => stack.resolve(conditions))).toEqual([
    {
      Null: { 'elasticache:CacheNodeType': 'false' },
      StringNotEqualsIgnoreCase: {
        'elasticache:CacheNodeType': ['cache.t4g.${aws:PrincipalTag/size}', { 'Fn::ImportValue': 'Type' }],
      },
    },
    { NumericGreaterThan: { 'elasticache:NumNodeGroups': { Ref: 'Shards' } } },
  ]);
});

test('a rule keeps the lists that it was made of', () => {
  const nodeTypes = ['cache.t4g.micro'];
  const rule = Rule.onlyNodeTypes(nodeTypes);
  const limits = { shards: 5 };
  const size = Rule.limitSize(limits);
  nodeTypes.push('cache.r7g.large');
  limits.shards = 500;
  expect(guardrailOf([rule, size]).statements.map(({ conditions }) => conditions)).toEqual([
    {
      Null: { 'elasticache:CacheNodeType': 'false' },
      StringNotEqualsIgnoreCase: { 'elasticache:CacheNodeType': 'cache.t4g.micro' },
    },
    { NumericGreaterThan: { 'elasticache:NumNodeGroups': '5' } },
  ]);
});

test('a rule that is passed anything but a list reports that', () => {
  const anything: any = 'text';
  const text = (name: string, parameter: string, example: string) => (
    of(name, `${parameter} is "text": expected a list of texts, such as ["${example}"]`));
  expect([
    Rule.onlyNodeTypes(anything), Rule.requireTags(anything), Rule.requireTagValues('team', anything),
    Rule.protectTagged('team', anything), Rule.denyOperations(anything),
    Rule.denyOperations([Operation.CONNECT], anything),
  ].map((rule) => messageOf(error(rule)))).toEqual([
    text('onlyNodeTypes', 'nodeTypes', 'cache.t4g.micro'), text('requireTags', 'keys', 'team'),
    text('requireTagValues', 'values', 'prod'), text('protectTagged', 'values', 'prod'),
    of('denyOperations', 'operations is "text": expected a list'),
    of('denyOperations', 'resources is "text": expected a list'),
  ]);
});
