/**
 * Grants whose permissions nobody has got, and guardrails that were written nowhere.
 *
 * Such a construct does nothing, and nothing fails until a call is denied, or isn't. That one is still unused is only
 * certain when the app is synthesized.
 */
import { IConstruct } from 'constructs';
import { AtSynthesis } from './at-synthesis';
import { Diagnostics } from './diagnostics';

/** The warning of a construct that is not used. */
export interface UnusedWarning {
  readonly id: string;
  readonly text: string;
}

/** The use of a construct: it gets a warning, at synthesis, if it is not used until then. */
export class ExpectedUse {
  private isUsed = false;

  constructor(private readonly construct: IConstruct, private readonly warning: UnusedWarning) {
    EXPECTED.add(construct, this);
  }

  public happened(): void {
    this.isUsed = true;
  }

  public warnIfUnused(): void {
    if (this.isUsed) { return; }
    const diagnostics = new Diagnostics();
    diagnostics.warning(this.warning.id, this.warning.text);
    diagnostics.report(this.construct);
  }
}

const EXPECTED = new AtSynthesis<ExpectedUse>((uses) => uses.forEach((use) => use.warnIfUnused()));
