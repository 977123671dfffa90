import { Fn } from 'aws-cdk-lib';
import { ALLOW_ALL, Guard, RuleStatements, toGuardDocument } from '../../../src/private/guardrail/document';
import { Statement } from '../../../src/private/model';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { messageOf, newStack, UNCHECKED, warningsOf } from '../../harness';

const stack = newStack({ context: UNCHECKED });
const on = (resource: string): Statement => ({ effect: 'Deny', actions: ['elasticache:*'], resources: [resource] });
const guard = (rules: RuleStatements[] = []): Guard => (
  { statements: [on('arn:a')], short: [on('*')], rules, sizeOf: sizeEstimatorIn(stack) });
const documentOf = (limit: number, before?: Statement[]) => (
  stack.resolve(toGuardDocument(guard(), limit, 'a document', stack, before)));
const statement = (resource: string) => ({ Effect: 'Deny', Action: 'elasticache:*', Resource: resource });
const SIZE = JSON.stringify({ Version: '2012-10-17', Statement: [statement('arn:a')] }).length;

test('the document has the statements as they are where they fit, and else in their short form', () => {
  expect(documentOf(SIZE)).toEqual({ Version: '2012-10-17', Statement: [statement('arn:a')] });
  expect(documentOf(SIZE - 1)).toEqual({ Version: '2012-10-17', Statement: [statement('*')] });
});

test('a value whose length is only known at deployment is warned of where the document is nearly full', () => {
  const late = on(Fn.importValue('Arn'));
  const size = documentSize([late], sizeEstimatorIn(stack));
  const warned = (limit: number) => {
    const own = newStack({ context: UNCHECKED });
    const sizeOf = sizeEstimatorIn(own);
    toGuardDocument({ statements: [late], short: [late], rules: [], sizeOf }, limit, 'a document', own);
    return warningsOf(own);
  };
  expect(warned(size * 2)).toEqual([]);
  expect(warned(size)).toEqual([
    expect.stringMatching(new RegExp(`^the policy nearly has the ${size.toLocaleString('en')} characters`)),
  ]);
});

test('what comes before the statements is counted', () => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const size = SIZE + JSON.stringify(all).length + 1;
  expect(documentOf(size, [ALLOW_ALL]).Statement).toEqual([all, statement('arn:a')]);
  expect(documentOf(size - 1, [ALLOW_ALL]).Statement).toEqual([all, statement('*')]);
});

test('what is too large is an error with the size of each rule, the largest first', () => {
  const rules = [
    { name: 'c', statements: [on('*')] }, { name: 'b', statements: [on('a'), on('b')] },
    { name: 'd', statements: [on('a')] }, { name: 'a', statements: [on('*')] }, { name: 'e', statements: [on('abc')] },
  ];
  const message = `the guardrail has ${SIZE - 4} characters, white space not counted, and a document may have 50: `
    + 'divide its rules among several guardrails, each with a policy of its own. By rule: b 116, e 60, a 58, c 58, '
    + 'd 58';
  expect(messageOf(() => toGuardDocument(guard(rules), 50, 'a document', stack))).toBe(`Stack: ${message}`);
});

test.each([[0, '0'], [-1, '-1'], [Number.NaN, 'NaN'], ['6144', '"6144"'], [undefined, 'undefined'], [10n, '10']])(
  'a limit of %p is refused', (limit, shown) => {
    expect(messageOf(() => documentOf(limit as number)))
      .toBe(`Stack: maxCharacters is ${shown}: expected a number above 0, such as 6144`);
  });

test('a limit may be below 1, but nothing fits', () => {
  expect(messageOf(() => documentOf(0.5))).toContain('a document may have 0.5: divide its rules');
});
