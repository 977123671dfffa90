import {
  CatalogAction, CatalogModel, CatalogResourceType, IamAction, IamData, OtherPermission, PagePermission, ParameterRow,
  ResourceTypesSpec, SuggestionsSpec,
} from './types';

export const SERVICE = 'elasticache';
const ACCESS_LEVELS = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'];
const NARROWER_LEVELS = ['Tagging', 'Permissions management'];
const PARAMETER_RESOURCES = [
  '*', 'types', 'encryptionKey', 'exportBuckets', 'objects of exportBuckets', 'logDeliveryStreams',
];
const PARAMETERS_OF_OBJECT_ARNS = ['SnapshotArns'];

/**
 * What in the sources is unknown or contradictory. Checks collect all of it, so that one run of the task shows every
 * problem that a new version of the data has.
 */
export class SourceChecks {
  public readonly problems: string[] = [];

  constructor(private readonly iam: IamData) {}

  public operation(name: string, where: string) {
    if (!this.iam.actions.some((action) => action.name === name)) {
      this.problems.push(`${where} names ${name}, which is no action of ${SERVICE} in iam-data ${this.iam.version}`);
    }
  }

  /** An action's own facts, against the types and keys that the service has. */
  public action(action: IamAction, types: CatalogResourceType[], keys: CatalogModel['conditionKeys']) {
    for (const type of action.resourceTypes) {
      if (!types.some(({ type: key }) => key === type.name)) {
        this.problems.push(`${action.name} is authorized on ${type.name}, which is no resource type in iam-data`);
      }
    }
    for (const key of [action, ...action.resourceTypes].flatMap((part) => part.conditionKeys)) {
      if (!keys.some((entry) => entry.key === key && !entry.global)) {
        this.problems.push(`${action.name} carries the condition key ${key}, which is none of ${SERVICE} in iam-data`);
      }
    }
    if ([action, ...action.resourceTypes].some((part) => part.dependentActions.length > 0)) {
      this.problems.push(`${action.name} has dependent actions in iam-data: curate them under spec/`);
    }
  }

  public resourceType({ key, arn }: IamData['resourceTypes'][number], spec: ResourceTypesSpec): CatalogResourceType {
    const parts = /^arn:\$\{Partition\}:elasticache:(\$\{Region\})?:\$\{Account\}:([a-z-]+):\$\{\w+\}$/.exec(arn);
    if (parts?.[2] !== key) {
      this.problems.push(`the resource type ${key} has the ARN ${arn}, of a form that is not understood`);
    }
    if (!Object.hasOwn(spec.names, key)) {
      this.problems.push(`the resource type ${key} has no name in spec/resource-types.json: `
        + 'give it one, and ElastiCacheResource a static of that name');
    }
    return {
      type: key,
      name: spec.names[key],
      global: parts?.[1] === undefined,
      maxLength: spec.maxLengths[key]?.max,
      suggestedName: spec.suggestedNames.names[key],
    };
  }

  /** Each right name exists, and no wrong one does. Operators are no part of the sources: a test checks them. */
  public suggestions({ operations, conditionKeys }: SuggestionsSpec, keys: CatalogModel['conditionKeys']): void {
    const where = 'spec/suggestions.json';
    const bareKeys = keys.map(({ key }) => key.replace(/^.*?:/, ''));
    operations.flatMap(({ names }) => Object.entries(names)).forEach(([wrong, right]) => {
      this.operation(right, where);
      if (this.iam.actions.some(({ name }) => name === wrong)) {
        this.problems.push(`${where} replaces ${wrong}, which is an action of ${SERVICE}`);
      }
    });
    conditionKeys.flatMap(({ names }) => Object.entries(names)).forEach(([wrong, right]) => {
      if (!bareKeys.includes(right) || bareKeys.includes(wrong)) {
        this.problems.push(`${where} replaces the condition key ${wrong} by ${right}: expected a key that doesn't `
          + 'exist, and one that does');
      }
    });
  }

  public async parameter(row: ParameterRow): Promise<void> {
    const where = `spec/request-parameters.json: ${row.option}`;
    for (const [operation, types] of Object.entries(row.operations)) {
      this.operation(operation, where);
      this.types(operation, types, where);
    }
    for (const { action, resource } of row.permissions) {
      await this.actionExists(action, where);
      if (!PARAMETER_RESOURCES.includes(resource) && !resource.startsWith('arn:${Partition}:')) {
        this.problems.push(`${where} needs ${action} on ${JSON.stringify(resource)}, which is not understood`);
      }
    }
  }

  /** The types of which an operation needs at least one: each authorized, and none of them required anyway. */
  public oneOf(operation: string, types: string[]) {
    const where = 'spec/operations.json: oneOf';
    this.operation(operation, where);
    this.types(operation, types, where);
    const authorized = this.iam.actions.find(({ name }) => name === operation)?.resourceTypes ?? [];
    authorized.filter(({ name, required }) => required && types.includes(name)).forEach(({ name }) => (
      this.problems.push(`${where} names the type ${name}, which ${operation} requires in any case`)));
  }

  private types(operation: string, types: string[], where: string) {
    const authorized = this.iam.actions.find(({ name }) => name === operation)?.resourceTypes ?? [];
    types.filter((type) => !authorized.some(({ name }) => name === type)).forEach((type) => (
      this.problems.push(`${where} names the type ${type}, which ${operation} is not authorized on`)));
  }

  /** AWS gives some actions two levels, such as `Tagging, Write`. The one of `NARROWER_LEVELS` says more. */
  public accessLevel({ name, accessLevel }: Pick<IamAction, 'name' | 'accessLevel'>): string {
    const levels = accessLevel.split(', ');
    const narrower = levels.filter((level) => NARROWER_LEVELS.includes(level));
    const quoted = JSON.stringify(accessLevel);
    if (levels.some((level) => !ACCESS_LEVELS.includes(level))) {
      this.problems.push(`${name} has the unknown access level ${quoted}`);
    }
    if (levels.length > 1 && narrower.length !== 1) {
      this.problems.push(`${name} has several access levels, ${quoted}: expected one of them to be `
        + NARROWER_LEVELS.join(' or '));
    }
    return narrower[0] ?? levels[0];
  }

  /** The access levels of the actions of other services, of which the checks of rows report those that don't exist. */
  public async otherActions(actions: string[]): Promise<CatalogAction[]> {
    const others = [...new Set(actions)].filter((action) => !action.startsWith(`${SERVICE}:`)).sort();
    const levels = await Promise.all(others.map((action) => this.iam.accessLevelOf(action)));
    return others.flatMap((action, index) => {
      const accessLevel = levels[index];
      return accessLevel === undefined
        ? []
        : [{ action, accessLevel: this.accessLevel({ name: action, accessLevel }) }];
    });
  }

  /** A permission that a row of the reference page has besides its own action. */
  public async otherPermission({ action, resource }: PagePermission, operation: string): Promise<OtherPermission> {
    const where = `row ${operation}`;
    await this.actionExists(action, where);
    if (typeof resource === 'string') {
      if (resource !== '*') {
        this.problems.push(`${where} needs ${action} on ${JSON.stringify(resource)}: `
          + 'only "*" or eachMemberOf is understood');
      }
      return { action, resource: '*' };
    }
    if (!PARAMETERS_OF_OBJECT_ARNS.includes(resource.eachMemberOf)) {
      this.problems.push(`${where} needs ${action} on each member of ${resource.eachMemberOf}, `
        + 'a parameter that is not understood');
    }
    return { action, resource };
  }

  private async actionExists(action: string, where: string) {
    if (await this.iam.accessLevelOf(action) === undefined) {
      this.problems.push(`${where} needs ${action}, which is no action in iam-data`);
    }
  }
}
