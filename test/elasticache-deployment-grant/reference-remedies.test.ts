import { Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheDeploymentGrant } from '../../src';
import { messageOf, newRole } from '../harness';
import { ENV, newDeployment } from '../support/deployments';

/** The key and the bucket of a stack, in a cache of another, or of the same one. */
function withCache(service: Stack, made: Stack) {
  return new elasticache.CfnReplicationGroup(service, 'Cache', {
    replicationGroupDescription: 'Orders',
    replicationGroupId: 'orders',
    kmsKeyId: new kms.Key(made, 'Key').keyArn,
    snapshotArns: [new s3.Bucket(made, 'Seeds').arnForObjects('a.rdb')],
  });
}

/** The error of a grant, by property, without the path of the grant. */
function errorsOf(scope: Stack, deployed: Stack): Record<string, string> {
  const lines = messageOf(() => new ElastiCacheDeploymentGrant(scope, 'Deploy', { deployed: [deployed] })).split('\n');
  return Object.fromEntries(lines.slice(1).map((line) => {
    const [, property, text] = /Cache: (\w+) "[^"]*" is the (.*)$/.exec(line)!;
    return [property, text];
  }));
}

const unknown = 'is only known once it is deployed, by the role that needs the permission';

test('of a key in the stack of cache and grant, the remedy is not to make it in the stack of the grant', () => {
  const { service } = newDeployment();
  withCache(service, service);
  expect(errorsOf(service, service)).toEqual({
    KmsKeyId: `key Service/Key/Resource, whose ARN ${unknown}: make it in a stack of its own, or give the `
      + 'ARN of one that exists',
    SnapshotArns: `bucket Service/Seeds/Resource, whose name ${unknown}: set its BucketName, or make it in `
      + 'a stack of its own',
  });
});

test('of a key in the stack of the cache alone, the remedies are both stacks', () => {
  const { service, platform } = newDeployment();
  withCache(service, service);
  expect(errorsOf(platform, service)).toEqual({
    KmsKeyId: `key Service/Key/Resource, whose ARN ${unknown}: make it in a stack of its own, or in that of `
      + 'the grant, or give the ARN of one that exists',
    SnapshotArns: `bucket Service/Seeds/Resource, whose name ${unknown}: set its BucketName, or make it in `
      + 'a stack of its own, or in that of the grant',
  });
});

test('a key in a stack of its own is allowed, also where the grant is in the stack of the cache', () => {
  const { app, service } = newDeployment();
  const keys = new Stack(app, 'Keys', { env: ENV });
  withCache(service, keys);
  new ElastiCacheDeploymentGrant(service, 'Deploy', { deployed: [service] }).toRole(newRole(service));
  app.synth();
  const [policy]: any[] = Object.values(Template.fromStack(service).findResources('AWS::IAM::Policy'));
  const [{ Resource }] = policy.Properties.PolicyDocument.Statement
    .filter(({ Action }: any) => [Action].flat().includes('kms:CreateGrant'));
  // The oldest and the newest versions of CDK import in two ways.
  expect(JSON.stringify(Resource)).toMatch(/Fn::(ImportValue":"Keys:Exports|GetStackOutput").*FnGetAttKey961B73FDArn/);
});

test('of a key in another stage than the grant, which is not deployed, the remedy is the stage', () => {
  const { app, service, platform } = newDeployment();
  const stage = new Stage(app, 'Production', { env: ENV });
  withCache(service, platform);
  const imports = 'which is in another stage than the grant, and CDK imports nothing from there';
  expect(errorsOf(new Stack(stage, 'Deployer'), service)).toEqual({
    KmsKeyId: `key Platform/Key/Resource, ${imports}: make the grant in the same stage, or give the ARN of one that `
      + 'exists',
    SnapshotArns: `bucket Platform/Seeds/Resource, ${imports}: set its BucketName, or make the grant in the same stage`,
  });
});

test('of a key in a stage that is deployed, no other stack is a remedy', () => {
  const { app, platform } = newDeployment();
  const stage = new Stage(app, 'Production', { env: ENV });
  const service = new Stack(stage, 'Service');
  withCache(service, service);
  expect(errorsOf(platform, service)).toEqual({
    KmsKeyId: `key Production/Service/Key/Resource, whose ARN ${unknown}: give the ARN of one that exists`,
    SnapshotArns: `bucket Production/Service/Seeds/Resource, whose name ${unknown}: set its BucketName`,
  });
});
