import { Fn } from 'aws-cdk-lib';
import { ElastiCacheOperation } from '../../src';
import { messageOf } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const { DESCRIBE_EVENTS } = ElastiCacheOperation;

function operations(): ErrorCase[] {
  const notAName = (name: string) => `ElastiCacheOperation.custom: ${JSON.stringify(name)} is not an operation name: `
    + 'expected letters and digits, beginning with a letter, such as "CreateCacheCluster", without "elasticache:" and '
    + 'without wildcards; for patterns, use ElastiCacheOperation.matching';
  return [
    ...['elasticache:Foo', 'Foo*', '', 'Foo?', '*', 'Foo Bar', ' Foo', '7Foo', 'Foo\n'].map((name): ErrorCase => (
      [() => ElastiCacheOperation.custom(name), notAName(name)])),
    [
      () => ElastiCacheOperation.custom(Fn.importValue('Name')),
      'ElastiCacheOperation.custom: name is only known at deployment, and could hold a wildcard: pass a literal name',
    ],
    [
      () => ElastiCacheOperation.of(Fn.importValue('Name')),
      'ElastiCacheOperation.of: name is only known at deployment, and what it needs must be known before: pass a '
      + 'literal name',
    ],
    [
      () => ElastiCacheOperation.matching(Fn.importValue('Name')),
      'ElastiCacheOperation.matching: pattern is only known at deployment, and is spelled out before: pass a literal '
      + 'pattern',
    ],
    ...[
      ['DescribeReplicationGroup', 'DescribeReplicationGroups'],
      ['describecacheclusters', 'DescribeCacheClusters'],
      ['elasticache:CopySnapshot', 'CopySnapshot'],
      ['AuthorizeCacheSecurityGroupEgress', 'AuthorizeCacheSecurityGroupIngress'],
    ].map(
      ([name, suggestion]): ErrorCase => [
        () => ElastiCacheOperation.of(name),
        `ElastiCacheOperation.of: "${name}" is not an ElastiCache operation: did you mean "${suggestion}"? `
        + 'For one that AWS has added since this version, use ElastiCacheOperation.custom',
      ]),
    ...['Get*', 'View*', 'Describe.*', '', 'elasticache:', 'elasticache:Get*'].map((pattern): ErrorCase => [
      () => ElastiCacheOperation.matching(pattern),
      `ElastiCacheOperation.matching: "${pattern}" matches no ElastiCache operation: expected a pattern of operation `
      + 'names, such as "Describe*" or "*ReplicationGroup?"; for all that read, use ElastiCacheOperation.readOnly',
    ]),
    [
      () => grantOf({ operations: [] }),
      grantError('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS'),
    ],
    // As plain JavaScript allows.
    ...[undefined, null, 'CopySnapshot'].map((operation): ErrorCase => [
      () => grantOf({ operations: [DESCRIBE_EVENTS, operation as any] }),
      grantError(
        `operations[1] is ${JSON.stringify(operation)}: expected an ElastiCacheOperation, such as `
        + 'ElastiCacheOperation.COPY_SNAPSHOT',
      ),
    ]),
  ];
}

test.each(titled(operations()))('an invalid operation throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});
