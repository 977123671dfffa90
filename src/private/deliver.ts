import { Grant, IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Names, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, Dependable, IConstruct } from 'constructs';
import { fail, Findings, number } from './findings';
import type { Statement } from './group';
import { Holder, holderOf } from './holder';
import { MANAGED_POLICY_LIMIT } from './limits';
import { documentSize, pack, packInOne } from './pack';
import { checkQuotas } from './quotas';
import type { Measure } from './size';

/**
 * Adds the statements to the policy of the grantee's principal, or attaches managed policies with what doesn't fit it.
 * One grant stands for all of them.
 */
export function deliver(statements: Statement[], grantee: IGrantable, scope: IConstruct, measure: Measure): Grant {
  if (!grantee?.grantPrincipal) {
    fail([`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`], scope);
  }
  const principal = grantee.grantPrincipal;
  refuseNamesake(principal, scope);

  const holder = holderOf(grantee, measure);
  const { own, managed } = place(statements, holder, measure) ?? fail([tooLarge(statements, holder, measure)], scope);
  const add = (document: Statement[], to: IGrantable) => document.map(({ actions, resources, conditions }) => {
    const grant = Grant.addToPrincipal({ grantee: to, actions, resourceArns: resources, conditions });
    return grant.success ? grant : fail([cannotHoldPolicy(principal, scope)], scope);
  });

  const granted = own.flatMap((document) => add(document, grantee));
  if (wasDropped(principal, granted)) {
    warnOfDrop(principal, scope);
  } else {
    const toManaged = holder.dividing ? own : managed;
    if (toManaged.length > 0) {
      checkQuotas({ statements, managed: toManaged, attached: holder.attached, measure, scope });
    }
    granted.push(...managed.flatMap((document, index) => (
      add(document, holder.managedPolicy!(`${Names.nodeUniqueId(scope.node)}Policy${index + 1}`)))));
  }
  return granted.reduce((all, grant) => all.combine(grant));
}

interface Placement {
  /** What goes to the holder's own policy, and to managed policies of it. */
  readonly own: Statement[][];
  readonly managed: Statement[][];
}

/** Undefined where the statements fit nowhere. */
function place(statements: Statement[], holder: Holder, measure: Measure): Placement | undefined {
  const whole = packInOne(statements, holder.room, measure);
  if (whole) {
    return { own: [whole], managed: [] };
  }
  const documents = pack(statements, MANAGED_POLICY_LIMIT, measure);
  if (holder.dividing) {
    return { own: documents, managed: [] };
  }
  if (!holder.managedPolicy) {
    return undefined;
  }
  const [first, ...others] = documents;
  return holder.dropping && documentSize(first, measure) <= holder.room
    ? { own: [first], managed: others }
    : { own: [], managed: documents };
}

function tooLarge(statements: Statement[], { what, room, taken }: Holder, measure: Measure): string {
  return `the policy has ${number(documentSize(statements, measure))} characters, white space not counted, and ${what} may have `
    + `${number(room + taken)}${taken > 0 ? `, ${number(taken)} of which are taken` : ''}: attach toManagedPolicies(), `
    + 'or allow a prefix of the snapshots, with SnapshotSource.fromPrefix';
}

function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const json = JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  return `the principal ${json} can hold no identity policy, so the permissions would not arrive: `
    + 'grant to a role, a user or a group, or put toPolicyDocument() where the principal\'s own policies are kept';
}

/** CDK attaches the policy of another account's user or group to a namesake in this one. */
function refuseNamesake(principal: IPrincipal, scope: IConstruct): void {
  if (!Construct.isConstruct(principal) || 'roleName' in principal) {
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

/** CDK says that a statement was added where it dropped it. */
function wasDropped(principal: IPrincipal, granted: Grant[]): boolean {
  return granted.length > 0 && Construct.isConstruct(principal) && !principal.node.tryFindChild('DefaultPolicy')
    && granted.every((grant) => Dependable.of(grant).dependencyRoots.length === 0);
}

function warnOfDrop(principal: IPrincipal, scope: IConstruct): void {
  const findings = new Findings();
  findings.warning(
    'notDelivered',
    `${(principal as IPrincipal & IConstruct).node.path} is a role that CDK doesn't change (imported as immutable, of another account, or created `
    + 'beforehand), so the permissions were dropped: add toPolicyDocument() to the role where it is defined, or acknowledge this warning',
  );
  findings.report(scope);
}
