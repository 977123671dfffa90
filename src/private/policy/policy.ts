/**
 * The entry of the policy stage: from permissions to the policy that says them, and to CDK's objects.
 *
 * A `WrittenPolicy` goes on to the stage that attaches it. It keeps the estimator of sizes with the statements, since
 * whoever looks for a place for them needs both.
 */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ConditionBlock, Permission, Statement } from '../model';
import { recordPermissions } from '../record';
import { documentSize, SizeEstimator, sizeEstimatorIn } from './size';
import { fitInOneDocument } from './split';
import { toPolicyStatement, toStatements } from './statements';
import { warnOfUnknownLengths } from './unknown-lengths';
import { formatNumber, formatValue, throwErrors } from '../util/diagnostics';
import { conditionsKey, Tokens } from '../util/tokens';

/** What the maker of a policy can do where it is too large, as errors say it. */
export interface SizeRemedies {
  /** What makes managed policies of it, where that is not the construct itself. */
  readonly managedPolicies?: string;

  readonly smaller: string;

  /** What else helps where it is too large for all policies of a principal. */
  readonly apart?: string;
}

/** The statements of a grant, what they were written from, and how large they are once deployed. */
export interface WrittenPolicy {
  readonly permissions: readonly Permission[];
  readonly statements: Statement[];
  readonly sizeOf: SizeEstimator;
  readonly remedies: SizeRemedies;

  /** The permissions that some of the statements write. */
  readonly permissionsOf: (statements: Statement[]) => Permission[];
}

/** Writes the permissions as statements. */
export function writePolicy(
  permissions: Permission[], scope: IConstruct, tokens: Tokens, remedies: SizeRemedies,
): WrittenPolicy {
  const { tokenKey } = tokens;
  const keyOf = (action: string, resource: string, conditions: ConditionBlock | undefined) => (
    `${action} ${tokenKey(resource)} ${conditionsKey(conditions, tokenKey)}`);
  return {
    permissions,
    statements: toStatements(permissions, tokenKey),
    sizeOf: sizeEstimatorIn(scope, tokens.resolvedParts),
    remedies,
    permissionsOf: (document) => {
      const written = new Set(document.flatMap(({ actions, resources, conditions }) => (
        actions.flatMap((action) => resources.map((resource) => keyOf(action, resource, conditions))))));
      return permissions.filter(({ action, resource, conditions }) => written.has(keyOf(action, resource, conditions)));
    },
  };
}

/** The statements as CDK's objects, new at each call. */
export function toPolicyStatements(statements: Statement[]): PolicyStatement[] {
  return statements.map(toPolicyStatement);
}

/** The policy as one document; throws where it doesn't fit the limit. */
export function toPolicyDocument(
  { permissions, statements, sizeOf, remedies }: WrittenPolicy, maxCharacters: number, scope: IConstruct,
): PolicyDocument {
  // As !(x > 0), so that NaN, and what is not a number, are refused as well.
  if (typeof maxCharacters !== 'number' || !(maxCharacters > 0)) {
    throwErrors([`maxCharacters is ${formatValue(maxCharacters)}: expected a number above 0, such as 6144`], scope);
  }
  const document = fitInOneDocument(statements, maxCharacters, sizeOf);
  if (!document) {
    throwErrors([
      `the policy has ${formatNumber(documentSize(statements, sizeOf))} characters, white space not counted, `
      + `and may have ${formatNumber(maxCharacters)}: use toManagedPolicies(), pass the limit that applies, `
      + `or ${remedies.smaller}`,
    ], scope);
  }
  warnOfUnknownLengths([document], 0, maxCharacters, sizeOf, scope);
  recordPermissions({
    grant: scope, recipient: 'a policy document', permissions, isDelivered: true, policies: [],
  });
  return new PolicyDocument({ statements: toPolicyStatements(document) });
}
