import { Aws } from 'aws-cdk-lib';
import { Diagnostics } from '../../../src/private/util/diagnostics';
import { resourceArn, typedArn } from '../../../src/private/resolve/resource-arns';
import { messageOf, newStack } from '../../harness';

const stack = newStack();
const HERE = { region: 'eu-west-1', account: '111122223333' };

function located(name: string, place: { region?: string; account?: string } = {}): string {
  const findings = new Diagnostics();
  const { arn } = resourceArn('replicationgroup', name, place, HERE, findings);
  findings.report(stack);
  return stack.resolve(arn)['Fn::Join'][1].slice(2).join('');
}

function typeOf(arn: string): string | undefined {
  const findings = new Diagnostics();
  const typed = typedArn(arn, findings);
  findings.report(stack);
  return typed?.type;
}

test.each(['a', 'prod-*', 'a.b_c:d-1', '?', '*', '${aws:PrincipalTag/Team}-1', 'a-${aws:PrincipalTag/Team}-${aws:username}', 'arns', 'my-arn:a'])('%s is a name', (name) => {
  expect(located(name)).toBe(`:elasticache:eu-west-1:111122223333:replicationgroup:${name}`);
});

test.each(['', 'a b', ' a', 'a\n', 'a/b', 'a$', '${a', 'a}', 'ä'])('%j is no name', (name) => {
  expect(messageOf(() => located(name))).toBe(`Stack: ElastiCacheResource.replicationGroup: name ${JSON.stringify(name)} is not one: `
    + 'expected lower-case letters, digits, ".", "_", ":" and "-", with "*" and "?" as wildcards');
});

test.each(['eu-west-1', '*', 'eu-*', 'us-gov-west-?'])('%s is a Region', (region) => {
  expect(typeOf(`arn:aws:elasticache:${region}:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each(['', ' eu-west-1', 'eu-west-1 ', 'EU-WEST-1', 'eu_west_1', 'eu-west-1\n'])('%j is no Region', (region) => {
  expect(messageOf(() => located('a', { region }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: region ${JSON.stringify(region)} is not one: expected a Region, such as "eu-west-1", or "*" for any`,
  );
});

test.each(['111122223333', '*'])('%s is an account', (account) => {
  expect(typeOf(`arn:aws:elasticache:eu-west-1:${account}:replicationgroup:a`)).toBe('replicationgroup');
});

test.each(['', '11112222333', '1111222233334', 'a111122223333', '111122223333a', '**', '*1', '1*', '111122223333\n'])('%j is no account', (account) => {
  expect(messageOf(() => located('a', { account }))).toBe(
    `Stack: ElastiCacheResource.replicationGroup: account ${JSON.stringify(account)} is not one: expected 12 digits, or "*" for any`,
  );
});

test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('%s is a partition', (partition) => {
  expect(typeOf(`arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`)).toBe('replicationgroup');
});

test.each(['', '*', 'aws1', 'my-aws', ' aws', 'AWS', 'aws\n'])('%j is no partition', (partition) => {
  const arn = `arn:${partition}:elasticache:eu-west-1:111122223333:replicationgroup:a`;
  expect(messageOf(() => typeOf(arn))).toBe(`Stack: ElastiCacheResource.fromArn: ${JSON.stringify(arn)} is not the ARN of an ElastiCache resource: `
    + `${JSON.stringify(partition)} is no partition; expected arn:PARTITION:elasticache:REGION:ACCOUNT:TYPE:NAME`);
});

test('the partition, the Region and the account may be tokens, of an ARN and of a name\'s place', () => {
  expect(typeOf(`arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:replicationgroup:a`)).toBe('replicationgroup');
  const findings = new Diagnostics();
  resourceArn('replicationgroup', 'a', { region: Aws.REGION, account: Aws.ACCOUNT_ID }, HERE, findings);
  expect(() => findings.report(stack)).not.toThrow();
});
