import { Aws } from 'aws-cdk-lib';
import { resourceArn, typedArn } from '../../../src/private/resolve/resource-arns';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { messageOf, newStack } from '../../harness';

const stack = newStack();
const HERE = {
  method: 'ElastiCacheResource.replicationGroup',
  scope: newStack({ env: { region: 'eu-west-1', account: '111122223333' } }),
};

function arnSuffix(name: string, place: { region?: string; account?: string } = {}): string {
  const diagnostics = new Diagnostics();
  const { arn } = resourceArn('replicationgroup', name, place, HERE, diagnostics)!;
  diagnostics.report(stack);
  return stack.resolve(arn)['Fn::Join'][1].slice(2).join('');
}

function typeOf(arn: string): string | undefined {
  const diagnostics = new Diagnostics();
  const typed = typedArn(arn, stack, diagnostics);
  diagnostics.report(stack);
  return typed?.type;
}

test.each([
  'a',
  'prod-*',
  'a.b_c:d-1',
  '?',
  '*',
  '${aws:PrincipalTag/Team}-1',
  'a-${aws:PrincipalTag/Team}-${aws:username}',
  'arns',
  'my-arn:a',
])('a resource name may be %s', (name) => {
  expect(arnSuffix(name)).toBe(`:elasticache:eu-west-1:111122223333:replicationgroup:${name}`);
});

test.each(['', 'a b', ' a', 'a\n', 'a/b', 'a$', 'a}', 'ä'])('a resource name may not be %j', (name) => {
  expect(messageOf(() => arnSuffix(name)))
    .toBe(`Stack: ElastiCacheResource.replicationGroup: name ${JSON.stringify(name)} is not valid: expected `
      + 'lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards');
});

test.each(['eu-west-1', '*', 'eu-*', 'us-gov-west-?'])('a Region may be %s', (region) => {
  expect(typeOf(`arn:aws:elasticache:${region}:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each([
  '', ' eu-west-1', 'eu-west-1 ', 'EU-WEST-1', 'eu_west_1', 'eu-west-1\n',
])('a Region may not be %j', (region) => {
  expect(messageOf(() => arnSuffix('a', { region }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: region ${JSON.stringify(region)} is not a Region: expected one `
    + 'such as "eu-west-1", or "*" for any',
  );
});

test.each(['111122223333', '*'])('an account may be %s', (account) => {
  expect(typeOf(`arn:aws:elasticache:eu-west-1:${account}:replicationgroup:a`)).toBe('replicationgroup');
});

test.each([
  '', '11112222333', '1111222233334', 'a111122223333', '111122223333a', '**', '*1', '1*', '111122223333\n',
])('an account may not be %j', (account) => {
  expect(messageOf(() => arnSuffix('a', { account }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: account ${JSON.stringify(account)} is not an account ID: expected `
    + '12 digits, or "*" for any',
  );
});

test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('a partition may be %s', (partition) => {
  expect(typeOf(`arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each(['', '*', 'aws1', 'my-aws', ' aws', 'AWS', 'aws\n'])('a partition may not be %j', (partition) => {
  const arn = `arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`;
  expect(messageOf(() => typeOf(arn)))
    .toBe(`Stack: ElastiCacheResource.fromArn: ${JSON.stringify(arn)} is not the ARN of an ElastiCache resource: `
      + `${JSON.stringify(partition)} is not a partition; expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME`);
});

test('a partition, a Region and an account may be tokens', () => {
  expect(typeOf(`arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:replicationgroup:a`))
    .toBe('replicationgroup');
  const diagnostics = new Diagnostics();
  resourceArn('replicationgroup', 'a', { region: Aws.REGION, account: Aws.ACCOUNT_ID }, HERE, diagnostics);
  expect(() => diagnostics.report(stack)).not.toThrow();
});
