/**
 * The properties of a resource that need permissions of other services, and the resources that they name there.
 *
 * Each property is an option of a grant, which `spec/cloudformation-types.json` says. What an option needs is in
 * `spec/request-parameters.json`, as for a grant that lists operations. Here are the values alone.
 */
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { arnOf, arnsOf, generatedArn, nameOf, ResourceArn } from './names';
import { arnOrTextOf, BUCKET, Deployment, KEY, referencedArn, STREAM, subjectOf } from './references';
import { TemplateResource } from './template';
import { Part, partsOf, valuesAt, within } from './values';
import { Scope, SnapshotObjects } from '../model';
import { Options } from '../resolve/options';
import { objectsWithKeys } from '../s3/object-arns';
import { Diagnostics } from '../util/diagnostics';
import { splitLiterals } from '../util/tokens';

/** What a property needs. */
export interface Need {
  readonly property: string;
  readonly options?: Options;

  /** The resources of ElastiCache that the options are for. */
  readonly scope?: Scope;

  /** Those that the operations of the options name because of the property. */
  readonly named?: ResourceArn[];

  /** The objects that are read. */
  readonly objects?: SnapshotObjects[];
}

type Reader = (
  property: string, resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics,
) => Omit<Need, 'property'> | undefined;

/** How each option is read from the property. */
const READERS: Readonly<Record<string, Reader>> = {
  encryptionKey, finalSnapshot, logDelivery, snapshots, vpcEndpoint,
};

/** What the properties of a resource need. */
export function needsOf(resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics): Need[] {
  const { options = {}, serviceLinkedRole } = resource.entry;
  const needs = Object.entries(options).flatMap(([property, option]): Need[] => {
    const need = READERS[option](property, resource, deployment, diagnostics);
    return need ? [{ property, ...need }] : [];
  });
  return serviceLinkedRole ? [...needs, { property: '', options: { serviceLinkedRole: {} } }] : needs;
}

function encryptionKey(
  property: string, resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics,
): ReturnType<Reader> {
  const arns = valuesAt(property, resource).flatMap((value) => {
    const key = arnOrTextOf(value, KEY, property, resource, deployment, diagnostics);
    return key ? key.arn ?? keyArn(key.text!, subjectOf(value, property, resource), resource.stack, diagnostics) : [];
  });
  return arns.length === 0 ? undefined : { options: { encryptionKey: { encryptionKey: arns } } };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html */
function keyArn(text: string, subject: string, stack: Stack, diagnostics: Diagnostics): string | [] {
  const id = text.startsWith('arn:') ? splitLiterals(text, ':').slice(5).join(':').replace(/^key\//, '') : text;
  if (!/^[A-Za-z0-9-]+$/.test(id)) {
    diagnostics.error(
      `${subject} is not the ID or the ARN of a key: IAM matches keys by their own ARN only, and by no alias; give `
      + 'the key that the alias stands for',
    );
    return [];
  }
  if (!text.startsWith('arn:')) { return KEY.arn(id, stack); }
  const account = splitLiterals(text, ':')[4];
  if (Token.compareStrings(account, stack.account) === TokenComparison.DIFFERENT) {
    diagnostics.warning(
      'otherAccountKey',
      `${subject} is of another account than its stack: the key's own policy must allow the role there, too, and AWS's `
      + 'guide knows keys of the cache\'s own account only; allow it, and acknowledge this warning, or use a key of '
      + 'the stack\'s account',
    );
  }
  return text;
}

/** The name of a snapshot that CloudFormation has taken before it deletes is known to nobody. */
function finalSnapshot(
  property: string, resource: TemplateResource, _: Deployment, diagnostics: Diagnostics,
): ReturnType<Reader> {
  const { stack, definition } = resource;
  const isPolicy = /Policy$/.test(property);
  const snapshotsTaken = isPolicy
    ? (definition[property] === 'Snapshot' ? [generatedArn('snapshot', stack)] : [])
    : valuesAt(property, resource).flatMap((value) => {
      const name = nameOf(value, 'serverlesscachesnapshot', property, resource, diagnostics);
      return name === undefined ? [] : [arnOf('serverlesscachesnapshot', name, stack)];
    });
  if (snapshotsTaken.length === 0) { return undefined; }
  const resources = [...arnsOf(resource, diagnostics), ...snapshotsTaken].map(({ type, arn }) => (
    { type, arn, conditions: [] }));
  return { options: { finalSnapshot: {} }, scope: { resources, conditions: [] }, named: snapshotsTaken };
}

function logDelivery(
  property: string, resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics,
): ReturnType<Reader> {
  const configurations = valuesAt(property, resource);
  const unknown = configurations.filter((one) => within(one, 'DestinationDetails').length === 0);
  unknown.forEach((value) => diagnostics.error(
    `${subjectOf(value, property, resource)} has no DestinationDetails that are known before deployment: give the log `
    + 'group or the delivery stream',
  ));
  const streams = configurations
    .flatMap((one) => within(one, 'DestinationDetails.KinesisFirehoseDetails.DeliveryStream'))
    .flatMap((value) => {
      const stream = arnOrTextOf(value, STREAM, `${property}: DeliveryStream`, resource, deployment, diagnostics);
      return stream ? stream.arn ?? STREAM.arn(stream.text!, resource.stack) : [];
    });
  const hasLogGroup = configurations.some((one) => within(one, 'DestinationDetails.CloudWatchLogsDetails').length > 0);
  if (hasLogGroup) {
    diagnostics.warning(
      'logResourcePolicy',
      `${resource.construct.node.path}: ${property} needs logs:PutResourcePolicy on *, its only resource, with which `
      + 'every log group of the account can be opened to AWS services: acknowledge this warning, or deliver the logs '
      + 'to Firehose',
    );
  }
  return {
    options: {
      ...(hasLogGroup && { logDelivery: {} }),
      ...(streams.length > 0 && { logDeliveryStreams: { logDeliveryStreams: streams } }),
    },
  };
}

/** A public endpoint is not in a VPC. */
function vpcEndpoint(property: string, resource: TemplateResource): ReturnType<Reader> {
  const types = valuesAt(property, resource);
  return types.length > 0 && types.every((type) => type === 'public') ? undefined : { options: { vpcEndpoint: {} } };
}

/** Marks what is only known at deployment. No key can hold this character. */
const UNKNOWN_TEXT = '\uffff';

function snapshots(
  property: string, resource: TemplateResource, deployment: Deployment, diagnostics: Diagnostics,
): ReturnType<Reader> {
  return {
    objects: valuesAt(property, resource).flatMap((value) => {
      const subject = subjectOf(value, property, resource);
      const parts = partsOf(value, resource);
      const texts = parts.map((part) => bucketText(part, subject, deployment, diagnostics));
      if (texts.includes(undefined)) { return []; }
      const [bucket, ...key] = splitLiterals(texts.join(''), '/');
      const bucketArn = bucket.replace(UNKNOWN_TEXT, '*');
      if (!/^arn:[^:]+:s3:::[^*]/.test(bucketArn) && !isReference(parts[0])) {
        diagnostics.error(`${subject} is not the ARN of an S3 object: expected arn:PARTITION:s3:::BUCKET/KEY, of which `
          + 'at least the beginning of the bucket\'s name is known before deployment');
        return [];
      }
      if (key.join('/').includes(UNKNOWN_TEXT)) {
        diagnostics.error(`${subject} has a key that is only known at deployment, and could be any: give it as text`);
        return [];
      }
      const context = { method: subject, prefixMethod: 'SnapshotSource.fromPrefix of an ElastiCacheAccessGrant' };
      return objectsWithKeys(bucketArn, [key.join('/')], context, diagnostics);
    }),
  };
}

function isReference(part: Part): boolean {
  return typeof part === 'object';
}

/** A part of an object's ARN: a bucket's ARN or its name, or the text itself. Undefined where there is an error. */
function bucketText(
  part: Part, subject: string, deployment: Deployment, diagnostics: Diagnostics,
): string | undefined {
  if (typeof part === 'string') { return part; }
  if (typeof part === 'symbol' || !('cfnResourceType' in part.element)) { return UNKNOWN_TEXT; }
  const arn = referencedArn(part, BUCKET, subject, deployment, diagnostics);
  if (part.attribute === 'Arn' || arn === undefined) { return arn; }
  // A name that is known is the end of the ARN; that of any other bucket is its Ref.
  return splitLiterals(arn, ':')[5] ?? Token.asString((part.element as any).ref);
}
