import * as iam from 'aws-cdk-lib/aws-iam';
import { checkAccount } from '../../../src/private/deployment/account';
import { messageOf, newRole, newStack } from '../../harness';

const stack = newStack();
const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/cdk-exec');

test.each<[string, iam.IGrantable, string[]]>([
  ['its account is what is deployed to', imported, ['111122223333']],
  ['nobody knows what account is deployed to', imported, []],
  ['only the deployment knows its account', newRole(stack), ['111122223333']],
  ['it has no account, as that of a service', new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    ['111122223333']],
])('a principal can deploy where %s', (_, grantee, accounts) => {
  expect(() => checkAccount(grantee, accounts, stack)).not.toThrow();
});

test('a principal can not deploy to another account', () => {
  expect(messageOf(() => checkAccount(imported, ['999999999999'], stack))).toBe(
    'Stack: the grantee is of the account "111122223333", and what is deployed is of "999999999999", where nobody of '
    + 'another account can be allowed anything: pass a role of that account, or write toPolicyDocument() to a file '
    + 'for it');
});
