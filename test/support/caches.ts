import { RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CacheClusterGrants, ElastiCacheOperation, ReplicationGroupGrants, ServerlessCacheGrants } from '../../src';
import { OPERATIONS } from '../../src/private/catalog/catalog.generated';
import { IN_EUROPE, newRole, newStack } from '../harness';
import { allows } from './evaluator';

export const ENV = { region: 'eu-west-1', account: '111122223333' };

/** An imported user. The newest versions of CDK have no static for it, and the oldest one takes it as this. */
export function importedUser(stack: Stack, userId: string, account = ENV.account): any {
  return new Around(stack, `Imported ${userId}`, () => ({
    userRef: { userId, userArn: `arn:aws:elasticache:${ENV.region}:${account}:user:${userId}` },
  }), { ...ENV, account });
}

/** A name as a template has it: literals and references. */
export type Name = (string | { readonly Ref: string })[];

/** A construct of a cache, with its name as the template has it. */
export interface GivenCache {
  readonly construct: any;
  readonly name: Name;

  /** Whether the app has its resource, and so tells that it names no parameter group. */
  readonly inApp: boolean;
}

/** A construct around something, as L2 constructs are, or with a reference that somebody has made by hand. */
export class Around extends Resource {
  constructor(scope: Construct, id: string, members: (self: Construct) => object, env?: typeof ENV) {
    super(scope, id, env && { account: env.account, region: env.region });
    Object.assign(this, members(this));
  }
}

export const replicationGroup = (
  scope: Construct, props: Partial<elasticache.CfnReplicationGroupProps> = {}, id = 'Cache',
) => new elasticache.CfnReplicationGroup(scope, id, {
  replicationGroupDescription: 'orders', engine: 'valkey', transitEncryptionEnabled: true, ...props,
});
export const serverlessCache = (
  scope: Construct, props: Partial<elasticache.CfnServerlessCacheProps> = {}, id = 'Cache',
) => namedOnly(new elasticache.CfnServerlessCache(scope, id, {
  serverlessCacheName: 'orders', engine: 'valkey', ...props,
}));

/**
 * A serverless cache whose reference tells its name alone, as in the oldest version of CDK. The newest ones tell the
 * ARN, too, which is used as it is: the tests of ElastiCacheResource show that.
 */
function namedOnly<T>(cache: T): T {
  const { serverlessCacheName } = (cache as any).serverlessCacheRef;
  Object.defineProperty(cache, 'serverlessCacheRef', { value: { serverlessCacheName } });
  return cache;
}
export const cacheCluster = (
  scope: Construct, props: Partial<elasticache.CfnCacheClusterProps> = {}, id = 'Cache',
) => new elasticache.CfnCacheCluster(scope, id, {
  engine: 'valkey', cacheNodeType: 'cache.t4g.micro', numCacheNodes: 1, ...props,
});
export const iamUser = (scope: Construct, id = 'User', props: Partial<elasticache.CfnUserProps> = {}) => (
  new elasticache.CfnUser(scope, id, {
    engine: 'valkey', userId: 'app', userName: 'app', authenticationMode: { Type: 'iam' }, ...props,
  }));

type References = [title: string, make: (stack: Stack) => GivenCache][];

const reference = (create: (scope: Construct, props: any, id?: string) => any, member: string): References => [
  ['an L1 without a name', (stack) => ({ construct: create(stack, {}), name: [{ Ref: 'Cache' }], inApp: true })],
  ['an L2 around an L1', (stack) => ({
    construct: new Around(stack, 'L2', (self) => {
      const resource = create(self, {}, 'Resource');
      resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
      return { [member]: resource[member] };
    }),
    name: [{ Ref: 'L2CD7B2F13' }],
    inApp: true,
  })],
];
const handMade = (
  member: string, names: string,
): References[number] => ['a reference that was made by hand', (stack) => ({
  construct: new Around(stack, 'Imported', () => ({ [member]: { [names]: 'orders' } })), name: ['orders'], inApp: false,
})];

/** What kinds of constructs a cache of each type may be. */
export const REPLICATION_GROUPS: References = [
  ...reference(replicationGroup, 'replicationGroupRef'),
  ['an L1 with a name', (stack) => ({
    construct: replicationGroup(stack, { replicationGroupId: 'orders' }), name: [{ Ref: 'Cache' }], inApp: true,
  })],
  ['imported by its ID', (stack) => ({
    construct: elasticache.CfnReplicationGroup.fromReplicationGroupId(stack, 'Imported', 'orders'),
    name: ['orders'],
    inApp: false,
  })],
  handMade('replicationGroupRef', 'replicationGroupId'),
];
export const SERVERLESS_CACHES: References = [
  ...reference(serverlessCache, 'serverlessCacheRef'),
  ['imported by its name', (stack) => ({
    construct: namedOnly(elasticache.CfnServerlessCache.fromServerlessCacheName(stack, 'Imported', 'orders')),
    name: ['orders'],
    inApp: false,
  })],
  ['imported by @aws-cdk/aws-elasticache-alpha', (stack) => ({
    construct: new Around(stack, 'Imported', () => ({
      serverlessCacheRef: {
        serverlessCacheName: 'orders',
        serverlessCacheArn: stack.formatArn({ service: 'elasticache', resource: 'serverlesscache/orders' }),
      },
    })),
    name: ['orders'],
    inApp: false,
  })],
  handMade('serverlessCacheRef', 'serverlessCacheName'),
];
export const CACHE_CLUSTERS: References = [
  ...reference(cacheCluster, 'cacheClusterRef'),
  ['an L1 with a name', (stack) => ({
    construct: cacheCluster(stack, { clusterName: 'orders' }), name: [{ Ref: 'Cache' }], inApp: true,
  })],
  handMade('cacheClusterRef', 'cacheClusterId'),
  ['a reference as newer versions of CDK have it', handMade('cacheClusterRef', 'clusterName')[1]],
];

/** Whoever can have a policy. */
export const GRANTEES: [title: string, make: (stack: Stack) => iam.IGrantable][] = [
  ['a role', (stack) => newRole(stack)],
  ['a Lambda function', (stack) => new lambda.Function(stack, 'Function', {
    code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
  })],
  ['a user', (stack) => new iam.User(stack, 'Person')],
  ['a group', (stack) => new iam.Group(stack, 'Team')],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'ImportedRole', 'deployer')],
];

/** The ARN of a resource in the Region and the account of `ENV`, as CDK writes it. */
export function arnOf(type: string, ...name: Name) {
  const scope = type === 'globalreplicationgroup' ? '' : ENV.region;
  const parts = ['arn:', { Ref: 'AWS::Partition' }, `:elasticache:${scope}:${ENV.account}:${type}:`, ...name];
  const joined = parts.reduce<unknown[]>((all, part) => {
    const last = all[all.length - 1];
    return typeof part === 'string' && typeof last === 'string' ? [...all.slice(0, -1), last + part] : [...all, part];
  }, []);
  return { 'Fn::Join': ['', joined] };
}

/** The nodes of a replication group, as CDK writes their ARNs. */
export const nodesOf = (name: Name) => [arnOf('cluster', ...name, '-???'), arnOf('cluster', ...name, '-????-???')];

/** A policy document as deployed to eu-west-1, where each resource of ElastiCache is named after its logical ID. */
export function deployedTo(stack: Stack): any[] {
  const resources: Record<string, any> = Template.fromStack(stack).toJSON().Resources;
  const names = (logicalId: string) => logicalId.toLowerCase();
  const type = (logicalId: string) => resources[logicalId].Type.split('::')[2].toLowerCase();
  return Object.values(resources)
    .filter(({ Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type))
    .map(({ Properties }) => JSON.parse(JSON.stringify(Properties.PolicyDocument), (_, value) => {
      if (value?.Ref) { return IN_EUROPE[value.Ref] ?? names(value.Ref); }
      if (value?.['Fn::GetAtt']) { return here(type(value['Fn::GetAtt'][0]), names(value['Fn::GetAtt'][0])); }
      return value?.['Fn::Join'] ? value['Fn::Join'][1].join('') : value;
    }));
}

/** An ARN in the Region and the account of `ENV`. */
export const here = (type: string, name: string) => (
  `arn:aws:elasticache:${type === 'globalreplicationgroup' ? '' : ENV.region}:${ENV.account}:${type}:${name}`);

type Grants = CacheClusterGrants | ReplicationGroupGrants | ServerlessCacheGrants;

/** The resource types that `operations` allows an operation on, or the error that it throws, without the path. */
function typesAllowed(grantsIn: (stack: Stack) => Grants, operation: ElastiCacheOperation): string[] | string {
  const stack = newStack({ env: ENV });
  try {
    grantsIn(stack).operations(newRole(stack), [operation]);
  } catch (error) {
    return (error as Error).message.replace('Stack/Cache: ', '');
  }
  const types = deployedTo(stack).flatMap(({ Statement }) => Statement)
    .filter(({ Action }) => [Action].flat().includes(`elasticache:${operation.operationName}`))
    .flatMap(({ Resource: arns }) => [arns].flat())
    .map((arn: string) => arn.split(':')[5] ?? arn);
  return [...new Set(types)].sort();
}

/** What `operations` allows each operation on, and what is missing for the others. */
export function outcomes(grantsIn: (stack: Stack) => Grants) {
  const all = ElastiCacheOperation.all().map(({ operationName, action }) => (
    [operationName, action, typesAllowed(grantsIn, ElastiCacheOperation.of(operationName))] as const));
  return {
    allowed: Object.fromEntries(all.flatMap(([name, , outcome]) => (Array.isArray(outcome) ? [[name, outcome]] : []))),
    errors: all.flatMap(([, , outcome]) => (Array.isArray(outcome) ? [] : [outcome])),
  };
}

/** How an error says what is missing: the operation, the types, and the static of each. */
export const MISSING = new RegExp('^(?:\\d problems:\n- )?(?:EXPORT_SERVERLESS_CACHE_SNAPSHOT needs exportBuckets of '
  + '|[A-Z_]+ also needs an? \\w+(?: or a \\w+)?: add ElastiCacheResource\\.\\w+\\(\'.*\'\\))');

/** The operations that no resource can limit. */
export const UNLIMITED = Object.fromEntries([
  'DescribeCacheEngineVersions', 'DescribeEngineDefaultParameters', 'DescribeEvents',
  'DescribeReservedCacheNodesOfferings', 'DescribeServiceUpdates',
].map((name) => [name, ['*']]));

/** What a method allows: each of these ARNs with the operations that are allowed on it, and nothing else. */
export function allowedIn(stack: Stack, arns: Record<string, string>): Record<string, string[]> {
  const documents = deployedTo(stack);
  const operations = Object.keys(OPERATIONS);
  return Object.fromEntries(Object.entries(arns).flatMap(([title, resource]) => {
    const allowed = operations.filter((name) => allows(documents, { action: `elasticache:${name}`, resource }));
    return allowed.length === 0 ? [] : [[title, allowed]];
  }));
}

/** The resources that are none of the cache's, whose names are much like it. */
export const NEIGHBORS: Record<string, string> = Object.fromEntries([
  ...['replicationgroup', 'serverlesscache', 'cluster'].flatMap((type) => [
    here(type, 'orders-archive'), here(type, 'order'), here(type, 'orders2'), here(type, 'prod-orders'),
    here(type, 'orders').replace('eu-west-1', 'eu-west-2'),
    here(type, 'orders').replace('111122223333', '444455556666'),
  ]),
  here('cluster', 'orders-archive-001'), here('cluster', 'orders-archive-0001-001'), here('cluster', 'orders-'),
  here('cluster', 'orders-001').replace('eu-west-1', 'eu-west-2'),
  here('cluster', 'orders-0001-001').replace('111122223333', '444455556666'),
  here('user', 'admin'), here('user', 'app2'), here('user', 'app').replace('eu-west-1', 'eu-west-2'),
  here('user', 'app').replace('111122223333', '444455556666'),
  here('usergroup', 'team2'), here('parametergroup', 'params2'), here('parametergroup', 'default.redis7'),
  here('subnetgroup', 'nets2'), here('globalreplicationgroup', 'ldgnf-orders2'), here('snapshot', 'start2'),
  here('snapshot', 'orders'), here('snapshot', 'orders2-1'), here('snapshot', 'automatic.orders-2026-01-01'),
  here('serverlesscachesnapshot', 'orders'), here('serverlesscachesnapshot', 'orders2-1'),
  here('serverlesscachesnapshot', 'start2'), here('reserved-instance', 'orders'), here('securitygroup', 'orders'),
].map((arn) => [arn, arn]));
