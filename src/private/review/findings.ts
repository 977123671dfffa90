/**
 * What the rules of this folder find, and the rules by name.
 *
 * A finding is about one statement. Its text says what provably doesn't do what the policy says, and why.
 */
import { ReviewedStatement } from './statement';

/** The rules, each with the AWS page that it follows from. */
export const RULES = {
  unknownAction: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
  invalidArn: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html'
    + '#amazonelasticache-resources-for-iam-policies',
  unusedResource: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
  missingResource: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
  unknownConditionKey: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html'
    + '#amazonelasticache-policy-keys',
  absentConditionKey: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html',
  conditionValue: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  emptyDeny: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/IAM.ConditionKeys.html',
  denyWithoutKey:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html'
    + '#Conditions_IfExists',
  missingCompanion: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html',
};

export type Rule = keyof typeof RULES;

/** Something in a statement that doesn't do what the statement says. */
export interface Finding {
  readonly rule: Rule;
  readonly statement: ReviewedStatement;
  readonly text: string;

  /** Types of resources that the statement lacks. */
  readonly missingTypes?: string[];

  /** The option of a grant that brings what is missing. */
  readonly option?: string;
}
