/**
 * The last stage: statements in, and they are attached to the grantee, or the caller is told that they are not.
 *
 * What fits goes to the principal's own policy; the rest goes to managed policies. CDK reports success in cases where
 * it ignores a statement, so the outcome is checked here and never taken from CDK alone.
 */
import { Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Names, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { Construct, Dependable, IConstruct } from 'constructs';
import { checkQuotas } from './quotas';
import { PolicyTarget, policyTargetOf } from './target';
import { Document } from '../model';
import { MANAGED_POLICY_LIMIT } from '../policy/limits';
import { toPolicyStatements, WrittenPolicy } from '../policy/policy';
import { documentSize } from '../policy/size';
import { fitInOneDocument, splitIntoDocuments } from '../policy/split';
import { Diagnostics, formatNumber, formatValue, throwErrors } from '../util/diagnostics';
import { partAt } from '../util/shape';

/** Attaches the policy to the grantee's principal. One grant stands for all that was added. */
export function attach(policy: WrittenPolicy, grantee: IGrantable, scope: IConstruct): Grant {
  if (typeof partAt(grantee, 'grantPrincipal.addToPrincipalPolicy') !== 'function') {
    throwErrors([
      `grantee is ${formatValue(grantee)}: pass a role, a user, a group, or a construct that has a principal`,
    ], scope);
  }
  const principal = grantee.grantPrincipal;
  assertSameAccount(principal, scope);

  const target = policyTargetOf(grantee, policy.sizeOf);
  const { inline, managed } = planAttachment(policy, target) ?? throwErrors([tooLarge(policy, target)], scope);
  const addTo = (to: IGrantable, document: Document) => document.map(({ actions, resources, conditions }) => {
    const grant = Grant.addToPrincipal({ grantee: to, actions, resourceArns: resources, conditions });
    return grant.success ? grant : throwErrors([cannotHoldPolicy(principal, scope)], scope);
  });

  const grants = inline.flatMap((document) => addTo(grantee, document));
  if (wasIgnored(principal, grants)) {
    warnOfIgnoredPermissions(principal, scope);
  } else {
    const managedPolicies = target.splitsItself ? inline : managed;
    if (managedPolicies.length > 0) {
      checkQuotas({ policy, managed: managedPolicies, attached: target.attached, scope });
    }
    grants.push(...managed.flatMap((document, index) => (
      addTo(target.managedPolicy!(`${Names.nodeUniqueId(scope.node)}Policy${index + 1}`), document))));
  }
  return grants.reduce((all, grant) => all.combine(grant));
}

/** Makes managed policies below a construct, attached to nobody yet. */
export function createManagedPolicies(policy: WrittenPolicy, scope: Construct): ManagedPolicy[] {
  const documents = splitIntoDocuments(policy.statements, MANAGED_POLICY_LIMIT, policy.sizeOf);
  checkQuotas({ policy, managed: documents, attached: 0, scope });
  return documents.map((document, index) => new ManagedPolicy(scope, `ManagedPolicy${index + 1}`, {
    document: new PolicyDocument({ statements: toPolicyStatements(document) }),
  }));
}

interface AttachmentPlan {
  /** What goes to the target's own policy. */
  readonly inline: Document[];

  /** What goes to managed policies of the target, one for each document. */
  readonly managed: Document[];
}

/** Where the statements go; undefined where they fit nowhere. */
function planAttachment({ statements, sizeOf }: WrittenPolicy, target: PolicyTarget): AttachmentPlan | undefined {
  const whole = fitInOneDocument(statements, target.remaining, sizeOf);
  if (whole) {
    return { inline: [whole], managed: [] };
  }
  const documents = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, sizeOf);
  if (target.splitsItself) {
    return { inline: documents, managed: [] };
  }
  if (!target.managedPolicy) {
    return undefined;
  }
  // An imported role shows only at its own policy whether CDK ignores what it is given, so a part of it goes there.
  const [first, ...others] = documents;
  return target.mayIgnorePolicies && documentSize(first, sizeOf) <= target.remaining
    ? { inline: [first], managed: others }
    : { inline: [], managed: documents };
}

function tooLarge({ statements, sizeOf }: WrittenPolicy, { description, remaining, used }: PolicyTarget): string {
  return `the policy has ${formatNumber(documentSize(statements, sizeOf))} characters, white space not counted, `
    + `and ${description} may have ${formatNumber(remaining + used)}`
    + `${used > 0 ? `, ${formatNumber(used)} of which are used` : ''}: attach toManagedPolicies(), `
    + 'or allow a prefix of the snapshots, with SnapshotSource.fromPrefix';
}

function cannotHoldPolicy(principal: IPrincipal, scope: IConstruct): string {
  const json = JSON.stringify(Stack.of(scope).resolve(principal.policyFragment.principalJson));
  return `the principal ${json} can't have an identity policy, so it would never get the permissions: grant to a role, `
    + 'a user or a group, or add toPolicyDocument() where the principal\'s policies are kept';
}

/**
 * An imported user or group of another account: CDK attaches its policy by name, and so to whoever has that name in the
 * stack's own account (aws-cdk-lib/aws-iam/lib/user.ts and group.ts). CDK compares accounts for roles only.
 */
function assertSameAccount(principal: IPrincipal, scope: IConstruct): void {
  if (!Construct.isConstruct(principal) || 'roleName' in principal) {
    return;
  }
  const { principalAccount } = principal;
  const stackAccount = Stack.of(principal).account;
  if (principalAccount && Token.compareStrings(principalAccount, stackAccount) === TokenComparison.DIFFERENT) {
    throwErrors([
      `${principal.node.path} belongs to account ${principalAccount}, but its stack deploys to ${stackAccount}, where `
      + 'the permissions would go to another principal of the same name: add toPolicyDocument() where it is defined',
    ], scope);
  }
}

/**
 * Whether CDK reported success and added nothing. Immutable roles, roles of another account and roles that are created
 * beforehand ignore policies (aws-cdk-lib/aws-iam/lib/private/immutable-role.ts, precreated-role.ts): they then have no
 * default policy, and nothing to depend on.
 */
function wasIgnored(principal: IPrincipal, grants: Grant[]): boolean {
  return grants.length > 0 && Construct.isConstruct(principal) && !principal.node.tryFindChild('DefaultPolicy')
    && grants.every((grant) => Dependable.of(grant).dependencyRoots.length === 0);
}

function warnOfIgnoredPermissions(principal: IPrincipal, scope: IConstruct): void {
  const diagnostics = new Diagnostics();
  diagnostics.warning(
    'notDelivered',
    `CDK doesn't change the role ${(principal as IPrincipal & IConstruct).node.path} (imported as immutable, of `
    + 'another '
    + 'account, or created beforehand), so it did not get the permissions: add toPolicyDocument() to the role where it '
    + 'is defined, or acknowledge this warning',
  );
  diagnostics.report(scope);
}
