/**
 * Whether a principal can deploy at all, which it can in its own account only.
 *
 * ElastiCache has no policies of resources, so that nobody of another account can be allowed anything, whatever the
 * policy says. The grantee and the accounts that are deployed to come in; an error goes out.
 */
import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Token, TokenComparison } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { formatValue, throwErrors } from '../util/diagnostics';
import { partAt } from '../util/shape';

/** Throws where the grantee's principal is known to be of another account than what is deployed. */
export function checkAccount(grantee: IGrantable, accounts: readonly string[], scope: IConstruct): void {
  const account = partAt(grantee, 'grantPrincipal.principalAccount');
  const [deployed] = accounts;
  if (typeof account !== 'string' || deployed === undefined) { return; }
  if (Token.compareStrings(account, deployed) === TokenComparison.DIFFERENT) {
    throwErrors([
      `the grantee is of the account ${formatValue(account)}, and what is deployed is of ${formatValue(deployed)}, `
      + 'where nobody of another account can be allowed anything: pass a role of that account, or write '
      + 'toPolicyDocument() to a file for it',
    ], scope);
  }
}
