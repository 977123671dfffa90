import { key, literal } from './literals';

/** `spec/bucket-policy.json`: what the policy of a bucket allows the ElastiCache service. */
export interface BucketPolicySpec {
  readonly about: string;
  readonly uses: Record<string, {
    /** The operations for which the service uses the bucket. */
    readonly operations: string[];
    readonly reason: string;
    readonly source: string;
    /** The actions on the bucket itself. */
    readonly bucket: string[];
    /** The actions on its objects. */
    readonly objects: string[];
  }>;
}

/** All actions that the spec names. */
export function bucketPolicyActions({ uses }: BucketPolicySpec): string[] {
  return Object.values(uses).flatMap(({ bucket, objects }) => [...bucket, ...objects]);
}

export function renderBucketPolicy({ uses }: BucketPolicySpec): string[] {
  return [
    '/** What the policy of a bucket allows the ElastiCache service. */',
    'export const BUCKET_POLICY: Readonly<Record<\'import\' | \'export\', BucketPolicyEntry>> = {',
    ...Object.entries(uses).map(([use, entry]) => `  ${key(use)}: ${literal(entry)},`),
    '};',
    '',
  ];
}
