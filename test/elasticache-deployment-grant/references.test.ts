import { CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { messageOf, newRole, warningsOf } from '../harness';
import { Deployment, deploymentGrant, documentOf, ENV, newDeployment } from '../support/deployments';

/** Where an action is allowed. */
const resourceOf = (document: any, action: string) => (
  document.Statement.find(({ Action }: any) => [Action].flat().includes(action))?.Resource);

function withCache({ service }: Deployment, properties: object, id = 'Cache') {
  return new elasticache.CfnReplicationGroup(service, id, {
    replicationGroupDescription: 'Orders', replicationGroupId: 'orders', ...properties,
  });
}

/** A group that names a key, a bucket and a delivery stream of a stack. */
function withReferences(stack: Stack, names: { bucketName?: string; streamName?: string } = {}) {
  const bucket = new s3.Bucket(stack, 'Seeds', { bucketName: names.bucketName });
  const stream = new firehose.CfnDeliveryStream(stack, 'Logs', { deliveryStreamName: names.streamName });
  const key = new kms.Key(stack, 'Key');
  return { bucket, stream, key };
}

const delivered = (deliveryStream: string) => [{
  destinationDetails: { kinesisFirehoseDetails: { deliveryStream } },
  destinationType: 'kinesis-firehose',
  logFormat: 'json',
  logType: 'slow-log',
}];

test('what the grant\'s own stack makes is allowed by its ARN, and neither stack waits for the other in a '
  + 'circle', () => {
  const deployment = newDeployment();
  const { app, platform } = deployment;
  const { bucket, stream, key } = withReferences(platform);
  withCache(deployment, {
    kmsKeyId: key.keyArn,
    snapshotArns: [bucket.arnForObjects('a.rdb')],
    logDeliveryConfigurations: delivered(stream.ref),
  });
  const grant = deploymentGrant(deployment);
  grant.toRole(newRole(platform));
  const document = documentOf(grant);

  expect(resourceOf(document, 'kms:DescribeKey')).toEqual({ 'Fn::GetAtt': ['Key961B73FD', 'Arn'] });
  expect(resourceOf(document, 's3:GetObject')).toEqual(
    { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['SeedsC09A02A4', 'Arn'] }, '/a.rdb']] });
  expect(resourceOf(document, 'firehose:TagDeliveryStream')).toEqual({ 'Fn::GetAtt': ['Logs', 'Arn'] });
  const stacks = app.synth().stacks;
  const dependencies = (name: string) => stacks.find(({ stackName }) => stackName === name)!.dependencies
    .map(({ id }) => id).filter((id) => !id.endsWith('.assets'));
  expect([dependencies('Platform'), dependencies('Service')]).toEqual([[], ['Platform']]);
});

test('what a third stack makes is imported from there', () => {
  const deployment = newDeployment();
  const keys = new Stack(deployment.app, 'Keys', { env: ENV });
  const key = new kms.Key(keys, 'Key');
  withCache(deployment, { kmsKeyId: key.keyId });
  deploymentGrant(deployment).toRole(newRole(deployment.platform));
  deployment.app.synth();

  // The oldest and the newest versions of CDK import in two ways.
  expect(JSON.stringify(Template.fromStack(deployment.platform).findResources('AWS::IAM::Policy'))).toMatch(
    /"Resource":\{"Fn::(ImportValue":"Keys:Exports|GetStackOutput":\{.*"Publish)OutputFnGetAttKey961B73FDArn/);
});

test('what a deployed stack makes is allowed by its literal name, and nothing of that stack is imported', () => {
  const deployment = newDeployment();
  const { service, platform, app } = deployment;
  const { bucket, stream } = withReferences(service, { bucketName: 'my-seeds', streamName: 'engine-logs' });
  withCache(deployment, {
    snapshotArns: [bucket.arnForObjects('a.rdb'), Fn.sub('arn:${AWS::Partition}:s3:::${Seeds}/b.rdb', {
      Seeds: bucket.bucketName,
    })],
    logDeliveryConfigurations: delivered(stream.ref),
  });
  const grant = deploymentGrant(deployment);
  grant.toRole(newRole(platform));
  const document = documentOf(grant);

  expect(document.Statement.filter(({ Action }: any) => Action === 's3:GetObject').map(({ Resource }: any) => Resource))
    .toEqual(['arn:aws:s3:::my-seeds/a.rdb', 'arn:aws:s3:::my-seeds/b.rdb']);
  expect(resourceOf(document, 'firehose:TagDeliveryStream')).toBe(
    'arn:aws:firehose:eu-west-1:111122223333:deliverystream/engine-logs');
  expect(app.synth().getStackByName('Platform').dependencies.filter(({ id }) => id === 'Service')).toEqual([]);
  expect(JSON.stringify(document)).not.toContain('Fn::');
});

test('what a deployed stack makes is allowed by a pattern where only the end of its name is unknown', () => {
  const deployment = newDeployment();
  const bucketName = Fn.join('-', ['my-seeds', Fn.importValue('Stage')]);
  const { bucket } = withReferences(deployment.service, { bucketName });
  withCache(deployment, { snapshotArns: [bucket.arnForObjects('a.rdb')] });
  expect(resourceOf(documentOf(deploymentGrant(deployment)), 's3:GetObject')).toBe('arn:aws:s3:::my-seeds-*/a.rdb');
});

test('what a deployed stack makes without a name is an error with its path and the remedy', () => {
  const deployment = newDeployment();
  const { bucket, stream, key } = withReferences(deployment.service);
  withCache(deployment, {
    kmsKeyId: key.keyArn,
    snapshotArns: [bucket.arnForObjects('a.rdb')],
    logDeliveryConfigurations: delivered(stream.ref),
  });
  expect(messageOf(() => deploymentGrant(deployment))).toBe([
    'Platform/Deploy: 3 problems:',
    '- Service/Cache: KmsKeyId "${Service/Key/Resource.Arn}" is the key Service/Key/Resource, whose ARN is only known '
      + 'once '
    + 'it is deployed, by the role that needs the permission: make it in a stack of its own, or in that of the grant, '
    + 'or '
    + 'give the ARN of one that exists',
    '- Service/Cache: LogDeliveryConfigurations: DeliveryStream "${Service/Logs}" is the delivery stream Service/Logs, '
    + 'whose name is only known once it is deployed, by the role that needs the permission: set its '
    + 'DeliveryStreamName, '
    + 'or make it in a stack of its own, or in that of the grant',
    '- Service/Cache: SnapshotArns "${Service/Seeds/Resource.Arn}/a.rdb" is the bucket Service/Seeds/Resource, whose '
      + 'name '
    + 'is only known once it is deployed, by the role that needs the permission: set its BucketName, or make it in a '
    + 'stack of its own, or in that of the grant',
  ].join('\n'));
});

test('a literal key of another account is allowed, with a warning', () => {
  const deployment = newDeployment();
  const key = 'arn:aws:kms:eu-west-1:999999999999:key/12345678-1234-1234-1234-123456789012';
  withCache(deployment, { kmsKeyId: key });
  expect(resourceOf(documentOf(deploymentGrant(deployment)), 'kms:CreateGrant')).toBe(key);
  expect(warningsOf(deployment.platform)).toEqual([
    `Service/Cache: KmsKeyId "${key}" is of another account than its stack: the key's own policy must allow the role `
    + 'there, too, and AWS\'s guide knows keys of the cache\'s own account only; allow it, and acknowledge this '
    + 'warning, '
    + 'or use a key of the stack\'s account [ack: cdk-elasticache-grants:otherAccountKey]',
  ]);
});

test('log delivery to CloudWatch Logs has a warning', () => {
  const deployment = newDeployment();
  withCache(deployment, {
    logDeliveryConfigurations: [{
      destinationDetails: { cloudWatchLogsDetails: { logGroup: 'slow' } },
      destinationType: 'cloudwatch-logs',
      logFormat: 'json',
      logType: 'slow-log',
    }],
  });
  deploymentGrant(deployment);
  expect(warningsOf(deployment.platform)).toEqual([
    'Service/Cache: LogDeliveryConfigurations needs logs:PutResourcePolicy on *, its only resource, with which every '
      + 'log '
    + 'group of the account can be opened to AWS services: acknowledge this warning, or deliver the logs to Firehose '
    + '[ack: cdk-elasticache-grants:logResourcePolicy]',
  ]);
});

test.each([
  ['KmsKeyId', 'alias/orders', 'Service/Cache: KmsKeyId "alias/orders" is not the ID or the ARN of a key: IAM matches '
    + 'keys '
    + 'by their own ARN only, and by no alias; give the key that the alias stands for'],
  ['KmsKeyId', 'arn:aws:kms:eu-west-1:111122223333:alias/orders', 'Service/Cache: KmsKeyId '
    + '"arn:aws:kms:eu-west-1:111122223333:alias/orders" is not the ID or the ARN of a key: IAM matches keys by their '
    + 'own '
    + 'ARN only, and by no alias; give the key that the alias stands for'],
  ['KmsKeyId', { 'Fn::ImportValue': 'Key' }, 'Service/Cache: KmsKeyId {"Fn::ImportValue":"Key"} is only known at '
    + 'deployment, and could be any key: give a key of the app, or text'],
  ['KmsKeyId', { Ref: 'Other' }, 'Service/Cache: KmsKeyId "${Other}" leads to no key of the app: give a key of the '
    + 'app, or '
    + 'text'],
  ['SnapshotArns', ['s3://seeds/a.rdb'], 'Service/Cache: SnapshotArns "s3://seeds/a.rdb" is not the ARN of an S3 '
    + 'object: '
    + 'expected arn:PARTITION:s3:::BUCKET/KEY, of which at least the beginning of the bucket\'s name is known before '
    + 'deployment'],
  ['SnapshotArns', { 'Fn::Split': [',', { 'Fn::ImportValue': 'Seeds' }] }, 'Service/Cache: SnapshotArns '
    + '{"Fn::Split":[",",{"Fn::ImportValue":"Seeds"}]} is not the ARN of an S3 object: expected '
    + 'arn:PARTITION:s3:::BUCKET/KEY, of which at least the beginning of the bucket\'s name is known before '
    + 'deployment'],
  ['SnapshotArns', [{ 'Fn::Sub': 'arn:aws:s3:::seeds/${Date}.rdb' }], 'Service/Cache: SnapshotArns '
    + '{"Fn::Sub":"arn:aws:s3:::seeds/${Date}.rdb"} has a key that is only known at deployment, and could be any: give '
    + 'it '
    + 'as text'],
  ['SnapshotArns', ['arn:aws:s3:::seeds/a,b.rdb'], 'Service/Cache: SnapshotArns "arn:aws:s3:::seeds/a,b.rdb": object '
    + 'key '
    + '"a,b.rdb" has a comma, and SnapshotArns separates ARNs by commas: copy the object to a key without one'],
  ['LogDeliveryConfigurations', [{ 'Fn::ImportValue': 'Logs' }], 'Service/Cache: LogDeliveryConfigurations '
    + '{"Fn::ImportValue":"Logs"} has no DestinationDetails that are known before deployment: give the log group or '
    + 'the '
    + 'delivery stream'],
])('%s as %j is an error', (property, value, problem) => {
  const deployment = newDeployment();
  new CfnResource(deployment.service, 'Other', { type: 'AWS::SNS::Topic' });
  new CfnResource(deployment.service, 'Cache', {
    type: 'AWS::ElastiCache::ReplicationGroup', properties: { ReplicationGroupId: 'orders', [property]: value },
  });
  expect(messageOf(() => deploymentGrant(deployment))).toBe(`Platform/Deploy: ${problem}`);
});
