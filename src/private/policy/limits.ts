/**
 * IAM's limits in characters, white space not counted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** Of one managed policy. */
export const MANAGED_POLICY_LIMIT = 6144;

/** Of all inline policies of one identity together. */
export const INLINE_LIMITS = { role: 10240, user: 2048, group: 5120 };

/** Managed policies that one identity may have: by default, and at most on request. */
export const MANAGED_POLICIES = { default: 10, most: 20 };

/**
 * Of the policy of one bucket, in bytes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html
 */
export const BUCKET_POLICY_LIMIT = 20 * 1024;
