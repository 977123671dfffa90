import { IAspect } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { reportFindings } from './private/review/check';

/**
 * Checks the identity policies of an app, whoever wrote them, for what provably doesn't do what it says.
 *
 * Policies for ElastiCache are often wrong in ways that nobody reports: IAM accepts an action that doesn't exist, a
 * resource that no action is authorized on, and a condition on a key that a request never has. Add the checks to an app
 * or a stack, and each such mistake is a warning of its policy, with the statement, the reason, the page of AWS, and,
 * where the statement tells what was meant, the `ElastiCacheAccessGrant` for it.
 *
 * All policies of a principal that the app has are judged together: policies, managed policies, and inline policies of
 * roles, users, groups and permission sets, be they L2s, L1s or part of an included template. What can't be proved is
 * not reported: values that only the deployment knows, and parts that are missing while the principal may have them
 * from elsewhere, because it is imported, or has a policy that the app doesn't define.
 *
 * The warnings are `cdk-elasticache-grants:policy.<rule>`, which `Annotations.of(scope).acknowledgeWarning()` accepts:
 * - `unknownAction`: an action that doesn't exist, or a pattern that matches none;
 * - `invalidArn`: an ARN of a form that no resource of ElastiCache has;
 * - `unusedResource`: a resource that no action of the statement is authorized on;
 * - `missingResource`: a type of resource without which every call of an action is denied;
 * - `unknownConditionKey`: a condition key that doesn't exist;
 * - `absentConditionKey`: a condition key that an action of the statement never has;
 * - `conditionValue`: an operator or a value that no request meets, or conditions that exclude each other;
 * - `emptyDeny`: a Deny that denies nothing;
 * - `denyWithoutKey`: a Deny that denies every request without its key;
 * - `missingCompanion`: an action whose other half is missing, such as tags at creation or S3 for an export.
 *
 * They are added when the app is validated at synthesis, after all aspects.
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
   * Has the policies below a construct checked. `Aspects` call it.
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
