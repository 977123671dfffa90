/**
 * The entry of the stage that starts from stacks: constructs in, the permissions to deploy them out.
 *
 * Everything wrong is one error of the grant. The permissions are those of the app as it is when the grant is made. At
 * synthesis they are made again, and what has come since is an error, so that no resource is missing silently.
 */
import { CfnResource, Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { permissionsFor } from './permissions';
import { Deployment } from './references';
import { partitionOf, TemplateResource, templateResourceOf } from './template';
import { TEMPLATE_TYPES } from '../catalog/catalog.generated';
import { Permission } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkList, checkObject, partAt } from '../util/shape';
import { conditionsKey, textParts, TextToken, Tokens, valuesByKey } from '../util/tokens';

/** The prefix of the types that the library is about. */
const SERVICE = /^AWS::ElastiCache::/;

/** The permissions, and the accounts that they are for, as far as the app knows them. */
export interface DeploymentPermissions {
  readonly permissions: Permission[];
  readonly accounts: string[];
}

/** The permissions that deploying the constructs needs, in an order that doesn't depend on how they were listed. */
export function deploymentPermissions(props: unknown, scope: IConstruct, tokens: Tokens): DeploymentPermissions {
  const diagnostics = new Diagnostics();
  const deployed = deployedOf(props, scope, diagnostics);
  diagnostics.throwIfAny(scope);
  const resources = resourcesUnder(deployed, diagnostics);
  checkEnvironments(resources, diagnostics);
  const permissions = permissionsOf({ scope, resources }, tokens, diagnostics);
  if (resources.length === 0) {
    diagnostics.error(
      `deployed has no resource of ElastiCache that CloudFormation's handlers make, in ${pathsOf(deployed)}: make the `
      + 'grant after the caches, or pass what holds them; of a stage, pass the stage itself',
    );
  }
  diagnostics.report(scope);
  scope.node.addValidation({ validate: () => laterChanges(deployed, permissions, scope) });
  const accounts = [...new Set(resources.map(({ stack }) => stack.account))].filter((one) => !Token.isUnresolved(one));
  return { permissions, accounts };
}

/** The constructs that were passed. */
function deployedOf(props: unknown, scope: IConstruct, diagnostics: Diagnostics): IConstruct[] {
  const example = 'such as { deployed: [stack] }';
  if (!checkObject(props, 'props', `an object that has deployed, ${example}`, diagnostics)) { return []; }
  const deployed = partAt(props, 'deployed');
  if (!checkList(deployed, 'deployed', 'a list of constructs, such as [stack]', diagnostics)) { return []; }
  if (deployed.length === 0) {
    diagnostics.error('deployed is empty, which would allow nothing: list at least one construct, such as the stack');
  }
  Array.from(deployed).forEach((one, index) => {
    if (!Construct.isConstruct(one)) {
      diagnostics.error(`deployed[${index}] is ${formatValue(one)}: expected a construct, such as a Stack`);
    } else if (one.node.root !== scope.node.root) {
      diagnostics.error(
        `deployed[${index}] is ${formatValue(one.node.path)} of another app, of which CDK tells nothing: make the `
        + 'grant in the app of what it deploys, and pass on toPolicyDocument()',
      );
    }
  });
  return deployed as IConstruct[];
}

function pathsOf(constructs: readonly IConstruct[]): string {
  return constructs.map(({ node }) => (node.path === '' ? 'the app' : node.path)).join(' and ');
}

/** The resources of ElastiCache under the constructs, each once. */
function resourcesUnder(deployed: readonly IConstruct[], diagnostics: Diagnostics): TemplateResource[] {
  const found = new Set(deployed.flatMap(ownConstructs));
  return [...found].flatMap((construct): TemplateResource[] => {
    if (!CfnResource.isCfnResource(construct) || !SERVICE.test(construct.cfnResourceType)) { return []; }
    const { cfnResourceType: type, node: { path } } = construct;
    if (!Object.hasOwn(TEMPLATE_TYPES, type)) {
      diagnostics.error(
        `${path} is of the type ${formatValue(type)}, which this version of the package doesn't know: use a later one, `
        + 'or grant what its handlers call with ElastiCacheAccessGrant and deploy it apart',
      );
      return [];
    }
    if (TEMPLATE_TYPES[type].handlers === undefined) {
      diagnostics.warning(
        'withoutHandlers',
        `${path} is of the type ${formatValue(type)}, which serves EC2-Classic, and of whose calls AWS publishes no `
        + 'list: drop it, or allow what it needs with ElastiCacheAccessGrant, and acknowledge this warning',
      );
      return [];
    }
    return [templateResourceOf(construct) ?? []].flat();
  });
}

/** A construct and all within it, but for stages: these are deployed on their own. */
function ownConstructs(construct: IConstruct): IConstruct[] {
  return [construct, ...construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(ownConstructs)];
}

/** A role deploys to its own account, and so to one partition. */
function checkEnvironments(resources: readonly TemplateResource[], diagnostics: Diagnostics): void {
  const parts = { accounts: ({ account }: Stack) => account, partitions: partitionOf };
  for (const [name, part] of Object.entries(parts)) {
    const values = new Set(resources.map(({ stack }) => part(stack)).filter((value) => !Token.isUnresolved(value)));
    if (values.size > 1) {
      diagnostics.error(
        `deployed has resources of the ${name} ${[...values].sort().map(formatValue).join(' and ')}, and a role `
        + `deploys to one: make a grant for each of the ${name}`,
      );
    }
  }
}

function permissionsOf(deployment: Deployment, { tokenKey }: Tokens, diagnostics: Diagnostics): Permission[] {
  const permissions = deployment.resources.flatMap((resource) => permissionsFor(resource, deployment, diagnostics));
  const byKey = new Map(permissions.map((permission) => {
    const { operation, action, resource, conditions, reason } = permission;
    const key = `${operation} ${action} ${tokenKey(resource)} ${conditionsKey(conditions, tokenKey)} ${reason}`;
    return [key, permission];
  }));
  return valuesByKey(byKey);
}

/** What has come since the grant was made. */
function laterChanges(
  deployed: readonly IConstruct[], permissions: readonly Permission[], scope: IConstruct,
): string[] {
  const diagnostics = new Diagnostics();
  const resources = resourcesUnder(deployed, diagnostics);
  const deployment = { scope, resources };
  const keyOf = ({ action, resource, conditions }: Permission) => (
    JSON.stringify([action, textParts(resource).map((part) => lastingKey(part, scope)), conditions]));
  const allowed = new Set(permissions.map(keyOf));
  const changed = resources.filter((resource) => (
    permissionsFor(resource, deployment, diagnostics).some((permission) => !allowed.has(keyOf(permission)))));
  changed.forEach(({ construct }) => diagnostics.errorAbout(construct.node.path, (paths, several) => (
    `${paths} ${several ? 'need' : 'needs'} permissions that the grant doesn't have, since `
    + `${several ? 'they were' : 'it was'} added or changed after the grant was made: make the grant later`)));
  return diagnostics.errorTexts;
}

/** A part of a text, such that it is the same at synthesis, when CDK has made imports of references to other stacks. */
function lastingKey(part: string | TextToken, scope: IConstruct): unknown {
  if (typeof part === 'string') { return part; }
  const { firstToken } = Tokenization.reverseString(part.token);
  return Reference.isReference(firstToken)
    ? [firstToken.target.node.path, firstToken.displayName]
    : Stack.of(scope).resolve(part.token);
}
