import { join } from 'path';
import { CreateReplicationGroupCommand, DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import {
  GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { assume, Caller, connection, getObject, outcomeOf, putObject, tester } from './calls';
import { deploy, DEPLOYMENT } from './cdk';
import { ACCOUNT, REGION, ROOT, TESTER } from './environment';
import { allows } from '../support/evaluator';

const KEYS = ['nightly/0001.rdb', 'nightly/0002.rdb'];

describe('a replication group restored from two snapshots, as examples/typescript deploys it', () => {
  let outputs: Record<string, string>;
  let bucket: string;
  let restorer: Caller;
  let restorerWithLess: Caller;

  beforeAll(async () => {
    outputs = await deploy(join(ROOT, 'examples', 'typescript'), 'app.ts');
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

  describe('the roles that have the grants of the cache', () => {
    // The emulator doesn't judge ARNs of ElastiCache. So the policies are read as they were deployed, and judged here.
    test('one connects, by a permission on the cache and one on the user', async () => {
      const [{ Statement: [connect, ...others] }] = await policiesOf(outputs.ApplicationRoleArn);
      expect([others, connect.Action]).toEqual([[], 'elasticache:Connect']);
      const [cache, user] = ['replicationgroup:sessions-main', 'user:application'].map((name) => (
        `arn:aws:elasticache:${REGION}:${ACCOUNT}:${name}`));
      expect(connect.Resource).toEqual([cache, user]);
      const connects = (resources: string[]) => [cache, user].every((resource) => (
        allows([{ Statement: [{ ...connect, Resource: resources }] }], { action: 'elasticache:Connect', resource })));
      expect([connects([cache, user]), connects([cache]), connects([user])]).toEqual([true, false, false]);
    });

    test('one runs the cache and its nodes, and neither makes nor deletes one', async () => {
      const may = mayIn(await policiesOf(outputs.OperatorRoleArn));
      expect([
        may('ModifyReplicationGroup', 'replicationgroup:sessions-main'),
        may('RebootCacheCluster', 'cluster:sessions-main-001'),
        may('CreateReplicationGroup', 'replicationgroup:sessions-main'),
        may('DeleteReplicationGroup', 'replicationgroup:sessions-main'),
        may('TestFailover', 'replicationgroup:sessions-main-2'),
      ]).toEqual([true, true, false, false, false]);
    });

    test('one takes snapshots of the cache, under its name', async () => {
      const may = mayIn(await policiesOf(outputs.BackupRoleArn));
      expect([
        may('CreateSnapshot', 'replicationgroup:sessions-main'), may('CreateSnapshot', 'snapshot:sessions-main-1'),
        may('DescribeSnapshots', 'snapshot:sessions-main-1'), may('CreateSnapshot', 'snapshot:sessions-2'),
        may('DeleteSnapshot', 'snapshot:sessions-main-1'),
      ]).toEqual([true, true, true, false, false]);
    });
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

/** The inline policies of a role, as they were deployed. */
async function policiesOf(roleArn: string): Promise<any[]> {
  const iam = new IAMClient(connection());
  const RoleName = roleArn.split('/').pop();
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return Promise.all(PolicyNames!.map(async (PolicyName) => {
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return JSON.parse(decodeURIComponent(PolicyDocument!));
  }));
}

/** Whether policies allow an operation on a resource of the account and the Region that they were deployed to. */
function mayIn(documents: any[]) {
  return (operation: string, resource: string) => allows(documents, {
    action: `elasticache:${operation}`, resource: `arn:aws:elasticache:${REGION}:${ACCOUNT}:${resource}`,
  });
}
