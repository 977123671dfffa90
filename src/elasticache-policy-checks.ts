import { IAspect } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { reportFindings } from './private/review/check';

/**
 * Checks the identity policies of an app, whoever wrote them, for parts that provably don't do what they say.
 *
 * Policies for ElastiCache are often wrong in ways that nothing reports. IAM accepts an action that doesn't exist, a
 * resource that no action is authorized on, and a condition on a key that a request never has. Add the checks to an app
 * or a stack. Each such mistake is then a warning on its policy, with the statement, the reason and the page of AWS. If
 * the statement shows what was meant, the warning also has the `ElastiCacheAccessGrant` for it.
 *
 * All policies that the app has for a principal are checked together: policies, managed policies, and inline
 * policies of roles, users, groups and permission sets. They may be L2 constructs, L1 constructs or part of an
 * included template.
 *
 * The checks report only what can be proved. They ignore values that are known only at deployment. They also
 * ignore missing parts that the principal may have from elsewhere, because it is imported, or has a policy that
 * the app doesn't define.
 *
 * The warnings are `cdk-elasticache-grants:policy.<rule>`. You can acknowledge them with
 * `Annotations.of(scope).acknowledgeWarning()`. The rules are:
 *
 * - `unknownAction`: an action that doesn't exist, or a pattern that matches none;
 * - `invalidArn`: an ARN in a form that no resource of ElastiCache has;
 * - `unusedResource`: a resource that no action of the statement is authorized on;
 * - `missingResource`: a missing type of resource, without which every call of an action is denied;
 * - `unknownConditionKey`: a condition key that doesn't exist;
 * - `absentConditionKey`: a condition key that an action of the statement never has;
 * - `conditionValue`: an operator or a value that no request meets, or conditions that exclude each other;
 * - `emptyDeny`: a Deny that denies nothing;
 * - `denyWithoutKey`: a Deny that denies every request without its key;
 * - `missingCompanion`: an action that needs another one that is missing, such as tags at creation or S3 for an export.
 *
 * The warnings are added when the app is validated at synthesis, after all aspects.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
 *
 * @example
 * declare const app: App;
 *
 * Aspects.of(app).add(new ElastiCachePolicyChecks());
 */
export class ElastiCachePolicyChecks implements IAspect {
  private readonly scopes: IConstruct[] = [];

  /**
   * Checks the policies below a construct. `Aspects` call this method.
   *
   * @param node the construct.
   */
  public visit(node: IConstruct): void {
    const isInScope = (construct: IConstruct) => (
      construct.node.scopes.some((ancestor) => this.scopes.includes(ancestor)));
    if (isInScope(node)) { return; }
    this.scopes.push(node);
    const { root } = node.node;
    node.node.addValidation({
      validate: () => {
        reportFindings(root, (construct) => construct.node.scopes.includes(node));
        return [];
      },
    });
  }
}
