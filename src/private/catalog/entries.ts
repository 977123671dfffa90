/**
 * The shape of the catalog's data: types only.
 *
 * The data is generated from `spec/` and the Service Authorization Reference into `catalog.generated.ts`. What an
 * operation needs is a row there, so that a new operation is data, not code.
 */
import { AccessLevel } from '../../access-level';

/** A permission that an operation needs besides its own action. */
export interface OtherPermission {
  readonly action: string;

  /**
   * The request parameter whose members are the resources of the action, each its own; without it, the resource is `*`.
   */
  readonly eachMemberOf?: string;
}

/** One resource type of ElastiCache. */
export interface ResourceTypeEntry {
  /** The name of its static on `ElastiCacheResource`. */
  readonly name: string;

  /** Whether its ARNs have no Region. */
  readonly global?: boolean;

  /** The most characters that a name may have, where AWS gives a limit. */
  readonly maxLength?: number;

  /** The name or pattern that an error offers where a resource of the type is missing. */
  readonly suggestedName?: string;
}

/** What people write, and what they mean. */
export interface Suggestions {
  /** Words of operation names that have the same meaning. */
  readonly synonyms: string[][];

  /** Right names, by wrong ones in lower case. */
  readonly operations: Readonly<Record<string, string>>;

  /** The same, without the part before the colon and without a tag's key. */
  readonly conditionKeys: Readonly<Record<string, string>>;
  readonly conditionOperators: Readonly<Record<string, string>>;
}

/** Another resource that a property names: by a name of a type, or by an ARN of one of some types. */
export interface CompanionEntry {
  readonly type?: string;
  readonly arnsOf?: string[];

  /** The name that AWS takes where the property is omitted. */
  readonly omitted?: string;

  /** The property with the other resource's Region, where that may be another one. */
  readonly region?: string;

  /** Whether only the request that creates the resource names the other one. */
  readonly atCreation?: boolean;

  /** Whether an update may name another one. */
  readonly updatable?: boolean;
}

/** A resource type of templates: what a resource names, and what its handlers call. */
export interface TemplateTypeEntry {
  /** Its resource type in ARNs. */
  readonly type: string;

  /** The property with its name; a type without one is always named by CloudFormation. */
  readonly name?: string;

  /** What ElastiCache puts before the name, as a pattern. */
  readonly namePrefix?: string;

  /** What its properties name, by the property. */
  readonly companions: Readonly<Record<string, CompanionEntry>>;

  /** The types of templates that name it, each with the property that does. */
  readonly usedBy?: Readonly<Record<string, string>>;

  /** What the names of its nodes, which are cache clusters, add to its own. */
  readonly nodes?: string[];

  /** The properties that need permissions of other services, each with the option of a grant that has them. */
  readonly options?: Readonly<Record<string, string>>;

  /** The operations that each handler of CloudFormation calls; a type of EC2-Classic has no handlers. */
  readonly handlers?: Readonly<Record<string, string[]>>;

  /** The page with the handlers. */
  readonly source?: string;

  /** Whether a handler may create ElastiCache's service-linked role. */
  readonly serviceLinkedRole?: boolean;
}

/** A kind of cache: what its resource in a template names, and what somebody who runs one calls. */
export interface CacheEntry {
  /** Its resource type in a template. */
  readonly resource: string;
  readonly companions: TemplateTypeEntry['companions'];
  readonly nodes?: string[];

  /** The operations that change it, without those that create or delete. */
  readonly operate: string[];

  /** The operations that take and describe its snapshots. */
  readonly takeSnapshots: string[];
}

/** What the policy of a bucket allows the ElastiCache service, for one use of the bucket. */
export interface BucketPolicyEntry {
  /** The operations for which the service uses the bucket. */
  readonly operations: string[];
  readonly reason: string;
  readonly source: string;

  /** The actions on the bucket itself, and those on its objects. */
  readonly bucket: string[];
  readonly objects: string[];
}

/** One condition key. */
export interface ConditionKeyEntry {
  /** The key as AWS spells it, with `${TagKey}` in place of a tag's key. */
  readonly key: string;
  readonly type: string;

  /** Whether it is a key of all services, which ElastiCache's actions carry whatever the type of resource. */
  readonly global?: boolean;

  /** When AWS supplies the key to a request to ElastiCache; undefined for a key that comes with a request parameter. */
  readonly availability?: string;

  /** Completes "AWS supplies the key only …". */
  readonly when?: string;

  /** The only value that a request of a user or a role has. */
  readonly onlyValue?: string;

  /** The names of ElastiCache, all of which a condition on the key should have. */
  readonly serviceNames?: string[];

  /** Whether ElastiCache takes the values in any case. */
  readonly ignoresCase?: boolean;
}

/** When a request has the key of a request parameter. Without an entry, it has the key if it has the parameter. */
export interface KeyPresence {
  /** The value that the key has where the request leaves the parameter out, by operation. */
  readonly defaults?: Readonly<Record<string, string>>;

  /** Operations that set the same thing, and don't carry the key. */
  readonly withoutKey?: Readonly<Record<string, Explanation>>;

  /** Operations that carry the key, and only make what it counts smaller. */
  readonly decreasing?: Readonly<Record<string, Explanation>>;

  /** All values that the key can have. */
  readonly values?: string[];
}

/** Why something is as it is, and the page that says so. */
export interface Explanation {
  readonly reason: string;
  readonly source: string;
}

/** The permissions that a request needs if it has a certain parameter. */
export interface RequestParameter {
  /** The option of a grant that says that requests have the parameter. */
  readonly option: string;
  readonly parameter: string;
  readonly reason: string;
  readonly source: string;

  /** Whether every call has the parameter, so that the option must be set. */
  readonly required?: boolean;

  /** The operations that have the parameter, each with the resource types that the permissions are for. */
  readonly operations: Readonly<Record<string, string[]>>;
  readonly permissions: {
    readonly action: string;

    /** An ARN, `*`, `types`, or the option that names the resource. */
    readonly resource: string;
    readonly conditions?: Record<string, Record<string, string>>;

    /** Why nothing narrower than the pattern of the resource is possible. */
    readonly forcedWildcard?: string;
  }[];
}

/** One resource type that an operation is authorized on. */
export interface AuthorizedType {
  /** Whether every call is authorized on a resource of the type. */
  readonly required?: boolean;

  /** The condition keys that AWS supplies with this type. */
  readonly keys?: string[];
}

/** One operation. */
export interface OperationEntry {
  readonly accessLevel: AccessLevel;

  /** The resource types that the operation is authorized on; without any, it accepts `*` alone. */
  readonly types?: Readonly<Record<string, AuthorizedType>>;

  /** The condition keys that AWS supplies whatever the type. */
  readonly keys?: string[];

  /** Whether AWS supplies no global keys but those of `types`. */
  readonly fewGlobalKeys?: boolean;

  /** Optional types of which every call is authorized on at least one. */
  readonly oneOf?: string[];

  /** The operation's line on the reference page, where it has one. */
  readonly pageLine?: number;
  readonly retired?: boolean;
  readonly permissionOnly?: boolean;
  readonly otherPermissions?: OtherPermission[];
}
