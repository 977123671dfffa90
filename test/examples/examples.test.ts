import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CacheAccessStack } from '../../examples/typescript/cache-access-stack';
import { deployed, IN_EUROPE, MINIMIZE, newApp, warningsOf } from '../harness';
import { documentedExamples, policyOf } from '../support/documented-examples';

/** What depends on the flags of new apps, and is no part of what the examples show. */
const SAFE_NAMES = {
  '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName': true,
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': false,
};

const SERVERLESS_CACHE = 'AWS::ElastiCache::ServerlessCache';

/** Documents with their statements in an order of their own. */
function inOrder(documents: any[]): any[] {
  const keyOf = ({ Action, Resource }: any) => JSON.stringify([Resource, Action]);
  return documents.map(({ Statement, ...rest }) => (
    { ...rest, Statement: [...Statement].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) }));
}

/** What other stacks refer to has another output in the newest versions of CDK. */
function withoutExports({ Outputs = {}, ...rest }: Record<string, any>): Record<string, any> {
  const others = Object.entries(Outputs).filter(([id]) => !/^(Exports|Publish)Output/.test(id));
  return others.length > 0 ? { Outputs: Object.fromEntries(others), ...rest } : rest;
}

describe.each([[false], [true]])('examples/typescript, with minimizePolicies %s', (minimize) => {
  test('synthesizes the template of the snapshot', () => {
    const stack = new CacheAccessStack(newApp({ [MINIMIZE]: minimize }), 'CacheAccess');
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe.each([
  ['README.md', 2], ['docs/access-grants.md', 7], ['docs/connect.md', 3], ['docs/narrowing.md', 4],
  ['docs/guardrails.md', 3], ['docs/guardrail-rules.md', 15], ['docs/deploy-roles.md', 4], ['docs/deployment.md', 1],
  ['docs/restore-and-export.md', 4],
])('%s', (path, count) => {
  const examples = documentedExamples(path);

  test(`has ${count} examples with policies`, () => {
    expect(examples).toHaveLength(count);
  });

  test.each(examples)('$title has the policy that the page shows', ({ stack: Example, policies }) => {
    // The newest versions of CDK tell the ARN of a serverless cache, by which statements are in another order.
    expect(inOrder(documents(new Example(newApp(), 'Example')))).toEqual(inOrder(policies));
    if (Template.fromStack(new Example(newApp(), 'Example')).findResources(SERVERLESS_CACHE).Cache) { return; }
    for (const minimize of [false, true]) {
      const app = newApp({ [MINIMIZE]: minimize, ...SAFE_NAMES });
      expect(withoutExports(Template.fromStack(new Example(app, 'Example')).toJSON())).toMatchSnapshot();
    }
  });

  /** The policy documents of a stack, as deployed to eu-west-1. */
  function documents(stack: Stack): unknown[] {
    const resources: Record<string, any> = Template.fromStack(stack).toJSON().Resources;
    const found = Object.values(resources)
      .map(policyOf).filter((document) => document);
    const nameOf = (logicalId: string): string => {
      const { BucketName, ReplicationGroupId, ServerlessCacheName, UserId } = resources[logicalId].Properties;
      return BucketName ?? ReplicationGroupId ?? ServerlessCacheName ?? UserId;
    };
    return deployed(found, IN_EUROPE, nameOf, (logicalId) => {
      const [, type] = /^AWS::ElastiCache::(.*)$/.exec(resources[logicalId].Type) ?? [];
      return type === undefined
        ? `arn:aws:s3:::${nameOf(logicalId)}`
        : `arn:aws:elasticache:eu-west-1:111122223333:${type.toLowerCase()}:${nameOf(logicalId)}`;
    });
  }
});
