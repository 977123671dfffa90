/**
 * What became of one policy: the principals that it was attached to, the managed policies that were made of it, and
 * whether it was handed out as statements or as a document.
 *
 * The constructs that users make hold one of these. A principal that is passed twice gets the policy once.
 */
import { Grant, IGrantable, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct } from 'constructs';
import { attach, Attachment, createManagedPolicies } from './attach';
import { innerPrincipalOf } from './principals';
import { toPolicyDocument, toPolicyStatements, WrittenPolicy } from '../policy/policy';
import { ExpectedUse, UnusedWarning } from '../util/unused';

const UNUSED: UnusedWarning = {
  id: 'unusedGrant',
  text: 'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or use '
    + 'toManagedPolicies() or toPolicyDocument()',
};

/** The attachments of one policy. */
export class Attachments {
  private all: readonly Attachment[] = [];
  private managed?: ManagedPolicy[];
  private readonly use: ExpectedUse;

  /** @param scope the construct that errors are about, and that stands for all that is added. */
  constructor(private readonly policy: WrittenPolicy, private readonly scope: Construct) {
    Dependable.implement(scope, this);
    this.use = new ExpectedUse(scope, UNUSED);
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
    this.use.happened();
    const earlier = this.earlierTo(grantee);
    if (earlier) {
      return earlier.grant;
    }
    const attachment = attach(this.policy, grantee, this.scope);
    // Not `push`, which makes room for 16 more: most grants have one.
    this.all = this.all.concat(attachment);
    return attachment.grant;
  }

  private earlierTo(grantee: IGrantable): Attachment | undefined {
    if (this.all.length === 0) { return undefined; }
    const principal = innerPrincipalOf(grantee);
    return this.all.find((one) => one.principal === principal);
  }

  /** The policy as statements, new at each call. */
  public statements(): PolicyStatement[] {
    this.use.happened();
    return toPolicyStatements(this.policy.statements);
  }

  /** The policy as one document; throws where it doesn't fit the limit. */
  public document(maxCharacters: number): PolicyDocument {
    this.use.happened();
    return toPolicyDocument(this.policy, maxCharacters, this.scope);
  }

  /** The policy as managed policies, made at the first call. */
  public managedPolicies(): ManagedPolicy[] {
    this.use.happened();
    this.managed ??= createManagedPolicies(this.policy, this.scope);
    return [...this.managed];
  }
}
