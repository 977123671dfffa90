import { join } from 'path';
import { CreateReplicationGroupCommand, DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { assume, Caller, connection, getObject, outcomeOf, putObject, tester } from './calls';
import { deploy, DEPLOYMENT } from './cdk';
import { ROOT, TESTER } from './environment';

const KEYS = ['nightly/0001.rdb', 'nightly/0002.rdb'];

describe('a replication group restored from two snapshots, as examples/typescript deploys it', () => {
  let bucket: string;
  let restorer: Caller;
  let restorerWithLess: Caller;

  beforeAll(async () => {
    const outputs = await deploy(join(ROOT, 'examples', 'typescript'), 'app.ts');
    bucket = outputs.SnapshotsBucketName;
    await Promise.all([...KEYS, 'nightly/0003.rdb'].map((key) => putObject(bucket, key)(tester())));

    await trustTester(outputs.RestoreRoleArn);
    restorer = await assume(outputs.RestoreRoleArn);

    const { RoleArn } = await deploy(__dirname, `left-out-app.ts ${bucket}`);
    restorerWithLess = await assume(RoleArn);
  }, 2 * DEPLOYMENT);

  test('the deployed role creates and describes the group', async () => {
    const created = await createReplicationGroup(restorer, 'restored');
    expect(created.ReplicationGroup).toMatchObject({ ReplicationGroupId: 'restored', Status: 'available' });

    const found = await restorer.elasticache.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId: 'restored' }),
    );
    expect(found.ReplicationGroups).toHaveLength(1);
  });

  test.each(KEYS)('the deployed role reads %s', async (key) => {
    expect(await getObject(bucket, key)(restorer)).toBe(key);
  });

  test('the deployed role neither reads another object nor writes one', async () => {
    expect(await outcomeOf(getObject(bucket, 'nightly/0003.rdb')(restorer))).toBe('denied');
    expect(await outcomeOf(putObject(bucket, KEYS[0])(restorer))).toBe('denied');
  });

  test('a grant without one of the objects denies reading that object alone', async () => {
    expect(await outcomeOf(getObject(bucket, KEYS[0])(restorerWithLess))).toBe('answered');
    expect(await outcomeOf(getObject(bucket, KEYS[1])(restorerWithLess))).toBe('denied');
  });

  test('the emulator creates a group without reading the snapshots', async () => {
    expect(await outcomeOf(createReplicationGroup(restorerWithLess, 'with-less'))).toBe('answered');
  });

  function createReplicationGroup(caller: Caller, id: string) {
    return caller.elasticache.send(new CreateReplicationGroupCommand({
      ReplicationGroupId: id,
      ReplicationGroupDescription: 'Sessions, restored from the nightly snapshots',
      Engine: 'valkey',
      CacheNodeType: 'cache.t4g.small',
      SnapshotArns: KEYS.map((key) => `arn:aws:s3:::${bucket}/${key}`),
    }));
  }
});

/**
 * The example's role is for a service of AWS. Here the tests assume it: only its trust is changed, never its
 * permissions.
 */
async function trustTester(roleArn: string) {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: TESTER }, Action: 'sts:AssumeRole' }],
  };
  const iam = new IAMClient(connection());
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: roleArn.split('/').pop(), PolicyDocument: JSON.stringify(trust) }),
  );
}
