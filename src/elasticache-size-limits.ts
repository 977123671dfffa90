/**
 * The largest sizes that a request may create or increase to. Each limit is a whole number. Set at least one.
 *
 * AWS compares what a request says, not what exists. A request that leaves a number out therefore passes. A request
 * that scales down to a number above the limit is denied, unless its operation can only decrease.
 *
 * AWS has no condition key for the number of nodes (`NumCacheNodes`, `NumCacheClusters`), so there is no limit for it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 */
export interface ElastiCacheSizeLimits {
  /**
   * The number of shards of a replication group, or of each replication group in a global datastore: 1 or more.
   *
   * @default - no limit.
   */
  readonly shards?: number;

  /**
   * The number of replicas of each shard, not counting the primary: 0 or more.
   *
   * @default - no limit.
   */
  readonly replicasPerShard?: number;

  /**
   * The gigabytes that a serverless cache stores: 1 or more. This limits both the maximum and the minimum of a request.
   *
   * @default - no limit.
   */
  readonly dataStorageGb?: number;

  /**
   * The ECPUs per second of a serverless cache: 1 or more. This limits both the maximum and the minimum of a request.
   *
   * @default - no limit.
   */
  readonly ecpuPerSecond?: number;

  /**
   * The number of days for which automatic snapshots are kept: 0 or more. 0 turns them off.
   *
   * @default - no limit.
   */
  readonly snapshotRetentionDays?: number;
}
