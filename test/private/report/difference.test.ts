import { Approved, GrantedAction } from '../../../src/private/report/approved';
import { differenceBetween } from '../../../src/private/report/difference';
import { guardrailDifference } from '../../../src/private/report/guardrail-difference';

const NOTHING: Approved = { granted: [], policies: [], denied: [], problems: [] };

describe('the difference of what is granted is', () => {
  const granted = (resource: string, rest: Partial<GrantedAction> = {}): GrantedAction => (
    { principal: 'Role', action: 'a:B', resource, conditions: '', ...rest });

  test.each<[string, GrantedAction[], GrantedAction[], string[]]>([
    ['nothing', [granted('x')], [granted('x')], []],
    ['a new principal', [], [granted('x')], ['wider:', '- Role (new): a:B on x']],
    ['a principal that is gone', [granted('x')], [], ['narrower:', '- Role (gone): a:B on x, no longer']],
    ['another resource', [granted('x')], [granted('y')], [
      'wider:', '- Role: a:B on y', 'narrower:', '- Role: a:B on x, no longer',
    ]],
    ['another action', [granted('x')], [granted('x', { action: 'a:C' })], [
      'wider:', '- Role: a:C on x', 'narrower:', '- Role: a:B on x, no longer',
    ]],
    ['another principal', [granted('x')], [granted('x', { principal: 'User' })], [
      'wider:', '- User (new): a:B on x', 'narrower:', '- Role (gone): a:B on x, no longer',
    ]],
    ['a wider resource', [granted('xa'), granted('xb')], [granted('x*')], [
      'wider:', '- Role: a:B on x*, approved only on xa and on xb',
    ]],
    ['a narrower resource', [granted('x*')], [granted('xa')], ['narrower:', '- Role: a:B on x*, now only on xa']],
    ['a condition that is gone', [granted('x', { conditions: 'so' })], [granted('x')], [
      'wider:', '- Role: a:B on x, approved only on x, if so',
    ]],
    ['a condition that is new', [granted('x')], [granted('x', { conditions: 'so' })], [
      'narrower:', '- Role: a:B on x, now only on x, if so',
    ]],
    ['another condition', [granted('x', { conditions: 'so' })], [granted('x', { conditions: 'then' })], [
      'wider:', '- Role: a:B on x, if then', 'narrower:', '- Role: a:B on x, if so, no longer',
    ]],
    ['what a pattern covers under the same condition', [granted('x*', { conditions: 'so' })], [
      granted('x*', { conditions: 'so' }), granted('xa', { conditions: 'so' }),
    ], ['the same, written in another way:', '- Role: a:B on xa, if so, now listed']],
    ['what a pattern covers', [granted('x*'), granted('xa')], [granted('x*'), granted('xb')], [
      'the same, written in another way:', '- Role: a:B on xa, no longer listed', '- Role: a:B on xb, now listed',
    ]],
    ['in the order of the lines', [granted('x')], [granted('z'), granted('y'), granted('x')], [
      'wider:', '- Role: a:B on y', '- Role: a:B on z',
    ]],
  ])('%s', (_, approved, present, expected) => {
    expect(differenceBetween({ ...NOTHING, granted: approved }, { ...NOTHING, granted: present })).toEqual(expected);
  });

  test('of 20 lines of a kind, and a number of others', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => granted(`x${index + 10}`));
    const difference = (count: number) => differenceBetween(NOTHING, { ...NOTHING, granted: many(count) });
    expect(difference(20)).toEqual(['wider:', ...many(20).map(({ resource }) => `- Role (new): a:B on ${resource}`)]);
    expect(difference(22)).toEqual([...difference(20), '- and 2 more']);
  });
});

describe('the difference of guardrails is', () => {
  type Part = Partial<Pick<Approved, 'policies' | 'denied'>>;
  const written = (rest: Partial<Approved['policies'][number]> = {}): Approved['policies'][number] => (
    { guardrail: 'G', kind: 'permissions boundary', appliesTo: [], exceptPrincipals: [], ...rest });
  const denial = (resource: string, rest: Partial<Approved['denied'][number]> = {}): Approved['denied'][number] => (
    { guardrail: 'G', action: 'a:B', resource, conditions: '', ...rest });
  const scp = 'service control policy';

  test.each<[string, Part, Part, Partial<ReturnType<typeof guardrailDifference>>]>([
    ['nothing', { policies: [written()], denied: [denial('x')] }, { policies: [written()], denied: [denial('x')] }, {}],
    ['a guardrail that is new', {}, { policies: [written()], denied: [denial('x')] }, {
      narrower: ['G (new): a:B on x, now denied (permissions boundary)'],
    }],
    ['a guardrail that is gone', { policies: [written()], denied: [denial('x')] }, {}, {
      wider: ['G (gone): a:B on x, no longer denied (permissions boundary)'],
    }],
    ['a policy that is new', { policies: [written()], denied: [denial('x')] }, {
      policies: [written(), written({ kind: scp })], denied: [denial('x')],
    }, { narrower: [`G: a:B on x, now denied (${scp})`] }],
    ['a policy that is gone', { policies: [written(), written({ kind: scp })], denied: [denial('x')] }, {
      policies: [written()], denied: [denial('x')],
    }, { wider: [`G: a:B on x, no longer denied (${scp})`] }],
    ['a denial on fewer resources', { policies: [written()], denied: [denial('x*')] }, {
      policies: [written()], denied: [denial('xa'), denial('xb')],
    }, { wider: ['G: a:B on x*, now denied only on xa and on xb (permissions boundary)'] }],
    ['a denial on more resources', { policies: [written()], denied: [denial('xa')] }, {
      policies: [written()], denied: [denial('x*')],
    }, { narrower: ['G: a:B on x*, now denied, approved only on xa (permissions boundary)'] }],
    ['a denial of fewer actions, of which none is named',
      { policies: [written()], denied: [denial('x', { action: 'a:*' })] }, {
        policies: [written()], denied: [denial('x')],
      }, { wider: ['G: a:* on x, no longer denied (permissions boundary)'] }],
    ['a denial of more actions, of which none is named', { policies: [written()], denied: [denial('x')] }, {
      policies: [written()], denied: [denial('x', { action: 'a:*' })],
    }, { narrower: ['G: a:* on x, now denied (permissions boundary)'] }],
    ['a condition on a denial', { policies: [written()], denied: [denial('x')] }, {
      policies: [written()], denied: [denial('x', { conditions: 'so' })],
    }, { wider: ['G: a:B on x, now denied only on x, if so (permissions boundary)'] }],
    ['another condition on a denial', { policies: [written()], denied: [denial('x', { conditions: 'then' })] }, {
      policies: [written()], denied: [denial('x', { conditions: 'so' })],
    }, {
      wider: ['G: a:B on x, if then, no longer denied (permissions boundary)'],
      narrower: ['G: a:B on x, if so, now denied (permissions boundary)'],
    }],
    ['a denial of another guardrail', {
      policies: [written(), written({ guardrail: 'H' })], denied: [denial('x'), denial('y', { guardrail: 'H' })],
    }, {
      policies: [written(), written({ guardrail: 'H' })], denied: [denial('y'), denial('y', { guardrail: 'H' })],
    }, {
      wider: ['G: a:B on x, no longer denied (permissions boundary)'],
      narrower: ['G: a:B on y, now denied (permissions boundary)'],
    }],
    ['a denial of another guardrail that is something else', {
      policies: [written(), written({ guardrail: 'H', kind: scp })], denied: [denial('x')],
    }, {
      policies: [written(), written({ guardrail: 'H', kind: scp })],
      denied: [denial('x'), denial('y', { guardrail: 'H' })],
    }, { narrower: [`H: a:B on y, now denied (${scp})`] }],
    ['what a pattern denies under the same condition', {
      policies: [written()], denied: [denial('*', { conditions: 'so' })],
    }, {
      policies: [written()], denied: [denial('*', { conditions: 'so' }), denial('y', { conditions: 'so' })],
    }, { same: ['G: a:B on y, if so, now listed (permissions boundary)'] }],
    ['what a pattern denies, in any case', {
      policies: [written()], denied: [denial('*', { action: 'A:*' }), denial('x')],
    }, {
      policies: [written()], denied: [denial('*', { action: 'A:*' }), denial('y')],
    }, {
      same: [
        'G: a:B on y, now listed (permissions boundary)', 'G: a:B on x, no longer listed (permissions boundary)',
      ],
    }],
    ['a principal that carries it', { policies: [written({ appliesTo: ['A'] })] }, {
      policies: [written({ appliesTo: ['B'] })],
    }, { wider: ['A: no longer bounded by G'], narrower: ['B: now bounded by G'] }],
    ['a principal that a pattern would cover', { policies: [written({ appliesTo: ['A*'] })] }, {
      policies: [written({ appliesTo: ['A*', 'AB'] })],
    }, { narrower: ['AB: now bounded by G'] }],
    ['a target', { policies: [written({ kind: scp, appliesTo: ['r-a'] })] }, {
      policies: [written({ kind: scp, appliesTo: ['r-b'] })],
    }, {
      wider: [`G: no longer attached to r-a (${scp})`], narrower: [`G: now attached to r-b (${scp})`],
    }],
    ['who is exempt', { policies: [written({ exceptPrincipals: ['arn:a'] })] }, {
      policies: [written({ exceptPrincipals: ['arn:b'] })],
    }, {
      wider: ['G: arn:b, now exempt (permissions boundary)'],
      narrower: ['G: arn:a, no longer exempt (permissions boundary)'],
    }],
    ['who is exempt already', { policies: [written({ exceptPrincipals: ['arn:*', 'arn:a'] })] }, {
      policies: [written({ exceptPrincipals: ['arn:*', 'arn:b'] })],
    }, {
      same: [
        'G: arn:b, now listed as exempt (permissions boundary)',
        'G: arn:a, no longer listed as exempt (permissions boundary)',
      ],
    }],
    ['who is exempt from one policy, and not from another one', {
      policies: [written({ exceptPrincipals: ['arn:*'] }), written({ kind: scp })],
    }, {
      policies: [written({ exceptPrincipals: ['arn:*'] }), written({ kind: scp, exceptPrincipals: ['arn:a'] })],
    }, { wider: [`G: arn:a, now exempt (${scp})`] }],
    ['who is exempt from one guardrail, and not from another one', {
      policies: [written({ exceptPrincipals: ['arn:*'] }), written({ guardrail: 'H' })],
    }, {
      policies: [written({ exceptPrincipals: ['arn:*'] }), written({ guardrail: 'H', exceptPrincipals: ['arn:a'] })],
    }, { wider: ['H: arn:a, now exempt (permissions boundary)'] }],
    ['not who is exempt from a policy that is new', { policies: [written()] }, {
      policies: [written(), written({ kind: scp, exceptPrincipals: ['arn:a'] })],
    }, {}],
    ['not who is exempt from a guardrail that is gone', {
      policies: [written(), written({ guardrail: 'H', exceptPrincipals: ['arn:a'] })],
    }, { policies: [written()] }, {}],
  ])('%s', (_, approved, present, expected) => {
    expect(guardrailDifference({ ...NOTHING, ...approved }, { ...NOTHING, ...present }))
      .toEqual({ wider: [], narrower: [], same: [], ...expected });
  });

  test('beside that of what is granted', () => {
    const policies = [written({ exceptPrincipals: ['arn:*'] })];
    expect(differenceBetween(
      { ...NOTHING, policies, denied: [denial('x'), denial('y*')] },
      { ...NOTHING, policies, denied: [denial('y*'), denial('ya'), denial('z')] },
    )).toEqual([
      'wider:', '- G: a:B on x, no longer denied (permissions boundary)',
      'narrower:', '- G: a:B on z, now denied (permissions boundary)',
      'the same, written in another way:', '- G: a:B on ya, now listed (permissions boundary)',
    ]);
  });
});
