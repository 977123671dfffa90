import { Fn } from 'aws-cdk-lib';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
} from '../../src';
import { granted, messageOf, newStack } from '../harness';

/** The mistakes of hand-written ElastiCache policies in public repositories: the library refuses each of them. */
const {
  ADD_TAGS_TO_RESOURCE, CONNECT, COPY_SNAPSHOT, CREATE_REPLICATION_GROUP, CREATE_SERVERLESS_CACHE,
  DESCRIBE_CACHE_CLUSTERS,
} = ElastiCacheOperation;
const { replicationGroup, serverlessCache, fromArn } = ElastiCacheResource;
const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
const grant = (props: ElastiCacheAccessGrantProps) => () => new ElastiCacheAccessGrant(newStack(), 'Grant', props);

test.each<[string, () => unknown, string]>([
  [
    'Connect without the user',
    grant({ operations: [CONNECT], resources: [serverlessCache('sessions')] }),
    "CONNECT also needs a user: add ElastiCacheResource.user('…')",
  ],
  [
    'a required type left out',
    grant({ operations: [CREATE_REPLICATION_GROUP], resources: [replicationGroup('prod-*')] }),
    "CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('default.*')",
  ],
  [
    'a type that AWS never authorizes the action on',
    grant({ operations: [DESCRIBE_CACHE_CLUSTERS], resources: [fromArn(arn('replicationgroup:prod'))] }),
    "DESCRIBE_CACHE_CLUSTERS also needs a cacheCluster: add ElastiCacheResource.cacheCluster('…')",
  ],
  [
    'an action that does not exist',
    () => ElastiCacheOperation.of('TagResource'),
    '"TagResource" is not an ElastiCache operation: did you mean "AddTagsToResource"?',
  ],
  [
    'an action with a letter missing',
    () => ElastiCacheOperation.of('DescribeReplicationGroup'),
    'did you mean "DescribeReplicationGroups"?',
  ],
  [
    'an action of another service',
    () => ElastiCacheOperation.of('AuthorizeCacheSecurityGroupEgress'),
    'did you mean "AuthorizeCacheSecurityGroupIngress"?',
  ],
  [
    'a pattern that matches nothing',
    () => ElastiCacheOperation.matching('Get*'),
    '"Get*" matches no ElastiCache operation',
  ],
  [
    'an ARN with / in place of :',
    grant({ operations: [DESCRIBE_CACHE_CLUSTERS], resources: [fromArn(arn('cluster/prod'))] }),
    'type and name are separated by ":", never by "/"',
  ],
  [
    'a Ref where an ARN belongs',
    grant({ operations: [DESCRIBE_CACHE_CLUSTERS], resources: [fromArn(Fn.ref('Cluster'))] }),
    'its type is only known at deployment',
  ],
  [
    'a key that AWS never supplies for the action',
    grant({
      operations: [DESCRIBE_CACHE_CLUSTERS], conditions: [ElastiCacheCondition.cacheNodeTypes(['cache.t4g.micro'])],
    }),
    'AWS never supplies elasticache:CacheNodeType to DESCRIBE_CACHE_CLUSTERS',
  ],
  ['a key that does not exist', grant({
    operations: [CREATE_SERVERLESS_CACHE],
    conditions: [ElastiCacheCondition.of('StringEquals', 'elasticache:SubnetGroupName', ['a'])],
  }), '"elasticache:SubnetGroupName" is not a condition key of ElastiCache or of all AWS services: AWS lists them'],
  ['a key that does not exist, which would restrict nothing', grant({
    operations: [CREATE_SERVERLESS_CACHE],
    conditions: [ElastiCacheCondition.of('ForAllValues:StringEqualsIfExists', 'elasticache:TagKeys', ['a'])],
  }), 'did you mean "aws:TagKeys"?'],
])('%s is refused', (_, mistake, message) => {
  expect(messageOf(mistake)).toContain(message);
});

test('a snapshot export has its S3 permissions, even if no bucket is named', () => {
  expect(granted({ operations: [COPY_SNAPSHOT] })).toEqual([
    {
      Effect: 'Allow',
      Action: ['elasticache:CopySnapshot', 's3:GetBucketLocation', 's3:ListAllMyBuckets'],
      Resource: '*',
    },
  ]);
});

test('a condition on request tags also applies to later tagging', () => {
  const condition = { StringEquals: { 'aws:RequestTag/team': 'a' } };
  const statements = granted({
    operations: [CREATE_REPLICATION_GROUP, ADD_TAGS_TO_RESOURCE],
    conditions: [ElastiCacheCondition.requestTag('team', ['a'])],
    tagOnCreate: true,
  });
  const tagging = statements.filter(({ Action }) => [Action].flat().includes('elasticache:AddTagsToResource'));
  expect(tagging).toEqual([
    { Effect: 'Allow', Action: 'elasticache:AddTagsToResource', Resource: '*', Condition: condition },
  ]);
});
