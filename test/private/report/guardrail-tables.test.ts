import { guardrailSection } from '../../../src/private/report/guardrail-tables';

const HEADER = '| Denied action | Resource | Condition |\n| --- | --- | --- |';
const guardrail = { guardrail: 'G', policies: [], exceptPrincipals: [], denials: [] };

test('there is no section without guardrails', () => {
  expect([guardrailSection(), guardrailSection([])]).toEqual([[], []]);
});

test.each([
  [{ kind: 'permissions boundary' }, 'no role or user of this app'],
  [{ kind: 'permissions boundary', appliesTo: [] }, 'no role or user of this app'],
  [{ kind: 'service control policy', appliesTo: [] }, 'no target in this app'],
  [{ kind: 'policy document' }, 'not known'],
  [{ kind: 'permissions boundary', appliesTo: ['A', 'B'] }, '`A`<br>`B`'],
])('of %j, the table of policies says "%s"', (policy, expected) => {
  const [title, , table, ...rest] = guardrailSection([{ ...guardrail, policies: [policy] }]);
  expect([title, table, ...rest]).toEqual([
    '## Guardrails',
    '| Guardrail | Written as | Applies to | Exempt |\n| --- | --- | --- | --- |\n'
      + `| \`G\` | ${policy.kind} | ${expected} | nobody |`,
    '### `G`',
    HEADER,
  ]);
});

test('a table of denials has the resources of one action together, under the same conditions', () => {
  const conditions = { Null: { 'aws:RequestTag/a': ['true'] } };
  const denials = [
    { action: 'a:B', resource: 'x' }, { action: 'a:B', resource: 'y', conditions }, { action: 'a:C', resource: 'x' },
    { action: 'a:B', resource: 'z' },
  ];
  const [, , table, ...sections] = guardrailSection([
    { ...guardrail, exceptPrincipals: ['arn:a', 'arn:b'], policies: [{ kind: 'policy document' }], denials },
    { ...guardrail, guardrail: 'H' },
  ]);
  expect(table.split('\n')[2]).toBe('| `G` | policy document | not known | `arn:a`<br>`arn:b` |');
  expect(sections).toEqual([
    '### `G`',
    [
      HEADER, '| `a:B` | `x`<br>`z` |  |', '| `a:B` | `y` | aws:RequestTag/a is missing |', '| `a:C` | `x` |  |',
    ].join('\n'),
    '### `H`',
    HEADER,
  ]);
});
