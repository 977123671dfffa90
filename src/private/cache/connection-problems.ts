/**
 * What makes IAM authentication fail though the policy is right, as far as the app tells.
 *
 * A cache and a user in, problems out. Each is a fact of AWS's page about the user, the cache, or both. A value that
 * is only known at deployment, and a resource that is not in the app, are no problem, since they may be right.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Cache, literalOf, propertyOf, referencedResource } from './cache';
import { CACHES, IAM_AUTHENTICATION_SINCE } from '../catalog/catalog.generated';
import { referencedName } from '../resolve/references';
import { formatValue } from '../util/diagnostics';

/** What is wrong, and what to do. */
interface Problem {
  readonly id: string;
  readonly text: string;
}

/** A user that somebody connects as. */
export interface User {
  /** Its ID, where that is known. */
  readonly id?: string;

  /** Its resource in the template, where it is in the app. */
  readonly template?: CfnResource;
}

const USER = 'AWS::ElastiCache::User';
const USER_GROUP = 'AWS::ElastiCache::UserGroup';

/** A user that is a construct. */
export function referencedUser(user: IConstruct): User {
  const template = [user, user.node?.defaultChild].find((one): one is CfnResource => isOfType(one, USER));
  const id = literalOf(template && propertyOf(template, 'UserId')) ?? literalOf(referencedName('user', user));
  return { template, id };
}

/** A user that is known by its ID. Which users a pattern stands for is not known. */
export function namedUser(userId: string): User {
  return { id: /[*?$]/.test(userId) ? undefined : literalOf(userId) };
}

/** All that makes connections of the user to the cache fail. */
export function connectionProblems(cache: Cache, given: User): Problem[] {
  const users = resourcesOfType(cache.construct, USER);
  const template = given.template ?? users.find((one) => given.id !== undefined && hasId(one, 'UserId', given.id));
  const user = { ...given, template };
  return [
    ...template ? [authenticationProblem(template), userNameProblem(template)] : [],
    ...cache.template
      ? [tlsProblem(cache.template), versionProblem(cache.template), userGroupProblem(cache, user, users)]
      : [],
  ].filter((problem) => problem !== undefined);
}

function authenticationProblem(user: CfnResource): Problem | undefined {
  const mode: any = propertyOf(user, 'AuthenticationMode');
  const type = mode?.Type ?? mode?.type;
  const [found] = [
    typeof type === 'string' && !Token.isUnresolved(type) && type.toLowerCase() !== 'iam'
      ? `AuthenticationMode ${formatValue(type)}` : undefined,
    mode === undefined && propertyOf(user, 'NoPasswordRequired') === true ? 'NoPasswordRequired' : undefined,
    mode === undefined && propertyOf(user, 'Passwords') !== undefined ? 'Passwords' : undefined,
  ].filter((one) => one !== undefined);
  return found === undefined ? undefined : {
    id: 'authenticationMode',
    text: `the user ${user.node.path} has ${found}, so it can't authenticate with IAM: set its AuthenticationMode to `
      + "{ Type: 'iam' }",
  };
}

function userNameProblem(user: CfnResource): Problem | undefined {
  const id = literalOf(propertyOf(user, 'UserId'));
  const name = literalOf(propertyOf(user, 'UserName'));
  return id === undefined || name === undefined || id.toLowerCase() === name ? undefined : {
    id: 'userName',
    text: `the user ${user.node.path} has the ID ${formatValue(id)} and the name ${formatValue(name)}, and IAM `
      + `authentication needs both to be the same: name it ${formatValue(id.toLowerCase())}`,
  };
}

/** AWS documents TLS as off by default for replication groups. A serverless cache has no such property: it has TLS. */
function tlsProblem(cache: CfnResource): Problem | undefined {
  const property = 'TransitEncryptionEnabled';
  const enabled = propertyOf(cache, property);
  const isOff = enabled === false
    || (enabled === undefined && cache.cfnResourceType === CACHES.replicationgroup.resource && !isSecondary(cache));
  return !isOff ? undefined : {
    id: 'tls',
    text: `${property} is ${enabled === false ? 'false' : 'not set, and false by default'}, and IAM authentication `
      + `needs TLS: set ${property} to true`,
  };
}

/** A member of a global datastore has what its primary has. */
function isSecondary(cache: CfnResource): boolean {
  return propertyOf(cache, 'GlobalReplicationGroupId') !== undefined;
}

function versionProblem(cache: CfnResource): Problem | undefined {
  const property = ['EngineVersion', 'MajorEngineVersion'].find((one) => propertyOf(cache, one) !== undefined);
  const version = literalOf(property && propertyOf(cache, property));
  const parts = /^(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (!parts) { return undefined; }
  const engine = literalOf(propertyOf(cache, 'Engine'))?.toLowerCase() ?? '';
  // Of an engine that isn't known, a version is too old where it is too old for each.
  const isKnown = Object.hasOwn(IAM_AUTHENTICATION_SINCE, engine);
  const [major, minor] = IAM_AUTHENTICATION_SINCE[isKnown ? engine : 'redis'];
  const isOld = Number(parts[1]) < major || (Number(parts[1]) === major && Number(parts[2] ?? minor) < minor);
  const since = Object.entries(IAM_AUTHENTICATION_SINCE)
    .filter(([name]) => !isKnown || name === engine)
    .map(([name, numbers]) => `${name} ${numbers.join('.')}`);
  return !isOld ? undefined : {
    id: 'engineVersion',
    text: `${property} is ${formatValue(version)}, which has no IAM authentication: use ${since.join(' or ')}, or a `
      + 'later version',
  };
}

function userGroupProblem(
  { type, construct, template }: Cache, user: User, users: CfnResource[],
): Problem | undefined {
  const { companions } = CACHES[type];
  const property = Object.keys(companions).find((one) => companions[one].type === 'usergroup')!;
  const value = propertyOf(template!, property);
  const shown = user.template ? user.template.node.path : formatValue(user.id);
  if (value === undefined) {
    return {
      id: 'userGroup',
      text: `${property} is not set, and without a user group nobody authenticates with IAM: set it to a user group `
        + `that has the user ${shown}`,
    };
  }
  const groups = resourcesOfType(construct, USER_GROUP);
  const named = [value].flat().map((one) => (
    groups.find((group) => group === referencedResource(one) || hasId(group, 'UserGroupId', literalOf(one)))));
  return named.some((group) => !group || hasMember(group, user, users) !== false) ? undefined : {
    id: 'userGroup',
    text: `no user group of the cache has the user ${shown}: add it to the UserIds of `
      + named.map((group) => group!.node.path).join(' or '),
  };
}

/** Whether a user group has the user; undefined where the app doesn't tell. */
function hasMember(group: CfnResource, user: User, users: CfnResource[]): boolean | undefined {
  const stack = Stack.of(group);
  const members: unknown = stack.resolve(propertyOf(group, 'UserIds') ?? []);
  if (!Array.isArray(members) || (user.id === undefined && !user.template)) { return undefined; }
  const found = members.map((member) => {
    const reference = typeof member === 'string' ? undefined : JSON.stringify(member);
    const template = users.find((one) => (
      reference === undefined ? hasId(one, 'UserId', member) : JSON.stringify(stack.resolve(one.ref)) === reference));
    if (template && template === user.template) { return true; }
    const id = typeof member === 'string' ? member : literalOf(template && propertyOf(template, 'UserId'));
    return id !== undefined && user.id !== undefined ? id.toLowerCase() === user.id.toLowerCase() : undefined;
  });
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/** Whether a resource has the ID, which ElastiCache keeps in lower case. */
function hasId(resource: CfnResource, property: string, id: string | undefined): boolean {
  return id !== undefined && literalOf(propertyOf(resource, property))?.toLowerCase() === id.toLowerCase();
}

function isOfType(construct: IConstruct | undefined, type: string): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;
}

function resourcesOfType(construct: IConstruct, type: string): CfnResource[] {
  return construct.node.root.node.findAll().filter((one) => isOfType(one, type)) as CfnResource[];
}
