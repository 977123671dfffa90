/**
 * Grants whose permissions nobody has got, and guardrails that were written nowhere.
 *
 * Such a construct does nothing, and nothing fails until a call is denied, or isn't. That one is still unused is only
 * certain when the app is synthesized.
 */
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Diagnostics } from './diagnostics';

/** The warning of an unused construct. */
interface UnusedWarning {
  readonly id: string;
  readonly text: string;
}

/** The unused constructs of each stage, whose warnings must come before its templates are written. */
const UNUSED = new WeakMap<IConstruct, Map<IConstruct, UnusedWarning>>();

/** Has a warning added to the construct at synthesis, unless it is used before. */
export function expectUse(construct: IConstruct, warning: UnusedWarning): void {
  const stage = stageOf(construct);
  const known = UNUSED.get(stage);
  if (known) {
    known.set(construct, warning);
    return;
  }
  const unused = new Map([[construct, warning]]);
  UNUSED.set(stage, unused);
  stage.node.addValidation({
    validate: () => {
      unused.forEach(({ id, text }, one) => {
        const diagnostics = new Diagnostics();
        diagnostics.warning(id, text);
        diagnostics.report(one);
      });
      unused.clear();
      return [];
    },
  });
}

/** Notes that the construct is used. */
export function noteUse(construct: IConstruct): void {
  UNUSED.get(stageOf(construct))?.delete(construct);
}

function stageOf(construct: IConstruct): IConstruct {
  return Stage.of(construct) ?? construct.node.root;
}
