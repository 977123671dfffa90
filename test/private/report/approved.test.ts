import fc from 'fast-check';
import { ElastiCacheReportedGuardrail } from '../../../src';
import { readReport } from '../../../src/private/report/approved';
import { conditionsInWords } from '../../../src/private/report/conditions';
import { toMarkdown } from '../../../src/private/report/markdown';
import { runs } from '../../harness';

const text = fc.string({ unit: fc.constantFrom(...'ab |\\`*_[]<>~$#:/-é😀'.match(/./gu)!), maxLength: 12 })
  .map((one) => `a${one}z`);
const texts = fc.uniqueArray(text, { maxLength: 3 });
const policy = fc.oneof(
  fc.record({ kind: fc.constantFrom('permissions boundary', 'service control policy'), appliesTo: texts }),
  fc.constant({ kind: 'policy document' }),
);
const conditions = fc.dictionary(
  fc.constantFrom('StringNotLike', 'Null', 'ArnLike', 'ForAnyValue:StringEqualsIgnoreCase', 'BoolIfExists'),
  fc.dictionary(text, fc.array(text, { minLength: 1, maxLength: 2 }), { minKeys: 1, maxKeys: 2 }),
  { minKeys: 1, maxKeys: 2 },
);
const denial = fc.record({ action: text, resource: text, conditions }, { requiredKeys: ['action', 'resource'] });
const guardrails: fc.Arbitrary<ElastiCacheReportedGuardrail[]> = fc.uniqueArray(fc.record({
  guardrail: text,
  policies: fc.uniqueArray(policy, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind }),
  exceptPrincipals: texts,
  denials: fc.array(denial, { minLength: 1, maxLength: 4 }),
}), { minLength: 1, maxLength: 3, selector: ({ guardrail }) => guardrail });

const REST = { summary: [], permissions: [], notDelivered: [], acknowledgedWarnings: [] };

/** In an order of its own: a table has the resources of an action together. */
const sorted = (list: object[]) => list.map((one) => JSON.stringify(one)).sort();

// Red if anything of a guardrail is lost or changed on the way to the file and back, which would hide a difference.
test('the guardrails of a report are read back as they were, whatever their names have', () => {
  fc.assert(fc.property(guardrails, (written) => {
    const { policies, denied, granted, problems } = readReport(toMarkdown({ ...REST, guardrails: written }));
    expect(problems).toEqual([]);
    expect(granted).toEqual([]);
    expect(policies).toEqual(written.flatMap(({ guardrail, exceptPrincipals, policies: own }) => (
      own.map(({ kind, appliesTo = [] }) => ({ guardrail, kind, appliesTo, exceptPrincipals })))));
    expect(sorted(denied)).toEqual(sorted(written.flatMap(({ guardrail, denials }) => (
      denials.map((one) => ({
        guardrail, action: one.action, resource: one.resource, conditions: conditionsInWords(one.conditions),
      }))))));
  }), runs(300));
});

test('text outside of the tables may change, and text within them may not', () => {
  const markdown = toMarkdown({
    ...REST,
    guardrails: [{
      guardrail: 'G',
      policies: [{ kind: 'policy document' }],
      exceptPrincipals: [],
      denials: [{ action: 'elasticache:*', resource: '*' }],
    }],
  });
  const report = readReport(markdown);
  const signed = markdown.replace('## Guardrails\n', '$&\nSigned by Jo.\n').replace('### `G`\n', '$&\nAll of it.\n');
  expect(readReport(signed)).toEqual(report);
  expect(readReport(`${markdown}\n## Remarks\n\nSigned by Jo.\n`)).toEqual(report);
  expect(readReport(`${markdown}Signed by Jo.\n`).problems).toEqual(['line 22 is not a row of an access report']);
  expect(readReport(markdown.replace('## Summary', '## Other writes\n\n### Remarks\n\nSigned by Jo.\n\n$&')))
    .toEqual(report);
});

const GRANTED = '| `Stack/Role` | `a:B` | `x`<br>`y` | if \\*so\\* | why | by whom |';
const report = (...lines: string[]) => ['# ElastiCache access', ...lines].join('\n');

test('a file without the title of a report has nothing, and is none', () => {
  expect(readReport('## Other writes\n| a |')).toEqual({
    granted: [],
    policies: [],
    denied: [],
    problems: ['there is no line "# ElastiCache access", so it is not an access report'],
  });
});

describe('what is granted is read from each table of permissions', () => {
  const granted = ['x', 'y'].map((resource) => (
    { principal: 'Stack/Role', action: 'a:B', resource, conditions: 'if *so*' }));

  test.each([
    'Permissions management', 'Writes on every resource', 'Other writes', 'Reads on every resource', 'Other reads',
  ])('%s', (power) => {
    expect(readReport(report(`## ${power}`, GRANTED)))
      .toEqual({ granted, policies: [], denied: [], problems: [] });
  });

  test('whatever ends the lines, and with a byte order mark', () => {
    const lines = ['\uFEFF# ElastiCache access', '## Other reads', '', GRANTED, '## Summary', 'text'];
    for (const end of ['\n', '\r\n', '\r', '  \n\t']) {
      expect(readReport(lines.join(end))).toEqual({ granted, policies: [], denied: [], problems: [] });
    }
  });

  test.each(['Not delivered', 'Summary', 'Acknowledged warnings', 'Other'])('not below %s', (section) => {
    expect(readReport(report(`## ${section}`, GRANTED)))
      .toEqual({ granted: [], policies: [], denied: [], problems: [] });
  });

  test.each([
    'text', '| `Stack/Role` | `a:B` | `x` |', '| Stack/Role | `a:B` | `x` |  |  |  |',
    '| `Stack/Role` | a:B | `x` |  |  |  |', '| `Stack/Role` | `a:B` | x |  |  |  |',
  ])('but for lines that are no rows: %s', (line) => {
    expect(readReport(report('## Other reads', line, GRANTED)))
      .toEqual({ granted, policies: [], denied: [], problems: ['line 3 is not a row of an access report'] });
  });
});

describe('what guardrails deny is read', () => {
  const POLICY = '| `G` | policy document | not known | `arn:a`<br>`arn:b` |';
  const DENIAL = '| `a:B` | `x`<br>`y` | if \\*so\\* |';
  const policies = [{ guardrail: 'G', kind: 'policy document', appliesTo: [], exceptPrincipals: ['arn:a', 'arn:b'] }];
  const denied = ['x', 'y'].map((resource) => ({ guardrail: 'G', action: 'a:B', resource, conditions: 'if *so*' }));

  test('from the tables of the section', () => {
    expect(readReport(report('## Guardrails', 'text', '', POLICY, '### `G`', 'text', DENIAL)))
      .toEqual({ granted: [], policies, denied, problems: [] });
  });

  test.each(['permissions boundary', 'service control policy'])('with who a %s applies to', (kind) => {
    const row = `| \`G\` | ${kind} | \`a\`<br>\`b\` | nobody |`;
    expect(readReport(report('## Guardrails', row, '### `G`', DENIAL)).policies)
      .toEqual([{ guardrail: 'G', kind, appliesTo: ['a', 'b'], exceptPrincipals: [] }]);
  });

  test('whatever is above the tables, and in the sections below', () => {
    expect(readReport(report(
      '## Guardrails', 'a |', POLICY, '### `G`', 'b |', DENIAL, '## Acknowledged warnings', '| a |',
    ))).toEqual({ granted: [], policies, denied, problems: [] });
  });

  test('unless one of the tables is missing', () => {
    expect(readReport(report('## Guardrails', POLICY)).problems)
      .toEqual(['the guardrail "G" has no table of what it denies']);
    expect(readReport(report('## Guardrails', '### `G`', DENIAL)).problems)
      .toEqual(['the guardrail "G" has no row that says what it was written as']);
  });

  test.each<[string, string[]]>([
    ['| a | b |', ['| a | b |']],
    ['a policy without its guardrail', [POLICY.replace('`G`', 'G')]],
    ['a policy of another kind', [POLICY.replace('policy document', 'bucket policy')]],
    ['text in the table of policies', ['| --- |', 'text']],
    ['a denial without its action', ['### `G`', DENIAL.replace('`a:B`', 'a:B')]],
    ['a denial without its resource', ['### `G`', DENIAL.replace('`x`<br>`y`', 'x')]],
    ['a denial with fewer cells', ['### `G`', '| `a:B` | `x` |']],
    ['text in the table of denials', ['### `G`', '| --- |', 'text']],
  ])('but for %s', (_, lines) => {
    const { denied: read, problems } = readReport(report('## Guardrails', ...lines));
    expect([read, problems]).toEqual([[], [`line ${lines.length + 2} is not a row of an access report`]]);
  });

  test('and a line that can not be read is named before a table that is missing', () => {
    expect(readReport(report('## Guardrails', POLICY, 'text')).problems)
      .toEqual(['line 4 is not a row of an access report']);
  });
});
