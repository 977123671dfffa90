import { Annotations, Stack } from 'aws-cdk-lib';
import { acknowledgedWarningsBelow, addWarning } from '../../../src/private/util/warnings';
import { allWarningsOf, newStack, UNCHECKED } from '../../harness';

const acknowledged = (scope: Stack) => (
  acknowledgedWarningsBelow(scope).map(({ construct, id, text }) => [construct.node.path, id, text]));

test('a warning that nobody has acknowledged is on its construct', () => {
  const stack = newStack({ context: UNCHECKED });
  addWarning(stack, 'package:one', 'Look');
  expect(allWarningsOf(stack)).toEqual(['Look [ack: package:one]']);
  expect(acknowledged(stack)).toEqual([]);
});

test('a warning that was acknowledged before it is made, or later, is remembered', () => {
  const stack = newStack({ context: UNCHECKED });
  Annotations.of(stack).acknowledgeWarning('package:one');
  addWarning(stack, 'package:one', 'Look');
  addWarning(stack, 'package:two', 'See');
  addWarning(stack, 'package:three', 'Read');
  Annotations.of(stack).acknowledgeWarning('package:two');
  expect(allWarningsOf(stack)).toEqual(['Read [ack: package:three]']);
  expect(acknowledged(stack)).toEqual([['Stack', 'package:one', 'Look'], ['Stack', 'package:two', 'See']]);
});

test('a warning that was acknowledged elsewhere is another one', () => {
  const stack = newStack({ context: UNCHECKED });
  const other = new Stack(stack.node.root as any, 'Other');
  Annotations.of(other).acknowledgeWarning('package:one');
  addWarning(stack, 'package:one', 'Look');
  addWarning(other, 'package:one', 'Look there');
  expect(allWarningsOf(stack)).toEqual(['Look [ack: package:one]']);
  expect(acknowledged(stack)).toEqual([]);
  expect(acknowledged(other)).toEqual([['Other', 'package:one', 'Look there']]);
});

test('metadata of another kind is no warning', () => {
  const stack = newStack({ context: UNCHECKED });
  Annotations.of(stack).acknowledgeWarning('package:one');
  addWarning(stack, 'package:one', 'Look');
  stack.node.addMetadata('note', 'Look [ack: package:one]');
  stack.node.addMetadata('aws:cdk:warning', 'Look [ack: package:one] again');
  expect(acknowledged(stack)).toHaveLength(1);
});

test('an app without warnings has none that are acknowledged', () => {
  expect(acknowledged(newStack({ context: UNCHECKED }))).toEqual([]);
});
