import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import {
  CacheClusterGrants,
  ElastiCacheAccessGrant,
  ElastiCacheOperation,
  ElastiCacheResource,
  ReplicationGroupGrants,
  ServerlessCacheGrants,
  SnapshotBucketGrants,
  SnapshotSource,
} from '../../src';
import { MINIMIZE, newRole, runs, newStack } from '../harness';
import { check, findings, foundFor, foundIn } from '../support/checked-policies';
import { attach, PRINCIPALS, recipes } from '../support/recipes';

test('nothing is wrong with what a grant writes, whatever it is for and whomever it is attached to', () => {
  let granted = 0;
  fc.assert(
    fc.property(recipes, fc.constantFrom(...Object.keys(PRINCIPALS)), fc.boolean(), (recipe, principal, minimize) => {
      const made = attach(recipe, principal, minimize);
      if (!made) {
        return;
      }
      granted++;
      expect(findings(...made.policies.map(({ document }) => document.Statement))).toEqual([]);
    }),
    runs(60),
  );
  expect(granted).toBeGreaterThan(10);
});

describe.each([[false], [true]])('with minimizePolicies %s, nothing is wrong with', (minimize) => {
  const context = { [MINIMIZE]: minimize };

  test('each operation on its own, on * and on its types', () => {
    const types = Object.keys(ElastiCacheResource).filter(
      (name) => /^[a-z]+([A-Z][a-z]+)*$/.test(name) && !/^from/.test(name),
    );
    expect(
      foundFor((stack) => {
        const exports = new s3.Bucket(stack, 'Exports');
        for (const operation of ElastiCacheOperation.all()) {
          const required =
            operation.operationName === 'ExportServerlessCacheSnapshot' ? { exportBuckets: [exports] } : {};
          for (const resources of [
            undefined,
            types
              .map((type) => (ElastiCacheResource as any)[type]('prod-*'))
              .filter((one) => operation.resourceTypes.includes(one._type ?? one.resourceType)),
          ]) {
            const id = `${operation.operationName}${resources ? 'Scoped' : ''}`;
            new ElastiCacheAccessGrant(stack, id, {
              operations: [operation],
              ...required,
              ...(resources?.length && { resources }),
            }).toRole(newRole(stack, `${id}Role`));
          }
        }
      }, context),
    ).toEqual([]);
  });

  test('managed policies that are attached to nobody', () => {
    expect(
      foundFor((stack) => {
        new ElastiCacheAccessGrant(stack, 'Grant', {
          operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.CONNECT],
          resources: ['parameterGroup', 'replicationGroup', 'user'].flatMap((type) =>
            Array.from({ length: 60 }, (_, index) =>
              (ElastiCacheResource as any)[type](`a-name-that-is-quite-long-${index}`),
            ),
          ),
          snapshots: [
            SnapshotSource.fromBucketName(
              'snapshots',
              Array.from({ length: 100 }, (_, index) => `nightly/${index}.rdb`),
            ),
          ],
        }).toManagedPolicies();
      }, context),
    ).toEqual([]);
  });

  test('copies that stay in ElastiCache, and copies that leave it', () => {
    expect(
      foundFor((stack) => {
        for (const [id, exportBuckets] of Object.entries({ Stay: [], Leave: [new s3.Bucket(stack, 'Exports')] })) {
          new ElastiCacheAccessGrant(stack, id, {
            operations: [ElastiCacheOperation.COPY_SNAPSHOT],
            exportBuckets,
          }).toRole(newRole(stack, `${id}Role`));
        }
      }, context),
    ).toEqual([]);
  });

  test('the grants of caches and of buckets', () => {
    expect(
      foundFor((stack) => {
        const role = newRole(stack);
        const user = new elasticache.CfnUser(stack, 'User', { userId: 'app', userName: 'app', engine: 'valkey' });
        const group = new elasticache.CfnReplicationGroup(stack, 'Group', {
          replicationGroupDescription: 'a',
          replicationGroupId: 'sessions',
          transitEncryptionEnabled: true,
          engine: 'valkey',
          cacheNodeType: 'cache.t4g.micro',
          userGroupIds: ['app'],
        });
        const serverless = new elasticache.CfnServerlessCache(stack, 'Serverless', {
          serverlessCacheName: 'carts',
          engine: 'valkey',
          userGroupId: 'app',
        });
        const cluster = new elasticache.CfnCacheCluster(stack, 'Cluster', {
          clusterName: 'pages',
          engine: 'memcached',
          cacheNodeType: 'cache.t4g.micro',
          numCacheNodes: 1,
        });
        for (const grants of [
          ReplicationGroupGrants.fromReplicationGroup(group),
          ServerlessCacheGrants.fromServerlessCache(serverless),
        ]) {
          grants.connect(role, user);
          grants.connectAs(role, 'reporting');
          grants.read(role);
          grants.operate(role);
          grants.snapshot(role, 'nightly-*');
        }
        const ofCluster = CacheClusterGrants.fromCacheCluster(cluster);
        ofCluster.read(role);
        ofCluster.operate(role);
        SnapshotBucketGrants.fromBucket(new s3.Bucket(stack, 'Snapshots')).exportSnapshots();
      }, context),
    ).toEqual([]);
  });
});

test("a policy document in a policy of one's own is right", () => {
  const stack = newStack();
  const document = new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.CONNECT],
    resources: [ElastiCacheResource.serverlessCache('a'), ElastiCacheResource.user('app')],
  }).toPolicyDocument();
  new iam.Policy(stack, 'Policy', { document, roles: [newRole(stack)] });
  check(stack);
  expect(foundIn(stack)).toEqual([]);
});
