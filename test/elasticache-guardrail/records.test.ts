import { Stack } from 'aws-cdk-lib';
import { ElastiCacheGuardrail } from '../../src/elasticache-guardrail';
import { ElastiCacheGuardrailRule as Rule } from '../../src/elasticache-guardrail-rule';
import { guardrailsWritten } from '../../src/private/record';
import { allWarningsOf, newStack, UNCHECKED } from '../harness';

const rules = [Rule.onlyEngines(['valkey']), Rule.noExports()];
const PRINCIPALS = ['arn:aws:iam::*:role/platform-*'];
const guardrailOf = (rulesOfIt: Rule[], exceptPrincipals?: string[], stack: Stack = newStack()) => (
  new ElastiCacheGuardrail(stack, 'Guardrail', { rules: rulesOfIt, exceptPrincipals }));
const USES: [string, (guardrail: ElastiCacheGuardrail) => unknown][] = [
  ['policy document', (guardrail) => guardrail.toPolicyDocument()],
  ['service control policy', (guardrail) => guardrail.toServiceControlPolicy()],
  ['permissions boundary', (guardrail) => guardrail.toPermissionsBoundary().node.defaultChild],
];

test.each(USES)('a %s is recorded once, with the principals apart from its denials', (kind, use) => {
  const stack = newStack({ context: UNCHECKED });
  const guardrail = guardrailOf(rules, PRINCIPALS, stack);
  expect(guardrailsWritten(stack)).toEqual([]);
  const [policy, again] = [use(guardrail), use(guardrail)];
  const records = guardrailsWritten(stack);
  expect(records).toHaveLength(1);
  const [{ guardrail: recorded, policy: written, ...record }] = records;
  expect(recorded === guardrail).toBe(true);
  expect(written === (kind === 'policy document' ? undefined : policy)).toBe(true);
  expect(again === policy).toBe(kind !== 'policy document');
  expect(record).toEqual({
    kind,
    exceptPrincipals: PRINCIPALS,
    denials: [
      {
        effect: 'Deny',
        actions: ['elasticache:*'],
        resources: guardrailOf([rules[0]]).statements[0].resources,
        conditions: {
          Null: { 'elasticache:EngineType': 'false' },
          StringNotEqualsIgnoreCase: { 'elasticache:EngineType': 'valkey' },
        },
      },
      { effect: 'Deny', actions: ['elasticache:CopySnapshot', 'elasticache:Export*'], resources: ['*'] },
    ],
  });
});

test.each<[string, (guardrail: ElastiCacheGuardrail) => unknown, number]>([
  ['nothing', () => undefined, 1], ['its coverage', (guardrail) => guardrail.coverage, 1],
  ['statements', (guardrail) => guardrail.statements, 0],
  ...USES.map(([kind, use]): [string, typeof use, number] => [`a ${kind}`, use, 0]),
])('a guardrail that was asked for %s: is it unused?', (_, use, warnings) => {
  const stack = newStack({ context: UNCHECKED });
  use(guardrailOf(rules, undefined, stack));
  expect(allWarningsOf(stack)).toEqual(Array(warnings).fill(
    'this guardrail denies nothing yet: use toServiceControlPolicy(), toPermissionsBoundary() or toPolicyDocument() '
    + '[ack: cdk-elasticache-grants:unusedGuardrail]'));
});
