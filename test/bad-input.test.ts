import { Aws, Fn, Resource, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { aws_s3 } from 'aws-cdk-lib/interfaces';
import { messageOf, newRole, newStack, policyStatements } from './harness';
import { ElastiCacheAccessGrant, ElastiCacheOperation, SnapshotBucketGrants, SnapshotSource } from '../src';

const { CREATE_CACHE_CLUSTER, DESCRIBE_EVENTS } = ElastiCacheOperation;
const tokenList = () => Fn.split(',', Fn.importValue('Keys'));

/** A bucket reference as anybody may implement it, of which nobody has checked the ARN. */
class SomeBucket extends Resource implements aws_s3.IBucketRef {
  public readonly bucketRef: aws_s3.BucketReference;

  constructor(bucketArn: string) {
    super(newStack(), 'Bucket');
    this.bucketRef = { bucketArn, bucketName: 'unused' };
  }
}

describe('names', () => {
  const notAName = (name: string) => `ElastiCacheOperation.custom: ${JSON.stringify(name)} is not an operation name: `
    + 'expected letters and digits, beginning with a letter, such as "CreateCacheCluster", without "elasticache:" and without wildcards; '
    + 'for patterns, use ElastiCacheOperation.matching';

  test.each([
    ...['elasticache:Foo', 'Foo*', '', 'Foo?', '*', 'Foo Bar', ' Foo', '7Foo', 'Foo\n'].map((name): [() => unknown, string] => (
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
  ] as [() => unknown, string][])('%#', (action, message) => {
    expect(messageOf(action)).toBe(message);
  });
});

describe('grants', () => {
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

  test.each([
    // Bucket names
    ...['', 'ab', 'b'.repeat(256), 'snap*', 'snap?', 'a/b', 'arn:aws:s3:::snapshots', 's3://snapshots', 'a b', 'ü-bucket'].map(
      (name): [() => SnapshotSource, string] => [() => SnapshotSource.fromBucketName(name, ['a.rdb']), name.length > 120
        ? notAName(`${'b'.repeat(99)}…`).replace('…"', '…" (256 characters)') : notAName(name)]),
    [() => SnapshotSource.fromBucketName(`a*${Fn.importValue('Bucket')}`, ['a.rdb']), notAName('a*${Token[TOKEN]}')],
    [() => SnapshotSource.fromBucket(new SomeBucket('arn:aws:s3:::snap*'), ['a.rdb']), notABucket('SnapshotSource.fromBucket', 'arn:aws:s3:::snap*')],
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
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/a.rdb']),
      notAnObject('arn:aws:s3:us-east-1:123456789012:accesspoint/ap/object/a.rdb', accessPoint),
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/a,b']),
      'SnapshotSource.fromObjectArns: object key "a,b" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
    ],
    [
      () => SnapshotSource.fromObjectArns(['arn:aws:s3:::snapshots/a', 'arn:aws-cn:s3:::snapshots/a', 'arn:aws:s3:::snapshots/b']),
      'SnapshotSource.fromObjectArns: objectArns has ARNs of the partitions "aws" and "aws-cn": a principal reaches objects of its own partition only; '
      + 'list those alone, or use SnapshotSource.fromBucketName, which follows the stack',
    ],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a*`]), unescapable('${Token[TOKEN]}/a*')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/a?`]), unescapable('${Token[TOKEN]}/a?')],
    [() => SnapshotSource.fromObjectArns([`${Fn.importValue('Bucket')}/$a`]), unescapable('${Token[TOKEN]}/$a')],
  ] as [() => SnapshotSource, string][])('snapshots, %#', (source, message) => {
    const stack = newStack();
    expect(messageOf(() => new ElastiCacheAccessGrant(stack, 'Grant', { operations: [CREATE_CACHE_CLUSTER], snapshots: [source()] })))
      .toBe(`Stack/Grant: ${message}`);
  });

  test('no operation', () => {
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [] }))).toBe(
      'Stack/Grant: operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS',
    );
  });

  test.each([undefined, null, 'CopySnapshot'])('%s in place of an operation, as plain JavaScript allows', (operation) => {
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [DESCRIBE_EVENTS, operation as any] }))).toBe(
      `Stack/Grant: operations[1] is ${operation}: expected an ElastiCacheOperation, such as ElastiCacheOperation.COPY_SNAPSHOT`,
    );
  });

  test('snapshots that no operation takes', () => {
    const snapshots = [SnapshotSource.fromBucketName('snapshots', ['a.rdb'])];
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [DESCRIBE_EVENTS], snapshots }))).toBe(
      'Stack/Grant: snapshots is set, but no listed operation takes SnapshotArns: '
      + 'add CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP, or drop snapshots',
    );
  });

  test('everything that is wrong with one grant comes in one error, each thing once', () => {
    const snapshots = [SnapshotSource.fromBucketName('a/b', ['', 'c,d', '']), SnapshotSource.fromBucketName('a/b', ['a.rdb'])];
    expect(messageOf(() => new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [], snapshots }))).toBe([
      'Stack/Grant: 5 problems:',
      '- operations is empty: list at least one, such as ElastiCacheOperation.DESCRIBE_CACHE_CLUSTERS',
      `- ${notAName('a/b')}`,
      '- SnapshotSource.fromBucketName: objectKeys has an empty key: expected 1 to 1,024 bytes',
      '- SnapshotSource.fromBucketName: object key "c,d" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
      '- snapshots is set, but no listed operation takes SnapshotArns: add CREATE_CACHE_CLUSTER or CREATE_REPLICATION_GROUP, or drop snapshots',
    ].join('\n'));
  });
});

describe('principals', () => {
  const refused = (json: string) => `Stack/Grant: the principal ${json} can hold no identity policy, so the permissions would not arrive: `
    + "grant to a role, a user or a group, or put toPolicyDocument() where the principal's own policies are kept";

  test.each([
    [new iam.ServicePrincipal('ec2.amazonaws.com'), '{"Service":["ec2.amazonaws.com"]}'],
    [new iam.AccountPrincipal('123456789012'), '{"AWS":[{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::123456789012:root"]]}]}'],
    [new iam.ArnPrincipal('arn:aws:iam::123456789012:role/other'), '{"AWS":["arn:aws:iam::123456789012:role/other"]}'],
    [new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {}), '{"Federated":["cognito-identity.amazonaws.com"]}'],
    [new iam.AnyPrincipal(), '{"AWS":["*"]}'],
    [new iam.WebIdentityPrincipal('accounts.google.com'), '{"Federated":["accounts.google.com"]}'],
    [new iam.OrganizationPrincipal('o-1234567890'), '{"AWS":["*"]}'],
  ])('%s can hold no policy', (principal, json) => {
    const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [DESCRIBE_EVENTS] });
    expect(messageOf(() => grant.to(principal))).toBe(refused(json));
    expect(messageOf(() => grant.toRole(principal as unknown as iam.IRole))).toBe(refused(json));
  });

  test.each([undefined, null])('%s is no grantee', (grantee) => {
    const grant = new ElastiCacheAccessGrant(newStack(), 'Grant', { operations: [DESCRIBE_EVENTS] });
    expect(messageOf(() => grant.toRole(grantee as any))).toBe(
      `Stack/Grant: there is no principal to grant to, but ${grantee}: pass a role, a user, a group, or a construct that has one`,
    );
  });
});

describe('bucket grants', () => {
  test.each<[(bucket: aws_s3.IBucketRef) => unknown, string]>([
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
  ])('%#', (grantOn, text) => {
    expect(messageOf(() => grantOn(new s3.Bucket(newStack(), 'Bucket')))).toBe(`Stack/Bucket: ${text}`);
  });

  test('a bucket ARN that isn\'t one', () => {
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(new SomeBucket('arn:aws:s3:::snap*')))).toBe(
      'Stack/Bucket: SnapshotBucketGrants.fromBucket: bucket ARN "arn:aws:s3:::snap*" is not one: expected arn:PARTITION:s3:::BUCKET, without wildcards',
    );
  });

  test('all that is wrong comes at once, and nothing is added', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Bucket');
    expect(messageOf(() => SnapshotBucketGrants.fromBucket(bucket).importSnapshots(['', 'a,b']))).toBe([
      'Stack/Bucket: 2 problems:',
      '- SnapshotBucketGrants.importSnapshots: objectKeys has an empty key: expected 1 to 1,024 bytes',
      '- SnapshotBucketGrants.importSnapshots: object key "a,b" has a comma, which SnapshotArns can\'t carry: copy the object to a key without one',
    ].join('\n'));
    Template.fromStack(stack).resourceCountIs('AWS::S3::BucketPolicy', 0);
  });
});

test('a refused grant emits nothing', () => {
  const stack = newStack();
  const role = newRole(stack);
  expect(() => new ElastiCacheAccessGrant(stack, 'Grant', { operations: [] }).toRole(role)).toThrow();
  expect(policyStatements(stack)).toEqual([]);
  expect(Token.isUnresolved(role.roleArn)).toBe(true);
});
