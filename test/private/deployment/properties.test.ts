import { CfnResource } from 'aws-cdk-lib';
import { needsOf } from '../../../src/private/deployment/properties';
import { templateResourceOf } from '../../../src/private/deployment/template';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { elastiCacheArn, newDeployment } from '../../support/deployments';

/** What a property needs that is not set. */
const NOTHING = ['{"options":{}}', '{"objects":[]}'];

/** What the properties of a resource need, by property, and all that is said of them. */
function read(type: string, properties: object, attributes: Record<string, unknown> = {}) {
  const { service, platform } = newDeployment();
  const construct = new CfnResource(service, 'Cache', {
    type: `AWS::ElastiCache::${type}`, properties: { ...properties },
  });
  new CfnResource(service, 'Seeds', { type: 'AWS::S3::Bucket', properties: { BucketName: 'my-seeds' } });
  new CfnResource(service, 'Topic', { type: 'AWS::SNS::Topic' });
  Object.entries(attributes).forEach(([name, value]) => construct.addOverride(name, value));
  const diagnostics = new Diagnostics();
  const said: string[] = [];
  diagnostics.warning = (id, text) => { said.push(`${id}: ${text}`); };
  diagnostics.warningAbout = () => {};
  const resource = templateResourceOf(construct)!;
  const needs = needsOf(resource, { scope: platform, resources: [resource] }, diagnostics);
  return {
    needs: Object.fromEntries(needs.map(({ property, ...need }) => [property, need] as const)
      .filter(([, need]) => !NOTHING.includes(JSON.stringify(need)))),
    said: [...diagnostics.errorTexts, ...said],
  };
}
const ID = { ReplicationGroupId: 'orders' };
const ROLE = { '': { options: { serviceLinkedRole: {} } } };
const group = (properties: object, attributes = {}) => read('ReplicationGroup', { ...ID, ...properties }, attributes);
const serverless = (properties: object) => read('ServerlessCache', { ServerlessCacheName: 'orders', ...properties });

test('a group without any of the properties needs the service-linked role alone', () => {
  expect(group({})).toEqual({ needs: ROLE, said: [] });
});

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/abcd';
const FOREIGN = KEY.replace('111122223333', '444455556666');

test.each<[unknown, string[]]>([
  [KEY, []],
  ['abcd', []],
  [FOREIGN, [
    `otherAccountKey: Service/Cache: KmsKeyId "${FOREIGN}" is of another account than its stack: the key's own policy `
    + "must allow the role there, too, and AWS's guide knows keys of the cache's own account only; allow it, and "
    + "acknowledge this warning, or use a key of the stack's account",
  ]],
])('a key may be %s', (value, said) => {
  expect(group({ KmsKeyId: value })).toEqual({
    needs: {
      KmsKeyId: { options: { encryptionKey: { encryptionKey: [value === 'abcd' ? KEY : value] } } }, ...ROLE,
    },
    said,
  });
});

test.each([
  'alias/orders', KEY.replace('key/', 'alias/'), KEY.replace('key/', 'key/key/'), `${KEY}:a`, `${KEY}*`, 'a b',
])(
  'a key may not be %s', (value) => {
    expect(group({ KmsKeyId: value })).toEqual({
      needs: ROLE,
      said: [`Service/Cache: KmsKeyId "${value}" is not the ID or the ARN of a key: IAM matches keys by their own ARN `
        + 'only, and by no alias; give the key that the alias stands for'],
    });
  });

test('a deletion policy that takes a snapshot needs any snapshot, and no other policy does', () => {
  const named = { arn: elastiCacheArn('snapshot:*'), name: '*', type: 'snapshot', isGenerated: true };
  const snapshot = {
    options: { finalSnapshot: {} },
    scope: {
      resources: [
        { type: 'replicationgroup', arn: elastiCacheArn('replicationgroup:orders'), conditions: [] },
        { type: 'snapshot', arn: elastiCacheArn('snapshot:*'), conditions: [] },
      ],
      conditions: [],
    },
    named: [named],
  };
  expect(group({}, { DeletionPolicy: 'Snapshot' }).needs).toEqual({ DeletionPolicy: snapshot, ...ROLE });
  expect(group({}, { UpdateReplacePolicy: 'Snapshot' }).needs).toEqual({ UpdateReplacePolicy: snapshot, ...ROLE });
  expect(group({}, { DeletionPolicy: 'Retain' }).needs).toEqual(ROLE);
});

test('the final snapshot of a serverless cache has a name', () => {
  const { needs } = serverless({ FinalSnapshotName: 'Last' });
  expect(needs.FinalSnapshotName.named).toEqual([
    { type: 'serverlesscachesnapshot', name: 'last', arn: elastiCacheArn('serverlesscachesnapshot:last') },
  ]);
  expect(needs.FinalSnapshotName.scope!.resources!.map(({ type }) => type)).toEqual(
    ['serverlesscache', 'serverlesscachesnapshot']);
  expect(serverless({ FinalSnapshotName: '*' }).said).toEqual([
    'Service/Cache: FinalSnapshotName "*" is no name of a serverlessCacheSnapshot: expected letters, digits, ".", "_" '
    + 'and "-"',
  ]);
});

test.each<[unknown, boolean]>([
  [undefined, true], ['vpc', true], ['public', false], [{ 'Fn::If': ['Open', 'public', 'vpc'] }, true],
  [{ 'Fn::If': ['Open', 'public', { Ref: 'AWS::NoValue' }] }, false], [{ Ref: 'Kind' }, true],
])('a serverless cache whose connection is %j has an endpoint in a VPC: %s', (ConnectionType, has) => {
  expect(serverless({ ConnectionType }).needs).toEqual(has ? { ConnectionType: { options: { vpcEndpoint: {} } } } : {});
});

const logs = (...configurations: unknown[]) => group({ LogDeliveryConfigurations: configurations });
const toLogGroup = { DestinationDetails: { CloudWatchLogsDetails: { LogGroup: 'slow' } } };
const toStream = (DeliveryStream: unknown) => (
  { DestinationDetails: { KinesisFirehoseDetails: { DeliveryStream } } });
const STREAM = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/engine';

test('logs that go to a delivery stream need it, and those that go to CloudWatch Logs have a warning', () => {
  const warning = 'logResourcePolicy: Service/Cache: LogDeliveryConfigurations needs logs:PutResourcePolicy on *, its '
    + 'only resource, with which every log group of the account can be opened to AWS services: acknowledge this '
    + 'warning, or deliver the logs to Firehose';
  const streams = { logDeliveryStreams: { logDeliveryStreams: [STREAM] } };
  const needs = (options: object) => ({ LogDeliveryConfigurations: { options }, ...ROLE });
  expect(logs(toLogGroup)).toEqual({ needs: needs({ logDelivery: {} }), said: [warning] });
  expect(logs(toStream('engine'))).toEqual({ needs: needs(streams), said: [] });
  expect(logs(toLogGroup, toStream('engine'))).toEqual(
    { needs: needs({ logDelivery: {}, ...streams }), said: [warning] });
  expect(logs()).toEqual({ needs: ROLE, said: [] });
});

test('logs that go where nobody knows are an error', () => {
  expect(logs(toStream('engine'), { 'Fn::ImportValue': 'Logs' }).said).toEqual([
    'Service/Cache: LogDeliveryConfigurations {"Fn::ImportValue":"Logs"} has no DestinationDetails that are known '
    + 'before deployment: give the log group or the delivery stream',
  ]);
  expect(logs(toStream({ 'Fn::ImportValue': 'Stream' })).said).toEqual([
    'Service/Cache: LogDeliveryConfigurations: DeliveryStream {"Fn::ImportValue":"Stream"} is only known at '
    + 'deployment, '
    + 'and could be any delivery stream: give a delivery stream of the app, or text',
  ]);
});

const seeds = (...SnapshotArns: unknown[]) => group({ SnapshotArns });
const noObject = (shown: string) => [
  `Service/Cache: SnapshotArns ${shown} is not the ARN of an S3 object: expected arn:PARTITION:s3:::BUCKET/KEY, of `
  + 'which '
  + "at least the beginning of the bucket's name is known before deployment",
];

test.each<[string, unknown, string, string]>([
  ['text', 'arn:aws:s3:::seeds/a/b.rdb', 'arn:aws:s3:::seeds', 'a/b.rdb'],
  ['a bucket\'s ARN', { 'Fn::Sub': '${Seeds.Arn}/a/b.rdb' }, 'arn:aws:s3:::my-seeds', 'a/b.rdb'],
  ['a bucket\'s name', { 'Fn::Sub': 'arn:aws:s3:::${Seeds}/a.rdb' }, 'arn:aws:s3:::my-seeds', 'a.rdb'],
  ['a bucket whose end is not known', { 'Fn::Sub': 'arn:aws:s3:::seeds-${Stage}/a.rdb' }, 'arn:aws:s3:::seeds-*',
    'a.rdb'],
])('an object may be %s', (_, value, bucketArn, key) => {
  expect(seeds(value)).toEqual({ needs: { SnapshotArns: { objects: [{ bucketArn, key }] }, ...ROLE }, said: [] });
});

test.each<[string, unknown, string[]]>([
  ['an address', 's3://seeds/a.rdb', noObject('"s3://seeds/a.rdb"')],
  ['an ARN within text', 'my-arn:aws:s3:::seeds/a.rdb', noObject('"my-arn:aws:s3:::seeds/a.rdb"')],
  ['a bucket that is not known', { 'Fn::Sub': 'arn:aws:s3:::${Stage}/a.rdb' },
    noObject('{"Fn::Sub":"arn:aws:s3:::${Stage}/a.rdb"}')],
  ['a key that is not known', { 'Fn::Sub': 'arn:aws:s3:::seeds/a/${Date}' }, [
    'Service/Cache: SnapshotArns {"Fn::Sub":"arn:aws:s3:::seeds/a/${Date}"} has a key that is only known at '
    + 'deployment, '
    + 'and could be any: give it as text',
  ]],
  ['another resource', { 'Fn::Sub': '${Topic.TopicArn}/a.rdb' }, [
    'Service/Cache: SnapshotArns {"Fn::Sub":"${Topic.TopicArn}/a.rdb"} leads to no bucket of the app: give a bucket of '
    + 'the app, or text',
  ]],
  ['the name of another resource', { 'Fn::Sub': 'arn:aws:s3:::${Topic}/a.rdb' }, [
    'Service/Cache: SnapshotArns {"Fn::Sub":"arn:aws:s3:::${Topic}/a.rdb"} leads to no bucket of the app: give a '
    + 'bucket '
    + 'of the app, or text',
  ]],
  ['a key that ends like a pattern', 'arn:aws:s3:::seeds/a*', [
    'literalWildcard: Service/Cache: SnapshotArns "arn:aws:s3:::seeds/a*": object key "a*" has "*" or "?", which is '
    + 'taken literally and matches nothing else: for every object under a prefix, use SnapshotSource.fromPrefix of an '
    + 'ElastiCacheAccessGrant with the text before it',
  ]],
])('an object may not be %s', (_, value, said) => {
  expect(seeds(value).said).toEqual(said);
});
