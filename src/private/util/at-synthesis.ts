/**
 * What can only be said, or done, when an app is synthesized, since until then everything may still change.
 *
 * Validation is the last that CDK does before it writes the templates of a stage, after all aspects. Items are
 * collected by stage, so that a stage has one validation for all of them.
 */
import { Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { keepLast } from './remember';

/** Collects items, each once, until their stage is synthesized. */
export class AtSynthesis<Item> {
  private readonly byStage = new WeakMap<IConstruct, Set<Item>>();

  /** @param finish gets the items of a stage that were added since it was last synthesized. */
  constructor(private readonly finish: (items: Item[], stage: IConstruct) => void) {}

  /** @param construct whose stage the item belongs to. */
  public add(construct: IConstruct, item: Item): void {
    const stage = stageOf(construct);
    const known = this.byStage.get(stage);
    if (known) {
      known.add(item);
      return;
    }
    const items = new Set([item]);
    this.byStage.set(stage, items);
    stage.node.addValidation({
      validate: () => {
        const all = [...items];
        items.clear();
        this.finish(all, stage);
        return [];
      },
    });
  }
}

/** Kept for the last scope, since an app makes many constructs in one. */
const stageUnder = keepLast((scope) => (Stage.isStage(scope) ? scope : Stage.of(scope) ?? scope.node.root));

function stageOf(construct: IConstruct): IConstruct {
  return stageUnder(construct.node.scope ?? construct);
}
