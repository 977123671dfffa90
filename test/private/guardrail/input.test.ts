import { Aws, Fn } from 'aws-cdk-lib';
import { ElastiCacheGuardrailRule } from '../../../src/elasticache-guardrail-rule';
import { checkTargets, rulesOf } from '../../../src/private/guardrail/input';
import { inRule } from '../../support/rules';

const EXAMPLE = "ElastiCacheGuardrailRule.onlyNodeTypes(['cache.t4g.*'])";
const noExports = ElastiCacheGuardrailRule.noExports();

describe('the rules of a guardrail', () => {
  test.each<[string, unknown, unknown[], string[]]>([
    ['are listed', { rules: [noExports] }, [noExports], []],
    ['are among props', [noExports], [], [
      'props is ["an object of class ElastiCacheGuardrailRule"]: expected an object that has rules, such as { rules: '
        + `[${EXAMPLE}] }`,
    ]],
    ['are required', {}, [], ['rules is undefined: expected a list']],
    ['are one at least', { rules: [] }, [], [`rules is empty: list at least one, such as ${EXAMPLE}`]],
    ['are objects of their class', { rules: [noExports, 'a', null] }, [noExports], [
      `rules[1] is "a": expected an ElastiCacheGuardrailRule, such as ${EXAMPLE}`,
      `rules[2] is null: expected an ElastiCacheGuardrailRule, such as ${EXAMPLE}`,
    ]],
    ['are made by a static', { rules: [Object.create(ElastiCacheGuardrailRule.prototype)] }, [], [
      'rules[0] is an object of class ElastiCacheGuardrailRule: expected an ElastiCacheGuardrailRule, such as '
        + EXAMPLE,
    ]],
  ])('%s', (_, props, result, errors) => {
    expect(inRule(({ diagnostics }) => rulesOf(props, diagnostics))).toEqual({ result, errors });
  });
});

describe('the targets of a service control policy', () => {
  const targetsOf = (targets: unknown) => (
    inRule(({ tokens, diagnostics }) => checkTargets(targets, tokens, diagnostics)));

  test.each([
    '111122223333', 'r-ab12', `r-${'z'.repeat(32)}`, 'ou-ab12-cdef3456', `ou-${'0'.repeat(32)}-${'z'.repeat(32)}`,
  ])('may have %s', (id) => {
    expect(targetsOf([id])).toEqual({ result: [id], errors: [] });
  });

  test.each([
    '', '11112222333', '1111222233334', 'x11112222333', 'r-ab1', 'r-AB12', `r-${'z'.repeat(33)}`, 'xr-ab12', 'r-ab12-',
    'r_ab12', 'ou-ab1-cdef3456', `ou-${'0'.repeat(33)}-cdef3456`, 'ou-ab12-cdef345', `ou-ab12-${'z'.repeat(33)}`,
    'ou-ab12-CDEF3456', 'ou-AB12-cdef3456', 'ou-ab12',
  ])('can not have "%s"', (id) => {
    expect(targetsOf([id]).errors).toEqual([
      `targetIds has "${id}", which is no account, organizational unit or root: expected an ID such as `
        + '"111122223333", "ou-ab12-cdef3456" or "r-ab12"',
    ]);
  });

  test('are ordered, each once, whether they are known before deployment or not', () => {
    const late = Fn.importValue('Root');
    expect(targetsOf([late, Aws.ACCOUNT_ID, 'r-ab12', '111122223333', late, 'r-ab12'])).toEqual({
      result: ['111122223333', 'r-ab12', late, Aws.ACCOUNT_ID], errors: [],
    });
  });

  test.each<[string, unknown, string[]]>([
    ['may be left out', undefined, []],
    ['are a list', 'r-ab12', ['targetIds is "r-ab12": expected a list of texts, such as ["ou-ab12-cdef3456"]']],
    ['are one at least where they are listed', [], [
      'targetIds is empty: list at least one, or drop it to attach the policy elsewhere',
    ]],
    ['are one value each', Fn.split(',', Fn.importValue('Ids')), [
      'targetIds: values[0] is a list that is only known at deployment: pass its values one by one, such as with '
        + 'Fn.select',
    ]],
  ])('%s', (_, targets, errors) => {
    expect(targetsOf(targets)).toEqual({ result: [], errors });
  });
});
