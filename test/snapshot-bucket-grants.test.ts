import { Annotations, Aws, Environment, Fn, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { allow, AT_LONGEST, deployed, inPartition, messageOf, MINIMIZE, newApp, newRole, newStack, policyStatements, warningsOf } from './harness';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotBucketGrants, SnapshotSource } from '../src';

const IN_REGION = { Service: { 'Fn::Join': ['', [{ Ref: 'AWS::Region' }, '.elasticache-snapshot.', { Ref: 'AWS::URLSuffix' }]] } };
const BUCKET = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const inBucket = (rest: string) => ({ 'Fn::Join': ['', [BUCKET, `/${rest}`]] });
const permit = (action: string | string[], resource: unknown, principal: unknown = IN_REGION) => (
  { ...allow(action, resource), Principal: principal });

/** What an import of these objects says; the objects are one ARN or a list. */
const importing = (objects: unknown, principal?: unknown, bucket: unknown = BUCKET) => [
  permit(['s3:GetBucketAcl', 's3:ListBucket'], bucket, principal),
  permit('s3:GetObject', objects, principal),
];
const exporting = (objects: unknown, principal?: unknown) => [
  permit(['s3:GetBucketAcl', 's3:ListBucket', 's3:ListBucketMultipartUploads'], BUCKET, principal),
  permit(['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], objects, principal),
];

/** An L2 bucket of which the logical ID is `Bucket`. */
function l2In(stack: Stack, props?: s3.BucketProps): s3.Bucket {
  const bucket = new s3.Bucket(stack, 'L2', props);
  (bucket.node.defaultChild as s3.CfnBucket).overrideLogicalId('Bucket');
  return bucket;
}

/** The statements of the one bucket policy of the stack. */
function bucketStatements(stack: Stack): any[] {
  const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
  expect(policies).toHaveLength(1);
  expect(policies[0].Properties.Bucket).toEqual({ Ref: 'Bucket' });
  return policies[0].Properties.PolicyDocument.Statement;
}

/** The statements of a new bucket after this, in this environment. */
function said(grantOn: (bucket: aws_s3.IBucketRef) => unknown, env?: Environment): any[] {
  const stack = newStack({ env });
  grantOn(l2In(stack));
  return bucketStatements(stack);
}

const keysOf = (count: number, prefix = '') => Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(4, '0')}.rdb`);

describe('statements', () => {
  test('an import lets the service read each object by its own ARN', () => {
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a.rdb', 'nightly/b.rdb'])))
      .toEqual(importing([inBucket('a.rdb'), inBucket('nightly/b.rdb')]));
  });

  test('an import of a prefix is the only one with a wildcard', () => {
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('nightly/'))).toEqual(importing(inBucket('nightly/*')));
  });

  test('an export lets the service write to the whole bucket, or under a prefix', () => {
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots())).toEqual(exporting(inBucket('*')));
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('exports/'))).toEqual(exporting(inBucket('exports/*')));
  });

  test('keys and prefixes are escaped as those of a SnapshotSource', () => {
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['$*?']))).toEqual(importing(inBucket('${$}${*}${?}')));
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('$'))).toEqual(exporting(inBucket('${$}*')));
  });

  test('keys in any order, and more than once, are the same statements', () => {
    const ordered = said((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a', 'b', 'c']));
    expect(said((bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['c', 'a', 'b', 'a']))).toEqual(ordered);
  });

  test('the same call twice adds nothing twice', () => {
    expect(said((bucket) => {
      SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a', 'b']);
      SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['b', 'a']);
    })).toEqual(importing([inBucket('a'), inBucket('b')]));
  });

  test('the source account is a condition on all of them', () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };
    const grant = (bucket: aws_s3.IBucketRef) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '111122223333' });
    expect(said((bucket) => grant(bucket).importSnapshots(['a']))).toEqual(importing(inBucket('a')).map((statement) => ({ ...statement, ...condition })));
    expect(said((bucket) => grant(bucket).exportSnapshots())).toEqual(exporting(inBucket('*')).map((statement) => ({ ...statement, ...condition })));
  });

  test('a source account that is a token stays one', () => {
    const [statement] = said((bucket) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: Aws.ACCOUNT_ID }).importSnapshots(['a']));
    expect(statement.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  test('with minimizePolicies, what import and export share is said once', () => {
    const stack = newStack({ context: { [MINIMIZE]: true } });
    const grants = SnapshotBucketGrants.fromBucket(l2In(stack));
    grants.importSnapshots(['a']);
    grants.exportSnapshots('out/');
    expect(bucketStatements(stack)).toEqual([
      permit(['s3:GetBucketAcl', 's3:ListBucket', 's3:ListBucketMultipartUploads'], BUCKET),
      permit('s3:GetObject', inBucket('a')),
      permit(['s3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'], inBucket('out/*')),
    ]);
  });
});

describe('the principal', () => {
  const nameIn = (env?: Environment, region?: string) => (
    said((bucket) => SnapshotBucketGrants.fromBucket(bucket, { region }).importSnapshots(['a']), env)[0].Principal.Service);

  test.each([
    ['eu-west-1', 'eu-west-1.elasticache-snapshot.amazonaws.com'],
    ['us-gov-west-1', 'us-gov-west-1.elasticache-snapshot.amazonaws.com'],
    ['cn-north-1', 'cn-north-1.elasticache-snapshot.amazonaws.com.cn'],
    ['us-iso-east-1', 'us-iso-east-1.elasticache-snapshot.c2s.ic.gov'],
    ['xx-new-1', { 'Fn::Join': ['', ['xx-new-1.elasticache-snapshot.', { Ref: 'AWS::URLSuffix' }]] }],
  ])('of %s is %j, from the environment or from the option', (region, name) => {
    expect(nameIn({ region })).toEqual(name);
    expect(nameIn(undefined, region)).toEqual(name);
  });

  test('of a Region that is a token has the Region and the suffix of the deployment', () => {
    expect(nameIn()).toEqual(IN_REGION.Service);
    expect(nameIn({ region: 'eu-west-1' }, Aws.REGION)).toEqual(IN_REGION.Service);
  });
});

describe('the bucket', () => {
  test('that is L2 keeps what is in its policy', () => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(l2In(stack, { enforceSSL: true })).importSnapshots(['a']);
    expect(bucketStatements(stack)).toEqual([
      {
        Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [BUCKET, inBucket('*')], Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...importing(inBucket('a')),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('that is L1 gets one policy', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    SnapshotBucketGrants.fromBucket(bucket).exportSnapshots();
    expect(bucketStatements(stack)).toEqual([...importing(inBucket('a')), ...exporting(inBucket('*'))]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('that is L1 and of an L2 bucket gets the policy of that', () => {
    const stack = newStack();
    const bucket = l2In(stack);
    SnapshotBucketGrants.fromBucket(bucket.node.defaultChild as s3.CfnBucket).importSnapshots(['a']);
    bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('x.amazonaws.com')], actions: ['s3:GetObject'], resources: ['*'] }));
    expect(bucketStatements(stack)).toEqual([...importing(inBucket('a')), permit('s3:GetObject', '*', { Service: 'x.amazonaws.com' })]);
  });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['an L2 bucket, as a policy of its own', (stack) => {
      const bucket = l2In(stack);
      new s3.BucketPolicy(stack, 'Policy', { bucket });
      return bucket;
    }],
    ['an L1 bucket, as an L1 policy with a document', (stack) => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: new iam.PolicyDocument() });
      return bucket;
    }],
    ['the same bucket by another construct', (stack) => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      SnapshotBucketGrants.fromBucket(s3.Bucket.fromCfnBucket(bucket)).importSnapshots(['a']);
      return bucket;
    }],
  ])('has one policy, where the app gives it to %s', (_, bucketIn) => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(['a']).applyBefore(cache);
    expect(bucketStatements(stack)).toEqual(importing(inBucket('a')));
    const [policy] = Object.keys(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual([policy]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => Construct]>([
    ['the default child of a construct that is no bucket', (stack) => new Construct(stack, 'Data')],
    ['within another bucket', (stack) => new s3.Bucket(stack, 'Data')],
  ])('that is L1, %s, has a policy of its own', (_, scopeIn) => {
    const stack = newStack();
    const scope = scopeIn(stack);
    const bucket = new s3.CfnBucket(scope, scope.node.defaultChild ? 'Bucket' : 'Resource');
    bucket.overrideLogicalId('Bucket');
    bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(bucketStatements(stack)).toEqual(importing(inBucket('a')));
  });

  test('has a policy of its own, where another bucket has one', () => {
    const stack = newStack();
    const other = new s3.Bucket(stack, 'Other', { enforceSSL: true });
    SnapshotBucketGrants.fromBucket(l2In(stack)).importSnapshots(['a']);
    const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policies.map(({ Properties }) => [Properties.Bucket, Properties.PolicyDocument.Statement])).toEqual([
      [stack.resolve(other.bucketName), stack.resolve(other.policy!.document).Statement],
      [{ Ref: 'Bucket' }, importing(inBucket('a'))],
    ]);
  });

  test('has a policy of its own, where nobody knows yet whose another is', () => {
    const stack = newStack();
    const other = new iam.PolicyDocument();
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: Lazy.string({ produce: () => undefined }), policyDocument: other });
    const bucket = l2In(stack);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(other.isEmpty).toBe(true);
    expect(stack.resolve(bucket.policy!.document).Statement).toEqual(importing(inBucket('a')));
  });

  test('of the same logical ID in another stack is another', () => {
    const app = newApp();
    const outer = new Stack(app, 'Outer');
    const inner = new Stack(outer, 'Inner');
    const bucket = new s3.CfnBucket(inner, 'Bucket');
    new s3.CfnBucketPolicy(inner, 'Policy', {
      bucket: bucket.ref,
      policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucket.attrArn }] },
    });
    SnapshotBucketGrants.fromBucket(new s3.CfnBucket(outer, 'Bucket')).importSnapshots(['a']);
    expect(bucketStatements(outer)).toEqual(importing(inBucket('a')));
  });

  test('that is imported, with a policy of this app, gets the statements there', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots');
    new s3.BucketPolicy(stack, 'Policy', { bucket });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    const [policy]: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policy.Properties).toEqual({
      Bucket: 'my-snapshots',
      PolicyDocument: { Version: '2012-10-17', Statement: importing(inPartition('s3:::my-snapshots/a'), IN_REGION, inPartition('s3:::my-snapshots')) },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('has its policy before what waits for the grant', () => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    const grant = SnapshotBucketGrants.fromBucket(l2In(stack)).importSnapshots(['a']);
    grant.applyBefore(cache);
    expect(grant.success).toBe(true);
    expect(grant.resourceStatements).toHaveLength(2);
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual(['L2PolicyB2D547E3']);
  });

  test('of another stack gets its policy there', () => {
    const app = newApp();
    const buckets = new Stack(app, 'Buckets', { env: { account: '111122223333', region: 'eu-west-1' } });
    const caches = new Stack(app, 'Caches', { env: { account: '111122223333', region: 'eu-west-1' } });
    const cache = new elasticache.CfnReplicationGroup(caches, 'Cache', { replicationGroupDescription: 'restored' });
    SnapshotBucketGrants.fromBucket(l2In(buckets)).importSnapshots(['a']).applyBefore(cache);
    expect(bucketStatements(buckets)).toEqual(importing(inBucket('a'), { Service: 'eu-west-1.elasticache-snapshot.amazonaws.com' }));
    expect(caches.dependencies).toEqual([buckets]);
  });
});

/** A bucket reference as anybody may implement it. */
class SomeBucket extends Resource implements aws_s3.IBucketRef {
  public readonly bucketRef: aws_s3.BucketReference = { bucketArn: 'arn:aws:s3:::my-snapshots', bucketName: 'my-snapshots' };
}

describe('a policy that isn\'t changed', () => {
  const byHand = (why: string, principal: string, bucketArn: string) => `the policy of this bucket isn't changed (${why}), so the ElastiCache service isn't `
    + 'let in: add these statements to it where it is defined, with ${AWS::Region} and the like filled in, or acknowledge this warning: '
    + `[{"Action":["s3:GetBucketAcl","s3:ListBucket"],"Effect":"Allow","Principal":{"Service":"${principal}"},"Resource":"${bucketArn}"},`
    + `{"Action":"s3:GetObject","Effect":"Allow","Principal":{"Service":"${principal}"},"Resource":"${bucketArn}/a$\{*}.rdb"}]`
    + ' [ack: cdk-elasticache-grants:bucketPolicyNotChanged]';
  const ANY = '${AWS::Region}.elasticache-snapshot.${AWS::URLSuffix}';

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef, string, string]>([
    ['imported by name', (stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots'), ANY, 'arn:${AWS::Partition}:s3:::my-snapshots'],
    [
      'imported from another Region',
      (stack) => s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketArn: 'arn:aws:s3:::my-snapshots', region: 'eu-west-1' }),
      'eu-west-1.elasticache-snapshot.amazonaws.com', 'arn:aws:s3:::my-snapshots',
    ],
    ['a reference alone', (stack) => new SomeBucket(stack, 'Bucket'), ANY, 'arn:aws:s3:::my-snapshots'],
  ])('%s: a warning has the statements', (_, bucketIn, principal, bucketArn) => {
    const stack = newStack();
    const bucket = bucketIn(stack);
    new s3.CfnBucket(stack, 'Other');
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    const grant = SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a*.rdb']);
    grant.applyBefore(cache);
    expect(grant.success).toBe(false);
    expect(() => grant.assertSuccess()).toThrow();
    expect(warningsOf(stack).filter((warning) => !warning.includes('literalWildcard'))).toEqual([byHand('it is not of this app', principal, bucketArn)]);
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });

  test('JSON on an L1 policy: a warning, and no second policy', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    const policyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucket.attrArn }] };
    new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument });
    expect(SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a*.rdb']).success).toBe(false);
    expect(bucketStatements(stack)).toEqual([{ ...policyDocument.Statement[0], Resource: BUCKET }]);
    expect(warningsOf(stack).filter((warning) => !warning.includes('literalWildcard'))).toEqual([
      byHand('Stack/Policy holds it as JSON', ANY, '${Bucket.Arn}'),
    ]);
  });

  test('of a bucket that another stack exports: what a hand can\'t write shorter stays as CloudFormation has it', () => {
    const stack = newStack();
    new s3.CfnBucket(stack, 'Other');
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', Fn.importValue('Snapshots'));
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(warningsOf(stack).join()).toContain('"Resource":{"Fn::Join":["",["arn:","${AWS::Partition}",":s3:::",{"Fn::ImportValue":"Snapshots"},"/a"]]}');
  });

  test('each warning can be acknowledged, on the bucket or above', () => {
    const stack = newStack({ env: { region: 'us-east-1' } });
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'my-snapshots', region: 'eu-west-1', encryptionKey });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(warningsOf(stack).map((warning) => /\[ack: (.*)\]$/.exec(warning)![1]).sort()).toEqual([
      'cdk-elasticache-grants:bucketPolicyNotChanged', 'cdk-elasticache-grants:kmsEncryptedBucket', 'cdk-elasticache-grants:otherRegion',
    ]);

    Annotations.of(bucket).acknowledgeWarning('cdk-elasticache-grants:bucketPolicyNotChanged');
    Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:kmsEncryptedBucket');
    Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:otherRegion');
    const unseen = newStack({ env: { region: 'us-east-1' } });
    Annotations.of(unseen).acknowledgeWarning('cdk-elasticache-grants:bucketPolicyNotChanged');
    SnapshotBucketGrants.fromBucket(s3.Bucket.fromBucketName(unseen, 'Bucket', 'my-snapshots')).importSnapshots(['a']);
    for (const quiet of [stack, unseen]) {
      expect(quiet.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
    }
  });
});

describe('a bucket that encrypts with a KMS key', () => {
  const warning = 'this bucket encrypts its objects with a KMS key, and ElastiCache reads those that are encrypted with SSE-S3 alone: '
    + 'use a bucket with SSE-S3, or acknowledge this warning where the snapshots are uploaded with SSE-S3 [ack: cdk-elasticache-grants:kmsEncryptedBucket]';
  const sse = (sseAlgorithm: string) => (
    { bucketEncryption: { serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm } }] } });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['a customer managed key', (stack) => l2In(stack, { encryptionKey: new kms.Key(stack, 'Key') })],
    ['the AWS managed key', (stack) => l2In(stack, { encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['two layers', (stack) => l2In(stack, { encryption: s3.BucketEncryption.DSSE_MANAGED })],
    ['an L1 bucket\'s', (stack) => new s3.CfnBucket(stack, 'Bucket', sse('aws:kms'))],
  ])('%s: a warning on import, none on export', (_, bucketIn) => {
    const stack = newStack();
    const grants = SnapshotBucketGrants.fromBucket(bucketIn(stack));
    grants.exportSnapshots();
    expect(warningsOf(stack)).toEqual([]);
    grants.importSnapshots(['a']);
    grants.importSnapshotsUnder('b');
    expect(warningsOf(stack)).toEqual([warning]);
  });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['with SSE-S3', (stack) => l2In(stack, { encryption: s3.BucketEncryption.S3_MANAGED })],
    ['an L1 bucket\'s with SSE-S3', (stack) => new s3.CfnBucket(stack, 'Bucket', sse('AES256'))],
  ])('%s: no warning', (_, bucketIn) => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(['a']);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a bucket in another Region than its stack', () => {
  const warning = 'this bucket is in eu-west-1, but its stack deploys to us-east-1, and ElastiCache reads and writes buckets of its own Region alone: use a bucket '
    + 'there, or acknowledge this warning where the caches are in the bucket\'s Region [ack: cdk-elasticache-grants:otherRegion]';

  test.each<[string, (stack: Stack) => SnapshotBucketGrants]>([
    ['imported with it', (stack) => SnapshotBucketGrants.fromBucket(s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'my-snapshots', region: 'eu-west-1' }))],
    ['by the option', (stack) => SnapshotBucketGrants.fromBucket(l2In(stack), { region: 'eu-west-1' })],
  ])('%s: a warning', (_, grantsIn) => {
    const stack = newStack({ env: { region: 'us-east-1' } });
    grantsIn(stack).exportSnapshots();
    new s3.CfnBucket(stack, 'Other');
    expect(warningsOf(stack)).toContain(warning);
  });

  test('no warning where either is only known at deployment', () => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(l2In(stack), { region: 'eu-west-1' }).exportSnapshots();
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('S3\'s limit', () => {
  test('500 objects fit where bucket name and keys are short', () => {
    const stack = newStack();
    const keys = keysOf(500);
    SnapshotBucketGrants.fromBucket(l2In(stack, { bucketName: 'snap' })).importSnapshots(keys);
    expect(bucketStatements(stack)).toEqual(importing(keys.map(inBucket)));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('500 objects that don\'t fit are refused and not added, and a prefix is what the error says that it is', () => {
    const stack = newStack();
    const bucket = l2In(stack, { bucketName: 'my-snapshots', enforceSSL: true });
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keysOf(500, 'nightly/sessions/')))).toBe(
      'Stack/L2: the bucket\'s policy would have 31,058 bytes, and S3 allows 20,480, 234 of which are taken: shorten the keys, '
      + 'spread the objects over several buckets, or allow a prefix of them, with SnapshotBucketGrants.importSnapshotsUnder',
    );
    SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('nightly/sessions/');
    const [, ...added] = bucketStatements(stack);
    expect(added).toEqual(importing(inBucket('nightly/sessions/*')));
  });

  test('objects of a bucket of which the name isn\'t known are counted with the longest', () => {
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2In(newStack())).importSnapshots(keysOf(300)))).toBe(
      'Stack/L2: the bucket\'s policy would have 28,917 bytes, and S3 allows 20,480: shorten the keys, '
      + 'spread the objects over several buckets, or allow a prefix of them, with SnapshotBucketGrants.importSnapshotsUnder',
    );
  });

  /** The bytes of the one bucket policy of the stack, once deployed to where names are longest. */
  function deployedBytes(stack: Stack, bucketName: string): number {
    const [policy]: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    return Buffer.byteLength(JSON.stringify(deployed(policy.Properties.PolicyDocument, AT_LONGEST, () => bucketName)));
  }

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef, string]>([
    ['of a known name', (stack) => l2In(stack, { bucketName: 'my-snapshots' }), 'my-snapshots'],
    ['of a name that CloudFormation makes', (stack) => l2In(stack), 'b'.repeat(63)],
    ['that is L1, of a name that CloudFormation makes', (stack) => new s3.CfnBucket(stack, 'Bucket'), 'b'.repeat(63)],
    ['that is L1, of a known name', (stack) => new s3.CfnBucket(stack, 'Bucket', { bucketName: 'my-snapshots' }), 'my-snapshots'],
  ])('a bucket %s takes as many objects as fit, and not one more', (_, bucketIn, bucketName) => {
    const fits = (count: number) => {
      const stack = newStack();
      try {
        SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(keysOf(count, 'ü'));
        return deployedBytes(stack, bucketName);
      } catch {
        return undefined;
      }
    };
    let [most, tooMany] = [1, 500];
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (fits(middle) === undefined) { tooMany = middle; } else { most = middle; }
    }
    const bytes = fits(most)!;
    expect(bytes).toBeLessThanOrEqual(20480);
    // The bare ARN of a bucket whose name isn't known is counted as the longest of any ARN.
    expect(bytes).toBeGreaterThan(20480 - (bucketName.length + 40) - 20);
  });

  test('a bucket takes the last byte, and not one more', () => {
    const bucket = (padding: number) => (
      SnapshotBucketGrants.fromBucket(l2In(newStack(), { bucketName: 'my-snapshots' })).importSnapshots([...keysOf(440), 'x'.repeat(padding)]));
    const [, bytes] = /would have ([\d,]+) bytes/.exec(messageOf(() => bucket(1024)))!;
    const over = Number(bytes.replace(',', '')) - 20480;
    expect(bucket(1024 - over).success).toBe(true);
    expect(messageOf(() => bucket(1025 - over))).toContain('would have 20,481 bytes, and S3 allows 20,480: ');
  });

  test('what an earlier call added counts, once', () => {
    const stack = newStack();
    const bucket = l2In(stack, { bucketName: 'snap' });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keysOf(500));
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keysOf(500));
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keysOf(100, 'more/')))).toMatch(
      /^Stack\/L2: the bucket's policy would have 2\d,\d{3} bytes, and S3 allows 20,480, 1\d,\d{3} of which are taken: /,
    );
  });
});

test('a prefix with a wildcard warns that it is taken literally', () => {
  const stack = newStack();
  SnapshotBucketGrants.fromBucket(l2In(stack)).exportSnapshots('nightly/*');
  expect(warningsOf(stack)).toEqual([
    'SnapshotBucketGrants.exportSnapshots: prefix "nightly/*" has "*" or "?", which is taken literally and matches nothing else: for every object under a '
    + 'prefix, use SnapshotBucketGrants.exportSnapshots with the text before it [ack: cdk-elasticache-grants:literalWildcard]',
  ]);
});

describe.each([false, true])('both halves of a restore, with minimizePolicies %s', (minimize) => {
  test('are there before the cache', () => {
    const stack = newStack({ context: { [MINIMIZE]: minimize } });
    const bucket = l2In(stack);
    const keys = ['nightly/0001.rdb', 'nightly/0002.rdb'];
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', {
      replicationGroupDescription: 'restored', snapshotArns: keys.map((key) => bucket.arnForObjects(key)),
    });
    new ElastiCacheAccessGrant(stack, 'Restore', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromBucket(bucket, keys)],
    }).toRole(newRole(stack)).applyBefore(cache);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(keys).applyBefore(cache);

    const objects = keys.map(inBucket);
    expect(bucketStatements(stack)).toEqual(importing(objects));
    expect(policyStatements(stack)).toEqual([
      allow('elasticache:CreateReplicationGroup', '*'),
      ...minimize ? [allow('s3:GetObject', objects)] : objects.map((object) => allow('s3:GetObject', object)),
    ]);
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual(['L2PolicyB2D547E3', 'RoleDefaultPolicy5FFB7DAB']);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test.each(['', ' eu-west-1', 'eu-west-1 ', 'EU-WEST-1', 'eu-west-?', 'eu-west-1\n'])('the service is let in for no Region %j', (region) => {
  expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2In(newStack()), { region }))).toBe(
    `Stack/L2: SnapshotBucketGrants.fromBucket: region ${JSON.stringify(region)} is not one: expected a Region, such as "eu-west-1"`,
  );
});

test.each(['', '11112222333', '1111222233334', 'a111122223333', '111122223333a', '111122223333\n'])('the service is let in for no account %j', (sourceAccount) => {
  expect(messageOf(() => SnapshotBucketGrants.fromBucket(l2In(newStack()), { sourceAccount }))).toBe(
    `Stack/L2: SnapshotBucketGrants.fromBucket: sourceAccount ${JSON.stringify(sourceAccount)} is not one: expected 12 digits`,
  );
});
