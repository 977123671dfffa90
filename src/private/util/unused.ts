/**
 * Grants whose permissions nobody has got, and guardrails that were written nowhere.
 *
 * Such a construct does nothing, and nothing fails until a call is denied, or isn't. That one is still unused is only
 * certain when the app is synthesized.
 */
import { IConstruct } from 'constructs';
import { AtSynthesis } from './at-synthesis';
import { Diagnostics } from './diagnostics';

/** Has a warning added, at synthesis, to each construct of a kind that is not used until then. */
export class ExpectedUse {
  private readonly unused = new AtSynthesis<IConstruct>((constructs) => constructs.forEach((construct) => {
    const diagnostics = new Diagnostics();
    diagnostics.warning(this.id, this.text);
    diagnostics.report(construct);
  }));

  constructor(private readonly id: string, private readonly text: string) {}

  public of(construct: IConstruct): void {
    this.unused.add(construct, construct);
  }

  public happened(construct: IConstruct): void {
    this.unused.delete(construct, construct);
  }
}
