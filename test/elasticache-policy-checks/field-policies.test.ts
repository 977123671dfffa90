import * as iam from 'aws-cdk-lib/aws-iam';
import { MINIMIZE, newRole } from '../harness';
import { foundFor, roleWith } from '../support/checked-policies';
import { FieldPolicy, RIGHT, WRONG } from '../support/field-policies';

/** Each policy in a role of its own, all in one app. */
const inOneApp = (policies: FieldPolicy[]) =>
  foundFor((stack) => policies.forEach(({ documents }, index) => roleWith(stack, `Role${index}x`, documents)));

describe('of the policies that people write', () => {
  test('there are enough of both kinds', () => {
    expect([RIGHT.length, WRONG.length]).toEqual([74, 49]);
  });

  test.each(RIGHT.map((policy) => [policy.title, policy]))('none is wrong that %s', (_, policy) => {
    expect(inOneApp([policy])).toEqual([]);
  });

  test('the right ones are right in one app, too', () => {
    expect(inOneApp(RIGHT)).toEqual([]);
  });

  test.each([[false], [true]])('the right ones are right as L2s, with minimizePolicies %s', (minimize) => {
    expect(
      foundFor(
        (stack) =>
          RIGHT.forEach(({ documents }, index) => {
            const role = newRole(stack, `Role${index}`);
            documents.flat().forEach((one) => role.addToPrincipalPolicy(iam.PolicyStatement.fromJson(one)));
          }),
        { [MINIMIZE]: minimize },
      ),
    ).toEqual([]);
  });

  const found = inOneApp(WRONG);
  test.each(WRONG.map((policy, index) => [policy.title, policy, index] as const))(
    'each mistake is found that %s',
    (_, { findings }, index) => {
      const own = found.filter(({ at }) => at.startsWith(`Role${index}x`));
      expect(own.map(({ rule, text }) => [rule, text])).toEqual(
        findings.map(([rule, number, part]) => [
          rule,
          expect.stringMatching(
            new RegExp(`^statement ${number}: .*${part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`, 's'),
          ),
        ]),
      );
    },
  );
});
