/**
 * The entry of the policy stage: from permissions to the policy that says them, and to CDK's objects.
 *
 * A `WrittenPolicy` goes on to the stage that attaches it. It has the estimator of sizes with the statements, since
 * whoever looks for a place for them needs both.
 */
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Permission, Statement } from '../model';
import { recordPermissions } from '../record';
import { documentSize, SizeEstimator, sizeEstimatorIn } from './size';
import { fitInOneDocument } from './split';
import { toPolicyStatement, toStatements } from './statements';
import { warnOfUnknownLengths } from './unknown-lengths';
import { formatNumber, formatValue, throwErrors } from '../util/diagnostics';
import { conditionsKey, tokensIn } from '../util/tokens';

/** What the maker of a policy can do where it is too large, as errors say it. */
export interface SizeRemedies {
  /** What makes managed policies of it, where that is not the construct itself. */
  readonly managedPolicies?: string;

  readonly smaller: string;

  /** What else helps where it is too large for all policies of a principal. */
  readonly apart?: string;
}

/** The permissions of a grant, the statements that write them, and how large they are once deployed. */
export class WrittenPolicy {
  constructor(
    public readonly permissions: Permission[], public readonly remedies: SizeRemedies,
    private readonly scope: IConstruct,
  ) {}

  /** Written anew at each call: most grants are attached once, and would only hold them from then on. */
  public get statements(): Statement[] {
    return toStatements(this.permissions, tokensIn(this.scope).tokenKey);
  }

  public get sizeOf(): SizeEstimator {
    return sizeEstimatorIn(this.scope);
  }

  /** The permissions that some of the statements write. */
  public permissionsOf(statements: Statement[]): Permission[] {
    const { tokenKey } = tokensIn(this.scope);
    const keyOf = ({ action, resource, conditions }: Pick<Permission, 'action' | 'resource' | 'conditions'>) => (
      `${action} ${tokenKey(resource)} ${conditionsKey(conditions, tokenKey)}`);
    const written = new Set(statements.flatMap(({ actions, resources, conditions }) => (
      actions.flatMap((action) => resources.map((resource) => keyOf({ action, resource, conditions }))))));
    return this.permissions.filter((permission) => written.has(keyOf(permission)));
  }
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
  recordPermissions({ grant: scope, recipient: 'a policy document', permissions, isDelivered: true });
  return new PolicyDocument({ statements: toPolicyStatements(document) });
}
