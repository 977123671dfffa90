import { CfnCondition, CfnParameter, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  arnOrTextOf, BUCKET, Deployment, KEY, Kind, referencedArn, STREAM,
} from '../../../src/private/deployment/references';
import { TemplateResource, templateResourceOf } from '../../../src/private/deployment/template';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newDeployment, newUser } from '../../support/deployments';

/** A stack that is deployed, and one with the grant. */
function deployed(context: Record<string, unknown> = {}) {
  const { service, platform } = newDeployment(undefined, context);
  const user = templateResourceOf(newUser(service))!;
  return { service, platform, user, deployment: { scope: platform, resources: [user] } };
}

function arnOf(element: CfnResource, kind: Kind, deployment: Deployment) {
  const diagnostics = new Diagnostics();
  const arn = referencedArn({ element, attribute: 'Ref' }, kind, 'It', deployment, diagnostics);
  return arn === undefined ? diagnostics.errorTexts : Stack.of(deployment.scope).resolve(arn);
}

const bucketNamed = (stack: Stack, bucketName: unknown) => (
  new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket', properties: { BucketName: bucketName } }));

// Red if a name is taken for known, or for a literal one, that isn't.
test.each<[string, (stack: Stack) => unknown, string | undefined]>([
  ['text', () => 'seeds', 'seeds'],
  ['text with the Region', () => ({ 'Fn::Sub': 'seeds-${AWS::Region}-a' }), 'seeds-eu-west-1-a'],
  ['text whose end is not known', (stack) => `seeds-${new CfnParameter(stack, 'Name').valueAsString}`, 'seeds-*'],
  ['text whose beginning is not known', (stack) => `${new CfnParameter(stack, 'Name').valueAsString}-seeds`, undefined],
  ['text that is no name', () => 'my seeds', undefined],
  ['text that has a wildcard', () => 'seeds*', undefined],
  ['empty', () => '', undefined],
  ['missing', () => undefined, undefined],
  ['one of two', () => Fn.conditionIf('Big', 'big', 'small'), undefined],
])('a bucket of the deployed stack whose name is %s', (_, name, literal) => {
  const { service, deployment } = deployed();
  new CfnCondition(service, 'Big', { expression: Fn.conditionEquals('a', 'b') });
  const arn = arnOf(bucketNamed(service, name(service)), BUCKET, deployment);
  expect(arn).toEqual(literal === undefined
    ? ['It is the bucket Service/Bucket, whose name is only known once it is deployed, by the role that needs the '
      + 'permission: set its BucketName, or make it in a stack of its own, or in that of the grant']
    : `arn:aws:s3:::${literal}`);
});

test.each<[string, Kind, string]>([
  ['AWS::KMS::Key', KEY, 'It'],
  ['AWS::KMS::ReplicaKey', KEY, 'It'],
  ['AWS::S3::Bucket', BUCKET, 'It'],
  ['AWS::KinesisFirehose::DeliveryStream', STREAM, 'It'],
])('%s is such a resource, and others are none', (type, kind) => {
  const { platform, deployment } = deployed();
  expect(arnOf(new CfnResource(platform, 'One', { type }), kind, deployment)).toEqual({ 'Fn::GetAtt': ['One', 'Arn'] });
  expect(arnOf(new CfnResource(platform, 'Other', { type: 'AWS::SNS::Topic' }), kind, deployment)).toEqual(
    [`It leads to no ${kind.name} of the app: give a ${kind.name} of the app, or text`]);
});

test('a bucket in a nested stack of what is deployed is deployed with it', () => {
  const { service, deployment } = deployed();
  const [error] = arnOf(bucketNamed(new NestedStack(service, 'Nested'), undefined), BUCKET, deployment);
  expect(error).toMatch(/^It is the bucket Service\/Nested\/Bucket, whose name is only known once it is deployed/);
});

test('a bucket beside the nested stack that is deployed is deployed with it', () => {
  const { service, platform } = newDeployment();
  const user = templateResourceOf(newUser(new NestedStack(service, 'Nested')))!;
  const [error] = arnOf(bucketNamed(service, undefined), BUCKET, { scope: platform, resources: [user] });
  expect(error).toMatch(/^It is the bucket Service\/Bucket, whose name is only known once it is deployed/);
});

/** What a value of the deployed stack is: an ARN, text, or neither with an error. */
function read(value: (stack: Stack) => unknown, kind: Kind = KEY) {
  const { service, user, deployment } = deployed();
  const cache = { ...user, definition: {} } as TemplateResource;
  const diagnostics = new Diagnostics();
  const found = arnOrTextOf(service.resolve(value(service)), kind, 'KmsKeyId', cache, deployment, diagnostics);
  return found ?? diagnostics.errorTexts;
}

const LATE = 'is only known at deployment, and could be any key: give a key of the app, or text';

test.each<[string, (stack: Stack) => unknown, unknown]>([
  ['text', () => 'abcd', { text: 'abcd' }],
  ['text with the account', () => Fn.sub('${AWS::AccountId}-a'), { text: '111122223333-a' }],
  ['text whose end is not known', () => ({ 'Fn::Join': ['', ['a', { 'Fn::ImportValue': 'Key' }]] }),
    [`Service/User: KmsKeyId {"Fn::Join":["",["a",{"Fn::ImportValue":"Key"}]]} ${LATE}`]],
  ['an import', () => ({ 'Fn::ImportValue': 'Key' }), [`Service/User: KmsKeyId {"Fn::ImportValue":"Key"} ${LATE}`]],
  ['a key with text', (stack) => `${new kms.Key(stack, 'Key').keyId}-a`,
    [`Service/User: KmsKeyId "\${Key961B73FD}-a" ${LATE}`]],
  ['a bucket', (stack) => new s3.CfnBucket(stack, 'Seeds', { bucketName: 'seeds' }).ref,
    ['Service/User: KmsKeyId "${Seeds}" leads to no key of the app: give a key of the app, or text']],
])('a key that is given as %s', (_, value, expected) => {
  expect(read(value)).toEqual(expected);
});

test('a bucket that is given by its Ref has the ARN of its name', () => {
  expect(read((stack) => new s3.CfnBucket(stack, 'Seeds', { bucketName: 'seeds' }).ref, BUCKET))
    .toEqual({ arn: 'arn:aws:s3:::seeds' });
});
