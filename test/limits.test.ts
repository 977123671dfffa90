import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aws, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { allow, AT_LONGEST, conditionsOf, deployed, messageOf, MINIMIZE, newApp, newRole, newStack, policyStatements, runs, warningsOf } from './harness';
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
const atLongest = (value: unknown, bucketName: string) => deployed(value, AT_LONGEST, () => bucketName);

const size = (document: unknown) => JSON.stringify(document).length;

function restoreOf(stack: Stack, source: SnapshotSource): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS], snapshots: [source],
  });
}

function managedDocuments(stack: Stack, bucketName = 'my-snapshots'): any[] {
  const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return policies.map(({ Properties }) => atLongest(Properties.PolicyDocument, bucketName));
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

const PRINCIPALS: [string, (stack: Stack) => iam.IGrantable, number][] = [
  ['a new role', newRole, 10240],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'), 10240],
  ['a user', (stack) => new iam.User(stack, 'User'), 2048],
  ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'alice'), 2048],
  ['a group', (stack) => new iam.Group(stack, 'Group'), 5120],
  ['an imported group', (stack) => iam.Group.fromGroupName(stack, 'Group', 'restorers'), 5120],
  ['a lazy role that is used', (stack) => {
    const role = new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
    return role;
  }, 10240],
];

/** The policies of the only principal in a stack, by logical id: those that name it, and those that it names. */
function policiesIn(stack: Stack): Map<string, { type: string; document: any; to: unknown }> {
  const resources = Object.entries<any>(Template.fromStack(stack).toJSON().Resources);
  return new Map(resources.filter(([, { Type }]) => /^AWS::IAM::(Managed)?Policy$/.test(Type)).map(([id, { Type, Properties }]) => (
    [id, { type: Type, document: Properties.PolicyDocument, to: Properties.Roles ?? Properties.Users ?? Properties.Groups }])));
}

describe.each(PRINCIPALS)('%s', (_name, principalIn, inlineLimit) => {
  describe.each(BUCKETS)('restores 500 shards from %s', (_, bucket, bucketName) => {
    test.each([false, true])('by as few documents as can be, each within its limit, with minimizePolicies %s', (minimize) => {
      const stack = newStack({ context: { [MINIMIZE]: minimize } });
      const principal = principalIn(stack);
      restoreOf(stack, bucket(stack, keysOf(500))).to(principal);

      const policies = [...policiesIn(stack).values()].map(({ document, ...policy }) => ({ ...policy, document: atLongest(document, bucketName) }));
      policies.forEach(({ type, document }) => expect(size(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? inlineLimit : 6144));
      const managed = policies.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
      expect(policies.length - managed.length).toBeLessThanOrEqual(1);
      expect(new Set(policies.map(({ to }) => JSON.stringify(to))).size).toBe(1);

      const statements = policies.flatMap(({ document }) => document.Statement);
      const others = statements.filter(({ Action }) => Action !== 's3:GetObject');
      expect(others).toEqual([
        { Effect: 'Allow', Action: ['elasticache:CreateReplicationGroup', 'elasticache:DescribeReplicationGroups'], Resource: '*' },
      ]);
      const objects = readable(policies.map(({ document }) => document));
      expect(objects.sort()).toEqual(keysOf(500).map((key) => `arn:aws-us-gov:s3:::${bucketName}/${key}`));

      const asOne = size({ Version: '2012-10-17', Statement: [...others, { Effect: 'Allow', Action: 's3:GetObject', Resource: objects }] });
      const lowerBound = Math.ceil(asOne / 6144);
      expect(policies.length).toBeLessThanOrEqual(lowerBound + 1);
      expect(managed.length).toBeLessThanOrEqual(lowerBound <= 10 ? 10 : lowerBound + 1);
    });
  });

  test('has all in its own policy where that fits', () => {
    const stack = newStack();
    restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(10))).to(principalIn(stack));
    expect([...policiesIn(stack).values()].map(({ type }) => type)).toEqual(['AWS::IAM::Policy']);
    expect(policyStatements(stack)).toHaveLength(11);
  });

  test('holds any number of objects, with no document over its limit', () => {
    for (const count of [11, 12, 13, 14, 15, 16, 20, 40, 45, 50, 55, 60, 65, 80, 100, 110, 120, 130]) {
      const stack = newStack({ context: { [MINIMIZE]: count % 2 === 0 } });
      restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(count))).to(principalIn(stack));
      const policies = [...policiesIn(stack).values()].map(({ type, document }) => ({ type, document: atLongest(document, 'my-snapshots') }));
      policies.forEach(({ type, document }) => expect(size(document)).toBeLessThanOrEqual(type === 'AWS::IAM::Policy' ? inlineLimit : 6144));
      expect(readable(policies.map(({ document }) => document))).toHaveLength(count);
    }
  });

  test('is waited for whole', () => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(500))).to(principalIn(stack)).applyBefore(cache);
    const waitsFor: string[] = Template.fromStack(stack).toJSON().Resources.Cache.DependsOn;
    expect(waitsFor).toEqual(expect.arrayContaining([...policiesIn(stack).keys()]));
    const [holders, ...same] = [...policiesIn(stack).values()].map(({ to }) => to);
    expect(holders).toHaveLength(1);
    expect(same).toEqual(same.map(() => holders));
  });
});

describe('what is on the principal already counts:', () => {
  const source = (count: number) => SnapshotSource.fromBucketName('my-snapshots', keysOf(count));
  const large = (action: string) => new iam.PolicyStatement({ actions: [action], resources: [`arn:aws:s3:::${'b'.repeat(63)}/${'k'.repeat(1000)}`] });
  const typesIn = (stack: Stack) => [...policiesIn(stack).values()].map(({ type }) => type.split('::')[2]).sort();

  const STACK_SAFE = '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName';

  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['the default policy of a user', (stack) => {
      const user = new iam.User(stack, 'User');
      user.addToPolicy(large('s3:GetObject'));
      return user;
    }],
    ['the default policy of an imported user', (stack) => {
      const user = iam.User.fromUserName(stack, 'User', 'alice');
      user.addToPrincipalPolicy(large('s3:GetObject'));
      return user;
    }],
    ['the default policy of an imported role, which the feature flag names otherwise', (stack) => {
      const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
      Array.from({ length: 9 }, (_, index) => role.addToPrincipalPolicy(large(`s3:GetObject${index}`)));
      return role;
    }],
    ['the inline policies of a new role', (stack) => new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      inlinePolicies: Object.fromEntries(Array.from({ length: 9 }, (_, index) => (
        [`Policy${index}`, new iam.PolicyDocument({ statements: [large(`s3:GetObject${index}`)] })]))),
    })],
  ])('%s', (_, principalIn) => {
    const stack = newStack({ context: { [STACK_SAFE]: true } });
    restoreOf(stack, source(12)).to(principalIn(stack));
    expect(typesIn(stack).filter((type) => type === 'ManagedPolicy')).toHaveLength(1);
  });

  test('statements of a new role aren\'t frozen by being measured', () => {
    const stack = newStack();
    const statement = large('s3:GetObject');
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(), inlinePolicies: { Policy: new iam.PolicyDocument({ statements: [statement] }) },
    });
    restoreOf(stack, source(1)).toRole(role);
    expect(statement.frozen).toBe(false);
  });

  const policies = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => (
    iam.ManagedPolicy.fromManagedPolicyName(stack, `Policy${index}`, `policy-${index}`)));

  test.each<[string, (stack: Stack) => iam.IGrantable]>([
    ['a role', (stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), managedPolicies: policies(stack, 7) })],
    ['a user', (stack) => new iam.User(stack, 'User', { managedPolicies: policies(stack, 7) })],
    ['a group', (stack) => new iam.Group(stack, 'Group', { managedPolicies: policies(stack, 7) })],
  ])('the managed policies of %s, to a warning', (_, principalIn) => {
    const stack = newStack();
    restoreOf(stack, source(300)).to(principalIn(stack));
    expect(warningsOf(stack)).toEqual([
      'the policy has 36,460 characters, white space not counted, and needs 4 managed policies, besides the 7 that the principal has: '
      + 'a principal may have 10 unless AWS raised its quota, to 20 at most [ack: cdk-elasticache-grants:managedPolicyQuota]',
    ]);
  });

  test.each([
    ['6 and 4 more, which is the quota', 6, 300, 0],
    ['16 and 4 more, which is the most that AWS allows', 16, 300, 1],
    ['11, and no more', 11, 1, 0],
  ])('%s', (_, attached, count, warnings) => {
    const stack = newStack();
    restoreOf(stack, source(count)).to(new iam.User(stack, 'User', { managedPolicies: policies(stack, attached) }));
    expect(warningsOf(stack)).toHaveLength(warnings);
  });

  test('those of another grant, to an error', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleName(stack, 'Role', 'restorer');
    const grantOf = (id: string, bucketName: string) => new ElastiCacheAccessGrant(stack, id, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromBucketName(bucketName, keysOf(1000))],
    });
    grantOf('One', 'my-snapshots').toRole(role);
    expect(messageOf(() => grantOf('Two', 'your-snapshots').toRole(role))).toMatch(new RegExp(
      '^Stack/Two: the policy has [\\d,]+ characters, white space not counted, and needs 12 managed policies, besides the 11 that the principal has, '
      + 'of which a principal may have 20 at most: allow a prefix of the snapshots, with SnapshotSource.fromPrefix, '
      + 'or make a grant for each set of shards, to a principal of its own$',
    ));
  });
});

test('a user, unlike an imported role, gets nothing inline where all doesn\'t fit there', () => {
  const types = ElastiCacheCondition.cacheNodeTypes(Array.from({ length: 360 }, (_, index) => `cache.x${1000 + index}.a`));
  const typesOf = (principalIn: (stack: Stack) => iam.IGrantable) => {
    const stack = newStack();
    new ElastiCacheAccessGrant(stack, 'Grant', { operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], conditions: [types] }).to(principalIn(stack));
    return [...policiesIn(stack)].map(([id, { type }]) => `${type} ${id}`);
  };
  expect(typesOf((stack) => new iam.User(stack, 'User'))).toEqual([
    expect.stringMatching(/^AWS::IAM::ManagedPolicy UserStackGrant\w+Policy1/), expect.stringMatching(/^AWS::IAM::ManagedPolicy UserStackGrant\w+Policy2/),
  ]);
  expect(typesOf((stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer', { mutable: true }))).toEqual([expect.stringMatching(/^AWS::IAM::Policy /)]);
});

test('an inline policy of a role that is JSON isn\'t counted', () => {
  const stack = newStack();
  const role = newRole(stack);
  (role.node.defaultChild as iam.CfnRole).policies = [{ policyName: 'Json', policyDocument: { Version: '2012-10-17', Statement: [allow('s3:GetObject', '*')] } }];
  restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(1))).toRole(role);
  expect([...policiesIn(stack).values()].map(({ type }) => type)).toEqual(['AWS::IAM::Policy']);
});

test('ten managed policies, on a principal that had none, are no warning', () => {
  for (const principalIn of [(stack: Stack) => new iam.User(stack, 'User'), (stack: Stack) => newRole(stack)]) {
    const stack = newStack();
    restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(850))).to(principalIn(stack));
    expect(policiesIn(stack).size).toBe(10);
    expect(warningsOf(stack)).toEqual([]);
  }
});

test('two grants on one principal have managed policies of their own', () => {
  const stack = newStack();
  const user = new iam.User(stack, 'User');
  ['one', 'two'].forEach((name) => {
    const grant = new ElastiCacheAccessGrant(stack, name, {
      operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP], snapshots: [SnapshotSource.fromBucketName(name, keysOf(60))],
    });
    grant.toUser(user);
    grant.toUser(user);
  });
  expect([...policiesIn(stack).keys()]).toEqual([expect.stringMatching(/^UserStackone\w+Policy1[A-F0-9]{8}$/), expect.stringMatching(/^UserStacktwo\w+Policy1[A-F0-9]{8}$/)]);
});

test('managed policies are in the principal\'s stack, which alone refers to the others', () => {
  const app = newApp();
  const [buckets, roles, grants] = ['Buckets', 'Roles', 'Grants'].map((id) => new Stack(app, id));
  const bucket = new s3.CfnBucket(buckets, 'Bucket');
  restoreOf(grants, SnapshotSource.fromBucket(bucket, keysOf(500))).toRole(newRole(roles));
  new s3.CfnBucket(grants, 'SomeResource');
  expect(policiesIn(roles).size).toBeGreaterThan(5);
  expect(policiesIn(grants).size).toBe(0);
  expect(grants.dependencies).toEqual([]);
  expect(roles.dependencies).toEqual([buckets]);
});

test('a role that is created beforehand has all its permissions in CDK\'s report, and a warning', () => {
  const stack = newStack();
  iam.Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Role': 'restorer' } });
  new s3.CfnBucket(stack, 'SomeResource');
  restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(500))).toRole(newRole(stack));
  expect(policiesIn(stack).size).toBe(0);
  expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/^Stack\/Role .*\[ack: cdk-elasticache-grants:notDelivered\]$/));
  const report = readFileSync(join((stack.node.root as App).synth().directory, 'iam-policy-report.json'), 'utf8');
  expect(new Set(report.match(/shard-\d{4}\.rdb/g)).size).toBe(500);
});

describe('a single document', () => {
  const source = (count: number) => SnapshotSource.fromBucketName('my-snapshots', keysOf(count));
  const grantees: [string, (stack: Stack) => iam.IGrantable, string, number][] = [
    ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy'), 'a managed policy', 6144],
    ['an inline policy', (stack) => new iam.Policy(stack, 'Policy', { users: [new iam.User(stack, 'User')] }), 'an inline policy', 10240],
    ['an imported role with conditions', (stack) => (
      new iam.PrincipalWithConditions(iam.Role.fromRoleName(stack, 'Role', 'restorer').grantPrincipal, {})), 'a role', 10240],
  ];

  test.each(grantees)('%s is refused what it can\'t hold, and told what to do', (_, granteeIn, what, limit) => {
    const stack = newStack();
    const grant = restoreOf(stack, source(500));
    expect(messageOf(() => grant.to(granteeIn(stack)))).toMatch(new RegExp(
      `^Stack/Grant: the policy has [\\d,]+ characters, white space not counted, and ${what} may have ${limit.toLocaleString('en')}: `
      + 'attach toManagedPolicies\\(\\), or allow a prefix of the snapshots, with SnapshotSource.fromPrefix$',
    ));
  });

  test('what is there counts', () => {
    const stack = newStack();
    const policy = new iam.ManagedPolicy(stack, 'Policy');
    policy.addStatements(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'b'.repeat(63)}/${'k'.repeat(1000)}`] }));
    expect(messageOf(() => restoreOf(stack, source(100)).to(policy))).toMatch(
      /and a managed policy may have 6,144, 1,1\d\d of which are taken: attach toManagedPolicies\(\)/,
    );
  });

  test.each(grantees.flatMap(([name, granteeIn, , limit]) => (
    [false, true].map((minimize) => [name, minimize, granteeIn, limit] as const))))(
    '%s holds what fits, and not one object more, with minimizePolicies %s', (_, minimize, granteeIn, limit) => {
      const holds = (count: number) => {
        const stack = newStack({ context: { [MINIMIZE]: minimize } });
        restoreOf(stack, source(count)).to(granteeIn(stack));
        return size(atLongest({ Version: '2012-10-17', Statement: policyStatements(stack) }, 'my-snapshots'));
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
});

test('a role that CDK does not change is a warning, however large the policy', () => {
  const stack = newStack();
  new s3.CfnBucket(stack, 'SomeResource');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/r', { mutable: false });
  restoreOf(stack, SnapshotSource.fromBucketName('my-snapshots', keysOf(2000))).toRole(role);
  expect(policiesIn(stack).size).toBe(0);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Role .*\[ack: cdk-elasticache-grants:notDelivered\]$/)]);
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
    + 'allow a prefix of the snapshots, with SnapshotSource.fromPrefix, or make a grant for each set of shards, to a principal of its own$',
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

test('conditions that are too long for some of the policies are refused', () => {
  const values = Array.from({ length: 200 }, (_, index) => `a-value-of-many-that-are-allowed-${index}`);
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
    conditions: [ElastiCacheCondition.of('StringEquals', 'elasticache:Durability', values)],
  });
  expect(messageOf(() => grant.toManagedPolicies())).toContain('and its actions on one resource, with their conditions, more than the 6,144');
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
      const pairs = documents.flatMap(({ Statement }) => Statement).flatMap(({ Action, Resource, ...rest }: any) => (
        [Action].flat().flatMap((action) => [Resource].flat().map((resource) => JSON.stringify([action, resource, conditionsOf(rest)])))));
      expect(Math.max(...documents.map((document) => size(atLongest(document, 'b'.repeat(63)))))).toBeLessThanOrEqual(6144);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(new Set(pairs)).toEqual(new Set(stack.resolve(grant.permissions).map(({ action, resource, conditions }: any) => (
        JSON.stringify([action, resource, conditions])))));
    }), runs(100));
});
