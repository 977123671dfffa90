import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { SnapshotBucketGrants } from '../../src';
import { inPartition, newApp, newStack, warningsOf } from '../harness';
import {
  BUCKET, bucketStatements, exporting, importing, IN_REGION, inBucket, l2Bucket, permit,
} from '../support/bucket-policies';

describe('the bucket policy', () => {
  test('of an L2 bucket keeps its other statements', () => {
    const stack = newStack();
    SnapshotBucketGrants.fromBucket(l2Bucket(stack, { enforceSSL: true })).importSnapshots(['a']);
    expect(bucketStatements(stack)).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Resource: [BUCKET, inBucket('*')],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...importing(inBucket('a')),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of an L1 bucket is created once', () => {
    const stack = newStack();
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    SnapshotBucketGrants.fromBucket(bucket).exportSnapshots();
    expect(bucketStatements(stack)).toEqual([...importing(inBucket('a')), ...exporting(inBucket('*'))]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of the L1 bucket in an L2 bucket is the one of the L2 bucket', () => {
    const stack = newStack();
    const bucket = l2Bucket(stack);
    SnapshotBucketGrants.fromBucket(bucket.node.defaultChild as s3.CfnBucket).importSnapshots(['a']);
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('x.amazonaws.com')], actions: ['s3:GetObject'], resources: ['*'],
    }));
    expect(bucketStatements(stack)).toEqual([
      ...importing(inBucket('a')), permit('s3:GetObject', '*', { Service: 'x.amazonaws.com' }),
    ]);
  });

  test.each<[string, (stack: Stack) => aws_s3.IBucketRef]>([
    ['an L2 bucket that has a separate policy', (stack) => {
      const bucket = l2Bucket(stack);
      new s3.BucketPolicy(stack, 'Policy', { bucket });
      return bucket;
    }],
    ['an L1 bucket that has an L1 policy with a document', (stack) => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: new iam.PolicyDocument() });
      return bucket;
    }],
    ['a bucket that another construct stands for, too', (stack) => {
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      SnapshotBucketGrants.fromBucket(s3.Bucket.fromCfnBucket(bucket)).importSnapshots(['a']);
      return bucket;
    }],
  ])('of %s is the existing one', (_, bucketIn) => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    SnapshotBucketGrants.fromBucket(bucketIn(stack)).importSnapshots(['a']).applyBefore(cache);
    expect(bucketStatements(stack)).toEqual(importing(inBucket('a')));
    const [policy] = Object.keys(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual([policy]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => Construct]>([
    ['that is the default child of a construct other than a bucket', (stack) => new Construct(stack, 'Data')],
    ['within another bucket', (stack) => new s3.Bucket(stack, 'Data')],
  ])('of an L1 bucket %s is a new one', (_, scopeIn) => {
    const stack = newStack();
    const scope = scopeIn(stack);
    const bucket = new s3.CfnBucket(scope, scope.node.defaultChild ? 'Bucket' : 'Resource');
    bucket.overrideLogicalId('Bucket');
    bucket.applyRemovalPolicy(RemovalPolicy.DESTROY);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(bucketStatements(stack)).toEqual(importing(inBucket('a')));
  });

  test('is separate from the policy of another bucket', () => {
    const stack = newStack();
    const other = new s3.Bucket(stack, 'Other', { enforceSSL: true });
    SnapshotBucketGrants.fromBucket(l2Bucket(stack)).importSnapshots(['a']);
    const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policies.map(({ Properties }) => [Properties.Bucket, Properties.PolicyDocument.Statement])).toEqual([
      [stack.resolve(other.bucketName), stack.resolve(other.policy!.document).Statement],
      [{ Ref: 'Bucket' }, importing(inBucket('a'))],
    ]);
  });

  test('is separate from a policy whose bucket is not known yet', () => {
    const stack = newStack();
    const other = new iam.PolicyDocument();
    new s3.CfnBucketPolicy(stack, 'Policy', {
      bucket: Lazy.string({ produce: () => undefined }), policyDocument: other,
    });
    const bucket = l2Bucket(stack);
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    expect(other.isEmpty).toBe(true);
    expect(stack.resolve(bucket.policy!.document).Statement).toEqual(importing(inBucket('a')));
  });

  test('is separate from that of a bucket with the same logical ID in another stack', () => {
    const app = newApp();
    const outer = new Stack(app, 'Outer');
    const inner = new Stack(outer, 'Inner');
    const bucket = new s3.CfnBucket(inner, 'Bucket');
    new s3.CfnBucketPolicy(inner, 'Policy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucket.attrArn }],
      },
    });
    SnapshotBucketGrants.fromBucket(new s3.CfnBucket(outer, 'Bucket')).importSnapshots(['a']);
    expect(bucketStatements(outer)).toEqual(importing(inBucket('a')));
  });

  test('of an imported bucket gets the statements if the app defines it', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'my-snapshots');
    new s3.BucketPolicy(stack, 'Policy', { bucket });
    SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['a']);
    const [policy]: any[] = Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy'));
    expect(policy.Properties).toEqual({
      Bucket: 'my-snapshots',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: importing(inPartition('s3:::my-snapshots/a'), IN_REGION, inPartition('s3:::my-snapshots')),
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is deployed before what depends on the grant', () => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    const grant = SnapshotBucketGrants.fromBucket(l2Bucket(stack)).importSnapshots(['a']);
    grant.applyBefore(cache);
    expect(grant.success).toBe(true);
    expect(grant.resourceStatements).toHaveLength(2);
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual(['L2PolicyB2D547E3']);
  });

  test('of a bucket in another stack is in that stack', () => {
    const app = newApp();
    const buckets = new Stack(app, 'Buckets', { env: { account: '111122223333', region: 'eu-west-1' } });
    const caches = new Stack(app, 'Caches', { env: { account: '111122223333', region: 'eu-west-1' } });
    const cache = new elasticache.CfnReplicationGroup(caches, 'Cache', { replicationGroupDescription: 'restored' });
    SnapshotBucketGrants.fromBucket(l2Bucket(buckets)).importSnapshots(['a']).applyBefore(cache);
    expect(bucketStatements(buckets)).toEqual(
      importing(inBucket('a'), { Service: 'eu-west-1.elasticache-snapshot.amazonaws.com' }),
    );
    expect(caches.dependencies).toEqual([buckets]);
  });
});
