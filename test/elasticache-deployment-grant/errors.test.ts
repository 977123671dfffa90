import { App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheDeploymentGrant } from '../../src';
import { messageOf, warningsOf } from '../harness';
import { Deployment, deploymentGrant, ENV, newDeployment, newUser } from '../support/deployments';

/** The error of a grant with these props. */
const errorOf = (props: unknown, deployment: Deployment = newDeployment()) => messageOf(() => (
  new ElastiCacheDeploymentGrant(deployment.platform, 'Deploy', props as any)));

test.each<[string, unknown, string]>([
  ['no props', undefined, 'props is undefined: expected an object that has deployed, such as { deployed: [stack] }'],
  ['text as props', 'stack', 'props is "stack": expected an object that has deployed, such as { deployed: [stack] }'],
  ['no list', {}, 'deployed is undefined: expected a list of constructs, such as [stack]'],
  ['null', { deployed: null }, 'deployed is null: expected a list of constructs, such as [stack]'],
  ['text', { deployed: 'Stack' }, 'deployed is "Stack": expected a list of constructs, such as [stack]'],
  ['an empty list', { deployed: [] },
    'deployed is empty, which would allow nothing: list at least one construct, such as the stack'],
])('%s', (_, props, problem) => {
  expect(errorOf(props)).toBe(`Platform/Deploy: ${problem}`);
});

test('items that are no constructs are listed together', () => {
  // eslint-disable-next-line no-sparse-arrays
  expect(errorOf({ deployed: [undefined, 'Stack', 5, { node: {} }, , new Date(0)] })).toBe([
    'Platform/Deploy: 6 problems:',
    '- deployed[0] is undefined: expected a construct, such as a Stack',
    '- deployed[1] is "Stack": expected a construct, such as a Stack',
    '- deployed[2] is 5: expected a construct, such as a Stack',
    '- deployed[3] is {"node":{}}: expected a construct, such as a Stack',
    '- deployed[4] is undefined: expected a construct, such as a Stack',
    '- deployed[5] is an object of class Date: expected a construct, such as a Stack',
  ].join('\n'));
});

test('a stack of another app', () => {
  const other = new Stack(new App(), 'Other');
  newUser(other);
  expect(errorOf({ deployed: [other] })).toBe(
    'Platform/Deploy: deployed[0] is "Other" of another app, of which CDK tells nothing: make the grant in the app of '
      + 'what '
    + 'it deploys, and pass on toPolicyDocument()');
});

test('nothing to deploy', () => {
  const deployment = newDeployment();
  new s3.Bucket(deployment.service, 'Bucket');
  expect(errorOf({ deployed: [deployment.service, deployment.platform] }, deployment)).toBe(
    'Platform/Deploy: deployed has no resource of ElastiCache that CloudFormation\'s handlers make, in Service and '
    + 'Platform: make the grant after the caches, or pass what holds them; of a stage, pass the stage itself');
  const empty = newDeployment();
  expect(errorOf({ deployed: [empty.app] }, empty)).toContain('handlers make, in the app: make the grant');
});

test('resources of two accounts, and of two partitions', () => {
  const deployment = newDeployment();
  const { app, service } = deployment;
  const other = new Stack(app, 'Other', { env: { account: '999999999999', region: 'eu-west-1' } });
  const china = new Stack(app, 'China', { env: { account: ENV.account, region: 'cn-north-1' } });
  [service, other, china].forEach((stack) => newUser(stack));
  expect(errorOf({ deployed: [service, other, china] }, deployment)).toBe([
    'Platform/Deploy: 2 problems:',
    '- deployed has resources of the accounts "111122223333" and "999999999999", and a role deploys to one: make a '
      + 'grant '
    + 'for each of the accounts',
    '- deployed has resources of the partitions "aws" and "aws-cn", and a role deploys to one: make a grant for each '
      + 'of '
    + 'the partitions',
  ].join('\n'));
});

test('resources of two Regions are allowed in each', () => {
  const deployment = newDeployment();
  const other = new Stack(deployment.app, 'Other', { env: { account: ENV.account, region: 'us-east-1' } });
  newUser(deployment.service);
  newUser(other);
  expect(deploymentGrant(deployment, [deployment.service, other]).statements[0].resources).toEqual([
    'arn:aws:elasticache:eu-west-1:111122223333:user:app', 'arn:aws:elasticache:us-east-1:111122223333:user:app',
  ]);
});

test.each<[string, (service: Stack) => unknown, string]>([
  ['a parameter', (service) => new CfnParameter(service, 'Name').valueAsString,
    'UserId "${Service/Name}" is only known at deployment, and could be any name: give the name of the user as text, '
      + 'or '
    + 'text that it begins with'],
  ['an import', () => ({ 'Fn::ImportValue': 'Name' }),
    'UserId {"Fn::ImportValue":"Name"} is only known at deployment, and could be any name: give the name of the user '
      + 'as '
    + 'text, or text that it begins with'],
  ['a dynamic reference', () => '{{resolve:ssm:name}}',
    'UserId "{{resolve:ssm:name}}" is only known at deployment, and could be any name: give the name of the user as '
      + 'text, '
    + 'or text that it begins with'],
  ['an unknown beginning', () => ({ 'Fn::Join': ['', [{ Ref: 'Nowhere' }, '-app']] }),
    'UserId "${Nowhere}-app" is only known at deployment, and could be any name: give the name of the user as text, or '
    + 'text that it begins with'],
  ['a resource of another type', (service) => new s3.Bucket(service, 'Bucket').bucketName,
    'UserId "${Service/Bucket/Resource}" leads to no user of the app: give its name as text, or the Ref of a resource '
      + 'of '
    + 'that type'],
  ['a wildcard', () => 'app-*', 'UserId "app-*" is no name of a user: expected letters, digits, ".", "_" and "-"'],
  ['a policy variable', () => '${aws:username}',
    'UserId "${aws:username}" is no name of a user: expected letters, digits, ".", "_" and "-"'],
  ['an ARN', () => 'arn:aws:elasticache:eu-west-1:111122223333:user:app',
    'UserId "arn:aws:elasticache:eu-west-1:111122223333:user:app" is no name of a user: expected letters, digits, ".", '
      + '"_" '
    + 'and "-"'],
  ['no text', () => ({ Nested: true }),
    'UserId {"Nested":true} is only known at deployment, and could be any name: give the name of the user as text, or '
      + 'text '
    + 'that it begins with'],
])('a name that is %s', (_, name, problem) => {
  const deployment = newDeployment();
  newUser(deployment.service, name(deployment.service));
  expect(messageOf(() => deploymentGrant(deployment))).toBe(`Platform/Deploy: Service/User: ${problem}`);
});

test.each([
  ['arn:aws:elasticache:eu-west-1:111122223333:user:app'], [{ 'Fn::ImportValue': 'Snapshot' }],
  [{ 'Fn::Sub': 'arn:aws:elasticache:eu-west-1:111122223333:snapshot:${Name}' }],
])('a snapshot to restore as %j', (value) => {
  const deployment = newDeployment();
  new CfnResource(deployment.service, 'Cache', {
    type: 'AWS::ElastiCache::ServerlessCache',
    properties: { ServerlessCacheName: 'orders', SnapshotArnsToRestore: [value] },
  });
  expect(messageOf(() => deploymentGrant(deployment))).toBe(
    `Platform/Deploy: Service/Cache: SnapshotArnsToRestore ${JSON.stringify(value)} leads to no `
      + 'serverlesscachesnapshot or snapshot of the '
    + 'app: give its ARN as text, or the Ref or the ARN of a resource of that type');
});

test('everything that is wrong is one error', () => {
  const deployment = newDeployment();
  newUser(deployment.service, '*', 'One');
  newUser(deployment.service, { 'Fn::ImportValue': 'Name' }, 'Two');
  expect(messageOf(() => deploymentGrant(deployment))).toBe([
    'Platform/Deploy: 2 problems:',
    '- Service/One: UserId "*" is no name of a user: expected letters, digits, ".", "_" and "-"',
    '- Service/Two: UserId {"Fn::ImportValue":"Name"} is only known at deployment, and could be any name: give the '
      + 'name of '
    + 'the user as text, or text that it begins with',
  ].join('\n'));
});

test('resources of EC2-Classic have no handlers, and a warning', () => {
  const deployment = newDeployment();
  newUser(deployment.service);
  new CfnResource(deployment.service, 'Classic', {
    type: 'AWS::ElastiCache::SecurityGroup', properties: { Description: 'Classic' },
  });
  new CfnResource(deployment.service, 'Ingress', {
    type: 'AWS::ElastiCache::SecurityGroupIngress',
    properties: { CacheSecurityGroupName: 'classic', EC2SecurityGroupName: 'web' },
  });
  const grant = deploymentGrant(deployment);
  expect(grant.permissions.filter(({ resource }) => /securitygroup/.test(resource))).toEqual([]);
  const warning = (id: string, type: string) => (
    `Service/${id} is of the type "AWS::ElastiCache::${type}", which serves EC2-Classic, and of whose calls AWS `
      + 'publishes '
    + 'no list: drop it, or allow what it needs with ElastiCacheAccessGrant, and acknowledge this warning '
    + '[ack: cdk-elasticache-grants:withoutHandlers]');
  expect(warningsOf(deployment.platform)).toEqual([
    warning('Classic', 'SecurityGroup'), warning('Ingress', 'SecurityGroupIngress'),
  ]);
});

describe('whom the policy goes to', () => {
  test.each([null, undefined, 5, 'role', {}])('can not be %j', (grantee) => {
    const deployment = newDeployment();
    newUser(deployment.service);
    expect(messageOf(() => deploymentGrant(deployment).to(grantee as any))).toMatch(/^Platform\/Deploy: grantee is /);
  });

  test('can not be of another account', () => {
    const deployment = newDeployment();
    newUser(deployment.service);
    const role = iam.Role.fromRoleArn(deployment.platform, 'Role', 'arn:aws:iam::999999999999:role/cdk-exec');
    expect(messageOf(() => deploymentGrant(deployment).toRole(role))).toBe(
      'Platform/Deploy: the grantee is of the account "999999999999", and what is deployed is of "111122223333", where '
      + 'nobody of another account can be allowed anything: pass a role of that account, or write toPolicyDocument() '
      + 'to a '
      + 'file for it');
  });

  test('can not be a service', () => {
    const deployment = newDeployment();
    newUser(deployment.service);
    const service = new iam.ServicePrincipal('cloudformation.amazonaws.com');
    expect(messageOf(() => deploymentGrant(deployment).to(service))).toMatch(/^Platform\/Deploy: /);
  });

  test('has to have space for it', () => {
    const deployment = newDeployment();
    Array.from({ length: 150 }, (_, index) => newUser(deployment.service, `application-${index}`, `User${index}`));
    expect(messageOf(() => deploymentGrant(deployment).toPolicyDocument())).toMatch(
      /^Platform\/Deploy: the policy has [\d,]+ characters, white space not counted, and may have 6,144: /);
  });
});
