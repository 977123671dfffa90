import { readFileSync } from 'fs';

/** The doc comment of a static of ElastiCacheOperation, on one line. */
function commentOf(constant: string): string {
  const source = readFileSync('src/elasticache-operation.ts', 'utf8');
  const before = source.slice(0, source.indexOf(`public static readonly ${constant} =`));
  return before.slice(before.lastIndexOf('/**')).replace(/\s*\n\s*\*\s?/g, ' ').replace(/\s+/g, ' ');
}

test.each([
  ['TEST_FAILOVER', 'Can be limited to `replicationGroup` (required).'],
  ['MODIFY_REPLICATION_GROUP',
    'Can be limited to `replicationGroup` (required), `parameterGroup`, `securityGroup`, `userGroup`.'],
  ['CREATE_REPLICATION_GROUP', 'Can be limited to `parameterGroup` (required), `replicationGroup` (created), '
    + '`cacheCluster`, `globalReplicationGroup`, `securityGroup`, `snapshot`, `subnetGroup`, `userGroup`.'],
  ['CREATE_CACHE_CLUSTER', 'Can be limited to `parameterGroup` (required), `cacheCluster` (created), '
    + '`replicationGroup`, `securityGroup`, `snapshot`, `subnetGroup`.'],
  ['CREATE_SNAPSHOT',
    'Can be limited to `snapshot` (required), and at least one of `cacheCluster` and `replicationGroup`.'],
  ['CONNECT',
    'Can be limited to `user` (required), and at least one of `replicationGroup` and `serverlessCache`.'],
  ['BATCH_STOP_UPDATE_ACTION', 'Can be limited to at least one of `cacheCluster` and `replicationGroup`.'],
  ['DESCRIBE_UPDATE_ACTIONS', 'Can be limited to `cacheCluster`, `replicationGroup`.'],
  ['PURCHASE_RESERVED_CACHE_NODES_OFFERING', 'Can be limited to `reservedCacheNode` (required).'],
  ['DESCRIBE_EVENTS', "Can't be limited to resources: AWS authorizes it only on `*`."],
  ['CONNECT', 'Needs `elasticache:Connect`. Access level: Write. It is an IAM action without an API operation.'],
  ['TEST_FAILOVER', 'Needs `elasticache:TestFailover`. Access level: Write.'],
])('the documentation of %s says what it needs, and what it can be limited to', (constant, sentences) => {
  expect(commentOf(constant)).toContain(` ${sentences} `);
});
