import { Aspects, CfnResource, IAspect, Tags } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { messageOf, newRole } from '../harness';
import { Deployment, deploymentGrant, newDeployment } from '../support/deployments';

const newGroup = ({ service }: Deployment, id: string, properties = {}) => (
  new elasticache.CfnReplicationGroup(service, id, {
    replicationGroupDescription: id, replicationGroupId: id.toLowerCase(), ...properties,
  }));

/** The error of a synthesis in which all that was made before the grant is there, and something comes after it. */
function errorAfter(change: (deployment: Deployment, first: elasticache.CfnReplicationGroup) => void): string {
  const deployment = newDeployment();
  const first = newGroup(deployment, 'First');
  deploymentGrant(deployment).toRole(newRole(deployment.platform));
  change(deployment, first);
  return messageOf(() => deployment.app.synth());
}

test('a cache that is added after the grant is an error at synthesis', () => {
  expect(errorAfter((deployment) => { newGroup(deployment, 'Second'); })).toBe(
    'Validation failed with the following errors:\n'
    + "  [Platform/Deploy] Service/Second needs permissions that the grant doesn't have, since it was added or changed "
    + 'after the grant was made: make the grant later');
});

test('several are named together', () => {
  const error = errorAfter((deployment) => {
    newGroup(deployment, 'Second');
    newGroup(deployment, 'Third');
  });
  expect(error).toContain(
    "Service/Second and Service/Third need permissions that the grant doesn't have, since they were added or changed "
    + 'after the grant was made: make the grant later');
});

test.each<[string, (group: elasticache.CfnReplicationGroup) => void]>([
  ['another name', (group) => { group.replicationGroupId = 'renamed'; }],
  ['a snapshot to restore from', (group) => { group.snapshotArns = ['arn:aws:s3:::seeds/a.rdb']; }],
  ['a key', (group) => { group.addPropertyOverride('KmsKeyId', 'abcd'); }],
  ['a deletion policy', (group) => { group.addOverride('DeletionPolicy', 'Snapshot'); }],
  ['a property that an aspect sets', (group) => {
    const subnets: IAspect = {
      visit: (node: IConstruct) => {
        if (node === group) { group.cacheSubnetGroupName = 'private'; }
      },
    };
    Aspects.of(group.stack).add(subnets);
  }],
])('a change after the grant that needs more is an error: %s', (_, change) => {
  expect(errorAfter((__, first) => change(first))).toContain(
    "[Platform/Deploy] Service/First needs permissions that the grant doesn't have");
});

test('what is wrong with a later change is part of the error', () => {
  expect(errorAfter((_, first) => { first.cacheSubnetGroupName = '*'; })).toContain(
    '[Platform/Deploy] Service/First: CacheSubnetGroupName "*" is no name of a subnetGroup: expected letters, digits, '
      + '".", '
    + '"_" and "-"');
});

test.each<[string, (deployment: Deployment, group: elasticache.CfnReplicationGroup) => void]>([
  ['tags', ({ service }) => Tags.of(service).add('team', 'orders')],
  ['a size', (_, group) => { group.cacheNodeType = 'cache.r7g.large'; }],
  ['a resource of another service', ({ service }) => { new s3.Bucket(service, 'Bucket'); }],
  ['another use of what the grant has already', (_, group) => { group.cacheParameterGroupName = 'default.valkey8'; }],
])('a change after the grant that needs no more is none: %s', (_, change) => {
  const deployment = newDeployment();
  const bucket = new s3.Bucket(deployment.platform, 'Seeds');
  const group = newGroup(deployment, 'First', {
    cacheParameterGroupName: 'default.valkey8', snapshotArns: [bucket.arnForObjects('a*.rdb')],
  });
  deploymentGrant(deployment).toRole(newRole(deployment.platform));
  change(deployment, group);
  expect(deployment.app.synth().stacks.map(({ stackName }) => stackName).sort()).toEqual(['Platform', 'Service']);
});

test('a resource without a type that the package knows is an error whenever it comes', () => {
  const error = errorAfter(({ service }) => { new CfnResource(service, 'New', { type: 'AWS::ElastiCache::Thing' }); });
  expect(error).toContain(
    '[Platform/Deploy] Service/New is of the type "AWS::ElastiCache::Thing", which this version of the package '
      + 'doesn\'t '
    + 'know: use a later one, or grant what its handlers call with ElastiCacheAccessGrant and deploy it apart');
});
