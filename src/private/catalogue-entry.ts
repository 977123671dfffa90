import { CATALOGUE } from './catalogue';
import { AccessLevel } from '../access-level';

/** What an operation needs besides its own action. */
export interface CatalogueNeed {
  readonly action: string;

  /** The request parameter each member of which is a resource of the action; without it, the resource is `*`. */
  readonly eachMemberOf?: string;
}

/** What is known of one operation. */
export interface CatalogueEntry {
  readonly accessLevel: AccessLevel;

  /** The operation's line on the reference page, where it has one. */
  readonly pageLine?: number;
  readonly retired?: boolean;
  readonly permissionOnly?: boolean;
  readonly alsoNeeds?: CatalogueNeed[];
}

/** What is known of an operation by this name, which may be anything that a user passes to `custom`. */
export function entryOf(operationName: string): CatalogueEntry | undefined {
  return Object.hasOwn(CATALOGUE, operationName) ? CATALOGUE[operationName] : undefined;
}
