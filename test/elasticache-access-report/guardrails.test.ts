import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aws, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import schema from '../../docs/access-report.schema.json';
import {
  ElastiCacheAccessReport, ElastiCacheGuardrail, ElastiCacheGuardrailRule as Rule, ElastiCacheResource,
} from '../../src';
import { newApp, newRole } from '../harness';
import { smallApp } from '../support/reported-app';
import { schemaProblems } from '../support/schema';

const NO_EXPORTS = ['CopySnapshot', 'Export*'].map((name) => ({ action: `elasticache:${name}`, resource: '*' }));
const INTRODUCTION = 'What these deny, whatever was granted. A permissions boundary applies to the roles and users of '
  + 'this app that carry it. A service control policy applies to the targets that it is attached to. Where a policy '
  + 'document goes is not known. A request to connect carries no `aws:PrincipalArn`, so nobody is exempt from a denial '
  + 'of it. `${aws:…}` in a condition is a value that the request has.';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

function guardrail(scope: Construct, id = 'Guardrail', rules = [Rule.noExports()], exceptPrincipals?: string[]) {
  return new ElastiCacheGuardrail(scope, id, { rules, exceptPrincipals });
}

function appWithReport() {
  const app = newApp();
  return { app, stack: new Stack(app, 'Stack'), report: new ElastiCacheAccessReport(app, 'Access') };
}

/** Who carries boundaries, by guardrail, once the app is synthesized. */
function carriersOf(report: ElastiCacheAccessReport, app = report.node.root as App): Record<string, unknown> {
  app.synth();
  return Object.fromEntries((report.toJson().guardrails ?? []).map((one) => (
    [one.guardrail, one.policies.map(({ appliesTo }) => appliesTo)])));
}

/** The section of a Markdown report on guardrails. */
function sectionOf(markdown: string): string {
  return markdown.slice(markdown.indexOf('## Guardrails'));
}

/** An app with guardrails of each kind. */
function guarded() {
  const { app, stack, report } = appWithReport();
  const baseline = guardrail(stack, 'Baseline', [
    Rule.denyMatching('Delete*', [ElastiCacheResource.replicationGroup('prod-*'), ElastiCacheResource.user('app')]),
    Rule.keepTags(['a|b']),
  ], [`arn:${Aws.PARTITION}:iam::*:role/platform-*`, 'arn:aws:iam::111122223333:user/jo']);
  const exports = guardrail(stack, 'Exports');
  const roles = ['One', 'Two'].map((id) => newRole(stack, id));
  roles.forEach((role) => iam.PermissionsBoundary.of(role).apply(baseline.toPermissionsBoundary()));
  baseline.toServiceControlPolicy(['r-ab12']);
  baseline.toServiceControlPolicy(['111122223333']);
  baseline.toPolicyDocument();
  baseline.toPolicyDocument();
  exports.toServiceControlPolicy();
  guardrail(stack, 'NotWritten');
  return { app, report, exports };
}

describe('the section on guardrails', () => {
  test('has what each policy is, who is exempt, and what it denies', () => {
    const { app, report, exports } = guarded();
    exports.toPermissionsBoundary();
    const { directory } = app.synth();
    const text = readFileSync(join(directory, 'elasticache-access.md'), 'utf8');
    const exempt = '`arn:${AWS::Partition}:iam::*:role/platform-*`<br>`arn:aws:iam::111122223333:user/jo`';
    const kept = 'aws:RequestTag/a\\|b is not "${aws:ResourceTag/a\\|b}", or the request has no such key; and '
      + 'aws:ResourceTag/a\\|b is present; and some value of aws:TagKeys is, in any case, "a\\|b"';
    expect(text).toBe(report.toMarkdown());
    expect(sectionOf(text)).toBe([
      '## Guardrails',
      INTRODUCTION,
      [
        '| Guardrail | Written as | Applies to | Exempt |',
        '| --- | --- | --- | --- |',
        `| \`Stack/Baseline\` | permissions boundary | \`Stack/One\`<br>\`Stack/Two\` | ${exempt} |`,
        `| \`Stack/Baseline\` | policy document | not known | ${exempt} |`,
        `| \`Stack/Baseline\` | service control policy | \`111122223333\`<br>\`r-ab12\` | ${exempt} |`,
        '| `Stack/Exports` | permissions boundary | no role or user of this app | nobody |',
        '| `Stack/Exports` | service control policy | no target in this app | nobody |',
      ].join('\n'),
      '### `Stack/Baseline`',
      [
        '| Denied action | Resource | Condition |',
        '| --- | --- | --- |',
        `| \`elasticache:AddTagsToResource\` | \`*\` | ${kept} |`,
        '| `elasticache:Delete*` | `arn:*:elasticache:*:*:replicationgroup:prod-*`<br>`arn:*:elasticache:*:*:user:app` '
          + '|  |',
        `| \`elasticache:RemoveTagsFromResource\` | \`*\` | ${kept} |`,
      ].join('\n'),
      '### `Stack/Exports`',
      [
        '| Denied action | Resource | Condition |',
        '| --- | --- | --- |',
        '| `elasticache:CopySnapshot` | `*` |  |',
        '| `elasticache:Export*` | `*` |  |',
      ].join('\n'),
    ].join('\n\n') + '\n');
  });

  test('comes after what is granted, and before what else is reported', () => {
    const { app, report } = smallApp(['a']);
    guardrail(app.node.findChild('Stack')).toPolicyDocument();
    expect(report.toMarkdown().match(/^## .*$/gm)).toEqual(['## Summary', '## Other writes', '## Guardrails']);
  });

  test('is missing where no guardrail was written, in both forms', () => {
    const [without, unwritten] = [smallApp(['a']), smallApp(['a'])];
    guardrail(unwritten.app.node.findChild('Stack'));
    expect(unwritten.report.toMarkdown()).toBe(without.report.toMarkdown());
    expect(unwritten.report.toMarkdown()).not.toContain('Guardrail');
    expect(Object.keys(unwritten.report.toJson())).toEqual([
      'summary', 'permissions', 'notDelivered', 'acknowledgedWarnings',
    ]);
  });

  test('has the rules as they are, also where a policy is so large that it is written in a short form', () => {
    const { report, stack } = appWithReport();
    const large = guardrail(stack, 'Guardrail', [Rule.onlyNodeTypes(['cache.t4g.*'])]);
    large.toPolicyDocument();
    const { denials } = report.toJson().guardrails![0];
    const short = guardrail(stack, 'Short', [Rule.onlyNodeTypes(['cache.t4g.*'])]);
    expect(stack.resolve(short.toPolicyDocument(250)).Statement[0].Resource).toBe('*');
    expect(report.toJson().guardrails![1].denials).toEqual(denials);
    expect(denials.map(({ resource }) => resource)).not.toContain('*');
  });
});

test('the JSON has the same, and meets its schema', () => {
  const { app, report } = guarded();
  const { directory } = app.synth();
  const json = JSON.parse(readFileSync(join(directory, 'elasticache-access.json'), 'utf8'));
  expect(json).toEqual(report.toJson());
  expect(schemaProblems(schema, json)).toEqual([]);
  const conditions = {
    'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': ['a|b'] },
    'Null': { 'aws:ResourceTag/a|b': ['false'] },
    'StringNotEquals': { 'aws:RequestTag/a|b': ['${aws:ResourceTag/a|b}'] },
  };
  expect(json.guardrails).toEqual([
    {
      guardrail: 'Stack/Baseline',
      policies: [
        { kind: 'permissions boundary', appliesTo: ['Stack/One', 'Stack/Two'] },
        { kind: 'policy document' },
        { kind: 'service control policy', appliesTo: ['111122223333', 'r-ab12'] },
      ],
      exceptPrincipals: ['arn:${AWS::Partition}:iam::*:role/platform-*', 'arn:aws:iam::111122223333:user/jo'],
      denials: [
        { action: 'elasticache:AddTagsToResource', resource: '*', conditions },
        { action: 'elasticache:Delete*', resource: 'arn:*:elasticache:*:*:replicationgroup:prod-*' },
        { action: 'elasticache:Delete*', resource: 'arn:*:elasticache:*:*:user:app' },
        { action: 'elasticache:RemoveTagsFromResource', resource: '*', conditions },
      ],
    },
    {
      guardrail: 'Stack/Exports',
      policies: [{ kind: 'service control policy', appliesTo: [] }],
      exceptPrincipals: [],
      denials: NO_EXPORTS,
    },
  ]);
  const [{ guardrail: path, ...rest }] = json.guardrails;
  expect(schemaProblems(schema, { ...json, guardrails: [{ ...rest, guardrail: path, policies: [{ kind: 'x' }] }] }))
    .toEqual(['/guardrails/0/policies/0/kind: "x" is none of its values']);
  expect(schemaProblems(schema, { ...json, guardrails: [rest] })).toEqual(['/guardrails/0: guardrail is missing']);
});

describe('a permissions boundary is carried by', () => {
  test.each<[string, (stack: Stack, boundary: iam.ManagedPolicy) => void, string[]]>([
    ['a role that was created with it', (stack, permissionsBoundary) => {
      new iam.Role(stack, 'R', { assumedBy: new iam.AccountRootPrincipal(), permissionsBoundary });
    }, ['Stack/R']],
    ['a user', (stack, permissionsBoundary) => { new iam.User(stack, 'U', { permissionsBoundary }); }, ['Stack/U']],
    ['all that an aspect applies it to', (stack, boundary) => {
      newRole(stack, 'B');
      newRole(stack, 'A');
      iam.PermissionsBoundary.of(stack).apply(boundary);
    }, ['Stack/A', 'Stack/B']],
    ['an L1', (stack, { managedPolicyArn }) => {
      new iam.CfnRole(stack, 'L1', { assumeRolePolicyDocument: TRUST, permissionsBoundary: managedPolicyArn });
    }, ['Stack/L1']],
    ['a resource without a class', (stack, { managedPolicyArn: arn }) => {
      const properties = { AssumeRolePolicyDocument: TRUST, PermissionsBoundary: arn };
      new CfnResource(stack, 'Any', { type: 'AWS::IAM::Role', properties });
    }, ['Stack/Any']],
    ['a role that names its logical ID', (stack, boundary) => {
      (newRole(stack).node.defaultChild as iam.CfnRole).addPropertyOverride('PermissionsBoundary', {
        Ref: stack.getLogicalId(boundary.node.defaultChild as CfnResource),
      });
    }, ['Stack/Role']],
    ['a role of a nested stack', (stack, boundary) => {
      iam.PermissionsBoundary.of(newRole(new NestedStack(stack, 'Nested'))).apply(boundary);
    }, ['Stack/Nested/Role']],
    ['a role of another stack', (stack, boundary) => {
      iam.PermissionsBoundary.of(newRole(new Stack(stack.node.root as App, 'Other'))).apply(boundary);
    }, ['Other/Role']],
    ['no role whose boundary was cleared', (stack, permissionsBoundary) => {
      const role = new iam.Role(stack, 'R', { assumedBy: new iam.AccountRootPrincipal(), permissionsBoundary });
      iam.PermissionsBoundary.of(role).clear();
    }, []],
    ['no role with another boundary, or none', (stack) => {
      newRole(stack, 'None');
      iam.PermissionsBoundary.of(newRole(stack, 'Aws')).apply(iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnly'));
      iam.PermissionsBoundary.of(newRole(stack, 'Own')).apply(guardrail(stack, 'Second').toPermissionsBoundary());
    }, []],
    ['no role that has it as a policy', (stack, boundary) => { newRole(stack).addManagedPolicy(boundary); }, []],
    // Red if logical IDs are compared across stacks: the other stack has a resource with the same one.
    ['no role of a stack with a guardrail of its own', (stack) => {
      const other = new Stack(stack.node.root as App, 'Other');
      iam.PermissionsBoundary.of(newRole(other)).apply(guardrail(other).toPermissionsBoundary());
    }, []],
  ])('%s', (_, bound, expected) => {
    const { app, stack, report } = appWithReport();
    bound(stack, guardrail(stack).toPermissionsBoundary());
    expect(carriersOf(report, app)['Stack/Guardrail']).toEqual([expected]);
  });
});

test('the targets of a service control policy are those of its resource, as readers know them', () => {
  const { app, stack, report } = appWithReport();
  const policy = guardrail(stack).toServiceControlPolicy(['r-ab12']);
  const account = new organizations.CfnAccount(stack, 'Account', { accountName: 'cache', email: 'a@example.com' });
  policy.targetIds = [account.attrAccountId, 'ou-ab12-cdef3456'];
  expect(carriersOf(report, app)).toEqual({ 'Stack/Guardrail': [['${Stack/Account.AccountId}', 'ou-ab12-cdef3456']] });
});

describe('a report of a part of the app has', () => {
  test('its guardrails, and those that its roles carry', () => {
    const app = newApp();
    const [roles, guardrails, others] = ['Roles', 'Guardrails', 'Others'].map((id) => new Stack(app, id));
    const [shared, unused] = ['Shared', 'Unused'].map((id) => guardrail(guardrails, id).toPermissionsBoundary());
    [roles, others].forEach((stack) => iam.PermissionsBoundary.of(newRole(stack)).apply(shared));
    expect(unused).toBeDefined();
    guardrail(others).toServiceControlPolicy();
    const reports = [roles, guardrails].map((stack) => (
      new ElastiCacheAccessReport(stack, 'Access', { fileName: stack.node.id })));
    expect(reports.map((report) => carriersOf(report))).toEqual([
      { 'Guardrails/Shared': [['Roles/Role']] },
      { 'Guardrails/Shared': [['Others/Role', 'Roles/Role']], 'Guardrails/Unused': [[]] },
    ]);
  });

  test('what aspects apply in its stage', () => {
    const app = newApp();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Stack');
    const reports = [app, stage].map((scope) => new ElastiCacheAccessReport(scope, 'Access'));
    newRole(stack);
    iam.PermissionsBoundary.of(stage).apply(guardrail(stack).toPermissionsBoundary());
    const { directory } = app.synth();
    ['', 'assembly-Prod'].forEach((folder) => {
      expect(readFileSync(join(directory, folder, 'elasticache-access.md'), 'utf8')).toContain(
        '\n| `Prod/Stack/Guardrail` | permissions boundary | `Prod/Stack/Role` | nobody |\n');
    });
    expect(reports.map((report) => carriersOf(report, app))).toEqual([
      { 'Prod/Stack/Guardrail': [['Prod/Stack/Role']] }, { 'Prod/Stack/Guardrail': [['Prod/Stack/Role']] },
    ]);
  });

  test('none of another app', () => {
    const [first, second] = [appWithReport(), appWithReport()];
    guardrail(first.stack).toPolicyDocument();
    expect(second.report.toJson().guardrails).toBeUndefined();
  });
});

test('a guardrail that was refused is not reported', () => {
  const { stack, report } = appWithReport();
  expect(() => guardrail(stack).toPolicyDocument(10)).toThrow('the document may have 10');
  expect(report.toJson().guardrails).toBeUndefined();
});

test('the order of guardrails, and of what each is written as, makes no difference', () => {
  const markdown = (ids: string[]) => {
    const { stack, report } = appWithReport();
    ids.forEach((id) => guardrail(stack, id).toPolicyDocument());
    const [first] = [...ids].sort().map((id) => stack.node.findChild(id) as ElastiCacheGuardrail);
    first.toServiceControlPolicy(ids.map((id) => ({ A: 'r-ab12', B: '111122223333' }[id]!)));
    return report.toMarkdown();
  };
  expect(markdown(['A', 'B'])).toBe(markdown(['B', 'A']));
});
