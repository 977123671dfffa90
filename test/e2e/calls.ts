import * as elasticache from '@aws-sdk/client-elasticache';
import * as s3 from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ACCOUNT, REGION, setting } from './environment';

/** Somebody who calls ElastiCache and S3. */
export interface Caller {
  readonly elasticache: elasticache.ElastiCacheClient;
  readonly s3: s3.S3Client;
}

/** Makes one call. */
export type Call = (caller: Caller) => Promise<unknown>;

/**
 * What came of a call: denied, answered (be it by an error of the service), or let through to what the emulator doesn't
 * have.
 */
export type Outcome = 'denied' | 'answered' | 'not implemented';

/** What each client of AWS is made with. */
export const connection = () => ({
  endpoint: setting('AWS_ENDPOINT_URL'),
  region: REGION,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
});

/** The tester, who may do anything, and whose credentials are in the environment. */
export function tester(): Caller {
  return { elasticache: new elasticache.ElastiCacheClient(connection()), s3: new s3.S3Client(connection()) };
}

export async function assume(roleArn: string): Promise<Caller> {
  const { Credentials } = await new STSClient(connection()).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'end-to-end' }),
  );
  const credentials = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
  return {
    elasticache: new elasticache.ElastiCacheClient({ ...connection(), credentials }),
    s3: new s3.S3Client({ ...connection(), credentials }),
  };
}

/**
 * What came of a call. Anything unforeseen, such as a signature that is refused, is an error, and tells nothing about
 * the policy.
 */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return 'answered';
  } catch (error: any) {
    const status = error.$metadata?.httpStatusCode;
    if (status === 403 && error.name === 'AccessDenied') { return 'denied'; }
    if (status === 400 || status === 404) { return 'answered'; }
    if (status === 500 && /Internal Server Error/.test(error.$responseBodyText)) { return 'not implemented'; }
    throw error;
  }
}

/** The outcomes of several calls, made a few at a time. */
export async function outcomesOf(caller: Caller, calls: Record<string, Call>): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  const waiting = Object.entries(calls);
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      outcomes[next[0]] = await outcomeOf(next[1](caller));
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return outcomes;
}

export function getObject(Bucket: string, Key: string): Call {
  return async (caller) => {
    const { Body } = await caller.s3.send(new s3.GetObjectCommand({ Bucket, Key }));
    return Body!.transformToString();
  };
}

export function putObject(Bucket: string, Key: string): Call {
  return (caller) => caller.s3.send(new s3.PutObjectCommand({ Bucket, Key, Body: Key }));
}

/** The calls of S3 that the rows of the reference page are about, and their neighbors. */
export function s3Calls(bucket: string): Record<string, Call> {
  return {
    's3:GetBucketLocation': (caller) => caller.s3.send(new s3.GetBucketLocationCommand({ Bucket: bucket })),
    's3:ListAllMyBuckets': (caller) => caller.s3.send(new s3.ListBucketsCommand({})),
    's3:ListBucket': (caller) => caller.s3.send(new s3.ListObjectsV2Command({ Bucket: bucket })),
    's3:GetObject granted/0001.rdb': getObject(bucket, 'granted/0001.rdb'),
    's3:GetObject granted/0002.rdb': getObject(bucket, 'granted/0002.rdb'),
    's3:GetObject granted/0003.rdb': getObject(bucket, 'granted/0003.rdb'),
    's3:GetObject granted/0001.rdb.bak': getObject(bucket, 'granted/0001.rdb.bak'),
    's3:PutObject granted/0001.rdb': putObject(bucket, 'granted/0001.rdb'),
  };
}

/** A call of each operation of the reference page. */
export function elastiCacheCalls(bucket: string): Record<string, Call> {
  return Object.fromEntries(requests(bucket).map((request) => [
    request.constructor.name.replace(/Command$/, ''),
    (caller: Caller) => caller.elasticache.send(request as any),
  ]));
}

function requests(bucket: string) {
  const ResourceName = `arn:aws:elasticache:${REGION}:${ACCOUNT}:cluster:sessions`;
  const SnapshotArns = [`arn:aws:s3:::${bucket}/granted/0001.rdb`];
  const securityGroup = {
    CacheSecurityGroupName: 'classic', EC2SecurityGroupName: 'web', EC2SecurityGroupOwnerId: ACCOUNT,
  };

  return [
    new elasticache.AddTagsToResourceCommand({ ResourceName, Tags: [{ Key: 'team', Value: 'sessions' }] }),
    new elasticache.AuthorizeCacheSecurityGroupIngressCommand(securityGroup),
    new elasticache.CopySnapshotCommand({
      SourceSnapshotName: 'nightly', TargetSnapshotName: 'nightly', TargetBucket: bucket,
    }),
    new elasticache.CreateCacheClusterCommand({ CacheClusterId: 'sessions', SnapshotArns }),
    new elasticache.CreateCacheParameterGroupCommand({
      CacheParameterGroupName: 'custom', CacheParameterGroupFamily: 'valkey8', Description: 'Custom',
    }),
    new elasticache.CreateCacheSecurityGroupCommand({ CacheSecurityGroupName: 'classic', Description: 'Classic' }),
    new elasticache.CreateCacheSubnetGroupCommand({
      CacheSubnetGroupName: 'private', CacheSubnetGroupDescription: 'Private', SubnetIds: ['subnet-1'],
    }),
    new elasticache.CreateReplicationGroupCommand({
      ReplicationGroupId: 'sessions', ReplicationGroupDescription: 'Sessions', SnapshotArns,
    }),
    new elasticache.CreateSnapshotCommand({ SnapshotName: 'nightly', ReplicationGroupId: 'sessions' }),
    new elasticache.DeleteCacheClusterCommand({ CacheClusterId: 'sessions' }),
    new elasticache.DeleteCacheParameterGroupCommand({ CacheParameterGroupName: 'custom' }),
    new elasticache.DeleteCacheSecurityGroupCommand({ CacheSecurityGroupName: 'classic' }),
    new elasticache.DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName: 'private' }),
    new elasticache.DeleteReplicationGroupCommand({ ReplicationGroupId: 'sessions' }),
    new elasticache.DeleteSnapshotCommand({ SnapshotName: 'nightly' }),
    new elasticache.DescribeCacheClustersCommand({}),
    new elasticache.DescribeCacheEngineVersionsCommand({}),
    new elasticache.DescribeCacheParameterGroupsCommand({}),
    new elasticache.DescribeCacheParametersCommand({ CacheParameterGroupName: 'custom' }),
    new elasticache.DescribeCacheSecurityGroupsCommand({}),
    new elasticache.DescribeCacheSubnetGroupsCommand({}),
    new elasticache.DescribeEngineDefaultParametersCommand({ CacheParameterGroupFamily: 'valkey8' }),
    new elasticache.DescribeEventsCommand({}),
    new elasticache.DescribeReplicationGroupsCommand({}),
    new elasticache.DescribeReservedCacheNodesCommand({}),
    new elasticache.DescribeReservedCacheNodesOfferingsCommand({}),
    new elasticache.DescribeSnapshotsCommand({}),
    new elasticache.ListTagsForResourceCommand({ ResourceName }),
    new elasticache.ModifyCacheClusterCommand({ CacheClusterId: 'sessions' }),
    new elasticache.ModifyCacheParameterGroupCommand({ CacheParameterGroupName: 'custom', ParameterNameValues: [] }),
    new elasticache.ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName: 'private' }),
    new elasticache.ModifyReplicationGroupCommand({ ReplicationGroupId: 'sessions' }),
    new elasticache.ModifyReplicationGroupShardConfigurationCommand({
      ReplicationGroupId: 'sessions', NodeGroupCount: 2, ApplyImmediately: true,
    }),
    new elasticache.PurchaseReservedCacheNodesOfferingCommand({ ReservedCacheNodesOfferingId: 'offering' }),
    new elasticache.RebootCacheClusterCommand({ CacheClusterId: 'sessions', CacheNodeIdsToReboot: ['0001'] }),
    new elasticache.RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ['team'] }),
    new elasticache.ResetCacheParameterGroupCommand({ CacheParameterGroupName: 'custom' }),
    new elasticache.RevokeCacheSecurityGroupIngressCommand(securityGroup),
    new elasticache.TestFailoverCommand({ ReplicationGroupId: 'sessions', NodeGroupId: '0001' }),
  ];
}
