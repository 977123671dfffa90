import {
  ElastiCacheAccessGrant, ElastiCacheAccessGrantProps, ElastiCacheCondition, ElastiCacheOperation, ElastiCacheResource,
} from '../../src';
import { granted, newRole, newStack, policyStatements } from '../harness';

const props = (): ElastiCacheAccessGrantProps => ({
  operations: [ElastiCacheOperation.CREATE_REPLICATION_GROUP],
  resources: [
    ElastiCacheResource.replicationGroup('a').withCondition(ElastiCacheCondition.cacheNodeTypes(['a.b.c', 'd.e.f'])),
    ElastiCacheResource.parameterGroup('b'),
  ],
  conditions: [ElastiCacheCondition.of('StringLike', 'aws:userid', ['a*', 'b*'])],
  serviceLinkedRole: true,
});

/** Changes every list and object in a value, however deep. */
function spoil(value: any): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) { return; }
  Object.values(value).forEach(spoil);
  if (Array.isArray(value)) {
    value.push('spoiled');
  } else {
    Object.keys(value).forEach((key) => { value[key] = typeof value[key] === 'string' ? 'spoiled' : value[key]; });
    value.spoiled = { spoiled: 'spoiled' };
  }
}

// Red if anything that the grant returns shares a list or an object with the grant, or with the catalog.
test('changing all that a grant returns changes neither the grant, nor the template, nor other grants', () => {
  const expected = granted(props());
  const stack = newStack();
  const grant = new ElastiCacheAccessGrant(stack, 'Grant', props());
  const permissions = JSON.stringify(stack.resolve(grant.permissions));
  const documents = JSON.stringify(stack.resolve(grant.toPolicyDocument()));

  spoil(grant.permissions);
  grant.statements.forEach((statement) => {
    spoil(statement.conditions);
    spoil(statement.actions);
    spoil(statement.resources);
    spoil(statement.toStatementJson());
    statement.addActions('elasticache:Connect');
  });
  spoil(grant.toPolicyDocument().toJSON());

  expect(JSON.stringify(stack.resolve(grant.permissions))).toBe(permissions);
  expect(JSON.stringify(stack.resolve(grant.toPolicyDocument()))).toBe(documents);
  grant.toRole(newRole(stack));
  expect(policyStatements(stack)).toEqual(expected);
  expect(granted(props())).toEqual(expected);
});
