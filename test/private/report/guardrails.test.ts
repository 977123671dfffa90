import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { recordGuardrail, WrittenGuardrail } from '../../../src/private/record';
import { guardrailsBelow } from '../../../src/private/report/guardrails';
import { newApp } from '../../harness';

/** A stack with a guardrail, and a way to record what it was written as. */
function recorded() {
  const stack = new Stack(newApp(), 'Stack');
  const guardrail = new Construct(stack, 'Guardrail');
  const write = (kind: WrittenGuardrail['kind'], rest: Partial<WrittenGuardrail> = {}) => (
    recordGuardrail({ guardrail, kind, denials: [], exceptPrincipals: [], ...rest }));
  const policy = (type: string, properties: object = {}) => (
    new CfnResource(guardrail, type, { type: `AWS::${type}`, properties }));
  return { stack, guardrail, write, policy };
}

const MANAGED = 'IAM::ManagedPolicy';
const policiesOf = (scope: Construct) => guardrailsBelow(scope).map(({ guardrail, policies }) => [guardrail, policies]);

test('what a guardrail was written as, who is exempt, and its targets are in an order of their own', () => {
  const { stack, write, policy } = recorded();
  const targets = policy('Organizations::Policy', { TargetIds: ['r-b', 'r-a'] });
  write('service control policy', { policy: targets, exceptPrincipals: ['arn:b', 'arn:a'] });
  write('policy document');
  write('permissions boundary', { policy: policy(MANAGED) });
  expect(guardrailsBelow(stack)).toEqual([{
    guardrail: 'Stack/Guardrail',
    policies: [
      { kind: 'permissions boundary', appliesTo: [] },
      { kind: 'policy document' },
      { kind: 'service control policy', appliesTo: ['r-a', 'r-b'] },
    ],
    exceptPrincipals: ['arn:a', 'arn:b'],
    denials: [],
  }]);
});

test('each denial is there once, with its conditions, in an order of its own', () => {
  const { stack, write } = recorded();
  const conditions = { Null: { 'aws:RequestTag/a': 'true' } };
  write('policy document', {
    denials: [
      { actions: ['a:C', 'a:B'], resources: ['y', 'x'] },
      { actions: ['a:B'], resources: ['x'] },
      { actions: ['a:B'], resources: ['x'], conditions },
      { actions: ['a:B'], resources: ['x'], conditions: { Null: { 'aws:RequestTag/a': ['false'] } } },
    ],
  });
  expect(guardrailsBelow(stack)[0].denials).toEqual([
    { action: 'a:B', resource: 'x', conditions: { Null: { 'aws:RequestTag/a': ['false'] } } },
    { action: 'a:B', resource: 'x', conditions: { Null: { 'aws:RequestTag/a': ['true'] } } },
    { action: 'a:B', resource: 'x' },
    { action: 'a:B', resource: 'y' },
    { action: 'a:C', resource: 'x' },
    { action: 'a:C', resource: 'y' },
  ]);
});

test('a permissions boundary applies to the roles and users that refer to it, and to nothing else', () => {
  const { stack, write, policy } = recorded();
  const boundary = policy(MANAGED);
  write('permissions boundary', { policy: boundary });
  const carrier = (id: string, type: string, PermissionsBoundary?: unknown) => (
    new CfnResource(stack, id, { type: `AWS::${type}`, properties: { PermissionsBoundary } }));
  carrier('User', 'IAM::User', boundary.ref);
  carrier('Role', 'IAM::Role', boundary.ref);
  carrier('ByLogicalId', 'IAM::Role', { Ref: stack.getLogicalId(boundary) });
  carrier('Attribute', 'IAM::Role', boundary.getAtt('Other'));
  carrier('Text', 'IAM::Role', 'arn:aws:iam::aws:policy/ReadOnlyAccess');
  carrier('None', 'IAM::Role');
  carrier('Group', 'IAM::Group', boundary.ref);
  expect(policiesOf(stack)).toEqual([['Stack/Guardrail', [
    { kind: 'permissions boundary', appliesTo: ['Stack/ByLogicalId', 'Stack/Role', 'Stack/User'] },
  ]]]);
});

test('below a construct are its guardrails, and those that a role below it carries', () => {
  const { stack, guardrail, write, policy } = recorded();
  const [part, other] = ['Part', 'Other'].map((id) => new Construct(stack, id));
  const boundary = policy(MANAGED);
  write('permissions boundary', { policy: boundary });
  write('policy document');
  for (const scope of [part, stack]) {
    new CfnResource(scope, 'Role', { type: 'AWS::IAM::Role', properties: { PermissionsBoundary: boundary.ref } });
  }
  const kinds = (...appliesTo: string[]) => [{ kind: 'permissions boundary', appliesTo }];
  expect([stack, guardrail, part, other].map(policiesOf)).toEqual([
    [['Stack/Guardrail', [...kinds('Stack/Part/Role', 'Stack/Role'), { kind: 'policy document' }]]],
    [['Stack/Guardrail', [...kinds('Stack/Part/Role', 'Stack/Role'), { kind: 'policy document' }]]],
    [['Stack/Guardrail', kinds('Stack/Part/Role')]],
    [],
  ]);
});
