import { AccessLevel, ElastiCacheAccessReportJson, ElastiCacheReportedPermission } from '../../../src';
import { toMarkdown } from '../../../src/private/report/markdown';

const NOTHING: ElastiCacheAccessReportJson = {
  summary: [], permissions: [], notDelivered: [], acknowledgedWarnings: [],
};
const INTRODUCTION = 'What the grants of `cdk-elasticache-grants` allow. Paths are those of constructs; `${…}` is '
  + 'filled in at deployment, and with a path in it is a reference to that construct. `*` in a resource stands for any '
  + 'characters. Every resource means `*`, every name of a type, or every object of a bucket. A fact that no page of '
  + 'AWS states is marked as **inferred**, and one on which its pages differ as **sources disagree**.';
const HEADER = '| Principal | Action | Resource | Condition | Needed for | Granted by |\n'
  + '| --- | --- | --- | --- | --- | --- |';

const permission = (rest: Partial<ElastiCacheReportedPermission> = {}): ElastiCacheReportedPermission => ({
  principal: 'Role',
  grant: 'Access',
  operation: 'ModifyUser',
  action: 'elasticache:ModifyUser',
  accessLevel: AccessLevel.WRITE,
  resource: 'arn:x',
  reason: 'allows ModifyUser',
  source: 'https://example.com/a b',
  ...rest,
});

/** The paragraphs of a report below its introduction. */
function paragraphs(contents: Partial<ElastiCacheAccessReportJson>): string[] {
  const text = toMarkdown({ ...NOTHING, ...contents });
  expect(text).toMatch(/[^\n]\n$/);
  const [title, introduction, ...rest] = text.trimEnd().split('\n\n');
  expect([title, introduction]).toEqual(['# ElastiCache access', INTRODUCTION]);
  return rest;
}

/** The rows of a table of permissions. */
function rows(...permissions: ElastiCacheReportedPermission[]): string[] {
  const [, , section, table, ...more] = paragraphs({ permissions });
  expect([section, more]).toEqual(['## Other writes', []]);
  expect(table.slice(0, HEADER.length)).toBe(HEADER);
  return table.slice(HEADER.length + 1).split('\n');
}

test('a report on nothing says so', () => {
  expect(paragraphs({})).toEqual(['## Summary', 'Nothing is granted.']);
});

test('the summary has a row for each principal', () => {
  expect(paragraphs({
    summary: [
      { principal: 'A', operations: 3, onEveryResource: 2, writing: 1 },
      { principal: 'B', operations: 4, onEveryResource: 0, writing: 4 },
    ],
  })).toEqual(['## Summary', [
    '| Principal | Operations | of them on `*` | of them writing |',
    '| --- | ---: | ---: | ---: |',
    '| `A` | 3 | 2 | 1 |',
    '| `B` | 4 | 0 | 4 |',
  ].join('\n')]);
});

test('permissions are in sections, the most powerful first, and each section with any is there', () => {
  const each = [
    permission({ accessLevel: AccessLevel.LIST }), permission({ accessLevel: AccessLevel.LIST, resource: '*' }),
    permission(), permission({ resource: '*' }), permission({ accessLevel: AccessLevel.PERMISSIONS_MANAGEMENT }),
  ];
  const titles = [
    '## Permissions management', '## Writes on every resource', '## Other writes', '## Reads on every resource',
    '## Other reads',
  ];
  const sections = (permissions: ElastiCacheReportedPermission[]) => (
    paragraphs({ permissions }).filter((one) => one.startsWith('#')));
  expect(sections(each)).toEqual(['## Summary', ...titles]);
  each.forEach((one, index) => expect(sections([one])).toEqual(['## Summary', titles[4 - index]]));
});

test('after them come guardrails, what was not delivered, and warnings that were acknowledged', () => {
  expect(paragraphs({
    guardrails: [{
      guardrail: 'G', policies: [{ kind: 'policy document' }], exceptPrincipals: [], denials: [],
    }],
    notDelivered: [permission()],
    acknowledgedWarnings: [{ construct: 'Stack/Access', id: 'a:b', message: 'too *wide*' }],
  }).filter((one) => !one.startsWith('What these deny'))).toEqual([
    '## Summary',
    'Nothing is granted.',
    '## Guardrails',
    '| Guardrail | Written as | Applies to | Exempt |\n| --- | --- | --- | --- |\n'
      + '| `G` | policy document | not known | nobody |',
    '### `G`',
    '| Denied action | Resource | Condition |\n| --- | --- | --- |',
    '## Not delivered',
    'CDK can\'t change the policies that these belong in, so nobody got them from this app.',
    `${HEADER}\n| \`Role\` | \`elasticache:ModifyUser\` (Write) | \`arn:x\` |  | `
      + '[ModifyUser](https://example.com/a%20b) | `Access` |',
    '## Acknowledged warnings',
    '| Construct | Warning | Text |\n| --- | --- | --- |\n| `Stack/Access` | `a:b` | too \\*wide\\* |',
  ]);
});

describe('a row', () => {
  const row = (...[resource, condition, reasons, grants]: string[]) => (
    `| \`Role\` | \`elasticache:ModifyUser\` (Write) | ${resource} | ${condition} | ${reasons} | ${grants} |`);
  const LINK = '[ModifyUser](https://example.com/a%20b)';
  const conditions = { StringLike: { 'aws:ResourceTag/team': ['a*'] } };
  const IN_WORDS = 'aws:ResourceTag/team matches "a\\*"';

  test('has one action of one principal, with its conditions', () => {
    expect(rows(permission({ conditions }))).toEqual([row('`arn:x`', IN_WORDS, LINK, '`Access`')]);
  });

  test('says where the access level is not known', () => {
    expect(rows(permission({ accessLevel: undefined }))).toEqual([
      row('`arn:x`', '', LINK, '`Access`').replace('Write', 'access level not known'),
    ]);
  });

  test('has all resources that differ in nothing else', () => {
    const [second, third] = [permission({ resource: 'arn:y' }), permission({ resource: 'arn:z', conditions })];
    expect(rows(permission(), second, third)).toEqual([
      row('`arn:x`<br>`arn:y`', '', LINK, '`Access`'), row('`arn:z`', IN_WORDS, LINK, '`Access`'),
    ]);
  });

  test.each<[string, Partial<ElastiCacheReportedPermission>]>([
    ['principal', { principal: 'User' }], ['action', { action: 'a:B' }], ['condition', { conditions }],
    ['reason', { resource: 'arn:y', reason: 'because' }], ['grant', { resource: 'arn:y', grant: 'Other' }],
    ['operation', { resource: 'arn:y', operation: 'CreateUser' }],
  ])('is another one for another %s', (_, other) => {
    expect(rows(permission(), permission(other))).toHaveLength(2);
  });

  test('has each grant and each operation once, by the reason', () => {
    expect(rows(
      permission(), permission({ grant: 'Other' }), permission({ reason: 'because' }),
      permission({ operation: 'CreateUser', reason: 'because' }),
    )).toEqual([
      row('`arn:x`', '', `${LINK}<br>${LINK}, ${LINK.replace('ModifyUser', 'CreateUser')}: because`,
        '`Access`<br>`Other`'),
    ]);
  });

  test.each([
    ['allows ModifyUser', LINK],
    ['allows ModifyUser, a type that every call is authorized on', `${LINK}: a type that every call is authorized on`],
    ['allows ModifyUser where a call names it', `${LINK}: where a call names it`],
    ['tags what the call creates', `${LINK}: tags what the call creates`],
    ['takes a *last* snapshot', `${LINK}: takes a \\*last\\* snapshot`],
    ['also allows ModifyUser', `${LINK}: also allows ModifyUser`],
    ['reads, and writes', `${LINK}: reads, and writes`],
    ['lists them (inferred: no page says so)', `${LINK}: **inferred**: lists them (inferred: no page says so)`],
    ['lists them (sources disagree)', `${LINK}: **sources disagree**: lists them (sources disagree)`],
    ['is inferred', `${LINK}: is inferred`],
  ])('has the reason %j as %s', (reason, expected) => {
    expect(rows(permission({ reason }))).toEqual([row('`arn:x`', '', expected, '`Access`')]);
  });
});
