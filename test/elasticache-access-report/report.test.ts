import { readFileSync } from 'fs';
import { join } from 'path';
import fc from 'fast-check';
import schema from '../../docs/access-report.schema.json';
import { MINIMIZE, runs } from '../harness';
import { reportedApp } from '../support/reported-app';
import { schemaProblems } from '../support/schema';

const ORDER = Array.from({ length: 9 }, (_, index) => index);
const files = (directory: string) => (
  ['md', 'json'].map((ending) => readFileSync(join(directory, `elasticache-access.${ending}`), 'utf8')));

function synthesized(context?: Record<string, unknown>, order = ORDER): string[] {
  const { app, grants, report } = reportedApp(undefined, context);
  order.forEach((index) => (index < grants.length ? grants[index]() : report()));
  return files(app.synth().directory);
}

describe('the report', () => {
  const [markdown, json] = synthesized();

  test('has everything that was granted, the most powerful first', () => {
    expect(markdown).toMatchSnapshot();
    expect(json).toMatchSnapshot();
  });

  test('has no placeholder, no number of a token, no logical ID, no path of the machine and no date', () => {
    expect(`${markdown}${json}`).not.toMatch(/Token|TOKEN|\/tmp|[A-Z][a-z]+[A-F0-9]{8}\b|\b20\d\d-/);
  });

  test('is the same with minimizePolicies, and as Unix ends lines', () => {
    expect(synthesized({ [MINIMIZE]: true })).toEqual([markdown, json]);
    expect(`${markdown}${json}`).not.toContain('\r');
    expect([markdown, json].every((text) => /[^\n]\n$/.test(text))).toBe(true);
  });

  test('is what toMarkdown and toJson give, before and after synthesis', () => {
    const { app, grants, report } = reportedApp();
    const made = report();
    expect(made.toJson()).toEqual({ summary: [], permissions: [], notDelivered: [], acknowledgedWarnings: [] });
    grants.forEach((grant) => grant());
    expect([made.toMarkdown(), `${JSON.stringify(made.toJson(), undefined, 2)}\n`]).toEqual([markdown, json]);
    app.synth();
    expect(made.toMarkdown()).toBe(markdown);
  });

  test('meets the schema of its JSON, and what lacks a part does not', () => {
    const report = JSON.parse(json);
    expect(schemaProblems(schema, report)).toEqual([]);
    const { permissions: [{ principal, ...rest }] } = report;
    expect(schemaProblems(schema, { ...report, permissions: [rest] })).toEqual([
      '/permissions/0: principal is missing',
    ]);
    expect(schemaProblems(schema, { ...report, permissions: [{ ...rest, principal, accessLevel: 'Any' }] })).toEqual([
      '/permissions/0/accessLevel: "Any" is none of its values',
    ]);
    expect(schemaProblems(schema, { ...report, more: 1 })).toEqual(['/more: not expected']);
  });

  // Red if anything depends on when something was made: records are kept in that order.
  test('is the same in any order of grants, wherever the report is made', () => {
    const orders = fc.shuffledSubarray(ORDER, { minLength: ORDER.length });
    fc.assert(fc.property(orders, (order) => {
      expect(synthesized({}, order)).toEqual([markdown, json]);
    }), runs(20));
  });
});
