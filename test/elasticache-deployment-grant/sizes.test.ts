import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ElastiCacheDeploymentGrant } from '../../src';
import { messageOf } from '../harness';
import { deploymentGrant, newDeployment } from '../support/deployments';

const PARTS = 'make a grant for each part of what is deployed, to a principal of its own';

/** A grant for a cache that is restored from this many snapshots. */
function restoring(count: number): ElastiCacheDeploymentGrant {
  const deployment = newDeployment();
  new elasticache.CfnReplicationGroup(deployment.service, 'Cache', {
    replicationGroupDescription: 'Orders',
    replicationGroupId: 'orders',
    snapshotArns: Array.from({ length: count }, (_, index) => `arn:aws:s3:::my-snapshots/nightly/shard-${index}.rdb`),
  });
  return deploymentGrant(deployment);
}

/** The error without the size of the policy. */
const errorOf = (action: () => unknown) => messageOf(action).replace(/has [\d,]+ characters/, 'has N characters');

describe('a policy that is too large', () => {
  test('for one document names the remedies of a deployment', () => {
    expect(errorOf(() => restoring(100).toPolicyDocument())).toBe(
      'Platform/Deploy: the policy has N characters, white space not counted, and may have 6,144: use '
      + `toManagedPolicies(), pass the limit that applies, or ${PARTS}`);
  });

  test('for a managed policy names the remedies of a deployment', () => {
    const grant = restoring(100);
    expect(errorOf(() => grant.to(new iam.ManagedPolicy(grant, 'Policy')))).toBe(
      'Platform/Deploy: the policy has N characters, white space not counted, and a managed policy may have 6,144: '
      + `attach toManagedPolicies(), or ${PARTS}`);
  });

  test('for all managed policies of a principal names the remedies of a deployment', () => {
    const grant = restoring(1500);
    expect(errorOf(() => grant.toGroup(new iam.Group(grant, 'Group')))).toMatch(new RegExp(
      '^Platform/Deploy: the policy has N characters, white space not counted, and needs \\d\\d managed policies, and '
      + `a group may have 10 at most: ${PARTS}$`));
  });
});
