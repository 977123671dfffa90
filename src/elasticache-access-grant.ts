import {
  Grant, IGrantable, IGroup, IRole, IUser, ManagedPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElastiCacheAccessGrantProps } from './elasticache-access-grant-props';
import { ElastiCachePermission } from './elasticache-permission';
import { Attachments } from './private/attach/attachments';
import { Permission } from './private/model';
import { MANAGED_POLICY_LIMIT } from './private/policy/limits';
import { toPolicyDocument, toPolicyStatements, writePolicy, WrittenPolicy } from './private/policy/policy';
import { resolve, toPublicPermission } from './private/resolve/resolve';
import { tokensIn } from './private/util/tokens';

/**
 * The IAM permissions that calling some ElastiCache operations needs, and no more.
 *
 * List the operations that somebody may call. The grant works out the actions and resources, as AWS's API permissions
 * reference lists them, and adds them to a role, a user, a group or anything that has one. The output depends on what
 * is listed, not on its order. A construct that depends on the grant, by `node.addDependency(grant)`, waits for all
 * that the grant has added up to synthesis. What `toRole` and the others return does the same for what they added, by
 * `applyBefore()`.
 *
 * The constructor throws one error with everything that is wrong: no operation, snapshots that no operation uses,
 * object keys that a policy can't hold, resources that don't fit the operations. It warns, with ids to acknowledge, of
 * - retired operations (`cdk-elasticache-grants:retiredOperation.<operationName>`);
 * - `*` and `?` in object keys, which are taken literally (`cdk-elasticache-grants:literalWildcard`);
 * - keys and ARNs that are only known at deployment (`cdk-elasticache-grants:unknownObject`), and ARNs of another
 *   partition than the stack's (`cdk-elasticache-grants:otherPartition`);
 * - conditions and resources that may not have the effect that they seem to have
 *   (`cdk-elasticache-grants:lenientCondition`, `cdk-elasticache-grants:createdResource.<operationName>`,
 *   `cdk-elasticache-grants:openType.<operationName>`, `cdk-elasticache-grants:caseSensitiveCondition`,
 *   `cdk-elasticache-grants:conditionWithoutEffect`, `cdk-elasticache-grants:oneServiceName`,
 *   `cdk-elasticache-grants:wildcardInArnEquals`, `cdk-elasticache-grants:capitalsInName`);
 * - permissions of other services that allow more than one may think, or are not enough
 *   (`cdk-elasticache-grants:logResourcePolicy`, `cdk-elasticache-grants:otherAccountKey`,
 *   `cdk-elasticache-grants:kmsEncryptedBucket`, `cdk-elasticache-grants:exportWithoutKey`);
 * - roles that CDK doesn't change and that therefore don't get the permissions
 *   (`cdk-elasticache-grants:notDelivered`);
 * - more managed policies than AWS allows by default (`cdk-elasticache-grants:managedPolicyQuota`), and nearly full
 *   policies with values whose length nothing bounds (`cdk-elasticache-grants:unknownLength`).
 *
 * @see https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/doc_source/redis/IAM.APIReference.md
 *
 * @example
 * declare const bucket: s3.Bucket;
 * declare const executionRole: iam.IRole; // deploys the cache, as CloudFormation's execution role does
 *
 * const nightly = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);
 * const cache = new elasticache.CfnReplicationGroup(this, 'Cache', {
 *   replicationGroupDescription: 'Restored from the nightly snapshots',
 *   snapshotArns: nightly.snapshotArns,
 * });
 * const grant = new ElastiCacheAccessGrant(this, 'RestoreAccess', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
 *   snapshots: [nightly],
 * });
 * grant.toRole(executionRole).applyBefore(cache);
 *
 * // The ElastiCache service reads the snapshots, too, and needs access to the bucket.
 * SnapshotBucketGrants.fromBucket(bucket).importSource(nightly).applyBefore(cache);
 */
export class ElastiCacheAccessGrant extends Construct {
  private readonly resolved: Permission[];
  private readonly policy: WrittenPolicy;
  private readonly attachments: Attachments;

  constructor(scope: Construct, id: string, props: ElastiCacheAccessGrantProps) {
    super(scope, id);
    const tokens = tokensIn(this);
    this.resolved = resolve(props, this, tokens);
    this.policy = writePolicy(this.resolved, this, tokens);
    this.attachments = new Attachments(this.policy, this);
  }

  /**
   * Each permission of the grant, with the operation that needs it and the source that says so: what a reviewer signs.
   *
   * Ordered by operation, action and resource. Resources may hold tokens, which `Stack.resolve()` resolves.
   */
  public get permissions(): ElastiCachePermission[] {
    return this.resolved.map(toPublicPermission);
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
   * Adds the permissions to a role.
   *
   * @param role a role of this app, or one that is imported and mutable.
   * @throws when the role can have no policy. A role that CDK doesn't change (imported with `mutable: false`, or of
   * another account) is a warning: it does not get the permissions.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toRole(role: IRole): Grant {
    return this.to(role);
  }

  /**
   * Adds the permissions to a user. Prefer a role, whose credentials are short-lived.
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
   * Adds the permissions to anything that has a principal with policies of its own: a Lambda function, an ECS task
   * definition, a lazy role, a managed policy. Wrappers such as `PrincipalWithConditions` don't matter: what is inside
   * decides.
   *
   * What doesn't fit the inline policies of a role (10,240 characters), a user (2,048) or a group (5,120), with those
   * that the app has for it already, goes to managed policies `ElastiCacheAccess1`, `ElastiCacheAccess2` … below the
   * principal. All grants to the principal fill the last of them before there is another one. An `iam.Policy` has the
   * limit of the smallest space among those that it is attached to.
   *
   * @param grantee whatever has the principal.
   * @throws when its principal can have no identity policy, as a service, an account or a federated principal; when it
   * is a user or a group of another account; when the policy is larger than what IAM allows there; and when the
   * principal would have more managed policies than AWS raises its quota to: a role 25, a user 20, a group 10. Nothing
   * has been added then.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public to(grantee: IGrantable): Grant {
    return this.attachments.attachTo(grantee);
  }

  /**
   * The permissions as one policy document, for where there is no CDK principal: a permission set of IAM Identity
   * Center, a permissions boundary, a policy that another team deploys.
   *
   * It is new at each call. If the statements don't fit as they are, those that differ only in their resources are
   * merged.
   *
   * A value that is only known at deployment counts with the longest that AWS allows for it: 15 characters for a
   * Region, 12 for an account, 63 for a bucket's name, 50 and 40 for the names of clusters and replication groups in
   * their ARNs, 256 for a tag's value, and the `maxLength` of a parameter. Where AWS sets no limit, 63 characters are
   * assumed for other names and `Ref`s, 88 for other attributes, and 128 for all else, such as imports and dynamic
   * references; if the document is nearly full, a warning says so (`cdk-elasticache-grants:unknownLength`).
   *
   * @param maxCharacters how many characters the document may have, white space not counted. By default 6,144, as for a
   * managed policy and so a permissions boundary; 10,240 for the inline policies of a role, 5,120 of a group and 2,048
   * of a user; 5,120 for a service control policy; 32,768 for the inline policy of a permission set.
   * @throws when the document doesn't fit; the error tells its size.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    return toPolicyDocument(this.policy, maxCharacters, this);
  }

  /**
   * The permissions as managed policies, which many principals can share: as few as hold them.
   *
   * `policy.attachToRole(role)` and its like attach them, to imported principals, too. A permissions boundary is one
   * managed policy: if several are returned, a boundary can't hold the permissions.
   *
   * They are made below this construct at the first call; later calls give the same ones. An object that comes last in
   * the order of buckets and keys changes the last policy alone; one that comes earlier moves what is behind it.
   *
   * @throws when more than 25 are needed, which no principal can have; when conditions are too long for one. More than
   * 10, which users and groups may have by default, are a warning.
   */
  public toManagedPolicies(): ManagedPolicy[] {
    return this.attachments.managedPolicies();
  }
}
