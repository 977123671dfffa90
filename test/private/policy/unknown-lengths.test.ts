import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Statement } from '../../../src/private/model';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { isFarFromFull, warnOfUnknownLengths } from '../../../src/private/policy/unknown-lengths';
import { newStack, UNCHECKED, warningsOf } from '../../harness';

const text = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;

/** The warning of a document whose size is this share of its limit, with what is used already. */
function warned(share: number, write: (stack: Stack) => Partial<Statement>, used = 0): string[] {
  const stack = newStack({ context: UNCHECKED });
  const sizeOf = sizeEstimatorIn(stack);
  const document = [{ actions: ['a:B'], resources: ['arn'], ...write(stack) }];
  const limit = (documentSize(document, sizeOf) + used) / share;
  warnOfUnknownLengths([document], used, limit, sizeOf, stack);
  return warningsOf(stack).map((warning) => /and how long (.*) will be is only/.exec(warning)![1]);
}

test('a document that is nearly full has a warning where nothing bounds a value', () => {
  const write = (stack: Stack) => ({ resources: [text(stack, 'Name')] });
  expect(warned(0.95, write)).toEqual(['${Name}']);
  expect(warned(0.85, write)).toEqual([]);
  expect(warned(0.95, write, 1000)).toEqual(['${Name}']);
  expect(warned(0.95, () => ({}))).toEqual([]);
});

test.each([[0, true], [900, true], [901, false], [1000, false]])('of 1,000, %i are far from full: %s', (size, far) => {
  expect(isFarFromFull(size, 1000)).toBe(far);
});

test('values are named in one order, and counted', () => {
  expect(warned(0.95, (stack) => ({ resources: [text(stack, 'B'), text(stack, 'A')] }))).toEqual(
    ['${A} and 1 other value']);
  expect(warned(0.95, (stack) => ({ resources: ['B', 'C', 'A'].map((id) => text(stack, id)) }))).toEqual(
    ['${A} and 2 other values']);
});

test('a value of a condition counts, but for one that its key bounds', () => {
  const on = (key: string) => warned(0.95, (stack) => (
    { conditions: { StringEquals: { [key]: [text(stack, 'Name')] } } }));
  expect(on('aws:userid')).toEqual(['${Name}']);
  expect(on('aws:RequestedRegion')).toEqual([]);
});

test('the warning says what to do', () => {
  const stack = newStack({ context: UNCHECKED });
  const sizeOf = sizeEstimatorIn(stack);
  warnOfUnknownLengths([[{ actions: ['a:B'], resources: [text(stack, 'Name')] }]], 6000, 6144, sizeOf, stack);
  expect(warningsOf(stack)).toEqual([
    'the policy nearly has the 6,144 characters that it may have, and how long ${Name} will be is only known at '
    + 'deployment: IAM refuses it if that is longer than is counted here. Use values that are known, or parameters '
    + 'with a maximum length, or acknowledge this warning [ack: cdk-elasticache-grants:unknownLength]',
  ]);
});
