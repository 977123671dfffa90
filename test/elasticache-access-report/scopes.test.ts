import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Aspects, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElastiCacheAccessGrant, ElastiCacheAccessReport, ElastiCacheOperation } from '../../src';
import { messageOf, newApp, newRole, newStack } from '../harness';
import { smallApp, stageWithGrant } from '../support/reported-app';

const principalsOf = (report: ElastiCacheAccessReport) => report.toJson().summary.map(({ principal }) => principal);
const look = (scope: Construct, role: iam.IRole) => {
  new ElastiCacheAccessGrant(scope, 'Look', { operations: [ElastiCacheOperation.DESCRIBE_EVENTS] }).toRole(role);
};

test('an app has what its stages and their stages have, and each stage its own files', () => {
  const app = newApp();
  const reports = [new ElastiCacheAccessReport(app, 'Access')];
  const stage = stageWithGrant(app, 'Prod');
  const inner = stageWithGrant(stage, 'Inner');
  reports.push(...[stage, inner].map((one) => new ElastiCacheAccessReport(one, 'Access')));
  stageWithGrant(app, 'Test');
  const { directory } = app.synth();
  expect(reports.map(principalsOf)).toEqual([
    ['Prod/Inner/Stack/Role', 'Prod/Stack/Role', 'Test/Stack/Role'],
    ['Prod/Inner/Stack/Role', 'Prod/Stack/Role'],
    ['Prod/Inner/Stack/Role'],
  ]);
  const folders = ['', 'assembly-Prod', 'assembly-Prod/assembly-Prod-Inner'].map((path) => join(directory, path));
  folders.forEach((path, index) => {
    expect(readFileSync(join(path, 'elasticache-access.md'), 'utf8')).toBe(reports[index].toMarkdown());
    expect(JSON.parse(readFileSync(join(path, 'elasticache-access.json'), 'utf8'))).toEqual(reports[index].toJson());
  });
  expect(existsSync(join(directory, 'assembly-Test', 'elasticache-access.md'))).toBe(false);
});

test('a stack has the grants in it, and those whose principals are in it', () => {
  const app = newApp();
  const [roles, grants] = ['Roles', 'Grants'].map((id) => new Stack(app, id));
  look(grants, newRole(roles));
  new CfnResource(grants, 'Other', { type: 'AWS::SNS::Topic' });
  const reports = [roles, grants].map((stack) => (
    new ElastiCacheAccessReport(stack, 'Access', { fileName: stack.node.id })));
  expect(reports.map(principalsOf)).toEqual([['Roles/Role'], ['Roles/Role']]);
  const { directory } = app.synth();
  expect(readFileSync(join(directory, 'Roles.md'), 'utf8')).toBe(reports[0].toMarkdown());
});

test('a nested stack and a construct may have a report', () => {
  const stack = newStack();
  const nested = new NestedStack(stack, 'Nested');
  const part = new Construct(nested, 'Part');
  look(nested, newRole(nested));
  look(part, newRole(part as Stack));
  const reports = [nested, part].map((scope, index) => (
    new ElastiCacheAccessReport(scope, 'Access', { fileName: `access-${index}` })));
  Template.fromStack(stack);
  expect(reports.map(principalsOf)).toEqual([
    ['Stack/Nested/Part/Role', 'Stack/Nested/Role'], ['Stack/Nested/Part/Role'],
  ]);
});

test('what aspects grant at synthesis is in the files', () => {
  const app = newApp();
  const report = new ElastiCacheAccessReport(app, 'Access');
  const stack = new Stack(app, 'Stack');
  const role = newRole(stack);
  let done = false;
  Aspects.of(stack).add({ visit: () => { if (!done) { done = true; look(stack, role); } } });
  const { directory } = app.synth();
  expect(readFileSync(join(directory, 'elasticache-access.md'), 'utf8')).toBe(report.toMarkdown());
  expect(principalsOf(report)).toEqual(['Stack/Role']);
});

test('apps know nothing of each other', () => {
  const [first, second] = [smallApp(['a']), smallApp(['b'], undefined, ['Other'])];
  expect([first, second].map(({ report }) => principalsOf(report))).toEqual([['Stack/Role'], ['Stack/Other']]);
});

test('a report changes no template', () => {
  const template = (reported: boolean) => {
    const stack = newStack();
    look(stack, newRole(stack));
    if (reported) { new ElastiCacheAccessReport(stack, 'Access'); }
    return Template.fromStack(stack).toJSON();
  };
  expect(template(true)).toEqual(template(false));
});

describe('an error names', () => {
  const report = (props?: unknown, scope: Construct = newApp()) => (
    new ElastiCacheAccessReport(scope, 'Access', props as any));

  test.each([
    'a/b', '../x', '', '.x', 'a b', 'x.md', 'x.JSON', 'manifest', 'Tree', 'Stack.template', 'a.assets',
    'policy-validation-report', 'x'.repeat(101), '${Token[TOKEN.1]}', 5, null,
  ])('the invalid fileName %s', (fileName) => {
    expect(messageOf(() => report({ fileName }))).toMatch(new RegExp('^Access: fileName is .*: expected a name without '
      + '\\.md and \\.json, of up to 100 letters, digits, "\\.", "_" and "-", which no file of the CDK has, such as '
      + '"elasticache-access"$'));
  });

  test.each(['', 5, null, true, {}, [], '${Token[TOKEN.1]}'])('the invalid approved %s', (approved) => {
    expect(messageOf(() => report({ approved }))).toMatch(
      /^Access: approved is .*: expected the path of a Markdown file, such as "access\.approved\.md"/);
  });

  test('both of what is wrong', () => {
    expect(messageOf(() => report({ fileName: 'a b', approved: 5 }))).toMatch(
      /^Access: 2 problems:\n- fileName is "a b": .*\n- approved is 5: /);
  });

  test('props that are no object', () => {
    expect(messageOf(() => report('access.md'))).toBe(
      'Access: props is "access.md": expected an object, such as { approved: "access.approved.md" }');
  });

  test('the report that has the same name in the same assembly', () => {
    const app = newApp();
    report({ fileName: 'a' }, app);
    expect(messageOf(() => new ElastiCacheAccessReport(new Stack(app, 'Stack'), 'Other', { fileName: 'A' }))).toBe(
      'Stack/Other: fileName is "A", which Access has, too: give one of them another name');
    expect(() => new ElastiCacheAccessReport(new Stage(app, 'Prod'), 'Other', { fileName: 'a' })).not.toThrow();
  });

  test('a scope that is in no app', () => {
    expect(messageOf(() => report(undefined, new Construct(undefined as any, '')))).toBe(
      'Access: the report is not in an app, whose cloud assembly it could be written to: pass an App, or a construct '
      + 'in one');
  });
});
