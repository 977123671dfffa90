/**
 * Operations that create with tags, and the conditions on these tags.
 *
 * Where a request sets tags, AWS authorizes AddTagsToResource besides the operation itself. A condition that requires a
 * tag thus denies every call, unless the grant allows both.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
 */
import { suppliesKey } from '../catalog/key-presence';
import { entryOf, parametersOf } from '../catalog/lookup';
import { CheckedCondition, Scope } from '../model';
import { Diagnostics } from '../util/diagnostics';
import { constantCase } from '../util/text';

const OPTION = 'tagOnCreate';

/** The keys that a request has where it sets tags. */
export const KEYS_OF_REQUEST_TAGS = ['aws:RequestTag/${TagKey}', 'aws:TagKeys'];

/** Reports create operations that must set a tag, and may not. */
export function checkRequestTags(
  operationNames: string[], options: string[], scope: Scope, diagnostics: Diagnostics,
): void {
  const { conditions, resources = [] } = scope;
  const isConditional = conditions.length > 0 || resources.some((one) => one.conditions.length > 0);
  if (!isConditional || options.includes(OPTION) || operationNames.includes('AddTagsToResource')) {
    return;
  }
  const denied = new Map<string, string[]>();
  for (const name of operationNames) {
    const types = parametersOf(name, [OPTION]).flatMap(({ operations }) => operations[name]);
    const required = conditionsOn(types, scope)
      .filter(({ catalogKey, matchesWhenKeyIsMissing }) => (
        KEYS_OF_REQUEST_TAGS.includes(catalogKey) && !matchesWhenKeyIsMissing))
      .filter((condition) => types.some((type) => suppliesKey(entryOf(name)!, type, condition)));
    new Set(required.map(({ key }) => key)).forEach((key) => (
      denied.set(key, [...denied.get(key) ?? [], constantCase(name)])));
  }
  denied.forEach((names, key) => diagnostics.error(
    `the condition on ${key} makes ${names.join(', ')} set tags, for which AWS also authorizes AddTagsToResource, so `
    + `every call would be denied: set ${OPTION}`,
  ));
}

/** The conditions of the grant, and those of the listed resources of some types. */
function conditionsOn(types: string[], { conditions, resources = [] }: Scope): CheckedCondition[] {
  return [...conditions, ...resources.filter(({ type }) => types.includes(type)).flatMap((one) => one.conditions)];
}
