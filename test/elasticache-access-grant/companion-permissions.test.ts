import { Aws, Stack } from 'aws-cdk-lib';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
} from '../../src';
import { allow, granted, inPartition, messageOf, newStack, runs, warningsOf } from '../harness';

const {
  COPY_SNAPSHOT, CREATE_CACHE_CLUSTER, CREATE_REPLICATION_GROUP, CREATE_SERVERLESS_CACHE, CREATE_USER, DESCRIBE_EVENTS,
  EXPORT_SERVERLESS_CACHE_SNAPSHOT, MODIFY_CACHE_CLUSTER,
} = ElastiCacheOperation;
const env = { region: 'eu-west-1', account: '111122223333' };
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const DELIVERIES = [
  'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:GetLogDelivery', 'logs:ListLogDeliveries',
  'logs:UpdateLogDelivery',
];
const RESOURCE_POLICIES = ['logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:PutResourcePolicy'];

const warningsFor = (props: ElastiCacheAccessGrantProps, stack = newStack()) => {
  new ElastiCacheAccessGrant(stack, 'Grant', props);
  // Newer versions of CDK refuse a stack without resources.
  new s3.CfnBucket(stack, 'SomeResource');
  return warningsOf(stack);
};
const errorFor = (props: ElastiCacheAccessGrantProps, stack = newStack()) => (
  messageOf(() => new ElastiCacheAccessGrant(stack, 'Grant', props)));
const actionsFor = (props: ElastiCacheAccessGrantProps) => (
  new ElastiCacheAccessGrant(newStack(), 'Grant', props).permissions.map(({ action }) => action));

describe('log delivery', () => {
  const stream = (stack: Stack) => new firehose.CfnDeliveryStream(stack, 'Stream', {});
  const streamArn = { 'Fn::GetAtt': ['Stream', 'Arn'] };
  const roleOfDelivery = {
    ...allow('iam:CreateServiceLinkedRole', inPartition(
      'iam::111122223333:role/aws-service-role/delivery.logs.amazonaws.com/AWSServiceRoleForLogDelivery')),
    Condition: { StringEquals: { 'iam:AWSServiceName': 'delivery.logs.amazonaws.com' } },
  };

  test('to CloudWatch Logs has what either page of AWS lists', () => {
    expect(granted({ operations: [CREATE_CACHE_CLUSTER], logDelivery: true })).toEqual([
      allow(['elasticache:CreateCacheCluster', ...[...DELIVERIES, ...RESOURCE_POLICIES].sort()], '*'),
    ]);
  });

  test('to Firehose is limited to the streams and to the role of log delivery', () => {
    const stack = newStack({ env });
    expect(granted({ operations: [MODIFY_CACHE_CLUSTER], logDeliveryStreams: [stream(stack)] }, stack)).toEqual([
      allow(['elasticache:ModifyCacheCluster', ...DELIVERIES], '*'),
      roleOfDelivery,
      allow('firehose:TagDeliveryStream', streamArn),
    ]);
  });

  test('to both has both', () => {
    const stack = newStack({ env });
    const props = { operations: [MODIFY_CACHE_CLUSTER], logDelivery: true, logDeliveryStreams: [stream(stack)] };
    expect(granted(props, stack)).toEqual([
      allow(['elasticache:ModifyCacheCluster', ...[...DELIVERIES, ...RESOURCE_POLICIES].sort()], '*'),
      roleOfDelivery,
      allow('firehose:TagDeliveryStream', streamArn),
    ]);
  });

  test('to CloudWatch Logs warns that it can open any log group, and to Firehose doesn\'t', () => {
    expect(warningsFor({ operations: [CREATE_CACHE_CLUSTER], logDelivery: true })).toEqual([
      'logDelivery allows logs:PutResourcePolicy on *, its only resource, with which every log group of the account '
      + 'can be opened to AWS services: acknowledge this warning, or deliver the logs to Firehose, with '
      + 'logDeliveryStreams [ack: cdk-elasticache-grants:logResourcePolicy]',
    ]);
    const stack = newStack();
    expect(warningsFor({ operations: [CREATE_CACHE_CLUSTER], logDeliveryStreams: [stream(stack)] }, stack)).toEqual([]);
  });

  test.each([
    ['arn:aws:firehose:eu-west-1:111122223333:deliverystream/*'],
    ['arn:aws:iam::111122223333:role/stream'],
    [`arn:aws:firehose:eu-west-1:${Aws.ACCOUNT_ID}:deliverystream/a*`],
  ])('to %s is refused', (deliveryStreamArn) => {
    const stack = newStack();
    const ref: any = { deliveryStreamRef: { deliveryStreamArn, deliveryStreamName: 'a' }, node: stack.node };
    expect(errorFor({ operations: [CREATE_CACHE_CLUSTER], logDeliveryStreams: [ref] }, stack)).toBe(
      `Stack/Grant: logDeliveryStreams: "${deliveryStreamArn.replace(Aws.ACCOUNT_ID, '${AWS::AccountId}')}" is not `
      + 'the ARN of a delivery stream: expected arn:PARTITION:firehose:REGION:ACCOUNT:deliverystream/NAME, without '
      + 'wildcards',
    );
  });

  test('to no stream is refused', () => {
    expect(errorFor({ operations: [CREATE_CACHE_CLUSTER], logDeliveryStreams: [] })).toBe(
      'Stack/Grant: logDeliveryStreams is empty: list at least one delivery stream, or drop logDeliveryStreams',
    );
  });

  test('by an operation that has none is refused', () => {
    const stack = newStack();
    expect(errorFor({ operations: [DESCRIBE_EVENTS], logDeliveryStreams: [stream(stack)] }, stack)).toBe(
      'Stack/Grant: logDeliveryStreams is set, but no listed operation uses it: add CREATE_CACHE_CLUSTER or '
      + 'CREATE_REPLICATION_GROUP or MODIFY_CACHE_CLUSTER or MODIFY_REPLICATION_GROUP, or drop logDeliveryStreams',
    );
  });
});

describe('the endpoint of a serverless cache', () => {
  test('is not allowed by default', () => {
    expect(granted({ operations: [CREATE_SERVERLESS_CACHE] }))
      .toEqual([allow('elasticache:CreateServerlessCache', '*')]);
    expect(warningsFor({ operations: [CREATE_SERVERLESS_CACHE] })).toEqual([]);
  });

  test('is allowed for the service of ElastiCache, in the account and the Region of the stack', () => {
    const ec2 = (type: string) => inPartition(`ec2:eu-west-1:111122223333:${type}/*`);
    const statements = granted({ operations: [CREATE_SERVERLESS_CACHE], vpcEndpoint: true }, newStack({ env }));
    expect(statements).toHaveLength(4);
    expect(statements).toEqual(expect.arrayContaining([
      allow('elasticache:CreateServerlessCache', '*'),
      allow('ec2:CreateVpcEndpoint', [ec2('security-group'), ec2('subnet'), ec2('vpc')]),
      {
        ...allow('ec2:CreateVpcEndpoint', ec2('vpc-endpoint')),
        Condition: { StringLike: { 'ec2:VpceServiceName': 'com.amazonaws.elasticache.serverless.*' } },
      },
      {
        ...allow('ec2:CreateTags', ec2('vpc-endpoint')),
        Condition: {
          StringEquals: {
            'aws:RequestTag/AmazonElastiCacheManaged': 'true', 'ec2:CreateAction': 'CreateVpcEndpoint',
          },
        },
      },
    ]));
  });

  test('keeps a global condition, and not one of ElastiCache', () => {
    const { permissions } = new ElastiCacheAccessGrant(newStack(), 'Grant', {
      operations: [CREATE_SERVERLESS_CACHE],
      vpcEndpoint: true,
      conditions: [
        ElastiCacheCondition.of('StringEquals', 'aws:PrincipalAccount', ['111122223333']),
        ElastiCacheCondition.of('StringEquals', 'elasticache:EngineType', ['valkey']),
      ],
    });
    const [tagging] = permissions.filter(({ action }) => action === 'ec2:CreateTags');
    expect(tagging.conditions).toEqual({
      StringEquals: {
        'aws:PrincipalAccount': ['111122223333'],
        'aws:RequestTag/AmazonElastiCacheManaged': ['true'],
        'ec2:CreateAction': ['CreateVpcEndpoint'],
      },
    });
  });
});

describe('encryptionKey', () => {
  const operations = [CREATE_REPLICATION_GROUP];
  const alias = (shown: string) => (
    `Stack/Grant: encryptionKey is the alias "${shown}", and IAM matches keys by their own ARN only: pass the key that `
    + 'the alias stands for, such as kms.Key.fromKeyArn() or kms.Key.fromLookup() gives it');

  test.each<[string, (stack: Stack) => kms.IKey, string]>([
    ['fromAliasName', (stack) => kms.Alias.fromAliasName(stack, 'Alias', 'alias/cache'),
      'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/cache'],
    ['an ARN', (stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:alias/cache'),
      'arn:aws:kms:eu-west-1:111122223333:alias/cache'],
  ])('that is an alias, by %s, is refused', (_, keyOf, shown) => {
    const stack = newStack();
    expect(errorFor({ operations, encryptionKey: keyOf(stack) }, stack)).toBe(alias(shown));
  });

  test('that is an alias of the app is refused', () => {
    const stack = newStack();
    const targetKey = new kms.Key(stack, 'Key');
    const encryptionKey = new kms.Alias(stack, 'Alias', { aliasName: 'alias/cache', targetKey });
    // The oldest CDK gives the alias's name, the newest a reference to it.
    const resolved = stack.resolve(encryptionKey.aliasName);
    const name = resolved.Ref ? `\${${resolved.Ref}}` : resolved;
    expect(errorFor({ operations, encryptionKey }, stack))
      .toBe(alias(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:${name}`));
  });

  test('with a wildcard is refused', () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/*');
    expect(errorFor({ operations, encryptionKey }, stack)).toBe(
      'Stack/Grant: encryptionKey has the ARN "arn:aws:kms:eu-west-1:111122223333:key/*", which is not that of a key: '
      + 'expected arn:PARTITION:kms:REGION:ACCOUNT:key/ID, without wildcards',
    );
  });

  test.each(['arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab', KEY_ARN])(
    'may be %s', (arn) => {
      const stack = newStack({ env });
      expect(warningsFor({ operations, encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn) }, stack)).toEqual([]);
    },
  );

  test('of another account has a warning', () => {
    const stack = newStack({ env: { region: 'eu-west-1', account: '444455556666' } });
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
    expect(warningsFor({ operations, encryptionKey }, stack)).toEqual([
      'encryptionKey is of the account "111122223333", and the stack deploys to "444455556666": the key\'s own policy '
      + 'must allow the caller there, too, and AWS\'s guide knows keys of the cache\'s own account only; allow it, and '
      + 'acknowledge this warning, or use a key of the stack\'s account [ack: cdk-elasticache-grants:otherAccountKey]',
    ]);
  });

  test('allows a grant for AWS services only, with the global conditions of the grant', () => {
    const stack = newStack({ env });
    const { permissions } = new ElastiCacheAccessGrant(stack, 'Grant', {
      operations,
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN),
      conditions: [ElastiCacheCondition.of('Bool', 'aws:MultiFactorAuthPresent', ['true'])],
    });
    expect(permissions.filter(({ action }) => action.startsWith('kms:'))
      .map(({ action, resource, conditions }) => [action, resource, conditions])).toEqual([
      ['kms:CreateGrant', KEY_ARN, {
        Bool: { 'aws:MultiFactorAuthPresent': ['true'], 'kms:GrantIsForAWSResource': ['true'] },
      }],
      ['kms:DescribeKey', KEY_ARN, { Bool: { 'aws:MultiFactorAuthPresent': ['true'] } }],
    ]);
  });
});

// Red when an operation of either of AWS's lists is dropped.
test.each([
  'CopyServerlessCacheSnapshot', 'CreateCacheCluster', 'CreateCacheParameterGroup', 'CreateGlobalReplicationGroup',
  'CreateReplicationGroup', 'CreateServerlessCache', 'CreateServerlessCacheSnapshot', 'CreateUser', 'CreateUserGroup',
  'DecreaseReplicaCount', 'DeleteServerlessCache', 'DeleteServerlessCacheSnapshot', 'DeleteUser', 'DeleteUserGroup',
  'DescribeUserGroups', 'DescribeUsers', 'IncreaseReplicaCount', 'ModifyCacheCluster', 'ModifyReplicationGroup',
  'ModifyReplicationGroupShardConfiguration', 'ModifyServerlessCache', 'ModifyUser', 'ModifyUserGroup',
])('%s may create the service-linked role', (name) => {
  expect(granted({ operations: [ElastiCacheOperation.of(name)], serviceLinkedRole: true })).toEqual([
    allow(`elasticache:${name}`, '*'),
    {
      ...allow(
        'iam:CreateServiceLinkedRole',
        inPartition('iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache*'),
      ),
      Condition: { StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' } },
    },
  ]);
});

describe('exports', () => {
  const bucketIn = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'exports');

  test('of serverless snapshots without exportBuckets are refused', () => {
    expect(errorFor({ operations: [EXPORT_SERVERLESS_CACHE_SNAPSHOT] })).toBe(
      'Stack/Grant: EXPORT_SERVERLESS_CACHE_SNAPSHOT needs exportBuckets of ElastiCacheAccessGrant, since every call '
      + 'exports to a bucket: list the buckets, or drop EXPORT_SERVERLESS_CACHE_SNAPSHOT',
    );
    expect(errorFor({ operations: ElastiCacheOperation.matching('*Snapshot') })).toBe(
      'Stack/Grant: EXPORT_SERVERLESS_CACHE_SNAPSHOT needs exportBuckets of ElastiCacheAccessGrant, since every call '
      + 'exports to a bucket: list the buckets, pass an empty list if another policy allows S3, or drop '
      + 'EXPORT_SERVERLESS_CACHE_SNAPSHOT',
    );
    expect(errorFor({ operations: [CREATE_USER, EXPORT_SERVERLESS_CACHE_SNAPSHOT], exportBuckets: [] })).toBe(
      'Stack/Grant: exportBuckets is empty, and every call of EXPORT_SERVERLESS_CACHE_SNAPSHOT exports to a bucket: '
      + 'list at least one bucket, or drop EXPORT_SERVERLESS_CACHE_SNAPSHOT',
    );
  });

  test('of serverless snapshots get nothing of S3 where an empty list is about copies', () => {
    const props = { operations: [COPY_SNAPSHOT, EXPORT_SERVERLESS_CACHE_SNAPSHOT], exportBuckets: [] };
    expect(actionsFor(props)).toEqual(['elasticache:CopySnapshot', 'elasticache:ExportServerlessCacheSnapshot']);
    expect(warningsFor(props)).toEqual([]);
  });

  test('to no bucket leave copies in ElastiCache, without any permission for S3', () => {
    const props = { operations: [COPY_SNAPSHOT], exportBuckets: [] };
    expect(granted(props)).toEqual([allow('elasticache:CopySnapshot', '*')]);
    expect(warningsFor(props)).toEqual([]);
  });

  test('of all operations leave none out', () => {
    expect(actionsFor({ operations: ElastiCacheOperation.all(), exportBuckets: [] }))
      .toEqual(ElastiCacheOperation.all().map(({ action }) => action));
  });

  test('to a prefix are limited to it, and the prefix is taken literally', () => {
    const stack = newStack();
    const props = { operations: [COPY_SNAPSHOT], exportBuckets: [bucketIn(stack)], exportPrefix: 'a*/' };
    expect(granted(props, stack)).toEqual([
      allow(['elasticache:CopySnapshot', 's3:ListAllMyBuckets'], '*'),
      allow(['s3:GetBucketLocation', 's3:ListBucket'], inPartition('s3:::exports')),
      allow(['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], inPartition('s3:::exports/a${*}/*')),
    ]);
  });

  test('to a prefix without a bucket are refused', () => {
    const message = 'Stack/Grant: exportPrefix is set, but exportBuckets has no bucket: add exportBuckets, or drop '
      + 'exportPrefix';
    expect(errorFor({ operations: [COPY_SNAPSHOT], exportPrefix: 'a' })).toBe(message);
    expect(errorFor({ operations: [COPY_SNAPSHOT], exportPrefix: 'a', exportBuckets: [] })).toBe(message);
  });

  // Red when a prefix isn't escaped, or when something else than it decides what matches.
  test('to any prefix match exactly the keys that begin with it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?', '$', '{', '}'), maxLength: 5 });
    fc.assert(fc.property(text, text, (exportPrefix, key) => {
      const stack = newStack();
      const { permissions } = new ElastiCacheAccessGrant(stack, 'Grant', {
        operations: [COPY_SNAPSHOT], exportBuckets: [bucketIn(stack)], exportPrefix,
      });
      const arn = stack.resolve(permissions.find(({ action }) => action === 's3:PutObject')!.resource);
      const pattern = [arn['Fn::Join'][1]].flat().filter((part: unknown) => typeof part === 'string').join('')
        .replace('arn::s3:::exports/', '');
      const expression = pattern.replace(/\$\{([*?$])\}|\*|[^]/g, (part, escaped) => (
        part === '*' ? '[^]*' : (escaped ?? part).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')));
      expect(new RegExp(`^${expression}$`).test(key)).toBe(key.startsWith(exportPrefix));
    }), runs(200));
  });

  test('to a bucket with a KMS key have a warning', () => {
    const stack = newStack();
    const exportBuckets = [new s3.Bucket(stack, 'Exports', { encryption: s3.BucketEncryption.KMS })];
    expect(warningsFor({ operations: [COPY_SNAPSHOT], exportBuckets }, stack)).toEqual([
      `exportBuckets has a bucket that encrypts its objects with a KMS key, "\${${
        stack.getLogicalId(exportBuckets[0].node.defaultChild as s3.CfnBucket)}.Arn}", and AWS names no permission `
      + 'with which ElastiCache could export to it: use a bucket with SSE-S3, and copy the objects from there, or '
      + 'acknowledge this warning [ack: cdk-elasticache-grants:kmsEncryptedBucket]',
    ]);
  });

  test('beside encryptionKey have a warning', () => {
    const stack = newStack({ env });
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
    const props = { operations: [COPY_SNAPSHOT], exportBuckets: [bucketIn(stack)], encryptionKey };
    expect(warningsFor(props, stack)).toEqual([
      'an export is not encrypted with encryptionKey: ElastiCache can\'t export with a customer managed key, and S3 '
      + 'encrypts the objects with its own; acknowledge this warning if the data may be kept so, or drop exportBuckets '
      + '[ack: cdk-elasticache-grants:exportWithoutKey]',
    ]);
  });
});

// Red when a part of a reference is read that plain JavaScript may leave out.
test('an object with a reference alone is enough', () => {
  expect(actionsFor({
    operations: [COPY_SNAPSHOT],
    encryptionKey: { keyRef: { keyArn: KEY_ARN } } as any,
    exportBuckets: [{ bucketRef: { bucketArn: 'arn:aws:s3:::exports' } } as any],
  })).toEqual([
    'elasticache:CopySnapshot', 'kms:CreateGrant', 'kms:DescribeKey', 's3:DeleteObject', 's3:GetBucketLocation',
    's3:GetObject', 's3:ListAllMyBuckets', 's3:ListBucket', 's3:PutObject',
  ]);
});

test('tagOnCreate of a global datastore says that sources disagree', () => {
  const { permissions } = new ElastiCacheAccessGrant(newStack(), 'Grant', {
    operations: [ElastiCacheOperation.CREATE_GLOBAL_REPLICATION_GROUP],
    resources: [ElastiCacheResource.globalReplicationGroup('a'), ElastiCacheResource.replicationGroup('b')],
    tagOnCreate: true,
  });
  expect(permissions.filter(({ action }) => action === 'elasticache:AddTagsToResource')
    .map(({ resource, reason }) => [resource.split(':').slice(-2).join(':'), reason])).toEqual([[
    'globalreplicationgroup:a',
    'tags what the call creates (sources disagree: the API model and the Service Authorization Reference have Tags '
    + 'here, and the guide says that global datastores can\'t be tagged): Tags',
  ]]);
});

describe('either-or types', () => {
  const { cacheCluster, replicationGroup, snapshot } = ElastiCacheResource;
  const also = (operation: string) => (
    `Stack/Grant: ${operation} also needs a cacheCluster or a replicationGroup: add `
    + "ElastiCacheResource.cacheCluster('…') or ElastiCacheResource.replicationGroup('…')");

  test('CREATE_SNAPSHOT on a snapshot alone is refused', () => {
    expect(errorFor({ operations: [ElastiCacheOperation.CREATE_SNAPSHOT], resources: [snapshot('a')] }))
      .toBe(also('CREATE_SNAPSHOT'));
  });

  test.each([
    ['a cache cluster', cacheCluster('a')], ['a replication group', replicationGroup('a')],
  ])('CREATE_SNAPSHOT of %s is allowed', (_, source) => {
    expect(warningsFor({ operations: [ElastiCacheOperation.CREATE_SNAPSHOT], resources: [snapshot('a'), source] }))
      .toEqual([]);
  });

  test.each([
    'BATCH_APPLY_UPDATE_ACTION', 'BATCH_STOP_UPDATE_ACTION', 'COMPLETE_MIGRATION',
    'LIST_ALLOWED_NODE_TYPE_MODIFICATIONS',
  ] as const)('%s on neither is refused', (operation) => {
    expect(errorFor({
      operations: [ElastiCacheOperation[operation], ElastiCacheOperation.DELETE_SNAPSHOT], resources: [snapshot('a')],
    })).toBe(also(operation));
  });
});
