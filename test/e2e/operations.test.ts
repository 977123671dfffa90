import { readFileSync } from 'fs';
import { ElastiCacheClient, DescribeEventsCommand } from '@aws-sdk/client-elasticache';
import {
  assume, Call, connection, elastiCacheCalls, Outcome, outcomeOf, outcomesOf, putObject, s3Calls, tester,
} from './calls';
import { deploy, DEPLOYMENT } from './cdk';
import { LOG, setting } from './environment';
import { ElastiCacheOperation } from '../../src';

const operations = ElastiCacheOperation.reference().map(({ operationName }) => operationName);
const objects = ['granted/0001.rdb', 'granted/0002.rdb', 'granted/0003.rdb', 'granted/0001.rdb.bak'];

/** What may be called in S3 besides the operation itself. */
const alsoAllowed: Record<string, string[]> = {
  CopySnapshot: ['s3:GetBucketLocation', 's3:ListAllMyBuckets'],
  CreateCacheClusterFromSnapshot: ['s3:GetObject granted/0001.rdb'],
  CreateReplicationGroupFromSnapshots: ['s3:GetObject granted/0001.rdb', 's3:GetObject granted/0002.rdb'],
};

let roles: Record<string, string>;
let calls: Record<string, Call>;
const unimplemented = new Set<string>();

beforeAll(async () => {
  roles = await deploy(__dirname, 'operations-app.ts');
  calls = { ...elastiCacheCalls(roles.Bucket), ...s3Calls(roles.Bucket) };
  await Promise.all(objects.map((key) => putObject(roles.Bucket, key)(tester())));
}, DEPLOYMENT);

test('the calls include each operation of the reference page', () => {
  expect(Object.keys(calls).filter((name) => !name.startsWith('s3:')).sort()).toEqual([...operations].sort());
});

test.each([
  ...operations.map((operation) => [operation, operation]),
  ['CreateCacheClusterFromSnapshot', 'CreateCacheCluster'],
  ['CreateReplicationGroupFromSnapshots', 'CreateReplicationGroup'],
])('the role %s may call %s with the permissions of its row, and nothing else', async (role, operation) => {
  const outcomes = await outcomesOf(await assume(roles[role]), calls);

  expect(having(outcomes, 'denied')).toEqual(
    Object.keys(calls).filter((name) => ![operation, ...alsoAllowed[role] ?? []].includes(name)).sort(),
  );
  having(outcomes, 'not implemented').forEach((name) => unimplemented.add(name));
});

test('the emulator logs each allowed call that it has not implemented', () => {
  const lacked = [
    ...readFileSync(LOG, 'utf8').matchAll(/^NotImplementedError: The (\w+) action has not been implemented$/gm),
  ].map(([, name]) => name);

  expect([...unimplemented].map(snakeCase).sort()).toEqual([...new Set(lacked)].sort());
  expect(unimplemented.size).toBeLessThan(operations.length);
});

test('a call with the wrong secret is neither allowed nor denied', async () => {
  const credentials = { accessKeyId: setting('AWS_ACCESS_KEY_ID'), secretAccessKey: 'wrong' };
  const impostor = new ElastiCacheClient({ ...connection(), credentials });

  await expect(
    outcomeOf(impostor.send(new DescribeEventsCommand({}))),
  ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
});

function having(outcomes: Record<string, Outcome>, outcome: Outcome): string[] {
  return Object.keys(outcomes).filter((name) => outcomes[name] === outcome).sort();
}

function snakeCase(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase();
}
