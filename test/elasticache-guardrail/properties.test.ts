import { Template } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import { ElastiCacheGuardrail } from '../../src';
import { MINIMIZE, newStack, runs } from '../harness';
import { denies } from '../support/deny-evaluator';
import { NOBODY, PLACES, suppliedAt } from '../support/guardrail-requests';
import { RULE_CASES } from '../support/guardrail-rules';

const NAMES = Object.keys(RULE_CASES);
const PRINCIPALS = ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b', 'arn:aws:iam::*:user/c'];

/** Names of rules and principals, each in two orders. */
const guardrails = fc.record({
  names: fc.subarray(NAMES, { minLength: 1 }), principals: fc.subarray(PRINCIPALS), minimize: fc.boolean(),
}).chain(({ names, principals, minimize }) => fc.record({
  names: fc.constant(names),
  others: fc.shuffledSubarray(names, { minLength: names.length }),
  principals: fc.constant(principals),
  otherPrincipals: fc.shuffledSubarray(principals, { minLength: principals.length }),
  minimize: fc.constant(minimize),
}));

function policyOf(names: string[], principals: string[], minimize: boolean): any {
  const stack = newStack({ context: { [MINIMIZE]: minimize } });
  const guardrail = new ElastiCacheGuardrail(stack, 'Guardrail', {
    rules: names.map((name) => RULE_CASES[name].rule), exceptPrincipals: principals.length > 0 ? principals : undefined,
  });
  const document = stack.resolve(guardrail.toPolicyDocument(100_000));
  return { document, coverage: guardrail.coverage, guardrail, stack };
}

test('the order of rules and principals changes nothing', () => {
  fc.assert(fc.property(guardrails, ({ names, others, principals, otherPrincipals, minimize }) => {
    const { document, coverage } = policyOf(names, principals, minimize);
    const other = policyOf(others, otherPrincipals, minimize);
    expect(JSON.stringify(other.document)).toBe(JSON.stringify(document));
    expect(other.coverage).toEqual(coverage);
  }), runs(60));
});

test('a rule that is listed again changes nothing', () => {
  fc.assert(fc.property(guardrails, ({ names, principals, minimize }) => {
    const { document } = policyOf(names, principals, minimize);
    expect(policyOf([...names, ...names], principals, minimize).document).toEqual(document);
  }), runs(30));
});

test('minimizePolicies changes no decision', () => {
  fc.assert(fc.property(guardrails, fc.constantFrom(...NAMES), ({ names, principals }, about) => {
    const [plain, minimized] = [false, true].map((minimize) => policyOf(names, principals, minimize).document);
    for (const context of Object.values(RULE_CASES[about].requests)) {
      const call = (document: any) => PLACES.filter((place) => (
        denies(document, `elasticache:${place.operation}`, [suppliedAt(place, context, NOBODY)])));
      expect(call(minimized)).toEqual(call(plain));
    }
  }), runs(25));
});

test('what is counted is what is deployed', () => {
  fc.assert(fc.property(guardrails, ({ names, principals }) => {
    const { guardrail, stack } = policyOf(names, principals, false);
    const boundary = () => {
      guardrail.toPermissionsBoundary();
      const [{ Properties }]: any[] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
      return JSON.stringify(Properties.PolicyDocument).length;
    };
    let size: number;
    try {
      size = boundary();
    } catch (error) {
      size = Number(/has ([\d,]+) characters/.exec((error as Error).message)![1].replace(',', ''));
      expect(size).toBeGreaterThan(6144);
      return;
    }
    expect(size).toBeLessThanOrEqual(6144);
  }), runs(30));
});
