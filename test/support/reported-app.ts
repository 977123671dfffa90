import { App, Aws, CfnParameter, Fn, Stack, Stage } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Annotations } from 'aws-cdk-lib/core';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessReport, ElastiCacheAccessReportProps, ElastiCacheCondition,
  ElastiCacheOperation, ElastiCacheResource, ReplicationGroupGrants, SnapshotBucketGrants, SnapshotSource,
} from '../../src';
import { newApp, newRole } from '../harness';

/** An app of two stacks with each kind of grant and of principal, and what is to be granted, as functions. */
export function reportedApp(props?: ElastiCacheAccessReportProps, context: Record<string, unknown> = {}) {
  const app = newApp(context);
  const caches = new Stack(app, 'Caches');
  const people = new Stack(app, 'People');
  const bucket = new s3.Bucket(caches, 'Snapshots');
  const key = new kms.Key(caches, 'Key');
  const cache = new elasticache.CfnReplicationGroup(caches, 'Cache', {
    replicationGroupDescription: 'Sessions',
    cacheParameterGroupName: 'default.valkey8',
    engine: 'valkey',
    transitEncryptionEnabled: true,
  });
  const prefix = new CfnParameter(people, 'Prefix');
  const deployer = newRole(people, 'Deployer');
  const operator = new iam.User(people, 'Operator');
  const others = iam.Role.fromRoleArn(people, 'Others', 'arn:aws:iam::111122223333:role/others', { mutable: false });
  const grant = (id: string, ...[grantProps]: [ConstructorParameters<typeof ElastiCacheAccessGrant>[2]]) => (
    new ElastiCacheAccessGrant(people, id, grantProps));

  const grants: (() => void)[] = [
    () => {
      grant('Create', {
        operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
        resources: [
          ElastiCacheResource.replicationGroup('*'),
          ElastiCacheResource.parameterGroup(`${prefix.valueAsString}-*`).withCondition(
            ElastiCacheCondition.resourceTag('team', ['a|b', 'cache_ops'])),
        ],
        conditions: [ElastiCacheCondition.of('StringNotLike', 'aws:RequestedRegion', ['us-*', 'cn-*'])],
        snapshots: [SnapshotSource.fromBucket(bucket, ['a`b|c.rdb', 'nightly/0001.rdb', 'a<br>*.rdb'])],
        encryptionKey: key,
      }).toRole(deployer);
    },
    () => {
      const look = grant('Look', {
        operations: [ElastiCacheOperation.DESCRIBE_EVENTS, ElastiCacheOperation.DESCRIBE_USERS],
      });
      look.toUser(operator);
      look.toRole(others);
      look.toPolicyDocument();
      look.toManagedPolicies();
    },
    () => {
      grant('New', { operations: [ElastiCacheOperation.custom('ThawCacheCluster')] })
        .to(new iam.UnknownPrincipal({ resource: people }));
    },
    () => { ReplicationGroupGrants.fromReplicationGroup(cache).connectAs(operator, 'application'); },
    () => { ReplicationGroupGrants.fromReplicationGroup(cache).snapshot(operator); },
    () => { SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['nightly/0001.rdb']); },
    () => {
      const exports = s3.Bucket.fromBucketName(caches, 'Exports', Fn.importValue(`exports-${Aws.REGION}`));
      SnapshotBucketGrants.fromBucket(exports, { region: 'eu-west-1', sourceAccount: '111122223333' })
        .exportSnapshots('out/');
    },
    () => {
      Annotations.of(people).acknowledgeWarning('cdk-elasticache-grants:literalWildcard');
      Annotations.of(people).acknowledgeWarning('cdk-elasticache-grants:notDelivered');
    },
  ];
  return { app, caches, people, grants, report: () => new ElastiCacheAccessReport(app, 'Access', props) };
}

/** An app whose only role may modify replication groups of these names, and stages with one role each. */
export function smallApp(
  names: string[], props?: ElastiCacheAccessReportProps, roles: string[] = ['Role'],
): { readonly app: App; readonly report: ElastiCacheAccessReport } {
  const app = newApp();
  const report = new ElastiCacheAccessReport(app, 'Access', props);
  const stack = new Stack(app, 'Stack');
  for (const id of roles) {
    new ElastiCacheAccessGrant(stack, `${id}Access`, {
      operations: [ElastiCacheOperation.MODIFY_REPLICATION_GROUP],
      resources: names.map((name) => ElastiCacheResource.replicationGroup(name)),
    }).toRole(newRole(stack, id));
  }
  return { app, report };
}

/** A stage with a stack whose role may see events. */
export function stageWithGrant(app: App | Stage, id: string): Stage {
  const stage = new Stage(app, id);
  const stack = new Stack(stage, 'Stack');
  new ElastiCacheAccessGrant(stack, 'Look', { operations: [ElastiCacheOperation.DESCRIBE_EVENTS] })
    .toRole(newRole(stack));
  return stage;
}
