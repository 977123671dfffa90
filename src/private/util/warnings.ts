/**
 * The warnings that this library gives, and which of them were acknowledged.
 *
 * CDK keeps an acknowledged warning nowhere: it takes the warning off its construct. So each one is remembered here as
 * it is given, and is acknowledged if its construct doesn't have it.
 */
import { Annotations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** One warning. */
export interface Warning {
  readonly construct: IConstruct;
  readonly id: string;
  readonly text: string;
}

const GIVEN = new WeakMap<IConstruct, Warning[]>();

/** Adds a warning to a construct, unless it was acknowledged. */
export function addWarning(construct: IConstruct, id: string, text: string): void {
  if (!isAcknowledged(construct, id)) {
    Annotations.of(construct).addWarningV2(id, text);
  }
  const { root } = construct.node;
  const inApp = GIVEN.get(root) ?? [];
  inApp.push({ construct, id, text });
  GIVEN.set(root, inApp);
}

/**
 * Whether a warning was acknowledged on the construct before it is made. CDK itself looks for that above the construct
 * alone (aws-cdk-lib/core/lib/annotations.ts), so a warning that is made at synthesis would come all the same.
 */
function isAcknowledged(scope: IConstruct, id: string): boolean {
  const { root, path } = scope.node;
  const acknowledgements = Reflect.get(root, Symbol.for('@aws-cdk/core.Acknowledgements'));
  return acknowledgements?.has?.(`${path}/`, id) === true;
}

/** The warnings of constructs below a construct that somebody has acknowledged. */
export function acknowledgedWarningsBelow(scope: IConstruct): Warning[] {
  return (GIVEN.get(scope.node.root) ?? []).filter(({ construct, id }) => (
    construct.node.scopes.includes(scope) && !construct.node.metadata.some(({ type, data }) => (
      type === 'aws:cdk:warning' && String(data).endsWith(`[ack: ${id}]`)))));
}
