import { SERVICE } from './checks';
import { CatalogConditionKey, GlobalConditionKeysSpec, IamData } from './types';

const KEY_TYPES = ['ARN', 'ArrayOfARN', 'ArrayOfString', 'Bool', 'Date', 'IPAddress', 'Numeric', 'String'];
const SPEC = 'spec/global-condition-keys.json';

/** ElastiCache's own keys, and the global ones that aren't among them, with what the spec says of each. */
export function conditionKeysOf(
  iam: IamData, spec: GlobalConditionKeysSpec, problems: string[],
): CatalogConditionKey[] {
  const own = new Set(iam.conditionKeys.map(({ key }) => key.toLowerCase()));
  const inIamData = new Set(iam.globalConditionKeys.map(({ key }) => key.toLowerCase()));
  const keys = [
    ...iam.conditionKeys.map(({ key, type }) => ({ key, type, global: false })),
    ...iam.globalConditionKeys
      .filter(({ key }) => !own.has(key.toLowerCase()))
      .map(({ key, type }) => ({ key, type, global: true })),
    // AWS's page has keys that iam-data doesn't have yet. Their type is in the spec.
    ...spec.keys
      .filter(({ key }) => !own.has(key.toLowerCase()) && !inIamData.has(key.toLowerCase()))
      .map(({ key, type }) => ({ key, type: type ?? '', global: true })),
  ].map((entry): CatalogConditionKey => {
    const known = spec.keys.find(({ key }) => key.toLowerCase() === entry.key.toLowerCase());
    if (entry.global && !known) {
      problems.push(`the global condition key ${entry.key} is not in ${SPEC}: say there when AWS supplies it`);
    }
    return {
      ...entry,
      ...(known && { availability: known.availability }),
      ...(known?.when !== undefined && { when: known.when }),
      ...(known?.onlyValue !== undefined && { onlyValue: known.onlyValue }),
      ...(spec.serviceNames.keys.includes(entry.key) && { serviceNames: spec.serviceNames.names }),
      ...(spec.ignoringCase.keys.includes(entry.key) && { ignoresCase: true }),
    };
  });

  keys.filter(({ type }) => !KEY_TYPES.includes(type)).forEach(({ key, type }) => (
    problems.push(`the condition key ${key} has the type ${JSON.stringify(type)}, which is not understood`)));
  checkSpec(spec, keys, problems);
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function checkSpec(spec: GlobalConditionKeysSpec, keys: CatalogConditionKey[], problems: string[]): void {
  spec.keys.forEach(({ key, availability, when }) => {
    if (!Object.hasOwn(spec.availability, availability)) {
      problems.push(`${SPEC}: ${key} has the availability ${JSON.stringify(availability)}, which is not understood`);
    }
    if ((when === undefined) !== (availability === 'always')) {
      problems.push(`${SPEC}: ${key} must have "when" if, and only if, it is not always there`);
    }
  });
  const named = [
    ...spec.serviceNames.keys, ...spec.ignoringCase.keys,
    ...Object.values(spec.boundToTypes.operations).flatMap((types) => Object.values(types).flat()),
  ];
  named.filter((name) => !keys.some(({ key }) => key === name)).forEach((name) => (
    problems.push(`${SPEC} names the condition key ${name}, which is none of ${SERVICE} or of all services`)));
}

/** The global keys that the spec binds to types of an operation; undefined where the operation carries all of them. */
export function boundKeysOf(
  operation: string, spec: GlobalConditionKeysSpec,
): Readonly<Record<string, string[]>> | undefined {
  const { operations } = spec.boundToTypes;
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
