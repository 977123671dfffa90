/**
 * The rules that judge all statements of a principal together: what is missing in every one of them.
 *
 * AWS authorizes a call on every resource that it names, so an action that is allowed on some of the types and on
 * others nowhere is never allowed. The statements may be spread over several policies. Only actions that are written
 * out are judged, since a pattern is meant for what it fits. A wrong ARN counts as what it was meant to be, because it
 * has a finding of its own.
 */
import { ReviewedCondition } from './condition-block';
import { maySupply } from './condition-rules';
import { Finding } from './findings';
import {
  allOperations, exactOperations, ReviewedAction, ReviewedStatement, typesCovered, typesMeant,
} from './statement';
import { RESOURCE_TYPES } from '../catalog/catalog.generated';
import { acceptsSnapshotArns, entryOf, parametersOf, typesOf } from '../catalog/lookup';
import { requiredTypesMissing } from '../resolve/authorized-resources';
import { KEYS_OF_REQUEST_TAGS } from '../resolve/request-tags';
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
  const found = new Map<ReviewedStatement, Map<string, string[]>>();
  for (const [operation, statement] of firstNaming(allowed)) {
    const missing = missingOf(operation, allowed);
    if (!missing) { continue; }
    const what = missing.length > 0
      ? missing.map((types) => types.map((type) => nameOf(type, operation, allowed)).join(' or ')).join(' and ')
      : '"*", since AWS authorizes no such call on a type of resource';
    const texts = found.get(statement) ?? new Map<string, string[]>();
    texts.set(what, [...texts.get(what) ?? [], operation]);
    found.set(statement, texts);
  }
  return [...found].flatMap(([statement, texts]) => [...texts].map(([what, operations]): Finding => ({
    rule: 'missingResource',
    statement,
    text: `no statement allows ${operations.join(', ')} on ${what}, so `
      + `${operations.length > 1 ? 'their calls are' : 'its calls are'} denied`,
  })));
}

/**
 * The types that an operation lacks, each with its alternatives; none where it lacks `*`, and undefined where it may
 * have all that it needs.
 */
function missingOf(operation: string, allowed: ReviewedStatement[]): string[][] | undefined {
  const covered = new Set<string>();
  const types = typesOf(entryOf(operation));
  for (const statement of allowed) {
    if (statement.notActions) { return undefined; }
    if (!allOperations(statement).includes(operation)) { continue; }
    const meant = typesMeant(statement);
    const strict = strictConditions(statement, operation);
    if (!meant && types.length === 0) { return undefined; }
    // A condition on a key that AWS doesn't supply with a type is never met there.
    (meant ?? types).filter((type) => strict.every((condition) => maySupply(operation, type, condition)))
      .forEach((type) => covered.add(type));
  }
  if (types.length === 0) { return []; }
  const missing = requiredTypesMissing(operation, covered);
  return missing.length > 0 ? missing : undefined;
}

/** The type as a finding names it, with the key for want of which a statement's condition is never met there. */
function nameOf(type: string, operation: string, allowed: ReviewedStatement[]): string {
  const name = `a ${RESOURCE_TYPES[type].name}`;
  const [absent] = allowed
    .filter((statement) => (
      allOperations(statement).includes(operation) && (typesMeant(statement)?.includes(type) ?? true)))
    .flatMap((statement) => strictConditions(statement, operation).filter((condition) => (
      !maySupply(operation, type, condition))));
  return absent ? `${name} (AWS doesn't supply ${absent.key} with it, so the condition is never met there)` : name;
}

/** The conditions that a request without their key doesn't meet, but for those that the operation never meets. */
function strictConditions({ conditions: { conditions } }: ReviewedStatement, operation: string): ReviewedCondition[] {
  return conditions.filter((condition) => (
    !condition.matchesWhenKeyIsMissing && typesOf(entryOf(operation)).some((type) => (
      maySupply(operation, type, condition)))));
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
      !matchesWhenKeyIsMissing && KEYS_OF_REQUEST_TAGS.includes(catalogKey))));
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

/**
 * A snapshot among the resources that no action but a delete has a use for shows that a final snapshot is meant, where
 * a name says so, too: without it, somebody may have listed all resources of an app.
 */
function missingFinalSnapshot(
  operation: string, statement: ReviewedStatement, allowed: ReviewedStatement[],
): Finding[] {
  const [row] = parametersOf(operation, ['finalSnapshot']);
  if (!row) { return []; }
  const type = row.operations[operation].find((one) => one.endsWith('snapshot'))!;
  const isMeant = typesCovered(statement)?.includes(type)
    && [statement.sid, ...statement.resources!.map(({ parts }) => parts?.name)].some(hasWord('final'))
    && allOperations(statement).every((one) => (
      parametersOf(one, ['finalSnapshot']).length > 0 || !typesOf(entryOf(one)).includes(type)));
  const missing = row.permissions.find(({ action }) => !allows(action, allowed));
  return isMeant && missing
    ? [{
      rule: 'missingCompanion',
      statement,
      option: 'finalSnapshot',
      text: `${operation} with a final snapshot also needs ${missing.action}, which no statement allows`,
    }]
    : [];
}

/**
 * Whether a statement shows that snapshots leave ElastiCache, by its name, or because all else in it writes to S3: a
 * copy that stays in ElastiCache needs nothing there.
 */
function showsExport({ sid, actions }: ReviewedStatement): boolean {
  const others = actions.filter(({ name }) => name === undefined);
  return hasWord('export')(sid)
    || (others.every(isOfS3) && others.some(({ text }) => matchesPattern('s3:PutObject', text)));
}

function hasWord(word: string): (name: string | undefined) => boolean {
  return (name) => name !== undefined && name.toLowerCase().includes(word);
}

function isOfS3({ text }: ReviewedAction): boolean {
  return text.toLowerCase().startsWith('s3:');
}

/** The actions for a bucket without which no export works, whatever the bucket's own policy allows. */
const FOR_EVERY_EXPORT = 's3:ListAllMyBuckets';

/** A statement may show that copies leave ElastiCache, and the names of objects, that they are restored. */
function missingS3(operation: string, statement: ReviewedStatement, allowed: ReviewedStatement[]): Finding[] {
  const [row] = parametersOf(operation, ['exportBuckets']);
  const isExport = row && (row.required ? !exactOperations(statement).includes('CopySnapshot')
    : showsExport(statement));
  if (isExport && !allows(FOR_EVERY_EXPORT, allowed)) {
    const missing = row.permissions.map(({ action }) => action).filter((action) => !allows(action, allowed));
    return [{
      rule: 'missingCompanion',
      statement,
      option: 'exportBuckets',
      text: `${operation} to a bucket also needs ${missing.join(', ')}, which no statement allows`,
    }];
  }
  const isImport = acceptsSnapshotArns(entryOf(operation)) && allowed.some(({ actions, resources }) => (
    actions.some(isOfS3) && resources?.some(({ shown }) => shown.endsWith('.rdb'))));
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
