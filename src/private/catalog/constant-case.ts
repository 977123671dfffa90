/** `CreateCacheCluster` as `CREATE_CACHE_CLUSTER`, the name of its member on `ElastiCacheOperation`. */
export function constantCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}
