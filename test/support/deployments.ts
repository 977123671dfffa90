import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ElastiCacheDeploymentGrant } from '../../src';
import { newApp } from '../harness';

export const ENV = { account: '111122223333', region: 'eu-west-1' };

/** The most that a document may have, for tests that aren't about sizes. */
const ENOUGH = 100_000;

/** An app with a stack that is deployed, and one whose role deploys it. */
export interface Deployment {
  readonly app: App;
  readonly service: Stack;
  readonly platform: Stack;
}

export function newDeployment(
  env: { readonly account?: string; readonly region?: string } = ENV, context: Record<string, unknown> = {},
): Deployment {
  const app = newApp(context);
  const platform = new Stack(app, 'Platform', { env });
  // The newest versions of CDK refuse a stack without resources.
  new CfnResource(platform, 'Handle', { type: 'AWS::CloudFormation::WaitConditionHandle' });
  return { app, service: new Stack(app, 'Service', { env }), platform };
}

/** The grant of the platform's stack, after the resources have been made. */
export function deploymentGrant(
  { service, platform }: Deployment, deployed: IConstruct[] = [service], id = 'Deploy',
): ElastiCacheDeploymentGrant {
  return new ElastiCacheDeploymentGrant(platform, id, { deployed });
}

/** The whole policy, as the template of the platform's stack has it. */
export function documentOf(grant: ElastiCacheDeploymentGrant): any {
  return Stack.of(grant).resolve(grant.toPolicyDocument(ENOUGH));
}

/** The statements for one resource, in an order of their own. */
export function statementsFor(type: string, properties: Record<string, unknown>, attributes = {}): any[] {
  const deployment = newDeployment();
  const resource = new CfnResource(deployment.service, 'Resource', { type: `AWS::ElastiCache::${type}`, properties });
  Object.entries(attributes).forEach(([name, value]) => resource.addOverride(name, value));
  return inOrder(documentOf(deploymentGrant(deployment)).Statement);
}

/** The statements ordered by their text, since the order of a whole policy depends on all of it. */
export function inOrder(statements: any[]): any[] {
  const key = ({ Action, Resource, Condition }: any) => JSON.stringify([Action, Resource, Condition]);
  return [...statements].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The ARN of a resource of ElastiCache in the account and the Region that the tests deploy to. */
export function elastiCacheArn(rest: string): string {
  return `arn:aws:elasticache:${ENV.region}:${ENV.account}:${rest}`;
}

/** A user, with all that a template asks of one. */
export function newUser(stack: Stack, userId: unknown = 'app', id = 'User'): CfnResource {
  return new CfnResource(stack, id, {
    type: 'AWS::ElastiCache::User', properties: { Engine: 'valkey', UserName: 'app', UserId: userId },
  });
}
