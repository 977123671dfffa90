import { DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { assume, Call, elastiCacheCalls, Outcome, outcomesOf, putObject, s3Calls, tester } from './calls';
import { deploy, DEPLOYMENT, destroy } from './cdk';

const BUCKET = 'deployed-seeds';

describe('a stack of caches, deployed, changed and deleted with the AWS CDK, and the role that does so', () => {
  let outputs: Record<string, string>;
  let calls: Record<string, Call>;
  const deployed: Record<string, string[]> = {};

  beforeAll(async () => {
    const { s3 } = tester();
    await s3.send(new CreateBucketCommand({
      Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }));
    await putObject(BUCKET, 'granted/0001.rdb')(tester());
    calls = { ...elastiCacheCalls(BUCKET), ...s3Calls(BUCKET) };

    await deploy(__dirname, 'deployment-app.ts 1');
    deployed.created = await caches();
    outputs = await deploy(__dirname, 'deployment-app.ts 2');
    deployed.updated = await caches();
  }, 3 * DEPLOYMENT);

  /** The calls of the handlers, for all of a resource's life, that the grant allows. */
  const allowedBy = (statements: string[][]) => {
    const actions = new Set(statements.flat());
    return Object.keys(calls).filter((name) => (
      name.startsWith('s3:')
        ? name === 's3:GetObject granted/0001.rdb' && actions.has('s3:GetObject')
        : actions.has(`elasticache:${name}`))).sort();
  };
  const statementsOf = (): string[][] => JSON.parse(outputs.Statements);

  test('the role may make each call of the handlers, and no other', async () => {
    const outcomes = await outcomesOf(await assume(outputs.DeployerArn), calls);
    expect(notDenied(outcomes)).toEqual(allowedBy(statementsOf()));
    expect(allowedBy(statementsOf())).toEqual([
      'AddTagsToResource', 'CreateCacheCluster', 'CreateCacheSubnetGroup', 'CreateReplicationGroup',
      'DeleteCacheCluster', 'DeleteCacheSubnetGroup', 'DeleteReplicationGroup', 'DescribeCacheClusters',
      'DescribeCacheSubnetGroups', 'DescribeReplicationGroups', 'ListTagsForResource', 'ModifyCacheSubnetGroup',
      'ModifyReplicationGroup', 'ModifyReplicationGroupShardConfiguration', 'RemoveTagsFromResource',
      's3:GetObject granted/0001.rdb',
    ]);
  });

  test('without one of the statements, the calls that it alone allows are denied', async () => {
    const all = statementsOf();
    const lost: string[] = [];
    for (const index of all.keys()) {
      const rest = all.filter((_, other) => other !== index);
      const outcomes = await outcomesOf(await assume(outputs[`Without${index}Arn`]), calls);
      expect(notDenied(outcomes)).toEqual(allowedBy(rest));
      lost.push(...allowedBy(all).filter((name) => !allowedBy(rest).includes(name)));
    }
    expect(lost).toEqual(expect.arrayContaining([
      'DeleteReplicationGroup', 'ModifyCacheSubnetGroup', 'DescribeCacheClusters', 's3:GetObject granted/0001.rdb',
    ]));
  });

  test('the emulator has no handlers of ElastiCache, in a deployment, a change or a deletion', async () => {
    expect(deployed).toEqual({ created: [], updated: [] });
    await destroy(__dirname, 'deployment-app.ts 2');
    expect(await caches()).toEqual([]);
  }, 2 * DEPLOYMENT);

  /** What a deployment has made of the caches of the stack. */
  async function caches(): Promise<string[]> {
    const { ReplicationGroups = [] } = await tester().elasticache.send(new DescribeReplicationGroupsCommand({}));
    const ids = ReplicationGroups.map(({ ReplicationGroupId }) => ReplicationGroupId!);
    return ids.filter((id) => id === 'sessions-main');
  }
});

function notDenied(outcomes: Record<string, Outcome>): string[] {
  return Object.keys(outcomes).filter((name) => outcomes[name] !== 'denied').sort();
}
