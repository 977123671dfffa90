/**
 * What makes IAM authentication fail though the policy is right, as far as the app tells.
 *
 * A cache and a user in, problems out. Each is a fact of AWS's page about the user, the cache, or both. A value that
 * is only known at deployment, and a resource that is not in the app, are no problem, since they may be right.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Cache, literalOf, templateOf } from './cache';
import { CACHES, IAM_AUTHENTICATION_SINCE } from '../catalog/catalog.generated';
import { capitalsIn, referencedName } from '../resolve/references';
import { formatValue } from '../util/diagnostics';
import { propertyOf } from '../util/properties';
import { referencedResource } from '../util/tokens';

/** What is wrong, and what to do: the id and the text of a warning. */
interface Problem {
  readonly id: string;
  readonly text: string;
}

/** A user as it was given: a construct, or an ID, which may be a pattern. */
export type GivenUser = IConstruct | string;

/** The users and user groups of an app. */
export interface UserResources {
  readonly users: CfnResource[];
  readonly groups: CfnResource[];
}

interface User {
  /** How a warning names it. */
  readonly shown: string;

  /** Its ID, where that is known. */
  readonly id?: string;

  /** Its resource in the template, where it is in the app. */
  readonly template?: CfnResource;
}

const USER = 'AWS::ElastiCache::User';
const USER_GROUP = 'AWS::ElastiCache::UserGroup';

/** The users and user groups below a construct. */
export function userResourcesIn(scope: IConstruct): UserResources {
  const resources = scope.node.findAll().filter((one) => CfnResource.isCfnResource(one));
  const ofType = (type: string) => resources.filter(({ cfnResourceType }) => cfnResourceType === type);
  return { users: ofType(USER), groups: ofType(USER_GROUP) };
}

/** All that makes connections of the user to the cache fail. */
export function connectionProblems(cache: Cache, given: GivenUser, resources: UserResources): Problem[] {
  const user = userOf(given, cache, resources);
  return [
    ...user.template ? userProblems(user.template, cache) : [],
    ...cache.template ? cacheProblems(cache.template, cache, user, resources) : [],
  ].filter((problem) => problem !== undefined);
}

function userOf(given: GivenUser, cache: Cache, { users }: UserResources): User {
  const isText = typeof given === 'string';
  const referenced = isText ? referencedResource(given) : templateOf(USER, given);
  const ownId = literalOf(referenced && propertyOf(referenced, 'UserId'));
  const name = ownId ?? (isText ? given : referencedName('user', given));
  // Which users a pattern stands for is not known.
  const id = /[*?$]/.test(name ?? '') ? undefined : literalOf(name);
  const template = referenced ?? withId(users, 'UserId', id, cache);
  return { id, template, shown: template?.node.path ?? formatValue(isText ? given : id ?? given.node.path) };
}

function userProblems(user: CfnResource, { facade }: Cache): (Problem | undefined)[] {
  return [
    authenticationProblem(user), userNameProblem(user), accessStringProblem(user),
    capitalsProblem(user, 'user', `${facade}.connect`),
  ];
}

function cacheProblems(
  template: CfnResource, cache: Cache, user: User, resources: UserResources,
): (Problem | undefined)[] {
  const capitals = capitalsProblem(template, cache.type, cache.facade);
  // Of a member of a global datastore, the primary decides, and the app may not have it.
  return propertyOf(template, 'GlobalReplicationGroupId') !== undefined ? [capitals] : [
    capitals, tlsProblem(template), versionProblem(template), userGroupProblem(template, cache, user, resources),
  ];
}

function authenticationProblem(user: CfnResource): Problem | undefined {
  const mode: any = propertyOf(user, 'AuthenticationMode');
  const type = literalOf(mode?.Type ?? mode?.type);
  const isOther = type !== undefined && type.toLowerCase() !== 'iam';
  // The properties that were there before AuthenticationMode.
  const others = ['NoPasswordRequired', 'Passwords'].filter((one) => (propertyOf(user, one) ?? false) !== false);
  const [found] = mode === undefined ? others : [`AuthenticationMode ${formatValue(type)}`].filter(() => isOther);
  return found === undefined ? undefined : {
    id: 'connect.authenticationMode',
    text: `the user ${user.node.path} has ${found}, so it can't authenticate with IAM: set its AuthenticationMode to `
      + "{ Type: 'iam' }, or acknowledge this warning",
  };
}

function userNameProblem(user: CfnResource): Problem | undefined {
  const id = literalOf(propertyOf(user, 'UserId'))?.toLowerCase();
  const name = literalOf(propertyOf(user, 'UserName'));
  return id === undefined || name === undefined || id === name ? undefined : {
    id: 'connect.userName',
    text: `the user ${user.node.path} has the ID ${formatValue(id)} and the name ${formatValue(name)}, and IAM `
      + `authentication needs both to be the same: name it ${formatValue(id)}, or acknowledge this warning`,
  };
}

/**
 * The rules of an access string hold from left to right, and without `on` a user is off.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
 */
function accessStringProblem(user: CfnResource): Problem | undefined {
  const accessString = literalOf(propertyOf(user, 'AccessString'));
  // A dynamic reference is text in the template, and is replaced at deployment.
  if (accessString === undefined || accessString.includes('{{resolve:')) { return undefined; }
  const [last] = accessString.toLowerCase().split(/\s/).filter((rule) => /^(on|off)$/.test(rule)).slice(-1);
  return last === 'on' ? undefined : {
    id: 'connect.accessString',
    text: `the user ${user.node.path} has the AccessString ${formatValue(accessString)}, which `
      + `${last === 'off' ? 'turns it off' : 'has no "on", so the user is off'}, and nobody connects as a user that is `
      + `off: begin it with "on"${last === 'off' ? ' and drop "off"' : ''}, or acknowledge this warning`,
  };
}

function capitalsProblem(resource: CfnResource, type: string, method: string): Problem | undefined {
  const text = capitalsIn(resource, type, method);
  return text === undefined ? undefined : { id: 'capitalsInName', text };
}

/** AWS documents TLS as off by default for replication groups. A serverless cache has no such property: it has TLS. */
function tlsProblem(cache: CfnResource): Problem | undefined {
  const property = 'TransitEncryptionEnabled';
  const enabled = propertyOf(cache, property);
  const isOff = enabled === false
    || (enabled === undefined && cache.cfnResourceType === CACHES.replicationgroup.resource);
  return !isOff ? undefined : {
    id: 'connect.tls',
    text: `${property} is ${enabled === false ? 'false' : 'not set, and false by default'}, and IAM authentication `
      + `needs TLS: set ${property} to true, or acknowledge this warning`,
  };
}

function versionProblem(cache: CfnResource): Problem | undefined {
  const property = ['EngineVersion', 'MajorEngineVersion'].find((one) => propertyOf(cache, one) !== undefined);
  const version = literalOf(property && propertyOf(cache, property));
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  // Of an engine that isn't known, a version is too old where it is too old for each.
  const engine = literalOf(propertyOf(cache, 'Engine'))?.toLowerCase() ?? '';
  const all = Object.entries(IAM_AUTHENTICATION_SINCE);
  const since = Object.hasOwn(IAM_AUTHENTICATION_SINCE, engine) ? all.filter(([name]) => name === engine) : all;
  // "7.x" and "7" stand for the newest minor version. What is no number is less than none.
  const isOld = since.every(([, [firstMajor, firstMinor]]) => (
    Number(major) < firstMajor || (Number(major) === firstMajor && Number(minor ?? firstMinor) < firstMinor)));
  return !isOld ? undefined : {
    id: 'connect.engineVersion',
    text: `${property} is ${formatValue(version)}, which has no IAM authentication: use `
      + `${since.map(([name, first]) => `${name} ${first.join('.')}`).join(' or ')}, or a later version, or `
      + 'acknowledge this warning',
  };
}

function userGroupProblem(
  template: CfnResource, cache: Cache, user: User, { users, groups }: UserResources,
): Problem | undefined {
  const { companions } = CACHES[cache.type];
  const property = Object.keys(companions).find((one) => companions[one].type === 'usergroup')!;
  const values = [propertyOf(template, property) ?? []].flat();
  const problem = (text: string) => ({ id: 'connect.userGroup', text: `${text}, or acknowledge this warning` });
  if (values.length === 0) {
    return problem(`${property} is not set, and without a user group nobody authenticates with IAM: set it to a user `
      + `group that has the user ${user.shown}`);
  }
  const named = values.map((one) => (
    groups.find((group) => group === referencedResource(one))
      ?? withId(groups, 'UserGroupId', literalOf(one), cache)));
  return named.some((group) => !group || hasMember(group, user, users) !== false) ? undefined : problem(
    `no user group of the cache has the user ${user.shown}: add it to the UserIds of `
    + named.map((group) => group!.node.path).join(' or '));
}

/** Whether a user group has the user; undefined where the app doesn't tell. */
function hasMember(group: CfnResource, user: User, users: CfnResource[]): boolean | undefined {
  const stack = Stack.of(group);
  const members: unknown = stack.resolve(propertyOf(group, 'UserIds') ?? []);
  if (!Array.isArray(members)) { return undefined; }
  const found = members.map((member) => {
    const isText = typeof member === 'string';
    const template = isText ? undefined : users.find((one) => (
      JSON.stringify(stack.resolve(one.ref)) === JSON.stringify(member)));
    if (template && template === user.template) { return true; }
    const id = isText ? member : literalOf(template && propertyOf(template, 'UserId'));
    return id !== undefined && user.id !== undefined ? id.toLowerCase() === user.id.toLowerCase() : undefined;
  });
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/**
 * The only resource with this ID, which ElastiCache keeps in lower case. Stacks of other accounts and Regions may have
 * it, too, so that of the cache's own stack is preferred, and of several others none is known to be the one.
 */
function withId(
  resources: CfnResource[], property: string, id: string | undefined, { construct, env }: Cache,
): CfnResource | undefined {
  const same = resources.filter((one) => {
    const { account, region } = Stack.of(one);
    return id !== undefined && literalOf(propertyOf(one, property))?.toLowerCase() === id.toLowerCase()
      && account === env.account && region === env.region;
  });
  const own = same.filter((one) => Stack.of(one) === Stack.of(construct));
  const [found, ...others] = own.length > 0 ? own : same;
  return others.length === 0 ? found : undefined;
}
