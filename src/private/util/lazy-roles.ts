/** Lazy roles of CDK, which become a role once they are used: aws-cdk-lib/aws-iam/lib/lazy-role.ts. */
import { LazyRole, Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** The role that a lazy role has become; undefined before that. */
export function usedRole(principal: IConstruct): Role | undefined {
  const role = principal instanceof LazyRole ? principal.node.tryFindChild('Default') : undefined;
  return Role.isRole(role) ? role : undefined;
}
