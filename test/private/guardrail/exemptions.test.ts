import { Aws, Fn } from 'aws-cdk-lib';
import { WrittenRule } from '../../../src/private/guardrail/denial';
import { checkPrincipals, warnOfNoExemption } from '../../../src/private/guardrail/exemptions';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { newStack, UNCHECKED, warningsOf } from '../../harness';
import { inRule } from '../../support/rules';

const ACCOUNT = '111122223333';
const EXPECTED = 'expected the ARN of a role or user, or a pattern, such as "arn:aws:iam::*:role/platform-*"';
const late = () => Fn.importValue('Value');
const principalsOf = (principals: unknown) => (
  inRule(({ tokens, diagnostics }) => checkPrincipals(principals, tokens, diagnostics)));

describe('an exempt principal', () => {
  test.each([
    `arn:aws:iam::${ACCOUNT}:role/a`, `arn:aws:iam::${ACCOUNT}:role/path/a:b`, `arn:aws:iam::${ACCOUNT}:user/a`,
    `arn:aws:iam::${ACCOUNT}:root`, `arn:aws:sts::${ACCOUNT}:federated-user/a`, `arn:aws:iam::${ACCOUNT}:*`,
    `arn:aws:iam::${ACCOUNT}:*/admin`, `arn:aws:iam::${ACCOUNT}:role*admin`, 'arn:*:iam::*:role/a',
    'arn:aws-us-gov:iam::1111*:role/a', 'arn:aws:iam::*33:role/a', 'arn:aws:iam::1?*3?3*:role/a',
    'arn:aws:iam::11112222333?:role/a',
    'arn:aws:*:*:*:role/a',
    'arn:*:iam::*:role/assumed-role/a', `arn:*:iam::${ACCOUNT}:*`, 'arn:aws:iam::*:*',
    `arn:\${aws:x}:iam::${ACCOUNT}:role/a`, `arn:aws:\${aws:x}::${ACCOUNT}:role/a`, 'arn:aws:iam::${aws:x}:role/a',
    `arn:aws:iam::${ACCOUNT}:\${aws:x}`, `arn:aws:iam::${ACCOUNT}:role/\${aws:PrincipalTag/a:b}`,
  ])('may be %s', (principal) => {
    expect(principalsOf([principal])).toEqual({ result: [principal], errors: [] });
  });

  test.each<[string, () => string]>([
    ['the whole ARN', late],
    ['text without a colon, and more', () => `arn${late()}`],
    ['the partition and the account', () => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/a`],
    ['the service', () => `arn:aws:${late()}::${ACCOUNT}:role/a`],
    ['the name', () => `arn:aws:iam::${ACCOUNT}:${late()}`],
  ])('may be known only at deployment: %s', (_, principalOf) => {
    const principal = principalOf();
    expect(principalsOf([principal])).toEqual({ result: [principal], errors: [] });
  });

  test.each([
    '', 'admin', '*', `arn:aws:iam::${ACCOUNT}`, 'arn:aws', `aws:iam::${ACCOUNT}:role/a`,
  ])('can not be "%s", which is no ARN', (principal) => {
    expect(principalsOf([principal]).errors).toEqual([
      `exceptPrincipals[0] "${principal}" is no ARN: ${EXPECTED}`,
    ]);
  });

  test('can not be a token with text that makes it no ARN', () => {
    expect(principalsOf([`${Aws.PARTITION}:iam`]).errors).toEqual([
      `exceptPrincipals[0] "\${AWS::Partition}:iam" is no ARN: ${EXPECTED}`,
    ]);
  });

  test.each([
    `ARN:aws:iam::${ACCOUNT}:role/a`, `arn:xaws:iam::${ACCOUNT}:role/a`, `arn:aws1:iam::${ACCOUNT}:role/a`,
    `arn:**:iam::${ACCOUNT}:role/a`, `arn:aws:s3::${ACCOUNT}:role/a`, `arn:aws:iams::${ACCOUNT}:role/a`,
    `arn:aws:xiam::${ACCOUNT}:role/a`, `arn:aws:iam:eu-west-1:${ACCOUNT}:role/a`, 'arn:aws:iam::1:role/a',
    'arn:aws:iam::1111222233334:role/a', 'arn:aws:iam::1111222233?:role/a', 'arn:aws:iam::me:role/a',
    'arn:aws:iam::a*:role/a', 'arn:aws:iam::*a:role/a',
    'arn:aws:iam:::role/a', `arn:aws:iam::${ACCOUNT}:a`, `arn:aws:iam::${ACCOUNT}:role`,
    `arn:aws:iam::${ACCOUNT}:role/`,
    `arn:aws:iam::${ACCOUNT}:roles/a`, `arn:aws:iam::${ACCOUNT}:xrole/a`, `arn:aws:iam::${ACCOUNT}:roots`,
    `arn:aws:iam::${ACCOUNT}:xroot`, `arn:aws:iam::${ACCOUNT}:ro:ot`, `arn:aws:iam::${ACCOUNT}:group/a`,
    `arn:aws:iam::${ACCOUNT}:assumed-role`,
  ])('can not be %s, which is no principal', (principal) => {
    expect(principalsOf([principal]).errors).toEqual([
      `exceptPrincipals[0] "${principal}" is not the ARN of a principal: ${EXPECTED}`,
    ]);
  });

  test.each([
    [`arn:aws:sts::${ACCOUNT}:assumed-role/a/b`, 'is the ARN of a session, which aws:PrincipalArn never is: pass the '
      + 'ARN of the role, which stands for all its sessions'],
    ['arn:*:iam::*:*', 'is every principal, so that nothing would be denied: expected those that are exempt'],
    ['arn:aws:iam::*:role/ő', 'has the character U+0151, which a policy can\'t hold: expected U+0020 to U+00FF, tab, '
      + 'line feed or carriage return'],
  ])('can not be %s', (principal, problem) => {
    expect(principalsOf(['arn:aws:iam::*:role/a', principal]).errors).toEqual([
      `exceptPrincipals[1] "${principal}" ${problem}`,
    ]);
  });
});

test.each<[string, unknown, string[], string[]]>([
  ['may be left out', undefined, [], []],
  ['are ordered, each once', ['arn:*:iam::*:user/b', 'arn:*:iam::*:role/a', 'arn:*:iam::*:user/b'], [
    'arn:*:iam::*:role/a', 'arn:*:iam::*:user/b',
  ], []],
  ['are a list', 'arn:*:iam::*:role/a', [], ['exceptPrincipals is "arn:*:iam::*:role/a": expected a list of ARNs']],
  ['are one at least where they are listed', [], [], ['exceptPrincipals is empty: list at least one, or drop it']],
  ['are one value each', Fn.split(',', Fn.importValue('Arns')), [], [
    'exceptPrincipals: values[0] is a list that is only known at deployment: pass its values one by one, such as with '
      + 'Fn.select',
  ]],
])('exempt principals %s', (_, principals, result, errors) => {
  expect(principalsOf(principals)).toEqual({ result, errors });
});

describe('nobody is exempt from a denied connection, for which AWS supplies no principal', () => {
  const rule = (name: string, ...actions: string[]): WrittenRule => ({
    name,
    denials: actions.map((action) => ({ actions: [action], resources: ['*'], keys: [], reason: () => '' })),
    unreached: {},
  });
  const warned = (...rules: WrittenRule[]) => {
    const stack = newStack({ context: UNCHECKED });
    const diagnostics = new Diagnostics();
    warnOfNoExemption(rules, diagnostics);
    diagnostics.report(stack);
    return warningsOf(stack);
  };
  const WARNING = 'CONNECT to the principals of exceptPrincipals, since AWS supplies no aws:PrincipalArn to it: use a '
    + 'guardrail without exceptPrincipals for it, or acknowledge this warning '
    + '[ack: cdk-elasticache-grants:nobodyExempt.Connect]';

  test.each<[string, WrittenRule[], string[]]>([
    ['by one rule', [rule('a', 'elasticache:Connect')], [`a also denies ${WARNING}`]],
    ['by one of several denials', [rule('a', 'elasticache:Delete*', 'elasticache:*')], [`a also denies ${WARNING}`]],
    ['by several rules, in order', [
      rule('b', 'elasticache:C*'), rule('c', 'elasticache:D*'), rule('a', 'elasticache:*'),
    ], [`a and b also deny ${WARNING}`]],
    ['by two rules of one kind', [rule('a', 'elasticache:C*'), rule('a', 'elasticache:*')], [
      `a also denies ${WARNING}`,
    ]],
    ['by none', [rule('a', 'elasticache:Create*')], []],
  ])('%s', (_, rules, warnings) => {
    expect(warned(...rules)).toEqual(warnings);
  });
});
