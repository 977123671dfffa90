import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { fail } from './findings';
import { Statement } from './group';

/** Adds the statements to the grantee's principal; one grant stands for all of them. */
export function deliver(statements: Statement[], grantee: IGrantable, scope: IConstruct): Grant {
  if (!grantee?.grantPrincipal) {
    fail([`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`], scope);
  }
  return statements
    .map(({ actions, resources, conditions }) => {
      const grant = Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions });
      if (!grant.success) {
        fail([cannotHoldPolicy(grantee.grantPrincipal, scope)], scope);
      }
      return grant;
    })
    .reduce((all, grant) => all.combine(grant));
}

function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const json = JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  return `the principal ${json} can hold no identity policy, so the permissions would not arrive: `
    + 'grant to a role, a user or a group, or put toPolicyDocument() where the principal\'s own policies are kept';
}
