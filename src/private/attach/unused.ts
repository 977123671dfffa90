/**
 * Grants whose permissions nobody has got: neither a principal, nor whoever takes statements, documents or policies.
 *
 * Such a grant allows nothing, and nothing fails until the first call is denied. That a grant is still unused is only
 * certain when the app is synthesized.
 */
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Diagnostics } from '../util/diagnostics';

/** The unused grants of each stage, whose warnings must come before its templates are written. */
const UNUSED = new WeakMap<IConstruct, Set<IConstruct>>();

/** Has a warning added to the grant at synthesis, unless it is used before. */
export function expectUse(grant: IConstruct): void {
  const stage = stageOf(grant);
  const known = UNUSED.get(stage);
  if (known) {
    known.add(grant);
    return;
  }
  const unused = new Set([grant]);
  UNUSED.set(stage, unused);
  stage.node.addValidation({
    validate: () => {
      unused.forEach(warn);
      unused.clear();
      return [];
    },
  });
}

/** Notes that somebody has got the permissions of the grant. */
export function noteUse(grant: IConstruct): void {
  UNUSED.get(stageOf(grant))?.delete(grant);
}

function stageOf(grant: IConstruct): IConstruct {
  return Stage.of(grant) ?? grant.node.root;
}

function warn(grant: IConstruct): void {
  const diagnostics = new Diagnostics();
  diagnostics.warning(
    'unusedGrant',
    'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or use '
    + 'toManagedPolicies() or toPolicyDocument()',
  );
  diagnostics.report(grant);
}
