import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Names, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, Dependable, IConstruct } from 'constructs';
import { throwErrors, Diagnostics, formatNumber } from '../util/diagnostics';
import type { Statement } from '../policy/statements';
import { PolicyTarget, policyTargetOf } from './target';
import { MANAGED_POLICY_LIMIT } from '../policy/limits';
import { documentSize, splitIntoDocuments, fitInOneDocument } from '../policy/split';
import { checkQuotas } from './quotas';
import type { SizeEstimator } from '../policy/size';

/**
 * Adds the statements to the policy of the grantee's principal, or attaches managed policies with what doesn't fit it.
 * One grant stands for all of them.
 */
export function attach(statements: Statement[], grantee: IGrantable, scope: IConstruct, measure: SizeEstimator): Grant {
  if (!grantee?.grantPrincipal) {
    throwErrors([`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`], scope);
  }
  const principal = grantee.grantPrincipal;
  assertSameAccount(principal, scope);

  const holder = policyTargetOf(grantee, measure);
  const { own, managed } = planAttachment(statements, holder, measure) ?? throwErrors([tooLarge(statements, holder, measure)], scope);
  const add = (document: Statement[], to: IGrantable) => document.map(({ actions, resources, conditions }) => {
    const grant = Grant.addToPrincipal({ grantee: to, actions, resourceArns: resources, conditions });
    return grant.success ? grant : throwErrors([cannotHoldPolicy(principal, scope)], scope);
  });

  const granted = own.flatMap((document) => add(document, grantee));
  if (wasIgnored(principal, granted)) {
    warnOfDrop(principal, scope);
  } else {
    const toManaged = holder.splitsItself ? own : managed;
    if (toManaged.length > 0) {
      checkQuotas({ statements, managed: toManaged, attached: holder.attached, measure, scope });
    }
    granted.push(...managed.flatMap((document, index) => (
      add(document, holder.managedPolicy!(`${Names.nodeUniqueId(scope.node)}Policy${index + 1}`)))));
  }
  return granted.reduce((all, grant) => all.combine(grant));
}

interface AttachmentPlan {
  /** What goes to the holder's own policy, and to managed policies of it. */
  readonly own: Statement[][];
  readonly managed: Statement[][];
}

/** Undefined where the statements fit nowhere. */
function planAttachment(statements: Statement[], holder: PolicyTarget, measure: SizeEstimator): AttachmentPlan | undefined {
  const whole = fitInOneDocument(statements, holder.remaining, measure);
  if (whole) {
    return { own: [whole], managed: [] };
  }
  const documents = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, measure);
  if (holder.splitsItself) {
    return { own: documents, managed: [] };
  }
  if (!holder.managedPolicy) {
    return undefined;
  }
  const [first, ...others] = documents;
  return holder.mayIgnorePolicies && documentSize(first, measure) <= holder.remaining
    ? { own: [first], managed: others }
    : { own: [], managed: documents };
}

function tooLarge(statements: Statement[], { what, remaining, used }: PolicyTarget, measure: SizeEstimator): string {
  return `the policy has ${formatNumber(documentSize(statements, measure))} characters, white space not counted, and ${what} may have `
    + `${formatNumber(remaining + used)}${used > 0 ? `, ${formatNumber(used)} of which are taken` : ''}: attach toManagedPolicies(), `
    + 'or allow a prefix of the snapshots, with SnapshotSource.fromPrefix';
}

function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const json = JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  return `the principal ${json} can hold no identity policy, so the permissions would not arrive: `
    + 'grant to a role, a user or a group, or put toPolicyDocument() where the principal\'s own policies are kept';
}

/** CDK attaches the policy of another account's user or group to a namesake in this one. */
function assertSameAccount(principal: IPrincipal, scope: IConstruct): void {
  if (!Construct.isConstruct(principal) || 'roleName' in principal) {
    return;
  }
  const { principalAccount: account } = principal;
  const here = Stack.of(principal).account;
  if (account !== undefined && Token.compareStrings(account, here) === TokenComparison.DIFFERENT) {
    throwErrors([
      `${principal.node.path} is of account ${account}, but its stack deploys to ${here}, where the permissions would go to another of the same name: `
      + 'put toPolicyDocument() where it is defined',
    ], scope);
  }
}

/** CDK says that a statement was added where it dropped it. */
function wasIgnored(principal: IPrincipal, granted: Grant[]): boolean {
  return granted.length > 0 && Construct.isConstruct(principal) && !principal.node.tryFindChild('DefaultPolicy')
    && granted.every((grant) => Dependable.of(grant).dependencyRoots.length === 0);
}

function warnOfDrop(principal: IPrincipal, scope: IConstruct): void {
  const findings = new Diagnostics();
  findings.warning(
    'notDelivered',
    `${(principal as IPrincipal & IConstruct).node.path} is a role that CDK doesn't change (imported as immutable, of another account, or created `
    + 'beforehand), so the permissions were dropped: add toPolicyDocument() to the role where it is defined, or acknowledge this warning',
  );
  findings.report(scope);
}
