import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  CfnCondition, CfnParameter, CfnResource, Fn, Lazy, NestedStack, Stack, Stage, Token,
} from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Construct } from 'constructs';
import { ElastiCacheDeploymentGrant } from '../../src';
import { Deployment, deploymentGrant, documentOf, elastiCacheArn, ENV, newDeployment } from '../support/deployments';

/** The resources that an action is allowed on. */
function allowedOn(grant: ElastiCacheDeploymentGrant, action: string): string[] {
  return documentOf(grant).Statement
    .filter(({ Action }: any) => [Action].flat().includes(action))
    .flatMap(({ Resource }: any) => Resource).sort();
}

const groups = (...names: string[]) => names.map((name) => elastiCacheArn(`replicationgroup:${name}`)).sort();
const create = 'elasticache:CreateReplicationGroup';
const own = 'elasticache:DeleteReplicationGroup';

/** What a group with these properties is deleted as, which is allowed on it alone. */
function deletedAs(properties: (service: Stack) => Record<string, unknown>): string[] {
  const deployment = newDeployment();
  new CfnResource(deployment.service, 'Cache', {
    type: 'AWS::ElastiCache::ReplicationGroup', properties: properties(deployment.service),
  });
  return allowedOn(deploymentGrant(deployment), own);
}

describe('resources are found', () => {
  let deployment: Deployment;
  beforeEach(() => { deployment = newDeployment(); });
  const description = { replicationGroupDescription: 'Orders' };

  test('as L1 constructs', () => {
    new elasticache.CfnReplicationGroup(deployment.service, 'Cache', { ...description, replicationGroupId: 'orders' });
    expect(allowedOn(deploymentGrant(deployment), own)).toEqual(groups('orders'));
  });

  test('within an L2 construct', () => {
    class Cache extends Construct {
      constructor(scope: Construct, id: string) {
        super(scope, id);
        const name = Lazy.string({ produce: () => 'orders' });
        new elasticache.CfnReplicationGroup(this, 'Resource', { ...description, replicationGroupId: name });
      }
    }
    const cache = new Cache(deployment.service, 'Cache');
    expect(allowedOn(deploymentGrant(deployment, [cache]), own)).toEqual(groups('orders'));
  });

  test('with properties that an override has set', () => {
    const cache = new elasticache.CfnReplicationGroup(deployment.service, 'Cache', description);
    cache.addPropertyOverride('ReplicationGroupId', 'orders');
    cache.addOverride('DeletionPolicy', 'Snapshot');
    const grant = deploymentGrant(deployment);
    expect(allowedOn(grant, own)).toEqual([...groups('orders'), elastiCacheArn('snapshot:*')]);
  });

  test('in a template that CfnInclude takes over, with functions and conditions', () => {
    const templateFile = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.json');
    writeFileSync(templateFile, JSON.stringify({
      Parameters: { Restore: { Type: 'String' } },
      Conditions: { Restores: { 'Fn::Equals': [{ Ref: 'Restore' }, 'yes'] } },
      Resources: {
        Subnets: {
          Type: 'AWS::ElastiCache::SubnetGroup',
          Properties: {
            Description: 'Private',
            SubnetIds: ['subnet-1'],
            CacheSubnetGroupName: { 'Fn::Sub': '${AWS::StackName}-${AWS::Region}' },
          },
        },
        Seeds: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'my-seeds' } },
        Cache: {
          Type: 'AWS::ElastiCache::ReplicationGroup',
          Properties: {
            ReplicationGroupDescription: 'Orders',
            ReplicationGroupId: { 'Fn::If': ['Restores', 'restored', 'Orders'] },
            CacheSubnetGroupName: { Ref: 'Subnets' },
            SnapshotArns: {
              'Fn::If': ['Restores', [{ 'Fn::Sub': '${Seeds.Arn}/a.rdb' }, {
                'Fn::Sub': [
                  'arn:${AWS::Partition}:s3:::${Bucket}/b.rdb', { Bucket: { Ref: 'Seeds' } },
                ],
              }], { Ref: 'AWS::NoValue' }],
            },
          },
        },
      },
    }));
    new CfnInclude(deployment.service, 'Included', { templateFile });
    const grant = deploymentGrant(deployment);

    expect(allowedOn(grant, own)).toEqual(groups('restored', 'orders'));
    expect(allowedOn(grant, 'elasticache:CreateCacheSubnetGroup')).toEqual([
      elastiCacheArn('subnetgroup:service-eu-west-1'),
    ]);
    expect(allowedOn(grant, create)).toContain(elastiCacheArn('subnetgroup:service-eu-west-1'));
    expect(allowedOn(grant, 's3:GetObject')).toEqual(['arn:aws:s3:::my-seeds/a.rdb', 'arn:aws:s3:::my-seeds/b.rdb']);
  });

  test('in nested stacks, whose resources refer to those of the parent', () => {
    const subnets = new elasticache.CfnSubnetGroup(deployment.service, 'Subnets', {
      description: 'Private', subnetIds: ['subnet-1'], cacheSubnetGroupName: 'private',
    });
    const nested = new NestedStack(deployment.service, 'Nested');
    new elasticache.CfnReplicationGroup(nested, 'Cache', {
      ...description, replicationGroupId: 'orders', cacheSubnetGroupName: subnets.ref,
    });
    const grant = deploymentGrant(deployment, [nested]);
    expect(allowedOn(grant, own)).toEqual(groups('orders'));
    expect(allowedOn(grant, create)).toContain(elastiCacheArn('subnetgroup:private'));
    expect(allowedOn(grant, 'elasticache:DeleteCacheSubnetGroup')).toEqual([]);
    deployment.app.synth();
  });

  test('of a stage only where the stage is passed', () => {
    const { app, platform, service } = deployment;
    new elasticache.CfnReplicationGroup(service, 'Cache', { ...description, replicationGroupId: 'orders' });
    const stage = new Stage(app, 'Production', { env: ENV });
    const inStage = new Stack(stage, 'Service');
    new elasticache.CfnReplicationGroup(inStage, 'Cache', { ...description, replicationGroupId: 'production' });

    const deletes = (id: string, ...deployed: Construct[]) => (
      allowedOn(new ElastiCacheDeploymentGrant(platform, id, { deployed }), own));
    expect(deletes('App', app)).toEqual(groups('orders'));
    expect(deletes('Stage', stage)).toEqual(groups('production'));
    expect(deletes('Both', app, stage, inStage)).toEqual(groups('orders', 'production'));
  });

  test('but for those that are not in the template', () => {
    class Left extends elasticache.CfnReplicationGroup {
      protected shouldSynthesize() { return false; }
    }
    new elasticache.CfnReplicationGroup(deployment.service, 'Cache', { ...description, replicationGroupId: 'orders' });
    new Left(deployment.service, 'Left', { ...description, replicationGroupId: 'left' });
    expect(allowedOn(deploymentGrant(deployment), own)).toEqual(groups('orders'));
  });
});

describe('the name of a resource', () => {
  const named = (name: unknown) => deletedAs(() => ({ ReplicationGroupId: name }));

  test('is in lower case, as ElastiCache keeps it', () => {
    expect(named('Orders')).toEqual(groups('orders'));
  });

  test('is any of the type where CloudFormation makes it, and the reason says so', () => {
    const deployment = newDeployment();
    new CfnResource(deployment.service, 'Cache', { type: 'AWS::ElastiCache::ReplicationGroup' });
    const grant = deploymentGrant(deployment);
    expect(allowedOn(grant, own)).toEqual(groups('*'));
    expect(allowedOn(grant, 'elasticache:DeleteCacheCluster')).toEqual(
      [elastiCacheArn('cluster:*-???'), elastiCacheArn('cluster:*-????-???')]);
    expect(grant.permissions.find(({ operation }) => operation === 'DeleteReplicationGroup')).toMatchObject({
      reason: 'Service/Cache, delete: allows DeleteReplicationGroup on any replicationgroup of the Region and the '
        + 'account, '
        + 'since CloudFormation makes the name, and no page of AWS says which form it has for this type',
    });
  });

  test.each([
    ['Fn::Join', { 'Fn::Join': ['-', ['orders', { Ref: 'AWS::Region' }, 7]] }, 'orders-eu-west-1-7'],
    ['Fn::Sub', { 'Fn::Sub': 'orders-${AWS::AccountId}' }, 'orders-111122223333'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['orders-${Size}-x', { Size: 'Big' }] }, 'orders-big-x'],
    ['a stack name', { 'Fn::Join': ['', [{ Ref: 'AWS::StackName' }, '-cache']] }, 'service-cache'],
    ['an unknown end', { 'Fn::Sub': 'orders-${Size}' }, 'orders-*'],
    ['an unknown middle', { 'Fn::Join': ['', ['orders-', { 'Fn::ImportValue': 'Size' }, '-x']] }, 'orders-*-x'],
  ])('is known from %s', (_, name, expected) => {
    expect(named(name)).toEqual(groups(expected));
  });

  test('has a token of the grant\'s own Region and account where its stack has none', () => {
    const deployment = newDeployment({});
    new CfnResource(deployment.service, 'Cache', {
      type: 'AWS::ElastiCache::User', properties: { UserId: { 'Fn::Sub': 'app-${AWS::Region}' } },
    });
    expect(documentOf(deploymentGrant(deployment)).Statement[0].Resource).toEqual({
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':elasticache:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
        ':user:app-', { Ref: 'AWS::Region' },
      ]],
    });
  });
});

describe('what a resource names', () => {
  const namesOf = (property: string, value: (service: Stack) => unknown) => {
    const deployment = newDeployment();
    const { service } = deployment;
    new CfnResource(service, 'Cache', {
      type: 'AWS::ElastiCache::ReplicationGroup',
      properties: { ReplicationGroupId: 'orders', [property]: value(service) },
    });
    return allowedOn(deploymentGrant(deployment), create).filter((arn) => !/:(replication|parameter)group:/.test(arn));
  };
  const newUserGroup = (service: Stack, userGroupId: string) => (
    new elasticache.CfnUserGroup(service, userGroupId, { engine: 'valkey', userGroupId, userIds: [] }));

  test('is known from Refs and attributes, from logical IDs, and in lists', () => {
    expect(namesOf('UserGroupIds', (service) => [newUserGroup(service, 'Apps').ref, 'admins'])).toEqual(
      [elastiCacheArn('usergroup:admins'), elastiCacheArn('usergroup:apps')]);
    expect(namesOf('UserGroupIds', (service) => {
      newUserGroup(service, 'Apps');
      return [{ Ref: 'Apps' }];
    })).toEqual([elastiCacheArn('usergroup:apps')]);
    expect(namesOf('GlobalReplicationGroupId', (service) => (
      new elasticache.CfnGlobalReplicationGroup(service, 'World', {
        globalReplicationGroupIdSuffix: 'world', members: [{ replicationGroupId: 'primary' }],
      }).attrGlobalReplicationGroupId
    ))).toEqual(['arn:aws:elasticache::111122223333:globalreplicationgroup:*-world']);
  });

  test('may be one or the other, by a condition', () => {
    expect(namesOf('CacheSubnetGroupName', (service) => {
      const condition = new CfnCondition(service, 'Big', { expression: Fn.conditionEquals('a', 'b') });
      return Fn.conditionIf(condition.logicalId, 'big', 'small');
    })).toEqual([elastiCacheArn('subnetgroup:big'), elastiCacheArn('subnetgroup:small')]);
  });

  test('may be a resource of another stack that is not deployed', () => {
    const deployment = newDeployment();
    const shared = new Stack(deployment.app, 'Shared', { env: ENV });
    const subnets = new elasticache.CfnSubnetGroup(shared, 'Subnets', {
      description: 'Private', subnetIds: ['subnet-1'], cacheSubnetGroupName: 'shared',
    });
    new elasticache.CfnReplicationGroup(deployment.service, 'Cache', {
      replicationGroupDescription: 'Orders', replicationGroupId: 'orders', cacheSubnetGroupName: subnets.ref,
    });
    expect(allowedOn(deploymentGrant(deployment), create)).toContain(elastiCacheArn('subnetgroup:shared'));
    deployment.app.synth();
  });

  test('may be another one of the deployment at the next update', () => {
    const deployment = newDeployment();
    newUserGroup(deployment.service, 'next');
    new CfnResource(deployment.service, 'Cache', {
      type: 'AWS::ElastiCache::ReplicationGroup', properties: { ReplicationGroupId: 'orders', UserGroupIds: ['now'] },
    });
    const grant = deploymentGrant(deployment);
    expect(allowedOn(grant, 'elasticache:ModifyReplicationGroup')).toContain(elastiCacheArn('usergroup:next'));
    expect(allowedOn(grant, create)).not.toContain(elastiCacheArn('usergroup:next'));
  });

  test('is a user group that is deleted only after the replication groups that use it have let it go', () => {
    const modifies = (uses: boolean) => {
      const deployment = newDeployment();
      const group = newUserGroup(deployment.service, 'apps');
      new elasticache.CfnReplicationGroup(deployment.service, 'Cache', {
        replicationGroupDescription: 'Orders',
        replicationGroupId: 'orders',
        userGroupIds: uses ? [group.ref] : ['other'],
      });
      return deploymentGrant(deployment, [group, ...(uses ? [deployment.service] : [])]).permissions
        .filter(({ operation, reason }) => operation === 'ModifyReplicationGroup' && /delete/.test(reason))
        .map(({ resource, reason }) => [resource, reason]);
    };
    expect(modifies(true)).toEqual([
      [
        elastiCacheArn('replicationgroup:orders'),
        'Service/apps, delete: allows ModifyReplicationGroup on this replicationgroup: UserGroupIds of Service/Cache',
      ],
      [elastiCacheArn('usergroup:apps'), 'Service/apps, delete: allows ModifyReplicationGroup on this usergroup'],
    ]);
    expect(modifies(false)).toEqual([]);
  });
});

test('reading the template changes nothing of it', () => {
  const build = (withGrant: boolean) => {
    const deployment = newDeployment();
    const { service, platform } = deployment;
    const parameter = new CfnParameter(service, 'Size');
    const shared = new elasticache.CfnSubnetGroup(platform, 'Subnets', {
      description: 'Private', subnetIds: ['subnet-1'], cacheSubnetGroupName: 'shared',
    });
    new elasticache.CfnReplicationGroup(service, 'Cache', {
      replicationGroupDescription: parameter.valueAsString,
      cacheSubnetGroupName: shared.ref,
      replicationGroupId: Fn.join('', ['orders-', Token.asString(Lazy.any({ produce: () => 'x' }))]),
    });
    if (withGrant) { deploymentGrant(deployment).permissions; }
    return deployment.app.synth().stacks.find(({ stackName }) => stackName === 'Service')!.template;
  };
  expect(build(true)).toEqual(build(false));
});
