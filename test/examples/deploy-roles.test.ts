import { ElastiCacheOperation } from '../../src';
import { OPERATIONS } from '../../src/private/catalog/catalog.generated';
import { documentedExamples } from '../support/documented-examples';
import { allows } from '../support/evaluator';

const [role, parameterGroups, look, users] = documentedExamples('docs/deploy-roles.md').map(({ policies }) => policies);
const arnOf = (type: string, name: string) => (
  `arn:aws:elasticache:${type === 'globalreplicationgroup' ? '' : 'eu-west-1'}:111122223333:${type}:${name}`);

/** The operations of which a request is allowed on each type that it must name, with one of several where it must. */
function allowedOn(policies: unknown[], name: string): string[] {
  return ElastiCacheOperation.all().map(String).filter((operation) => {
    const { types = {}, oneOf = [] } = OPERATIONS[operation];
    const may = (type: string) => (
      allows(policies, { action: `elasticache:${operation}`, resource: arnOf(type, name) }));
    const required = Object.keys(types).filter((type) => types[type].required);
    const optional = Object.keys(types).filter((type) => !types[type].required);
    return required.every(may) && (oneOf.length > 0 ? oneOf : required.length > 0 ? required : optional).some(may);
  });
}

// Red if the policy of docs/deploy-roles.md misses what a deployment calls, or reaches a neighbor.
test('the role may do all that its types have, on the prefix alone', () => {
  expect(allowedOn(role, 'orders-a')).toEqual([
    'AddTagsToResource', 'BatchApplyUpdateAction', 'BatchStopUpdateAction', 'CompleteMigration', 'CopySnapshot',
    'CreateCacheCluster', 'CreateCacheParameterGroup', 'CreateCacheSubnetGroup', 'CreateReplicationGroup',
    'CreateSnapshot', 'DecreaseReplicaCount', 'DeleteCacheCluster', 'DeleteCacheParameterGroup',
    'DeleteCacheSubnetGroup', 'DeleteReplicationGroup', 'DeleteSnapshot', 'DescribeCacheClusters',
    'DescribeCacheParameterGroups', 'DescribeCacheParameters', 'DescribeCacheSubnetGroups', 'DescribeReplicationGroups',
    'DescribeSnapshots', 'DescribeUpdateActions', 'IncreaseReplicaCount', 'InterruptClusterAzPower',
    'ListAllowedNodeTypeModifications', 'ListTagsForResource', 'ModifyCacheCluster', 'ModifyCacheParameterGroup',
    'ModifyCacheSubnetGroup', 'ModifyReplicationGroup', 'ModifyReplicationGroupShardConfiguration',
    'RebootCacheCluster', 'RemoveTagsFromResource', 'ResetCacheParameterGroup', 'StartMigration', 'TestFailover',
    'TestMigration',
  ]);
  expect(allowedOn(role, 'payments-a')).toEqual([]);
  expect(allowedOn(role, 'orders2')).toEqual([]);
});

test('a parameter group of any name may be created with the tag of the team, and not without', () => {
  const create = (context: Record<string, string>) => allows(parameterGroups, {
    action: 'elasticache:CreateCacheParameterGroup', resource: arnOf('parametergroup', 'a'), context,
  });
  const contexts: Record<string, string>[] = [
    { 'aws:RequestTag/team': 'orders' }, { 'aws:RequestTag/team': 'payments' }, {},
  ];
  expect(contexts.map(create)).toEqual([true, false, false]);
});

test('users may not connect, and of the operations on * alone, the role has only the one that handlers call', () => {
  expect(allowedOn(users, 'orders-a')).toEqual([
    'AddTagsToResource', 'CreateUser', 'CreateUserGroup', 'DeleteUser', 'DeleteUserGroup', 'DescribeUserGroups',
    'DescribeUsers', 'ListTagsForResource', 'ModifyUser', 'ModifyUserGroup', 'RemoveTagsFromResource',
  ]);
  expect(allowedOn(users, 'payments-a')).toEqual([]);
  const onStar = ElastiCacheOperation.all().filter(({ resourceTypes }) => resourceTypes.length === 0);
  const may = (policies: unknown[]) => (
    onStar.filter(({ action }) => allows(policies, { action, resource: '*' })).map(String));
  expect([role, users, look].map(may)).toEqual([
    ['DescribeEngineDefaultParameters'], [],
    onStar.map(String).filter((operation) => operation !== 'DescribeEngineDefaultParameters'),
  ]);
});
