import { Fn } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { planAttachment } from '../../../src/private/attach/plan';
import { ManagedPolicies, PolicyTarget } from '../../../src/private/attach/target';
import { Statement } from '../../../src/private/model';
import { WrittenPolicy } from '../../../src/private/policy/policy';
import { documentSize, sizeEstimatorIn } from '../../../src/private/policy/size';
import { messageOf, newStack, UNCHECKED, warningsOf } from '../../harness';

const REMEDIES = { smaller: 'allow less', apart: 'make two grants' };

/** A statement of about 1,000 characters. No two can be merged. */
const statement = (index: number, resource = 'x'.repeat(920)): Statement => (
  { actions: [`s3:Get${index}`], resources: [`arn:aws:s3:::${resource}`] });
const statements = (count: number) => Array.from({ length: count }, (_, index) => statement(100 + index));
const LARGE: Statement = { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${'k'.repeat(7000)}`] };

/** How many characters a document of this many statements has. */
const sizeOf = (count: number) => documentSize(statements(count), sizeEstimatorIn(newStack()));

const managedOf = (rest: Partial<ManagedPolicies> = {}): ManagedPolicies => (
  { kind: 'user', attached: 0, create: () => { throw new Error('nothing is made here'); }, ...rest });
const target = (rest: Partial<PolicyTarget> = {}): PolicyTarget => (
  { description: 'a user', remaining: 2048, used: 0, ...rest });

/** The plan, with the numbers of statements in place of documents, and its warnings. */
function planned(given: Statement[], to: PolicyTarget, remedies: WrittenPolicy['remedies'] = REMEDIES) {
  const stack = newStack({ context: UNCHECKED });
  const policy = { sizeOf: sizeEstimatorIn(stack), remedies } as WrittenPolicy;
  const { inline, last, managed } = planAttachment(
    given, documentSize(given, policy.sizeOf), to, policy, stack);
  const count = (document: Statement[]) => document.flatMap(({ resources }) => resources).length;
  return {
    inline: inline.map(count),
    last: last && [last.policy, count(last.document)],
    managed: managed.map(count),
    warnings: warningsOf(stack),
  };
}

describe('statements that fit', () => {
  test.each<[string, PolicyTarget]>([
    ['without managed policies', target({ remaining: sizeOf(2) })],
    ['with managed policies', target({ remaining: sizeOf(2), managed: managedOf() })],
    ['where CDK divides', target({ remaining: sizeOf(2), managed: managedOf(), splitsItself: true })],
  ])('are inline, %s', (_, to) => {
    expect(planned(statements(2), to)).toEqual({ inline: [2], last: undefined, managed: [], warnings: [] });
  });
});

describe('statements that do not fit', () => {
  const space = sizeOf(2) - 1;

  test('are refused where managed policies are not possible', () => {
    expect(messageOf(() => planned(statements(2), target({ remaining: space, used: 100 })))).toBe(
      `Stack: the policy has ${(space + 1).toLocaleString('en')} characters, white space not counted, and a user may `
      + `have ${(space + 100).toLocaleString('en')}, 100 of which are used: attach toManagedPolicies(), or allow less`);
    expect(messageOf(() => planned(statements(2), target({ remaining: 1500 }), {
      managedPolicies: 'managedPolicies()', smaller: 'ask for less',
    }))).toBe(
      `Stack: the policy has ${(space + 1).toLocaleString('en')} characters, white space not counted, and a user may `
      + 'have 1,500: attach managedPolicies(), or ask for less');
  });

  test('are refused where CDK does not divide, though managed policies are possible', () => {
    expect(messageOf(() => planned(statements(2), target({
      remaining: space, managed: managedOf(), splitsItself: false,
    })))).toMatch(/attach toManagedPolicies\(\), or allow less$/);
  });

  test('are several documents where CDK divides between statements', () => {
    const to = (attached: number) => target({ managed: managedOf({ kind: 'role', attached }), splitsItself: true });
    expect(planned(statements(13), to(0))).toEqual({ inline: [6, 6, 1], last: undefined, managed: [], warnings: [] });
    expect(planned(statements(13), to(18)).warnings).toEqual([expect.stringMatching(
      /and needs 3 managed policies, besides the 18 that the role has: a role may have 20 unless AWS raised its /)]);
    expect(messageOf(() => planned([LARGE], to(0)))).toContain('have more than the 6,144 of a managed policy');
  });

  test('are in managed policies', () => {
    expect(planned(statements(13), target({ managed: managedOf() }))).toEqual(
      { inline: [], last: undefined, managed: [6, 6, 1], warnings: [] });
  });

  test('stay inline as far as one document holds, where the target is filled', () => {
    const to = (remaining: number) => target({ remaining, managed: managedOf(), fillsInline: true });
    expect(planned(statements(13), to(sizeOf(6)))).toMatchObject({ inline: [6], managed: [6, 1] });
    expect(planned(statements(13), to(sizeOf(6) - 1))).toMatchObject({ inline: [], managed: [6, 6, 1] });
  });

  test('fill up the last managed policy first', () => {
    const policy = {} as ManagedPolicy;
    const last = (count: number) => managedOf({ last: { policy, limit: sizeOf(count) } });
    const none = managedOf({ last: { policy, limit: 500 } });
    expect(planned(statements(13), target({ managed: last(2) }))).toEqual(
      { inline: [], last: [policy, 2], managed: [6, 5], warnings: [] });
    expect(planned(statements(2), target({ remaining: 0, managed: last(3) }))).toMatchObject(
      { inline: [], last: [policy, 2], managed: [] });
    expect(planned(statements(13), target({ managed: none }))).toMatchObject(
      { inline: [], last: undefined, managed: [6, 6, 1] });
    expect(planned(statements(13), target({ remaining: 7000, managed: last(2), fillsInline: true }))).toMatchObject(
      { inline: [6], last: [policy, 2], managed: [5] });
  });

  test('need no quota of managed policies where they fill up the last one', () => {
    const policy = {} as ManagedPolicy;
    const to = (limit: number) => (
      target({ remaining: 0, managed: managedOf({ attached: 30, last: { policy, limit } }) }));
    expect(planned(statements(2), to(sizeOf(2)))).toMatchObject({ last: [policy, 2], managed: [], warnings: [] });
    expect(messageOf(() => planned(statements(2), to(sizeOf(1))))).toContain(
      'needs 1 managed policy, besides the 30 that the user has, and a user may have 20 at most: allow less, or make '
      + 'two grants');
  });

  test('are refused where one of them alone is over the limit of a managed policy', () => {
    expect(messageOf(() => planned([...statements(1), LARGE], target({ managed: managedOf() })))).toContain(
      'have more than the 6,144 of a managed policy: make several grants');
  });
});

describe('values whose length is only known at deployment', () => {
  const late = () => statement(1, `${'x'.repeat(800)}${Fn.importValue('Name')}`);
  const warning = (limit: string) => [expect.stringMatching(
    new RegExp(`^the policy nearly has the ${limit} characters that it may have, and how long .* will be is `))];

  test('are warned of where the space that a policy has is nearly full', () => {
    const given = [statement(0), late()];
    const size = documentSize(given, sizeEstimatorIn(newStack()));
    expect(planned(given, target({ remaining: size, used: 400 })).warnings)
      .toEqual(warning((size + 400).toLocaleString('en')));
    expect(planned(given, target({ remaining: size * 2 })).warnings).toEqual([]);
    expect(planned(given, target({ remaining: size, used: size * 20 })).warnings)
      .toEqual(warning((size * 21).toLocaleString('en')));
  });

  test.each<[string, Partial<ManagedPolicies>, Partial<PolicyTarget>]>([
    ['managed policy', {}, {}],
    ['policy of the target', {}, { remaining: 6144, fillsInline: true }],
    ['last managed policy', { last: { policy: {} as ManagedPolicy, limit: 6100 } }, {}],
  ])('are warned of where a %s is nearly full', (_, managed, rest) => {
    const { warnings } = planned([late(), ...statements(11)], target({ managed: managedOf(managed), ...rest }));
    expect(warnings).toEqual(warning('6,144'));
  });
});
