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
import { splitLiterals } from '../util/tokens';

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

/** The ARN of a construct's resource, in the construct's own Region and account. */
export function referencedArn(
  type: string, construct: unknown, scope: IConstruct, diagnostics: Diagnostics,
): TypedArn | undefined {
  const { name: typeName, global } = RESOURCE_TYPES[type];
  const method = `ElastiCacheResource.from${typeName[0].toUpperCase()}${typeName.slice(1)}`;
  // The users and user groups of @aws-cdk/aws-elasticache-alpha have no reference, but its members themselves.
  const given = (construct ?? {}) as Partial<IConstruct & IEnvironmentAware> & Members;
  const reference: Members = given[`${typeName}Ref`] ?? given;
  const arn = reference[`${typeName}Arn`];
  if (typeof arn === 'string' && hasKnownForm(arn, type)) {
    checkArnName(type, arn, method, scope, diagnostics);
    return { type, arn };
  }
  const name = firstOf(NAMES[type], reference);
  if (typeof name !== 'string') {
    diagnostics.error(
      `${method}: expected a construct with ${typeName}Ref, as those of aws-cdk-lib/aws-elasticache have it, and got `
      + `${formatValue(construct)}: use ElastiCacheResource.${typeName} with the name`,
    );
    return undefined;
  }
  warnOfCapitals(given, type, method, diagnostics);
  const { region, account } = given.env ?? {};
  return resourceArn(type, name, global ? { account } : { region, account }, { method, scope }, diagnostics);
}

type Members = Record<string, any>;

function firstOf(members: string[], values: Members): unknown {
  return members.map((member) => values[member]).find((value) => value !== undefined);
}

/** Whether the ARN is all a token, as an attribute is, or puts type and name apart as AWS does. */
function hasKnownForm(arn: string, type: string): boolean {
  const parts = splitLiterals(arn, ':');
  return parts.length === 1 ? Token.isUnresolved(arn) : parts[5] === type && parts.length > 6;
}

/** No page of AWS says whether `Ref` gives the name as the template has it, or as ElastiCache keeps it. */
function warnOfCapitals(
  construct: Partial<IConstruct>, type: string, method: string, diagnostics: Diagnostics,
): void {
  const resource = [construct, construct.node?.defaultChild].find((one) => CfnResource.isCfnResource(one));
  const name = firstOf(NAMES[type], (resource ?? {}) as Members);
  if (typeof name === 'string' && !Token.isUnresolved(name) && /[A-Z]/.test(name)) {
    diagnostics.warning(
      'capitalsInName',
      `${method}: the resource is named ${formatValue(name)}, but ElastiCache keeps names in lower case, and IAM `
      + `regards case: name it ${formatValue(name.toLowerCase())}, or acknowledge this warning if its Ref gives that`,
    );
  }
}
