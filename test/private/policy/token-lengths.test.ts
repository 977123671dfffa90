import { Aws, CfnParameter, Fn, SecretValue, Stack, Token } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ElastiCacheAccessGrant, ElastiCacheCondition, ElastiCacheOperation, SnapshotSource } from '../../../src';
import { sizeEstimatorIn } from '../../../src/private/policy/size';
import { newRole, newStack, warningsOf } from '../../harness';
import { shardKeys } from '../../support/snapshots';

const REGION = 'us-isof-south-1';

describe('the length of a value that is filled in at deployment', () => {
  const stack = newStack();
  const other = new Stack(stack.node.root as any, 'Other');
  const parameter = (id: string, props: object = {}) => new CfnParameter(stack, id, props).valueAsString;
  const text = parameter('Text');
  const bucket = new s3.CfnBucket(stack, 'Bucket');
  const key = new kms.CfnKey(stack, 'Key', { keyPolicy: {} });
  const group = new elasticache.CfnReplicationGroup(stack, 'Group', { replicationGroupDescription: '' });
  const cluster = new elasticache.CfnCacheCluster(stack, 'Cluster', {
    cacheNodeType: 'cache.t4g.micro', engine: 'memcached', numCacheNodes: 1,
  });
  const subnets = new elasticache.CfnSubnetGroup(stack, 'Subnets', { description: '', subnetIds: [] });
  const arn = (type: string) => `arn:aws-us-gov:elasticache:${REGION}:111122223333:${type}:`;
  const tokenArn = (type: string, name: string) => (
    `arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:${type}:${name}`);

  test.each<[string, string, number, string[]]>([
    ['a stack name', Aws.STACK_NAME, 128, []],
    ['a bucket\'s Ref', bucket.ref, 63, []],
    ['a bucket\'s ARN', bucket.attrArn, 83, []],
    ['a key\'s ARN', key.attrArn, `arn:aws-us-gov:kms:${REGION}:111122223333:key/`.length + 36, []],
    ['a role\'s name', newRole(stack).roleName, 64, []],
    ['a replication group\'s name', group.ref, 40, []],
    ['a name in the ARN of a bucket', `arn:aws:s3:::${text}/k`, 'arn:aws:s3:::/k'.length + 63, []],
    ['a cluster\'s name in its ARN', tokenArn('cluster', text), arn('cluster').length + 50, []],
    ['a replication group\'s name in its ARN', tokenArn('replicationgroup', text),
      arn('replicationgroup').length + 40, []],
    ['a subnet group\'s name in its ARN', tokenArn('subnetgroup', text), arn('subnetgroup').length + 255, []],
    ['a user\'s name in its ARN', tokenArn('user', text), arn('user').length + 63, ['${Text}']],
    ['a Region and an account in an ARN',
      `arn:aws:elasticache:${text}:${text}:user:a`, 'arn:aws:elasticache:::user:a'.length + 27, []],
    ['a parameter', text, 63, ['${Text}']],
    ['a parameter with a maximum length', parameter('Short', { maxLength: 9 }), 9, []],
    ['a parameter with allowed values', parameter('One', { allowedValues: ['a', 'abc'] }), 3, []],
    ['an import', Fn.importValue('name'), 128, ['{"Fn::ImportValue":"name"}']],
    ['a choice from a list', Fn.select(1, ['a', 'abc']), 3, []],
    ['a choice from a parameter',
      Token.asString(Fn.select(0, Fn.split(',', text))), 128, [expect.stringContaining('Fn::Select')] as any],
    ['the longer of two', Token.asString(Fn.conditionIf('C', 'a', 'abc')), 3, []],
    ['a substitution', Fn.sub('a-${AWS::Region}-${!B}-${X}', { X: 'xyz' }), 'a--${B}-xyz'.length + REGION.length, []],
    ['a dynamic reference', `a${SecretValue.ssmSecure('p').unsafeUnwrap()}`, 129, ['{{resolve:ssm-secure:p}}']],
    ['a stack ID', Aws.STACK_ID,
      `arn:aws-us-gov:cloudformation:${REGION}:111122223333:stack//`.length + 128 + 36, []],
    ['a role\'s ARN', newRole(stack, 'ForArn').roleArn, 'arn:aws-us-gov:iam::111122223333:role'.length + 512 + 64, []],
    ['a cache cluster\'s name', cluster.ref, 50, []],
    ['a subnet group\'s name', subnets.ref, 255, []],
    ['a partition', `arn:${text}:s3:::b`, 'arn::s3:::b'.length + 'aws-us-gov'.length, []],
    ['a key\'s ID in its ARN', `arn:aws:kms:r:a:key/${text}`, 'arn:aws:kms:r:a:key/'.length + 36, []],
    ['the first of two', Token.asString(Fn.conditionIf('AConditionWithALongName', 'abc', 'a')), 3, []],
    ['a substituted attribute', Fn.sub('${Bucket.Arn}'),
      `arn:aws-us-gov:kms:${REGION}:111122223333:key/`.length + 36, ['${Bucket.Arn}']],
    ['a list of parts with a separator', Fn.join('-', ['a', Fn.join(':', ['b', Aws.REGION]), 'c']),
      'a-b:-c'.length + REGION.length, []],
    ['an attribute of another kind',
      Fn.getAtt('Any', 'Arn').toString(), `arn:aws-us-gov:kms:${REGION}:111122223333:key/`.length + 36, ['${Any.Arn}']],
  ])('is known, or assumed, of %s', (_, value, characters, unbounded) => {
    const sizeOf = sizeEstimatorIn(stack);
    expect(sizeOf(value)).toBe(characters + 2);
    expect(sizeOf.unboundedIn(value)).toEqual(unbounded);
  });

  // Each is nearly a place of which a length is known.
  test.each([
    'arn:aws', 'arn:aws:s3', 'arn:aws:s3:eu', 'arn:aws:iam::1', 'arn:aws:s3:r::', 'arn:aws:s3::a:', 'arn:aws:sqs:::',
    'arn:aws:s3:::b:', 'arn:aws:kms:r:a:alias/', 'arn:aws:sqs:r:a:key/', 'xrn:aws:elasticache:r:a:cluster:',
    'arn:aws:elasticache:r:a:cluster', 'arn:aws:elasticache:r:a:cluster:b:', 'arn:aws:memorydb:r:a:cluster:',
    'cluster:',
  ])('is assumed of text after %s', (before) => {
    const sizeOf = sizeEstimatorIn(stack);
    expect([sizeOf(`${before}${text}`), sizeOf.unboundedIn(`${before}${text}`)])
      .toEqual([before.length + 63 + 2, ['${Text}']]);
  });

  test('is that of a bucket where an object key follows an attribute, and of nothing where text precedes it', () => {
    const attribute = Fn.getAtt('Any', 'Value').toString();
    const sizeOf = sizeEstimatorIn(stack);
    expect(sizeOf(`${attribute}/k`)).toBe('arn:aws-us-gov:s3:::/k'.length + 63 + 2);
    expect(sizeOf.unboundedIn(`${attribute}/k`)).toEqual([]);
    expect(sizeOf.unboundedIn(`x${attribute}/k`)).toEqual(['${Any.Value}']);
    expect(sizeOf.unboundedIn(`${attribute}.k`)).toEqual(['${Any.Value}']);
    expect(sizeOf.unboundedIn(`${text}/k`)).toEqual(['${Text}']);
  });

  test('is known in a condition by its key', () => {
    const sizeOf = sizeEstimatorIn(stack);
    const size = (conditionKey: string) => sizeOf({ StringEquals: { [conditionKey]: [text] } })
      - JSON.stringify({ StringEquals: { [conditionKey]: [''] } }).length;
    expect(['aws:ResourceTag/team', 'aws:RequestedRegion', 'aws:PrincipalAccount', 'aws:PrincipalOrgID'].map(size))
      .toEqual([256, REGION.length, 12, 34]);
    expect(sizeOf.unboundedIn({ StringEquals: { 'aws:ResourceTag/team': [text] } })).toEqual([]);
    for (const unknown of [
      'x:aws:ResourceTag/team', 'aws:RequestedRegionOfAll', 'xaws:RequestedRegion', 'aws:PrincipalAccountName',
      'xaws:PrincipalAccount', 'aws:PrincipalOrgIDs', 'xaws:PrincipalOrgID',
    ]) {
      expect(sizeOf.unboundedIn({ StringEquals: { [unknown]: [text] } })).toEqual(['${Text}']);
    }
    expect(sizeOf.unboundedIn({ ArnLike: { 'aws:PrincipalArn': [text] } })).toEqual(['${Text}']);
  });

  test('is known of a bucket in another stack', () => {
    expect(sizeEstimatorIn(other)(bucket.attrArn)).toBe(85);
  });
});

describe('a warning of a length that nothing bounds', () => {
  const grantOf = (stack: Stack, count: number, value: string) => new ElastiCacheAccessGrant(stack, 'Grant', {
    operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
    snapshots: [SnapshotSource.fromBucketName('my-snapshots', shardKeys(count))],
    conditions: [ElastiCacheCondition.of('ArnLike', 'aws:PrincipalArn', [value])],
  });
  const WARNING = 'the policy nearly has the 6,144 characters that it may have, and how long ${Text} will be '
  + 'is only known at '
    + 'deployment: IAM refuses it if that is longer than is counted here. Use values that are known, or '
    + 'parameters with a '
    + 'maximum length, or acknowledge this warning [ack: cdk-elasticache-grants:unknownLength]';

  test.each<[string, (grant: ElastiCacheAccessGrant, stack: Stack) => unknown]>([
    ['toPolicyDocument', (grant) => grant.toPolicyDocument()],
    ['toManagedPolicies', (grant) => grant.toManagedPolicies()],
    ['toRole', (grant, stack) => grant.toRole(newRole(stack))],
    ['to a managed policy', (grant, stack) => grant.to(new iam.ManagedPolicy(stack, 'Policy'))],
  ])('comes from %s where the policy is nearly full, and only there', (_, use) => {
    for (const [count, bounded, warnings] of [[1, false, []], [25, false, [WARNING]], [25, true, []]] as const) {
      const stack = newStack();
      const text = new CfnParameter(stack, 'Text', bounded ? { maxLength: 63 } : {}).valueAsString;
      use(grantOf(stack, count, text), stack);
      new s3.CfnBucket(stack, 'SomeResource');
      expect(warningsOf(stack)).toEqual(warnings);
    }
  });
});
