/**
 * Statements in, and they are added to the policy of a bucket: what lets the ElastiCache service into it.
 *
 * S3 keeps one policy for each bucket, so the one that the app has already must be found, whoever made it. Where CDK
 * can't change it, a warning has the statements to add by hand.
 */
import { Grant, IPrincipal, IResourceWithPolicyV2, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { Dependable, IConstruct } from 'constructs';
import { BUCKET_POLICY_LIMIT } from '../policy/limits';
import { sizeEstimatorIn } from '../policy/size';
import { cfnBucketOf, isCfnBucket } from '../util/buckets';
import { Diagnostics, formatNumber, throwErrors } from '../util/diagnostics';
import { toReadableJson } from '../util/text';

/** Adds the statements to the bucket's policy. One grant stands for all of them. */
export function addToBucketPolicy(
  bucket: aws_s3.IBucketRef, principal: IPrincipal, statements: PolicyStatement[],
): Grant {
  const existing = existingPolicy(bucket);
  checkSize(bucket, existing?.policyDocument, statements);
  const resource = existing ? wrapPolicy(existing) : asL2Bucket(bucket);
  const grant = resource && statements
    .map((statement) => Grant.addStatementToResourcePolicy({
      grantee: principal, actions: statement.actions, resourceArns: statement.resources, resource, statement,
    }))
    .reduce((all, next) => all.combine(next));
  // CDK's grant reports success for an imported bucket, which ignores the statement: aws-cdk-lib/aws-s3/lib/bucket.ts.
  if (grant && Dependable.of(grant).dependencyRoots.length > 0) {
    return grant;
  }
  warnOfUnchangedPolicy(bucket, existing, statements);
  return Grant.drop(principal, 'access to the bucket');
}

/** The policy that the bucket has already in its own stack. Other stacks are not searched. */
function existingPolicy(bucket: aws_s3.IBucketRef): CfnBucketPolicy | undefined {
  const stack = Stack.of(bucket);
  const keyOf = (name: string | undefined) => JSON.stringify(stack.resolve(name));
  const names = [bucket.bucketRef.bucketName, cfnBucketOf(bucket)?.bucketName]
    .map(keyOf)
    .filter((name) => name !== undefined);
  return stack.node.findAll()
    .filter(isCfnBucketPolicy)
    .find((policy) => Stack.of(policy) === stack && names.includes(keyOf(policy.bucket)));
}

/** An existing policy as CDK's grants take it; undefined where its document is not one of CDK's objects. */
function wrapPolicy(policy: CfnBucketPolicy): IResourceWithPolicyV2 | undefined {
  const { policyDocument: document } = policy;
  return document instanceof PolicyDocument
    ? {
      env: policy.env,
      addToResourcePolicy: (statement) => {
        document.addStatements(statement);
        return { statementAdded: true, policyDependable: policy };
      },
    }
    : undefined;
}

/** The bucket as CDK adds statements to it. An L1 bucket gets its policy through the L2 bucket that contains it. */
function asL2Bucket(bucket: aws_s3.IBucketRef): IBucket | undefined {
  if (isL2(bucket)) {
    return bucket;
  }
  const { scope } = bucket.node;
  if (scope?.node.defaultChild === bucket && isL2(scope)) {
    return scope;
  }
  return isCfnBucket(bucket) ? Bucket.fromCfnBucket(bucket) : undefined;
}

function isL2(construct: IConstruct): construct is IBucket {
  return 'addToResourcePolicy' in construct;
}

function isCfnBucketPolicy(construct: IConstruct): construct is CfnBucketPolicy {
  return CfnResource.isCfnResource(construct)
    && construct.cfnResourceType === CfnBucketPolicy.CFN_RESOURCE_TYPE_NAME;
}

function checkSize(bucket: aws_s3.IBucketRef, existing: unknown, statements: PolicyStatement[]): void {
  const known = existing instanceof PolicyDocument && !existing.isEmpty;
  const document = known ? PolicyDocument.fromJson(existing.toJSON()) : new PolicyDocument();
  document.addStatements(...statements);
  const bytes = bytesOf(bucket, document);
  if (bytes > BUCKET_POLICY_LIMIT) {
    throwErrors([
      `the bucket's policy would have ${formatNumber(bytes)} bytes, and S3 allows ${formatNumber(BUCKET_POLICY_LIMIT)}`
      + `${known ? `, ${formatNumber(bytesOf(bucket, existing))} of which are used` : ''}: shorten the keys, spread `
      + 'the objects over several buckets, or allow a prefix of them, with SnapshotBucketGrants.importSnapshotsUnder',
    ], bucket);
  }
}

/** The bytes of a bucket's policy as it is once deployed, with unknown values at their longest. */
function bytesOf(bucket: aws_s3.IBucketRef, document: PolicyDocument): number {
  const stack = Stack.of(bucket);
  const json = JSON.stringify(stack.resolve(document));
  // A bucket's ARN is an attribute in the template, even where the bucket's name is known.
  const name = cfnBucketOf(bucket)?.bucketName;
  const named = name === undefined || Token.isUnresolved(name)
    ? json
    : json.replaceAll(
      JSON.stringify(stack.resolve(bucket.bucketRef.bucketArn)), JSON.stringify(`arn:aws-us-gov:s3:::${name}`),
    );
  // The estimate is in characters, of which those above U+007F have two bytes.
  return sizeEstimatorIn(bucket)(JSON.parse(named)) + Buffer.byteLength(named) - named.length;
}

function warnOfUnchangedPolicy(
  bucket: aws_s3.IBucketRef, existing: CfnBucketPolicy | undefined, statements: PolicyStatement[],
): void {
  const diagnostics = new Diagnostics();
  const json = Stack.of(bucket).resolve(statements.map((statement) => statement.toStatementJson()));
  diagnostics.warning(
    'bucketPolicyNotChanged',
    'CDK can\'t change the policy of this bucket '
    + `(${existing ? `${existing.node.path} has it as JSON` : 'the bucket is not part of this app'}), so the `
    + 'ElastiCache '
    + 'service has no access to it: add these statements to the policy where it is defined, with ${AWS::Region} and '
    + `the like filled in, or acknowledge this warning: ${JSON.stringify(toReadableJson(json))}`,
  );
  diagnostics.report(bucket);
}
