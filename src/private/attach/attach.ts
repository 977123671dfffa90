/**
 * The last stage: statements in, and they are attached to the grantee, or the caller is told that they are not.
 *
 * What fits goes to the principal's own policy; the rest goes to managed policies. Everything is checked before
 * anything is added. CDK reports success in cases where it ignores a statement, so success is never taken from CDK
 * alone.
 */
import {
  Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyDocument, PolicyStatement, UnknownPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { checkAtSynthesis } from './late-check';
import { AttachmentPlan, planAttachment } from './plan';
import {
  cannotHoldPolicy, Identity, identityKindOf, ignoresPolicies, insideOf, principalOf,
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
  readonly grantee: IGrantable;

  /** The grantee's principal, inside of all wrappers. */
  readonly principal: IPrincipal;

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
    recipient: recipientOf(grantee, attachment.principal),
    permissions: policy.permissions,
    isDelivered: attachment.isAttached,
    policy: attachment.grant,
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
  const kind = identityKindOf(inner);
  const problem = refusesPolicies(inner) ? cannotHoldPolicy(inner, scope) : wrongAccount(inner, kind);
  if (problem) {
    throwErrors([problem], scope);
  }
  if (ignoresPolicies(inner, kind)) {
    warnOfIgnoredPermissions(inner, scope);
    return { grantee, principal: inner, grant: combined(grantsOf(outer, statements)), isAttached: false };
  }

  const earlier = attachedTo(inner);
  const grants = new Set<Grant>();
  const added = earlier.isEmpty ? statements : statements.filter((statement) => {
    const found = earlier.grantsOf(statement);
    found.forEach((grant) => grants.add(grant));
    return found.length < statement.resources.length;
  });
  let isAttached = true;
  if (added.length > 0) {
    const size = documentSize(added, sizeOf);
    const target = policyTargetOf(grantee, inner, kind, sizeOf, size);
    const plan = planAttachment(added, size, target, policy, scope);
    const outcome = carryOut(plan, target, outer, inner, scope);
    // CDK writes a warning of its own for an unknown principal.
    isAttached = !outcome.isIgnored && !(inner instanceof UnknownPrincipal);
    for (const grant of outcome.added) {
      grants.add(grant);
      if (isAttached) { earlier.add(grant); }
    }
    if (kind) {
      checkAtSynthesis(inner as Identity, kind);
    }
  }
  return { grantee, principal: inner, grant: combined([...grants]), isAttached };
}

/** Makes managed policies below a construct, attached to nobody yet. */
export function createManagedPolicies(written: WrittenPolicy, scope: Construct): ManagedPolicy[] {
  const { statements, sizeOf } = written;
  const documents = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, sizeOf);
  checkUnattached(statements, documents, written, scope);
  return documents.map((document, index) => {
    const policy = new ManagedPolicy(scope, `ManagedPolicy${index + 1}`, {
      document: new PolicyDocument({ statements: toPolicyStatements(document) }),
    });
    recordPermissions({
      grant: scope,
      recipient: policy,
      permissions: written.permissionsOf(document),
      isDelivered: true,
      policy,
    });
    return policy;
  });
}

/** What became of a plan. */
interface Outcome {
  /** One grant for each document. */
  readonly added: Grant[];

  /** Whether the principal took the statements, and didn't change. */
  readonly isIgnored: boolean;
}

/** Adds what the plan says. One grant of each document is kept, since a grant of CDK takes much memory. */
function carryOut(
  { inline, last, managed }: AttachmentPlan, target: PolicyTarget, outer: IPrincipal, inner: IPrincipal,
  scope: IConstruct,
): Outcome {
  const add = (to: IGrantable, document: Document): Grant => {
    const grants = grantsOf(to, document);
    if (!grants.every(({ success }) => success)) {
      throwErrors([cannotHoldPolicy(inner, scope)], scope);
    }
    return combined(grants);
  };

  const added = inline.map((document) => add(outer, document));
  if (wasIgnored(inner, added)) {
    warnOfIgnoredPermissions(inner, scope);
    return { added, isIgnored: true };
  }
  return {
    added: [
      ...added,
      ...last ? [add(last.policy, last.document)] : [],
      ...managed.map((document) => add(target.managed!.create(), document)),
    ],
    isIgnored: false,
  };
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
  private added: readonly Grant[] = [];

  public get isEmpty(): boolean {
    return this.added.length === 0 && !this.grants;
  }

  public add(grant: Grant): void {
    // Not `push`, which makes room for 16 more: most principals have one.
    this.added = this.added.concat(grant);
  }

  /** One for each resource that the same actions are allowed on already, under the same conditions. */
  public grantsOf(statement: Statement): Grant[] {
    const grants = this.grants ??= new Map();
    this.added.forEach((grant) => (
      grant.principalStatements.flatMap(keysOf).forEach((key) => grants.set(key, grant))));
    this.added = [];
    return keysOf(statement).flatMap((key) => grants.get(key) ?? []);
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

/** A statement of CDK's has no conditions where it has an empty object. */
function keysOf({ actions, resources, conditions = {} }: Statement | PolicyStatement): string[] {
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
