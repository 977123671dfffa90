import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, relative } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessReport, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
  SnapshotSource,
} from '../../src';
import { messageOf, newApp, newRole, runs } from '../harness';
import { reportedApp, smallApp, stageWithGrant } from '../support/reported-app';

const ARN = 'arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:replicationgroup';
const folder = () => mkdtempSync(join(tmpdir(), 'approval-'));

/** A file with this text, and its path. */
function file(text: string, name = 'access.approved.md'): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

const markdownOf = (names: string[], roles?: string[]) => smallApp(names, undefined, roles).report.toMarkdown();

/** What synthesis says of an app whose approved report has this text, without what CDK puts around it. */
function problem(text: string, names: string[], roles?: string[]): string {
  const approved = file(text);
  const { app } = smallApp(names, { approved }, roles);
  const written = relative('', join(app.outdir, 'elasticache-access.md'));
  return messageOf(() => app.synth())
    .replace('Validation failed with the following errors:\n  [Access] ', '')
    .replaceAll(JSON.stringify(approved), 'APPROVED').replaceAll(approved, 'APPROVED').replaceAll(written, 'WRITTEN');
}
const REMEDY = 'to approve what is granted now, review WRITTEN, and copy it: cp WRITTEN APPROVED';
const differs = (...lines: string[]) => ['what is granted is not what APPROVED approves', ...lines, REMEDY].join('\n');

describe('synthesis succeeds where what is granted is what was approved', () => {
  test.each<[string, (text: string) => string]>([
    ['as it was written', (text) => text],
    ['with the ends of lines of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['with a byte order mark', (text) => `\uFEFF${text}`],
    ['with spaces around cells, as formatters add them', (text) => text.replace(/\|(?!\\)/g, (bar) => ` ${bar} `)],
    ['with other reasons and sources', (text) => text.replace(/\[ModifyReplicationGroup\]\([^)]*\)/g, 'because')],
    ['with a remark', (text) => text.replace('## Summary', 'Signed by Jo.\n\n## Summary')],
  ])('%s', (_, change) => {
    const { app } = smallApp(['a', 'b-*'], { approved: file(change(markdownOf(['b-*', 'a']))) });
    expect(() => app.synth()).not.toThrow();
  });

  test('with every kind of grant, of value and of character', () => {
    const made = reportedApp();
    made.grants.forEach((grant) => grant());
    const approved = file(made.report().toMarkdown());
    const again = reportedApp({ approved });
    again.report();
    again.grants.forEach((grant) => grant());
    expect(() => again.app.synth()).not.toThrow();
  });

  test('at a path that is relative to the working directory', () => {
    const approved = relative('', file(markdownOf(['a'])));
    expect(() => smallApp(['a'], { approved }).app.synth()).not.toThrow();
    expect(() => smallApp(['b'], { approved }).app.synth()).toThrow('what is granted is not what');
  });

  // Red if reading a report back loses or changes anything of a name, which would hide a difference.
  test('whatever the names have, and fails for any other name', () => {
    const name = fc.stringMatching(/^[a-z][ -~]{0,12}$/).filter((text) => !/[*?$:{}A-Z"\\/]/.test(text.slice(1)));
    const text = (key: string) => {
      const app = newApp();
      const stack = new Stack(app, 'Stack');
      new ElastiCacheAccessGrant(stack, 'Access', {
        operations: [ElastiCacheOperation.MODIFY_REPLICATION_GROUP],
        conditions: [ElastiCacheCondition.resourceTag('team', [key])],
      }).toRole(newRole(stack));
      return { app, stack };
    };
    fc.assert(fc.property(name, name, (approvedName, grantedName) => {
      const first = text(approvedName);
      const markdown = new ElastiCacheAccessReport(first.app, 'Access').toMarkdown();
      const second = text(grantedName);
      new ElastiCacheAccessReport(second.app, 'Access', { approved: file(markdown) });
      const differsNow = approvedName !== grantedName;
      if (differsNow) {
        expect(() => second.app.synth()).toThrow('wider:\n- Stack/Role: ');
      } else {
        expect(() => second.app.synth()).not.toThrow();
      }
    }), runs(30));
  });
});

describe('synthesis fails with the difference in words', () => {
  const action = 'Stack/Role: elasticache:ModifyReplicationGroup';

  test('of one ARN that is another one', () => {
    expect(problem(markdownOf(['a']), ['b'])).toBe(differs(
      'wider:', `- ${action} on ${ARN}:b`, 'narrower:', `- ${action} on ${ARN}:a, no longer`));
  });

  test('of more, which is wider', () => {
    expect(problem(markdownOf(['a']), ['a', 'b'])).toBe(differs('wider:', `- ${action} on ${ARN}:b`));
  });

  test('of less, which is narrower', () => {
    expect(problem(markdownOf(['a', 'b']), ['b'])).toBe(differs('narrower:', `- ${action} on ${ARN}:a, no longer`));
  });

  test('of a pattern in place of a name, which is wider', () => {
    expect(problem(markdownOf(['prod-a', 'x']), ['prod-*', 'x'])).toBe(differs(
      'wider:', `- ${action} on ${ARN}:prod-*, approved only on ${ARN}:prod-a`));
  });

  test('of a name in place of a pattern, which is narrower', () => {
    expect(problem(markdownOf(['prod-*']), ['prod-a', 'prod-b'])).toBe(differs(
      'narrower:', `- ${action} on ${ARN}:prod-*, now only on ${ARN}:prod-a and on ${ARN}:prod-b`));
  });

  test('of a name that a pattern has already, which is neither', () => {
    expect(problem(markdownOf(['prod-*']), ['prod-*', 'prod-a'])).toBe(differs(
      'the same, written in another way:', `- ${action} on ${ARN}:prod-a, now listed`));
    expect(problem(markdownOf(['prod-*', 'prod-a']), ['prod-*'])).toBe(differs(
      'the same, written in another way:', `- ${action} on ${ARN}:prod-a, no longer listed`));
  });

  test('for each principal, and of who is new and who is gone', () => {
    expect(problem(markdownOf(['a'], ['Role', 'Old']), ['a'], ['Role', 'New'])).toBe(differs(
      'wider:', `- Stack/New (new): elasticache:ModifyReplicationGroup on ${ARN}:a`,
      'narrower:', `- Stack/Old (gone): elasticache:ModifyReplicationGroup on ${ARN}:a, no longer`));
  });

  test('of a condition that was added or dropped', () => {
    const conditional = (some: boolean) => {
      const app = newApp();
      const stack = new Stack(app, 'Stack');
      new ElastiCacheAccessGrant(stack, 'Access', {
        operations: [ElastiCacheOperation.MODIFY_REPLICATION_GROUP],
        resources: [ElastiCacheResource.replicationGroup('a')],
        conditions: some ? [ElastiCacheCondition.resourceTag('team', ['x|y'])] : undefined,
      }).toRole(newRole(stack));
      return new ElastiCacheAccessReport(app, 'Access').toMarkdown();
    };
    expect(problem(conditional(true), ['a'])).toBe(differs(
      'wider:',
      `- ${action} on ${ARN}:a, approved only on ${ARN}:a, if aws:ResourceTag/team is "x|y"`));
  });

  // Red if a dollar sign, which policies have as a variable, is read as the start of another one.
  test('of objects whose keys have dollar signs', () => {
    const restoring = (keys: string[], approved?: string) => {
      const app = newApp();
      const report = new ElastiCacheAccessReport(app, 'Access', { approved });
      const stack = new Stack(app, 'Stack');
      new ElastiCacheAccessGrant(stack, 'Access', {
        operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
        snapshots: [SnapshotSource.fromBucketName('my-bucket', keys)],
      }).toRole(newRole(stack));
      return { app, report };
    };
    const approved = file(restoring(['a$.rdb', 'b.rdb']).report.toMarkdown());
    expect(messageOf(() => restoring(['a$.rdb', 'c$.rdb'], approved).app.synth())).toContain([
      'wider:', '- Stack/Role: s3:GetObject on arn:${AWS::Partition}:s3:::my-bucket/c${$}.rdb',
      'narrower:', '- Stack/Role: s3:GetObject on arn:${AWS::Partition}:s3:::my-bucket/b.rdb, no longer', '',
    ].join('\n'));
  });

  test('with 20 lines of a kind', () => {
    const names = Array.from({ length: 25 }, (_, index) => `n${index + 10}`);
    expect(problem(markdownOf(['a']), ['a', ...names])).toBe(differs(
      'wider:', ...names.slice(0, 20).map((name) => `- ${action} on ${ARN}:${name}`), '- and 5 more'));
  });

  test('and the report to review is written all the same', () => {
    const { app, report } = smallApp(['b'], { approved: file(markdownOf(['a'])) });
    expect(() => app.synth()).toThrow();
    expect(readFileSync(join(app.outdir, 'elasticache-access.md'), 'utf8')).toBe(report.toMarkdown());
  });
});

describe('synthesis fails where the file', () => {
  test('is missing', () => {
    const approved = join(folder(), 'none.md');
    const { app } = smallApp(['a'], { approved });
    const written = relative('', join(app.outdir, 'elasticache-access.md'));
    expect(messageOf(() => app.synth())).toContain(`[Access] approved: there is no file ${JSON.stringify(approved)} `
      + `in the working directory, ${JSON.stringify(process.cwd())}: to approve what is granted now, review ${written}`
      + `, and copy it: cp ${written} ${approved}`);
  });

  test('has spaces in its path, which the command quotes', () => {
    const approved = join(folder(), 'my access.md');
    expect(messageOf(() => smallApp(['a'], { approved }).app.synth())).toContain(`.md "${approved}"`);
  });

  test('is a folder', () => {
    const approved = folder();
    expect(messageOf(() => smallApp(['a'], { approved }).app.synth())).toContain(
      `[Access] approved: ${JSON.stringify(approved)} can't be read (EISDIR): expected a file that an access report `
      + 'was copied to');
  });

  test('is in the cloud assembly', () => {
    const outdir = folder();
    const app = new App({ outdir });
    new ElastiCacheAccessReport(app, 'Access', { approved: join(outdir, 'elasticache-access.md') });
    expect(messageOf(() => app.synth())).toContain(`[Access] approved: ${
      JSON.stringify(join(outdir, 'elasticache-access.md'))} is in the cloud assembly, which each synthesis overwrites`
      + ': expected a path outside of it, which is kept with the code');
  });

  test.each<[string, (text: string) => string, string]>([
    ['is something else', () => '# Notes\n', 'there is no line "# ElastiCache access", so it is not an access report'],
    ['is empty', () => '', 'there is no line "# ElastiCache access", so it is not an access report'],
    [
      'has the marks of a conflict',
      (text) => text.replace(/## Other writes\n\n.*\n.*\n/, '$&<<<<<<< ours\n'),
      'line 15 is not a row of an access report',
    ],
    [
      'has a row with fewer cells', (text) => `${text}| \`Stack/Role\` | \`a:B\` |\n`,
      'line 16 is not a row of an access report',
    ],
    [
      'has as many lines of text as an error names', (text) => `${text}${'x\n'.repeat(5)}`,
      [16, 17, 18, 19, 20].map((line) => `line ${line} is not a row of an access report`).join(', '),
    ],
    [
      'has text between rows', (text) => `${text}and more\n${'x\n'.repeat(6)}`,
      `${[16, 17, 18, 19, 20].map((line) => `line ${line} is not a row of an access report`).join(', ')} and 2 more`,
    ],
  ])('%s', (_, change, expected) => {
    expect(problem(change(markdownOf(['a'])), ['a'])).toBe(
      `approved: APPROVED was edited, or is something else: ${expected}; ${REMEDY}`);
  });

  test('lacks a row that somebody deleted', () => {
    const text = markdownOf(['a', 'b']).replace(`<br>\`${ARN}:b\``, '');
    expect(problem(text, ['a', 'b'])).toBe(differs(
      'wider:', `- Stack/Role: elasticache:ModifyReplicationGroup on ${ARN}:b`));
  });
});

test('a report of a stage is compared when the stage is synthesized', () => {
  const make = (approved?: string) => {
    const app = newApp();
    const stage = stageWithGrant(app, 'Prod');
    return { app, stage, report: new ElastiCacheAccessReport(stage, 'Access', { approved }) };
  };
  const approved = file(make().report.toMarkdown());
  expect(() => make(approved).app.synth()).not.toThrow();
  const { app, stage } = make(approved);
  stageWithGrant(stage, 'Inner');
  const written = relative('', join(app.outdir, 'assembly-Prod', 'elasticache-access.md'));
  expect(messageOf(() => app.synth())).toContain('[Prod/Access] what is granted is not what '
    + `${JSON.stringify(approved)} approves\nwider:\n- Prod/Inner/Stack/Role (new): elasticache:DescribeEvents on *\n`
    + `to approve what is granted now, review ${written}, and copy it: cp ${written} ${approved}`);
});
