/**
 * Statements and a target in, and a plan out: which documents go to the target's own policy and which to managed ones.
 *
 * Nothing is added here. All that can be wrong with sizes and quotas is found before anything is added.
 */
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkDocuments, checkQuota } from './quotas';
import { ManagedPolicies, PolicyTarget } from './target';
import { Document, Statement } from '../model';
import { MANAGED_POLICY_LIMIT } from '../policy/limits';
import { SizeRemedies, WrittenPolicy } from '../policy/policy';
import { documentSize, SizeEstimator } from '../policy/size';
import { fitInOneDocument, splitIntoDocuments } from '../policy/split';
import { isFarFromFull, warnOfUnknownLengths } from '../policy/unknown-lengths';
import { formatNumber, throwErrors } from '../util/diagnostics';

/** Where the statements go. */
export interface AttachmentPlan {
  /** What goes to the target's own policy. */
  readonly inline: Document[];

  /** What goes to the last managed policy that the target has from this library. */
  readonly last?: { readonly policy: ManagedPolicy; readonly document: Document };

  /** What goes to further managed policies of the target, one for each document. */
  readonly managed: Document[];
}

/**
 * Decides where the statements go. Throws where they fit nowhere; warns where the deployment decides.
 *
 * @param size the characters of the statements as one document.
 */
export function planAttachment(
  statements: Statement[], size: number, target: PolicyTarget, { sizeOf, remedies }: WrittenPolicy, scope: IConstruct,
): AttachmentPlan {
  const { managed, remaining, used } = target;
  if (isFarFromFull(used + size, used + remaining)) {
    return { inline: [statements], managed: [] };
  }
  const whole = fitInOneDocument(statements, remaining, sizeOf);
  if (whole) {
    warnOfUnknownLengths([whole], used, used + remaining, sizeOf, scope);
    return { inline: [whole], managed: [] };
  }
  if (target.splitsItself && managed) {
    const inline = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, sizeOf);
    checkDocuments(statements, inline, sizeOf, scope);
    checkQuota(statements, inline, managed, { sizeOf, remedies }, scope);
    return { inline, managed: [] };
  }
  if (!managed || target.splitsItself === false) {
    throwErrors([tooLarge(statements, target, sizeOf, remedies)], scope);
  }
  const plan = planManaged(statements, target, managed, sizeOf);
  const added = [...plan.inline, ...plan.last ? [plan.last.document] : [], ...plan.managed];
  checkDocuments(statements, added, sizeOf, scope);
  if (plan.managed.length > 0) {
    checkQuota(statements, plan.managed, managed, { sizeOf, remedies }, scope);
  }
  warnOfUnknownLengths(added, 0, MANAGED_POLICY_LIMIT, sizeOf, scope);
  return plan;
}

/** An imported role keeps as much inline as a managed policy holds. The last managed policy is filled up first. */
function planManaged(
  statements: Statement[], { remaining, fillsInline }: PolicyTarget, { last }: ManagedPolicies, sizeOf: SizeEstimator,
): AttachmentPlan {
  const [first, ...others] = splitIntoDocuments(statements, MANAGED_POLICY_LIMIT, sizeOf);
  const inline = fillsInline && documentSize(first, sizeOf) <= remaining ? [first] : [];
  const rest = inline.length > 0 ? others.flat() : statements;
  if (!last) {
    return { inline, managed: inline.length > 0 ? others : [first, ...others] };
  }
  const [document, ...further] = splitIntoDocuments(rest, MANAGED_POLICY_LIMIT, sizeOf, last.limit);
  return { inline, last: document.length > 0 ? { policy: last.policy, document } : undefined, managed: further };
}

function tooLarge(
  statements: Statement[], { description, remaining, used }: PolicyTarget, sizeOf: SizeEstimator,
  { managedPolicies = 'toManagedPolicies()', smaller }: SizeRemedies,
): string {
  return `the policy has ${formatNumber(documentSize(statements, sizeOf))} characters, white space not counted, `
    + `and ${description} may have ${formatNumber(remaining + used)}`
    + `${used > 0 ? `, ${formatNumber(used)} of which are used` : ''}: attach ${managedPolicies}, `
    + `or ${smaller}`;
}
