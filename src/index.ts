export { AccessLevel } from './access-level';
export { CacheClusterGrants } from './cache-cluster-grants';
export { ElastiCacheAccessGrant } from './elasticache-access-grant';
export { type ElastiCacheAccessGrantProps } from './elasticache-access-grant-props';
export { ElastiCacheAccessReport } from './elasticache-access-report';
export {
  type ElastiCacheAccessReportJson, type ElastiCacheAccessSummary, type ElastiCacheAcknowledgedWarning,
  type ElastiCacheReportedDenial, type ElastiCacheReportedGuardrail, type ElastiCacheReportedGuardrailPolicy,
  type ElastiCacheReportedPermission,
} from './elasticache-access-report-json';
export { type ElastiCacheAccessReportProps } from './elasticache-access-report-props';
export { ElastiCacheCondition } from './elasticache-condition';
export { ElastiCacheDeploymentGrant } from './elasticache-deployment-grant';
export { type ElastiCacheDeploymentGrantProps } from './elasticache-deployment-grant-props';
export { ElastiCacheGuardrail, type ElastiCacheGuardrailProps } from './elasticache-guardrail';
export { type ElastiCacheGuardrailCoverage } from './elasticache-guardrail-coverage';
export { ElastiCacheGuardrailRule } from './elasticache-guardrail-rule';
export { ElastiCacheOperation } from './elasticache-operation';
export { type ElastiCachePermission } from './elasticache-permission';
export { ElastiCachePolicyChecks } from './elasticache-policy-checks';
export { ElastiCacheResource, type ElastiCacheResourceOptions } from './elasticache-resource';
export { ElastiCacheResourceType } from './elasticache-resource-type';
export { type ElastiCacheSizeLimits } from './elasticache-size-limits';
export { ElastiCacheWildcardAcknowledgments } from './elasticache-wildcard-acknowledgments';
export { ReplicationGroupGrants } from './replication-group-grants';
export { ServerlessCacheGrants } from './serverless-cache-grants';
export { SnapshotBucketGrants, type SnapshotBucketGrantsOptions } from './snapshot-bucket-grants';
export { SnapshotSource } from './snapshot-source';
