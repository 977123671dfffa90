import { Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { allows, Request } from './evaluator';
import { deployed, IN_EUROPE, MINIMIZE, newRole, newStack } from './harness';
import { ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource, SnapshotSource } from '../src';
import { OPERATIONS, RESOURCE_TYPES } from '../src/private/catalog/catalog.generated';

/** A template's value as it is once deployed, with each bucket named by its logical id. */
const inEurope = (value: unknown) => deployed(value, IN_EUROPE, (logicalId) => logicalId.toLowerCase());

/** What a grant is made of, as data, so that one grant can be made again in another stack and another order. */
interface Recipe {
  readonly operations: string[];
  readonly objects: { readonly bucket: 'named' | 'token' | 'construct'; readonly keys: string[] }[];
  readonly prefix?: string;
  readonly resources?: [string, string][];
  readonly conditions: [string, string, string[]][];
  readonly options: string[];
}

const RESOURCES = [
  'cacheCluster', 'globalReplicationGroup', 'parameterGroup', 'replicationGroup', 'reservedCacheNode', 'securityGroup', 'serverlessCache',
  'serverlessCacheSnapshot', 'snapshot', 'subnetGroup', 'user', 'userGroup',
] as const;

const keys = fc.oneof(
  fc.uniqueArray(fc.constantFrom('a.rdb', 'a*.rdb', 'a?', '${a}', 'ab.rdb', 'é'), { minLength: 1, maxLength: 4 }),
  fc.integer({ min: 1, max: 150 }).map((count) => Array.from({ length: count }, (_, index) => `nightly/shard-${index}.rdb`)),
);

/** Mostly of things that go together, so that most are granted. */
const recipes: fc.Arbitrary<Recipe> = fc.record({
  operations: fc.subarray(ElastiCacheOperation.all().map(String), { minLength: 1, maxLength: 12 }),
  objects: fc.array(fc.record({ bucket: fc.constantFrom('named' as const, 'token' as const, 'construct' as const), keys }), { maxLength: 2 }),
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
  options: fc.subarray(['tagOnCreate', 'finalSnapshot', 'logDelivery', 'serviceLinkedRole', 'encryptionKey', 'exportBuckets'], { maxLength: 2 }),
}).map((recipe) => {
  const operations = [...recipe.operations, ...(recipe.objects.length > 0 || recipe.prefix !== undefined ? ['CreateReplicationGroup'] : [])];
  const carrying = operations.filter((name) => granted(name, { conditions: recipe.conditions }));
  const conditions = carrying.length > 0 ? recipe.conditions : [];
  const kept = carrying.length > 0 ? carrying : operations;
  const taken = (type: string) => kept.some((name) => Object.keys(OPERATIONS[name].types ?? {}).some((own) => RESOURCE_TYPES[own].name === type));
  return {
    ...recipe,
    operations: kept,
    conditions,
    options: recipe.options.filter((option) => kept.some((name) => granted(name, { options: [option] }))),
    objects: kept.includes('CreateReplicationGroup') ? recipe.objects : [],
    prefix: kept.includes('CreateReplicationGroup') ? recipe.prefix : undefined,
    resources: recipe.resources?.filter(([type]) => taken(type)),
  };
});

/** Whether the operation alone is granted so. */
function granted(operation: string, some: Partial<Recipe>): boolean {
  const known = JSON.stringify([operation, some]);
  if (!KNOWN.has(known)) {
    KNOWN.set(known, deliver({ operations: [operation], objects: [], conditions: [], options: [], ...some }, 'role', false) !== undefined);
  }
  return KNOWN.get(known)!;
}
const KNOWN = new Map<string, boolean>();

/** The same set of things, in another order when asked. */
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
    resources: recipe.resources && inOrder(recipe.resources).map(([type, name]) => ElastiCacheResource[type as typeof RESOURCES[number]](name)),
    conditions: recipe.conditions.map(([operator, conditionKey, list]) => ElastiCacheCondition.of(operator, conditionKey, inOrder(list))),
    ...Object.fromEntries(recipe.options.map((option) => [option, values[option] ?? true])),
  };
}

const PRINCIPALS: Record<string, (stack: Stack) => iam.IGrantable> = {
  role: newRole,
  importedRole: (stack) => iam.Role.fromRoleName(stack, 'Principal', 'restorer'),
  user: (stack) => new iam.User(stack, 'Principal'),
  group: (stack) => new iam.Group(stack, 'Principal'),
};
const LIMITS: Record<string, number> = { role: 10240, importedRole: 10240, user: 2048, group: 5120 };
const OURS = /^(Stack\/Grant|ElastiCache(Operation|Resource|Condition)\.\w+|SnapshotSource\.\w+): /;

/** What the principal may do once deployed, by which documents; undefined where the recipe is refused, by an error of ours. */
function deliver(recipe: Recipe, principal: string, minimize: boolean, reverse = false) {
  const stack = newStack({ context: { [MINIMIZE]: minimize } });
  const to = PRINCIPALS[principal](stack);
  const props = propsOf(recipe, stack, reverse);
  try {
    const grant = new ElastiCacheAccessGrant(stack, 'Grant', props);
    grant.to(to);
    const { Resources } = Template.fromStack(stack).toJSON();
    const policies: any[] = Object.values<any>(Resources).filter(({ Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type));
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

const ACTIONS = [
  ...ElastiCacheOperation.all().map(({ action }) => action), 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket',
  's3:GetBucketLocation', 's3:ListAllMyBuckets', 's3:GetBucketAcl', 'kms:DescribeKey', 'kms:CreateGrant', 'kms:Decrypt', 'logs:CreateLogDelivery',
  'iam:CreateServiceLinkedRole', 'iam:PassRole',
];

/** Resources that somebody may ask for: those that are allowed, with their wildcards filled in, and their neighbours. */
function resourcesAround(permissions: any[]): string[] {
  const all: string[] = [...new Set(permissions.map(({ resource }) => resource))];
  const some = all.length > 20 ? all.filter((_, index) => index % Math.ceil(all.length / 20) === 0) : all;
  const filled = some.map((resource) => resource.replace(/\$\{([*?$])\}|\*/g, (_, escaped) => escaped ?? 'x'));
  return [...new Set(filled.flatMap((resource) => [resource, `${resource}x`, resource.slice(0, -1), resource.replace(/a/, 'b')]))];
}

const CONTEXTS: Request['context'][] = [
  {},
  {
    'aws:ResourceTag/team': 'ops',
    'elasticache:EngineType': 'redis',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:MultiFactorAuthPresent': 'true',
    'iam:AWSServiceName': 'elasticache.amazonaws.com',
  },
  {
    'aws:ResourceTag/team': 'x',
    'elasticache:EngineType': 'valkey',
    'aws:RequestedRegion': 'eu-west-2',
    'aws:MultiFactorAuthPresent': 'false',
    'iam:AWSServiceName': 'rds.amazonaws.com',
  },
];

test('what the documents allow is what permissions lists, each document fits, and order changes nothing', () => {
  let delivered = 0;
  fc.assert(fc.property(recipes, fc.constantFrom(...Object.keys(PRINCIPALS)), fc.boolean(), (recipe, principal, minimize) => {
    const outcome = deliver(recipe, principal, minimize);
    if (!outcome) {
      return;
    }
    delivered++;
    const { permissions, policies, template } = outcome;
    for (const { type, document } of policies) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? LIMITS[principal] : 6144);
    }
    const documents = policies.map(({ document }) => document);
    const listed = [{
      Statement: permissions.map(({ action, resource, conditions }) => (
        { Effect: 'Allow', Action: action, Resource: resource, ...(conditions && { Condition: conditions }) })),
    }];
    const actions = new Set(permissions.map(({ action }) => action));
    for (const action of ACTIONS) {
      // An action that nothing lists is asked for once; the others, around all that they are allowed on.
      const resources = actions.has(action) ? resourcesAround(permissions.filter((permission) => permission.action === action)) : ['x'];
      for (const resource of resources) {
        for (const context of CONTEXTS) {
          const request = { action, resource, context };
          if (allows(documents, request) !== allows(listed, request)) {
            throw new Error(`${JSON.stringify(request)} is ${allows(listed, request) ? 'denied' : 'allowed'}, against permissions`);
          }
        }
      }
    }
    expect(deliver(recipe, principal, minimize, true)?.template).toEqual(template);
  }), { numRuns: 100 });
  // The others are refused.
  expect(delivered).toBeGreaterThan(50);
});

test('nothing throws but our errors, whatever is passed', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('', '*', 'arn:', 'arn:aws:s3:::b/k', 'arn:aws:elasticache:::', 'arn:aws:elasticache:eu-west-1:1:user:a', '${', '${Token[', '__proto__', 'constructor',
      'aws:', 'aws:ResourceTag/', 'StringEquals', 'ForAllValues:', 'Null', 'Describe*', 'CopySnapshot', '[', '(', '\\'),
  );
  const texts = fc.array(text, { maxLength: 3 });
  const thrown = (action: () => unknown) => {
    try {
      action();
    } catch (error) {
      expect((error as Error).message).toMatch(OURS);
    }
  };
  fc.assert(fc.property(text, texts, text, fc.constantFrom(...RESOURCES), (one, some, other, type) => {
    const grant = (props: Partial<ElastiCacheAccessGrantProps>) => thrown(() => new ElastiCacheAccessGrant(newStack(), 'Grant', {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], ...props,
    }).toRole(newRole(newStack())));
    thrown(() => ElastiCacheOperation.of(one));
    thrown(() => ElastiCacheOperation.custom(one));
    thrown(() => ElastiCacheOperation.matching(one));
    grant({ snapshots: [SnapshotSource.fromBucketName(one, some)] });
    grant({ snapshots: [SnapshotSource.fromBucketName('snapshots', some)] });
    grant({ snapshots: [SnapshotSource.fromObjectArns(some)] });
    grant({ resources: [ElastiCacheResource.fromArn(one)] });
    grant({ resources: [ElastiCacheResource[type](one, { region: other }), ElastiCacheResource.parameterGroup('a')] });
    grant({ conditions: [ElastiCacheCondition.of(one, other, some)] });
    grant({ conditions: [ElastiCacheCondition.of('StringEquals', one, some), ElastiCacheCondition.resourceTag(other, some)] });
  }), { numRuns: 200 });
});
