import * as core from 'aws-cdk-lib/core';
import { CfnResource, IAspect } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { forcedWildcardsOf, isIdentityPolicy } from './private/report/forced-wildcards';

const RULE = 'AwsSolutions-IAM5';

/** What cdk-nag 2 reads of a resource. */
interface NagMetadata {
  readonly rules_to_suppress?: unknown[];
}

/** What acknowledges a finding of a validation plugin, in versions of the CDK that have it. */
interface Validations {
  readonly of: (scope: IConstruct) => {
    acknowledge(...rules: { readonly id: string; readonly reason: string }[]): void;
  };
}

/**
 * Acknowledges the findings of cdk-nag about wildcards that AWS forces on the policies of this library's grants.
 *
 * cdk-nag's rule `AwsSolutions-IAM5` reports every `*` in a policy's resources. AWS authorizes some calls on nothing
 * narrower: `DescribeEvents` has no resource, and the service-linked role has an ARN with wildcards. This aspect
 * acknowledges each of these findings separately, with the reason and the page that the grant has for the permission.
 *
 * A finding stays if anything else in the same policy has the same wildcard: a statement that others wrote, or an
 * action of a grant that could name resources but has no `resources`. Findings also stay for wildcards that you asked
 * for, such as name patterns and `SnapshotSource.fromPrefix`.
 *
 * It works with cdk-nag 2, which reads metadata of the policy in the template, and with cdk-nag 3, which reads what
 * `Validations.of(policy).acknowledge()` records. Neither needs to be installed. Add it before cdk-nag 2's aspect, or
 * with a priority that comes earlier.
 *
 * @see https://github.com/cdklabs/cdk-nag
 *
 * @example
 * declare const app: App;
 *
 * Aspects.of(app).add(new ElastiCacheWildcardAcknowledgments());
 */
export class ElastiCacheWildcardAcknowledgments implements IAspect {
  /**
   * Acknowledges the findings of a policy. `Aspects` call this method.
   *
   * @param node the construct. Constructs that are not IAM policies are ignored.
   */
  public visit(node: IConstruct): void {
    if (!isIdentityPolicy(node)) { return; }
    for (const { resource, reason } of forcedWildcardsOf(node)) {
      const finding = `Resource::${resource}`;
      const { rules_to_suppress: earlier = [] }: NagMetadata = node.getMetadata('cdk_nag') ?? {};
      node.addMetadata('cdk_nag', { rules_to_suppress: [...earlier, { reason, id: RULE, applies_to: [finding] }] });
      validations()?.of(node as CfnResource).acknowledge({ id: `${RULE}[${finding}]`, reason });
    }
  }
}

function validations(): Validations | undefined {
  return (core as { readonly Validations?: Validations }).Validations;
}
