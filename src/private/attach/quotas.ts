/**
 * IAM's quotas: documents and a principal's managed policies in, and an error or a warning out.
 *
 * What no principal can have is refused. What needs a raised quota is a warning, since CDK doesn't know whether the
 * account has it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { IConstruct } from 'constructs';
import { ManagedPolicies } from './target';
import { Document, Statement } from '../model';
import { MANAGED_POLICY_LIMIT, MANAGED_POLICY_QUOTAS } from '../policy/limits';
import { SizeRemedies, WrittenPolicy } from '../policy/policy';
import { documentSize, SizeEstimator } from '../policy/size';
import { warnOfUnknownLengths } from '../policy/unknown-lengths';
import { Diagnostics, formatNumber, throwErrors } from '../util/diagnostics';

const MOST = Math.max(...Object.values(MANAGED_POLICY_QUOTAS).map(({ most }) => most));
const LEAST = Math.min(...Object.values(MANAGED_POLICY_QUOTAS).map((quota) => quota.default));

/** Throws where a document is over the limit of a managed policy all the same. */
export function checkDocuments(
  statements: Statement[], documents: Document[], sizeOf: SizeEstimator, scope: IConstruct,
): void {
  if (documents.some((document) => documentSize(document, sizeOf) > MANAGED_POLICY_LIMIT)) {
    throwErrors([
      `${sizeText(statements, sizeOf)}, and its actions on one resource, with their conditions, have more than the `
      + `${formatNumber(MANAGED_POLICY_LIMIT)} of a managed policy: make several grants, each with some of the `
      + 'operations or of the values of conditions',
    ], scope);
  }
}

/** Throws where the principal can't have this many managed policies; warns where it needs a raised quota. */
export function checkQuota(
  statements: Statement[], added: Document[], { kind, attached }: Pick<ManagedPolicies, 'kind' | 'attached'>,
  { sizeOf, remedies }: Pick<WrittenPolicy, 'sizeOf' | 'remedies'>, scope: IConstruct,
): void {
  const quota = MANAGED_POLICY_QUOTAS[kind];
  const needed = `${neededText(statements, added, sizeOf)}`
    + `${attached > 0 ? `, besides the ${attached} that the ${kind} has` : ''}`;
  const diagnostics = new Diagnostics();
  if (added.length + attached > quota.most) {
    diagnostics.error(`${needed}, and a ${kind} may have ${quota.most} at most: ${remedyOf(remedies)}`);
  } else if (added.length + attached > quota.default) {
    diagnostics.warning(
      'managedPolicyQuota',
      `${needed}: a ${kind} may have ${quota.default} unless AWS raised its quota, to ${quota.most} at most`,
    );
  }
  diagnostics.report(scope);
}

/** The same for managed policies that are attached to nobody yet. */
export function checkUnattached(
  statements: Statement[], added: Document[],
  { sizeOf, remedies }: Pick<WrittenPolicy, 'sizeOf' | 'remedies'>, scope: IConstruct,
): void {
  checkDocuments(statements, added, sizeOf, scope);
  const diagnostics = new Diagnostics();
  if (added.length > MOST) {
    diagnostics.error(
      `${neededText(statements, added, sizeOf)}, and no principal may have more than ${MOST}: ${remedyOf(remedies)}`,
    );
  } else if (added.length > LEAST) {
    const { role, user, group } = MANAGED_POLICY_QUOTAS;
    diagnostics.warning(
      'managedPolicyQuota',
      `${neededText(statements, added, sizeOf)}: unless AWS raised its quota, a role may have ${role.default} `
      + `(${role.most} at most) and a user ${user.default} (${user.most} at most); a group may have ${group.most}`,
    );
  }
  diagnostics.report(scope);
  warnOfUnknownLengths(added, 0, MANAGED_POLICY_LIMIT, sizeOf, scope);
}

function remedyOf({ smaller, apart }: SizeRemedies): string {
  return [smaller, apart ?? []].flat().join(', or ');
}

function sizeText(statements: Statement[], sizeOf: SizeEstimator): string {
  return `the policy has ${formatNumber(documentSize(statements, sizeOf))} characters, white space not counted`;
}

function neededText(statements: Statement[], added: Document[], sizeOf: SizeEstimator): string {
  return `${sizeText(statements, sizeOf)}, and needs ${added.length} managed `
    + `${added.length === 1 ? 'policy' : 'policies'}`;
}
