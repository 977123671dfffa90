/**
 * The resources of an app as their templates will have them, as far as the checks look at them.
 *
 * A tree of constructs in; properties and references out. An app may have thousands of resources, and to resolve one
 * takes longer than to check it. So nothing is resolved that isn't needed.
 */
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** The templates of an app. */
export class Template {
  private readonly resources: CfnResource[];
  private readonly byLogicalId = new Map<Stack, Map<string, CfnResource>>();

  constructor(root: IConstruct) {
    this.resources = root.node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one));
  }

  /** The resources of some types, in the order of the tree. */
  public resourcesOf(types: string[]): CfnResource[] {
    return this.resources.filter(({ cfnResourceType }) => types.includes(cfnResourceType));
  }

  /** The resource that a logical ID in the template of another one is of. */
  public referenced(from: CfnResource, logicalId: unknown): CfnResource | undefined {
    if (this.byLogicalId.size === 0) {
      this.resources.forEach((resource) => {
        const { stack } = resource;
        const inStack = this.byLogicalId.get(stack) ?? new Map<string, CfnResource>();
        this.byLogicalId.set(stack, inStack.set(stack.resolve(resource.logicalId), resource));
      });
    }
    return this.byLogicalId.get(from.stack)?.get(logicalId as string);
  }

  /** The properties of a resource, resolved: those that the checks look at, where it is what most policies are. */
  public propertiesOf(resource: CfnResource): any {
    const { rawOverrides, policyDocument, roles, users, groups } = resource as any;
    const { assumeRolePolicyDocument, policies, managedPolicyArns, roleName } = resource as any;
    if (rawOverrides !== undefined && Object.keys(rawOverrides).length === 0) {
      if (resource.cfnResourceType === 'AWS::IAM::Policy' && policyDocument !== undefined) {
        return resource.stack.resolve({ PolicyDocument: policyDocument, Roles: roles, Users: users, Groups: groups });
      }
      // A role as most are: its document of trust is long, and of no interest.
      if (assumeRolePolicyDocument !== undefined && policies === undefined) {
        return resource.stack.resolve({ ManagedPolicyArns: managedPolicyArns, RoleName: roleName });
      }
    }
    const template = resource.stack.resolve((resource as any)._toCloudFormation());
    const [definition]: any[] = Object.values(template.Resources ?? {});
    return definition?.Properties ?? {};
  }
}
