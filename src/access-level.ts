/**
 * The kind of access that an action gives, in the terms of the Service Authorization Reference.
 *
 * It tells a reviewer first what an action can do: `LIST` and `READ` change nothing, the others do.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
export enum AccessLevel {
  /** Lists which resources exist. */
  LIST = 'List',

  /** Reads what resources contain, without changing them. */
  READ = 'Read',

  /** Creates, deletes or modifies resources. */
  WRITE = 'Write',

  /** Changes resource tags. Also used for an action that AWS lists as both `Tagging` and `Write`. */
  TAGGING = 'Tagging',

  /**
   * Grants or modifies permissions, as `kms:CreateGrant` does. Also used for an action that AWS lists as both this
   * level and `Write`. No ElastiCache action has this level today.
   */
  PERMISSIONS_MANAGEMENT = 'Permissions management',
}
