/**
 * Properties of resources of the app, as far as they are known without resolving the whole resource.
 *
 * A resource and the name of a property in, its value out, which may hold tokens.
 */
import { CfnResource, Token } from 'aws-cdk-lib/core';
import { partAt } from './shape';

/**
 * A property of a resource of the app, by its name in the template. What `addPropertyOverride` has set comes first: CDK
 * keeps it in a member that is private (aws-cdk-lib/core/lib/cfn-resource.ts), as are the properties of a resource
 * that was made without the class of its type.
 */
export function propertyOf(resource: CfnResource, property: string): unknown {
  const value = partAt(resource, `${property[0].toLowerCase()}${property.slice(1)}`)
    ?? partAt(resource, `_cfnProperties.${property}`);
  const overrides = partAt(resource, 'rawOverrides.Properties') ?? {};
  const override = Object.hasOwn(overrides, property) ? partAt(overrides, property) : value;
  return isPlainObject(value) && isPlainObject(override) ? { ...value, ...override } : override;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}
