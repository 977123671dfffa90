import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, Dependable, IConstruct } from 'constructs';
import { fail, Findings } from './findings';
import { Statement } from './group';

/** Adds the statements to the grantee's principal; one grant stands for all of them. */
export function deliver(statements: Statement[], grantee: IGrantable, scope: IConstruct): Grant {
  if (!grantee?.grantPrincipal) {
    fail([`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`], scope);
  }
  const principal = grantee.grantPrincipal;
  const granted = statements
    .map(({ actions, resources, conditions }) => {
      const grant = Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions });
      if (!grant.success) {
        fail([cannotHoldPolicy(principal, scope)], scope);
      }
      return grant;
    })
    .reduce((all, grant) => all.combine(grant));
  if (Construct.isConstruct(principal)) {
    checkArrival(principal, granted, scope);
  }
  return granted;
}

function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const json = JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  return `the principal ${json} can hold no identity policy, so the permissions would not arrive: `
    + 'grant to a role, a user or a group, or put toPolicyDocument() where the principal\'s own policies are kept';
}

/** CDK says that a statement was added where it dropped it, or where it attaches it to a namesake in this account. */
function checkArrival(principal: IPrincipal & Construct, granted: Grant, scope: IConstruct): void {
  const dropped = Dependable.of(granted).dependencyRoots.length === 0 && !principal.node.tryFindChild('DefaultPolicy');
  if (dropped) {
    const findings = new Findings();
    findings.warning(
      'notDelivered',
      `${principal.node.path} is a role that CDK doesn't change (imported as immutable, of another account, or created beforehand), `
      + 'so the permissions were dropped: add toPolicyDocument() to the role where it is defined, or acknowledge this warning',
    );
    findings.report(scope);
    return;
  }
  const { principalAccount: account } = principal;
  const here = Stack.of(principal).account;
  if (account !== undefined && Token.compareStrings(account, here) === TokenComparison.DIFFERENT) {
    fail([
      `${principal.node.path} is of account ${account}, but its stack deploys to ${here}, where the permissions would go to another of the same name: `
      + 'put toPolicyDocument() where it is defined',
    ], scope);
  }
}
