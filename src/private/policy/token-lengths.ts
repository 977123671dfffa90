/**
 * How long a value is that CloudFormation fills in at deployment: the longest that AWS allows for it.
 *
 * What bounds a value is its place in an ARN, the condition key that it is compared with, or the construct that it
 * refers to. Where nothing does, an assumed length is counted, and the estimate says so. Figures only, no policies.
 */
import { CfnParameter, CfnResource, Reference } from 'aws-cdk-lib/core';

/** The characters of a value, and whether AWS bounds them. */
export interface TokenLength {
  readonly characters: number;

  /** Set where no limit of AWS is known, so that the value may be longer. */
  readonly assumed?: boolean;
}

const PARTITION = 'aws-us-gov';
const REGION = 'us-isof-south-1';
const ACCOUNT = '111122223333';

/**
 * S3 allows bucket names of 63 characters.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const BUCKET_NAME = 63;
const BUCKET_ARN = `arn:${PARTITION}:s3:::`.length + BUCKET_NAME;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
const PSEUDO_PARAMETERS: Record<string, number> = {
  'AWS::Partition': PARTITION.length,
  'AWS::Region': REGION.length,
  'AWS::AccountId': ACCOUNT.length,
  'AWS::URLSuffix': 'amazonaws.com.cn'.length,
  // A stack's name has 128 characters at most, and its ID ends with a UUID.
  'AWS::StackName': 128,
  'AWS::StackId': `arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT}:stack//`.length + 128 + 36,
};

/**
 * The longest names of ElastiCache's resources. For the types that are missing, AWS publishes no length.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCacheSnapshot.html
 */
const ELASTICACHE_NAMES: Record<string, number> = {
  cluster: 50,
  replicationgroup: 40,
  subnetgroup: 255,
  securitygroup: 255,
  serverlesscachesnapshot: 255,
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN */
const KMS_KEY_ID = 'mrk-1234abcd12ab34cd56ef1234567890ab'.length;

const KMS_KEY_ARN = `arn:${PARTITION}:kms:${REGION}:${ACCOUNT}:key/`.length + KMS_KEY_ID;

/**
 * What is counted where no limit is known: a name as long as a bucket's for a `Ref`, an ARN as long as a key's for an
 * attribute, and more for all else, such as an import or a dynamic reference.
 */
const ASSUMED = { ref: BUCKET_NAME, attribute: KMS_KEY_ARN, other: 128 };

/** The longest `Ref` and ARN attribute of the resources that a policy of this library may refer to. */
const RESOURCES: Record<string, { readonly ref: number; readonly arn?: number }> = {
  'AWS::S3::Bucket': { ref: BUCKET_NAME, arn: BUCKET_ARN },
  'AWS::KMS::Key': { ref: KMS_KEY_ID, arn: KMS_KEY_ARN },
  'AWS::ElastiCache::CacheCluster': { ref: ELASTICACHE_NAMES.cluster },
  'AWS::ElastiCache::ReplicationGroup': { ref: ELASTICACHE_NAMES.replicationgroup },
  'AWS::ElastiCache::SubnetGroup': { ref: ELASTICACHE_NAMES.subnetgroup },
  // A path has 512 characters at most, and a role's name 64:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  'AWS::IAM::Role': { ref: 64, arn: `arn:${PARTITION}:iam::${ACCOUNT}:role`.length + 512 + 64 },
};

/**
 * The longest values of condition keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html
 */
const CONDITION_KEYS: [RegExp, number][] = [
  [/^aws:(request|resource|principal)tag\//i, 256],
  [/^aws:requestedregion$/i, REGION.length],
  [/^aws:(principal|resource|source)account$/i, ACCOUNT.length],
  [/^aws:(principal|resource|source)orgid$/i, 'o-'.length + 32],
];

/** Where a value stands in a policy. */
export interface TokenPlace {
  /** The text before it, with a placeholder for each value that is filled in. */
  readonly before: string;

  /** What follows it. */
  readonly after: unknown;

  /** The condition key whose value it is. */
  readonly conditionKey?: string;

  /** The reference that it is, where it is known. */
  readonly reference?: () => Reference | undefined;
}

/** Stands for a value that is filled in: a policy can't hold this character. */
export const PLACEHOLDER = '\uffff';

/** The longest that a `Ref`, an attribute or another value without a limit of its own can be. */
export function longestToken(value: any, { before, after, conditionKey, reference }: TokenPlace): TokenLength {
  const pseudo = typeof value.Ref === 'string' ? PSEUDO_PARAMETERS[value.Ref] : undefined;
  const characters = pseudo
    ?? inArn(before)
    // A bucket's ARN is what the key of an object follows.
    ?? (before === '' && typeof after === 'string' && after.startsWith('/') && !('Ref' in value)
      ? BUCKET_ARN
      : undefined)
    ?? CONDITION_KEYS.find(([key]) => conditionKey !== undefined && key.test(conditionKey))?.[1]
    ?? ofReference(reference?.());
  return characters === undefined ? { characters: assumedLength(value), assumed: true } : { characters };
}

function assumedLength(value: object): number {
  if ('Ref' in value) { return ASSUMED.ref; }
  return 'Fn::GetAtt' in value ? ASSUMED.attribute : ASSUMED.other;
}

/** The longest value at a place in an ARN, which the text before it tells. */
function inArn(before: string): number | undefined {
  const [arn, partition, service, region, account, type, name, ...more] = before.split(':');
  if (arn !== 'arn' || more.length > 0 || partition === undefined) { return undefined; }
  if (service === undefined) { return partition === '' ? PARTITION.length : undefined; }
  if (region === undefined) { return undefined; }
  if (account === undefined) { return region === '' ? REGION.length : undefined; }
  if (type === undefined) { return account === '' ? ACCOUNT.length : undefined; }
  if (service === 's3' && region === '' && account === '' && type === '') { return BUCKET_NAME; }
  if (service === 'kms' && type === 'key/') { return KMS_KEY_ID; }
  return service === 'elasticache' && name !== undefined ? ELASTICACHE_NAMES[type] : undefined;
}

function ofReference(reference?: Reference): number | undefined {
  const target = reference?.target;
  if (target instanceof CfnParameter) {
    const values = target.allowedValues?.map((value) => value.length);
    return values?.length ? Math.max(...values) : target.maxLength;
  }
  if (!CfnResource.isCfnResource(target)) { return undefined; }
  const lengths = RESOURCES[target.cfnResourceType];
  const attribute = reference?.displayName;
  return attribute === 'Ref' ? lengths?.ref : (/^arn$/i.test(String(attribute)) ? lengths?.arn : undefined);
}
