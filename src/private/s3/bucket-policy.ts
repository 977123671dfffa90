import { Grant, IPrincipal, IResourceWithPolicyV2, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket, CfnBucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { Dependable, IConstruct } from 'constructs';
import { throwErrors, Diagnostics, formatNumber } from '../util/diagnostics';
import { BUCKET_POLICY_LIMIT } from '../policy/limits';
import { sizeEstimatorIn } from '../policy/size';

/** Adds the statements to the bucket's policy; one grant stands for all of them. */
export function addToBucketPolicy(bucket: aws_s3.IBucketRef, principal: IPrincipal, statements: PolicyStatement[]): Grant {
  const existing = existingPolicy(bucket);
  checkSize(bucket, existing?.policyDocument, statements);
  const resource = existing ? wrapPolicy(existing) : asL2Bucket(bucket);
  const grant = resource && statements
    .map((statement) => Grant.addStatementToResourcePolicy({
      grantee: principal, actions: statement.actions, resourceArns: statement.resources, resource, statement,
    }))
    .reduce((all, next) => all.combine(next));
  // An imported bucket takes no statement, and CDK's grant calls that a success.
  if (grant && Dependable.of(grant).dependencyRoots.length > 0) {
    return grant;
  }
  const findings = new Diagnostics();
  const why = existing ? `${existing.node.path} holds it as JSON` : 'it is not of this app';
  findings.warning(
    'bucketPolicyNotChanged',
    `the policy of this bucket isn't changed (${why}), so the ElastiCache service isn't let in: add these statements to it where it is defined, `
    + `with \${AWS::Region} and the like filled in, or acknowledge this warning: ${JSON.stringify(toReadableJson(statementsIn(bucket, statements)))}`,
  );
  findings.report(bucket);
  return Grant.drop(principal, 'access to the bucket');
}

/** The underlying resource, where the bucket has one in this app. */
export function cfnBucketOf(bucket: aws_s3.IBucketRef): CfnBucket | undefined {
  return [bucket, bucket.node.defaultChild].find(isCfnBucket);
}

/**
 * The policy that the app gives the bucket already, whoever made it: S3 keeps one for a bucket, so a second would replace it.
 * One of another stack isn't looked for.
 */
function existingPolicy(bucket: aws_s3.IBucketRef): CfnBucketPolicy | undefined {
  const stack = Stack.of(bucket);
  const identify = (name: string | undefined) => JSON.stringify(stack.resolve(name));
  const names = [bucket.bucketRef.bucketName, cfnBucketOf(bucket)?.bucketName].map(identify).filter((name) => name !== undefined);
  return stack.node.findAll().filter(isCfnBucketPolicy).find((policy) => Stack.of(policy) === stack && names.includes(identify(policy.bucket)));
}

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

/** The bucket as CDK adds statements to it. An L1 bucket without a policy gets one from the L2 bucket that CDK puts around it. */
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

function isCfnBucket(construct: unknown): construct is CfnBucket {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === CfnBucket.CFN_RESOURCE_TYPE_NAME;
}

function isCfnBucketPolicy(construct: IConstruct): construct is CfnBucketPolicy {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === CfnBucketPolicy.CFN_RESOURCE_TYPE_NAME;
}

function checkSize(bucket: aws_s3.IBucketRef, existing: unknown, statements: PolicyStatement[]): void {
  const known = existing instanceof PolicyDocument && !existing.isEmpty;
  const document = known ? PolicyDocument.fromJson(existing.toJSON()) : new PolicyDocument();
  document.addStatements(...statements);
  const bytes = bytesIn(bucket, document);
  if (bytes > BUCKET_POLICY_LIMIT) {
    throwErrors([
      `the bucket's policy would have ${formatNumber(bytes)} bytes, and S3 allows ${formatNumber(BUCKET_POLICY_LIMIT)}`
      + `${known ? `, ${formatNumber(bytesIn(bucket, existing))} of which are taken` : ''}: shorten the keys, spread the objects over several buckets, `
      + 'or allow a prefix of them, with SnapshotBucketGrants.importSnapshotsUnder',
    ], bucket);
  }
}

/** The size of a bucket's policy as it is once deployed, with what isn't known before taken at its longest. */
function bytesIn(bucket: aws_s3.IBucketRef, document: PolicyDocument): number {
  const stack = Stack.of(bucket);
  const json = JSON.stringify(stack.resolve(document));
  const name = cfnBucketOf(bucket)?.bucketName;
  const named = name === undefined || Token.isUnresolved(name)
    ? json
    : json.replaceAll(JSON.stringify(stack.resolve(bucket.bucketRef.bucketArn)), JSON.stringify(`arn:aws-us-gov:s3:::${name}`));
  // What is measured is characters, of which those above U+007F have two bytes.
  return sizeEstimatorIn(bucket)(JSON.parse(named)) + Buffer.byteLength(named) - named.length;
}

function statementsIn(bucket: aws_s3.IBucketRef, statements: PolicyStatement[]): unknown {
  return Stack.of(bucket).resolve(statements.map((statement) => statement.toStatementJson()));
}

/** A resolved value as somebody would write it by hand, with `${AWS::Region}` in place of a reference. */
function toReadableJson(value: any): unknown {
  if (Array.isArray(value)) { return value.map(toReadableJson); }
  if (typeof value !== 'object' || value === null) { return value; }
  if (typeof value.Ref === 'string') { return `\${${value.Ref}}`; }
  if (Array.isArray(value['Fn::GetAtt'])) { return `\${${value['Fn::GetAtt'].join('.')}}`; }
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toReadableJson(part)]));
  const [separator, parts] = (inner['Fn::Join'] ?? []) as [string?, unknown[]?];
  return parts?.every((part) => typeof part === 'string') ? parts.join(separator) : inner;
}
