/**
 * Names, patterns and ARNs of ElastiCache resources in, typed ARNs out.
 *
 * IAM compares resources as text: an ARN with a slash, a capital or a Region where AWS has none matches nothing and is
 * not reported by anybody. So each part is checked against the form that AWS documents for the type.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html#amazonelasticache-resources-for-iam-policies
 */
import { Aws, Token } from 'aws-cdk-lib/core';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { TypedArn } from '../model';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkObject, checkText, isTextLike } from '../util/shape';
import { literalParts, mapLiterals, splitLiterals } from '../util/tokens';

/** Where resources are; `*` is anywhere. */
export interface ArnScope {
  readonly region?: string;
  readonly account?: string;
}

const ARN_SHAPE = 'arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';

/** The ARN of the resources of a type with this name or name pattern. */
export function resourceArn(
  type: string, name: string, given: ArnScope, stack: Required<ArnScope>, diagnostics: Diagnostics,
): TypedArn | undefined {
  const { global, name: staticName } = RESOURCE_TYPES[type];
  const method = `ElastiCacheResource.${staticName}`;
  const hasName = checkText(name, `${method}: name`, 'text, such as "prod-*"', diagnostics);
  const hasOptions = checkObject(given, `${method}: options`, 'an object, such as { region: "*" }', diagnostics);
  if (!hasName || !hasOptions) {
    return undefined;
  }
  checkName(name, method, diagnostics);
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
  const region = global ? '' : given.region ?? stack.region;
  return { type, arn: `arn:${Aws.PARTITION}:elasticache:${region}:${given.account ?? stack.account}:${type}:${name}` };
}

/** The ARN with its type. Its parts may be tokens, except for the service and the type. */
export function typedArn(arn: string, diagnostics: Diagnostics): TypedArn | undefined {
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
  if (scheme !== 'arn' || account === undefined) {
    return invalid(Token.isUnresolved(arn)
      ? 'its type is only known at deployment: use the static of its type, such as '
        + 'ElastiCacheResource.fromReplicationGroup'
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
  checkName(name.join(':'), method, diagnostics);
  if (!RESOURCE_TYPES[type].global) {
    checkRegion(region, method, diagnostics);
  } else if (region !== '') {
    return invalid('the ARN of a global datastore has no Region');
  }
  checkAccount(account, method, diagnostics);
  return { type, arn };
}

function checkName(name: string, method: string, diagnostics: Diagnostics): void {
  // A name may hold policy variables, such as ${aws:PrincipalTag/team}, which are not part of the text that IAM
  // compares.
  const literal = literalParts(name).join('').replace(/\$\{[^}]*\}/g, '');
  if (/^arn:/.test(literal)) {
    diagnostics.error(
      `${method}: name ${formatValue(name)} is an ARN: pass the name alone, or use ElastiCacheResource.fromArn`,
    );
  } else if (/[A-Z]/.test(literal)) {
    const lowerCase = mapLiterals(name, (part) => part.replace(/\$\{[^}]*\}|[A-Z]+/g, (found) => (
      found.startsWith('$') ? found : found.toLowerCase())));
    diagnostics.error(
      `${method}: name ${formatValue(name)} has capitals, and ElastiCache keeps names in lower case: `
      + `pass ${formatValue(lowerCase)}`,
    );
  } else if (name === '' || /[^a-z0-9._:*?-]/.test(literal)) {
    diagnostics.error(
      `${method}: name ${formatValue(name)} is not valid: expected lower-case letters, digits, ".", "_", ":" and "-", `
      + 'with "*" and "?" as wildcards',
    );
  }
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
