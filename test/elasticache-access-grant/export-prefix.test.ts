import { Annotations, Fn, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation } from '../../src';
import { newStack, warningsOf } from '../harness';

/** A stack with a grant that exports to two buckets, with this prefix. */
function exporting(exportPrefix: string, stack: Stack = newStack()): Stack {
  new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.COPY_SNAPSHOT],
    exportBuckets: ['One', 'Two'].map((id) => new s3.Bucket(stack, id)),
    exportPrefix,
  });
  return stack;
}

test('a prefix of exported objects with capitals has one warning, with the prefix in lower case', () => {
  expect(warningsOf(exporting('Sessions-'))).toEqual([
    'exportPrefix: prefix "Sessions-" has capitals, and ElastiCache keeps the names of snapshots, with which exported '
    + 'keys begin, in lower case: pass "sessions-", or acknowledge this warning if your exported objects have such '
    + 'keys [ack: cdk-elasticache-grants:capitalsInPrefix]',
  ]);
});

test('the prefix is taken as it is all the same', () => {
  const stack = exporting('Sessions-');
  const { statements } = stack.node.findChild('Grant') as ElastiCacheAccessGrant;
  expect(stack.resolve(statements.flatMap(({ resources }) => resources).filter((arn) => arn.endsWith('Sessions-*')))
    .length).toBe(2);
});

test.each(['sessions-', '', '0-é', Fn.importValue('Prefix'), `sessions-${Fn.importValue('Prefix')}`])(
  'a prefix of exported objects that is %j has no warning about capitals', (prefix) => {
    expect(warningsOf(exporting(prefix)).filter((text) => text.includes('capitals'))).toEqual([]);
  });

test('the warning can be acknowledged', () => {
  const stack = newStack();
  Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:capitalsInPrefix');
  expect(warningsOf(exporting('Sessions-', stack))).toEqual([]);
});
