import * as iam from 'aws-cdk-lib/aws-iam';
import { ReplicationGroupGrants } from '../../src';
import { messageOf, newStack, UNCHECKED } from '../harness';
import { ENV, replicationGroup } from '../support/caches';

test('a policy that is too large for its place names remedies that the grants of a cache have', () => {
  const stack = newStack({ env: ENV, context: UNCHECKED });
  const policy = new iam.ManagedPolicy(stack, 'Policy', {
    statements: [new iam.PolicyStatement({
      actions: ['s3:GetObject'], resources: [`arn:aws:s3:::my-bucket/${'k'.repeat(5900)}`],
    })],
  });
  const grants = ReplicationGroupGrants.fromReplicationGroup(replicationGroup(stack));
  expect(messageOf(() => grants.operate(policy)).replace(/[\d,]+ (?=characters|of)/g, 'N ')).toBe(
    'Stack/Cache: the policy has N characters, white space not counted, and a managed policy may have 6,144, N of '
    + 'which are used: attach the toManagedPolicies() of an ElastiCacheAccessGrant, or grant fewer operations');
});
