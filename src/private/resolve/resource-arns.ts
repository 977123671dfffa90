import { Aws, Token } from 'aws-cdk-lib/core';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { literalParts, splitLiterals } from '../util/tokens';

/** One resource ARN, which may hold wildcards, of a type that is known. */
export interface TypedArn {
  readonly type: string;
  readonly arn: string;
}

/** Where a resource is; `*` is anywhere. */
export interface ArnScope {
  readonly region?: string;
  readonly account?: string;
}

const ARN_SHAPE = 'arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';

/** The ARN of the resources of a type with this name or name pattern. */
export function resourceArn(type: string, name: string, given: ArnScope, stack: Required<ArnScope>, findings: Diagnostics): TypedArn {
  const caller = `ElastiCacheResource.${RESOURCE_TYPES[type].name}`;
  const { global } = RESOURCE_TYPES[type];
  checkName(name, caller, findings);
  if (global && given.region !== undefined) {
    findings.error(`${caller}: region is ${formatValue(given.region)}, but the ARN of a global datastore has no Region: drop region`);
  }
  checkRegion(given.region, caller, findings);
  checkAccount(given.account, caller, findings);
  const region = global ? '' : given.region ?? stack.region;
  return { type, arn: `arn:${Aws.PARTITION}:elasticache:${region}:${given.account ?? stack.account}:${type}:${name}` };
}

/** The type of an ARN, of which the parts between the colons may be tokens, but for the service and the type. */
export function typedArn(arn: string, findings: Diagnostics): TypedArn | undefined {
  const caller = 'ElastiCacheResource.fromArn';
  const [scheme, partition, service, region, account, type, ...name] = splitLiterals(arn, ':');
  const wrong = (why: string) => {
    findings.error(`${caller}: ${formatValue(arn)} is not the ARN of an ElastiCache resource: ${why}; expected ${ARN_SHAPE}`);
    return undefined;
  };
  if (scheme !== 'arn' || account === undefined) {
    return wrong(Token.isUnresolved(arn)
      ? 'its type is only known at deployment: use the static of its type, such as ElastiCacheResource.fromReplicationGroup'
      : 'it is no ARN');
  }
  if (service !== 'elasticache') { return wrong(`its service is ${formatValue(service)}`); }
  if (!Token.isUnresolved(partition) && !/^aws[a-z-]*$/.test(partition)) { return wrong(`${formatValue(partition)} is no partition`); }
  if (type.includes('/') && !Token.isUnresolved(type)) { return wrong('type and name are separated by ":", never by "/"'); }
  if (!Object.hasOwn(RESOURCE_TYPES, type)) {
    return wrong(`${formatValue(type)} is no resource type: expected ${Object.keys(RESOURCE_TYPES).map((known) => formatValue(known)).join(', ')}`);
  }
  if (name.length === 0) { return wrong('it has no name'); }
  checkName(name.join(':'), caller, findings);
  if (!RESOURCE_TYPES[type].global) {
    checkRegion(region, caller, findings);
  } else if (region !== '') {
    return wrong('the ARN of a global datastore has no Region');
  }
  checkAccount(account, caller, findings);
  return { type, arn };
}

function checkName(name: string, caller: string, findings: Diagnostics): void {
  // Policy variables, such as ${aws:PrincipalTag/team}, may stand in a name.
  const literal = literalParts(name).join('').replace(/\$\{[^}]*\}/g, '');
  if (/^arn:/.test(literal)) {
    findings.error(`${caller}: name ${formatValue(name)} is an ARN: pass the name alone, or use ElastiCacheResource.fromArn`);
  } else if (/[A-Z]/.test(literal)) {
    findings.error(`${caller}: name ${formatValue(name)} has capitals, and ElastiCache keeps names in lower case: pass ${formatValue(name.toLowerCase())}`);
  } else if (name === '' || /[^a-z0-9._:*?-]/.test(literal)) {
    findings.error(
      `${caller}: name ${formatValue(name)} is not one: expected lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards`,
    );
  }
}

function checkRegion(region: string | undefined, caller: string, findings: Diagnostics): void {
  if (region !== undefined && !Token.isUnresolved(region) && !/^[a-z0-9*?-]+$/.test(region)) {
    findings.error(`${caller}: region ${formatValue(region)} is not one: expected a Region, such as "eu-west-1", or "*" for any`);
  }
}

function checkAccount(account: string | undefined, caller: string, findings: Diagnostics): void {
  if (account !== undefined && !Token.isUnresolved(account) && !/^(\d{12}|\*)$/.test(account)) {
    findings.error(`${caller}: account ${formatValue(account)} is not one: expected 12 digits, or "*" for any`);
  }
}
