/**
 * IAM's quota of managed policies per principal.
 *
 * By default a principal may have 10; AWS raises that to 20 on request. What needs more is refused, and what needs a
 * raised quota is a warning, since CDK doesn't know whether the account has it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
import { IConstruct } from 'constructs';
import { Document } from '../model';
import { MANAGED_POLICIES, MANAGED_POLICY_LIMIT } from '../policy/limits';
import { WrittenPolicy } from '../policy/policy';
import { documentSize } from '../policy/size';
import { Diagnostics, formatNumber } from '../util/diagnostics';

interface ManagedPolicies {
  readonly policy: WrittenPolicy;

  /** The documents that become managed policies. */
  readonly managed: Document[];

  /** How many managed policies the principal has already. */
  readonly attached: number;
  readonly scope: IConstruct;
}

/** Throws where one principal can't have the documents as managed policies; warns where it needs a raised quota. */
export function checkQuotas({ policy: { statements, sizeOf }, managed, attached, scope }: ManagedPolicies): void {
  const tooLong = managed.some((document) => documentSize(document, sizeOf) > MANAGED_POLICY_LIMIT);
  if (!tooLong && managed.length + attached <= MANAGED_POLICIES.default) {
    return;
  }
  const diagnostics = new Diagnostics();
  const size = `the policy has ${formatNumber(documentSize(statements, sizeOf))} characters, white space not counted`;
  const needed = `${size}, and needs ${managed.length} managed policies`
    + `${attached > 0 ? `, besides the ${attached} that the principal has` : ''}`;
  if (tooLong) {
    diagnostics.error(
      `${size}, and its actions on one resource, with their conditions, have more than the `
      + `${formatNumber(MANAGED_POLICY_LIMIT)} of a managed policy: make several grants, each with some of the `
      + 'operations or of the values of conditions',
    );
  } else if (managed.length + attached > MANAGED_POLICIES.most) {
    diagnostics.error(
      `${needed}, and a principal may have ${MANAGED_POLICIES.most} at most: allow a prefix of the snapshots, with `
      + 'SnapshotSource.fromPrefix, or make a grant for each set of shards, to a principal of its own',
    );
  } else {
    diagnostics.warning(
      'managedPolicyQuota',
      `${needed}: a principal may have ${MANAGED_POLICIES.default} unless AWS raised its quota, to `
      + `${MANAGED_POLICIES.most} at most`,
    );
  }
  diagnostics.report(scope);
}
