import {
  Grant, IGrantable, IGroup, IRole, IUser, ManagedPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElastiCacheDeploymentGrantProps } from './elasticache-deployment-grant-props';
import { ElastiCachePermission } from './elasticache-permission';
import { Attachments } from './private/attach/attachments';
import { checkAccount } from './private/deployment/account';
import { deploymentPermissions, DeploymentPermissions } from './private/deployment/deployment';
import { MANAGED_POLICY_LIMIT } from './private/policy/limits';
import { WrittenPolicy } from './private/policy/policy';
import { toPublicPermission } from './private/resolve/resolve';
import { tokensIn } from './private/util/tokens';

/** Nobody chooses the snapshots of a deployment. */
const SIZE_REMEDIES = { smaller: 'make a grant for each part of what is deployed, to a principal of its own' };

/**
 * Grants the IAM permissions that deploying a stack's caches needs, and no more.
 *
 * When a stack is deployed, ElastiCache is called by the role that CloudFormation assumes: the execution role of
 * `cdk bootstrap`, or the role of `cdk deploy --role-arn`. Pass the constructs that are deployed. The grant finds their
 * caches, snapshots, parameter groups, users and so on. It works out what creating, reading, updating and deleting each
 * of them needs, as the handlers of CloudFormation list it. The grant is only for ElastiCache. Other resources in the
 * stack need permissions of their own.
 *
 * Each resource is allowed by the name that the template gives it. If a resource has no name, CloudFormation makes one.
 * The grant then allows any resource of its type in the Region and the account, with a warning for each type. The
 * policy contains only names and patterns of the deployed stacks, so the role can be in a stack that is deployed before
 * them. A key that is created there is an error, and so is a bucket or a delivery stream without a name.
 *
 * The constructor throws one error that lists everything that is wrong. The grant warns, with ids that you can
 * acknowledge, about:
 *
 * - resources without a name, which are allowed as any of their type (`cdk-elasticache-grants:anyName.<type>`);
 * - resources of EC2-Classic, which have no handlers (`cdk-elasticache-grants:withoutHandlers`);
 * - permissions of other services that allow more than you may expect, or are not enough
 *   (`cdk-elasticache-grants:logResourcePolicy`, `cdk-elasticache-grants:otherAccountKey`);
 * - keys of snapshots that are taken literally or are known only at deployment
 *   (`cdk-elasticache-grants:literalWildcard`, `cdk-elasticache-grants:unknownObject`);
 * - principals and policies, as `ElastiCacheAccessGrant` does (`cdk-elasticache-grants:unusedGrant`,
 *   `cdk-elasticache-grants:notDelivered`,
 *   `cdk-elasticache-grants:managedPolicyQuota`, `cdk-elasticache-grants:unknownLength`).
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 *
 * @example
 * declare const platform: Stack;
 * declare const service: Stack;
 *
 * const role = new iam.Role(platform, 'ExecutionRole', {
 *   assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
 * });
 * new ElastiCacheDeploymentGrant(platform, 'DeployCaches', { deployed: [service] }).toRole(role);
 */
export class ElastiCacheDeploymentGrant extends Construct {
  private readonly deployment: DeploymentPermissions;
  private readonly attachments: Attachments;

  constructor(scope: Construct, id: string, props: ElastiCacheDeploymentGrantProps) {
    super(scope, id);
    this.deployment = deploymentPermissions(props, this, tokensIn(this));
    this.attachments = new Attachments(new WrittenPolicy(this.deployment.permissions, SIZE_REMEDIES, this), this);
  }

  /**
   * Each permission of the grant, with its reason and its source.
   *
   * The reason begins with the path of the deployed resource and the handlers that need the permission. If a property
   * needs it, the reason ends with that property. The source is the page that says so.
   *
   * The permissions are ordered by operation, action and resource. If several resources need the same permission, it is
   * listed for each of them. Resources may contain tokens, which `Stack.resolve()` resolves.
   */
  public get permissions(): ElastiCachePermission[] {
    return this.deployment.permissions.map(toPublicPermission);
  }

  /**
   * The permissions as policy statements: one for each set of actions, and one for each snapshot object.
   *
   * Each call returns new statements. Changing one changes neither the grant nor what was added to a principal.
   */
  public get statements(): PolicyStatement[] {
    return this.attachments.statements();
  }

  /**
   * The grantees that the permissions were added to, in that order.
   *
   * These are the objects that were passed to `toRole` and similar methods. A principal that CDK doesn't change is not
   * included, and a warning names it (`cdk-elasticache-grants:notDelivered`). Principals that get a policy of
   * `toManagedPolicies` or `toPolicyDocument` are not included either.
   */
  public get grantees(): IGrantable[] {
    return this.attachments.grantees;
  }

  /**
   * Adds the permissions to a role, such as the execution role of CloudFormation.
   *
   * @param role the role: one of this app, or an imported one that is mutable, in the account that is deployed to.
   * @throws if the role can't have a policy, or belongs to another account. If CDK doesn't change the role (imported
   * with `mutable: false`), there is a warning instead, and the role does not get the permissions.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public toRole(role: IRole): Grant {
    return this.to(role);
  }

  /**
   * Adds the permissions to a user who deploys without a CloudFormation role such as that of `cdk deploy --role-arn`.
   * Prefer a role, because its credentials are short-lived.
   *
   * @param user the user: one of this app, or an imported one.
   * @throws if the user can't have a policy, or belongs to another account.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public toUser(user: IUser): Grant {
    return this.to(user);
  }

  /**
   * Adds the permissions to a group, and so to each of its users.
   *
   * @param group the group: one of this app, or an imported one.
   * @throws if the group can't have a policy, or belongs to another account.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public toGroup(group: IGroup): Grant {
    return this.to(group);
  }

  /**
   * Adds the permissions to anything that has a principal with policies of its own.
   *
   * What doesn't fit the inline policies of a role, a user or a group goes to managed policies, as described in
   * `ElastiCacheAccessGrant.to`.
   *
   * @param grantee the grantee: anything that has a principal.
   * @throws in the same cases as `ElastiCacheAccessGrant.to`, and if the principal is in another account than the one
   * that is deployed to.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public to(grantee: IGrantable): Grant {
    checkAccount(grantee, this.deployment.accounts, this);
    return this.attachments.attachTo(grantee);
  }

  /**
   * Returns the permissions as one policy document, for a role that isn't in this app.
   *
   * Write it to a file for `cdk bootstrap --cloudformation-execution-policies`, or use it in the stack of another
   * account. Each call returns a new document.
   *
   * If the deployed stacks have an account and a Region in their `env`, the document has no tokens, so you can write it
   * as JSON. There are two exceptions: a key or a bucket without a name in another stack, and a snapshot's key that has
   * `*`, `?` or `$`. Sizes are counted as described in `ElastiCacheAccessGrant.toPolicyDocument`.
   *
   * @param maxCharacters the number of characters that the document may have, not counting white space. The default is
   * 6,144, the limit of a managed policy. The limit for the inline policies of a role is 10,240.
   * @throws if the document doesn't fit. The error gives its size.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    return this.attachments.document(maxCharacters);
  }

  /**
   * Returns the permissions as managed policies, which many principals can share.
   *
   * There are as few policies as possible. They are created below this construct on the first call. Later calls
   * return the same ones.
   *
   * @throws if more than 25 policies are needed, which no principal can have. If more than 10 are needed, which is the
   * default quota of users and groups, there is a warning.
   */
  public toManagedPolicies(): ManagedPolicy[] {
    return this.attachments.managedPolicies();
  }
}
