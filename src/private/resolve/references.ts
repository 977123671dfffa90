/**
 * Constructs in, typed ARNs out.
 *
 * A construct tells its ARN or its name through CDK's reference interfaces, which differ from version to version of
 * `aws-cdk-lib`. The ARN that AWS gives is preferred. An ARN that a construct has put together itself is used only if
 * it has the form that AWS documents.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ElastiCache.html
 */
import { CfnResource, Token } from 'aws-cdk-lib/core';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { checkArnName, resourceArn } from './resource-arns';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { TypedArn } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { referencedResource, splitLiterals, textParts } from '../util/tokens';

/** The members that may have the name: in the oldest version of CDK, in the newest one, and in an L2 construct. */
const NAMES: Record<string, string[]> = {
  cluster: ['cacheClusterId', 'clusterName'],
  globalreplicationgroup: ['globalReplicationGroupId'],
  parametergroup: ['cacheParameterGroupName'],
  replicationgroup: ['replicationGroupId'],
  securitygroup: ['securityGroupId'],
  serverlesscache: ['serverlessCacheName'],
  subnetgroup: ['cacheSubnetGroupName'],
  user: ['userId', 'userName'],
  usergroup: ['userGroupId', 'userGroupName'],
};

/** What an error about a construct names. */
export interface ReferenceContext {
  /** The public method that was given the construct. */
  readonly method: string;

  /** What to do with a resource that has no such construct. */
  readonly remedy: string;
}

/** The ARN of a construct's resource, in the construct's own Region and account. */
export function referencedArn(
  type: string, construct: unknown, scope: IConstruct, diagnostics: Diagnostics,
  { method, remedy }: ReferenceContext = contextOf(type),
): TypedArn | undefined {
  const { name: typeName, global } = RESOURCE_TYPES[type];
  const given = (construct ?? {}) as Partial<IConstruct & IEnvironmentAware> & Members;
  const arn = referenceOf(type, given)[`${typeName}Arn`];
  if (typeof arn === 'string' && hasKnownForm(arn, type) && !isOfOtherService(arn)) {
    checkArnName(type, arn, method, scope, diagnostics);
    return { type, arn };
  }
  const name = referencedName(type, construct);
  if (name === undefined) {
    diagnostics.error(
      `${method}: expected a construct with ${typeName}Ref, as those of aws-cdk-lib/aws-elasticache have it, and got `
      + `${formatValue(construct)}: ${remedy}`,
    );
    return undefined;
  }
  const capitals = capitalsIn(given, type, method);
  if (capitals !== undefined) { diagnostics.warning('capitalsInName', capitals); }
  const { region, account } = given.env ?? {};
  return resourceArn(type, name, global ? { account } : { region, account }, { method, scope }, diagnostics);
}

type Members = Record<string, any>;

function contextOf(type: string): ReferenceContext {
  const { name } = RESOURCE_TYPES[type];
  return {
    method: `ElastiCacheResource.from${name[0].toUpperCase()}${name.slice(1)}`,
    remedy: `use ElastiCacheResource.${name} with the name`,
  };
}

/** The name that a construct of the type tells; undefined where it tells none. */
export function referencedName(type: string, construct: unknown): string | undefined {
  const reference = referenceOf(type, (construct ?? {}) as Members);
  const arn: unknown = reference[`${RESOURCE_TYPES[type].name}Arn`];
  const name = firstOf(NAMES[type], reference);
  return typeof name === 'string' && !isOfOtherService(arn) ? name : undefined;
}

/** The users and user groups of @aws-cdk/aws-elasticache-alpha have no reference, but its members themselves. */
function referenceOf(type: string, construct: Members): Members {
  return construct[`${RESOURCE_TYPES[type].name}Ref`] ?? construct;
}

function firstOf(members: string[], values: Members): unknown {
  return members.map((member) => values[member]).find((value) => value !== undefined);
}

/** Whether the ARN is all a token, as an attribute is, or puts type and name apart as AWS does. */
function hasKnownForm(arn: string, type: string): boolean {
  const parts = splitLiterals(arn, ':');
  return parts.length === 1 ? Token.isUnresolved(arn) : parts[5] === type && parts.length > 6;
}

/** Whether an ARN is of another service. A user of IAM has the same members as one of ElastiCache. */
export function isOfOtherService(arn: unknown): boolean {
  if (typeof arn !== 'string') { return false; }
  const [first] = textParts(arn);
  const resource = typeof first === 'string' ? undefined : referencedResource(first.token);
  const service = splitLiterals(arn, ':')[2] ?? resource?.cfnResourceType.split('::')[1];
  return service !== undefined && !Token.isUnresolved(service) && service.toLowerCase() !== 'elasticache';
}

/**
 * What is wrong with the name of a resource of the app that has capitals. No page of AWS says whether `Ref` gives the
 * name as the template has it, or as ElastiCache keeps it.
 */
export function capitalsIn(construct: Partial<IConstruct>, type: string, method: string): string | undefined {
  const resource = [construct, construct.node?.defaultChild].find((one) => CfnResource.isCfnResource(one));
  const name = firstOf(NAMES[type], (resource ?? {}) as Members);
  return typeof name === 'string' && !Token.isUnresolved(name) && /[A-Z]/.test(name)
    ? `${method}: the resource is named ${formatValue(name)}, but ElastiCache keeps names in lower case, and IAM `
      + `regards case: name it ${formatValue(name.toLowerCase())}, or acknowledge this warning if its Ref gives that`
    : undefined;
}
