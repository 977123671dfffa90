import { Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkProps } from '../../../src/private/report/names';
import { messageOf, newApp } from '../../harness';

const checked = (props: unknown, stage: Construct = newApp(), id = 'Report') => (
  checkProps(props as any, new Construct(stage, id), stage));

test('props may be empty', () => {
  expect(checked({})).toEqual({ fileName: 'elasticache-access', approved: undefined });
});

test.each([
  'a', '5', 'A_b.c-D', 'x'.repeat(100), 'my-manifest', 'manifest-of-us', 'trees', 'a-tree', 'cdk-access', 'our-cdk',
  'report', 'my-validation-report', 'validation-report-1', 'feature-flag-report-1', 'a.templates', 'template', 'assets',
  'a.metadata.b', 'a.md.b', 'md', 'a.jsonx', 'access.md5',
])('the files of a report may be named %s', (fileName) => {
  expect(checked({ fileName })).toEqual({ fileName });
});

test.each([
  '', '.a', '-a', '_a', 'a/b', 'a\n', '\na', 'é', 'x'.repeat(101), 'a.md', 'a.JSON', 'manifest', 'TREE', 'cdk',
  'validation-report', 'policy-validation-report', 'feature-flag-report', 'a.template', 'a.ASSETS', 'a.metadata',
])('the files of a report may not be named %j', (fileName) => {
  expect(messageOf(() => checked({ fileName }))).toBe(
    `Report: fileName is ${JSON.stringify(fileName)}: expected a name without .md and .json, of up to 100 letters, `
    + 'digits, ".", "_" and "-", which no file of the CDK has, such as "elasticache-access"');
});

test('two reports of one cloud assembly have two names, in any case', () => {
  const app = newApp();
  checked({ fileName: 'Access' }, app, 'One');
  expect(checked({ fileName: 'Other' }, app, 'Two')).toEqual({ fileName: 'Other' });
  expect(messageOf(() => checked({ fileName: 'aCCESS' }, app, 'Three'))).toBe(
    'Three: fileName is "aCCESS", which One has, too: give one of them another name');
  expect(checked({ fileName: 'Access' }, new Stage(app, 'Stage'))).toEqual({ fileName: 'Access' });
  expect(checked({ fileName: 'Access' }, newApp())).toEqual({ fileName: 'Access' });
});

const PATHS = ['access.approved.md', '/tmp/a b.md', 'a\nb', '${x}', '$Token['];

test.each(PATHS)('the approved report may be %j', (approved) => {
  expect(checked({ approved })).toEqual({ fileName: 'elasticache-access', approved });
});

test.each(['', 'a\0b', '\0', 'a${Token[b.1]}c'])('the approved report may not be %j', (approved) => {
  expect(messageOf(() => checked({ approved }))).toMatch(
    /^Report: approved is .*: expected the path of a Markdown file, such as "access\.approved\.md"$/);
});

test.each([5, null, true])('the approved report may not be %j, which is no text', (approved) => {
  expect(messageOf(() => checked({ approved }))).toBe(
    `Report: approved is ${approved}: expected the path of a Markdown file, such as "access.approved.md"`);
});

test.each([null, 'a', 5])('props may not be %j', (props) => {
  expect(messageOf(() => checked(props))).toBe(
    `Report: props is ${JSON.stringify(props)}: expected an object, such as { approved: "access.approved.md" }`);
});

test('the name and the approved report may both be wrong', () => {
  expect(messageOf(() => checked({ fileName: 'a.md', approved: '\0' }))).toMatch(
    /^Report: 2 problems:\n- fileName is "a\.md": .*\n- approved is /);
});
