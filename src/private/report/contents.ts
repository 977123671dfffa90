/**
 * Records in, and the contents of a report out: each permission once, as a person would write it.
 *
 * The most powerful come first, since a reviewer may stop reading. The order depends on the contents alone, so that two
 * machines, and two orders of constructs, give the same bytes.
 */
import { IConstruct } from 'constructs';
import { guardrailsBelow } from './guardrails';
import { readableConditions, readableIn } from './readable';
import { AccessLevel } from '../../access-level';
import {
  ElastiCacheAccessReportJson, ElastiCacheAccessSummary, ElastiCacheAcknowledgedWarning, ElastiCacheReportedPermission,
} from '../../elasticache-access-report-json';
import { isReading } from '../catalog/lookup';
import { GivenPermissions, permissionsGivenBelow } from '../record';
import { toPublicPermission } from '../resolve/resolve';
import { valuesByKey } from '../util/tokens';
import { acknowledgedWarningsBelow } from '../util/warnings';

/** How powerful permissions are, the most powerful first. */
export const POWERS = [
  'Permissions management', 'Writes on every resource', 'Other writes', 'Reads on every resource', 'Other reads',
] as const;
export type Power = typeof POWERS[number];

/** What a report on all grants below a construct has. */
export function contentsBelow(scope: IConstruct): ElastiCacheAccessReportJson {
  const given = permissionsGivenBelow(scope);
  const permissions = reported(given.filter(({ isDelivered }) => isDelivered));
  const guardrails = guardrailsBelow(scope);
  return {
    summary: summaryOf(permissions),
    permissions,
    notDelivered: reported(given.filter(({ isDelivered }) => !isDelivered)),
    ...(guardrails.length > 0 && { guardrails }),
    acknowledgedWarnings: acknowledged(scope),
  };
}

export function powerOf({ accessLevel, resource }: ElastiCacheReportedPermission): Power {
  if (accessLevel === AccessLevel.PERMISSIONS_MANAGEMENT) { return 'Permissions management'; }
  // An operation whose level is not known may write.
  const isWide = isWholeType(resource);
  if (isReading(accessLevel)) { return isWide ? 'Reads on every resource' : 'Other reads'; }
  return isWide ? 'Writes on every resource' : 'Other writes';
}

/** Whether a resource is `*`, every name of a type, or every object of a bucket. */
function isWholeType(resource: string): boolean {
  const literal = resource.replace(/\$\{[^}]*\}/g, 'x');
  return literal === '*' || /^(arn:([^:]*:){4})?[^:/]*[:/]\*$/.test(literal);
}

function reported(given: GivenPermissions[]): ElastiCacheReportedPermission[] {
  const byKey = new Map<string, ElastiCacheReportedPermission>();
  for (const { grant, recipient, permissions } of given) {
    const readable = readableIn(grant);
    const who = {
      principal: typeof recipient === 'string' ? readable(recipient) : recipient.node.path, grant: grant.node.path,
    };
    for (const permission of permissions) {
      const { conditions, resource, reason, ...rest } = toPublicPermission(permission);
      const { operation, action, accessLevel, source } = rest;
      const entry = {
        ...who,
        operation,
        action,
        ...(accessLevel && { accessLevel }),
        resource: readable(resource),
        ...(conditions && { conditions: readableConditions(conditions, readable) }),
        reason: readable(reason),
        source,
      };
      byKey.set(sortKey(entry), entry);
    }
  }
  return valuesByKey(byKey);
}

function sortKey(entry: ElastiCacheReportedPermission): string {
  const { principal, grant, operation, action, resource, conditions, reason, source } = entry;
  return [
    POWERS.indexOf(powerOf(entry)), principal, action, resource, JSON.stringify(conditions ?? {}), operation, grant,
    reason, source,
  ].join('\0');
}

function summaryOf(permissions: ElastiCacheReportedPermission[]): ElastiCacheAccessSummary[] {
  const principals = [...new Set(permissions.map(({ principal }) => principal))].sort();
  return principals.map((principal) => {
    const own = permissions.filter((permission) => permission.principal === principal);
    const count = (some: ElastiCacheReportedPermission[]) => new Set(some.map(({ operation }) => operation)).size;
    return {
      principal,
      operations: count(own),
      onEveryResource: count(own.filter(({ resource }) => resource === '*')),
      writing: count(own.filter(({ accessLevel }) => !isReading(accessLevel))),
    };
  });
}

function acknowledged(scope: IConstruct): ElastiCacheAcknowledgedWarning[] {
  const byKey = new Map(acknowledgedWarningsBelow(scope).map(({ construct, id, text }) => {
    const warning = { construct: construct.node.path, id, message: readableIn(construct)(text) };
    return [Object.values(warning).join('\0'), warning] as const;
  }));
  return valuesByKey(byKey);
}
