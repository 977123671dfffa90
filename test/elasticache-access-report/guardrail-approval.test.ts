import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ElastiCacheAccessReport, ElastiCacheGuardrail, ElastiCacheGuardrailRule as Rule, ElastiCacheOperation,
  ElastiCacheResource,
} from '../../src';
import { messageOf, newApp, newRole } from '../harness';

/** The guardrails of an app: the ID of each, with its rules, its policies, and what these apply to. */
interface Guarded {
  readonly rules?: Rule[];
  readonly exempt?: string[];

  /** Its permissions boundary is made, and these roles carry it. */
  readonly roles?: string[];

  /** Its service control policy is made, and attached to these. */
  readonly targets?: string[];
  readonly isDocument?: boolean;
}

const GROUP = 'arn:*:elasticache:*:*:replicationgroup';
const deletes = (...names: string[]) => (
  Rule.denyMatching('Delete*', names.map((name) => ElastiCacheResource.replicationGroup(name))));
const baseline = (guarded: Guarded) => ({ Baseline: { rules: [deletes('prod-*')], ...guarded } });

/** An app with two roles that are granted nothing, and with these guardrails. */
function appWith(guardrails: Record<string, Guarded>, approved?: string) {
  const app = newApp();
  const report = new ElastiCacheAccessReport(app, 'Access', { approved });
  const stack = new Stack(app, 'Stack');
  const roles = new Map(['A', 'B'].map((id) => [id, newRole(stack, id)]));
  for (const [id, { rules = [Rule.noExports()], roles: bounded, targets, ...rest }] of Object.entries(guardrails)) {
    const guardrail = new ElastiCacheGuardrail(stack, id, { rules, exceptPrincipals: rest.exempt });
    if (bounded) {
      const boundary = guardrail.toPermissionsBoundary();
      bounded.forEach((role) => iam.PermissionsBoundary.of(roles.get(role)!).apply(boundary));
    }
    if (targets) { guardrail.toServiceControlPolicy(targets.length === 0 ? undefined : targets); }
    if (rest.isDocument) { guardrail.toPolicyDocument(); }
  }
  return { app, report };
}

/** The Markdown of an app's report, as synthesis writes it. */
function markdownOf(guardrails: Record<string, Guarded>): string {
  const { app, report } = appWith(guardrails);
  app.synth();
  return report.toMarkdown();
}

/** What synthesis says of an app whose approved report has this text; nothing where it succeeds. */
function problem(text: string, guardrails: Record<string, Guarded>): string[] {
  const approved = join(mkdtempSync(join(tmpdir(), 'approval-')), 'access.approved.md');
  writeFileSync(approved, text);
  const { app } = appWith(guardrails, approved);
  let message = 'nothing is wrong';
  try {
    app.synth();
  } catch {
    const written = relative('', join(app.outdir, 'elasticache-access.md'));
    message = messageOf(() => app.synth({ force: true }))
      .replace('Validation failed with the following errors:\n  [Access] ', '')
      .replaceAll(JSON.stringify(approved), 'APPROVED').replaceAll(approved, 'APPROVED').replaceAll(written, 'WRITTEN');
  }
  return message.split('\n');
}

const differs = (...lines: string[]) => ['what is granted is not what APPROVED approves', ...lines,
  'to approve what is granted now, review WRITTEN, and copy it: cp WRITTEN APPROVED'];
const SAME = ['nothing is wrong'];

/** The difference between an approved app and the present one, and the other way round. */
function bothWays(approved: Record<string, Guarded>, present: Record<string, Guarded>): string[][] {
  return [problem(markdownOf(approved), present), problem(markdownOf(present), approved)];
}

test.each<[string, (text: string) => string]>([
  ['as it was written', (text) => text],
  ['with the ends of lines of Windows', (text) => text.replaceAll('\n', '\r\n')],
  ['with spaces around cells', (text) => text.replace(/(?<!\\)\|/g, ' | ').replace(/^ /gm, '')],
  ['with another text before the tables', (text) => text.replace(/What these deny.*/, 'Signed by Jo.\n\nAll of it.')],
  ['with other words for nothing', (text) => text.replace('no role or user of this app', 'none')],
])('synthesis succeeds where guardrails deny what was approved, %s', (_, change) => {
  const guardrails = {
    ...baseline({ roles: ['A', 'B'], targets: ['r-ab12'], exempt: ['arn:aws:iam::*:role/x-*'] }),
    Tags: { rules: [Rule.keepTags(['a|b']), Rule.onlyNodeTypes(['cache.t4g.*'])], roles: [], isDocument: true },
  };
  expect(problem(change(markdownOf(guardrails)), guardrails)).toEqual(SAME);
});

describe('a report that was approved before reports had guardrails', () => {
  const text = '# ElastiCache access\n\n## Summary\n\nNothing is granted.\n';

  test('matches an app without one', () => {
    expect(problem(text, {})).toEqual(SAME);
    expect(problem(text, { Unwritten: {} })).toEqual(SAME);
  });

  test('has less than an app with one', () => {
    expect(problem(text, baseline({ roles: [] }))).toEqual(differs('narrower:',
      `- Stack/Baseline (new): elasticache:Delete* on ${GROUP}:prod-*, now denied (permissions boundary)`));
  });
});

describe('wider is, and the opposite is narrower', () => {
  test('a guardrail that is gone, with its rules, its carriers and its targets', () => {
    expect(bothWays(baseline({ roles: ['A'], targets: ['r-ab12'], isDocument: true }), {})).toEqual([
      differs(
        'wider:',
        '- Stack/A: no longer bounded by Stack/Baseline',
        ...['permissions boundary', 'policy document', 'service control policy'].map((kind) => (
          `- Stack/Baseline (gone): elasticache:Delete* on ${GROUP}:prod-*, no longer denied (${kind})`)),
        '- Stack/Baseline: no longer attached to r-ab12 (service control policy)'),
      differs(
        'narrower:',
        '- Stack/A: now bounded by Stack/Baseline',
        ...['permissions boundary', 'policy document', 'service control policy'].map((kind) => (
          `- Stack/Baseline (new): elasticache:Delete* on ${GROUP}:prod-*, now denied (${kind})`)),
        '- Stack/Baseline: now attached to r-ab12 (service control policy)'),
    ]);
  });

  test('a policy of a guardrail that is gone', () => {
    expect(bothWays(baseline({ roles: [], targets: [] }), baseline({ targets: [] }))).toEqual([
      differs('wider:',
        `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, no longer denied (permissions boundary)`),
      differs('narrower:',
        `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, now denied (permissions boundary)`),
    ]);
  });

  test('a denial that is gone', () => {
    const tagged = 'elasticache:Delete* on *, if aws:ResourceTag/env is "prod"';
    const both = [deletes('prod-*'), Rule.protectTagged('env', ['prod'])];
    expect(bothWays(baseline({ rules: both, targets: [] }), baseline({ targets: [] }))).toEqual([
      differs('wider:', `- Stack/Baseline: ${tagged}, no longer denied (service control policy)`),
      differs('narrower:', `- Stack/Baseline: ${tagged}, now denied (service control policy)`),
    ]);
  });

  test('a denial on fewer resources, which names those that are left', () => {
    expect(bothWays(baseline({ roles: [] }), baseline({ rules: [deletes('prod-a', 'prod-b')], roles: [] }))).toEqual([
      differs('wider:', `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, now denied only on ${GROUP}:prod-a `
        + `and on ${GROUP}:prod-b (permissions boundary)`),
      differs('narrower:', `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, now denied, approved only on `
        + `${GROUP}:prod-a and on ${GROUP}:prod-b (permissions boundary)`),
    ]);
  });

  test('a denial of fewer actions, whose pattern was wider', () => {
    const [all, one] = [Rule.denyMatching('Delete*'), Rule.denyOperations([ElastiCacheOperation.DELETE_USER])];
    expect(bothWays(baseline({ rules: [all], roles: [] }), baseline({ rules: [one], roles: [] }))).toEqual([
      differs('wider:', '- Stack/Baseline: elasticache:Delete* on *, no longer denied (permissions boundary)'),
      differs('narrower:', '- Stack/Baseline: elasticache:Delete* on *, now denied (permissions boundary)'),
    ]);
  });

  test('a condition on a denial', () => {
    const [all, tagged] = [Rule.denyMatching('Delete*'), Rule.protectTagged('env', ['prod'])];
    const condition = 'on *, if aws:ResourceTag/env is "prod"';
    expect(bothWays(baseline({ rules: [all], roles: [] }), baseline({ rules: [tagged], roles: [] }))).toEqual([
      differs('wider:',
        `- Stack/Baseline: elasticache:Delete* on *, now denied only ${condition} (permissions boundary)`),
      differs('narrower:',
        `- Stack/Baseline: elasticache:Delete* on *, now denied, approved only ${condition} (permissions boundary)`),
    ]);
  });

  test('a role that no longer carries the boundary', () => {
    expect(bothWays(baseline({ roles: ['A', 'B'] }), baseline({ roles: ['B'] }))).toEqual([
      differs('wider:', '- Stack/A: no longer bounded by Stack/Baseline'),
      differs('narrower:', '- Stack/A: now bounded by Stack/Baseline'),
    ]);
  });

  test('a boundary in place of another one', () => {
    const two = (one: string[], other: string[]) => ({ One: { roles: one }, Two: { roles: other } });
    expect(problem(markdownOf(two(['A'], [])), two([], ['A']))).toEqual(differs(
      'wider:', '- Stack/A: no longer bounded by Stack/One', 'narrower:', '- Stack/A: now bounded by Stack/Two'));
  });

  test('a target that was removed', () => {
    expect(bothWays(baseline({ targets: ['r-ab12', '111122223333'] }), baseline({ targets: ['r-ab12'] }))).toEqual([
      differs('wider:', '- Stack/Baseline: no longer attached to 111122223333 (service control policy)'),
      differs('narrower:', '- Stack/Baseline: now attached to 111122223333 (service control policy)'),
    ]);
  });

  test('somebody who is newly exempt', () => {
    const exempt = (...names: string[]) => (
      baseline({ roles: [], exempt: names.map((name) => `arn:aws:iam::*:role/${name}`) }));
    const line = (name: string, words: string) => (
      `- Stack/Baseline: arn:aws:iam::*:role/${name}, ${words} (permissions boundary)`);
    expect(bothWays(baseline({ roles: [] }), exempt('x-*'))).toEqual([
      differs('wider:', line('x-*', 'now exempt')), differs('narrower:', line('x-*', 'no longer exempt')),
    ]);
    expect(bothWays(exempt('x-a'), exempt('x-*'))).toEqual([
      differs('wider:', line('x-*', 'now exempt')), differs('narrower:', line('x-*', 'no longer exempt')),
    ]);
    expect(bothWays(exempt('x-*'), exempt('x-*', 'x-a'))).toEqual([
      differs('the same, written in another way:', line('x-a', 'now listed as exempt')),
      differs('the same, written in another way:', line('x-a', 'no longer listed as exempt')),
    ]);
  });
});

describe('who is exempt is compared', () => {
  const exempt = ['arn:aws:iam::*:role/x-*'];

  test('only of policies that there were and are', () => {
    expect(bothWays(baseline({ roles: [], targets: [], exempt }), baseline({ roles: [], exempt }))).toEqual([
      differs('wider:',
        `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, no longer denied (service control policy)`),
      differs('narrower:',
        `- Stack/Baseline: elasticache:Delete* on ${GROUP}:prod-*, now denied (service control policy)`),
    ]);
  });

  test('for each guardrail and each of its policies', () => {
    const two = (one?: string[], other?: string[]) => ({
      One: { roles: [], exempt: one }, Two: { roles: [], targets: [], exempt: other },
    });
    expect(problem(markdownOf(two(exempt)), two(exempt, exempt))).toEqual(differs(
      'wider:',
      `- Stack/Two: ${exempt[0]}, now exempt (permissions boundary)`,
      `- Stack/Two: ${exempt[0]}, now exempt (service control policy)`));
  });
});

test('a denial that another one has already is neither', () => {
  const text = markdownOf(baseline({ roles: [] }));
  const line = '- Stack/Baseline: elasticache:DeleteReplicationGroup on '
    + `${GROUP}:prod-a, no longer listed (permissions boundary)`;
  const more = `| \`elasticache:DeleteReplicationGroup\` | \`${GROUP}:prod-a\` |  |\n`;
  expect(problem(text + more, baseline({ roles: [] }))).toEqual(differs('the same, written in another way:', line));
});

test('what a guardrail denies makes up for nothing that another one denied', () => {
  expect(problem(markdownOf({ One: { roles: [] } }), { Two: { roles: [] } })).toEqual(differs(
    'wider:',
    '- Stack/One (gone): elasticache:CopySnapshot on *, no longer denied (permissions boundary)',
    '- Stack/One (gone): elasticache:Export* on *, no longer denied (permissions boundary)',
    'narrower:',
    '- Stack/Two (new): elasticache:CopySnapshot on *, now denied (permissions boundary)',
    '- Stack/Two (new): elasticache:Export* on *, now denied (permissions boundary)'));
});

describe('a file was edited that', () => {
  const guardrails = baseline({ roles: ['A'] });
  test.each<[string, (text: string) => string, string]>([
    ['has the marks of a conflict', (text) => `${text}>>>>>>> theirs\n`, 'line 22 is not a row of an access report'],
    ['has a denial without its action', (text) => text.replace('`elasticache:Delete*`', ''),
      'line 21 is not a row of an access report'],
    ['has a denial without its resource', (text) => text.replace(`\`${GROUP}:prod-*\``, 'all'),
      'line 21 is not a row of an access report'],
    ['has a denial with another number of cells', (text) => `${text}| \`elasticache:*\` | \`*\` |\n`,
      'line 22 is not a row of an access report'],
    ['has a policy of another kind', (text) => text.replace('| permissions boundary |', '| bucket policy |'),
      'line 15 is not a row of an access report'],
    ['has a policy without its guardrail', (text) => text.replace('| `Stack/Baseline` |', '| Baseline |'),
      'line 15 is not a row of an access report'],
    ['lacks the row of a policy', (text) => text.replace(/\| `Stack\/Baseline` \|.*\n/, ''),
      'the guardrail "Stack/Baseline" has no row that says what it was written as'],
    ['lacks the table of a guardrail', (text) => text.slice(0, text.indexOf('###')),
      'the guardrail "Stack/Baseline" has no table of what it denies'],
  ])('%s', (_, change, expected) => {
    expect(problem(change(markdownOf(guardrails)), guardrails)).toEqual([
      `approved: APPROVED was edited, or is something else: ${expected}; `
      + 'to approve what is granted now, review WRITTEN, and copy it: cp WRITTEN APPROVED',
    ]);
  });
});
