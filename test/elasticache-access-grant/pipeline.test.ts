import fc from 'fast-check';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
  SnapshotSource,
} from '../../src';
import { newRole, newStack } from '../harness';
import { allows, Request } from '../support/evaluator';
import { attach, LIMITS, OURS, PRINCIPALS, recipes, RESOURCES } from '../support/recipes';

const ACTIONS = [
  ...ElastiCacheOperation.all().map(({ action }) => action),
  's3:GetObject',
  's3:GetObjectVersion',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:ListAllMyBuckets',
  's3:GetBucketAcl',
  'kms:DescribeKey',
  'kms:CreateGrant',
  'kms:Decrypt',
  'logs:CreateLogDelivery',
  'iam:CreateServiceLinkedRole',
  'iam:PassRole',
];

/** Resources to ask for: those that are allowed, with their wildcards filled in, and their neighbors. */
function resourcesAround(permissions: any[]): string[] {
  const all: string[] = [...new Set(permissions.map(({ resource }) => resource))];
  const some = all.length > 20 ? all.filter((_, index) => index % Math.ceil(all.length / 20) === 0) : all;
  const filled = some.map((resource) => resource.replace(/\$\{([*?$])\}|\*/g, (_, escaped) => escaped ?? 'x'));
  return [...new Set(
    filled.flatMap((resource) => [resource, `${resource}x`, resource.slice(0, -1), resource.replace(/a/, 'b')]),
  )];
}

const CONTEXTS: Request['context'][] = [
  {},
  {
    'aws:ResourceTag/team': 'ops',
    'aws:PrincipalTag/team': 'ops',
    'elasticache:EngineType': 'redis',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:MultiFactorAuthPresent': 'true',
    'iam:AWSServiceName': 'elasticache.amazonaws.com',
  },
  {
    'aws:ResourceTag/team': 'x',
    'aws:PrincipalTag/team': 'x',
    'elasticache:EngineType': 'valkey',
    'aws:RequestedRegion': 'eu-west-2',
    'aws:MultiFactorAuthPresent': 'false',
    'iam:AWSServiceName': 'rds.amazonaws.com',
  },
];

test('the policies of any grant allow exactly its permissions, within their limits, in any order', () => {
  let attached = 0;
  const principals = fc.constantFrom(...Object.keys(PRINCIPALS));
  fc.assert(fc.property(recipes, principals, fc.boolean(), (recipe, principal, minimize) => {
    const outcome = attach(recipe, principal, minimize);
    if (!outcome) {
      return;
    }
    attached++;
    const { permissions, policies, template } = outcome;
    for (const { type, document } of policies) {
      expect(JSON.stringify(document).length).toBeLessThanOrEqual(
        type === 'AWS::IAM::Policy' ? LIMITS[principal] : 6144,
      );
    }
    const documents = policies.map(({ document }) => document);
    const listed = [{
      Statement: permissions.map(({ action, resource, conditions }) => (
        { Effect: 'Allow', Action: action, Resource: resource, ...(conditions && { Condition: conditions }) })),
    }];
    const actions = new Set(permissions.map(({ action }) => action));
    for (const action of ACTIONS) {
      // An action without a permission is asked for once; the others, on their resources and on others like these.
      const resources = actions.has(action)
        ? resourcesAround(permissions.filter((permission) => permission.action === action))
        : ['x'];
      for (const resource of resources) {
        for (const context of CONTEXTS) {
          const request = { action, resource, context };
          if (allows(documents, request) !== allows(listed, request)) {
            throw new Error(`${JSON.stringify(request)} is ${allows(listed, request) ? 'denied' : 'allowed'}, against `
              + 'permissions');
          }
        }
      }
    }
    expect(attach(recipe, principal, minimize, true)?.template).toEqual(template);
  }), { numRuns: 100 });
  // The library refuses the others.
  expect(attached).toBeGreaterThan(50);
});

test('any input leads to a grant, or to an error of this library', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '', '*', 'arn:', 'arn:aws:s3:::b/k', 'arn:aws:elasticache:::', 'arn:aws:elasticache:eu-west-1:1:user:a',
      '${', '${Token[', '__proto__', 'constructor',
      'aws:', 'aws:ResourceTag/', 'StringEquals', 'ForAllValues:', 'Null', 'Describe*', 'CopySnapshot', '[', '(', '\\'),
  );
  const texts = fc.array(text, { maxLength: 3 });
  const tryTo = (action: () => unknown) => {
    try {
      action();
    } catch (error) {
      expect((error as Error).message).toMatch(OURS);
    }
  };
  fc.assert(fc.property(text, texts, text, fc.constantFrom(...RESOURCES), (one, some, other, type) => {
    const grant = (props: Partial<ElastiCacheAccessGrantProps>) => tryTo(() => {
      const created = new ElastiCacheAccessGrant(newStack(), 'Grant', {
        operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], ...props,
      });
      created.toRole(newRole(newStack()));
    });
    tryTo(() => ElastiCacheOperation.of(one));
    tryTo(() => ElastiCacheOperation.custom(one));
    tryTo(() => ElastiCacheOperation.matching(one));
    grant({ snapshots: [SnapshotSource.fromBucketName(one, some)] });
    grant({ snapshots: [SnapshotSource.fromBucketName('snapshots', some)] });
    grant({ snapshots: [SnapshotSource.fromObjectArns(some)] });
    grant({ resources: [ElastiCacheResource.fromArn(one)] });
    grant({ resources: [ElastiCacheResource[type](one, { region: other }), ElastiCacheResource.parameterGroup('a')] });
    grant({ conditions: [ElastiCacheCondition.of(one, other, some)] });
    grant({
      conditions: [ElastiCacheCondition.of('StringEquals', one, some), ElastiCacheCondition.resourceTag(other, some)],
    });
  }), { numRuns: 200 });
});
