import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { checkAtSynthesis } from '../../../src/private/attach/late-check';
import { Identity } from '../../../src/private/attach/principals';
import { IdentityKind, INLINE_LIMITS } from '../../../src/private/policy/limits';
import { newRole, newStack, UNCHECKED } from '../../harness';

/** A document of this many characters. */
const documentOf = (size: number) => {
  const withResource = (resource: string) => (
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a:B', Resource: resource }] });
  return withResource('x'.repeat(size - JSON.stringify(withResource('')).length));
};
const policyOf = (size: number) => ({ policyName: 'p', policyDocument: documentOf(size) });
const stackOf = () => newStack({ context: UNCHECKED });
const checked = (principal: iam.IPrincipal, kind: IdentityKind) => checkAtSynthesis(principal as Identity, kind);
const problemsOf = ({ node }: Stack) => node.root.node.validate();

const problem = (path: string, kind: IdentityKind, size: string) => `the inline policies of ${path} have ${size} `
  + `characters, white space not counted, and those of a ${kind} may have ${INLINE_LIMITS[kind].toLocaleString('en')}: `
  + 'attach toManagedPolicies() in place of granting to it, or make other inline policies managed ones';

test.each<[IdentityKind, number, string, (stack: Stack) => iam.IPrincipal, (stack: Stack, size: number) => unknown]>([
  ['role', 10240, '10,241', (stack) => new iam.Role(stack, 'X', {
    roleName: 'x', assumedBy: new iam.AccountRootPrincipal(),
  }), (stack, size) => new iam.CfnRolePolicy(stack, `P${size}`, { ...policyOf(size), roleName: 'x' })],
  ['user', 2048, '2,049', (stack) => new iam.User(stack, 'X', { userName: 'x' }),
    (stack, size) => new iam.CfnUserPolicy(stack, `P${size}`, { ...policyOf(size), userName: 'x' })],
  ['group', 5120, '5,121', (stack) => new iam.Group(stack, 'X', { groupName: 'x' }),
    (stack, size) => new iam.CfnGroupPolicy(stack, `P${size}`, { ...policyOf(size), groupName: 'x' })],
])('a %s with policies from elsewhere may have %d characters in all', (kind, limit, tooLarge, principalIn, give) => {
  const problems = (own: number, ...others: number[]) => {
    const stack = stackOf();
    const principal = principalIn(stack);
    if (own > 0) {
      (principal as iam.IRole).attachInlinePolicy(
        new iam.Policy(stack, 'Own', { document: iam.PolicyDocument.fromJson(documentOf(own)) }));
    }
    others.forEach((size) => give(stack, size));
    checked(principal, kind);
    return problemsOf(stack);
  };
  expect(problems(0, limit - 1000, 1000)).toEqual([]);
  expect(problems(500, limit - 500)).toEqual([]);
  expect(problems(501, limit - 500)).toEqual([problem('Stack/X', kind, tooLarge)]);
  expect(problems(0, limit - 1000, 1001)).toEqual([problem('Stack/X', kind, tooLarge)]);
  // It was checked when the grant was made.
  expect(problems(limit + 1)).toEqual([]);
});

test('a lazy role that is used is named by its own path', () => {
  const stack = stackOf();
  const role = new iam.LazyRole(stack, 'Lazy', { roleName: 'x', assumedBy: new iam.AccountRootPrincipal() });
  checked(role, 'role');
  new CfnOutput(stack, 'Name', { value: role.roleName });
  new iam.CfnRolePolicy(stack, 'P', { ...policyOf(10241), roleName: 'x' });
  expect(problemsOf(stack)).toEqual([problem('Stack/Lazy', 'role', '10,241')]);
});

test('each principal is checked once, in the order of the grants, with what is added later', () => {
  const stack = stackOf();
  const [one, two] = ['One', 'Two'].map((id) => newRole(stack, id));
  checked(two, 'role');
  checked(one, 'role');
  checked(two, 'role');
  expect(problemsOf(stack)).toEqual([]);
  new iam.CfnPolicy(stack, 'P', { ...policyOf(11000), roles: [one.roleName, two.roleName] });
  expect(problemsOf(stack)).toEqual([
    problem('Stack/Two', 'role', '11,000'), problem('Stack/One', 'role', '11,000'),
  ]);
});

test('each app has its own check', () => {
  const [one, two] = [stackOf(), stackOf()];
  [one, two].forEach((stack) => checked(new iam.User(stack, 'User', { userName: 'x' }), 'user'));
  new iam.CfnUserPolicy(two, 'P', { ...policyOf(2500), userName: 'x' });
  expect([problemsOf(one), problemsOf(two)]).toEqual([[], [problem('Stack/User', 'user', '2,500')]]);
});
