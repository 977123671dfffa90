import { buildModel, readSources } from '../../../projenrc/catalog/sources';
import { GlobalConditionKeysSpec, Sources } from '../../../projenrc/catalog/types';
import { CONDITION_KEYS } from '../../../src/private/catalog/catalog.generated';

let sources: Sources;
beforeAll(async () => { sources = await readSources(); });

const changed = (change: (spec: GlobalConditionKeysSpec) => Partial<GlobalConditionKeysSpec>) => (
  buildModel({
    ...sources,
    globalConditionKeys: { ...sources.globalConditionKeys, ...change(sources.globalConditionKeys) },
  }));

// Red if a key of which nothing is known, or a fact that doesn't fit, reaches the catalog.
test.each<[string, (spec: GlobalConditionKeysSpec) => Partial<GlobalConditionKeysSpec>, string]>([
  [
    'a global key that the spec lacks',
    ({ keys }) => ({ keys: keys.filter(({ key }) => key !== 'aws:userid') }),
    'the global condition key aws:userid is not in spec/global-condition-keys.json: say there when AWS supplies it',
  ],
  [
    'a class of availability',
    ({ keys }) => ({ keys: keys.map((one) => (one.key === 'aws:SourceIp' ? { ...one, availability: 'often' } : one)) }),
    'spec/global-condition-keys.json: aws:SourceIp has the availability "often", which is not understood',
  ],
  [
    'a key that is sometimes there, nobody knows when',
    ({ keys }) => ({ keys: keys.map((one) => (one.key === 'aws:SourceIp' ? { ...one, when: undefined } : one)) }),
    'spec/global-condition-keys.json: aws:SourceIp must have "when" if, and only if, it is not always there',
  ],
  [
    'a key without a type',
    ({ keys }) => ({ keys: [...keys, { key: 'aws:New', availability: 'never', when: 'later', source: '' }] }),
    'the condition key aws:New has the type "", which is not understood',
  ],
  [
    'a key that does not exist',
    ({ ignoringCase }) => ({ ignoringCase: { ...ignoringCase, keys: ['elasticache:Heat'] } }),
    'spec/global-condition-keys.json names the condition key elasticache:Heat, which is none of elasticache or of all '
    + 'services',
  ],
])('%s stops the task', async (_, change, problem) => {
  await expect(changed(change)).rejects.toThrow(new Error(`the catalog's sources can't be joined:\n- ${problem}`));
});

// Red if the catalog forgets when AWS supplies a global key.
test('every global key in the catalog has its availability, and each fact its source', () => {
  expect(CONDITION_KEYS.filter(({ global, availability }) => global && !availability)).toEqual([]);
  const { keys, boundToTypes, serviceNames, globalServices, ignoringCase } = sources.globalConditionKeys;
  expect([...keys, boundToTypes, serviceNames, globalServices, ignoringCase]
    .filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
});
