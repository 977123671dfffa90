import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, DefaultStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as pipelines from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';
import { ElastiCacheDeploymentGrant } from '../../src';
import { newApp, policyStatements } from '../harness';
import { elastiCacheArn, ENV } from '../support/deployments';

/** The recipes of docs/deployment.md, each synthesized as a whole app. */
const ROLE_NAME = 'deploy-caches';
const roleArn = (account = ENV.account) => `arn:aws:iam::${account}:role/${ROLE_NAME}`;

/** A stack whose CloudFormation role is the one of the recipes. */
class Service extends Stack {
  constructor(scope: Construct, id: string, account = ENV.account) {
    super(scope, id, {
      env: { ...ENV, account },
      synthesizer: new DefaultStackSynthesizer({ cloudFormationExecutionRole: roleArn(account) }),
    });
    new elasticache.CfnServerlessCache(this, 'Cache', { serverlessCacheName: 'orders', engine: 'valkey' });
  }
}

function newExecutionRole(stack: Stack): iam.Role {
  return new iam.Role(stack, 'ExecutionRole', {
    roleName: ROLE_NAME, assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
  });
}

const vpc = `arn:aws:ec2:${ENV.region}:${ENV.account}`;
const STATEMENTS = [
  {
    Effect: 'Allow',
    Action: 'ec2:CreateVpcEndpoint',
    Resource: [`${vpc}:security-group/*`, `${vpc}:subnet/*`, `${vpc}:vpc/*`],
  },
  {
    Effect: 'Allow',
    Action: 'ec2:CreateTags',
    Resource: `${vpc}:vpc-endpoint/*`,
    Condition: {
      StringEquals: { 'aws:RequestTag/AmazonElastiCacheManaged': 'true', 'ec2:CreateAction': 'CreateVpcEndpoint' },
    },
  },
  {
    Effect: 'Allow',
    Action: 'ec2:CreateVpcEndpoint',
    Resource: `${vpc}:vpc-endpoint/*`,
    Condition: { StringLike: { 'ec2:VpceServiceName': 'com.amazonaws.elasticache.serverless.*' } },
  },
  {
    Effect: 'Allow',
    Action: [
      'elasticache:AddTagsToResource', 'elasticache:CreateServerlessCache', 'elasticache:DeleteServerlessCache',
      'elasticache:DescribeServerlessCaches', 'elasticache:ListTagsForResource', 'elasticache:ModifyServerlessCache',
      'elasticache:RemoveTagsFromResource',
    ],
    Resource: elastiCacheArn('serverlesscache:orders'),
  },
];

const executionRoleIn = (app: App, name: string) => (
  app.synth().getStackByName(name) as any).cloudFormationExecutionRoleArn;

test('a platform stack of the same app makes the role', () => {
  const app = newApp();
  const platform = new Stack(app, 'Platform', { env: ENV });
  const service = new Service(app, 'Service');
  service.addDependency(platform);
  new ElastiCacheDeploymentGrant(platform, 'DeployCaches', { deployed: [service] }).toRole(newExecutionRole(platform));

  expect(policyStatements(platform)).toEqual(STATEMENTS);
  expect(executionRoleIn(app, 'Service')).toBe(roleArn());
});

test('a file has the policy, for cdk bootstrap', () => {
  const app = newApp();
  const service = new Service(app, 'Service');
  const grant = new ElastiCacheDeploymentGrant(service, 'DeployCaches', { deployed: [service] });

  const file = join(mkdtempSync(join(tmpdir(), 'policy-')), 'deploy-caches.json');
  writeFileSync(file, JSON.stringify(grant.toPolicyDocument(), undefined, 2));

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ Version: '2012-10-17', Statement: STATEMENTS });
  // The stack itself stays as it is.
  app.synth();
  expect(Object.values(Template.fromStack(service).toJSON().Resources).map(({ Type }: any) => Type)).toEqual([
    'AWS::ElastiCache::ServerlessCache',
  ]);
});

test('the role is in another account than the pipeline', () => {
  const target = '444455556666';
  const app = newApp();
  const service = new Service(app, 'Service', target);
  const roles = new Stack(app, 'Roles', { env: { ...ENV, account: target } });
  const tools = new Stack(app, 'Tools', { env: ENV });
  new s3.Bucket(tools, 'Artifacts');
  const inTarget = JSON.parse(JSON.stringify(STATEMENTS).replaceAll(ENV.account, target));

  // The stack of the account that is deployed to makes the role; or another one hands the policy on.
  new ElastiCacheDeploymentGrant(roles, 'DeployCaches', { deployed: [service] }).toRole(newExecutionRole(roles));
  expect(policyStatements(roles)).toEqual(inTarget);
  const grant = new ElastiCacheDeploymentGrant(tools, 'DeployCaches', { deployed: [service] });
  expect(grant.toPolicyDocument().toJSON()).toEqual({ Version: '2012-10-17', Statement: inTarget });
});

test('a stage of CDK Pipelines deploys with the role', () => {
  class Production extends Stage {
    public readonly service: Service;

    constructor(scope: Construct, id: string) {
      super(scope, id, { env: ENV });
      this.service = new Service(this, 'Service');
    }
  }
  const app = newApp();
  const platform = new Stack(app, 'Platform', { env: ENV });
  const delivery = new Stack(app, 'Delivery', { env: ENV });
  const production = new Production(delivery, 'Production');
  const source = pipelines.CodePipelineSource.s3(s3.Bucket.fromBucketName(delivery, 'Source', 'my-source'), 'app.zip');
  const pipeline = new pipelines.CodePipeline(delivery, 'Pipeline', {
    synth: new pipelines.ShellStep('Synth', { input: source, commands: ['npx cdk synth'] }),
  });
  pipeline.addStage(production);
  const grant = new ElastiCacheDeploymentGrant(platform, 'DeployCaches', { deployed: [production] });
  grant.toRole(newExecutionRole(platform));

  expect(policyStatements(platform)).toEqual(STATEMENTS);
  app.synth();
  const found = Template.fromStack(delivery).findResources('AWS::CodePipeline::Pipeline');
  const [codePipeline]: any[] = Object.values(found);
  const roles = codePipeline.Properties.Stages.flatMap(({ Actions }: any) => Actions)
    .map(({ Configuration }: any) => Configuration.RoleArn).filter((role: unknown) => role !== undefined);
  expect(roles).toEqual([roleArn()]);
});

