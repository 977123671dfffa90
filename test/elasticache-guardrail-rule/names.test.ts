import {
  ElastiCacheGuardrailRule as Rule, ElastiCacheOperation as Operation, ElastiCacheResource as Resource,
} from '../../src';
import { denied, guardrailOf } from '../support/guardrails';

/** Each static, with a rule that it makes and the condition keys that its statements are about. */
const RULES: [string, Rule, string[]][] = [
  ['onlyNodeTypes', Rule.onlyNodeTypes(['cache.t4g.micro']), ['elasticache:CacheNodeType']],
  ['onlyEngines', Rule.onlyEngines(['valkey']), ['elasticache:EngineType']],
  ['onlyParameterGroups', Rule.onlyParameterGroups(['tuned']), ['elasticache:CacheParameterGroupName']],
  ['onlyKeys', Rule.onlyKeys(['1234abcd-12ab-34cd-56ef-1234567890ab']), ['elasticache:KmsKeyId']],
  ['limitSize', Rule.limitSize({ shards: 5 }), ['elasticache:NumNodeGroups']],
  ['encryptedInTransit', Rule.encryptedInTransit(), ['elasticache:TransitEncryptionEnabled']],
  ['encryptedAtRest', Rule.encryptedAtRest(), ['elasticache:AtRestEncryptionEnabled']],
  ['onlyIamUsers', Rule.onlyIamUsers(), ['elasticache:UserAuthenticationMode']],
  ['requireTags', Rule.requireTags(['team']), ['aws:RequestTag/team']],
  ['requireTagValues', Rule.requireTagValues('team', ['a']), ['aws:RequestTag/team']],
  ['keepTags', Rule.keepTags(['team']), ['aws:RequestTag/team', 'aws:ResourceTag/team', 'aws:TagKeys']],
  ['onlyRegions', Rule.onlyRegions(['eu-west-1']), ['aws:RequestedRegion']],
  ['denyOperations', Rule.denyOperations([Operation.CONNECT]), []],
  ['denyMatching', Rule.denyMatching('Delete*', [Resource.user('a')]), []],
  ['protectTagged', Rule.protectTagged('team', ['a']), ['aws:ResourceTag/team']],
  ['noExports', Rule.noExports(), []],
];

test.each(RULES)('%s is named in its coverage, and about its condition keys', (name, rule, keys) => {
  expect([...new Set(guardrailOf([rule]).coverage.map((row) => row.rule))]).toEqual([name]);
  const found = denied([rule]).flatMap(({ Condition = {} }) => Object.values<object>(Condition).flatMap(Object.keys));
  expect([...new Set(found)].sort()).toEqual(keys);
});

test('every rule is listed here', () => {
  const statics = Object.getOwnPropertyNames(Rule).filter((name) => typeof (Rule as any)[name] === 'function');
  expect(RULES.map(([name]) => name).sort()).toEqual(statics.sort());
});
