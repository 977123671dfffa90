/**
 * The options of a grant that say what its requests have: tags, a final snapshot, log delivery, a key and so on.
 *
 * Props in, and for each option that is set the resources that it names. All that is wrong with the options by
 * themselves is found here. What they bring is made in `parameters.ts`, from `spec/request-parameters.json`.
 */
import { Stack, Token } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { keyArnOf } from './encryption-key';
import { ElastiCacheAccessGrantProps } from '../../elasticache-access-grant-props';
import { ElastiCacheOperation } from '../../elasticache-operation';
import { operationsAccepting, parametersOf } from '../catalog/lookup';
import { checkBucketArn, exportsUnderPrefix, policyArnOf } from '../s3/object-arns';
import { ErrorContext } from '../s3/object-keys';
import { isEncryptedWithKms } from '../util/buckets';
import { Diagnostics, formatValue } from '../util/diagnostics';
import { constantCase, toReadableJson } from '../util/text';
import { literalParts, ResolvedParts } from '../util/tokens';

/** The resources that an option names, by what a row of the catalog calls them. */
type OptionResources = Readonly<Record<string, string[]>>;

/** The options that are set. */
export type Options = Readonly<Record<string, OptionResources>>;

const EXPORT_PREFIX: ErrorContext = { method: 'exportPrefix', prefixMethod: 'exportPrefix' };

/** An empty list of buckets says that nothing leaves ElastiCache, so not even the list of all buckets is needed. */
const NOTHING_OF_S3: OptionResources = { 'exportBuckets': [], 'objects of exportBuckets': [], '*': [] };

/** The options that are set. Reports those that no listed operation uses, and those that one can't do without. */
export function optionsOf(
  props: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], construct: IConstruct,
  resolvedParts: ResolvedParts, diagnostics: Diagnostics,
): Options {
  const { encryptionKey } = props;
  const streams = logDeliveryStreams(props, diagnostics);
  const key = encryptionKey && [keyArnOf(encryptionKey, construct, resolvedParts, diagnostics)];
  const buckets = exportBuckets(props, construct, diagnostics);
  const options: Options = {
    ...props.tagOnCreate && { tagOnCreate: {} },
    ...props.finalSnapshot && { finalSnapshot: {} },
    ...props.logDelivery && { logDelivery: {} },
    ...streams && { logDeliveryStreams: { logDeliveryStreams: streams } },
    ...props.serviceLinkedRole && { serviceLinkedRole: {} },
    ...props.vpcEndpoint && { vpcEndpoint: {} },
    ...key && { encryptionKey: { encryptionKey: key } },
    ...buckets && { exportBuckets: buckets },
  };
  for (const option of Object.keys(options)) {
    const accepting = operationsAccepting(option);
    if (!operations.some(({ operationName }) => accepting.includes(operationName))) {
      diagnostics.error(
        `${option} is set, but no listed operation uses it: add ${accepting.map(constantCase).join(' or ')}, `
        + `or drop ${option}`,
      );
    }
  }
  checkExports(props, operations, diagnostics);
  warnOfResourcePolicies(props, operations, diagnostics);
  return options;
}

function logDeliveryStreams(
  { logDeliveryStreams: streams }: ElastiCacheAccessGrantProps, diagnostics: Diagnostics,
): string[] | undefined {
  if (streams?.length === 0) {
    diagnostics.error('logDeliveryStreams is empty: list at least one delivery stream, or drop logDeliveryStreams');
  }
  const arns = streams?.map(({ deliveryStreamRef }) => deliveryStreamRef.deliveryStreamArn);
  for (const arn of arns ?? []) {
    const valid = Token.isUnresolved(arn)
      ? literalParts(arn).every((part) => !/[*?]/.test(part))
      : /^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream\/[A-Za-z0-9_.-]+$/.test(arn);
    if (!valid) {
      diagnostics.error(
        `logDeliveryStreams: ${formatValue(arn)} is not the ARN of a delivery stream: expected `
        + 'arn:PARTITION:firehose:REGION:ACCOUNT:deliverystream/NAME, without wildcards',
      );
    }
  }
  return arns;
}

function exportBuckets(
  { exportBuckets: buckets, exportPrefix, encryptionKey }: ElastiCacheAccessGrantProps, construct: IConstruct,
  diagnostics: Diagnostics,
): OptionResources | undefined {
  if (exportPrefix !== undefined && !buckets?.length) {
    diagnostics.error('exportPrefix is set, but exportBuckets has no bucket: add exportBuckets, or drop exportPrefix');
  }
  if (buckets === undefined || buckets.length === 0) {
    return buckets && NOTHING_OF_S3;
  }
  const encrypted = buckets.filter(isEncryptedWithKms);
  encrypted.forEach(({ bucketRef }) => diagnostics.warning(
    'kmsEncryptedBucket',
    'exportBuckets has a bucket that encrypts its objects with a KMS key, '
    + `${formatValue(toReadableJson(Stack.of(construct).resolve(bucketRef.bucketArn)))}, and AWS names no permission `
    + 'with which ElastiCache could export to it: use a bucket with SSE-S3, and copy the objects from there, or '
    + 'acknowledge this warning',
  ));
  if (encryptionKey) {
    diagnostics.warning(
      'exportWithoutKey',
      'an export is not encrypted with encryptionKey: ElastiCache can\'t export with a customer managed key, and S3 '
      + 'encrypts the objects with its own; acknowledge this warning if the data may be kept so, or drop exportBuckets',
    );
  }
  const arns = buckets.map(({ bucketRef }) => bucketRef.bucketArn);
  arns.forEach((arn) => checkBucketArn(arn, 'exportBuckets', diagnostics));
  return {
    'exportBuckets': arns,
    'objects of exportBuckets': arns.flatMap((arn) => (
      exportsUnderPrefix(arn, exportPrefix ?? '', EXPORT_PREFIX, diagnostics).map((each) => policyArnOf(each)))),
  };
}

/**
 * An operation that always exports can't do without a bucket, and a copy that stays in ElastiCache can. An empty list
 * makes sense where a copying operation is listed, too, as in a list of all operations.
 */
function checkExports(
  { exportBuckets: buckets }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[],
  diagnostics: Diagnostics,
): void {
  if (buckets?.length) {
    return;
  }
  const exporting = operations.flatMap(({ operationName }) => (
    parametersOf(operationName, ['exportBuckets']).map(({ required }) => ({ name: operationName, required }))));
  const always = exporting.filter(({ required }) => required).map(({ name }) => name);
  const hasCopies = exporting.some(({ required }) => !required);
  for (const operation of always.map(constantCase)) {
    if (buckets === undefined) {
      diagnostics.error(
        `${operation} needs exportBuckets of ElastiCacheAccessGrant, since every call exports to a bucket: list the `
        + `buckets${hasCopies ? ', pass an empty list if another policy allows S3' : ''}, or drop ${operation}`,
      );
    } else if (!hasCopies) {
      diagnostics.error(
        `exportBuckets is empty, and every call of ${operation} exports to a bucket: list at least one bucket, `
        + `or drop ${operation}`,
      );
    }
  }
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
function warnOfResourcePolicies(
  { logDelivery }: ElastiCacheAccessGrantProps, operations: ElastiCacheOperation[], diagnostics: Diagnostics,
): void {
  if (!logDelivery) {
    return;
  }
  const actions = operations
    .flatMap(({ operationName }) => parametersOf(operationName, ['logDelivery']))
    .flatMap(({ permissions }) => permissions.map(({ action }) => action));
  if (actions.includes('logs:PutResourcePolicy')) {
    diagnostics.warning(
      'logResourcePolicy',
      'logDelivery allows logs:PutResourcePolicy on *, its only resource, with which every log group of the account '
      + 'can be opened to AWS services: acknowledge this warning, or deliver the logs to Firehose, with '
      + 'logDeliveryStreams',
    );
  }
}
