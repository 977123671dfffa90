/**
 * The last stage: statements in, and they are attached to the grantee, or the caller is told that they are not.
 *
 * What fits goes to the principal's own policy; the rest goes to managed policies. Everything is checked before
 * anything is added. CDK reports success in cases where it ignores a statement, so success is never taken from CDK
 * alone.
 */
import { Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyDocument, UnknownPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { checkAtSynthesis } from './late-check';
import { AttachmentPlan, planAttachment } from './plan';
import {
  cannotHoldPolicy, Identity, identityKindOf, ignoresPolicies, innerPrincipalOf, insideOf, principalOf,
  recipientOf, refusesPolicies, wrongAccount,
} from './principals';
import { checkUnattached } from './quotas';
import { PolicyTarget, policyTargetOf } from './target';
import { Document, Statement } from '../model';
import { MANAGED_POLICY_LIMIT } from '../policy/limits';
import { toPolicyStatements, WrittenPolicy } from '../policy/policy';
import { documentSize } from '../policy/size';
import { splitIntoDocuments } from '../policy/split';
import { recordPermissions } from '../record';
import { Diagnostics, formatValue, throwErrors } from '../util/diagnostics';

/** What became of a policy at a principal. */
export interface Attachment {
  /** Stands for all that was added. */
  readonly grant: Grant;

  /** Whether the principal has the permissions, as far as the app tells. */
  readonly isAttached: boolean;
}

/** Attaches the policy to the grantee's principal. */
export function attach(policy: WrittenPolicy, grantee: IGrantable, scope: IConstruct): Attachment {
  const attachment = attachStatements(policy, grantee, scope);
  recordPermissions({
    grant: scope,
    recipient: recipientOf(grantee, innerPrincipalOf(grantee)!),
    permissions: policy.permissions,
    isDelivered: attachment.isAttached,
    policies: [attachment.grant],
  });
  return attachment;
}

function attachStatements(policy: WrittenPolicy, grantee: IGrantable, scope: IConstruct): Attachment {
  const { statements, sizeOf } = policy;
  const outer = principalOf(grantee);
  if (!outer) {
    throwErrors([
      `grantee is ${formatValue(grantee)}: pass a role, a user, a group, or a construct that has a principal`,
    ], scope);
  }
  const inner = insideOf(outer);
  const problem = refusesPolicies(inner) ? cannotHoldPolicy(inner, scope) : wrongAccount(inner);
  if (problem) {
    throwErrors([problem], scope);
  }
  if (ignoresPolicies(inner)) {
    warnOfIgnoredPermissions(inner, scope);
    return { grant: combined(grantsOf(outer, statements)), isAttached: false };
  }

  const earlier = attachedTo(inner);
  const grants = new Set<Grant>();
  const added = statements.filter((statement) => {
    const found = earlier.grantsOf(statement);
    found.forEach((grant) => grants.add(grant));
    return found.length < statement.resources.length;
  });
  let isAttached = true;
  if (added.length > 0) {
    const target = policyTargetOf(grantee, inner, sizeOf, documentSize(added, sizeOf));
    const plan = planAttachment(added, target, policy, scope);
    const pairs = carryOut(plan, target, outer, inner, scope);
    // CDK writes a warning of its own for an unknown principal.
    isAttached = !(inner instanceof UnknownPrincipal) && !wasIgnored(inner, pairs.map(([grant]) => grant));
    for (const [grant, document] of pairs) {
      grants.add(grant);
      if (isAttached) { earlier.add(grant, document); }
    }
    const kind = identityKindOf(inner);
    if (kind) {
      checkAtSynthesis(inner as Identity, kind);
    }
  }
  return { grant: combined([...grants]), isAttached };
}

/** Makes managed policies below a construct, attached to nobody yet. */
export function createManagedPolicies(written: WrittenPolicy, scope: Construct): ManagedPolicy[] {
  const { statements, sizeOf } = written;
  const documents = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, sizeOf);
  checkUnattached(written, documents, scope);
  return documents.map((document, index) => {
    const policy = new ManagedPolicy(scope, `ManagedPolicy${index + 1}`, {
      document: new PolicyDocument({ statements: toPolicyStatements(document) }),
    });
    recordPermissions({
      grant: scope,
      recipient: policy,
      permissions: written.permissionsOf(document),
      isDelivered: true,
      policies: [policy],
    });
    return policy;
  });
}

/** Adds what the plan says. One grant of each document is kept, since a grant of CDK takes much memory. */
function carryOut(
  { inline, last, managed }: AttachmentPlan, target: PolicyTarget, outer: IPrincipal, inner: IPrincipal,
  scope: IConstruct,
): [Grant, Document][] {
  const add = (to: IGrantable, document: Document): [Grant, Document] => {
    const grants = grantsOf(to, document);
    if (!grants.every(({ success }) => success)) {
      throwErrors([cannotHoldPolicy(inner, scope)], scope);
    }
    return [combined(grants), document];
  };

  const added = inline.map((document) => add(outer, document));
  if (wasIgnored(inner, added.map(([grant]) => grant))) {
    warnOfIgnoredPermissions(inner, scope);
    return added;
  }
  return [
    ...added,
    ...last ? [add(last.policy, last.document)] : [],
    ...managed.map((document) => add(target.managed!.create(), document)),
  ];
}

function grantsOf(grantee: IGrantable, statements: Statement[]): Grant[] {
  return statements.map(({ actions, resources, conditions }) => (
    Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions })));
}

function combined(grants: Grant[]): Grant {
  return grants.reduce((all, grant) => all.combine(grant));
}

/** What was added to one principal, by what it allows: a statement that is there isn't added again. */
class AttachedStatements {
  /** By key. Keys are computed when they are first asked for, since most principals have one grant. */
  private grants?: Map<string, Grant>;
  private added: [Grant, Document][] = [];

  public add(grant: Grant, document: Document): void {
    this.added.push([grant, document]);
  }

  /** One for each resource that the same actions are allowed on already, under the same conditions. */
  public grantsOf(statement: Statement): Grant[] {
    if (this.added.length > 0) {
      const grants = this.grants ??= new Map();
      this.added.forEach(([grant, document]) => document.flatMap(keysOf).forEach((key) => grants.set(key, grant)));
      this.added = [];
    }
    return this.grants ? keysOf(statement).flatMap((key) => this.grants!.get(key) ?? []) : [];
  }
}

const ATTACHED = new WeakMap<IPrincipal, AttachedStatements>();

function attachedTo(principal: IPrincipal): AttachedStatements {
  let attached = ATTACHED.get(principal);
  if (!attached) {
    attached = new AttachedStatements();
    ATTACHED.set(principal, attached);
  }
  return attached;
}

function keysOf({ actions, resources, conditions }: Statement): string[] {
  const rest = JSON.stringify([actions, conditions]);
  return resources.map((resource) => `${resource} ${rest}`);
}

/**
 * Whether CDK reported success and added nothing, to a role that `ignoresPolicies` doesn't know: it then has no default
 * policy, and nothing to depend on.
 */
function wasIgnored(principal: IPrincipal, grants: Grant[]): boolean {
  return grants.length > 0 && Construct.isConstruct(principal) && !principal.node.tryFindChild('DefaultPolicy')
    && grants.every((grant) => Dependable.of(grant).dependencyRoots.length === 0);
}

function warnOfIgnoredPermissions(principal: IPrincipal, scope: IConstruct): void {
  const diagnostics = new Diagnostics();
  diagnostics.warning(
    'notDelivered',
    `CDK doesn't change the role ${(principal as Identity).node.path} (imported as immutable, of another account, or `
    + 'created beforehand), so it did not get the permissions: add toPolicyDocument() to the role where it is defined, '
    + 'or acknowledge this warning',
  );
  diagnostics.report(scope);
}
