import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotSource } from '../../src';
import { allow, inPartition, newRole, newStack, policyStatements, warningsOf } from '../harness';

const PAGE = 'https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/doc_source/redis/IAM.APIReference.md?plain=1';
const SERVICE_AUTHORIZATION_REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';

function restore(stack: Stack, id = 'Grant') {
  return new ElastiCacheAccessGrant(stack, id, {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP, ElastiCacheOperation.COPY_SNAPSHOT],
    snapshots: [SnapshotSource.fromBucketName('snapshots', ['b.rdb', 'a.rdb'])],
  });
}

const RESTORE = [
  allow(
    ['elasticache:CopySnapshot', 'elasticache:CreateReplicationGroup', 's3:GetBucketLocation', 's3:ListAllMyBuckets'],
    '*',
  ),
  allow('s3:GetObject', inPartition('s3:::snapshots/a.rdb')),
  allow('s3:GetObject', inPartition('s3:::snapshots/b.rdb')),
];

describe('grantees', () => {
  const grantees: [string, (stack: Stack) => iam.IGrantable, object][] = [
    ['a new role', newRole, { Roles: [{ Ref: 'Role1ABCC5F0' }] }],
    ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Role', 'restorer'), { Roles: ['restorer'] }],
    [
      'a lazy role',
      (stack) => new iam.LazyRole(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
      { Roles: [{ Ref: 'Role1ABCC5F0' }] },
    ],
    ['a user', (stack) => new iam.User(stack, 'User'), { Users: [{ Ref: 'User00B015A1' }] }],
    ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'alice'), { Users: ['alice'] }],
    ['a group', (stack) => new iam.Group(stack, 'Group'), { Groups: [{ Ref: 'GroupC77FDACD' }] }],
    ['an imported group', (stack) => iam.Group.fromGroupName(stack, 'Group', 'admins'), { Groups: ['admins'] }],
    ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy'), {}],
    [
      'a policy',
      (stack) => new iam.Policy(stack, 'Policy', { groups: [iam.Group.fromGroupName(stack, 'Group', 'admins')] }),
      { Groups: ['admins'] },
    ],
    ['a Lambda function', (stack) => new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('//'),
    }), { Roles: [{ Ref: 'FunctionServiceRole675BB04A' }] }],
    [
      'an ECS task role',
      (stack) => new ecs.FargateTaskDefinition(stack, 'Task').taskRole,
      { Roles: [{ Ref: 'TaskTaskRoleE98524A1' }] },
    ],
  ];

  test.each(grantees)('%s gets all statements', (_, granteeIn, attachedTo) => {
    const stack = newStack();
    const grantee = granteeIn(stack);
    const grant = restore(stack).to(grantee);
    expect(grant.success).toBe(true);
    if (grantee instanceof iam.LazyRole) {
      expect(grantee.roleArn).toBeDefined(); // A lazy role comes into being at its first use.
    }
    const policies: any[] = Object.values(Template.fromStack(stack).toJSON().Resources)
      .filter(({ Type }: any) => Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy');
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties).toMatchObject({
      ...attachedTo, PolicyDocument: { Statement: RESTORE, Version: '2012-10-17' },
    });
    expect(warningsOf(stack).filter((warning) => warning.includes('cdk-elasticache-grants:'))).toEqual([]);
  });

  test('toRole, toUser and toGroup attach all statements', () => {
    const stack = newStack();
    const grant = restore(stack);
    grant.toRole(newRole(stack));
    grant.toUser(new iam.User(stack, 'User'));
    grant.toGroup(new iam.Group(stack, 'Group'));
    expect(policyStatements(stack)).toEqual([...RESTORE, ...RESTORE, ...RESTORE]);
  });

  test('two grants to one role are both attached, without duplicate statements', () => {
    const stack = newStack();
    const role = newRole(stack);
    restore(stack, 'One').toRole(role);
    new ElastiCacheAccessGrant(stack, 'Two', {
      operations: [ElastiCacheOperation.CREATE_CACHE_CLUSTER],
      snapshots: [SnapshotSource.fromBucketName('snapshots', ['a.rdb'])],
    }).toRole(role);
    expect(policyStatements(stack)).toEqual([...RESTORE, allow('elasticache:CreateCacheCluster', '*')]);
  });
});

describe('the returned grant', () => {
  test('has every statement', () => {
    const stack = newStack();
    const { principalStatements } = restore(stack).toRole(newRole(stack));
    expect(principalStatements.map((statement) => stack.resolve(statement.toJSON()))).toEqual(RESTORE);
  });

  test.each([
    ['a role', newRole, ['RoleDefaultPolicy5FFB7DAB']],
    ['a user', (stack: Stack) => new iam.User(stack, 'User'), ['UserDefaultPolicy1F97781E']],
    ['a managed policy', (stack: Stack) => new iam.ManagedPolicy(stack, 'Policy'), ['Policy23B91518']],
  ])('deploys the policy of %s before a cache, with applyBefore', (_, granteeIn, dependsOn) => {
    const stack = newStack();
    const cache = new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'restored' });
    restore(stack).to(granteeIn(stack)).applyBefore(cache);
    expect(Template.fromStack(stack).toJSON().Resources.Cache.DependsOn).toEqual(dependsOn);
  });
});

describe('permissions', () => {
  test('have an operation, an action with its access level, a resource, a reason and a source', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'snapshots');
    const grant = new ElastiCacheAccessGrant(stack, 'Grant', {
      operations: [
        ElastiCacheOperation.custom('ThawCluster'),
        ElastiCacheOperation.CREATE_CACHE_CLUSTER,
        ElastiCacheOperation.COPY_SNAPSHOT,
      ],
      snapshots: [
        SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/a.rdb']), SnapshotSource.fromPrefix(bucket, 'nightly/'),
      ],
    });
    const copySnapshot = { operation: 'CopySnapshot', resource: '*', source: `${PAGE}#L19` };
    const onPage = 'the reference page lists it for CopySnapshot';
    const createCacheCluster = { operation: 'CreateCacheCluster', source: `${PAGE}#L20` };
    expect(stack.resolve(grant.permissions)).toEqual([
      { ...copySnapshot, action: 'elasticache:CopySnapshot', accessLevel: 'Write', reason: 'allows CopySnapshot' },
      { ...copySnapshot, action: 's3:GetBucketLocation', accessLevel: 'Read', reason: onPage },
      { ...copySnapshot, action: 's3:ListAllMyBuckets', accessLevel: 'List', reason: onPage },
      {
        ...createCacheCluster,
        action: 'elasticache:CreateCacheCluster',
        accessLevel: 'Write',
        resource: '*',
        reason: 'allows CreateCacheCluster',
      },
      {
        ...createCacheCluster,
        action: 's3:GetObject',
        accessLevel: 'Read',
        resource: 'arn:aws:s3:::snapshots/a.rdb',
        reason: 'reads this member of SnapshotArns',
      },
      {
        ...createCacheCluster,
        action: 's3:GetObject',
        accessLevel: 'Read',
        resource: inPartition('s3:::snapshots/nightly/*'),
        reason: 'reads any member of SnapshotArns under the prefix "nightly/", widened by SnapshotSource.fromPrefix',
      },
      {
        operation: 'ThawCluster',
        action: 'elasticache:ThawCluster',
        resource: '*',
        reason: 'allows ThawCluster, a custom operation of which nothing else is known',
        source: SERVICE_AUTHORIZATION_REFERENCE,
      },
    ]);
  });

  test('have the Service Authorization Reference as source if the operation is not on the page', () => {
    const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [ElastiCacheOperation.CONNECT] });
    expect(grant.permissions).toEqual([{
      operation: 'Connect',
      action: 'elasticache:Connect',
      accessLevel: 'Write',
      resource: '*',
      reason: 'allows Connect',
      source: SERVICE_AUTHORIZATION_REFERENCE,
    }]);
  });

  test('are copies', () => {
    const grant = restore(newStack());
    const before = JSON.stringify(grant.permissions);
    (grant.permissions[0] as any).action = 'elasticache:*';
    grant.permissions.pop();
    expect(JSON.stringify(grant.permissions)).toBe(before);
  });
});

describe('documents', () => {
  test('statements are new copies each time', () => {
    const stack = newStack();
    const grant = restore(stack);
    grant.toRole(newRole(stack));
    grant.statements.forEach((statement) => statement.addActions('elasticache:DeleteSnapshot'));
    expect(stack.resolve(grant.statements.map((statement) => statement.toJSON()))).toEqual(RESTORE);
    expect(policyStatements(stack)).toEqual(RESTORE);
  });

  test('toPolicyDocument makes a new document with all statements each time', () => {
    const stack = newStack();
    const grant = restore(stack);
    grant.toPolicyDocument().addStatements(
      new iam.PolicyStatement({ actions: ['elasticache:DeleteSnapshot'], resources: ['*'] }),
    );
    expect(stack.resolve(grant.toPolicyDocument())).toEqual({ Version: '2012-10-17', Statement: RESTORE });
  });

  test('toManagedPolicies creates the policies once, and attaches them to no principal', () => {
    const stack = newStack();
    const grant = restore(stack);
    expect(grant.toManagedPolicies()).toEqual(grant.toManagedPolicies());
    grant.toManagedPolicies().pop();
    expect(grant.toManagedPolicies()).toHaveLength(1);
    const { Resources } = Template.fromStack(stack).toJSON();
    expect(Object.values(Resources)).toEqual([{
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Description: '', Path: '/', PolicyDocument: { Version: '2012-10-17', Statement: RESTORE } },
    }]);
  });

  test('toManagedPolicies makes a policy that can be a permissions boundary', () => {
    const stack = newStack();
    const [boundary] = restore(stack).toManagedPolicies();
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal(), permissionsBoundary: boundary });
    expect(Template.fromStack(stack).toJSON().Resources.Role1ABCC5F0.Properties.PermissionsBoundary)
      .toEqual({ Ref: 'GrantManagedPolicy1949E90BA' });
  });
});

test('an empty list of snapshots is the same as no list', () => {
  const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.COPY_SNAPSHOT], snapshots: [],
  });
  expect(grant.permissions).toHaveLength(3);
});

test('a grant works in an app without context', () => {
  const stack = new Stack(new App(), 'Stack');
  restore(stack).toRole(newRole(stack));
  expect(policyStatements(stack)).toEqual(RESTORE);
});
