import { Aws, Fn, Resource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { messageOf, newRole, newStack, policyStatements } from './harness';
import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource, SnapshotBucketGrants,
  SnapshotSource,
} from '../src';

/** Whoever does the first gets the second, whole. */
type Bad = [() => unknown, string];

const {
  BATCH_APPLY_UPDATE_ACTION, CONNECT, COPY_SNAPSHOT, CREATE_CACHE_CLUSTER, CREATE_CACHE_SUBNET_GROUP, CREATE_REPLICATION_GROUP,
  DESCRIBE_CACHE_CLUSTERS, DESCRIBE_EVENTS, TEST_FAILOVER,
} = ElastiCacheOperation;
const tokenList = () => Fn.split(',', Fn.importValue('Keys'));

function grant(props: ElastiCacheAccessGrantProps): ElastiCacheAccessGrant {
  return new ElastiCacheAccessGrant(newStack(), 'Grant', props);
}

/** One problem, or several, as the error of a grant tells them. */
function told(...problems: string[]): string {
  return `Stack/Grant: ${problems.length === 1 ? problems[0] : `${problems.length} problems:\n${problems.map((problem) => `- ${problem}`).join('\n')}`}`;
}

/** A bucket reference as anybody may implement it, of which nobody has checked the ARN. */
class SomeBucket extends Resource implements aws_s3.IBucketRef {
  public readonly bucketRef: aws_s3.BucketReference;

  constructor(bucketArn: string) {
    super(newStack(), 'Bucket');
    this.bucketRef = { bucketArn, bucketName: 'unused' };
  }
}

function operations(): Bad[] {
  const notAName = (name: string) => `ElastiCacheOperation.custom: ${JSON.stringify(name)} is not an operation name: `
    + 'expected letters and digits, beginning with a letter, such as "CreateCacheCluster", without "elasticache:" and without wildcards; '
    + 'for patterns, use ElastiCacheOperation.matching';
  return [
    ...['elasticache:Foo', 'Foo*', '', 'Foo?', '*', 'Foo Bar', ' Foo', '7Foo', 'Foo\n'].map((name): Bad => (
      [() => ElastiCacheOperation.custom(name), notAName(name)])),
    [
      () => ElastiCacheOperation.custom(Fn.importValue('Name')),
      'ElastiCacheOperation.custom: name is only known at deployment, and could hold a wildcard: pass a literal name',
    ],
    [
      () => ElastiCacheOperation.of(Fn.importValue('Name')),
      'ElastiCacheOperation.of: name is only known at deployment, and what it needs must be known before: pass a literal name',
    ],
    [
      () => ElastiCacheOperation.matching(Fn.importValue('Name')),
      'ElastiCacheOperation.matching: pattern is only known at deployment, and is spelled out before: pass a literal pattern',
    ],
    ...[
      ['DescribeReplicationGroup', 'DescribeReplicationGroups'],
      ['describecacheclusters', 'DescribeCacheClusters'],
      ['elasticache:CopySnapshot', 'CopySnapshot'],
      ['AuthorizeCacheSecurityGroupEgress', 'AuthorizeCacheSecurityGroupIngress'],
      ['constructor', 'Connect'],
    ].map(
      ([name, suggestion]): Bad => [
        () => ElastiCacheOperation.of(name),
        `ElastiCacheOperation.of: "${name}" is not an ElastiCache operation: did you mean "${suggestion}"? `
        + 'For one that AWS has added since this version, use ElastiCacheOperation.custom',
      ]),
    ...['Get*', 'View*', 'elasticache:Describe*', 'Describe.*', ''].map((pattern): Bad => [
      () => ElastiCacheOperation.matching(pattern),
      `ElastiCacheOperation.matching: "${pattern}" matches no ElastiCache operation: expected a pattern of operation names, `
      + 'such as "Describe*" or "*ReplicationGroup?", without "elasticache:"',
    ]),
    [
      () => grant({ operations: [] }),
      told('operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS'),
    ],
    // As plain JavaScript allows.
    ...[undefined, null, 'CopySnapshot'].map((operation): Bad => [
      () => grant({ operations: [DESCRIBE_EVENTS, operation as any] }),
      told(`operations[1] is ${operation}: expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT`),
    ]),
  ];
}

function snapshots(): Bad[] {
  const emptyKeys = (caller: string, list = 'objectKeys') => `${caller}: ${list} is empty: list at least one object, or use SnapshotSource.fromPrefix`;
  const unknownList = (caller: string, list = 'objectKeys') => `${caller}: ${list} is a list that is only known at deployment, `
    + 'so that no statement can name its objects one by one: pass a list whose length is known, or use SnapshotSource.fromPrefix';
  const notAName = (name: string) => `SnapshotSource.fromBucketName: bucket name ${JSON.stringify(name)} is not one: `
    + 'expected 3 to 63 lower-case letters, digits, dots and hyphens (up to 255, with capitals and underscores, for buckets made before March 2018); '
    + 'pass the name alone, or use SnapshotSource.fromObjectArns';
  const notAnObject = (arn: string, why: string) => `SnapshotSource.fromObjectArns: "${arn}" is not the ARN of an S3 object: ${why}; `
    + 'expected arn:PARTITION:s3:::BUCKET/KEY';
  const badCharacter = (key: string, codePoint: string) => `SnapshotSource.fromBucketName: object key ${JSON.stringify(key)} has the character ${codePoint}, `
    + "which can't stand in the policy: expected printable characters up to U+00FF; "
    + 'copy the object to such a key, or use SnapshotSource.fromPrefix with the part before it';
  const accessPoint = 'it has a Region or an account, as access points have, which SnapshotArns does not take';
  const unescapable = (arn: string) => `SnapshotSource.fromObjectArns: "${arn}" is only known at deployment and holds "*", "?" or "$", `
    + "which can't be escaped in it: use SnapshotSource.fromBucket or fromBucketName, which escape keys, or SnapshotSource.fromPrefix";
  const notABucket = (caller: string, arn: string) => `${caller}: bucket ARN "${arn}" is not one: expected arn:PARTITION:s3:::BUCKET, without wildcards`;
  const sources: [() => SnapshotSource, string][] = [
    // Bucket names
    ...['', 'ab', 'b'.repeat(256), 'snap*', 'snap?', 'a/b', 'arn:aws:s3:::snapshots', 's3://snapshots', 'a b', 'ü-bucket'].map(
      (name): [() => SnapshotSource, string] => [() => SnapshotSource.fromBucketName(name, ['a.rdb']), name.length > 120
        ? notAName(`${'b'.repeat(99)}…`).replace('…"', '…" (256 characters)') : notAName(name)]),
    [() => SnapshotSource.fromBucketName(`a*${Fn.importValue('Bucket')}`, ['a.rdb']), notAName('a*${Token[TOKEN]}')],
    [() => SnapshotSource.fromBucket(new SomeBucket('arn:aws:s3:::snap*'), ['a.rdb']), notABucket('SnapshotSource.fromBucket', 'arn:aws:s3:::snap*')],
    [() => SnapshotSource.fromBucket(new SomeBucket('my-arn:aws:s3:::snap'), ['a.rdb']), notABucket('SnapshotSource.fromBucket', 'my-arn:aws:s3:::snap')],
    [() => SnapshotSource.fromPrefix(new SomeBucket('arn:aws:s3:::a/b'), 'a'), notABucket('SnapshotSource.fromPrefix', 'arn:aws:s3:::a/b')],

    [
      () => SnapshotSource.fromBucket(new SomeBucket('arn:aws:s3:us-east-1:123456789012:accesspoint/ap'), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'arn:aws:s3:us-east-1:123456789012:accesspoint/ap'),
    ],
    [
      () => SnapshotSource.fromBucket(new SomeBucket(`arn:${Aws.PARTITION}:s3:::snap*`), ['a.rdb']),
      notABucket('SnapshotSource.fromBucket', 'arn:${Token[AWS.Partition]}:s3:::snap*'),
    ],

    // Lists
    [() => SnapshotSource.fromBucketName('snapshots', []), emptyKeys('SnapshotSource.fromBucketName')],
    [() => SnapshotSource.fromBucket(new SomeBucket('arn:aws:s3:::snapshots'), []), emptyKeys('SnapshotSource.fromBucket')],
    [() => SnapshotSource.fromObjectArns([]), emptyKeys('SnapshotSource.fromObjectArns', 'objectArns')],
    [() => SnapshotSource.fromBucketName('snapshots', tokenList()), unknownList('SnapshotSource.fromBucketName')],
    [() => SnapshotSource.fromBucket(new SomeBucket('arn:aws:s3:::snapshots'), tokenList()), unknownList('SnapshotSource.fromBucket')],
    [() => SnapshotSource.fromObjectArns(tokenList()), unknownList('SnapshotSource.fromObjectArns', 'objectArns')],

    // Keys
    [() => SnapshotSource.fromBucketName('snapshots', ['']), 'SnapshotSource.fromBucketName: objectKeys has an empty key: expected 1 to 1,024 bytes'],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['k'.repeat(1025)]),
      `SnapshotSource.fromBucketName: object key "${'k'.repeat(99)}…" (1025 characters) has 1,025 bytes in UTF-8: S3 allows at most 1,024`,
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['ü'.repeat(513)]),
      `SnapshotSource.fromBucketName: object key "${'ü'.repeat(99)}…" (513 characters) has 1,026 bytes in UTF-8: S3 allows at most 1,024`,
    ],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['a,b']),
      'SnapshotSource.fromBucketName: object key "a,b" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
    ],
    [() => SnapshotSource.fromBucketName('snapshots', ['a\nb']), badCharacter('a\nb', 'U+000A')],
    [() => SnapshotSource.fromBucketName('snapshots', ['a\u007f']), badCharacter('a\u007f', 'U+007F')],
    [() => SnapshotSource.fromBucketName('snapshots', ['\u009fa']), badCharacter('\u009fa', 'U+009F')],
    [() => SnapshotSource.fromBucketName('snapshots', ['Ā']), badCharacter('Ā', 'U+0100')],
    [() => SnapshotSource.fromBucketName('snapshots', ['日本']), badCharacter('日本', 'U+65E5')],
    [() => SnapshotSource.fromBucketName('snapshots', ['😀']), badCharacter('😀', 'U+1F600')],
    [() => SnapshotSource.fromBucketName('snapshots', ['\ud800']), badCharacter('\ud800', 'U+D800')],
    [() => SnapshotSource.fromBucketName('snapshots', [`日${Fn.importValue('Key')}`]), badCharacter('日${Token[TOKEN]}', 'U+65E5')],
    [
      () => SnapshotSource.fromBucketName('snapshots', ['s3://snapshots/a.rdb']),
      'SnapshotSource.fromBucketName: object key "s3://snapshots/a.rdb" is an address: pass the key alone, or the ARNs to SnapshotSource.fromObjectArns',
    ],
    [
      () => SnapshotSource.fromPrefix(new SomeBucket('arn:aws:s3:::snapshots'), 'arn:aws:s3:::snapshots/a'),
      'SnapshotSource.fromPrefix: prefix "arn:aws:s3:::snapshots/a" is an address: pass the key alone, or the ARNs to SnapshotSource.fromObjectArns',
    ],

    // Object ARNs
    [() => SnapshotSource.fromObjectArns(['snapshots/a.rdb']), notAnObject('snapshots/a.rdb', 'it is no ARN')],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3']), notAnObject('arn:aws:s3', 'it is no ARN')],
    [() => SnapshotSource.fromObjectArns(['']), notAnObject('', 'it is no ARN')],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:sqs:us-east-1:123456789012:queue']),
      notAnObject('arn:aws:sqs:us-east-1:123456789012:queue', 'its service is "sqs", not "s3"'),
    ],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots']), notAnObject('arn:aws:s3:::snapshots', 'it has no object key')],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/']), notAnObject('arn:aws:s3:::snapshots/', 'it has no object key')],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3:::snap*/a.rdb']), notAnObject('arn:aws:s3:::snap*/a.rdb', '"snap*" is no bucket name')],
    [() => SnapshotSource.fromObjectArns(['arn:gcp:s3:::snapshots/a.rdb']), notAnObject('arn:gcp:s3:::snapshots/a.rdb', 'its partition is none of AWS')],
    [() => SnapshotSource.fromObjectArns(['my-arn:aws:s3:::snapshots/a.rdb']), notAnObject('my-arn:aws:s3:::snapshots/a.rdb', 'it is no ARN')],
    [() => SnapshotSource.fromObjectArns(['arn:aws:s3:::snap:shots/a.rdb']), notAnObject('arn:aws:s3:::snap:shots/a.rdb', '"snap:shots" is no bucket name')],
    [() => SnapshotSource.fromObjectArns(['arn:gcp:s3:::snapshots//']), notAnObject('arn:gcp:s3:::snapshots//', 'its partition is none of AWS')],
    ...['us-east-1:123456789012:accesspoint/ap/object/a.rdb', 'us-east-1::snapshots/a.rdb', ':123456789012:snapshots/a.rdb'].map(
      (rest): [() => SnapshotSource, string] => [
        () => SnapshotSource.fromObjectArns([`arn:aws:s3:${rest}`]), notAnObject(`arn:aws:s3:${rest}`, accessPoint),
      ]),
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/a,b']),
      'SnapshotSource.fromObjectArns: object key "a,b" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws-cn:s3:::snapshots/a', 'arn:aws:s3:::snapshots/a', 'arn:aws-cn:s3:::snapshots/b']),
      'SnapshotSource.fromObjectArns: objectArns has ARNs of the partitions "aws" and "aws-cn": a principal reaches objects of its own partition only; '
      + 'list those alone, or use SnapshotSource.fromBucketName, which follows the stack',
    ],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a*`]), unescapable('${Token[TOKEN]}/a*')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a?`]), unescapable('${Token[TOKEN]}/a?')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/$a`]), unescapable('${Token[TOKEN]}/$a')],
  ];
  return [
    ...sources.map(([source, message]): Bad => [() => grant({ operations: [CREATE_CACHE_CLUSTER], snapshots: [source()] }), told(message)]),
    [
      () => grant({ operations: [DESCRIBE_EVENTS], snapshots: [SnapshotSource.fromBucketName('snapshots', ['a.rdb'])] }),
      told('snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP, or drop snapshots'),
    ],
    // Everything that is wrong with one grant, each thing once.
    [
      () => grant({
        operations: [], snapshots: [SnapshotSource.fromBucketName('a/b', ['', 'c,d', '']), SnapshotSource.fromBucketName('a/b', ['a.rdb'])],
      }),
      told(
        'operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS',
        notAName('a/b'),
        'SnapshotSource.fromBucketName: objectKeys has an empty key: expected 1 to 1,024 bytes',
        'SnapshotSource.fromBucketName: object key "c,d" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
        'snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP, or drop snapshots',
      ),
    ],
  ];
}

function resources(): Bad[] {
  const notOne = (arn: string, why: string) => `ElastiCacheResource.fromArn: "${arn}" is not the ARN of an ElastiCache resource: ${why}; `
    + 'expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME';
  const arn = (rest: string) => `arn:aws:elasticache:eu-west-1:111122223333:${rest}`;
  const badName = (name: string) => `ElastiCacheResource.replicationGroup: name "${name}" is not one: expected lower-case letters, digits, `
    + '".", "_", ":" and "-", with "*" and "?" as wildcards';
  const types = [
    'cluster', 'globalreplicationgroup', 'parametergroup', 'replicationgroup', 'reserved-instance', 'securitygroup', 'serverlesscache',
    'serverlesscachesnapshot', 'snapshot', 'subnetgroup', 'user', 'usergroup',
  ].map((type) => `"${type}"`).join(', ');
  const named: [ElastiCacheResource, string][] = [
    [ElastiCacheResource.replicationGroup(''), badName('')],
    [ElastiCacheResource.replicationGroup('a/b'), badName('a/b')],
    [ElastiCacheResource.replicationGroup('a b'), badName('a b')],
    [
      ElastiCacheResource.replicationGroup('Prod'),
      'ElastiCacheResource.replicationGroup: name "Prod" has capitals, and ElastiCache keeps names in lower case: pass "prod"',
    ],
    [
      ElastiCacheResource.replicationGroup(arn('replicationgroup:a')),
      `ElastiCacheResource.replicationGroup: name "${arn('replicationgroup:a')}" is an ARN: pass the name alone, or use ElastiCacheResource.fromArn`,
    ],
    [
      ElastiCacheResource.replicationGroup('a', { region: 'EU West' }),
      'ElastiCacheResource.replicationGroup: region "EU West" is not one: expected a Region, such as "eu-west-1", or "*" for any',
    ],
    [
      ElastiCacheResource.replicationGroup('a', { account: '123' }),
      'ElastiCacheResource.replicationGroup: account "123" is not one: expected 12 digits, or "*" for any',
    ],
    [
      ElastiCacheResource.globalReplicationGroup('a', { region: 'eu-west-1' }),
      'ElastiCacheResource.globalReplicationGroup: region is "eu-west-1", but the ARN of a global datastore has no Region: drop region',
    ],
    [ElastiCacheResource.fromArn('my-group'), notOne('my-group', 'it is no ARN')],
    [ElastiCacheResource.fromArn('*'), notOne('*', 'it is no ARN')],
    [ElastiCacheResource.fromArn('arn:aws:s3:::bucket/key'), notOne('arn:aws:s3:::bucket/key', 'its service is "s3"')],
    [ElastiCacheResource.fromArn('arn:gcp:elasticache:a:b:c:d'), notOne('arn:gcp:elasticache:a:b:c:d', '"gcp" is no partition')],
    [ElastiCacheResource.fromArn(arn('replicationgroup/a')), notOne(arn('replicationgroup/a'), 'type and name are separated by ":", never by "/"')],
    [ElastiCacheResource.fromArn(arn('replicationgroup')), notOne(arn('replicationgroup'), 'it has no name')],
    [ElastiCacheResource.fromArn(arn('cachecluster:a')), notOne(arn('cachecluster:a'), `"cachecluster" is no resource type: expected ${types}`)],
    [ElastiCacheResource.fromArn(arn('*')), notOne(arn('*'), `"*" is no resource type: expected ${types}`)],
    [
      ElastiCacheResource.fromArn(arn('globalreplicationgroup:a')),
      notOne(arn('globalreplicationgroup:a'), 'the ARN of a global datastore has no Region'),
    ],
    [
      ElastiCacheResource.fromArn(Fn.ref('Group')),
      notOne('${Token[TOKEN]}', 'its type is only known at deployment: use the static of its type, such as ElastiCacheResource.fromReplicationGroup'),
    ],
  ];
  const { replicationGroup, user, parameterGroup, subnetGroup } = ElastiCacheResource;
  const missing: [ElastiCacheAccessGrantProps, string[]][] = [
    [{ operations: [CREATE_REPLICATION_GROUP], resources: [replicationGroup('a')] },
      ["CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('…')"]],
    [{ operations: [DESCRIBE_CACHE_CLUSTERS], resources: [ElastiCacheResource.fromArn('arn:aws:elasticache:eu-west-1:111122223333:cluster:a'), ElastiCacheResource.fromArn('arn:aws:elasticache:eu-west-1:111122223333:user:a')] },
      ['resources has the user "arn:aws:elasticache:eu-west-1:111122223333:user:a", but AWS authorises no listed operation on one: drop it, or add an operation that takes it, such as CREATE_USER']],
    [{ operations: [CONNECT], resources: [replicationGroup('a')] },
      ["CONNECT also needs a user: add ElastiCacheResource.user('…')"]],
    [{ operations: [CONNECT], resources: [user('a')] }, [
      "CONNECT also needs a replicationGroup or a serverlessCache: add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')",
    ]],
    [{ operations: [BATCH_APPLY_UPDATE_ACTION, CREATE_REPLICATION_GROUP], resources: [parameterGroup('a')] }, [
      "BATCH_APPLY_UPDATE_ACTION also needs a cacheCluster or a replicationGroup: add ElastiCacheResource.cacheCluster('…') or ElastiCacheResource.replicationGroup('…')",
    ]],
    [{ operations: [ElastiCacheOperation.custom('ThawCluster'), TEST_FAILOVER], resources: [replicationGroup('a')] }, [
      "ThawCluster is a custom operation, of which the resource types are not known, so that resources can't narrow it: "
      + 'give it a grant of its own, without resources',
    ]],
    [{ operations: [TEST_FAILOVER], resources: [] }, [
      'resources is empty, which would allow nothing: list at least one, or drop resources to allow all',
      "TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
    ]],
    [{ operations: [CONNECT, CREATE_REPLICATION_GROUP], resources: [subnetGroup('a')] }, [
      "CONNECT also needs a user: add ElastiCacheResource.user('…')",
      "CONNECT also needs a replicationGroup or a serverlessCache: add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')",
      "CREATE_REPLICATION_GROUP also needs a parameterGroup: add ElastiCacheResource.parameterGroup('…')",
    ]],
  ];
  const taken = [ElastiCacheResource.replicationGroup('a'), ElastiCacheResource.globalReplicationGroup('a')];
  const takers = [ElastiCacheOperation.DESCRIBE_REPLICATION_GROUPS, ElastiCacheOperation.FAILOVER_GLOBAL_REPLICATION_GROUP];
  return [
    ...named.map(([resource, message]): Bad => [() => grant({ operations: takers, resources: [...taken, resource] }), told(message)]),
    ...missing.map(([props, problems]): Bad => [() => grant(props), told(...problems)]),
  ];
}

function conditions(): Bad[] {
  const { of } = ElastiCacheCondition;
  const alone: [ElastiCacheOperation, ElastiCacheCondition, string][] = [
    [DESCRIBE_EVENTS, ElastiCacheCondition.resourceTag('team', ['a']),
      'DESCRIBE_EVENTS never carries aws:ResourceTag/team, so that the condition would deny every call: give it a grant of its own'],
    [TEST_FAILOVER, of('StringEquals', 'elasticache:NodeType', ['a']),
      '"elasticache:NodeType" is not a condition key of ElastiCache or of all AWS services: did you mean "elasticache:EngineType"?'],
    [TEST_FAILOVER, of('StringEqualsIfExists', 'elasticache:CacheNodeTypes', ['a']),
      '"elasticache:CacheNodeTypes" is not a condition key of ElastiCache or of all AWS services: did you mean "elasticache:CacheNodeType"?'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag', ['a']),
      '"aws:ResourceTag" is not a condition key of ElastiCache or of all AWS services: did you mean "aws:ResourceOrgID"?'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/${TagKey}', ['a']),
      '"aws:ResourceTag/${TagKey}" is not a condition key of ElastiCache or of all AWS services: did you mean "aws:ResourceTag/…"?'],
    [TEST_FAILOVER, of('StringEquals', 'my-aws:ResourceTag/team', ['a']),
      '"my-aws:ResourceTag/team" is not a condition key of ElastiCache or of all AWS services: did you mean "aws:ResourceAccount"?'],
    [TEST_FAILOVER, of('StringEqual', 'aws:userid', ['a']),
      '"StringEqual" is not a condition operator: did you mean "StringEquals"?'],
    [TEST_FAILOVER, of('NullIfExists', 'aws:userid', ['true']), '"NullIfExists" is not a condition operator: did you mean "Null"?'],
    [CREATE_REPLICATION_GROUP, of('Bool', 'elasticache:MultiAZEnabled', ['yes']),
      'condition Bool on elasticache:MultiAZEnabled: value "yes" is not what it compares: expected "true" or "false"'],
    [CREATE_REPLICATION_GROUP, of('StringEquals', 'elasticache:MultiAZEnabled', ['yes']),
      'condition StringEquals on elasticache:MultiAZEnabled: value "yes" is not what it compares: expected "true" or "false"'],
    [CREATE_CACHE_SUBNET_GROUP, of('Null', 'aws:RequestTag/team', ['yes']),
      'condition Null on aws:RequestTag/team: value "yes" is not what it compares: expected "true" or "false"'],
    [CREATE_REPLICATION_GROUP, of('NumericEquals', 'elasticache:NumNodeGroups', ['three']),
      'condition NumericEquals on elasticache:NumNodeGroups: value "three" is not what it compares: expected a number, such as "3"'],
    [TEST_FAILOVER, of('ArnEquals', 'aws:PrincipalArn', ['admin']),
      'condition ArnEquals on aws:PrincipalArn: value "admin" is not what it compares: expected an ARN, or a pattern of ARNs'],
    [TEST_FAILOVER, of('IpAddress', 'aws:SourceIp', ['home']),
      'condition IpAddress on aws:SourceIp: value "home" is not what it compares: expected an address or a range, such as "203.0.113.0/24"'],
    [TEST_FAILOVER, of('DateLessThan', 'aws:CurrentTime', ['soon']),
      'condition DateLessThan on aws:CurrentTime: value "soon" is not what it compares: expected a date, such as "2026-01-31T00:00:00Z"'],
    [CREATE_REPLICATION_GROUP, of('StringEquals', 'elasticache:NumNodeGroups', ['3']),
      'condition StringEquals on elasticache:NumNodeGroups: the key is a Numeric: expected NumericEquals, NumericNotEquals, NumericLessThan, '
      + 'NumericLessThanEquals, NumericGreaterThan, NumericGreaterThanEquals or Null'],
    [CREATE_CACHE_SUBNET_GROUP, of('StringEquals', 'aws:TagKeys', ['a']),
      'condition StringEquals on aws:TagKeys: the key has many values: put ForAnyValue: or ForAllValues: before the operator'],
    [TEST_FAILOVER, of('ForAllValues:StringEquals', 'aws:ResourceTag/team', ['a']),
      'condition ForAllValues:StringEquals on aws:ResourceTag/team: the key has one value: drop ForAllValues:'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', []),
      'condition StringEquals on aws:ResourceTag/team: values is empty, which no request meets: list at least one'],
    [TEST_FAILOVER, of('StringEquals', 'aws:ResourceTag/team', Fn.split(',', Fn.importValue('Teams'))),
      "a condition's operator, key or list of values is only known at deployment: pass literal ones; a single value may be a token"],
    [ElastiCacheOperation.custom('ThawCluster'), ElastiCacheCondition.resourceTag('team', ['a']),
      'ThawCluster is a custom operation, and whether it carries aws:ResourceTag/team is not known: give it a grant of its own, without that condition'],
  ];
  return [
    ...alone.map(([operation, condition, message]): Bad => [() => grant({ operations: [operation], conditions: [condition] }), told(message)]),
    // Which none of the listed resources carries.
    [
      () => grant({
        operations: [CREATE_REPLICATION_GROUP],
        resources: [ElastiCacheResource.parameterGroup('a')],
        conditions: [of('StringEquals', 'elasticache:Durability', ['sync'])],
      }),
      told(
        'CREATE_REPLICATION_GROUP carries elasticache:Durability with none of the listed resources, '
        + "only with a replicationGroup: add ElastiCacheResource.replicationGroup('…')",
      ),
    ],
    // Which the operation never carries, whatever is listed.
    [
      () => grant({
        operations: [TEST_FAILOVER], resources: [ElastiCacheResource.replicationGroup('a')], conditions: [of('StringEquals', 'elasticache:Durability', ['sync'])],
      }),
      told('TEST_FAILOVER never carries elasticache:Durability, so that the condition would deny every call: give it a grant of its own'),
    ],
    // Where the lack of a resource says it all.
    [
      () => grant({
        operations: [TEST_FAILOVER, DESCRIBE_CACHE_CLUSTERS],
        resources: [ElastiCacheResource.cacheCluster('a')],
        conditions: [ElastiCacheCondition.resourceTag('team', ['a'])],
      }),
      told("TEST_FAILOVER also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')"),
    ],
    // Which a statement can't say.
    [
      () => grant({ operations: [TEST_FAILOVER], conditions: [ElastiCacheCondition.resourceTag('team', ['a']), ElastiCacheCondition.resourceTag('team', ['b'])] }),
      told('condition StringEquals on aws:ResourceTag/team is listed twice: give one all the values that are allowed, or make a grant for each'),
    ],
  ];
}

function options(): Bad[] {
  const unused: [Partial<ElastiCacheAccessGrantProps>, string][] = [
    [{ tagOnCreate: true }, 'COPY_SERVERLESS_CACHE_SNAPSHOT or COPY_SNAPSHOT or CREATE_CACHE_CLUSTER or CREATE_CACHE_PARAMETER_GROUP or CREATE_CACHE_SECURITY_GROUP '
      + 'or CREATE_CACHE_SUBNET_GROUP or CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE or CREATE_SERVERLESS_CACHE_SNAPSHOT or CREATE_SNAPSHOT '
      + 'or CREATE_USER or CREATE_USER_GROUP or PURCHASE_RESERVED_CACHE_NODES_OFFERING'],
    [{ finalSnapshot: true }, 'DELETE_CACHE_CLUSTER or DELETE_REPLICATION_GROUP or DELETE_SERVERLESS_CACHE'],
    [{ logDelivery: true }, 'CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP or MODIFY_CACHE_CLUSTER or MODIFY_REPLICATION_GROUP'],
    [{ serviceLinkedRole: true }, 'CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE'],
    [{ encryptionKey: kms.Key.fromKeyArn(newStack(), 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a') },
      'COPY_SERVERLESS_CACHE_SNAPSHOT or COPY_SNAPSHOT or CREATE_REPLICATION_GROUP or CREATE_SERVERLESS_CACHE or CREATE_SERVERLESS_CACHE_SNAPSHOT or CREATE_SNAPSHOT'],
    [{ exportBuckets: [s3.Bucket.fromBucketName(newStack(), 'Bucket', 'exports')] }, 'COPY_SNAPSHOT or EXPORT_SERVERLESS_CACHE_SNAPSHOT'],
  ];
  return [
    ...unused.map(([props, users]): Bad => {
      const [option] = Object.keys(props);
      return [
        () => grant({ operations: [DESCRIBE_EVENTS], ...props }),
        told(`${option} is set, but no listed operation uses it: add ${users}, or drop ${option}`),
      ];
    }),
    [
      () => grant({ operations: [CREATE_REPLICATION_GROUP], resources: [ElastiCacheResource.parameterGroup('a')], tagOnCreate: true }),
      told("tagOnCreate of CREATE_REPLICATION_GROUP also needs a replicationGroup: add ElastiCacheResource.replicationGroup('…')"),
    ],
    [
      () => grant({ operations: [ElastiCacheOperation.DELETE_REPLICATION_GROUP], resources: [ElastiCacheResource.replicationGroup('a')], finalSnapshot: true }),
      told("finalSnapshot of DELETE_REPLICATION_GROUP also needs a snapshot: add ElastiCacheResource.snapshot('…')"),
    ],
    [
      () => grant({ operations: [COPY_SNAPSHOT], exportBuckets: [] }),
      told('exportBuckets is empty: list at least one bucket, or drop exportBuckets'),
    ],
  ];
}

function principals(): Bad[] {
  const holdingNone: [iam.IPrincipal, string][] = [
    [new iam.ServicePrincipal('ec2.amazonaws.com'), '{"Service":["ec2.amazonaws.com"]}'],
    [new iam.AccountPrincipal('123456789012'), '{"AWS":[{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::123456789012:root"]]}]}'],
    [new iam.ArnPrincipal('arn:aws:iam::123456789012:role/other'), '{"AWS":["arn:aws:iam::123456789012:role/other"]}'],
    [new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {}), '{"Federated":["cognito-identity.amazonaws.com"]}'],
    [new iam.AnyPrincipal(), '{"AWS":["*"]}'],
    [new iam.WebIdentityPrincipal('accounts.google.com'), '{"Federated":["accounts.google.com"]}'],
    [new iam.OrganizationPrincipal('o-1234567890'), '{"AWS":["*"]}'],
  ];
  return [
    ...holdingNone.flatMap(([principal, json]) => (['to', 'toRole'] as const).map((method): Bad => [
      () => grant({ operations: [DESCRIBE_EVENTS] })[method](principal as iam.IPrincipal & iam.IRole),
      told(`the principal ${json} can hold no identity policy, so the permissions would not arrive: `
        + "grant to a role, a user or a group, or put toPolicyDocument() where the principal's own policies are kept"),
    ])),
    ...[undefined, null].map((grantee): Bad => [
      () => grant({ operations: [DESCRIBE_EVENTS] }).toRole(grantee as any),
      told(`there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`),
    ]),
  ];
}

function buckets(): Bad[] {
  const onBucket: [(bucket: aws_s3.IBucketRef) => unknown, string][] = [
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { region: 'eu-*' }),
      'SnapshotBucketGrants.fromBucket: region "eu-*" is not one: expected a Region, such as "eu-west-1"'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { region: '' }),
      'SnapshotBucketGrants.fromBucket: region "" is not one: expected a Region, such as "eu-west-1"'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '123' }),
      'SnapshotBucketGrants.fromBucket: sourceAccount "123" is not one: expected 12 digits'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket, { sourceAccount: '*' }),
      'SnapshotBucketGrants.fromBucket: sourceAccount "*" is not one: expected 12 digits'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots([]),
      'SnapshotBucketGrants.importSnapshots: objectKeys is empty: list at least one object, or use SnapshotBucketGrants.importSnapshotsUnder'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['arn:aws:s3:::b/a']),
      'SnapshotBucketGrants.importSnapshots: object key "arn:aws:s3:::b/a" is an address: pass the key alone'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['日']),
      'SnapshotBucketGrants.importSnapshots: object key "日" has the character U+65E5, which can\'t stand in the policy: expected printable characters up to '
      + 'U+00FF; copy the object to such a key, or use SnapshotBucketGrants.importSnapshotsUnder with the part before it'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).exportSnapshots('日'),
      'SnapshotBucketGrants.exportSnapshots: prefix "日" has the character U+65E5, which can\'t stand in the policy: expected printable characters up to '
      + 'U+00FF; copy the object to such a key, or use SnapshotBucketGrants.exportSnapshots with the part before it'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(tokenList()),
      'SnapshotBucketGrants.importSnapshots: objectKeys is a list that is only known at deployment, so that no statement can name its objects one by one: '
      + 'pass a list whose length is known, or use SnapshotBucketGrants.importSnapshotsUnder'],
    [(bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshotsUnder('s3://b/a'),
      'SnapshotBucketGrants.importSnapshotsUnder: prefix "s3://b/a" is an address: pass the key alone'],
    [
      (bucket) => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['', 'a,b']),
      [
        '2 problems:',
        '- SnapshotBucketGrants.importSnapshots: objectKeys has an empty key: expected 1 to 1,024 bytes',
        '- SnapshotBucketGrants.importSnapshots: object key "a,b" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
      ].join('\n'),
    ],
  ];
  return [
    ...onBucket.map(([action, message]): Bad => [() => action(new s3.Bucket(newStack(), 'Bucket')), `Stack/Bucket: ${message}`]),
    [
      () => SnapshotBucketGrants.fromBucket(new SomeBucket('arn:aws:s3:::snap*')),
      'Stack/Bucket: SnapshotBucketGrants.fromBucket: bucket ARN "arn:aws:s3:::snap*" is not one: expected arn:PARTITION:s3:::BUCKET, without wildcards',
    ],
  ];
}

const TABLE = Object.entries({ operations, snapshots, resources, conditions, options, principals, buckets })
  .flatMap(([subject, rows]) => rows().map(([action, message], index) => [`${subject}, ${index}`, action, message] as const));

test.each(TABLE)('%s', (_, action, message) => {
  expect(messageOf(action)).toBe(message);
});

test('a refused grant emits nothing', () => {
  const stack = newStack();
  const role = newRole(stack);
  expect(() => new ElastiCacheAccessGrant(stack, 'Grant', { operations: [] }).toRole(role)).toThrow();
  const bucket = new s3.Bucket(stack, 'Bucket');
  expect(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['', 'a,b'])).toThrow();
  expect(policyStatements(stack)).toEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
});
