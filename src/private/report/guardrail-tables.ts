/**
 * The guardrails of a report in, and their part of the Markdown out.
 *
 * One table has the policies: where each applies, and who is exempt. Then each guardrail has a table of what it denies,
 * in the form of the tables of permissions. All cells are read back for approval (approved-guardrails.ts).
 */
import { BREAK, code, escape, table } from './cells';
import { conditionsInWords } from './conditions';
import { ElastiCacheReportedDenial, ElastiCacheReportedGuardrail } from '../../elasticache-access-report-json';

export const GUARDRAILS = '## Guardrails';
export const POLICY_COLUMNS = ['Guardrail', 'Written as', 'Applies to', 'Exempt'];
export const DENIAL_COLUMNS = ['Denied action', 'Resource', 'Condition'];

/** What a policy that applies to nothing says. */
const NOTHING: Record<string, string> = {
  'permissions boundary': 'no role or user of this app',
  'service control policy': 'no target in this app',
  'policy document': 'not known',
};

/** The section; nothing where there is no guardrail. */
export function guardrailSection(guardrails: ElastiCacheReportedGuardrail[] = []): string[] {
  if (guardrails.length === 0) { return []; }
  return [
    GUARDRAILS,
    'What these deny, whatever was granted. A permissions boundary applies to the roles and users of this '
      + 'app that carry it. A service control policy applies to the targets that it is attached to. Where a '
      + 'policy document goes is not known. A request to connect carries no `aws:PrincipalArn`, so nobody is '
      + 'exempt from a denial of it. `${aws:…}` in a condition is a value that the request has.',
    table(POLICY_COLUMNS, guardrails.flatMap(({ guardrail, policies, exceptPrincipals }) => (
      policies.map(({ kind, appliesTo = [] }) => [
        code(guardrail), kind, listed(appliesTo) || NOTHING[kind], listed(exceptPrincipals) || 'nobody',
      ])))),
    ...guardrails.flatMap(({ guardrail, denials }) => [`### ${code(guardrail)}`, denialTable(denials)]),
  ];
}

function denialTable(denials: ElastiCacheReportedDenial[]): string {
  const rows = new Map<string, { readonly cells: string[]; readonly resources: string[] }>();
  for (const { action, resource, conditions } of denials) {
    const cells = [code(action), escape(conditionsInWords(conditions))];
    const row = rows.get(cells.join('\0')) ?? { cells, resources: [] };
    rows.set(cells.join('\0'), row);
    row.resources.push(code(resource));
  }
  return table(DENIAL_COLUMNS, [...rows.values()].map(({ cells: [action, conditions], resources }) => (
    [action, resources.join(BREAK), conditions])));
}

function listed(values: string[]): string {
  return values.map(code).join(BREAK);
}
