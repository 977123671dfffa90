import { CfnOutput } from 'aws-cdk-lib';
import { AccountRootPrincipal, LazyRole, Role } from 'aws-cdk-lib/aws-iam';
import { usedRole } from '../../../src/private/util/lazy-roles';
import { newRole, newStack } from '../../harness';

const TRUST = { assumedBy: new AccountRootPrincipal() };

test('a lazy role is a role once it is used', () => {
  const stack = newStack();
  const role = new LazyRole(stack, 'Role', TRUST);
  expect(usedRole(role) === undefined).toBe(true);
  new CfnOutput(stack, 'Name', { value: role.roleName });
  expect(usedRole(role) === role.node.findChild('Default')).toBe(true);
});

test('a role is none, whatever child it has', () => {
  const plain = newRole(newStack(), 'Plain');
  new Role(plain, 'Default', TRUST);
  expect(usedRole(plain) === undefined).toBe(true);
});
