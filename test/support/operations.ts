import { ElastiCacheOperation } from '../../src';

/** The one operation whose every call has a parameter that an option must tell: `exportBuckets`. */
export const NEEDS_BUCKET = 'ExportServerlessCacheSnapshot';

/** The operations that can be granted without an option. */
export const PLAIN_OPERATIONS = ElastiCacheOperation.all().filter(({ operationName }) => (
  operationName !== NEEDS_BUCKET));
