import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../src';
import { newRole, newStack } from '../harness';

const grantIn = (stack: Stack, id = 'Grant') => (
  new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.TEST_FAILOVER] }));

test('grantees are those that were passed, in that order, and each once', () => {
  const stack = newStack();
  const fn = new lambda.Function(stack, 'Function', {
    code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
  });
  const [role, user, group] = [newRole(stack), new iam.User(stack, 'User'), new iam.Group(stack, 'Group')];
  const grant = grantIn(stack);
  expect(grant.grantees).toEqual([]);
  grant.to(fn);
  grant.toUser(user);
  grant.toRole(role);
  grant.toGroup(group);
  grant.toRole(fn.role!);
  grant.toRole(role);
  expect(grant.grantees).toEqual([fn, user, role, group]);
});

test('a principal within another one is the grantee that was passed', () => {
  const stack = newStack();
  const wrapped = new iam.PrincipalWithConditions(newRole(stack), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
  const grant = grantIn(stack);
  grant.to(wrapped);
  expect(grant.grantees).toEqual([wrapped]);
});

test('a grantee has the permissions also where another grant had them', () => {
  const stack = newStack();
  const role = newRole(stack);
  const [first, second] = [grantIn(stack, 'First'), grantIn(stack, 'Second')];
  first.toRole(role);
  second.toRole(role);
  expect([first.grantees, second.grantees]).toEqual([[role], [role]]);
});

test.each<[string, (stack: Stack) => iam.IGrantable]>([
  ['an immutable role', (stack) => iam.Role.fromRoleArn(
    stack, 'Fixed', 'arn:aws:iam::111122223333:role/fixed', { mutable: false })],
  ['an unknown principal', (stack) => ({ grantPrincipal: new iam.UnknownPrincipal({ resource: stack }) })],
])('%s, which does not get the permissions, is no grantee', (_, make) => {
  const stack = newStack();
  const grant = grantIn(stack);
  grant.to(make(stack));
  expect(grant.grantees).toEqual([]);
});

test('whoever could get nothing is no grantee, and policies have none', () => {
  const stack = newStack();
  const grant = grantIn(stack);
  expect(() => grant.to(new iam.ServicePrincipal('lambda.amazonaws.com'))).toThrow();
  grant.toManagedPolicies()[0].attachToRole(newRole(stack));
  grant.toPolicyDocument();
  expect(grant.grantees).toEqual([]);
});

test('the list is a copy', () => {
  const stack = newStack();
  const grant = grantIn(stack);
  grant.grantees.push(newRole(stack));
  expect(grant.grantees).toEqual([]);
});
