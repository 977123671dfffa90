// A stack with the caches of the example, and the roles that deploy it. The first argument is the size of the group.
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import { TESTER } from './environment';
import { ElastiCacheDeploymentGrant } from '../../src';

const stack = new Stack(new App(), 'Deployment');
const subnets = new elasticache.CfnSubnetGroup(stack, 'Subnets', {
  description: 'Private', subnetIds: ['subnet-1'], cacheSubnetGroupName: 'private',
});
new elasticache.CfnReplicationGroup(stack, 'Sessions', {
  replicationGroupId: 'sessions-main',
  replicationGroupDescription: 'Sessions, restored from the nightly snapshots',
  engine: 'valkey',
  cacheNodeType: 'cache.t4g.small',
  numNodeGroups: Number(process.argv[2]),
  cacheSubnetGroupName: subnets.ref,
  snapshotArns: ['arn:aws:s3:::deployed-seeds/granted/0001.rdb'],
});
const { statements } = new ElastiCacheDeploymentGrant(stack, 'Deploy', { deployed: [stack] });

/**
 * A role with some of the statements. The emulator authorizes calls of ElastiCache on `*` alone, so that is what their
 * resources are here.
 */
function newRole(id: string, isGiven: (statement: iam.PolicyStatement) => boolean) {
  const role = new iam.Role(stack, id, { assumedBy: new iam.ArnPrincipal(TESTER) });
  statements.filter(isGiven).map((statement) => statement.copy()).forEach((statement) => {
    const ofElastiCache = statement.actions.every((action) => action.startsWith('elasticache:'));
    role.addToPolicy(ofElastiCache ? statement.copy({ resources: ['*'] }) : statement);
  });
  new CfnOutput(stack, `${id}Arn`, { value: role.roleArn });
}

newRole('Deployer', () => true);
statements.forEach((removed, index) => newRole(`Without${index}`, (statement) => statement !== removed));
new CfnOutput(stack, 'Statements', {
  value: JSON.stringify(statements.map(({ actions }) => actions)),
});
