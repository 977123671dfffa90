import { App } from 'aws-cdk-lib';
import { ElastiCacheAccessReport } from '../../src';
import { newStack } from '../harness';
import { restoreGrant, shards } from '../support/snapshots';

// Red if each managed policy is listed with all permissions of the grant.
test('each managed policy of a divided grant is listed with what it has itself', () => {
  const stack = newStack();
  const report = new ElastiCacheAccessReport(stack.node.root as App, 'Report');
  const policies = restoreGrant(stack, shards(200)).toManagedPolicies();
  expect(policies.length).toBeGreaterThan(1);

  const { permissions } = report.toJson();
  for (const policy of policies) {
    const statements: any[] = stack.resolve(policy.document).Statement;
    const written = statements.flatMap(({ Action, Resource }) => (
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => [action, plain(resource)].join(' ')))));
    const listed = permissions.filter(({ principal }) => principal === policy.node.path)
      .map(({ action, resource }) => `${action} ${resource}`);
    expect(listed.sort()).toEqual(written.sort());
  }
});

test('a document that is handed out counts as delivered', () => {
  const stack = newStack();
  const report = new ElastiCacheAccessReport(stack.node.root as App, 'Report');
  restoreGrant(stack, shards(1)).toPolicyDocument();
  const { permissions, notDelivered } = report.toJson();
  expect([permissions.map(({ principal }) => principal), notDelivered])
    .toEqual([Array(3).fill('a policy document'), []]);
});

/** An ARN as the report writes it. */
function plain(resource: any): string {
  return typeof resource === 'string' ? resource : resource['Fn::Join'][1]
    .map((part: any) => (typeof part === 'string' ? part : `\${${part.Ref}}`)).join('');
}
