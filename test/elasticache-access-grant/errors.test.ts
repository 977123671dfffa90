import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheOperation, ElastiCacheResource, SnapshotBucketGrants,
} from '../../src';
import { messageOf, newRole, newStack, policyStatements } from '../harness';
import { ErrorCase, grantError, grantOf, titled } from '../support/errors';

const { CREATE_REPLICATION_GROUP, DESCRIBE_EVENTS } = ElastiCacheOperation;

function options(): ErrorCase[] {
  const unused: [Partial<ElastiCacheAccessGrantProps>, string][] = [
    [
      { tagOnCreate: true },
      'COPY_SERVERLESS_CACHE_SNAPSHOT or COPY_SNAPSHOT or CREATE_CACHE_CLUSTER or CREATE_CACHE_PARAMETER_GROUP or '
      + 'CREATE_CACHE_SECURITY_GROUP or CREATE_CACHE_SUBNET_GROUP or CREATE_GLOBAL_REPLICATION_GROUP or '
      + 'CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE or CREATE_SERVERLESS_CACHE_SNAPSHOT or '
      + 'CREATE_SNAPSHOT or CREATE_USER or CREATE_USER_GROUP or PURCHASE_RESERVED_CACHE_NODES_OFFERING',
    ],
    [{ finalSnapshot: true }, 'DELETE_CACHE_CLUSTER or DELETE_REPLICATION_GROUP or DELETE_SERVERLESS_CACHE'],
    [
      { logDelivery: true },
      'CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP or MODIFY_CACHE_CLUSTER or MODIFY_REPLICATION_GROUP',
    ],
    [
      { serviceLinkedRole: true },
      'COPY_SERVERLESS_CACHE_SNAPSHOT or CREATE_CACHE_CLUSTER or CREATE_CACHE_PARAMETER_GROUP '
      + 'or CREATE_GLOBAL_REPLICATION_GROUP or CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE '
      + 'or CREATE_SERVERLESS_CACHE_SNAPSHOT or CREATE_USER or CREATE_USER_GROUP or DECREASE_REPLICA_COUNT '
      + 'or DELETE_SERVERLESS_CACHE or DELETE_SERVERLESS_CACHE_SNAPSHOT or DELETE_USER or DELETE_USER_GROUP '
      + 'or DESCRIBE_USER_GROUPS or DESCRIBE_USERS or EXPORT_SERVERLESS_CACHE_SNAPSHOT '
      + 'or INCREASE_REPLICA_COUNT or MODIFY_CACHE_CLUSTER or MODIFY_REPLICATION_GROUP '
      + 'or MODIFY_REPLICATION_GROUP_SHARD_CONFIGURATION or MODIFY_SERVERLESS_CACHE or MODIFY_USER '
      + 'or MODIFY_USER_GROUP',
    ],
    [{ vpcEndpoint: true }, 'CREATE_SERVERLESS_CACHE'],
    [{ encryptionKey: kms.Key.fromKeyArn(newStack(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a') },
      'COPY_SERVERLESS_CACHE_SNAPSHOT or COPY_SNAPSHOT or CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE or '
      + 'CREATE_SERVERLESS_CACHE_SNAPSHOT or CREATE_SNAPSHOT'],
    [
      { exportBuckets: [s3.Bucket.fromBucketName(newStack(), 'Bucket', 'exports')] },
      'COPY_SNAPSHOT or EXPORT_SERVERLESS_CACHE_SNAPSHOT',
    ],
  ];
  return [
    ...unused.map(([props, users]): ErrorCase => {
      const [option] = Object.keys(props);
      return [
        () => grantOf({ operations: [DESCRIBE_EVENTS], ...props }),
        grantError(`${option} is set, but no listed operation uses it: add ${users}, or drop ${option}`),
      ];
    }),
    [
      () => grantOf({
        operations: [CREATE_REPLICATION_GROUP], resources: [ElastiCacheResource.parameterGroup('a')], tagOnCreate: true,
      }),
      grantError('tagOnCreate of CREATE_REPLICATION_GROUP also needs a replicationGroup: add '
        + "ElastiCacheResource.replicationGroup('…')"),
    ],
    [
      () => grantOf({
        operations: [ElastiCacheOperation.DELETE_REPLICATION_GROUP],
        resources: [ElastiCacheResource.replicationGroup('a')],
        finalSnapshot: true,
      }),
      grantError(
        "finalSnapshot of DELETE_REPLICATION_GROUP also needs a snapshot: add ElastiCacheResource.snapshot('…')",
      ),
    ],
  ];
}

function principals(): ErrorCase[] {
  const withoutPolicies: [iam.IPrincipal, string][] = [
    [new iam.ServicePrincipal('ec2.amazonaws.com'), '{"Service":["ec2.amazonaws.com"]}'],
    [
      new iam.AccountPrincipal('123456789012'),
      '{"AWS":[{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::123456789012:root"]]}]}',
    ],
    [new iam.ArnPrincipal('arn:aws:iam::123456789012:role/other'), '{"AWS":["arn:aws:iam::123456789012:role/other"]}'],
    [
      new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {}),
      '{"Federated":["cognito-identity.amazonaws.com"]}',
    ],
    [new iam.AnyPrincipal(), '{"AWS":["*"]}'],
    [new iam.WebIdentityPrincipal('accounts.google.com'), '{"Federated":["accounts.google.com"]}'],
    [new iam.OrganizationPrincipal('o-1234567890'), '{"AWS":["*"]}'],
  ];
  return [
    ...withoutPolicies.flatMap(([principal, json]) => (['to', 'toRole'] as const).map((method): ErrorCase => [
      () => grantOf({ operations: [DESCRIBE_EVENTS] })[method](principal as iam.IPrincipal & iam.IRole),
      grantError(`the principal ${json} can't have an identity policy, so it would never get the permissions: `
        + "grant to a role, a user or a group, or add toPolicyDocument() where the principal's policies are kept"),
    ])),
    ...[undefined, null].map((grantee): ErrorCase => [
      () => grantOf({ operations: [DESCRIBE_EVENTS] }).toRole(grantee as any),
      grantError(
        `grantee is ${grantee}: pass a role, a user, a group, or a construct that has a principal`,
      ),
    ]),
  ];
}

test.each(titled([...options(), ...principals()]))('a grant throws: %s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test('a grant that throws adds no statement', () => {
  const stack = newStack();
  const role = newRole(stack);
  expect(() => new ElastiCacheAccessGrant(stack, 'Grant', { operations: [] }).toRole(role)).toThrow();
  const bucket = new s3.Bucket(stack, 'Bucket');
  expect(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['', 'a,b'])).toThrow();
  expect(policyStatements(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
});
