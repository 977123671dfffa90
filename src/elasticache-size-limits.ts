/**
 * How large what is created or increased may be. Each limit is a whole number; set at least one.
 *
 * AWS compares what a request says, not what there is. So a request that leaves a number out passes, and one that
 * scales down to a number that is still above the limit is denied, unless its operation can only decrease.
 *
 * AWS has no condition key for the number of nodes (`NumCacheNodes`, `NumCacheClusters`), so there is no limit for it.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html
 */
export interface ElastiCacheSizeLimits {
  /**
   * The shards of a replication group, and of each one of a global datastore: 1 or more.
   *
   * @default - no limit.
   */
  readonly shards?: number;

  /**
   * The replicas of each shard, the primary not counted: 0 or more.
   *
   * @default - no limit.
   */
  readonly replicasPerShard?: number;

  /**
   * The gigabytes that a serverless cache stores, at most and at least: 1 or more.
   *
   * @default - no limit.
   */
  readonly dataStorageGb?: number;

  /**
   * The ECPUs per second of a serverless cache, at most and at least: 1 or more.
   *
   * @default - no limit.
   */
  readonly ecpuPerSecond?: number;

  /**
   * The days for which automatic snapshots are kept: 0, which turns them off, or more.
   *
   * @default - no limit.
   */
  readonly snapshotRetentionDays?: number;
}
