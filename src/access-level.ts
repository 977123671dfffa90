/**
 * What kind of access an action gives, in the words of the Service Authorization Reference.
 *
 * A reviewer reads it first: `LIST` and `READ` change nothing, the others do.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
 */
export enum AccessLevel {
  /** Sees that resources exist. */
  LIST = 'List',

  /** Sees what resources contain, without changing them. */
  READ = 'Read',

  /** Creates, deletes or modifies resources. */
  WRITE = 'Write',

  /** Changes resource tags. Also given where AWS says both `Tagging` and `Write`. */
  TAGGING = 'Tagging',

  /**
   * Grants or modifies permissions, as `kms:CreateGrant` does. Also given where AWS says both this and `Write`. No
   * ElastiCache action has it today.
   */
  PERMISSIONS_MANAGEMENT = 'Permissions management',
}
