/**
 * The grant that a statement was meant to be, as code that compiles and grants it.
 *
 * A finding in, code out. The parts of the statement that are right are kept; wrong ones are replaced by what the
 * catalog suggests, and missing ones are added with a name to fill in. Before it is offered, the grant is resolved as
 * any other, so that nothing is offered that the library itself refuses.
 */
import { Stack } from 'aws-cdk-lib/core';
import { Finding } from './findings';
import { ReviewedStatement } from './statement';
import { suggestedResources } from './suggested-resources';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheCondition } from '../../elasticache-condition';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { SnapshotSource } from '../../snapshot-source';
import { createdTypes, entryOf, isForTypes } from '../catalog/lookup';
import { nearestOperation } from '../catalog/suggestions';
import { resolve } from '../resolve/resolve';
import { constantCase } from '../util/text';
import { tokensIn } from '../util/tokens';

/** A value, and the code that makes it. */
export interface Coded<T> {
  readonly value: T;
  readonly code: string;
}

/** The grant that was meant, as code; undefined where the statement doesn't tell. */
export function suggestedGrant(finding: Finding): string | undefined {
  const { statement, option } = finding;
  if (statement.notActions) { return undefined; }
  const resources = suggestedResources(finding, exactly(statement));
  const operations = suggestedOperations(statement, resources?.map(({ type }) => type));
  const conditions = suggestedConditions(statement);
  const options = option === undefined ? [] : OPTIONS[option];
  const candidates = [conditions, []].map((some) => ({ operations, resources, conditions: some, options }));
  const accepted = candidates.find(isAccepted);
  if (!accepted) { return undefined; }
  // A grant without the conditions allows more than the statement says: whoever pastes it must know.
  const note = accepted.conditions.length < conditions.length
    ? '// Without the conditions of the statement: AWS does not supply their keys to all of these operations.\n'
    : '';
  return note + toCode(accepted);
}

interface Candidate {
  readonly operations: Coded<ElastiCacheOperation[]>[];
  readonly resources?: { readonly value: any; readonly code: string }[];
  readonly conditions: Coded<ElastiCacheCondition>[];
  readonly options: Coded<Partial<ElastiCacheAccessGrantProps>>[];
}

/** What an option is set to. The names of buckets and objects are to be filled in. */
const OPTIONS: Record<string, Coded<Partial<ElastiCacheAccessGrantProps>>[]> = {
  tagOnCreate: [{ value: { tagOnCreate: true }, code: 'tagOnCreate: true' }],
  finalSnapshot: [{ value: { finalSnapshot: true }, code: 'finalSnapshot: true' }],
  exportBuckets: [{
    value: { exportBuckets: [{ bucketRef: { bucketArn: 'arn:aws:s3:::my-bucket', bucketName: 'my-bucket' } } as any] },
    code: "exportBuckets: [s3.Bucket.fromBucketName(this, 'Exports', 'my-bucket')]",
  }],
  snapshots: [{
    value: { snapshots: [SnapshotSource.fromBucketName('my-bucket', ['my-snapshot.rdb'])] },
    code: "snapshots: [SnapshotSource.fromBucketName('my-bucket', ['my-snapshot.rdb'])]",
  }],
};

/** The operations that are written out, and those that wrong names stand for. */
function exactly({ actions }: ReviewedStatement): string[] {
  const exact = actions.filter(({ isExact }) => isExact);
  return [...new Set(exact.flatMap(({ name, operations: [operation] }) => operation ?? nearestOperation(name!) ?? []))];
}

function suggestedOperations(
  statement: ReviewedStatement, types: string[] | undefined,
): Coded<ElastiCacheOperation[]>[] {
  const exact = exactly(statement).map((name): Coded<ElastiCacheOperation[]> => coded(name));
  const patterns = statement.actions.filter(({ isExact }) => !isExact);
  return [...exact, ...patterns.flatMap(({ text, name, operations }): Coded<ElastiCacheOperation[]>[] => {
    const inUse = operations.filter((operation) => !entryOf(operation)!.retired);
    if (types) {
      return inUse.filter((operation) => isForTypes(entryOf(operation), types, createdTypes(operation))).map(coded);
    }
    if (inUse.length === 0) {
      return /^(get|read|view)/i.test(name ?? text)
        ? [{ value: ElastiCacheOperation.readOnly(), code: '...ElastiCacheOperation.readOnly()' }]
        : [];
    }
    return [name === '*'
      ? { value: ElastiCacheOperation.all(), code: '...ElastiCacheOperation.all()' }
      : { value: ElastiCacheOperation.matching(name!), code: `...ElastiCacheOperation.matching('${name}')` }];
  })];
}

function coded(name: string): Coded<ElastiCacheOperation[]> {
  return { value: [ElastiCacheOperation.of(name)], code: `ElastiCacheOperation.${constantCase(name)}` };
}

function suggestedConditions({ conditions: { conditions } }: ReviewedStatement): Coded<ElastiCacheCondition>[] {
  return conditions.filter(({ neverSupplied }) => !neverSupplied).map(({ grantOperator, key, values }) => ({
    value: ElastiCacheCondition.of(grantOperator, key, values),
    code: `ElastiCacheCondition.of(${[grantOperator, key].map(quote).join(', ')}, [${values.map(quote).join(', ')}])`,
  }));
}

function isAccepted({ operations, resources, conditions, options }: Candidate): boolean {
  const stack = new Stack();
  const props: ElastiCacheAccessGrantProps = Object.assign({
    operations: operations.flatMap(({ value }) => value),
    resources: resources?.map(({ value }) => value),
    conditions: conditions.map(({ value }) => value),
  }, ...options.map(({ value }) => value));
  try {
    resolve(props, stack, tokensIn(stack));
    return true;
  } catch {
    return false;
  }
}

function toCode({ operations, resources, conditions, options }: Candidate): string {
  const list = (name: string, items: { readonly code: string }[]) => (items.length === 0 ? [] : [
    `  ${name}: [`, ...[...new Set(items.map(({ code }) => code))].map((code) => `    ${code},`), '  ],',
  ]);
  return [
    "new ElastiCacheAccessGrant(this, 'Access', {",
    ...list('operations', operations),
    ...list('resources', resources ?? []),
    ...list('conditions', conditions),
    ...options.map(({ code }) => `  ${code},`),
    '}).to(grantee);',
  ].join('\n');
}

/** A text as code. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
