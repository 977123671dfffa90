/**
 * What grants gave to whom, and what guardrails deny, for what looks at all of them at the end: the access report, and
 * the traces in templates.
 *
 * Whoever attaches a policy or hands one out records it here, and is the only one who knows where it went. Nothing is
 * read before synthesis, so the order in which grants and reports are made doesn't matter.
 */
import { CfnResource } from 'aws-cdk-lib/core';
import { IConstruct, IDependable } from 'constructs';
import { Permission, Statement } from './model';
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

  /** The policy that was written to, where it is in the app. */
  readonly policy?: IDependable;
}

const GIVEN = new WeakMap<IConstruct, GivenPermissions[]>();

/** Remembers what a grant gave. */
export function recordPermissions(given: GivenPermissions): void {
  const { grant, recipient, isDelivered, policy } = given;
  if (isDelivered && policy) {
    traceAtSynthesis(typeof recipient === 'string' ? grant : recipient, { grant, policy });
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

/** What the policy of a guardrail may be. */
export const GUARDRAIL_KINDS = ['permissions boundary', 'policy document', 'service control policy'] as const;
export type GuardrailKind = typeof GUARDRAIL_KINDS[number];

/** A policy that a guardrail was written as. */
export interface WrittenGuardrail {
  readonly guardrail: IConstruct;
  readonly kind: GuardrailKind;

  /** What it denies, without the condition that exempts principals. */
  readonly denials: readonly Statement[];
  readonly exceptPrincipals: readonly string[];

  /** The policy; undefined for a document, which is not in the app. */
  readonly policy?: CfnResource;
}

const GUARDRAILS = new WeakMap<IConstruct, WrittenGuardrail[]>();

/** Remembers what a guardrail was written as: each kind once, since what it denies never changes. */
export function recordGuardrail(written: WrittenGuardrail): void {
  const { root } = written.guardrail.node;
  const inApp = GUARDRAILS.get(root) ?? [];
  GUARDRAILS.set(root, inApp);
  if (!inApp.some(({ guardrail, kind }) => guardrail === written.guardrail && kind === written.kind)) {
    inApp.push(written);
  }
}

/** All policies that guardrails of the construct's app were written as. */
export function guardrailsWritten({ node }: IConstruct): readonly WrittenGuardrail[] {
  return GUARDRAILS.get(node.root) ?? [];
}
