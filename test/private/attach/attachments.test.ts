import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable } from 'constructs';
import { Attachments } from '../../../src/private/attach/attachments';
import { allow, allWarningsOf, messageOf, newRole, newStack, UNCHECKED } from '../../harness';
import { policyOf } from '../../support/written-policies';

const STATEMENT = { actions: ['a:A'], resources: ['x'] };
const SIZE = JSON.stringify({ Version: '2012-10-17', Statement: [allow('a:A', 'x')] }).length;

/** A policy of one statement, below a stack of its own. */
function attachments() {
  const stack = newStack({ context: UNCHECKED });
  const scope = new Construct(stack, 'Grant');
  const made = new Attachments(policyOf(scope, STATEMENT), scope);
  return { stack, scope, made };
}

test('a policy is attached once to a principal', () => {
  const { stack, made } = attachments();
  const [role, user] = [newRole(stack), new iam.User(stack, 'User')];
  const grant = made.attachTo(role);
  expect(made.attachTo(user) === grant).toBe(false);
  expect(made.attachTo(new iam.SessionTagsPrincipal(role)) === grant).toBe(true);
  expect(made.grantees.map((grantee) => [role, user].indexOf(grantee as any))).toEqual([0, 1]);
});

test('those that do not get the permissions are no grantees', () => {
  const { stack, made } = attachments();
  made.attachTo(newRole(stack).withoutPolicyUpdates());
  expect(made.grantees).toEqual([]);
});

test('statements and documents are new at each call', () => {
  const { made } = attachments();
  made.statements()[0].addActions('a:B');
  made.document(SIZE).addStatements(new iam.PolicyStatement({ actions: ['a:B'], resources: ['*'] }));
  expect(made.statements().map((statement) => statement.toStatementJson())).toEqual([allow('a:A', 'x')]);
  expect(made.document(SIZE).toJSON().Statement).toEqual([allow('a:A', 'x')]);
  expect(messageOf(() => made.document(SIZE - 1))).toBe(
    `Stack/Grant: the policy has ${SIZE} characters, white space not counted, and may have ${SIZE - 1}: use `
    + 'toManagedPolicies(), pass the limit that applies, or allow less');
});

test('managed policies are made once, and the list is new at each call', () => {
  const { made } = attachments();
  const policies = made.managedPolicies();
  const [policy] = policies;
  policies.pop();
  expect(made.managedPolicies().map((one) => one === policy)).toEqual([true]);
});

test('what waits for the construct waits for all that was added', () => {
  const { stack, scope, made } = attachments();
  const paths = () => Dependable.of(scope).dependencyRoots.map(({ node }) => node.path);
  expect(paths()).toEqual([]);
  made.attachTo(new iam.User(stack, 'User'));
  made.managedPolicies();
  expect(paths()).toEqual([
    expect.stringMatching(/^Stack\/User\/DefaultPolicy/), expect.stringMatching(/^Stack\/Grant\/ManagedPolicy1/),
  ]);
});

test.each<[string, (given: ReturnType<typeof attachments>) => unknown, number]>([
  ['nothing', () => undefined, 1],
  ['a grantee', ({ stack, made }) => made.attachTo(newRole(stack)), 0],
  ['statements', ({ made }) => made.statements(), 0],
  ['a document', ({ made }) => made.document(6144), 0],
  ['managed policies', ({ made }) => made.managedPolicies(), 0],
])('a policy that was asked for %s: is it unused?', (_, use, warnings) => {
  const given = attachments();
  use(given);
  expect(allWarningsOf(given.stack)).toEqual(Array(warnings).fill(
    'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or use '
    + 'toManagedPolicies() or toPolicyDocument() [ack: cdk-elasticache-grants:unusedGrant]'));
});
