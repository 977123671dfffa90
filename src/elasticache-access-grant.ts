import { Grant, IGrantable, IGroup, IPrincipal, IRole, IUser, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { aws_kms, aws_s3 } from 'aws-cdk-lib/interfaces';
import { Construct, Dependable } from 'constructs';
import { ElastiCacheCondition } from './elasticache-condition';
import { ElastiCacheOperation } from './elasticache-operation';
import { ElastiCachePermission } from './elasticache-permission';
import { ElastiCacheResource } from './elasticache-resource';
import { toLists } from './private/resolve/conditions';
import { attach } from './private/attach/attach';
import { throwErrors, Diagnostics, formatNumber } from './private/util/diagnostics';
import { toStatements, Statement, toPolicyStatement } from './private/policy/statements';
import { MANAGED_POLICY_LIMIT } from './private/policy/limits';
import { resolvedPartsIn } from './private/util/tokens';
import { tokenKeys } from './private/util/token-keys';
import { documentSize, splitIntoDocuments, fitInOneDocument } from './private/policy/split';
import { checkQuotas } from './private/attach/quotas';
import { ResolvedPermission, resolve } from './private/resolve/resolve';
import { SizeEstimator, sizeEstimatorIn } from './private/policy/size';
import { SnapshotSource } from './snapshot-source';

/**
 * What an `ElastiCacheAccessGrant` allows.
 */
export interface ElastiCacheAccessGrantProps {
  /**
   * The operations that may be called: at least one. Listing one twice is the same as once.
   *
   * Each brings every permission that its call needs, those of other services included.
   */
  readonly operations: ElastiCacheOperation[];

  /**
   * The snapshots in S3 that a cache may be seeded from, with the `SnapshotArns` parameter of
   * `CREATE_CACHE_CLUSTER` or `CREATE_REPLICATION_GROUP`. One of these must be listed.
   *
   * The caller gets `s3:GetObject` on each object. That is half of what a restore needs: the ElastiCache service must be let into the
   * bucket, too, by `SnapshotBucketGrants.fromBucket(bucket).importSnapshots(objectKeys)`, since that is the bucket's policy, not the
   * caller's.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-seeding-redis.html
   *
   * @default - no access to S3 objects: caches are created empty, or from snapshots that ElastiCache keeps.
   */
  readonly snapshots?: SnapshotSource[];

  /**
   * The ElastiCache resources that the operations are narrowed to, at least one.
   *
   * Each operation is allowed on the listed resources of the types that AWS authorises it on. A call is authorised on every
   * resource that it names, so list all that it will name: creating a replication group needs its parameter group, too, and its
   * subnet group, user group or snapshot where the request has one. A type that every call needs and that is missing is an error,
   * as is one that no listed operation takes. An operation that AWS authorises on no resource, such as
   * `DESCRIBE_EVENTS`, stays allowed on `*`; so do actions of S3.
   *
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html
   *
   * @default - every operation is allowed on `*`.
   */
  readonly resources?: ElastiCacheResource[];

  /**
   * The conditions that a request must meet, all of them.
   *
   * Each goes where AWS supplies its key, and nowhere else; an operation that never carries the key is an error.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
   *
   * @default - none.
   */
  readonly conditions?: ElastiCacheCondition[];

  /**
   * Whether the create, copy and purchase operations may set tags, with their `Tags` parameter.
   *
   * AWS authorises that as `elasticache:AddTagsToResource` on what is created. It gets the grant's conditions, too.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
   *
   * @default false
   */
  readonly tagOnCreate?: boolean;

  /**
   * Whether the delete operations may take a final snapshot, with `FinalSnapshotIdentifier` or `FinalSnapshotName`.
   *
   * With `resources`, the snapshot must be among them.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DeleteReplicationGroup.html
   *
   * @default false
   */
  readonly finalSnapshot?: boolean;

  /**
   * Whether create and modify operations may set up log delivery, with `LogDeliveryConfigurations`.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html
   *
   * @default false
   */
  readonly logDelivery?: boolean;

  /**
   * Whether the create operations may create ElastiCache's service-linked role, as the first cache of an account does.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html
   *
   * @default false
   */
  readonly serviceLinkedRole?: boolean;

  /**
   * The customer managed key that create and copy operations encrypt with, by `KmsKeyId`.
   *
   * The caller gets `kms:DescribeKey` and `kms:CreateGrant` on it. The second is inferred: ElastiCache makes grants on the key, and no
   * page of AWS says with whose permission. The key's own policy must allow it, too.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
   *
   * @default - no permission on a key: caches are encrypted with a key that AWS owns.
   */
  readonly encryptionKey?: aws_kms.IKeyRef;

  /**
   * The buckets that `COPY_SNAPSHOT` and `EXPORT_SERVERLESS_CACHE_SNAPSHOT` may export to, at least one.
   *
   * In place of the S3 actions on `*` that the reference page lists, the caller gets the minimum of AWS's newest guide, on these
   * buckets alone; only `s3:ListAllMyBuckets` stays on `*`, since it has no narrower resource. That is half of what an export needs: the
   * ElastiCache service must be let into the bucket, too, by `SnapshotBucketGrants.fromBucket(bucket).exportSnapshots()`. Who may copy a
   * snapshot to a bucket may carry its data away.
   *
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html
   *
   * @default - what the reference page lists: `s3:GetBucketLocation` and `s3:ListAllMyBuckets` on `*`.
   */
  readonly exportBuckets?: aws_s3.IBucketRef[];
}

/**
 * The IAM permissions that calling some ElastiCache operations needs, and no more.
 *
 * Say which operations somebody may call; the grant works out the actions and resources, as AWS's API
 * permissions reference lists them, and adds them to a role, a user, a group or anything that has one.
 * Output depends on what is listed, not on its order. Whatever depends on the grant, by `node.addDependency(grant)`, waits for all that
 * it has added up to synthesis; what `toRole` and the others return does the same for what they added, by `applyBefore()`.
 *
 * The constructor throws one error with everything that is wrong: no operation, snapshots that no operation takes,
 * object keys that a policy can't hold, resources that don't fit the operations. It warns, with ids to acknowledge, of
 * - retired operations (`cdk-elasticache-grants:retiredOperation.<operationName>`);
 * - `*` and `?` in object keys, which are taken literally (`cdk-elasticache-grants:literalWildcard`);
 * - keys and ARNs that are only known at deployment (`cdk-elasticache-grants:unknownObject`), and ARNs of another partition than the
 *   stack's (`cdk-elasticache-grants:otherPartition`);
 * - conditions and resources that may not do what they seem to (`cdk-elasticache-grants:lenientCondition`,
 *   `cdk-elasticache-grants:createdResource.<operationName>`);
 * - roles that CDK doesn't change, where the permissions are dropped (`cdk-elasticache-grants:notDelivered`);
 * - more managed policies than AWS allows by default (`cdk-elasticache-grants:managedPolicyQuota`).
 *
 * @see https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/doc_source/redis/IAM.APIReference.md
 *
 * @example
 * declare const bucket: s3.Bucket;
 * declare const role: iam.Role;
 * declare const cache: elasticache.CfnReplicationGroup;
 *
 * const grant = new ElastiCacheAccessGrant(this, 'RestoreAccess', {
 *   operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
 *   snapshots: [SnapshotSource.fromBucket(bucket, ['nightly/0001.rdb', 'nightly/0002.rdb'])],
 * });
 * grant.toRole(role).applyBefore(cache);
 *
 * // The other half: the ElastiCache service reads the snapshots, and the bucket must let it.
 * SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['nightly/0001.rdb', 'nightly/0002.rdb']).applyBefore(cache);
 */
export class ElastiCacheAccessGrant extends Construct {
  private readonly needs: ResolvedPermission[];
  private readonly said: Statement[];
  private readonly measure: SizeEstimator;
  private readonly grants = new Map<IPrincipal, Grant>();
  private managedPolicies?: ManagedPolicy[];

  constructor(scope: Construct, id: string, props: ElastiCacheAccessGrantProps) {
    super(scope, id);
    const findings = new Diagnostics();
    const resolvedParts = resolvedPartsIn(this);
    const identify = tokenKeys(resolvedParts);
    this.needs = resolve(props, this, identify, findings);
    findings.report(this);
    this.said = toStatements(this.needs, identify);
    this.measure = sizeEstimatorIn(this, resolvedParts);
    const added = () => [...this.grants.values(), ...this.managedPolicies ?? []];
    Dependable.implement(this, {
      get dependencyRoots() { return added().flatMap((dependable) => Dependable.of(dependable).dependencyRoots); },
    });
  }

  /**
   * Each permission of the grant, with the operation that needs it and the source that says so: what a reviewer signs.
   *
   * Ordered by operation, action and resource. Resources may hold tokens, which `Stack.resolve()` resolves.
   */
  public get permissions(): ElastiCachePermission[] {
    return this.needs.map(({ conditions, onObject, ...rest }) => ({ ...rest, ...(conditions && { conditions: toLists(conditions) }) }));
  }

  /**
   * The permissions as policy statements: one for each set of actions, and one for each snapshot object.
   *
   * They are new at each call: changing one changes neither the grant nor what was added to a principal.
   */
  public get statements(): PolicyStatement[] {
    return this.said.map(toPolicyStatement);
  }

  /**
   * Adds the permissions to a role.
   *
   * @param role a role of this app, or one that is imported and mutable.
   * @throws when the role can hold no policy. One that CDK doesn't change (imported with `mutable: false`, or of another account) is a
   * warning: the permissions are dropped.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toRole(role: IRole): Grant {
    return this.to(role);
  }

  /**
   * Adds the permissions to a user. Prefer a role, whose credentials are short-lived.
   *
   * @param user a user of this app, or an imported one.
   * @throws when the user can hold no policy, or is of another account.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public toUser(user: IUser): Grant {
    return this.to(user);
  }

  /**
   * Adds the permissions to a group, and so to each of its users.
   *
   * @param group a group of this app, or an imported one.
   * @throws when the group can hold no policy, or is of another account.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  // eslint-disable-next-line @typescript-eslint/no-shadow
  public toGroup(group: IGroup): Grant {
    return this.to(group);
  }

  /**
   * Adds the permissions to anything that has a principal with policies of its own: a Lambda function,
   * an ECS task definition, a lazy role, a managed policy.
   *
   * @param grantee whatever holds the permissions.
   * @throws when its principal can hold no identity policy, as a service, an account or a federated principal: nothing could ever arrive
   * there; when it is a user or a group of another account; and when the policy is larger than what IAM allows there, with what CDK knows
   * to be there already. What doesn't fit the inline policy of a role, a user or a group goes to managed policies, of which more than 20,
   * with those that it has, are an error.
   * @returns a grant that stands for all that was added: `applyBefore()` orders all of it before other constructs.
   */
  public to(grantee: IGrantable): Grant {
    const earlier = this.grants.get(grantee?.grantPrincipal);
    if (earlier) {
      return earlier;
    }
    const grant = attach(this.said, grantee, this, this.measure);
    this.grants.set(grantee.grantPrincipal, grant);
    return grant;
  }

  /**
   * The permissions as one policy document, for where there is no CDK principal: a permission set of IAM Identity Center,
   * a permissions boundary, a policy that another team deploys.
   *
   * It is new at each call. Where the statements fit only so, those that differ in nothing but their resources are said together.
   *
   * @param maxCharacters how many characters the document may have, white space not counted and tokens taken at their longest. By default
   * 6,144, as a managed policy and so a permissions boundary; 10,240 for the inline policies of a role, 5,120 of a group and 2,048 of a user;
   * 5,120 for a service control policy; 32,768 for the inline policy of a permission set.
   * @throws when the document doesn't fit; the error tells its size.
   */
  public toPolicyDocument(maxCharacters: number = MANAGED_POLICY_LIMIT): PolicyDocument {
    const { said, measure } = this;
    const document = fitInOneDocument(said, maxCharacters, measure)
      ?? throwErrors([
        `the policy has ${formatNumber(documentSize(said, measure))} characters, white space not counted, and may have ${formatNumber(maxCharacters)}: `
        + 'use toManagedPolicies(), name the limit that it really has, or allow a prefix of the snapshots, with SnapshotSource.fromPrefix',
      ], this);
    return new PolicyDocument({ statements: document.map(toPolicyStatement) });
  }

  /**
   * The permissions as managed policies, which many principals can share: as few as hold them.
   *
   * `policy.attachToRole(role)` and its like attach them, to imported principals, too. The managed policy of a permissions boundary is
   * one: where several are returned, a boundary can't hold the permissions.
   *
   * They are made, below this construct, at the first call; later calls give the same ones. An object that comes last in the order of
   * buckets and keys changes the last policy alone; one that comes earlier moves what is behind it.
   *
   * @throws when more than 20 are needed, which no principal can have; when conditions are too long for one.
   */
  public toManagedPolicies(): ManagedPolicy[] {
    this.managedPolicies ??= this.makeManagedPolicies();
    return [...this.managedPolicies];
  }

  private makeManagedPolicies(): ManagedPolicy[] {
    const { said, measure } = this;
    const documents = splitIntoDocuments(said, MANAGED_POLICY_LIMIT, measure);
    checkQuotas({ statements: said, managed: documents, attached: 0, measure, scope: this });
    return documents.map((document, index) => new ManagedPolicy(this, `ManagedPolicy${index + 1}`, {
      document: new PolicyDocument({ statements: document.map(toPolicyStatement) }),
    }));
  }
}
