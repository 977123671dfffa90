/**
 * What grants gave to whom, for what looks at all of them at the end: the access report, and the traces in templates.
 *
 * Whoever attaches a policy or hands one out records it here, and is the only one who knows where it went. Nothing is
 * read before synthesis, so the order in which grants and reports are made doesn't matter.
 */
import { IConstruct, IDependable } from 'constructs';
import { Permission } from './model';
import { traceAtSynthesis } from './util/traces';

/** Who got permissions: a construct, or a name where there is none, which may hold tokens. */
export type Recipient = IConstruct | string;

/** What one grant gave to one recipient. */
export interface GivenPermissions {
  /** The construct that the grant is, or that it starts from. */
  readonly grant: IConstruct;
  readonly recipient: Recipient;
  readonly permissions: readonly Permission[];

  /** Whether the recipient has them, as far as the app tells. */
  readonly isDelivered: boolean;

  /** The policies that were written to, where they are in the app. */
  readonly policies: readonly IDependable[];
}

const GIVEN = new WeakMap<IConstruct, GivenPermissions[]>();

/** Remembers what a grant gave. */
export function recordPermissions(given: GivenPermissions): void {
  const { grant, recipient, policies, isDelivered } = given;
  if (isDelivered && policies.length > 0) {
    traceAtSynthesis(typeof recipient === 'string' ? grant : recipient, { grant, policies });
  }
  const { root } = grant.node;
  const inApp = GIVEN.get(root);
  if (inApp) {
    inApp.push(given);
  } else {
    GIVEN.set(root, [given]);
  }
}

/** All that grants of an app gave, below a construct: where the grant is below it, or who has got the permissions. */
export function permissionsGivenBelow(scope: IConstruct): GivenPermissions[] {
  const isBelow = (one: Recipient) => typeof one !== 'string' && one.node.scopes.includes(scope);
  return (GIVEN.get(scope.node.root) ?? []).filter(({ grant, recipient }) => isBelow(grant) || isBelow(recipient));
}
