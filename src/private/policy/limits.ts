/**
 * The limits that policies must fit, in one place.
 *
 * IAM counts characters without white space; S3 counts bytes. Every other file takes its figures from here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** The identities that have policies of their own. */
export type IdentityKind = 'role' | 'user' | 'group';

/** The characters of one managed policy. */
export const MANAGED_POLICY_LIMIT = 6144;

/**
 * The characters of one service control policy.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const SERVICE_CONTROL_POLICY_LIMIT = 5120;

/** The characters of all inline policies of one identity together. */
export const INLINE_LIMITS: Record<IdentityKind, number> = { role: 10240, user: 2048, group: 5120 };

/** The managed policies that one identity may have: by default, and at most on request. A group's quota is fixed. */
export const MANAGED_POLICY_QUOTAS: Record<IdentityKind, { readonly default: number; readonly most: number }> = {
  role: { default: 20, most: 25 },
  user: { default: 10, most: 20 },
  group: { default: 10, most: 10 },
};

/**
 * The bytes of one bucket policy.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html
 */
export const BUCKET_POLICY_LIMIT = 20 * 1024;
