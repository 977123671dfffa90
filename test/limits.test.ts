import { Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { messageOf, MINIMIZE, newRole, newStack, policyStatements, runs, warningsOf } from './harness';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, SnapshotSource } from '../src';

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `nightly/sessions/shard-${String(index + 1).padStart(4, '0')}.rdb`);

type Bucket = (stack: Stack, keys: string[]) => SnapshotSource;
const BUCKETS: [string, Bucket, string][] = [
  ['a bucket known by name', (_, keys) => SnapshotSource.fromBucketName('my-snapshots', keys), 'my-snapshots'],
  ['a bucket of a name that is a token', (_, keys) => SnapshotSource.fromBucketName(`snapshots-${Aws.ACCOUNT_ID}-${Aws.REGION}`, keys),
    'snapshots-111122223333-ap-southeast-1'],
  ['a bucket that is a construct', (stack, keys) => SnapshotSource.fromBucket(new s3.CfnBucket(stack, 'Bucket'), keys), 'b'.repeat(63)],
  ['objects known by ARN', (_, keys) => SnapshotSource.fromObjectArns(keys.map((key) => `arn:aws-us-gov:s3:::my-snapshots/${key}`)), 'my-snapshots'],
];

/** A template's value as it is once deployed, with names as long as AWS has them. */
function deployed(value: any, bucketName: string): any {
  return JSON.parse(JSON.stringify(value), (_, inner) => {
    if (inner?.['Fn::Join']) { return inner['Fn::Join'][1].join(inner['Fn::Join'][0]); }
    if (inner?.['Fn::GetAtt']) { return `arn:aws-us-gov:s3:::${bucketName}`; }
    return inner?.Ref ? { 'AWS::Partition': 'aws-us-gov', 'AWS::Region': 'ap-southeast-1', 'AWS::AccountId': '111122223333' }[inner.Ref as string] : inner;
  });
}

const size = (document: unknown) => JSON.stringify(document).length;

function restoreOf(stack: Stack, source: SnapshotSource): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS], snapshots: [source],
  });
}

function managedDocuments(stack: Stack, bucketName = 'my-snapshots'): any[] {
  const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return policies.map(({ Properties }) => deployed(Properties.PolicyDocument, bucketName));
}

const readable = (documents: any[]) => documents.flatMap(({ Statement }) => Statement)
  .filter(({ Action }: any) => Action === 's3:GetObject').flatMap(({ Resource }: any) => [Resource].flat());

describe.each(BUCKETS)('500 shards, from %s', (_, bucket, bucketName) => {
  test.each([false, true])('are as few managed policies as can be, with minimizePolicies %s', (minimize) => {
    const stack = newStack({ context: { [MINIMIZE]: minimize } });
    const keys = keysOf(500);
    const policies = restoreOf(stack, bucket(stack, keys)).toManagedPolicies();
    const documents = managedDocuments(stack, bucketName);
    const objects = readable(documents);
    expect(objects.sort()).toEqual(keys.map((key) => `arn:aws-us-gov:s3:::${bucketName}/${key}`));

    const [others] = documents[0].Statement;
    expect(others).toEqual({ Effect: 'Allow', Action: ['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'], Resource: '*' });
    expect(Math.max(...documents.map(size))).toBeLessThanOrEqual(6144);
    const asOne = size({ Version: '2012-10-17', Statement: [others, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects }] });
    const lowerBound = Math.ceil(asOne / 6144);
    expect(documents.length).toBeLessThanOrEqual(lowerBound <= 10 ? Math.min(lowerBound + 1, 10) : lowerBound + 1);
    expect(policies).toHaveLength(documents.length);
  });
});

describe('principals', () => {
  const source = (count: number) => SnapshotSource.fromBucketName('my-snapshots', keysOf(count));
  const grantees: [string, (stack: Stack) => iam.IGrantable, string, number][] = [
    ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'), 'a role', 10240],
    ['a user', (stack) => new iam.User(stack, 'User'), 'a user', 2048],
    ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'alice'), 'a user', 2048],
    ['a group', (stack) => new iam.Group(stack, 'Group'), 'a group', 5120],
    ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy'), 'a managed policy', 6144],
    ['an inline policy', (stack) => new iam.Policy(stack, 'Policy', { users: [new iam.User(stack, 'User')] }), 'an inline policy', 10240],
  ];

  test.each(grantees)('%s is refused what it can\'t hold, and told what to do', (_, granteeIn, what, limit) => {
    const stack = newStack();
    const grant = restoreOf(stack, source(500));
    expect(messageOf(() => grant.to(granteeIn(stack)))).toMatch(new RegExp(
      `^Stack/Grant: the policy has [\\d,]+ characters, white space not counted, and ${what} may have ${limit.toLocaleString('en')}: `
      + 'attach toManagedPolicies\\(\\), or allow a prefix of the snapshots, with SnapshotSource.fromPrefix$',
    ));
  });

  test.each(grantees.slice(0, 5).flatMap(([name, granteeIn, , limit]) => (
    [false, true].map((minimize) => [name, minimize, granteeIn, limit] as const))))(
    '%s holds what fits, and not one object more, with minimizePolicies %s', (_, minimize, granteeIn, limit) => {
      const holds = (count: number) => {
        const stack = newStack({ context: { [MINIMIZE]: minimize } });
        restoreOf(stack, source(count)).to(granteeIn(stack));
        return size(deployed({ Version: '2012-10-17', Statement: policyStatements(stack) }, 'my-snapshots'));
      };
      let [most, tooMany] = [1, 500];
      while (tooMany - most > 1) {
        const count = Math.floor((most + tooMany) / 2);
        try {
          holds(count);
          most = count;
        } catch {
          tooMany = count;
        }
      }
      expect(holds(most)).toBeLessThanOrEqual(limit);
      expect(holds(most)).toBeGreaterThan(limit - 100);
    });

  test('what is there already counts', () => {
    const stack = newStack();
    const user = new iam.User(stack, 'User');
    user.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(63)}/${'k'.repeat(1000)}`] }));
    expect(messageOf(() => restoreOf(stack, source(12)).toUser(user))).toMatch(
      /and a user may have 2,048, 1,1\d\d of which are taken: attach toManagedPolicies\(\)/,
    );
  });

  test('CDK divides the policy of a role that it creates, and each statement fits', () => {
    const stack = newStack();
    restoreOf(stack, source(500)).toRole(newRole(stack));
    const resources: any[] = Object.values(Template.fromStack(stack).toJSON().Resources);
    const documents = resources.filter(({ Type }) => /Policy$/.test(Type)).map(({ Type, Properties }) => [Type, deployed(Properties.PolicyDocument, 'my-snapshots')]);
    documents.forEach(([type, document]) => expect(size(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? 10240 : 6144));
    expect(readable(documents.map(([, document]) => document))).toHaveLength(500);
  });
});

test('managed policies attach to an imported role, and a cache waits for all of them', () => {
  const stack = newStack();
  const grant = restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(100)));
  const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
  grant.toManagedPolicies().forEach((policy) => policy.attachToRole(role));
  new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' }).node.addDependency(grant);
  const { Resources } = Template.fromStack(stack).toJSON();
  const policies = Object.entries<any>(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy');
  expect(policies.map(([, { Properties }]) => Properties.Roles)).toEqual([['restorer'], ['restorer']]);
  expect(Resources.Cache.DependsOn).toEqual(policies.map(([logicalId]) => logicalId).sort());
});

describe('stability', () => {
  const documentsOf = (keys: string[]) => {
    const stack = newStack();
    restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keys)).toManagedPolicies();
    return managedDocuments(stack);
  };

  test('an object at the end changes the last policy alone', () => {
    const before = documentsOf(keysOf(300));
    const after = documentsOf(keysOf(301));
    expect(before.length).toBeGreaterThan(2);
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });
});

describe('toPolicyDocument', () => {
  const grantOf = (stack: Stack, count: number) => restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(count)));

  test('refuses what does not fit, with the size and the limit', () => {
    expect(messageOf(() => grantOf(newStack(), 100).toPolicyDocument())).toBe(
      'Stack/Grant: the policy has 12,260 characters, white space not counted, and may have 6,144: use toManagedPolicies(), '
      + 'name the limit that it really has, or allow a prefix of the snapshots, with SnapshotSource.fromPrefix',
    );
  });

  test('takes the limit that the document really has, and says objects together where they fit only so', () => {
    const stack = newStack();
    const statements = (count: number, limit?: number) => stack.resolve(
      new ElastiCacheAccessGrant(stack, `Grant${count}`, {
        operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromBucketName('my-snapshots', keysOf(count))],
      }).toPolicyDocument(limit)).Statement;
    expect(statements(10)).toHaveLength(11);
    expect(statements(60)).toHaveLength(2);
    expect(statements(100, 32768)).toHaveLength(101);
  });
});

test('more than 20 managed policies are refused', () => {
  const stack = newStack();
  const source = SnapshotSource.fromBucketName('my-snapshots', keysOf(2000));
  expect(messageOf(() => restoreOf(stack, source).toManagedPolicies())).toMatch(new RegExp(
    '^Stack/Grant: the policy has [\\d,]+ characters, white space not counted, and needs \\d\\d managed policies, of which a principal may have 20 at most: '
    + 'allow a prefix of the snapshots, with SnapshotSource.fromPrefix, or make a grant for each set of shards$',
  ));
});

test('conditions that are too long for any policy are refused', () => {
  const values = Array.from({ length: 200 }, (_, index) => `arn:aws:iam::111122223333:role/role-${index}`);
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.TEST_FAILOVER], conditions: [ElastiCacheCondition.of('ArnLike', 'aws:PrincipalArn', values)],
  });
  expect(messageOf(() => grant.toManagedPolicies())).toBe(
    'Stack/Grant: the policy has 8,445 characters, white space not counted, and its actions on one resource, with their conditions, more than the '
    + '6,144 of a managed policy: make several grants, each with some of the operations or of the values of conditions',
  );
});

test('more than 10 managed policies warn of the quota', () => {
  const stack = newStack();
  restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(900))).toManagedPolicies();
  expect(warningsOf(stack)).toEqual([expect.stringMatching(
    /needs 1\d managed policies: a principal may have 10 unless AWS raised its quota, to 20 at most \[ack: cdk-elasticache-grants:managedPolicyQuota\]$/,
  )]);
});

test('any grant: no managed policy is over its limit, and together they say the permissions', () => {
  fc.assert(fc.property(
    fc.subarray(ElastiCacheOperation.all(), { minLength: 1 }), fc.integer({ min: 0, max: 200 }), fc.boolean(), fc.boolean(),
    (some, count, token, conditioned) => {
      const stack = newStack();
      const bucket = token ? new CfnParameter(stack, 'Name').valueAsString : 'my-snapshots';
      const grant = new ElastiCacheAccessGrant(stack, 'Grant', {
        operations: [...some, ElastiCacheOperation.CREATE_CACHE_CLUSTER],
        snapshots: count > 0 ? [SnapshotSource.fromBucketName(bucket, keysOf(count))] : [],
        conditions: conditioned ? [ElastiCacheCondition.of('StringLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*'])] : [],
      });
      const documents = grant.toManagedPolicies().map(({ document }) => stack.resolve(document));
      const pairs = documents.flatMap(({ Statement }) => Statement).flatMap(({ Action, Resource, Condition }: any) => (
        [Action].flat().flatMap((action) => [Resource].flat().map((resource) => JSON.stringify([action, resource, Condition])))));
      const long = (document: unknown) => size(JSON.parse(JSON.stringify(document), (_, value) => {
        if (value?.['Fn::Join']) { return value['Fn::Join'][1].join(''); }
        return value?.Ref === 'AWS::Partition' ? 'aws-us-gov' : value?.Ref ? 'b'.repeat(63) : value;
      }));
      expect(Math.max(...documents.map(long))).toBeLessThanOrEqual(6144);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(new Set(pairs)).toEqual(new Set(stack.resolve(grant.permissions).map(({ action, resource, conditions }: any) => (
        JSON.stringify([action, resource, conditions])))));
    }), runs(100));
});
