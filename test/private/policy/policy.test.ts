import { Permission, Statement } from '../../../src/private/model';
import { toPolicyDocument, WrittenPolicy } from '../../../src/private/policy/policy';
import { messageOf, newStack } from '../../harness';

const permission = (action: string, resource: string, conditions?: Permission['conditions']): Permission => (
  { operation: 'Some', action, resource, conditions, reason: '', source: '' });
const CONDITION = { StringEquals: { 'aws:userid': 'a' } };

const stack = newStack();
const written = (...permissions: Permission[]) => (
  new WrittenPolicy(permissions, { smaller: 'grant less' }, stack));

test('the permissions of a statement are those of its actions, resources and conditions', () => {
  const all = [
    permission('a:Get', 'arn:1'), permission('a:Get', 'arn:2'), permission('a:Put', 'arn:1'),
    permission('a:Get', 'arn:1', CONDITION),
  ];
  const policy = written(...all);
  const permissionsOf = (statements: Statement[]) => policy.permissionsOf(statements);
  expect(permissionsOf([{ actions: ['a:Get'], resources: ['arn:1'] }])).toEqual([all[0]]);
  expect(permissionsOf([{ actions: ['a:Get', 'a:Put'], resources: ['arn:1', 'arn:2'] }])).toEqual(all.slice(0, 3));
  expect(permissionsOf([{ actions: ['a:Get'], resources: ['arn:1'], conditions: CONDITION }])).toEqual([all[3]]);
  expect(permissionsOf([])).toEqual([]);
  expect(permissionsOf(policy.statements)).toEqual(all);
});

test('statements are new each time, so that nobody changes those of others', () => {
  const policy = written(permission('a:Get', 'arn:1'));
  policy.statements[0].actions.push('a:Put');
  expect(policy.statements).toEqual([{ actions: ['a:Get'], resources: ['arn:1'] }]);
});

test('a document has the statements, and fits the limit', () => {
  const policy = written(permission('a:Get', 'arn:1', CONDITION));
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Action: 'a:Get', Effect: 'Allow', Resource: 'arn:1', Condition: CONDITION },
    ],
  };
  const { length } = JSON.stringify(document);
  expect(toPolicyDocument(policy, length, stack).toJSON()).toEqual(document);
  expect(messageOf(() => toPolicyDocument(policy, length - 1, stack))).toBe(
    `Stack: the policy has ${length} characters, white space not counted, and may have ${length - 1}: use `
    + 'toManagedPolicies(), pass the limit that applies, or grant less');
});

test.each([[0], [-1], [NaN], ['6144'], [undefined], [null]])('a limit may not be %j', (limit) => {
  expect(messageOf(() => toPolicyDocument(written(), limit as any, stack))).toBe(
    `Stack: maxCharacters is ${typeof limit === 'string' ? '"6144"' : limit}: expected a number above 0, such as 6144`);
});
