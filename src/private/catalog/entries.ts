import { OPERATIONS } from './catalog.generated';
import { AccessLevel } from '../../access-level';

/** What an operation needs besides its own action. */
export interface OtherPermission {
  readonly action: string;

  /** The request parameter each member of which is a resource of the action; without it, the resource is `*`. */
  readonly eachMemberOf?: string;
}

/** What is known of one resource type. */
export interface ResourceTypeEntry {
  /** What `ElastiCacheResource` calls it. */
  readonly name: string;

  /** Whether its ARNs have no Region. */
  readonly global?: boolean;
}

/** One condition key. */
export interface ConditionKeyEntry {
  /** The key as AWS spells it, with `${TagKey}` in place of a tag's key. */
  readonly key: string;
  readonly type: string;

  /** Whether AWS supplies it with every request, of any service. */
  readonly global?: boolean;
}

/** What a request parameter needs. */
export interface RequestParameter {
  /** The option of a grant that says that the parameter is used. */
  readonly option: string;
  readonly parameter: string;
  readonly reason: string;
  readonly source: string;

  /** The operations that have the parameter, each with the types of the resources that the permissions are for. */
  readonly operations: Readonly<Record<string, string[]>>;
  readonly permissions: {
    readonly action: string;

    /** An ARN, `*`, `types`, or the option that says which resource. */
    readonly resource: string;
    readonly conditions?: Record<string, Record<string, string>>;
  }[];
}

/** What is known of one resource type that an operation is authorised on. */
export interface AuthorizedType {
  /** Whether every call is authorised on one of the type. */
  readonly required?: boolean;

  /** The condition keys that AWS supplies with this type. */
  readonly keys?: string[];
}

/** What is known of one operation. */
export interface OperationEntry {
  readonly accessLevel: AccessLevel;

  /** The resource types that the operation is authorised on; without any, it takes `*` alone. */
  readonly types?: Readonly<Record<string, AuthorizedType>>;

  /** The condition keys that AWS supplies whatever the type. */
  readonly keys?: string[];

  /** Optional types of which every call is authorised on at least one. */
  readonly oneOf?: string[];

  /** The operation's line on the reference page, where it has one. */
  readonly pageLine?: number;
  readonly retired?: boolean;
  readonly permissionOnly?: boolean;
  readonly otherPermissions?: OtherPermission[];
}

/** What is known of an operation by this name, which may be anything that a user passes to `custom`. */
export function entryOf(operationName: string): OperationEntry | undefined {
  return Object.hasOwn(OPERATIONS, operationName) ? OPERATIONS[operationName] : undefined;
}
