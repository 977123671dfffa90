import {
  Grant, IGrantable, IGroup, IRole, IUser, ManagedPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ElastiCacheAccessGrantProps } from './elasticache-access-grant-props';
import { ElastiCachePermission } from './elasticache-permission';
import { Attachments } from './private/attach/attachments';
import { Permission } from './private/model';
import { MANAGED_POLICY_LIMIT } from './private/policy/limits';
import { WrittenPolicy } from './private/policy/policy';
import { resolve, toPublicPermission } from './private/resolve/resolve';
import { tokensIn } from './private/util/tokens';

/** What helps where a policy is too large. */
const WITH_SNAPSHOTS = {
  smaller: 'allow a prefix of the snapshots, with SnapshotSource.fromPrefix',
  apart: 'make a grant for each set of shards, to a principal of its own',
};
const WITHOUT_SNAPSHOTS = {
  smaller: 'make a grant for each set of operations or resources, to a principal of its own',
};

/**
 * Grants the IAM permissions that ElastiCache operations need, and no more.
 *
 * List the operations that somebody may call. The grant works out the actions and resources, as AWS's API permissions
 * reference lists them. Methods such as `toRole` add them to a role, a user, a group or anything that has one of these.
 * The output depends on what is listed, not on its order.
 *
 * To make a construct wait for everything that the grant has added up to synthesis, use `node.addDependency(grant)`.
 * What `toRole` and similar methods return does the same for what they added, with `applyBefore()`.
 *
 * The constructor throws one error that lists everything that is wrong: no operations, snapshots that no operation
 * uses, object keys that a policy can't contain, or resources that don't fit the operations. The grant warns, with ids
 * that you can acknowledge, about:
 *
 * - retired operations (`cdk-elasticache-grants:retiredOperation.<operationName>`);
 * - `*` and `?` in object keys, which are taken literally (`cdk-elasticache-grants:literalWildcard`);
 * - keys and ARNs that are known only at deployment (`cdk-elasticache-grants:unknownObject`), and ARNs of another
 *   partition than the stack's (`cdk-elasticache-grants:otherPartition`);
 * - conditions and resources that may not have the effect that they seem to have
 *   (`cdk-elasticache-grants:lenientCondition`, `cdk-elasticache-grants:createdResource.<operationName>`,
 *   `cdk-elasticache-grants:openType.<operationName>`, `cdk-elasticache-grants:caseSensitiveCondition`,
 *   `cdk-elasticache-grants:conditionWithoutEffect`, `cdk-elasticache-grants:oneServiceName`,
 *   `cdk-elasticache-grants:wildcardInArnEquals`, `cdk-elasticache-grants:capitalsInName`,
 *   `cdk-elasticache-grants:capitalsInPrefix`);
 * - permissions of other services that allow more than you may expect, or are not enough
 *   (`cdk-elasticache-grants:logResourcePolicy`, `cdk-elasticache-grants:otherAccountKey`,
 *   `cdk-elasticache-grants:kmsEncryptedBucket`, `cdk-elasticache-grants:exportWithoutKey`);
 * - permissions that nobody gets, because the grant is not used (`cdk-elasticache-grants:unusedGrant`) or because CDK
 *   doesn't change the role (`cdk-elasticache-grants:notDelivered`);
 * - more managed policies than AWS allows by default (`cdk-elasticache-grants:managedPolicyQuota`), and nearly full
 *   policies with values of unlimited length (`cdk-elasticache-grants:unknownLength`).
 *
 * @see https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/doc_source/redis/IAM.APIReference.md
 *
 * @example
 * declare const bucket: s3.Bucket;
 * declare const restore: lambda.Function; // calls CreateReplicationGroup with SnapshotArns
 *
 * const nightly = SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb']);
 * new ElastiCacheAccessGrant(this, 'RestoreAccess', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS],
 *   snapshots: [nightly],
 * }).to(restore);
 *
 * // The ElastiCache service reads the snapshots, too, and needs access to the bucket.
 * SnapshotBucketGrants.fromBucket(bucket).importSource(nightly);
 */
export class ElastiCacheAccessGrant extends Construct {
  private readonly resolved: Permission[];
  private readonly attachments: Attachments;

  constructor(scope: Construct, id: string, props: ElastiCacheAccessGrantProps) {
    super(scope, id);
    this.resolved = resolve(props, this, tokensIn(this));
    const remedies = props.snapshots?.length ? WITH_SNAPSHOTS : WITHOUT_SNAPSHOTS;
    this.attachments = new Attachments(new WrittenPolicy(this.resolved, remedies, this), this);
  }

  /**
   * Each permission of the grant, with the operation that needs it and the source that says so.
   *
   * This is what a security reviewer signs. The permissions are ordered by operation, action and resource. Resources
   * may contain tokens, which `Stack.resolve()` resolves.
   */
  public get permissions(): ElastiCachePermission[] {
    return this.resolved.map(toPublicPermission);
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
   * Adds the permissions to a role.
   *
   * @param role the role: one of this app, or an imported one that is mutable.
   * @throws if the role can't have a policy. If CDK doesn't change the role (imported with `mutable: false`, or of
   * another account), there is a warning instead, and the role does not get the permissions.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public toRole(role: IRole): Grant {
    return this.to(role);
  }

  /**
   * Adds the permissions to a user. Prefer a role, because its credentials are short-lived.
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
   * This can be a Lambda function, an ECS task definition, a lazy role or a managed policy. Wrappers such as
   * `PrincipalWithConditions` make no difference: the principal inside decides.
   *
   * Inline policies may have 10,240 characters for a role, 2,048 for a user and 5,120 for a group. This includes the
   * inline policies that the app already has for the principal. What doesn't fit goes to managed policies
   * `ElastiCacheAccess1`, `ElastiCacheAccess2` … below the principal. All grants to the principal fill the last of
   * these policies before another one is created. An `iam.Policy` is limited to the smallest space among the principals
   * that it is attached to.
   *
   * @param grantee the grantee: anything that has a principal.
   * @throws if the principal is one that can't have an identity policy, such as a service, an account or a federated
   * principal; if it is a user or a group of another account; if the policy is larger than IAM allows there; or if the
   * principal would have more managed policies than AWS's highest quota: 25 for a role, 20 for a user, 10 for a group.
   * In these cases, nothing has been added.
   * @returns a grant for everything that was added. Its `applyBefore()` orders all of it before other constructs.
   */
  public to(grantee: IGrantable): Grant {
    return this.attachments.attachTo(grantee);
  }

  /**
   * Returns the permissions as one policy document, for use without a CDK principal.
   *
   * Use it for a permission set of IAM Identity Center, a permissions boundary, or a policy that another team deploys.
   * Each call returns a new document. If the statements don't fit as they are, those that differ only in their
   * resources are merged.
   *
   * A value that is known only at deployment is counted at the longest that AWS allows for it: 15 characters for a
   * Region, 12 for an account, 63 for a bucket's name, 50 and 40 for the names of clusters and replication groups in
   * their ARNs, 256 for a tag's value, and the `maxLength` of a parameter. If AWS sets no limit, 63 characters are
   * assumed for other names and `Ref`s, 88 for other attributes, and 128 for everything else, such as imports and
   * dynamic references. If the document is then nearly full, a warning says so
   * (`cdk-elasticache-grants:unknownLength`).
   *
   * @param maxCharacters the number of characters that the document may have, not counting white space. The default is
   * 6,144, the limit of a managed policy and so of a permissions boundary. Other limits are 10,240 for the inline
   * policies of a role, 5,120 of a group and 2,048 of a user; 5,120 for a service control policy; and 32,768 for the
   * inline policy of a permission set.
   * @throws if the document doesn't fit. The error gives its size.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    return this.attachments.document(maxCharacters);
  }

  /**
   * Returns the permissions as managed policies, which many principals can share.
   *
   * There are as few policies as possible. Attach them with `policy.attachToRole(role)` and similar methods, also to
   * imported principals. A permissions boundary is one managed policy. If this method returns several, the permissions
   * don't fit in a boundary.
   *
   * The policies are created below this construct on the first call. Later calls return the same ones. Snapshot objects
   * are ordered by bucket and key. An object that comes last changes only the last policy. An object that comes earlier
   * moves the ones after it.
   *
   * @throws if more than 25 policies are needed, which no principal can have; or if conditions are too long for one
   * policy. If more than 10 are needed, which is the default quota of users and groups, there is a warning.
   */
  public toManagedPolicies(): ManagedPolicy[] {
    return this.attachments.managedPolicies();
  }
}
