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
