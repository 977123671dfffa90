/**
 * Checked conditions in; what they do together, or otherwise than they look, reported.
 *
 * A statement has one condition per operator and key, and a request must meet them all. So two conditions may be too
 * many, or exclude each other. A condition that a request without its key meets may guard less than it seems to, unless
 * another one requires the key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
import { Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { areNeverMet, mayBeMetBy } from './contradictions';
import { parseOperator } from './operators';
import { GLOBAL_SERVICE_REGIONS } from '../catalog/catalog.generated';
import { ConditionKeyEntry } from '../catalog/entries';
import { CheckedCondition, Permission } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { constantCase } from '../util/text';

/** Reports conditions that one policy statement can't have together, or that no request meets. */
export function checkTogether(conditions: CheckedCondition[], diagnostics: Diagnostics): void {
  const byKey = new Map<string, CheckedCondition[]>();
  conditions.forEach((condition) => {
    const key = condition.key.toLowerCase();
    byKey.set(key, [...byKey.get(key) ?? [], condition]);
  });
  byKey.forEach((sameKey) => {
    const distinct = withoutRepeated(sameKey, diagnostics);
    if (distinct.length === sameKey.length) {
      reportNeverMet(distinct, diagnostics);
      distinct.forEach((condition) => warnIfKeyMayBeMissing(condition, distinct, diagnostics));
    }
  });
}

function withoutRepeated(conditions: CheckedCondition[], diagnostics: Diagnostics): CheckedCondition[] {
  return conditions.filter(({ operator, key }, index) => {
    const earlier = conditions.slice(0, index).find((other) => other.operator === operator);
    if (earlier) {
      diagnostics.error(earlier.key === key
        ? `condition ${operator} on ${key} is listed twice: give one all the values that are allowed, or make a grant `
          + 'for each'
        : `condition ${operator} is on ${earlier.key} and on ${key}, which are the same key to IAM: use one of them`);
    }
    return !earlier;
  });
}

function reportNeverMet(conditions: CheckedCondition[], diagnostics: Diagnostics): void {
  const alone = conditions.filter((condition) => areNeverMet([condition]));
  if (alone.length > 0) {
    alone.forEach((condition) => diagnostics.error(
      `condition ${condition.operator} on ${condition.key} is never met, since ${whyNeverMet(condition)}: drop it`));
    return;
  }
  const pairs = conditions.flatMap((first, index) => (
    conditions.slice(index + 1).filter((second) => areNeverMet([first, second])).map((second) => [first, second])));
  const groups = pairs.length > 0 ? pairs : [conditions].filter(areNeverMet);
  groups.forEach((group) => diagnostics.error(
    `conditions ${group.map(({ operator }) => operator).join(' and ')} on ${group[0].key} exclude each other, so no `
    + 'request meets them: drop one, or make a grant for each',
  ));
}

function whyNeverMet({ operator, alwaysSupplied, possibleValues }: CheckedCondition): string {
  if (operator === 'Null') { return 'every request has the key'; }
  return possibleValues?.length === 1
    ? `the key is ${formatValue(possibleValues[0])} for every user and role`
    : `it excludes every value${alwaysSupplied ? ', and every request has the key' : ''}`;
}

function warnIfKeyMayBeMissing(
  condition: CheckedCondition, sameKey: CheckedCondition[], diagnostics: Diagnostics,
): void {
  const { operator, key, suppliedWhen } = condition;
  if (suppliedWhen !== undefined && sameKey.every(({ matchesWhenKeyIsMissing }) => matchesWhenKeyIsMissing)) {
    diagnostics.warning(
      'lenientCondition',
      `a request without ${key} meets the condition ${operator} on it, and AWS supplies the key only ${suppliedWhen}: `
      + 'make sure that all other requests may pass, or use an operator that requires the key',
    );
  }
}

/** Warns of a condition that does something, but not what it seems to do. */
export function warnOfSurprises(
  { ignoresCase, serviceNames = [] }: ConditionKeyEntry, condition: CheckedCondition, diagnostics: Diagnostics,
): void {
  const { operator, key, values, alwaysSupplied } = condition;
  const { base, family } = parseOperator(operator);
  if (family === 'Null' && alwaysSupplied && values.includes('false')) {
    diagnostics.warning(
      'conditionWithoutEffect',
      `condition ${operator} on ${key} has no effect, since every request has the key: drop it`,
    );
  }
  if (ignoresCase && (base === 'StringNotEquals' || base === 'StringNotLike')) {
    diagnostics.warning(
      'caseSensitiveCondition',
      `condition ${operator} on ${key}: AWS takes the value in any case, so what ${base} excludes passes in other `
      + 'letters: '
      + `use ${operator.replace(base, 'StringNotEqualsIgnoreCase')}, with whole values, or list what is allowed`,
    );
  }
  const named = serviceNames.filter((name) => mayBeMetBy(name, [positive(condition)]));
  if (named.length > 0 && named.length < serviceNames.length) {
    diagnostics.warning(
      'oneServiceName',
      `condition ${operator} on ${key} has ${named.map((name) => formatValue(name)).join(' and ')}, but ElastiCache `
      + `calls on as ${serviceNames.map((name) => formatValue(name)).join(' or ')}: list both`,
    );
  }
}

/** The condition without its negation: what it names. */
function positive(condition: CheckedCondition): CheckedCondition {
  return { ...condition, operator: condition.operator.replace('Not', '') };
}

/**
 * Reports a Region that a service without Regions is never called in, where the grant needs that service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function checkGlobalServices(
  permissions: Permission[], conditions: CheckedCondition[], construct: IConstruct, diagnostics: Diagnostics,
): void {
  const onRegion = conditions.filter(({ key }) => key === 'aws:RequestedRegion');
  if (onRegion.length === 0) { return; }
  const known = partitionOf(Stack.of(construct));
  for (const { action, operation } of permissions) {
    const [service] = action.split(':');
    const byPartition = Object.hasOwn(GLOBAL_SERVICE_REGIONS, service) ? GLOBAL_SERVICE_REGIONS[service] : {};
    const regions = Object.entries(byPartition)
      .filter(([partition]) => partition === (known ?? partition))
      .map(([, region]) => region);
    if (regions.length > 0 && !regions.some((region) => mayBeMetBy(region, onRegion))) {
      diagnostics.error(
        `${onRegion.map(({ operator }) => `condition ${operator} on aws:RequestedRegion`).join(' and ')} would deny `
        + `${action}, whose requests carry ${regions.join(' or ')}, wherever they come from: allow that Region, or use `
        + `a separate grant, without the condition, for what ${constantCase(operation)} needs of ${service}`,
      );
    }
  }
}

/** The partition, which CDK leaves to deployment by default even where it knows the Region. */
function partitionOf({ partition, region }: Stack): string | undefined {
  if (!Token.isUnresolved(partition)) { return partition; }
  return Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
}
