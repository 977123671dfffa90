/**
 * What the caller passed, checked for its shape, before anything is resolved.
 *
 * Plain JavaScript passes anything, and so do languages where null is easy. Only objects of this package's own classes
 * are taken: another one could bring an action or an ARN that nobody has checked. What has the right shape and still
 * makes no sense is found by the later parts of this stage.
 */
import { IConstruct } from 'constructs';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheCondition } from '../../elasticache-condition';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { ElastiCacheResource } from '../../elasticache-resource';
import { SnapshotSource } from '../../snapshot-source';
import { RETIRED_REASON } from '../catalog/catalog.generated';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { checkInstance, checkList, checkObject, checkReference, checkText, isTextLike } from '../util/shape';

/** Reports a value of the wrong shape. */
export type Check = (value: unknown, subject: string, diagnostics: Diagnostics) => void;

/** How each property is checked where it is set. */
const CHECKS = Object.entries<Check>({
  operations: listOf(instance(ElastiCacheOperation, 'ElastiCacheOperation.COPY_SNAPSHOT', hasOperationName)),
  snapshots: listOf(instance(SnapshotSource, 'SnapshotSource.fromBucket(bucket, objectKeys)')),
  resources: listOf(instance(ElastiCacheResource, "ElastiCacheResource.replicationGroup('prod-*')")),
  conditions: listOf(instance(ElastiCacheCondition, "ElastiCacheCondition.resourceTag('team', ['cache'])")),
  exportBuckets: listOf(reference('bucketRef.bucketArn', 'a bucket, such as an s3.Bucket')),
  exportPrefix: (value, subject, diagnostics) => {
    checkText(value, subject, 'text, such as "nightly/"', diagnostics);
  },
  encryptionKey: reference('keyRef.keyArn', 'a key, such as a kms.Key'),
  tagOnCreate: trueOrFalse,
  finalSnapshot: trueOrFalse,
  logDelivery: trueOrFalse,
  logDeliveryStreams: listOf(
    reference('deliveryStreamRef.deliveryStreamArn', 'a delivery stream, such as a firehose.DeliveryStream')),
  serviceLinkedRole: trueOrFalse,
  vpcEndpoint: trueOrFalse,
} satisfies Record<keyof ElastiCacheAccessGrantProps, Check>);

/** Throws one error with every property that has the wrong shape, and with the construct's path. */
export function checkInput(props: unknown, construct: IConstruct): void {
  const diagnostics = new Diagnostics();
  const expected = 'an object that has operations, such as { operations: [ElastiCacheOperation.COPY_SNAPSHOT] }';
  if (checkObject(props, 'props', expected, diagnostics)) {
    for (const [name, check] of CHECKS) {
      const value = (props as Record<string, unknown>)[name];
      if (value !== undefined || name === 'operations') {
        check(value, name, diagnostics);
      }
    }
  }
  diagnostics.report(construct);
}

/** An operation that is made without the constructor has no name, or any. */
export function hasOperationName({ operationName }: ElastiCacheOperation): boolean {
  return isTextLike(operationName, /^[A-Za-z][A-Za-z0-9]*$/);
}

/** A check of a list and of each of its items. */
export function listOf(checkItem: Check): Check {
  return (value, subject, diagnostics) => {
    if (checkList(value, subject, 'a list', diagnostics)) {
      // Not `forEach`, which would skip the holes of a list.
      for (let index = 0; index < value.length; index++) {
        checkItem(value[index], `${subject}[${index}]`, diagnostics);
      }
    }
  };
}

/** A check for objects of a class of this package. */
export function instance<T>(
  own: Function & { readonly prototype: T }, example: string, isComplete?: (value: T) => boolean,
): Check {
  return (value, subject, diagnostics) => {
    checkInstance(value, own, example, subject, diagnostics, isComplete);
  };
}

function reference(path: string, expected: string): Check {
  return (value, subject, diagnostics) => { checkReference(value, path, subject, expected, diagnostics); };
}

function trueOrFalse(value: unknown, subject: string, diagnostics: Diagnostics): void {
  if (typeof value !== 'boolean') {
    diagnostics.error(`${subject} is ${formatValue(value)}: expected true or false`);
  }
}

/** Each operation once. Reports that there is none, and warns of retired ones. */
export function distinctOperations(
  operations: ElastiCacheOperation[], diagnostics: Diagnostics,
): ElastiCacheOperation[] {
  if (operations.length === 0) {
    diagnostics.error('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS');
  }
  const distinct = new Map(operations.map((operation) => [operation.operationName, operation]));
  for (const { operationName, retired } of distinct.values()) {
    if (retired) {
      diagnostics.warning(
        `retiredOperation.${operationName}`,
        `${operationName} is retired (${RETIRED_REASON}): drop it, or acknowledge this warning`,
      );
    }
  }
  return [...distinct.values()];
}
