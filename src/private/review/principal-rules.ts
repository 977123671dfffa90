/**
 * The rules that judge all statements of a principal together: what is missing in every one of them.
 *
 * AWS authorizes a call on every resource that it names, so an action that is allowed on some of the types and on
 * others nowhere is never allowed. The statements may be spread over several policies. Only actions that are written
 * out are judged, since a pattern is meant for what it fits.
 */
import { ReviewedCondition } from './condition-block';
import { Finding } from './findings';
import { allOperations, exactOperations, ReviewedStatement, typesCovered } from './statement';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { suppliesKey } from '../catalog/key-presence';
import { acceptsSnapshotArns, entryOf, parametersOf, typesOf } from '../catalog/lookup';
import { missingTypes } from '../resolve/authorized-resources';
import { constantCase, matchesPattern } from '../util/text';

/** What no statement of the principal has. */
export function findingsTogether(statements: ReviewedStatement[]): Finding[] {
  const allowed = statements.filter(({ deny }) => !deny);
  return [...missingResources(allowed), ...missingCompanions(allowed)];
}

/** The first statement that names each operation. */
function firstNaming(allowed: ReviewedStatement[]): Map<string, ReviewedStatement> {
  const first = new Map<string, ReviewedStatement>();
  allowed.forEach((statement) => exactOperations(statement).forEach((operation) => {
    if (!first.has(operation)) { first.set(operation, statement); }
  }));
  return first;
}

function missingResources(allowed: ReviewedStatement[]): Finding[] {
  const byText = new Map<string, Finding & { operations: string[] }>();
  for (const [operation, statement] of firstNaming(allowed)) {
    const covered = coveredTypes(operation, allowed);
    if (!covered) { continue; }
    const entry = entryOf(operation)!;
    const missing = entry.types ? missingTypes(operation, new Set(covered)) : [];
    if (entry.types && missing.length === 0) { continue; }
    const what = entry.types
      ? missing.map((types) => types.map((type) => nameOf(type, operation, allowed)).join(' or ')).join(' and ')
      : '"*", since AWS authorizes it on no type of resource';
    const key = `${statement.number} ${what}`;
    const known = byText.get(key) ?? {
      rule: 'missingResource', statement, text: what, missingTypes: missing.map(([type]) => type), operations: [],
    };
    known.operations.push(operation);
    byText.set(key, known);
  }
  return [...byText.values()].map(({ operations, ...finding }) => ({
    ...finding,
    text: `no statement allows ${operations.join(', ')} on ${finding.text}, so `
      + `${operations.length > 1 ? 'their calls are' : 'its calls are'} denied`,
  }));
}

/** The type as a finding names it, with the key for want of which a statement's condition is never met there. */
function nameOf(type: string, operation: string, allowed: ReviewedStatement[]): string {
  const name = `a ${RESOURCE_TYPES[type].name}`;
  const [absent] = allowed
    .filter((statement) => (
      allOperations(statement).includes(operation) && (typesCovered(statement)?.includes(type) ?? true)))
    .flatMap((statement) => strictConditions(statement).filter((condition) => (
      !suppliesKey(entryOf(operation)!, type, condition))));
  return absent ? `${name} (AWS doesn't supply ${absent.key} with it, so the condition is never met there)` : name;
}

function strictConditions({ conditions: { conditions } }: ReviewedStatement): ReviewedCondition[] {
  return conditions.filter(({ matchesWhenKeyIsMissing }) => !matchesWhenKeyIsMissing);
}

/** The types on which some statement allows the operation; undefined where that may be all. */
function coveredTypes(operation: string, allowed: ReviewedStatement[]): string[] | undefined {
  const covered: string[] = [];
  for (const statement of allowed) {
    if (statement.notActions) { return undefined; }
    if (allOperations(statement).includes(operation)) {
      const types = typesCovered(statement);
      const strict = strictConditions(statement);
      if (!types && strict.length === 0) { return undefined; }
      // A condition on a key that AWS doesn't supply with a type is never met there.
      covered.push(...(types ?? typesOf(entryOf(operation))).filter((type) => (
        !typesOf(entryOf(operation)).includes(type)
        || strict.every((condition) => suppliesKey(entryOf(operation)!, type, condition)))));
      if (!types && typesOf(entryOf(operation)).length === 0) { return undefined; }
    }
  }
  return covered;
}

function missingCompanions(allowed: ReviewedStatement[]): Finding[] {
  return [...firstNaming(allowed)].flatMap(([operation, statement]) => [
    ...missingTagging(operation, allowed), ...missingFinalSnapshot(operation, statement, allowed),
    ...missingS3(operation, statement, allowed),
  ]);
}

/** A condition that only a request with tags meets shows that tags are meant. */
function missingTagging(operation: string, allowed: ReviewedStatement[]): Finding[] {
  const meant = allowed.find((statement) => exactOperations(statement).includes(operation)
    && statement.conditions.conditions.some(({ catalogKey, matchesWhenKeyIsMissing }) => (
      !matchesWhenKeyIsMissing && /^aws:(RequestTag|TagKeys)/.test(catalogKey))));
  const row = parametersOf(operation, ['tagOnCreate'])[0];
  return meant && row && !allows('elasticache:AddTagsToResource', allowed)
    ? [{
      rule: 'missingCompanion',
      statement: meant,
      option: 'tagOnCreate',
      text: `the condition requires tags, and AWS denies ${operation} with tags unless `
        + 'elasticache:AddTagsToResource is allowed, too',
    }]
    : [];
}

/** A snapshot among the resources that no action but a delete has a use for shows that a final snapshot is meant. */
function missingFinalSnapshot(
  operation: string, statement: ReviewedStatement, allowed: ReviewedStatement[],
): Finding[] {
  const [row] = parametersOf(operation, ['finalSnapshot']);
  const type = row?.operations[operation].find((one) => /snapshot$/.test(one));
  const isMeant = type !== undefined && typesCovered(statement)?.includes(type)
    && allOperations(statement).every((one) => (
      parametersOf(one, ['finalSnapshot']).length > 0 || !typesOf(entryOf(one)).includes(type)));
  const missing = row?.permissions.find(({ action }) => !allows(action, allowed));
  return isMeant && missing
    ? [{
      rule: 'missingCompanion',
      statement,
      option: 'finalSnapshot',
      text: `${operation} with a final snapshot also needs ${missing.action}, which no statement allows`,
    }]
    : [];
}

const EXPORTS = /export/i;

/** The name of a statement shows that copies leave ElastiCache, and the names of objects, that they are restored. */
function missingS3(operation: string, statement: ReviewedStatement, allowed: ReviewedStatement[]): Finding[] {
  const [row] = parametersOf(operation, ['exportBuckets']);
  const isExport = row && (row.required ? !exactOperations(statement).includes('CopySnapshot')
    : EXPORTS.test(statement.sid ?? ''));
  const bucketActions = (row?.permissions ?? []).map(({ action }) => action);
  if (isExport && !bucketActions.some((action) => allows(action, allowed))) {
    return [{
      rule: 'missingCompanion',
      statement,
      option: 'exportBuckets',
      text: `${operation} to a bucket also needs ${bucketActions.join(', ')}, and no statement allows any of them`,
    }];
  }
  const isImport = acceptsSnapshotArns(entryOf(operation)) && allowed.some(({ actions, resources = [] }) => (
    actions.some(({ text }) => /^s3:/i.test(text)) && resources.some(({ shown }) => shown.endsWith('.rdb'))));
  return isImport && !allows('s3:GetObject', allowed)
    ? [{
      rule: 'missingCompanion',
      statement,
      option: 'snapshots',
      text: `${constantCase(operation)} from snapshots in S3 needs s3:GetObject on each, which no statement allows`,
    }]
    : [];
}

/** Whether some statement allows an action, on whatever resource. */
function allows(action: string, allowed: ReviewedStatement[]): boolean {
  return allowed.some(({ actions, notActions }) => (
    notActions || actions.some(({ text }) => matchesPattern(action, text))));
}
