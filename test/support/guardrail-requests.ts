import { AuthorizedOn } from './deny-evaluator';
import { OPERATIONS, RESOURCE_TYPES } from '../../src/private/catalog/catalog.generated';

/** An operation and one of the types that it is authorized on; without a type where it accepts only `*`. */
export interface Place {
  readonly operation: string;
  readonly type?: string;
}

/** Every operation with each of its types. */
export const PLACES: Place[] = Object.entries(OPERATIONS).flatMap(([operation, { types }]): Place[] => (
  types ? Object.keys(types).map((type) => ({ operation, type })) : [{ operation }]));

export const EXEMPT = 'arn:aws:iam::111122223333:role/platform-deploy';
export const NOBODY = 'arn:aws:iam::111122223333:role/developer';

export interface Where {
  readonly partition?: string;
  readonly region?: string;
  readonly name?: string;
}

export function arnOf(
  type: string | undefined, { partition = 'aws', region = 'eu-west-1', name = 'a' }: Where = {},
): string {
  if (type === undefined) { return '*'; }
  return `arn:${partition}:elasticache:${RESOURCE_TYPES[type].global ? '' : region}:111122223333:${type}:${name}`;
}

/** What AWS supplies of a request at a place: the keys that the catalog has there, and no others. */
export function suppliedAt(
  { operation, type }: Place, context: Record<string, string | string[]>, principal: string, where: Where = {},
): AuthorizedOn {
  const entry = OPERATIONS[operation];
  const keys = [...entry.keys ?? [], ...(type === undefined ? [] : entry.types![type].keys ?? [])];
  const carried = Object.entries(context).filter(([key]) => (
    keys.some((known) => known.toLowerCase() === key.toLowerCase()
      || (known.endsWith('/${TagKey}') && key.startsWith(known.replace('${TagKey}', ''))))));
  const region = context['aws:RequestedRegion'] ?? 'eu-west-1';
  return {
    resource: arnOf(type, where),
    context: {
      ...Object.fromEntries(carried),
      ...(!entry.fewGlobalKeys && { 'aws:PrincipalArn': principal, 'aws:RequestedRegion': region }),
    },
  };
}

/** Whether AWS supplies a key at a place. */
export function carries(place: Place, key: string): boolean {
  return key in suppliedAt(place, { [key]: 'x' }, NOBODY).context;
}
