/**
 * Names, patterns and ARNs of ElastiCache resources in, typed ARNs out.
 *
 * IAM compares resources as text: an ARN with a slash, a capital or a Region where AWS has none matches nothing and is
 * not reported by anybody. So each part is checked against the form that AWS documents for the type.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { TypedArn } from '../model';
import { Diagnostics, formatNumber, formatValue } from '../util/diagnostics';
import { policyTextProblem } from '../util/policy-text';
import { checkObject, checkText, isTextLike } from '../util/shape';
import { literalParts, mapLiterals, splitLiterals, textParts } from '../util/tokens';

/** Where resources are; `*` is anywhere. */
export interface ArnScope {
  readonly region?: string;
  readonly account?: string;
}

const ARN_SHAPE = 'arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';

/** The public method that an error is about, and the construct whose stack the resources are in by default. */
export interface ArnContext {
  readonly method: string;
  readonly scope: IConstruct;

  /** Whether resources are in any Region and account by default, and in any partition. */
  readonly anywhere?: boolean;
}

/** The ARN of the resources of a type with this name or name pattern. */
export function resourceArn(
  type: string, name: string, given: ArnScope, { method, scope, anywhere }: ArnContext, diagnostics: Diagnostics,
): TypedArn | undefined {
  const { global } = RESOURCE_TYPES[type];
  const hasName = checkText(name, `${method}: name`, 'text, such as "prod-*"', diagnostics);
  const hasOptions = checkObject(given, `${method}: options`, 'an object, such as { region: "*" }', diagnostics);
  if (!hasName || !hasOptions) {
    return undefined;
  }
  checkName(type, name, method, scope, diagnostics);
  if (global && given.region !== undefined) {
    diagnostics.error(
      `${method}: region is ${formatValue(given.region)}, but the ARN of a global datastore has no Region: drop region`,
    );
  }
  checkRegion(given.region, method, diagnostics);
  checkAccount(given.account, method, diagnostics);
  if ([given.region, given.account].some((part) => part !== undefined && typeof part !== 'string')) {
    return undefined;
  }
  const { region, account, partition } = anywhere
    ? { region: '*', account: '*', partition: '*' }
    : { region: Stack.of(scope).region, account: Stack.of(scope).account, partition: Aws.PARTITION };
  const place = `${global ? '' : given.region ?? region}:${given.account ?? account}`;
  return { type, arn: `arn:${partition}:elasticache:${place}:${type}:${name}` };
}

/** The ARN with its type. Its parts may be tokens, except for the service and the type. */
export function typedArn(arn: string, scope: IConstruct, diagnostics: Diagnostics): TypedArn | undefined {
  const method = 'ElastiCacheResource.fromArn';
  if (!checkText(arn, `${method}: arn`, `text, such as ${ARN_SHAPE}`, diagnostics)) {
    return undefined;
  }
  const [scheme, partition, service, region, account, type, ...name] = splitLiterals(arn, ':');
  const invalid = (why: string) => {
    diagnostics.error(
      `${method}: ${formatValue(arn)} is not the ARN of an ElastiCache resource: ${why}; expected ${ARN_SHAPE}`,
    );
    return undefined;
  };
  if (scheme !== 'arn' || type === undefined) {
    return invalid(Token.isUnresolved(arn)
      ? 'its type is only known at deployment: use the static of its type, with the construct, such as '
        + 'ElastiCacheResource.fromReplicationGroup, or with its name, such as ElastiCacheResource.user'
      : 'it is not an ARN');
  }
  if (service !== 'elasticache') { return invalid(`its service is ${formatValue(service)}`); }
  if (!Token.isUnresolved(partition) && !/^aws[a-z-]*$/.test(partition)) {
    return invalid(`${formatValue(partition)} is not a partition`);
  }
  if (type.includes('/') && !Token.isUnresolved(type)) {
    return invalid('type and name are separated by ":", never by "/"');
  }
  if (!Object.hasOwn(RESOURCE_TYPES, type)) {
    const types = Object.keys(RESOURCE_TYPES).map((known) => formatValue(known)).join(', ');
    return invalid(`${formatValue(type)} is not a resource type: expected ${types}`);
  }
  if (name.length === 0) { return invalid('it has no name'); }
  checkName(type, name.join(':'), method, scope, diagnostics);
  if (!RESOURCE_TYPES[type].global) {
    checkRegion(region, method, diagnostics);
  } else if (region !== '') {
    return invalid('the ARN of a global datastore has no Region');
  }
  checkAccount(account, method, diagnostics);
  return { type, arn };
}

/** Checks the name in an ARN whose type is known. */
export function checkArnName(
  type: string, arn: string, method: string, scope: IConstruct, diagnostics: Diagnostics,
): void {
  const [, , , , , , ...name] = splitLiterals(arn, ':');
  if (name.length > 0) {
    checkName(type, name.join(':'), method, scope, diagnostics);
  }
}

/**
 * Reports a name that no resource of the type has. A token may resolve to text, such as one of `Lazy`: it is checked
 * as it is now, and again at synthesis, by when it may have changed.
 */
function checkName(type: string, name: string, method: string, scope: IConstruct, diagnostics: Diagnostics): void {
  const problem = () => nameProblem(type, withKnownText(name, scope), method);
  const found = problem();
  if (found !== undefined) {
    diagnostics.error(found);
  } else if (Token.isUnresolved(name)) {
    scope.node.addValidation({ validate: () => [problem() ?? []].flat() });
  }
}

/** The text with the tokens that resolve to text replaced by it. */
function withKnownText(text: string, scope: IConstruct): string {
  return textParts(text).map((part) => {
    if (typeof part === 'string') { return part; }
    const resolved = Stack.of(scope).resolve(part.token);
    return typeof resolved === 'string' ? resolved : part.token;
  }).join('');
}

function nameProblem(type: string, name: string, method: string): string | undefined {
  // A name may hold policy variables, such as ${aws:PrincipalTag/team}, which are not part of the text that IAM
  // compares.
  const literal = literalParts(name).join('').replace(/\$\{[^}]*\}/g, '');
  const shown = `${method}: name ${formatValue(name)}`;
  const refused = policyTextProblem(name);
  if (refused !== undefined) {
    return `${shown} ${refused}`;
  }
  if (/^arn:/.test(literal)) {
    return `${shown} is an ARN: pass the name alone, or use ElastiCacheResource.fromArn`;
  }
  if (/[A-Z]/.test(literal)) {
    const lowerCase = mapLiterals(name, (part) => part.replace(/\$\{[^}]*\}|[A-Z]+/g, (found) => (
      found.startsWith('$') ? found : found.toLowerCase())));
    return `${shown} has capitals, and ElastiCache keeps names in lower case: pass ${formatValue(lowerCase)}`;
  }
  if (name === '' || /[^a-z0-9._:*?-]/.test(literal)) {
    return `${shown} is not valid: expected lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as `
      + 'wildcards';
  }
  const { maxLength = Infinity, name: typeName } = RESOURCE_TYPES[type];
  const { length } = literal.replace(/\*/g, '');
  return length > maxLength
    ? `${shown} has ${formatNumber(length)} characters, and no ${typeName} has more than ${formatNumber(maxLength)}: `
      + 'shorten it'
    : undefined;
}

function checkRegion(region: string | undefined, method: string, diagnostics: Diagnostics): void {
  if (region !== undefined && !Token.isUnresolved(region) && !isTextLike(region, /^[a-z0-9*?-]+$/)) {
    diagnostics.error(
      `${method}: region ${formatValue(region)} is not a Region: expected one such as "eu-west-1", or "*" for any`,
    );
  }
}

function checkAccount(account: string | undefined, method: string, diagnostics: Diagnostics): void {
  if (account !== undefined && !Token.isUnresolved(account) && !isTextLike(account, /^(\d{12}|\*)$/)) {
    diagnostics.error(
      `${method}: account ${formatValue(account)} is not an account ID: expected 12 digits, or "*" for any`,
    );
  }
}
