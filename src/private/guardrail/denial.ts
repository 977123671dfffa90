/**
 * What a rule of a guardrail comes to: denials, which become statements, and what no statement can reach.
 *
 * The rules make them; statements.ts writes them, and coverage.ts tells a reviewer what they reach. Types only, but for
 * the ARNs that denials are on.
 */
import { IConstruct } from 'constructs';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { Explanation } from '../catalog/entries';
import { ConditionBlock } from '../model';
import { Diagnostics } from '../util/diagnostics';
import { Tokens } from '../util/tokens';

/** Actions that are denied on resources under conditions. */
export interface Denial {
  /** Actions, or patterns of them. */
  readonly actions: string[];

  /** `*`, ARNs, or patterns of ARNs. */
  readonly resources: string[];

  /** The types of the resources; undefined where they are `*`. */
  readonly types?: string[];
  readonly conditions?: ConditionBlock;

  /** The keys of the conditions, as the catalog spells them. Where AWS doesn't supply them, nothing is denied. */
  readonly keys: string[];

  /** Whether the conditions are met by requests that have the keys alone, so that `*` would deny the same. */
  readonly needsKeys?: boolean;

  /** What of a request is denied, for the reviewer of an operation. */
  readonly reason: (operationName: string) => string;
}

/** One rule, written as denials. */
export interface WrittenRule {
  /** The name of its static. */
  readonly name: string;
  readonly denials: Denial[];

  /** The operations that the rule is about and can't reach, each with the reason. */
  readonly unreached: Readonly<Record<string, Explanation>>;
}

/** What a rule is written in. */
export interface RuleContext {
  /** The static that made the rule, as its errors name it. */
  readonly method: string;
  readonly scope: IConstruct;
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostics;
}

/** Writes a rule; what is wrong with its values is reported, and the rest is written all the same. */
export type RuleWriter = (context: RuleContext) => Omit<WrittenRule, 'name'>;

/** What is written of a rule with errors. */
export const NOTHING: Omit<WrittenRule, 'name'> = { denials: [], unreached: {} };

/** Every ElastiCache action. */
export const ANY_ACTION = 'elasticache:*';

/** Every resource of the types, in every partition, Region and account: what a guardrail denies, it denies anywhere. */
export function anyOfTypes(types: string[]): string[] {
  return types.map((type) => `arn:*:elasticache:${RESOURCE_TYPES[type].global ? '' : '*'}:*:${type}:*`);
}
