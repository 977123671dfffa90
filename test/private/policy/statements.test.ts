import { Permission } from '../../../src/private/model';
import { toStatements } from '../../../src/private/policy/statements';

const permission = (
  action: string, resource: string, conditions?: Permission['conditions'], isSnapshotObject?: boolean,
): Permission => (
  { operation: 'Some', action, resource, conditions, reason: '', source: '', isSnapshotObject });
const statementsOf = (...permissions: Permission[]) => toStatements(permissions, (text) => text);

const [a, b] = [{ StringEquals: { 'aws:userid': 'a' } }, { StringEquals: { 'aws:userid': 'b' } }];

test('resources with the same actions are merged into one statement', () => {
  expect(statementsOf(
    permission('x:Get', 'arn:2'),
    permission('x:Get', 'arn:1'),
    permission('x:Put', 'arn:1'),
    permission('x:Put', 'arn:2'),
    permission('x:Get', 'arn:3'),
  )).toEqual([
    { actions: ['x:Get', 'x:Put'], resources: ['arn:1', 'arn:2'] },
    { actions: ['x:Get'], resources: ['arn:3'] },
  ]);
});

test('different conditions on the same resource are separate statements', () => {
  expect(statementsOf(permission('x:Get', 'arn:1', a), permission('x:Put', 'arn:1', b), permission('x:List', 'arn:1')))
    .toEqual([
      { actions: ['x:Get'], resources: ['arn:1'], conditions: a },
      { actions: ['x:Put'], resources: ['arn:1'], conditions: b },
      { actions: ['x:List'], resources: ['arn:1'] },
    ]);
});

test('*, ARNs and each object are separate statements', () => {
  expect(statementsOf(
    permission('x:Get', '*'),
    permission('x:Get', 'arn:1'),
    permission('x:Get', 'arn:2', undefined, true),
    permission('x:Get', 'arn:3', undefined, true),
  )).toEqual([
    { actions: ['x:Get'], resources: ['*'] },
    { actions: ['x:Get'], resources: ['arn:1'] },
    { actions: ['x:Get'], resources: ['arn:2'] },
    { actions: ['x:Get'], resources: ['arn:3'] },
  ]);
});

test('the actions of a statement are in one order', () => {
  expect(statementsOf(permission('x:Put', 'arn:1'), permission('x:Get', 'arn:1'))).toEqual([
    { actions: ['x:Get', 'x:Put'], resources: ['arn:1'] },
  ]);
});
