export { AccessLevel } from './access-level';
export { ElastiCacheAccessGrant } from './elasticache-access-grant';
export { type ElastiCacheAccessGrantProps } from './elasticache-access-grant-props';
export { ElastiCacheCondition } from './elasticache-condition';
export { ElastiCacheOperation } from './elasticache-operation';
export { type ElastiCachePermission } from './elasticache-permission';
export { ElastiCacheResource, type ElastiCacheResourceOptions } from './elasticache-resource';
export { SnapshotBucketGrants, type SnapshotBucketGrantsOptions } from './snapshot-bucket-grants';
export { SnapshotSource } from './snapshot-source';
