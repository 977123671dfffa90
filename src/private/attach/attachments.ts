/**
 * What became of one policy: the principals that it was attached to, the managed policies that were made of it, and
 * whether it was handed out as statements or as a document.
 *
 * The constructs that users make hold one of these. A principal that is passed twice gets the policy once.
 */
import {
  Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable } from 'constructs';
import { attach, Attachment, createManagedPolicies } from './attach';
import { innerPrincipalOf } from './principals';
import { toPolicyDocument, toPolicyStatements, WrittenPolicy } from '../policy/policy';
import { expectUse, noteUse } from '../util/unused';

const UNUSED = {
  id: 'unusedGrant',
  text: 'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or use '
    + 'toManagedPolicies() or toPolicyDocument()',
};

/** The attachments of one policy. */
export class Attachments {
  private readonly byPrincipal = new Map<IPrincipal, Attachment & { readonly grantee: IGrantable }>();
  private managed?: ManagedPolicy[];

  /** @param scope the construct that errors are about, and that stands for all that is added. */
  constructor(private readonly policy: WrittenPolicy, private readonly scope: Construct) {
    const added = () => [...[...this.byPrincipal.values()].map(({ grant }) => grant), ...this.managed ?? []];
    Dependable.implement(scope, {
      get dependencyRoots() { return added().flatMap((dependable) => Dependable.of(dependable).dependencyRoots); },
    });
    expectUse(scope, UNUSED);
  }

  /** Whom the policy was attached to, in that order. */
  public get grantees(): IGrantable[] {
    return [...this.byPrincipal.values()].filter(({ isAttached }) => isAttached).map(({ grantee }) => grantee);
  }

  public attachTo(grantee: IGrantable): Grant {
    noteUse(this.scope);
    const principal = innerPrincipalOf(grantee);
    const earlier = principal && this.byPrincipal.get(principal);
    if (earlier) {
      return earlier.grant;
    }
    const attachment = attach(this.policy, grantee, this.scope);
    this.byPrincipal.set(principal!, { ...attachment, grantee });
    return attachment.grant;
  }

  /** The policy as statements, new at each call. */
  public statements(): PolicyStatement[] {
    noteUse(this.scope);
    return toPolicyStatements(this.policy.statements);
  }

  /** The policy as one document; throws where it doesn't fit the limit. */
  public document(maxCharacters: number): PolicyDocument {
    noteUse(this.scope);
    return toPolicyDocument(this.policy, maxCharacters, this.scope);
  }

  /** The policy as managed policies, made at the first call. */
  public managedPolicies(): ManagedPolicy[] {
    noteUse(this.scope);
    this.managed ??= createManagedPolicies(this.policy, this.scope);
    return [...this.managed];
  }
}
