import { Annotations, Stack, Stage } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import {
  ElastiCacheAccessGrant, ElastiCacheDeploymentGrant, ElastiCacheGuardrail, ElastiCacheGuardrailRule,
  ElastiCacheOperation,
} from '../../../src';
import { allWarningsOf, newApp, newRole, newStack, UNCHECKED } from '../../harness';

type Grant = ElastiCacheAccessGrant | ElastiCacheDeploymentGrant;

const accessGrantIn = (stack: Stack, id = 'Grant') => (
  new ElastiCacheAccessGrant(stack, id, { operations: [ElastiCacheOperation.TEST_FAILOVER] }));

function deploymentGrantIn(stack: Stack): ElastiCacheDeploymentGrant {
  const deployed = new Stack(stack.node.root as Stage, 'Deployed', { env: stack.environment as any });
  new elasticache.CfnUser(deployed, 'User', { engine: 'valkey', userId: 'app', userName: 'app' });
  return new ElastiCacheDeploymentGrant(stack, 'Grant', { deployed: [deployed] });
}

const WARNING = 'nobody has the permissions of this grant: pass a role to toRole(), or another principal to to(), or '
  + 'use toManagedPolicies() or toPolicyDocument() [ack: cdk-elasticache-grants:unusedGrant]';

describe.each<[string, (stack: Stack) => Grant]>([
  ['an access grant', (stack) => accessGrantIn(stack)],
  ['a deployment grant', deploymentGrantIn],
])('%s', (_, grantIn) => {
  test('that nobody has is a warning at synthesis, and not before', () => {
    const stack = newStack({ context: UNCHECKED });
    const grant = grantIn(stack);
    expect([grant.permissions.length > 0, grant.grantees]).toEqual([true, []]);
    expect(grant.node.metadata).toEqual([]);
    expect(allWarningsOf(stack)).toEqual([WARNING]);
  });

  test.each<[string, (grant: Grant, stack: Stack) => unknown]>([
    ['the permissions of a role', (grant, stack) => grant.toRole(newRole(stack))],
    ['managed policies', (grant) => grant.toManagedPolicies()],
    ['a document', (grant) => grant.toPolicyDocument()],
    ['statements', (grant) => grant.statements],
  ])('that is used as %s has no warning', (__, use) => {
    const stack = newStack({ context: UNCHECKED });
    use(grantIn(stack), stack);
    expect(allWarningsOf(stack)).toEqual([]);
  });
});

test('each unused grant of a stage has the warning in the assembly of the stage', () => {
  const app = newApp(UNCHECKED);
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Stack');
  accessGrantIn(stack, 'A');
  accessGrantIn(stack, 'Used').toRole(newRole(stack));
  accessGrantIn(stack, 'B');
  const { messages } = app.synth().getNestedAssembly('assembly-Prod').getStackArtifact(stack.artifactId);
  expect(messages.map(({ id, entry }) => [id, entry.data])).toEqual([
    ['/Prod/Stack/A', WARNING], ['/Prod/Stack/B', WARNING],
  ]);
});

test('the warning can be acknowledged', () => {
  const stack = newStack({ context: UNCHECKED });
  accessGrantIn(stack);
  Annotations.of(stack).acknowledgeWarning('cdk-elasticache-grants:unusedGrant', 'only its permissions are read');
  expect(allWarningsOf(stack)).toEqual([]);
});

describe('a guardrail', () => {
  const guardrailIn = (stack: Stack) => new ElastiCacheGuardrail(stack, 'Guardrail', {
    rules: [ElastiCacheGuardrailRule.onlyEngines(['valkey'])],
  });

  test('that is written nowhere is a warning at synthesis, also if its coverage is read', () => {
    const stack = newStack({ context: UNCHECKED });
    expect(guardrailIn(stack).coverage).not.toEqual([]);
    expect(allWarningsOf(stack)).toEqual([
      'this guardrail denies nothing yet: use toServiceControlPolicy(), toPermissionsBoundary() or toPolicyDocument() '
      + '[ack: cdk-elasticache-grants:unusedGuardrail]',
    ]);
  });

  test.each<[string, (guardrail: ElastiCacheGuardrail) => unknown]>([
    ['a service control policy', (guardrail) => guardrail.toServiceControlPolicy()],
    ['a permissions boundary', (guardrail) => guardrail.toPermissionsBoundary()],
    ['a document', (guardrail) => guardrail.toPolicyDocument()],
    ['statements', (guardrail) => guardrail.statements],
  ])('that is used as %s has no warning', (_, use) => {
    const stack = newStack({ context: UNCHECKED });
    use(guardrailIn(stack));
    expect(allWarningsOf(stack)).toEqual([]);
  });
});
