/**
 * What became of one policy: the principals that it was attached to, the managed policies that were made of it, and
 * whether it was handed out as statements or as a document.
 *
 * The constructs that users make hold one of these. A principal that is passed twice gets the policy once.
 */
import {
  Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { attach, Attachment, createManagedPolicies } from './attach';
import { innerPrincipalOf } from './principals';
import { toPolicyDocument, toPolicyStatements, WrittenPolicy } from '../policy/policy';
import { ExpectedUse } from '../util/unused';

const EXPECTED_USE = new ExpectedUse(
  'unusedGrant',
  'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or use '
  + 'toManagedPolicies() or toPolicyDocument()',
);

/** The attachments of one policy. */
export class Attachments {
  private readonly all: (Attachment & { readonly principal?: IPrincipal; readonly grantee: IGrantable })[] = [];
  private managed?: ManagedPolicy[];

  /** @param scope the construct that errors are about, and that stands for all that is added. */
  constructor(private readonly policy: WrittenPolicy, private readonly scope: Construct) {
    Dependable.implement(scope, this);
    EXPECTED_USE.of(scope);
  }

  /** What waits for the construct waits for all that was added. */
  public get dependencyRoots(): IConstruct[] {
    return [...this.all.map(({ grant }) => grant), ...this.managed ?? []]
      .flatMap((added) => Dependable.of(added).dependencyRoots);
  }

  /** Whom the policy was attached to, in that order. */
  public get grantees(): IGrantable[] {
    return this.all.filter(({ isAttached }) => isAttached).map(({ grantee }) => grantee);
  }

  public attachTo(grantee: IGrantable): Grant {
    EXPECTED_USE.happened(this.scope);
    const principal = innerPrincipalOf(grantee);
    const earlier = this.all.find((one) => one.principal === principal);
    if (earlier) {
      return earlier.grant;
    }
    const { grant, isAttached } = attach(this.policy, grantee, this.scope);
    this.all.push({ principal, grantee, grant, isAttached });
    return grant;
  }

  /** The policy as statements, new at each call. */
  public statements(): PolicyStatement[] {
    EXPECTED_USE.happened(this.scope);
    return toPolicyStatements(this.policy.statements);
  }

  /** The policy as one document; throws where it doesn't fit the limit. */
  public document(maxCharacters: number): PolicyDocument {
    EXPECTED_USE.happened(this.scope);
    return toPolicyDocument(this.policy, maxCharacters, this.scope);
  }

  /** The policy as managed policies, made at the first call. */
  public managedPolicies(): ManagedPolicy[] {
    EXPECTED_USE.happened(this.scope);
    this.managed ??= createManagedPolicies(this.policy, this.scope);
    return [...this.managed];
  }
}
