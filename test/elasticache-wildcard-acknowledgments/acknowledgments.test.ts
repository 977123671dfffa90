import * as cdk from 'aws-cdk-lib';
import { AspectPriority, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, INagLogger } from 'cdk-nag';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource,
  ElastiCacheWildcardAcknowledgments, SnapshotSource,
} from '../../src';
import { newApp, newRole, newStack } from '../harness';

const AUTHORIZATION = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticache.html';
const PAGE = 'https://github.com/awsdocs/amazon-elasticache-docs/blob/5b28e270f75cfe126d4078b4ccd4d2b1fa22071b/'
  + 'doc_source/redis/IAM.APIReference.md?plain=1';
const EXPORTING = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-exporting.html';
const {
  COPY_SNAPSHOT, CREATE_CACHE_CLUSTER, CREATE_REPLICATION_GROUP, CREATE_SERVERLESS_CACHE, DESCRIBE_EVENTS,
  DESCRIBE_SERVICE_UPDATES, DESCRIBE_USERS,
} = ElastiCacheOperation;

/** What cdk-nag 2 says of the policies of a stack: what it reports, and what is acknowledged, with the reason. */
function findings(stack: Stack): { readonly open: string[]; readonly acknowledged: string[] } {
  const [open, acknowledged]: string[][] = [[], []];
  const nothing = () => {};
  const logger: INagLogger = {
    onNonCompliance: ({ ruleId, findingId }) => { open.push(`${ruleId} ${findingId}`); },
    onSuppressed: ({ suppressionReason }) => { acknowledged.push(suppressionReason); },
    onError: ({ errorMessage }) => { throw new Error(errorMessage); },
    onSuppressedError: nothing,
    onCompliance: nothing,
    onNotApplicable: nothing,
  };
  Aspects.of(stack).add(new AwsSolutionsChecks({ additionalLoggers: [logger] }));
  Aspects.of(stack).add(new ElastiCacheWildcardAcknowledgments(), { priority: AspectPriority.MUTATING });
  try {
    Template.fromStack(stack);
  } catch (error) {
    expect((error as Error).message).toContain('AwsSolutions-');
  }
  return { open, acknowledged };
}

function ofGrant(props: ElastiCacheAccessGrantProps, change: (role: iam.Role) => void = () => {}) {
  const stack = newStack();
  const role = newRole(stack);
  new ElastiCacheAccessGrant(stack, 'Access', props).toRole(role);
  change(role);
  return findings(stack);
}

describe('acknowledged, with the reason and the page', () => {
  test('operations that AWS authorizes on no resource', () => {
    expect(ofGrant({ operations: [DESCRIBE_SERVICE_UPDATES, DESCRIBE_EVENTS] })).toEqual({
      open: [],
      acknowledged: ['[Resource::*] AWS authorizes elasticache:DescribeEvents on no narrower resource than *, which '
        + `DescribeEvents needs (${PAGE}#L39); AWS authorizes elasticache:DescribeServiceUpdates on no narrower `
        + `resource than *, which DescribeServiceUpdates needs (${AUTHORIZATION})`],
    });
  });

  test('the list of all buckets, beside objects that are not', () => {
    const stack = newStack();
    new ElastiCacheAccessGrant(stack, 'Access', {
      operations: [COPY_SNAPSHOT],
      resources: [ElastiCacheResource.snapshot('a')],
      exportBuckets: [cdk.aws_s3.Bucket.fromBucketName(stack, 'Exports', 'my-exports')],
    }).toRole(newRole(stack));
    expect(findings(stack)).toEqual({
      open: ['AwsSolutions-IAM5 Resource::arn:<AWS::Partition>:s3:::my-exports/*'],
      acknowledged: ['[Resource::*] AWS authorizes s3:ListAllMyBuckets on no narrower resource than *, which '
        + `CopySnapshot needs (${EXPORTING})`],
    });
  });

  test('the service-linked role and the endpoint, beside the networks that it may be in', () => {
    const { open, acknowledged } = ofGrant({
      operations: [CREATE_SERVERLESS_CACHE],
      resources: [ElastiCacheResource.serverlessCache('a')],
      serviceLinkedRole: true,
      vpcEndpoint: true,
    });
    const ec2 = 'arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>';
    expect(open).toEqual(['security-group', 'subnet', 'vpc'].map((type) => (
      `AwsSolutions-IAM5 Resource::${ec2}:${type}/*`)));
    const managed = 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonElastiCacheFullAccess.html';
    expect(acknowledged.sort()).toEqual([
      `[Resource::${ec2}:vpc-endpoint/*] the ID of an endpoint is only known once it is created: ec2:CreateTags tags `
        + `the cache's endpoint as ElastiCache's, while it is created (${managed}); the ID of an endpoint is only `
        + 'known once it is created: ec2:CreateVpcEndpoint creates the cache\'s endpoint in a VPC, of ElastiCache\'s '
        + `own endpoint service only (${managed})`,
      '[Resource::arn:<AWS::Partition>:iam::*:role/aws-service-role/elasticache.amazonaws.com/'
        + 'AWSServiceRoleForElastiCache*] the ARN is AWS\'s own, as its guide has it: iam:CreateServiceLinkedRole '
        + 'creates ElastiCache\'s service-linked role where the account has none (https://docs.aws.amazon.com/'
        + 'AmazonElastiCache/latest/dg/using-service-linked-roles.html)',
    ]);
  });
});

describe('not acknowledged', () => {
  test.each<[string, ElastiCacheAccessGrantProps, string]>([
    ['an operation that could name resources', { operations: [DESCRIBE_EVENTS, DESCRIBE_USERS] }, 'Resource::*'],
    ['a custom operation', { operations: [ElastiCacheOperation.custom('ThawCluster')] }, 'Resource::*'],
    [
      'a name pattern', { operations: [DESCRIBE_USERS], resources: [ElastiCacheResource.user('a-*')] },
      'Resource::arn:<AWS::Partition>:elasticache:<AWS::Region>:<AWS::AccountId>:user:a-*',
    ],
    [
      'a prefix of snapshots', {
        operations: [CREATE_REPLICATION_GROUP],
        resources: [ElastiCacheResource.replicationGroup('a'), ElastiCacheResource.parameterGroup('b')],
        snapshots: [SnapshotSource.fromPrefix(
          cdk.aws_s3.Bucket.fromBucketName(newStack(), 'Bucket', 'my-snapshots'), 'weekly/')],
      },
      'Resource::arn:<AWS::Partition>:s3:::my-snapshots/weekly/*',
    ],
    ['the buckets of the reference page', { operations: [COPY_SNAPSHOT] }, 'Resource::*'],
    ['a cache of any name', { operations: [CREATE_CACHE_CLUSTER] }, 'Resource::*'],
  ])('%s', (_, props, finding) => {
    expect(ofGrant(props)).toEqual({ open: [`AwsSolutions-IAM5 ${finding}`], acknowledged: [] });
  });

  test.each<[string, iam.PolicyStatementProps]>([
    ['an action', { actions: ['s3:GetObject'], resources: ['*'] }],
    ['a forced action that no grant gave', { actions: ['s3:ListAllMyBuckets'], resources: ['*'] }],
    ['all actions but some', { notActions: ['s3:GetObject'], resources: ['*'] }],
  ])('%s of somebody else on the same wildcard, in the same policy', (_, statement) => {
    const { acknowledged } = ofGrantWithStatement(statement);
    expect(acknowledged).toEqual(undefined);
  });

  /** cdk-nag 2 itself fails on `NotAction`, so what is acknowledged is read from the template. */
  function ofGrantWithStatement(statement: iam.PolicyStatementProps): { readonly acknowledged: unknown } {
    const stack = newStack();
    const role = newRole(stack);
    new ElastiCacheAccessGrant(stack, 'Access', { operations: [DESCRIBE_EVENTS] }).toRole(role);
    role.addToPolicy(new iam.PolicyStatement(statement));
    Aspects.of(stack).add(new ElastiCacheWildcardAcknowledgments());
    const [policy] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    return { acknowledged: policy.Metadata.cdk_nag };
  }

  test('a deny, which cdk-nag does not report, hinders nothing', () => {
    const { open, acknowledged } = ofGrant({ operations: [DESCRIBE_EVENTS] }, (role) => {
      role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] }));
    });
    expect([open, acknowledged.length]).toEqual([[], 1]);
  });

  test('policies of others', () => {
    const stack = newStack();
    newRole(stack).addToPolicy(new iam.PolicyStatement({ actions: ['elasticache:DescribeEvents'], resources: ['*'] }));
    expect(findings(stack)).toEqual({ open: ['AwsSolutions-IAM5 Resource::*'], acknowledged: [] });
  });
});

test('what was acknowledged before stays', () => {
  const stack = newStack();
  const role = newRole(stack);
  new ElastiCacheAccessGrant(stack, 'Access', { operations: [DESCRIBE_EVENTS] }).toRole(role);
  const policy = role.node.findChild('DefaultPolicy').node.defaultChild as CfnResource;
  const earlier = { id: 'AwsSolutions-IAM5', reason: 'because it is so', applies_to: ['Action::s3:*'] };
  policy.addMetadata('cdk_nag', { rules_to_suppress: [earlier] });
  new ElastiCacheWildcardAcknowledgments().visit(policy);
  expect(policy.getMetadata('cdk_nag').rules_to_suppress).toEqual([
    earlier, { id: 'AwsSolutions-IAM5', reason: expect.any(String), applies_to: ['Resource::*'] },
  ]);
});

// cdk-nag 3 reads this metadata (its lib/nag-pack.js). Versions of the CDK without `Validations` have no cdk-nag 3.
test('what cdk-nag 3 reads is recorded where the CDK has it', () => {
  const stack = new Stack(newApp(), 'Stack');
  const role = newRole(stack);
  new ElastiCacheAccessGrant(stack, 'Access', { operations: [DESCRIBE_EVENTS] }).toRole(role);
  const policy = role.node.findChild('DefaultPolicy').node.defaultChild!;
  new ElastiCacheWildcardAcknowledgments().visit(policy);
  const rules = policy.node.metadata
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
    .flatMap(({ data }) => Object.keys(data).map((id) => id.replace(/^annotation::/i, '')));
  expect(rules).toEqual('Validations' in cdk ? ['AwsSolutions-IAM5[Resource::*]'] : []);
});
