import { ElastiCacheAccessGrantProps } from '../../../src/elasticache-access-grant-props';
import { ElastiCacheCondition } from '../../../src/elasticache-condition';
import { ElastiCacheOperation } from '../../../src/elasticache-operation';
import { ElastiCacheResource } from '../../../src/elasticache-resource';
import { ImpliedResource, scopeFor, scopeOf } from '../../../src/private/resolve/scope';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { tokensIn } from '../../../src/private/util/tokens';
import { newStack } from '../../harness';

const { MODIFY_USER, TEST_FAILOVER } = ElastiCacheOperation;
const stack = newStack();
const arn = (type: string, name = 'a') => `arn:aws:elasticache:eu-west-1:111122223333:${type}:${name}`;
const group = ElastiCacheResource.fromArn(arn('replicationgroup'));
const user = ElastiCacheResource.fromArn(arn('user'));
const tag = (value: string) => ElastiCacheCondition.resourceTag('team', [value]);

/** What a grant is limited to, and all that is said of it. */
function read(props: Partial<ElastiCacheAccessGrantProps>, implied: ImpliedResource[] = []) {
  const diagnostics = new Diagnostics();
  const said: string[] = [];
  diagnostics.warning = (id, text) => { said.push(`${id}: ${text}`); };
  const operations = [TEST_FAILOVER];
  const scope = scopeOf({ operations, ...props }, operations, implied, stack, tokensIn(stack), diagnostics);
  return { scope, said: [...diagnostics.errorTexts, ...said] };
}
const implied = (resource: ElastiCacheResource, operations?: string[]): ImpliedResource => (
  { resource, origin: 'the cache', operations });

test('a grant without resources is on all, and one with some on these', () => {
  expect(read({})).toEqual({ scope: { resources: undefined, hasUnknownResource: false, conditions: [] }, said: [] });
  expect(read({ resources: [group] }).scope.resources).toEqual([
    { type: 'replicationgroup', arn: arn('replicationgroup'), conditions: [] },
  ]);
  expect(read({}, [implied(group, ['TestFailover'])]).scope.resources).toEqual([{
    type: 'replicationgroup',
    arn: arn('replicationgroup'),
    conditions: [],
    origin: 'the cache',
    operations: ['TestFailover'],
  }]);
});

test('a resource that is wrong is left out, so that no type can be called missing', () => {
  const { scope, said } = read({ resources: [group, ElastiCacheResource.fromArn('a')] });
  expect([scope.resources?.length, scope.hasUnknownResource, said.length]).toEqual([1, true, 1]);
});

test.each<[string, Partial<ElastiCacheAccessGrantProps>, string[]]>([
  ['an empty list', { resources: [] }, [
    'resources is empty, which would allow nothing: list at least one, or drop resources to allow all',
  ]],
  ['a resource that no operation is authorized on', { resources: [group, user] }, [
    `resources has the user "${arn('user')}", but AWS authorizes no listed operation on that type: drop it, or add an `
    + 'operation that uses it, such as CREATE_USER',
  ]],
  ['what is no condition', { resources: [group.withCondition('a' as any)] }, [
    'withCondition was given "a": expected an ElastiCacheCondition, such as '
    + "ElastiCacheCondition.resourceTag('team', ['cache'])",
  ]],
  ['the same condition for all and for one', { resources: [group.withCondition(tag('a'))], conditions: [tag('b')] }, [
    'condition StringEquals on aws:ResourceTag/team is listed twice: give one all the values that are allowed, or make '
    + 'a grant for each',
  ]],
  ['two conditions of one', { resources: [group.withCondition(tag('a')).withCondition(tag('b'))] }, [
    'condition StringEquals on aws:ResourceTag/team is listed twice: give one all the values that are allowed, or make '
    + 'a grant for each',
  ]],
  ['a condition of each of two', {
    resources: [group, ElastiCacheResource.fromArn(arn('replicationgroup', 'b'))]
      .map((one, index) => one.withCondition(tag(String(index)))),
  }, []],
])('a grant with %s', (_, props, said) => {
  expect(read(props).said).toEqual(said);
});

test('an implied resource that no operation is authorized on is no error', () => {
  expect(read({}, [implied(user)]).said).toEqual([]);
});

test('a warning about the conditions of a grant comes once, however many resources there are', () => {
  const conditions = [ElastiCacheCondition.of('StringNotEquals', 'aws:SourceVpc', ['vpc-1'])];
  expect(read({ resources: [group], conditions }).said).toHaveLength(1);
});

test('an operation has the resources that are not for others', () => {
  const { scope } = read({ resources: [group] }, [implied(user, ['ModifyUser']), implied(user, ['TestFailover'])]);
  const of = (operation: string) => scopeFor(operation, scope).resources?.map(({ operations }) => operations);
  expect(of('ModifyUser')).toEqual([undefined, ['ModifyUser']]);
  expect(of('DescribeUsers')).toEqual([undefined]);
  expect(scopeFor(MODIFY_USER.operationName, read({ resources: [group] }).scope).resources).toHaveLength(1);
  expect(scopeFor('ModifyUser', read({}).scope).resources).toBeUndefined();
});
