/**
 * Rules about tags: those that a creation sets, and those that a resource has.
 *
 * AWS supplies `aws:RequestTag` with what a call creates, and `aws:ResourceTag` with what exists. IAM disregards the
 * case of a tag's key in both, and regards that of its value.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag
 */
import { createdTypesCarrying, groupPairs } from './creation';
import { anyOfTypes, Denial, NOTHING, RuleContext, WrittenRule } from './denial';
import { notAmong } from './key-rules';
import { checkOperations } from './operation-rules';
import { checkTag, checkTags, checkValues, ValueForm } from './values';
import { carriesKey, operationsCarrying, typesCarrying } from '../catalog/key-presence';
import { actionOf, entryOf } from '../catalog/lookup';
import { ConditionBlock } from '../model';
import { formatValue } from '../util/diagnostics';
import { constantCase } from '../util/text';

const REQUEST_TAG = 'aws:RequestTag/${TagKey}';
const RESOURCE_TAG = 'aws:ResourceTag/${TagKey}';
const TAG_KEYS = 'aws:TagKeys';
const TAG_VALUES: ValueForm = {
  name: 'values', maxLength: 256, example: 'prod', expected: 'the value of a tag, up to 256 characters',
};

/** What is taken for deleting: what AWS adds under such a name is denied, too. */
const DELETE = 'Delete*';

type Written = Omit<WrittenRule, 'name'>;

/** Denies creations that don't set every one of the tags. */
export function requiredTags(keys: unknown, context: RuleContext): Written {
  const denials = checkTags(keys, context).flatMap((key) => (
    onCreated({ Null: { [`aws:RequestTag/${key}`]: 'true' } }, key)));
  return { denials, unreached: {} };
}

/** Denies creations that don't set the tag, or set it to another value. */
export function requiredTagValues(key: unknown, values: unknown, context: RuleContext): Written {
  const isKey = checkTag(key, `${context.method}: key`, false, context);
  const checked = checkValues(values, TAG_VALUES, context);
  if (!isKey || !checked) { return NOTHING; }
  return { denials: onCreated(notAmong(`aws:RequestTag/${key}`, checked), key as string), unreached: {} };
}

function onCreated(conditions: ConditionBlock, tagKey: string): Denial[] {
  return groupPairs(createdTypesCarrying(REQUEST_TAG)).map(({ patterns, types }) => ({
    actions: patterns.map(actionOf),
    resources: anyOfTypes(types),
    types,
    conditions,
    keys: [REQUEST_TAG],
    reason: () => `AWS supplies aws:RequestTag/${tagKey} with what the call creates; a request without it is denied`,
  }));
}

/**
 * Denies that a tag is removed, or set to another value, where the resource has it. One statement does both: a removal
 * sets no value, so it differs from the one that is there.
 */
export function keptTags(keys: unknown, context: RuleContext): Written {
  // The operations that name tags of what exists. Those that create name tags, too, but of nothing that has them yet.
  const created = createdTypesCarrying(TAG_KEYS);
  const operations = [...operationsCarrying(TAG_KEYS).keys()].filter((name) => !created.has(name));
  return {
    denials: checkTags(keys, context).map((key) => ({
      actions: operations.map(actionOf),
      resources: ['*'],
      conditions: {
        'ForAnyValue:StringEqualsIgnoreCase': { [TAG_KEYS]: key },
        'Null': { [`aws:ResourceTag/${key}`]: 'false' },
        'StringNotEquals': { [`aws:RequestTag/${key}`]: `\${aws:ResourceTag/${key}}` },
      },
      keys: [TAG_KEYS, RESOURCE_TAG],
      reason: () => `AWS supplies aws:TagKeys and aws:ResourceTag/${key}; a resource without the tag passes`,
    })),
    unreached: {},
  };
}

/** Denies operations on resources that have the tag with one of the values. */
export function protectedByTag(key: unknown, values: unknown, operations: unknown, context: RuleContext): Written {
  const { method, diagnostics } = context;
  const isKey = checkTag(key, `${method}: key`, true, context);
  const checked = checkValues(values, TAG_VALUES, context);
  const listed = operations === undefined ? undefined : checkOperations(operations, context);
  listed?.filter((name) => entryOf(name) === undefined).forEach((name) => diagnostics.error(
    `${method}: ${name} is a custom operation, and it is not known whether AWS supplies aws:ResourceTag to it: use `
    + 'denyOperations for it'));
  listed?.filter((name) => entryOf(name) !== undefined && !carries(name)).forEach((name) => diagnostics.errorAbout(
    constantCase(name), (names, several) => (`${method}: AWS never supplies aws:ResourceTag to ${names}, so the tag `
      + `would guard nothing: drop ${several ? 'them' : 'it'}, or use denyOperations`)));
  if (!isKey || !checked) { return NOTHING; }
  // The values of tags are compared with case, so patterns and other values can stand together.
  const all = [...checked.exact, ...checked.patterns];
  return {
    denials: [{
      actions: (listed ?? [DELETE]).map(actionOf),
      resources: ['*'],
      conditions: {
        [checked.patterns.length > 0 ? 'StringLike' : 'StringEquals']: { [`aws:ResourceTag/${key}`]: all },
      },
      keys: [RESOURCE_TAG],
      reason: () => `AWS supplies aws:ResourceTag/${key}; a resource that isn't tagged ${formatValue(all)} passes`,
    }],
    unreached: {},
  };
}

function carries(operationName: string): boolean {
  return carriesKey(operationName, undefined, RESOURCE_TAG) || typesCarrying(operationName, RESOURCE_TAG).length > 0;
}
