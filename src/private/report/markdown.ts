/**
 * The contents of a report in, and Markdown out: what a reviewer reads and signs.
 *
 * A row has one action of one principal, under some conditions. Its first four cells are what is granted, which
 * approval reads back (approved.ts); the others say why. Values are code, so that nothing in them is read as Markdown.
 */
import { BREAK, code, escape, table } from './cells';
import { conditionsInWords } from './conditions';
import { POWERS, powerOf } from './contents';
import { guardrailSection } from './guardrail-tables';
import {
  ElastiCacheAccessReportJson, ElastiCacheReportedPermission,
} from '../../elasticache-access-report-json';

export const TITLE = '# ElastiCache access';
export const COLUMNS = ['Principal', 'Action', 'Resource', 'Condition', 'Needed for', 'Granted by'];

/** The report as Markdown. */
export function toMarkdown({
  summary, permissions, notDelivered, guardrails, acknowledgedWarnings,
}: ElastiCacheAccessReportJson): string {
  return [
    TITLE,
    'What the grants of `cdk-elasticache-grants` allow. Paths are those of constructs; `${…}` is filled in at '
      + 'deployment, and with a path in it is a reference to that construct. `*` in a resource stands for any '
      + 'characters. Every resource means `*`, every name of a type, or every object of a bucket. A fact that no page '
      + 'of AWS states is marked as **inferred**, and one on which its pages differ as **sources disagree**.',
    '## Summary',
    summary.length === 0 ? 'Nothing is granted.' : table(
      ['Principal', 'Operations', 'of them on `*`', 'of them writing'],
      summary.map(({ principal, operations, onEveryResource, writing }) => (
        [code(principal), `${operations}`, `${onEveryResource}`, `${writing}`])),
      ['', ':', ':', ':'],
    ),
    ...POWERS.flatMap((power) => {
      const rows = permissions.filter((permission) => powerOf(permission) === power);
      return rows.length === 0 ? [] : [`## ${power}`, permissionTable(rows)];
    }),
    ...guardrailSection(guardrails),
    ...notDelivered.length === 0 ? [] : [
      '## Not delivered',
      'CDK can\'t change the policies that these belong in, so nobody got them from this app.',
      permissionTable(notDelivered),
    ],
    ...acknowledgedWarnings.length === 0 ? [] : [
      '## Acknowledged warnings',
      table(['Construct', 'Warning', 'Text'], acknowledgedWarnings.map(({ construct, id, message }) => (
        [code(construct), code(id), escape(message)]))),
    ],
  ].join('\n\n') + '\n';
}

function permissionTable(permissions: ElastiCacheReportedPermission[]): string {
  const byCells = new Map<string, ElastiCacheReportedPermission[]>();
  for (const permission of permissions) {
    const { principal, action, resource, conditions } = permission;
    const key = [principal, action, resource, conditionsInWords(conditions)].join('\0');
    byCells.set(key, [...byCells.get(key) ?? [], permission]);
  }
  // Rows that differ in their resource alone are one: the objects of a restore may be hundreds.
  const rows = new Map<string, { readonly cells: string[]; readonly resources: string[] }>();
  for (const group of byCells.values()) {
    const [{ principal, action, accessLevel, resource, conditions }] = group;
    const distinct = (texts: string[]) => [...new Set(texts)].join(BREAK);
    const cells = [
      code(principal),
      `${code(action)} (${accessLevel ?? 'access level not known'})`,
      escape(conditionsInWords(conditions)),
      reasons(group),
      distinct(group.map(({ grant }) => code(grant))),
    ];
    const key = cells.join('\0');
    const row = rows.get(key) ?? { cells, resources: [] };
    row.resources.push(code(resource));
    rows.set(key, row);
  }
  return table(COLUMNS, [...rows.values()].map(({ cells: [principal, action, ...rest], resources }) => (
    [principal, action, resources.join(BREAK), ...rest])));
}

/** Each operation, which leads to the source, and the reason. What is not certain is marked. */
function reasons(permissions: ElastiCacheReportedPermission[]): string {
  const operationsByReason = new Map<string, Set<string>>();
  for (const { operation, reason, source } of permissions) {
    const mark = ['inferred', 'sources disagree'].find((one) => reason.includes(`(${one}`));
    // The reason of an operation's own action begins with what the link says already.
    const rest = escape(reason.startsWith(`allows ${operation}`) ? reason.slice(`allows ${operation}`.length) : reason);
    const text = `${mark ? `**${mark}**: ` : ''}${rest.trim().replace(/^, /, '')}`;
    const operations = operationsByReason.get(text) ?? new Set();
    operationsByReason.set(text, operations.add(`[${escape(operation)}](${encodeURI(source)})`));
  }
  return [...operationsByReason]
    .map(([text, operations]) => `${[...operations].join(', ')}${text === '' ? '' : `: ${text}`}`)
    .join(BREAK);
}
