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
import { toPolicyDocument, toPolicyStatements, writePolicy, WrittenPolicy } from './private/policy/policy';
import { toPublicPermission } from './private/resolve/resolve';
import { tokensIn } from './private/util/tokens';

/**
 * The IAM permissions that deploying a stack's caches needs, and no more.
 *
 * Who calls ElastiCache when a stack is deployed is the role that CloudFormation assumes: the execution role of
 * `cdk bootstrap`, or the one of `cdk deploy --role-arn`. Pass what is deployed. The grant finds its caches, snapshots,
 * parameter groups, users and so on, and works out what creating, reading, updating and deleting each of them needs, as
 * the handlers of CloudFormation list it. It is for ElastiCache alone: what else is in the stack needs permissions of
 * its own.
 *
 * Each resource is allowed by the name that the template gives it. A resource without a name is allowed as any of its
 * type in the Region and the account, since CloudFormation makes the name; its permissions say so in their reasons.
 * Only names and patterns of the deployed stacks get into the policy, so that the role can be in a stack that is
 * deployed before them. A key or a bucket without a name that is made there is an error.
 *
 * The constructor throws one error with everything that is wrong. It warns, with ids to acknowledge, of
 * - resources of EC2-Classic, which have no handlers (`cdk-elasticache-grants:withoutHandlers`);
 * - permissions of other services that allow more than one may think, or are not enough
 *   (`cdk-elasticache-grants:logResourcePolicy`, `cdk-elasticache-grants:otherAccountKey`);
 * - keys of snapshots that are taken literally or are only known at deployment
 *   (`cdk-elasticache-grants:literalWildcard`, `cdk-elasticache-grants:unknownObject`);
 * - the same of principals and policies as `ElastiCacheAccessGrant` does (`cdk-elasticache-grants:notDelivered`,
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
  private readonly policy: WrittenPolicy;
  private readonly attachments: Attachments;

  constructor(scope: Construct, id: string, props: ElastiCacheDeploymentGrantProps) {
    super(scope, id);
    const tokens = tokensIn(this);
    this.deployment = deploymentPermissions(props, this, tokens);
    this.policy = writePolicy(this.deployment.permissions, this, tokens);
    this.attachments = new Attachments(this.policy, this);
  }

  /**
   * Each permission of the grant. Its reason begins with the path of the resource that it deploys and the handlers that
   * need it, and ends with the property, where it is for one. Its source is the page that says so.
   *
   * Ordered by operation, action and resource. A permission that several resources need is there for each of them.
   * Resources may hold tokens, which `Stack.resolve()` resolves.
   */
  public get permissions(): ElastiCachePermission[] {
    return this.deployment.permissions.map(toPublicPermission);
  }

  /**
   * The permissions as policy statements: one for each set of actions, and one for each snapshot object.
   *
   * They are new at each call: changing one changes neither the grant nor what was added to a principal.
   */
  public get statements(): PolicyStatement[] {
    return toPolicyStatements(this.policy.statements);
  }

  /**
   * Whom the permissions were added to, in that order: what was passed to `toRole` and the others.
   *
   * A principal that CDK doesn't change, which a warning names (`cdk-elasticache-grants:notDelivered`), is not among
   * them, and neither is whoever gets a policy of `toManagedPolicies` or `toPolicyDocument`.
   */
  public get grantees(): IGrantable[] {
    return this.attachments.grantees;
  }

  /**
   * Adds the permissions to a role, such as the execution role of CloudFormation.
   *
   * @param role a role of this app, or one that is imported and mutable, in the account that is deployed to.
   * @throws when the role can have no policy, or is of another account. A role that CDK doesn't change (imported with
   * `mutable: false`) is a warning: it does not get the permissions.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toRole(role: IRole): Grant {
    return this.to(role);
  }

  /**
   * Adds the permissions to a user who deploys without a role of CloudFormation, as `cdk deploy --role-arn` has one.
   * Prefer a role, whose credentials are short-lived.
   *
   * @param user a user of this app, or an imported one.
   * @throws when the user can have no policy, or belongs to another account.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toUser(user: IUser): Grant {
    return this.to(user);
  }

  /**
   * Adds the permissions to a group, and so to each of its users.
   *
   * @param group a group of this app, or an imported one.
   * @throws when the group can have no policy, or belongs to another account.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toGroup(group: IGroup): Grant {
    return this.to(group);
  }

  /**
   * Adds the permissions to anything that has a principal with policies of its own.
   *
   * What doesn't fit the inline policies of a role, a user or a group goes to managed policies, as
   * `ElastiCacheAccessGrant.to` describes it.
   *
   * @param grantee whatever has the principal.
   * @throws as `ElastiCacheAccessGrant.to` does, and when the principal is of another account than what is deployed.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public to(grantee: IGrantable): Grant {
    checkAccount(grantee, this.deployment.accounts, this);
    return this.attachments.attachTo(grantee);
  }

  /**
   * The permissions as one policy document, for a role that isn't in this app: write it to a file for
   * `cdk bootstrap --cloudformation-execution-policies`, or let the stack of another account use it.
   *
   * It is new at each call. Where the deployed stacks have an account and a Region in their `env`, it has no token, and
   * so can be written as JSON, unless a key or a bucket without a name is in another stack, or the key of a snapshot
   * has `*`, `?` or `$`. Sizes count as `ElastiCacheAccessGrant.toPolicyDocument` describes it.
   *
   * @param maxCharacters how many characters the document may have, white space not counted. By default 6,144, as for a
   * managed policy; 10,240 for the inline policies of a role.
   * @throws when the document doesn't fit; the error tells its size.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    return toPolicyDocument(this.policy, maxCharacters, this);
  }

  /**
   * The permissions as managed policies, which many principals can share: as few as hold them.
   *
   * They are made below this construct at the first call; later calls give the same ones.
   *
   * @throws when more than 25 are needed, which no principal can have. More than 10, which users and groups may have by
   * default, are a warning.
   */
  public toManagedPolicies(): ManagedPolicy[] {
    return this.attachments.managedPolicies();
  }
}
