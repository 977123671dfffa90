import { Grant, IGrantable, IPrincipal, LazyRole, ManagedPolicy, Policy, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, Dependable, IConstruct } from 'constructs';
import { fail, Findings, number } from './findings';
import { Statement } from './group';
import { INLINE_LIMITS, MANAGED_POLICY_LIMIT } from './limits';
import { documentSize, packInOne } from './pack';
import { DOCUMENT_SIZE, measureIn } from './size';

/** Adds the statements to the grantee's principal; one grant stands for all of them. */
export function deliver(statements: Statement[], grantee: IGrantable, scope: IConstruct): Grant {
  if (!grantee?.grantPrincipal) {
    fail([`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`], scope);
  }
  const principal = grantee.grantPrincipal;
  const granted = fitted(statements, grantee, scope)
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

/** The statements as they fit the policy that CDK puts them in, beside what is there; CDK itself divides the policy of a role that it creates. */
function fitted(statements: Statement[], grantee: IGrantable, scope: IConstruct): Statement[] {
  const holder = holderOf(grantee);
  if (!holder) {
    return statements;
  }
  const measure = measureIn(scope);
  const taken = holder.document && !holder.document.isEmpty ? measure(PolicyDocument.fromJson(holder.document.toJSON())) - DOCUMENT_SIZE : 0;
  return packInOne(statements, holder.limit - taken, measure)
    ?? fail([
      `the policy has ${number(documentSize(statements, measure))} characters, white space not counted, and ${holder.what} may have `
      + `${number(holder.limit)}${taken > 0 ? `, ${number(taken)} of which are taken` : ''}: attach toManagedPolicies(), `
      + 'or allow a prefix of the snapshots, with SnapshotSource.fromPrefix',
    ], scope);
}

interface Holder {
  readonly what: string;
  readonly limit: number;

  /** What is there already. */
  readonly document?: PolicyDocument;
}

function holderOf(grantee: IGrantable): Holder | undefined {
  const principal = grantee.grantPrincipal;
  if (grantee instanceof ManagedPolicy) {
    return { what: 'a managed policy', limit: MANAGED_POLICY_LIMIT, document: grantee.document };
  }
  if (grantee instanceof Policy) {
    return { what: 'an inline policy', limit: INLINE_LIMITS.role, document: grantee.document };
  }
  if (!Construct.isConstruct(principal) || Role.isRole(principal) || principal instanceof LazyRole) {
    return undefined;
  }
  const kind = (['user', 'group', 'role'] as const).find((name) => `${name}Name` in principal);
  const policy = principal.node.tryFindChild('DefaultPolicy') ?? principal.node.tryFindChild('Policy');
  return kind && { what: `a ${kind}`, limit: INLINE_LIMITS[kind], document: policy instanceof Policy ? policy.document : undefined };
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
