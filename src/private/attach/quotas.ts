import { IConstruct } from 'constructs';
import { Diagnostics, formatNumber } from '../util/diagnostics';
import type { Statement } from '../policy/statements';
import { MANAGED_POLICIES, MANAGED_POLICY_LIMIT } from '../policy/limits';
import { documentSize } from '../policy/split';
import type { SizeEstimator } from '../policy/size';

interface Quotas {
  readonly statements: Statement[];

  /** The documents that become managed policies. */
  readonly managed: Statement[][];

  /** How many managed policies the principal has already. */
  readonly attached: number;
  readonly measure: SizeEstimator;
  readonly scope: IConstruct;
}

/** Throws where the documents can't be the managed policies of one principal, and warns where they can with a raised quota only. */
export function checkQuotas({ statements, managed, attached, measure, scope }: Quotas): void {
  const tooLong = managed.some((document) => documentSize(document, measure) > MANAGED_POLICY_LIMIT);
  if (!tooLong && managed.length + attached <= MANAGED_POLICIES.default) {
    return;
  }
  const findings = new Diagnostics();
  const size = `the policy has ${formatNumber(documentSize(statements, measure))} characters, white space not counted`;
  const needed = `${size}, and needs ${managed.length} managed policies${attached > 0 ? `, besides the ${attached} that the principal has` : ''}`;
  if (tooLong) {
    findings.error(
      `${size}, and its actions on one resource, with their conditions, more than the ${formatNumber(MANAGED_POLICY_LIMIT)} of a managed policy: `
      + 'make several grants, each with some of the operations or of the values of conditions',
    );
  } else if (managed.length + attached > MANAGED_POLICIES.most) {
    findings.error(
      `${needed}, of which a principal may have ${MANAGED_POLICIES.most} at most: allow a prefix of the snapshots, with SnapshotSource.fromPrefix, `
      + 'or make a grant for each set of shards, to a principal of its own',
    );
  } else {
    findings.warning(
      'managedPolicyQuota',
      `${needed}: a principal may have ${MANAGED_POLICIES.default} unless AWS raised its quota, to ${MANAGED_POLICIES.most} at most`,
    );
  }
  findings.report(scope);
}
