import { Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
  SnapshotSource,
} from '../../src';
import { OPERATIONS, RESOURCE_TYPES } from '../../src/private/catalog/catalog.generated';
import { deployed, IN_EUROPE, MINIMIZE, newRole, newStack } from '../harness';

/** A value of a template once it is deployed, with each bucket named after its logical ID. */
const inEurope = (value: unknown) => deployed(value, IN_EUROPE, (logicalId) => logicalId.toLowerCase());

/** The props of a grant as data, so that they can be made again in another stack and another order. */
export interface Recipe {
  readonly operations: string[];
  readonly objects: { readonly bucket: 'named' | 'token' | 'construct'; readonly keys: string[] }[];
  readonly prefix?: string;
  readonly resources?: [string, string][];
  readonly conditions: [string, string, string[]][];

  /** A condition of every other resource. */
  readonly ownCondition?: [string, string, string[]];
  readonly options: string[];
}

export const RESOURCES = [
  'cacheCluster',
  'globalReplicationGroup',
  'parameterGroup',
  'replicationGroup',
  'reservedCacheNode',
  'securityGroup',
  'serverlessCache',
  'serverlessCacheSnapshot',
  'snapshot',
  'subnetGroup',
  'user',
  'userGroup',
] as const;

const keys = fc.oneof(
  fc.uniqueArray(fc.constantFrom('a.rdb', 'a*.rdb', 'a?', '${a}', 'ab.rdb', 'é'), { minLength: 1, maxLength: 4 }),
  fc.integer({ min: 1, max: 150 }).map((count) => (
    Array.from({ length: count }, (_, index) => `nightly/shard-${index}.rdb`)
  )),
);

/** Mostly of props that fit together, so that most recipes make a grant. */
export const recipes: fc.Arbitrary<Recipe> = fc.record({
  operations: fc.subarray(ElastiCacheOperation.all().map(String), { minLength: 1, maxLength: 12 }),
  objects: fc.array(fc.record({
    bucket: fc.constantFrom('named' as const, 'token' as const, 'construct' as const), keys,
  }), { maxLength: 2 }),
  prefix: fc.option(fc.constantFrom('archive/', 'a'), { nil: undefined, freq: 4 }),
  resources: fc.option(fc.uniqueArray(fc.tuple(fc.constantFrom<string>(...RESOURCES), fc.constantFrom('a', 'prod-*')), {
    selector: String, minLength: 8, maxLength: 24,
  }), { nil: undefined, freq: 2 }),
  conditions: fc.subarray<[string, string, string[]]>([
    ['StringEquals', 'aws:ResourceTag/team', ['cache', 'ops']],
    ['StringEquals', 'elasticache:EngineType', ['redis']],
    ['StringEquals', 'aws:RequestedRegion', ['eu-west-1']],
    ['Bool', 'aws:MultiFactorAuthPresent', ['true']],
  ], { maxLength: 2 }),
  ownCondition: fc.option(fc.constantFrom<[string, string, string[]]>(
    ['StringEquals', 'aws:PrincipalTag/team', ['cache', 'ops']],
    ['StringLike', 'aws:ResourceTag/team', ['o*', 'c*']],
  ), { nil: undefined }),
  options: fc.subarray([
    'tagOnCreate', 'finalSnapshot', 'logDelivery', 'serviceLinkedRole', 'encryptionKey', 'exportBuckets',
  ], { maxLength: 2 }),
}).map((recipe) => {
  const operations = [
    ...recipe.operations,
    ...(recipe.objects.length > 0 || recipe.prefix !== undefined ? ['CreateReplicationGroup'] : []),
  ];
  const supported = operations.filter((name) => granted(name, { conditions: recipe.conditions }));
  const conditions = supported.length > 0 ? recipe.conditions : [];
  const kept = supported.length > 0 ? supported : operations;
  const accepted = (type: string) => (
    kept.some((name) => Object.keys(OPERATIONS[name].types ?? {}).some((own) => RESOURCE_TYPES[own].name === type))
  );
  return {
    ...recipe,
    operations: kept,
    conditions,
    options: recipe.options.filter((option) => kept.some((name) => granted(name, { options: [option] }))),
    objects: kept.includes('CreateReplicationGroup') ? recipe.objects : [],
    prefix: kept.includes('CreateReplicationGroup') ? recipe.prefix : undefined,
    resources: recipe.resources?.filter(([type]) => accepted(type)),
  };
});

/** Whether these props make a grant of the operation alone. */
function granted(operation: string, some: Partial<Recipe>): boolean {
  const known = JSON.stringify([operation, some]);
  if (!KNOWN.has(known)) {
    KNOWN.set(known, attach(
      { operations: [operation], objects: [], conditions: [], options: [], ...some }, 'role', false,
    ) !== undefined);
  }
  return KNOWN.get(known)!;
}
const KNOWN = new Map<string, boolean>();

/** The props of a recipe, or the same in another order. */
function propsOf(recipe: Recipe, stack: Stack, reverse = false): ElastiCacheAccessGrantProps {
  const inOrder = <T>(list: T[]) => (reverse ? [...list, ...list].reverse() : list);
  const bucket = new s3.CfnBucket(stack, 'Bucket');
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a');
  const sources = {
    named: (of: string[]) => SnapshotSource.fromBucketName('named', of),
    token: (of: string[]) => SnapshotSource.fromBucketName(`token-${Aws.ACCOUNT_ID}`, of),
    construct: (of: string[]) => SnapshotSource.fromBucket(bucket, of),
  };
  const values: Record<string, unknown> = { encryptionKey: key, exportBuckets: [bucket] };
  return {
    operations: inOrder(recipe.operations).map((name) => ElastiCacheOperation.of(name)),
    snapshots: inOrder([
      ...recipe.objects.map((object) => sources[object.bucket](inOrder(object.keys))),
      ...recipe.prefix === undefined ? [] : [SnapshotSource.fromPrefix(bucket, recipe.prefix)],
    ]),
    resources: recipe.resources
      && inOrder(recipe.resources.map((one, index) => [...one, index % 2] as const)).map(([type, name, odd]) => {
        const resource = ElastiCacheResource[type as typeof RESOURCES[number]](name);
        const [operator, conditionKey, list] = recipe.ownCondition ?? [];
        return operator === undefined || odd
          ? resource
          : resource.withCondition(ElastiCacheCondition.of(operator, conditionKey!, inOrder(list!)));
      }),
    conditions: recipe.conditions.map(([operator, conditionKey, list]) => (
      ElastiCacheCondition.of(operator, conditionKey, inOrder(list))
    )),
    ...Object.fromEntries(recipe.options.map((option) => [option, values[option] ?? true])),
  };
}

export const PRINCIPALS: Record<string, (stack: Stack) => iam.IGrantable> = {
  role: newRole,
  importedRole: (stack) => iam.Role.fromRoleName(stack, 'Principal', 'restorer'),
  user: (stack) => new iam.User(stack, 'Principal'),
  group: (stack) => new iam.Group(stack, 'Principal'),
};

/** The characters that an inline policy of each may have. */
export const LIMITS: Record<string, number> = { role: 10240, importedRole: 10240, user: 2048, group: 5120 };

/** The beginning of an error of this library. */
export const OURS = /^(Stack\/Grant|ElastiCache(Operation|Resource|Condition)\.\w+|SnapshotSource\.\w+): /;

/**
 * What the principal may do once deployed, and its policies; undefined if the library refuses the recipe with an error.
 */
export function attach(recipe: Recipe, principal: string, minimize: boolean, reverse = false) {
  const stack = newStack({ context: { [MINIMIZE]: minimize } });
  const to = PRINCIPALS[principal](stack);
  const props = propsOf(recipe, stack, reverse);
  try {
    const grant = new ElastiCacheAccessGrant(stack, 'Grant', props);
    grant.to(to);
    const { Resources } = Template.fromStack(stack).toJSON();
    const policies: any[] = Object.values<any>(Resources).filter(({ Type }) => (
      /^AWS::IAM::(Managed)?Policy$/.test(Type)
    ));
    return {
      template: Resources,
      permissions: inEurope(stack.resolve(grant.permissions)) as any[],
      policies: policies.map(({ Type, Properties }) => ({ type: Type, document: inEurope(Properties.PolicyDocument) })),
    };
  } catch (error) {
    expect((error as Error).message).toMatch(OURS);
    return undefined;
  }
}

