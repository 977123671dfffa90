import { toStatements } from '../../../src/private/policy/statements';
import type { Permission } from '../../../src/private/model';

const need = (action: string, resource: string, conditions?: Permission['conditions'], isSnapshotObject?: boolean): Permission => (
  { operation: 'Some', action, resource, conditions, reason: '', source: '', isSnapshotObject });
const said = (...needs: Permission[]) => toStatements(needs, (text) => text);

const [a, b] = [{ StringEquals: { 'aws:userid': 'a' } }, { StringEquals: { 'aws:userid': 'b' } }];

test('resources with the same actions are said together', () => {
  expect(said(need('x:Get', 'arn:2'), need('x:Get', 'arn:1'), need('x:Put', 'arn:1'), need('x:Put', 'arn:2'), need('x:Get', 'arn:3'))).toEqual([
    { actions: ['x:Get', 'x:Put'], resources: ['arn:1', 'arn:2'] },
    { actions: ['x:Get'], resources: ['arn:3'] },
  ]);
});

test('other conditions on the same resource are said apart', () => {
  expect(said(need('x:Get', 'arn:1', a), need('x:Put', 'arn:1', b), need('x:List', 'arn:1'))).toEqual([
    { actions: ['x:Get'], resources: ['arn:1'], conditions: a },
    { actions: ['x:Put'], resources: ['arn:1'], conditions: b },
    { actions: ['x:List'], resources: ['arn:1'] },
  ]);
});

test('* is said apart from ARNs, and so is each object', () => {
  expect(said(need('x:Get', '*'), need('x:Get', 'arn:1'), need('x:Get', 'arn:2', undefined, true), need('x:Get', 'arn:3', undefined, true))).toEqual([
    { actions: ['x:Get'], resources: ['*'] },
    { actions: ['x:Get'], resources: ['arn:1'] },
    { actions: ['x:Get'], resources: ['arn:2'] },
    { actions: ['x:Get'], resources: ['arn:3'] },
  ]);
});
