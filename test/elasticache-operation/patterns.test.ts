import { ElastiCacheOperation } from '../../src';
import { messageOf } from '../harness';

test.each(['elasticache:Describe*', 'ElastiCache:describe*', 'ELASTICACHE:DESCRIBE*'])(
  '%s is the same as Describe*', (pattern) => {
    expect(ElastiCacheOperation.matching(pattern)).toEqual(ElastiCacheOperation.matching('Describe*'));
  });

test('elasticache:* is every operation that is in use', () => {
  expect(ElastiCacheOperation.matching('elasticache:*')).toEqual(ElastiCacheOperation.all());
});

test.each([
  ['s3:Get*', 's3:'],
  ['*:*', '*:'],
  ['elasti*:Describe*', 'elasti*:'],
  ['elasticache:elasticache:Describe*', 'elasticache:elasticache:'],
  [':Describe*', ':'],
])('%s is a pattern of another service', (pattern, prefix) => {
  expect(messageOf(() => ElastiCacheOperation.matching(pattern))).toBe(
    `ElastiCacheOperation.matching: "${pattern}" has the prefix "${prefix}" of another service: expected a pattern of `
    + 'ElastiCache operations, such as "Describe*" or "elasticache:Describe*"',
  );
});

test('of() with a pattern says where patterns go', () => {
  expect(messageOf(() => ElastiCacheOperation.of('Describe*'))).toBe(
    'ElastiCacheOperation.of: "Describe*" is not an ElastiCache operation: AWS lists them on '
    + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html; for patterns, '
    + 'use ElastiCacheOperation.matching',
  );
});

test('of() suggests nothing where nothing is near', () => {
  expect(messageOf(() => ElastiCacheOperation.of('constructor'))).toBe(
    'ElastiCacheOperation.of: "constructor" is not an ElastiCache operation: AWS lists them on '
    + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html; for one that '
    + 'AWS has added since this version, use ElastiCacheOperation.custom',
  );
});

test.each([
  ['*?'.repeat(10)], ['*?'.repeat(200)], ['*a'.repeat(50)], [`${'*e*'.repeat(100)}Z`], ['?'.repeat(5000)],
  ['*'.repeat(5000)],
])('the pattern %.30s takes no time', (pattern) => {
  const begin = process.hrtime.bigint();
  messageOf(() => { ElastiCacheOperation.matching(pattern); throw new Error('matched'); });
  // A regular expression takes 16 seconds for the first of them.
  expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(1000);
});
