/**
 * The types that the stages hand to each other.
 *
 * A stage never imports another one for its types, so that the order of the stages is the order of the imports.
 * There is no code here.
 */
import { ElastiCachePermission } from '../elasticache-permission';

/** Conditions as a policy writes them: by operator, then by key. */
export type ConditionBlock = Record<string, Record<string, string | string[]>>;

/**
 * One action on one resource, with its conditions and its reason: the unit that grants are made of. The access level
 * follows from the action, and is added where users see the permission.
 */
export interface Permission extends Omit<ElastiCachePermission, 'accessLevel' | 'conditions'> {
  readonly conditions?: ConditionBlock;

  /** Whether the resource is a snapshot object in S3, which gets a statement of its own. */
  readonly isSnapshotObject?: boolean;
}

/** Permissions that are written together: each of the actions is allowed, or denied, on each of the resources. */
export interface Statement {
  /** `Allow`, where it is left out. */
  readonly effect?: 'Allow' | 'Deny';

  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: ConditionBlock;
}

/** Statements that fit one limit of IAM. */
export type Document = Statement[];

/** An ARN or ARN pattern of ElastiCache whose resource type is known. */
export interface TypedArn {
  readonly type: string;
  readonly arn: string;
}

/** The object of S3 that has this key, as it is and not as a policy escapes it. */
export interface ObjectWithKey {
  readonly bucketArn: string;
  readonly key: string;
}

/** Every object of a bucket whose key begins with this. */
export interface ObjectsUnderPrefix {
  readonly bucketArn: string;
  readonly prefix: string;
}

/** An object whose ARN is only known at deployment, so that bucket and key can't be told apart. */
export interface ObjectWithArn {
  readonly objectArn: string;
}

/** What a source of snapshots names in S3, from which both the ARN in a policy and that in `SnapshotArns` are made. */
export type SnapshotObjects = ObjectWithKey | ObjectsUnderPrefix | ObjectWithArn;

/** A condition with a known key, and with an operator and values that suit the key. */
export interface CheckedCondition {
  readonly operator: string;
  readonly key: string;

  /** The key as the catalog spells it, with `${TagKey}` in place of a tag's key. */
  readonly catalogKey: string;
  readonly values: string[];

  /** Whether AWS supplies the key with every request. */
  readonly global: boolean;

  /** Whether a request without the key meets the condition, too. */
  readonly matchesWhenKeyIsMissing: boolean;

  /** Whether every request has the key. */
  readonly alwaysSupplied?: boolean;

  /** Completes "AWS supplies the key only …", where that depends on more than the operation and the type. */
  readonly suppliedWhen?: string;

  /** The only values that the key may have; undefined where it may have any. */
  readonly possibleValues?: string[];
}

/** A resource of a grant, with the conditions that hold for it alone. */
export interface ListedResource extends TypedArn {
  readonly conditions: CheckedCondition[];

  /** The operations that it is for; undefined where it is for all. */
  readonly operations?: readonly string[];

  /** Where it comes from, if it was not listed by the caller, as a permission's reason says it. */
  readonly origin?: string;
}

/** What the operations of a grant are limited to. */
export interface Scope {
  /** The listed resources; undefined where every resource is allowed. */
  readonly resources?: ListedResource[];

  /** Whether a listed resource has an error, so that its type is not known, and no type can be called missing. */
  readonly hasUnknownResource?: boolean;
  readonly conditions: CheckedCondition[];
}
