import { ElastiCacheOperation } from '../../../src/elasticache-operation';
import { Scope } from '../../../src/private/model';
import { checkCondition } from '../../../src/private/resolve/conditions';
import { Options } from '../../../src/private/resolve/options';
import { parameterPermissions } from '../../../src/private/resolve/parameters';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack } from '../../harness';

const stack = newStack({ env: { region: 'eu-west-1', account: '111122223333' } });

/** What an operation needs for options, each permission as action, resource and conditions, or what is wrong. */
function needed(operation: string, options: Options, scope: Partial<Scope> = {}) {
  const diagnostics = new Diagnostics();
  const permissions = parameterPermissions(
    ElastiCacheOperation.of(operation), options, { conditions: [], ...scope }, stack, diagnostics);
  return diagnostics.errorTexts.length > 0
    ? diagnostics.errorTexts
    : permissions.map(({ action, resource, conditions }) => [action, stack.resolve(resource), conditions]);
}
const condition = (key: string) => (
  checkCondition('StringEquals', key, ['a'], (text) => text, new Diagnostics())!);
const listed = (type: string) => ({ type, arn: `arn:${type}`, conditions: [] });

test('tags are allowed on what the operation creates', () => {
  const resources = [listed('replicationgroup'), listed('parametergroup')];
  expect(needed('CreateReplicationGroup', { tagOnCreate: {} }, { resources })).toEqual([
    ['elasticache:AddTagsToResource', 'arn:replicationgroup', undefined],
  ]);
  expect(needed('CreateReplicationGroup', { tagOnCreate: {} })).toEqual([
    ['elasticache:AddTagsToResource', '*', undefined],
  ]);
});

test('tags on what is not listed are an error, unless that may be what is not known', () => {
  const resources = [listed('parametergroup')];
  expect(needed('CreateReplicationGroup', { tagOnCreate: {} }, { resources })).toEqual([
    'tagOnCreate of CREATE_REPLICATION_GROUP also needs a replicationGroup: add '
    + "ElastiCacheResource.replicationGroup('…')",
  ]);
  expect(needed('CreateReplicationGroup', { tagOnCreate: {} }, { resources, hasUnknownResource: true })).toEqual([]);
});

test('what another service needs has the conditions of all services, and those of its own', () => {
  const conditions = [condition('aws:RequestedRegion'), condition('aws:ResourceTag/team')];
  const [role] = needed('CreateReplicationGroup', { serviceLinkedRole: {} }, { conditions });
  expect(role).toEqual([
    'iam:CreateServiceLinkedRole',
    {
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':iam::*:role/aws-service-role/elasticache.amazonaws.com/'
      + 'AWSServiceRoleForElastiCache*',
      ]],
    },
    {
      StringEquals: { 'aws:RequestedRegion': 'a' }, StringLike: { 'iam:AWSServiceName': 'elasticache.amazonaws.com' },
    },
  ]);
});

test('an option names its own resources', () => {
  const resources = needed('CreateReplicationGroup', { encryptionKey: { encryptionKey: ['arn:one', 'arn:two'] } })
    .map(([, resource]) => resource);
  expect([...new Set(resources)]).toEqual(['arn:one', 'arn:two']);
});

test('a permission has its reason and its source, and names the parameter', () => {
  const reasons = (operation: string, options: Options) => parameterPermissions(
    ElastiCacheOperation.of(operation), options, { conditions: [] }, stack, new Diagnostics())
    .map(({ operation: of, reason, source }) => [of, reason, source]);
  expect(reasons('CreateReplicationGroup', { tagOnCreate: {} })).toEqual([[
    'CreateReplicationGroup', 'tags what the call creates: Tags',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Tagging-Resources.html',
  ]]);
  expect(reasons('TestFailover', { tagOnCreate: {} })).toEqual([]);
});
